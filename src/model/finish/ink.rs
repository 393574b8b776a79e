//! The colours and switches of a finish, each by its name.

use super::{Color, Finish};

/// A colour of a [`Finish`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The outline's.
    Outline,
    /// The second outline's.
    Second,
    /// The shadow's.
    Shadow,
    /// The caption's letters'.
    Caption,
    /// The line's around them.
    CaptionEdge,
    /// The bubble's.
    Bubble,
    /// The line's around the bubble.
    BubbleLine,
}

impl Ink {
    /// What it colours.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Outline => "Colour of the outline",
            Self::Second => "Colour of the second outline",
            Self::Shadow => "Colour of the shadow",
            Self::Caption => "Colour of the letters",
            Self::CaptionEdge => "Colour around the letters",
            Self::Bubble => "Colour of the bubble",
            Self::BubbleLine => "Colour of the bubble's line",
        }
    }

    /// What it is in a recipe.
    pub const fn get(self, finish: &Finish) -> Color {
        match self {
            Self::Outline => finish.outline.color,
            Self::Second => finish.second.color,
            Self::Shadow => finish.shadow.color,
            Self::Caption => finish.caption.color,
            Self::CaptionEdge => finish.caption.edge.color,
            Self::Bubble => finish.caption.bubble_fill,
            Self::BubbleLine => finish.caption.bubble_line,
        }
    }

    /// Sets it in a recipe.
    pub const fn set(self, finish: &mut Finish, color: Color) {
        let place = match self {
            Self::Outline => &mut finish.outline.color,
            Self::Second => &mut finish.second.color,
            Self::Shadow => &mut finish.shadow.color,
            Self::Caption => &mut finish.caption.color,
            Self::CaptionEdge => &mut finish.caption.edge.color,
            Self::Bubble => &mut finish.caption.bubble_fill,
            Self::BubbleLine => &mut finish.caption.bubble_line,
        };
        *place = color;
    }
}

/// Something of a [`Finish`] that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Switch {
    /// The outline.
    Outline,
    /// The second outline.
    Second,
    /// The shadow.
    Shadow,
    /// As large as the safe area.
    Trim,
    /// Cut the person out.
    Person,
    /// Without the border it came with.
    StripBorder,
    /// Without holes.
    FillHoles,
    /// Without islands.
    DropIslands,
    /// A line around the letters.
    CaptionEdge,
    /// Emoji in their colours.
    ColorEmoji,
}

impl Switch {
    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Outline => "Outline",
            Self::Second => "Second outline",
            Self::Shadow => "Shadow",
            Self::Trim => "Trim to the safe area",
            Self::Person => "Cut the person out",
            Self::StripBorder => "Take its own border away",
            Self::FillHoles => "Fill holes",
            Self::DropIslands => "Drop stray islands",
            Self::CaptionEdge => "Line around the letters",
            Self::ColorEmoji => "Emoji in colour",
        }
    }

    /// Is it on?
    pub const fn get(self, finish: &Finish) -> bool {
        match self {
            Self::Outline => finish.outline.on,
            Self::Second => finish.second.on,
            Self::Shadow => finish.shadow.on,
            Self::Trim => finish.placement.trim,
            Self::Person => finish.cutout.person,
            Self::StripBorder => finish.cutout.strip_border,
            Self::FillHoles => finish.cutout.fill_holes,
            Self::DropIslands => finish.cutout.drop_islands,
            Self::CaptionEdge => finish.caption.edge.on,
            Self::ColorEmoji => finish.caption.color_emoji,
        }
    }

    /// Turns it on or off.
    pub const fn set(self, finish: &mut Finish, on: bool) {
        let place = match self {
            Self::Outline => &mut finish.outline.on,
            Self::Second => &mut finish.second.on,
            Self::Shadow => &mut finish.shadow.on,
            Self::Trim => &mut finish.placement.trim,
            Self::Person => &mut finish.cutout.person,
            Self::StripBorder => &mut finish.cutout.strip_border,
            Self::FillHoles => &mut finish.cutout.fill_holes,
            Self::DropIslands => &mut finish.cutout.drop_islands,
            Self::CaptionEdge => &mut finish.caption.edge.on,
            Self::ColorEmoji => &mut finish.caption.color_emoji,
        };
        *place = on;
    }
}
