//! How a sticker is finished: a recipe that is kept beside the untouched original and can be changed for ever.
//!
//! Lengths are shares of the longer edge of the finished picture, places are shares of its width and height, so that a
//! recipe fits every size.

mod amount;
mod brush;
mod color;
mod ink;
mod preset;

use serde::{Deserialize, Serialize};

pub use amount::{AMOUNTS, Amount, AmountSpec};
pub use brush::{Brush, BrushMode, Stroke};
pub use color::Color;
pub use ink::{Ink, Switch};
pub use preset::{PRESETS, Preset};

/// A caption is at most so many characters long.
pub const MOST_CHARACTERS: usize = 160;

/// A recipe holds at most so many strokes of the brush.
pub const MOST_STROKES: usize = 400;

/// How a sticker is finished. The default leaves the picture as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finish {
    /// Version of this record.
    pub version: u32,
    /// What belongs to the sticker and what is cut away.
    pub cutout: Cutout,
    /// Where it lies on its canvas.
    pub placement: Placement,
    /// The line around it.
    pub outline: Ring,
    /// A second line around the first.
    pub second: Ring,
    /// The shadow under all of it.
    pub shadow: Shadow,
    /// How it stands out of the paper.
    pub relief: Relief,
    /// How far its darks and lights are drawn away from its middle tone, 0 to 1.
    pub contrast: f32,
    /// Words on it.
    pub caption: Caption,
}

/// What belongs to a sticker.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cutout {
    /// Cut the person out of a picture that came without transparency.
    pub person: bool,
    /// Take the border away that the picture came with.
    pub strip_border: bool,
    /// Fill what is cut out of its inside.
    pub fill_holes: bool,
    /// Drop what does not hang together with its largest part.
    pub drop_islands: bool,
    /// Replace the colours that the old background left in the edge, 0 to 1.
    pub defringe: f32,
    /// What was added and erased by hand, in order.
    pub strokes: Vec<Stroke>,
}

/// Where a sticker lies on its canvas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Placement {
    /// Make it as large as the safe area.
    pub trim: bool,
    /// Free space between the outermost line and the canvas' edge, a share of the longer edge.
    pub margin: f32,
    /// How large it is drawn, 1 as it came.
    pub scale: f32,
    /// Turned clockwise by so many degrees.
    pub turn: f32,
    /// Moved by shares of the canvas' width and height.
    pub offset: [f32; 2],
}

impl Default for Placement {
    fn default() -> Self {
        Self { trim: false, margin: SAFE_MARGIN, scale: 1.0, turn: 0.0, offset: [0.0; 2] }
    }
}

/// What messengers advise to leave free: 16 pixels of 512.
pub const SAFE_MARGIN: f32 = 16.0 / 512.0;

/// A line of one width around something.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ring {
    /// Is it drawn?
    pub on: bool,
    /// Its width, a share of the longer edge.
    pub width: f32,
    /// Its colour.
    pub color: Color,
}

impl Ring {
    /// A line of this colour that is not drawn yet.
    pub const fn off(width: f32, color: Color) -> Self {
        Self { on: false, width, color }
    }

    /// Its width while it is drawn, else 0.
    pub fn drawn(&self) -> f32 {
        if self.on { self.width } else { 0.0 }
    }
}

impl Default for Ring {
    fn default() -> Self {
        Self::off(0.02, Color::WHITE)
    }
}

/// A shadow.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shadow {
    /// Is it drawn?
    pub on: bool,
    /// Its colour.
    pub color: Color,
    /// How much it hides, 0 to 1.
    pub opacity: f32,
    /// The width over which it fades, a share of the longer edge.
    pub softness: f32,
    /// How far it lies to the right and below, shares of the longer edge.
    pub offset: [f32; 2],
}

impl Default for Shadow {
    fn default() -> Self {
        Self { on: false, color: Color::BLACK, opacity: 0.35, softness: 0.03, offset: [0.0, 0.012] }
    }
}

/// How a sticker stands out of the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Relief {
    /// How far it is blown up, 0 to 1.
    pub puff: f32,
    /// How much it shines, 0 to 1.
    pub gloss: f32,
}

impl Relief {
    /// Is there any?
    pub fn is_on(&self) -> bool {
        self.puff > 0.0 || self.gloss > 0.0
    }
}

/// Words on a sticker; none when the text is blank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Caption {
    /// The words, with line breaks.
    pub text: String,
    /// The middle of the words, shares of the canvas' width and height.
    pub at: [f32; 2],
    /// Height of a line, a share of the longer edge; long words are drawn smaller.
    pub size: f32,
    /// Turned clockwise by so many degrees.
    pub turn: f32,
    /// The letters' colour.
    pub color: Color,
    /// The line around the letters.
    pub edge: Ring,
    /// Emoji in their colours where this computer has such a font, else in one colour.
    pub color_emoji: bool,
    /// What the words stand in.
    pub bubble: Bubble,
    /// The bubble's colour.
    pub bubble_fill: Color,
    /// The bubble's line.
    pub bubble_line: Color,
    /// What the bubble points at, shares of the canvas' width and height.
    pub tail: [f32; 2],
}

impl Default for Caption {
    fn default() -> Self {
        Self {
            text: String::new(),
            at: [0.5, 0.86],
            size: 0.12,
            turn: 0.0,
            color: Color::INK,
            edge: Ring { on: true, width: 0.012, color: Color::WHITE },
            color_emoji: true,
            bubble: Bubble::None,
            bubble_fill: Color::WHITE,
            bubble_line: Color::INK,
            tail: [0.5, 0.5],
        }
    }
}

impl Caption {
    /// Are there words?
    pub fn is_on(&self) -> bool {
        !self.text.trim().is_empty()
    }
}

/// What words stand in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bubble {
    /// A round box that points at who speaks.
    Speech,
    /// A cloud with smaller ones on the way to who thinks.
    Thought,
    /// A star of spikes.
    Shout,
    /// Nothing, and what a later program may write.
    #[default]
    #[serde(other)]
    None,
}

impl Bubble {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::None, Self::Speech, Self::Thought, Self::Shout];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Speech => "Speech",
            Self::Thought => "Thought",
            Self::Shout => "Shout",
        }
    }
}

impl Default for Finish {
    fn default() -> Self {
        Self {
            version: Self::VERSION,
            cutout: Cutout::default(),
            placement: Placement::default(),
            outline: Ring::off(0.026, Color::WHITE),
            second: Ring::off(0.012, Color::INK),
            shadow: Shadow::default(),
            relief: Relief::default(),
            contrast: 0.0,
            caption: Caption::default(),
        }
    }
}

impl Finish {
    /// The version that this program writes.
    pub const VERSION: u32 = 1;

    /// Does it leave the picture as it is?
    pub fn is_plain(&self) -> bool {
        let Self { cutout, placement, outline, second, shadow, relief, caption, .. } = self;
        let is_placed =
            placement.trim || *placement != (Placement { margin: placement.margin, ..Placement::default() });
        let is_lined = outline.on || second.on || shadow.on;
        *cutout == Cutout::default() && !is_placed && !is_lined && *relief == Relief::default() && !caption.is_on()
    }

    /// The same with every number within its range and no more strokes and characters than there may be.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        for spec in AMOUNTS {
            let value = spec.amount.get(&self);
            let value = if value.is_finite() { value.clamp(spec.least, spec.most) } else { spec.default };
            spec.amount.set(&mut self, value);
        }
        let share = |at: f32, usual: f32| if at.is_finite() { at.clamp(0.0, 1.0) } else { usual };
        let Caption { at, tail, text, .. } = &mut self.caption;
        *at = [share(at[0], 0.5), share(at[1], 0.86)];
        *tail = [share(tail[0], 0.5), share(tail[1], 0.5)];
        if let Some((end, _)) = text.char_indices().nth(MOST_CHARACTERS) {
            text.truncate(end);
        }
        self.cutout.strokes.truncate(MOST_STROKES);
        for stroke in &mut self.cutout.strokes {
            stroke.fit();
        }
        self
    }

    /// The look of another recipe on what this one has cut, placed and written.
    #[must_use]
    pub fn with_look_of(&self, other: &Self) -> Self {
        let Self { outline, second, shadow, relief, .. } = *other;
        let edge = other.caption.edge;
        let caption = Caption { color: other.caption.color, edge, ..self.caption.clone() };
        let strip_border = other.cutout.strip_border;
        let cutout = Cutout { strip_border, ..self.cutout.clone() };
        Self { cutout, outline, second, shadow, relief, caption, ..self.clone() }
    }

    /// This recipe without what belongs to one picture alone, to be used on another one: the other keeps its strokes.
    #[must_use]
    pub fn onto(&self, other: &Self) -> Self {
        let cutout = Cutout { strokes: other.cutout.strokes.clone(), ..self.cutout.clone() };
        Self { cutout, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_survives_its_json_and_an_empty_one_is_plain() {
        let finish = PRESETS[1].finish();
        let json = serde_json::to_string(&finish).unwrap();
        assert_eq!(serde_json::from_str::<Finish>(&json).unwrap(), finish);
        assert!(serde_json::from_str::<Finish>("{}").unwrap().is_plain());
        assert!(!finish.is_plain());
    }

    #[test]
    fn fields_and_bubbles_of_a_later_program_are_passed_over() {
        let json = r##"{"version":9,"glitter":1,"caption":{"text":"hi","bubble":"hologram"},"outline":{"on":true,"color":"#ff8800"}}"##;
        let finish: Finish = serde_json::from_str(json).unwrap();
        assert_eq!((finish.caption.bubble, finish.outline.color), (Bubble::None, Color([255, 136, 0])));
        assert!(finish.outline.on && finish.caption.is_on());
    }

    #[test]
    fn numbers_out_of_range_are_brought_back() {
        let mut finish = Finish::default();
        finish.outline.width = 9.0;
        finish.placement.scale = f32::NAN;
        finish.caption.text = "あ".repeat(500);
        let fitted = finish.fitted();
        assert_eq!(fitted.outline.width, Amount::OutlineWidth.spec().most);
        assert_eq!(fitted.placement.scale, 1.0);
        assert_eq!(fitted.caption.text.chars().count(), MOST_CHARACTERS);
    }

    #[test]
    fn a_look_leaves_words_and_cut_alone() {
        let mut own = Finish::default();
        own.caption.text = "mine".to_owned();
        own.cutout.fill_holes = true;
        for preset in PRESETS {
            let looked = own.with_look_of(&preset.finish());
            assert_eq!(looked.caption.text, "mine");
            assert!(looked.cutout.fill_holes);
        }
    }
}
