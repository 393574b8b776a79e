//! What the top bar shows.

use crate::model::{EngineId, Money};

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
    pub key: KeyStatus,
    /// Can the last change be undone?
    pub can_undo: bool,
    /// Can it be redone?
    pub can_redo: bool,
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

/// Where the key of the hosted service stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyStatus {
    /// In the system's keychain.
    InKeychain,
    /// In memory until the window closes.
    SessionOnly,
    /// From `PIXAZO_API_KEY`.
    FromEnvironment,
    /// None was entered.
    Missing,
    /// The keychain is locked.
    Locked,
    /// The keychain has been asked.
    Waiting,
    /// There is no keychain; what the system said.
    NoKeychain(String),
}

impl KeyStatus {
    /// In a few words.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::InKeychain => "Key in keychain",
            Self::SessionOnly => "Key for this session",
            Self::FromEnvironment => "Key from PIXAZO_API_KEY",
            Self::Missing => "Add a key…",
            Self::Locked => "Keychain locked",
            Self::Waiting => "Asking the keychain",
            Self::NoKeychain(_) => "No keychain",
        }
    }

    /// Is there a key to send?
    pub const fn has_key(&self) -> bool {
        matches!(self, Self::InKeychain | Self::SessionOnly | Self::FromEnvironment)
    }
}
