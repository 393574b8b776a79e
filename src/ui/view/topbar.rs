//! What the top bar shows.

use model::{EngineId, KeyState, Money};

/// The top bar.
#[derive(Clone, Debug)]
pub struct TopBarView<'a> {
    /// The chosen engine.
    pub engine: EngineId,
    /// Price of one sticker there.
    pub price: Money,
    /// Spent today; nothing hides the figure.
    pub spent_today: Money,
    /// A budget to measure it by.
    pub budget: Option<Budget>,
    /// Where the key stands; only shown for an engine that needs one.
    pub key: KeyState,
    /// Can the last change be undone?
    pub can_undo: bool,
    /// Can it be redone?
    pub can_redo: bool,
    /// Is there something to export?
    pub can_export: bool,
    /// Is the export open?
    pub exports: bool,
    /// A sentence after the engine of this computer, such as what it promises.
    pub promise: &'a str,
}

/// A limit and what counts against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The limit.
    pub limit: Money,
    /// What counts against it: spent, unsure and reserved.
    pub committed: Money,
}

/// Where the key of the hosted service stands, in a few words.
pub(crate) const fn key_words(key: &KeyState) -> &'static str {
    match key {
        KeyState::InKeychain => "Key in keychain",
        KeyState::SessionOnly => "Key for this session",
        KeyState::FromEnvironment => "Key from PIXAZO_API_KEY",
        KeyState::Missing => "Add a key…",
        KeyState::Locked => "Keychain locked",
        KeyState::Waiting => "Asking the keychain",
        KeyState::NoKeychain { .. } => "No keychain",
    }
}
