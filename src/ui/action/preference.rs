//! What a person can prefer.

use model::{Money, ThemeChoice};

/// A preference with its new value.
#[derive(Clone, Debug, PartialEq)]
pub enum Preference {
    /// Dark, light or the system's choice.
    Theme(ThemeChoice),
    /// Size of everything, 1 is 100 %.
    Scale(f32),
    /// No movement.
    ReduceMotion(bool),
    /// A notification when stickers are done and the window has no focus.
    Notifications(bool),
    /// Ask before more than this is spent in a month; `None` never asks.
    SoftBudget(Option<Money>),
    /// Never spend more than this in a month; `None` is no limit.
    HardBudget(Option<Money>),
    /// Jobs under way at once at the hosted service, 1 to 8.
    Concurrency(u32),
    /// Another address of the hosted service; nothing for its own.
    Address(String),
    /// Photos that were used lately are offered again.
    RecentPhotos(bool),
    /// Settings and engine in saved copies.
    SettingsInCopies(bool),
    /// A word in saved copies on how they were made.
    LabelCopies(bool),
}
