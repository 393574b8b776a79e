//! What a person asks for while a sticker is finished.

use model::finish::{Amount, Brush, Bubble, Color, Ink, Preset, Switch};

/// A tool of the finishing rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FinishTool {
    /// Looks that are chosen by a click, and light.
    Looks,
    /// Both lines around the sticker.
    Outline,
    /// Its shadow.
    Shadow,
    /// Where it lies.
    Placement,
    /// Words on it.
    Caption,
    /// What belongs to it.
    Cutout,
    /// The brush on its cut-out.
    Brush,
}

impl FinishTool {
    /// Every tool, in the order of the rail.
    pub const ALL: [Self; 7] =
        [Self::Looks, Self::Outline, Self::Shadow, Self::Placement, Self::Caption, Self::Cutout, Self::Brush];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Looks => "Looks",
            Self::Outline => "Outline",
            Self::Shadow => "Shadow",
            Self::Placement => "Size and place",
            Self::Caption => "Caption",
            Self::Cutout => "Cut-out",
            Self::Brush => "Brush",
        }
    }
}

/// Something about how the sticker in the viewer is finished.
#[derive(Clone, Debug, PartialEq)]
pub enum FinishAction {
    /// Use this tool, or none.
    Use(Option<FinishTool>),
    /// Set a number.
    Amount(Amount, f32),
    /// Set a colour.
    Ink(Ink, Color),
    /// Turn something on or off.
    Switch(Switch, bool),
    /// These are the caption's words.
    Text(String),
    /// The words stand in this.
    Bubble(Bubble),
    /// The middle of the words is here, shares of the canvas.
    MoveCaption([f32; 2]),
    /// The bubble points here.
    MoveTail([f32; 2]),
    /// The sticker is moved so far, shares of the canvas.
    Move([f32; 2]),
    /// Give it this look.
    Look(Preset),
    /// Hold the brush like this.
    Brush(Brush),
    /// The brush touches the original here (shares of its width and height), with this pressure.
    StrokeTo([f32; 2], f32),
    /// The brush is lifted.
    StrokeEnd,
    /// As it came.
    Reset,
    /// Finish all that are chosen like this one.
    ApplyToChosen,
}
