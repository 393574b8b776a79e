//! What the dialog for a list of expressions shows.

use model::EngineId;

use super::LookView;

/// A list of expressions.
#[derive(Clone, Copy, Debug)]
pub struct ExpressionsView<'a> {
    /// The list as it is typed.
    pub typed: &'a str,
    /// Moods as small pictures of the photo, on where the list has them; none where they are not drawn.
    pub moods: &'a [LookView],
    /// The expressions that make a sticker.
    pub made: &'a [String],
    /// What is left out and why, or why the list cannot be used, as sentences.
    pub remark: Option<&'a str>,
    /// Can the list not be used?
    pub is_refused: bool,
    /// How many stickers it makes, with several photos of each of them.
    pub stickers: u32,
    /// The seed of all, when it is kept.
    pub seed: Option<u32>,
    /// Where they are made.
    pub engine: EngineId,
    /// Why it cannot be run now, in two words.
    pub blocked: Option<&'a str>,
    /// Does pressing its button nevertheless open the way on?
    pub opens: bool,
    /// Is the click being made durable?
    pub submitting: bool,
}
