//! Where a secret is, as every part speaks of it.

/// Where a secret is, or why it is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// In the keychain of the operating system.
    InKeychain,
    /// In memory, until the program ends.
    SessionOnly,
    /// In the environment variable `PIXAZO_API_KEY`.
    FromEnvironment,
    /// Nowhere; none was entered.
    Missing,
    /// Perhaps in the keychain, which is locked.
    Locked,
    /// The keychain was asked and has not answered for some seconds.
    Waiting,
    /// There is no keychain to look into.
    NoKeychain {
        /// What the system said.
        reason: String,
    },
}

impl KeyState {
    /// Is there a key to send?
    pub const fn has_key(&self) -> bool {
        matches!(self, Self::InKeychain | Self::SessionOnly | Self::FromEnvironment)
    }
}
