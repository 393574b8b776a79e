//! The keychain of the operating system: Secret Service, macOS Keychain, Windows Credential Manager.

use secrecy::zeroize::Zeroize as _;
use secrecy::{ExposeSecret as _, SecretString};

use super::{Account, KeyError, Keychain};

/// The real one. It may hang, so only its own thread talks to it.
#[derive(Debug, Default)]
pub struct OsKeychain {
    is_connected: bool,
}

impl OsKeychain {
    /// Nothing is opened before the first question.
    pub const fn new() -> Self {
        Self { is_connected: false }
    }

    /// Runs one operation, with a fresh connection when there is none or the old one turned out dead.
    fn with_entry<R>(
        &mut self,
        account: &Account,
        operation: impl Fn(&keyring::Entry) -> Result<R, keyring::Error>,
    ) -> Result<Option<R>, KeyError> {
        let was_connected = self.is_connected;
        let first = self.attempt(account, &operation);
        let second = match first {
            Err(keyring::Error::PlatformFailure(_)) if was_connected => self.attempt(account, &operation),
            other => other,
        };
        match second {
            Ok(value) => Ok(Some(value)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(translate(error, account)),
        }
    }

    fn attempt<R>(
        &mut self,
        account: &Account,
        operation: impl Fn(&keyring::Entry) -> Result<R, keyring::Error>,
    ) -> Result<R, keyring::Error> {
        if !self.is_connected {
            // `keyring::Entry::new` would remember a failed connection for ever; this way the next call tries again.
            connect()?;
            self.is_connected = true;
        }
        let inner = keyring_core::Entry::new(Account::SERVICE, account.user());
        let result = inner.and_then(|inner| operation(&keyring::Entry { inner }));
        if matches!(result, Err(keyring::Error::PlatformFailure(_))) {
            self.is_connected = false;
        }
        result
    }
}

impl Keychain for OsKeychain {
    fn get(&mut self, account: &Account) -> Result<Option<SecretString>, KeyError> {
        Ok(self.with_entry(account, keyring::Entry::get_password)?.map(SecretString::from))
    }

    fn set(&mut self, account: &Account, secret: &SecretString) -> Result<(), KeyError> {
        let stored = self.with_entry(account, |entry| entry.set_password(secret.expose_secret()))?;
        stored.ok_or_else(|| KeyError::Failed { reason: "it did not keep the secret".to_owned() })
    }

    fn delete(&mut self, account: &Account) -> Result<(), KeyError> {
        self.with_entry(account, keyring::Entry::delete_credential).map(drop)
    }
}

/// Our error for theirs. Some of theirs carry the secret, so none of them is ever printed whole.
fn translate(error: keyring::Error, account: &Account) -> KeyError {
    use keyring::Error as E;

    match error {
        E::NoStorageAccess(_) => KeyError::Locked,
        E::PlatformFailure(reason) => KeyError::NoKeychain { reason: reason.to_string() },
        E::NoDefaultStore | E::NotSupportedByStore(_) => {
            KeyError::NoKeychain { reason: "this system has none that is supported".to_owned() }
        }
        E::BadEncoding(mut secret) | E::BadDataFormat(mut secret, _) => {
            secret.zeroize();
            KeyError::Unreadable { account: account.clone() }
        }
        E::Ambiguous(_) => KeyError::Failed { reason: format!("it holds several secrets for {account}") },
        E::TooLong(_, limit) => KeyError::Failed { reason: format!("it takes at most {limit} characters") },
        _ => KeyError::Failed { reason: "it refused".to_owned() },
    }
}

#[cfg(target_os = "linux")]
fn connect() -> Result<(), keyring::Error> {
    keyring_core::set_default_store(zbus_secret_service_keyring_store::Store::new()?);
    Ok(())
}

#[cfg(target_os = "macos")]
fn connect() -> Result<(), keyring::Error> {
    keyring_core::set_default_store(apple_native_keyring_store::keychain::Store::new()?);
    Ok(())
}

#[cfg(target_os = "windows")]
fn connect() -> Result<(), keyring::Error> {
    keyring_core::set_default_store(windows_native_keyring_store::Store::new()?);
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
fn connect() -> Result<(), keyring::Error> {
    Err(keyring::Error::NoDefaultStore)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_error_of_the_keychain_prints_the_secret_it_carries() {
        let account = Account::engine_at("gateway.pixazo.ai");
        let secret = b"sk-very-secret".to_vec();
        let carrying = [
            keyring::Error::BadEncoding(secret.clone()),
            keyring::Error::BadDataFormat(secret, "sk-very-secret".into()),
            keyring::Error::BadStoreFormat("sk-very-secret".into()),
            keyring::Error::Invalid("password".into(), "sk-very-secret".into()),
        ];
        for error in carrying {
            let ours = translate(error, &account);
            assert!(!format!("{ours} {ours:?}").contains("very-secret"), "{ours}");
        }
    }

    #[test]
    fn a_dismissed_prompt_means_locked() {
        let error = keyring::Error::NoStorageAccess("prompt dismissed".into());
        assert_eq!(translate(error, &Account::engine_at("h")), KeyError::Locked);
    }
}
