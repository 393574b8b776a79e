//! A keychain in memory, for tests and for programs that must not touch the person's.

use std::collections::HashMap;

use secrecy::SecretString;

use super::{Account, KeyError, Keychain};

/// Forgets everything when it is dropped.
#[derive(Debug, Default)]
pub struct MemoryKeychain {
    secrets: HashMap<Account, SecretString>,
}

impl Keychain for MemoryKeychain {
    fn get(&mut self, account: &Account) -> Result<Option<SecretString>, KeyError> {
        Ok(self.secrets.get(account).cloned())
    }

    fn set(&mut self, account: &Account, secret: &SecretString) -> Result<(), KeyError> {
        self.secrets.insert(account.clone(), secret.clone());
        Ok(())
    }

    fn delete(&mut self, account: &Account) -> Result<(), KeyError> {
        self.secrets.remove(account);
        Ok(())
    }
}
