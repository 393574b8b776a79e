//! What can be asked of the settings.

use model::Parameter;
use model::parameter::Group;
use serde_json::Value as Json;

/// Something about the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecipeAction {
    /// Set one setting; `null` is its default.
    Set(Parameter, Json),
    /// Set width and height at once, in pixels; one step of undo.
    SetSize(u32, u32),
    /// Set these settings back to what the last run had; one step of undo.
    Revert(Vec<Parameter>),
    /// Set a group of settings back to their defaults; one step of undo.
    ResetGroup(Group),
    /// Draw in the style's own colours again.
    ForgetPalette,
    /// Keep the seed, or draw a new one for each sticker.
    LockSeed(bool),
    /// Make this many stickers at once, 1 to 8.
    SetCount(u32),
    /// The small pictures of styles and moods are in sight, or no longer: only then are they drawn.
    LooksInSight(bool),
    /// Put this style or mood into the prompt, or take it out; one step of undo.
    ToggleLook(&'static str),
    /// This is the list of expressions now.
    ListExpressions(String),
    /// Put this mood into the list of expressions, or take it out.
    ToggleExpression(&'static str),
}
