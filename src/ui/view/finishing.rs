//! What the finishing rail shows.

use model::Finish;
use model::finish::Brush;

use crate::action::FinishTool;

/// How the sticker in the viewer is finished.
#[derive(Clone, Copy, Debug)]
pub struct FinishingView<'a> {
    /// Its recipe.
    pub finish: &'a Finish,
    /// The tool that is open.
    pub tool: Option<FinishTool>,
    /// The brush.
    pub brush: Brush,
    /// From a place of the finished picture to one of the original, both as shares of width and height:
    /// `x' = a x + b y + c`, `y' = d x + e y + f`; none while it is not known.
    pub to_original: Option<[f32; 6]>,
    /// How long a share of the original's longer edge is on the finished picture.
    pub scale: f32,
    /// How many stickers are chosen.
    pub chosen: usize,
    /// Did it come without transparency?
    pub is_opaque: bool,
    /// Why it is not drawn as the recipe says, as a sentence.
    pub problem: Option<&'a str>,
}
