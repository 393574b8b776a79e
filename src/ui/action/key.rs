//! What a person asks for about the key.

use secrecy::SecretString;

/// Something about the key of the hosted service.
#[derive(Clone, Debug)]
pub enum KeyAction {
    /// Keep this key.
    Set {
        /// The secret, which never prints.
        key: SecretString,
        /// Forget it when the window closes.
        session_only: bool,
    },
    /// Ask the service, for free, whether it knows this key; `None` means the one that is kept.
    Test(Option<SecretString>),
    /// Delete the kept key.
    Delete,
}
