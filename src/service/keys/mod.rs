//! Keeps secrets in the OS keychain, or in memory.

mod account;
mod keychain;
mod memory;
mod worker;

use std::collections::HashMap;
use std::fmt;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

pub use crate::model::KeyState;
use crate::platform::Clock;
pub use account::Account;
pub use keychain::OsKeychain;
pub use memory::MemoryKeychain;
use worker::{Answer, Operation, Request, Requests};

/// The environment variable that brings the key of the hosted engine.
pub const ENVIRONMENT_VARIABLE: &str = "PIXAZO_API_KEY";

/// The environment variable that brings the secret of the photo host of a command.
pub const HOST_ENVIRONMENT_VARIABLE: &str = "STICKER_BOOTH_HOST_SECRET";

/// A secret could not be read or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// This session has no keychain.
    #[error("there is no keychain here, so keep the key for this session only or set PIXAZO_API_KEY: {reason}")]
    NoKeychain {
        /// What the system said.
        reason: String,
    },
    /// The keychain is locked and was not opened.
    #[error("your keychain is locked: unlock it and try again")]
    Locked,
    /// The keychain did not answer within a minute.
    #[error("your keychain does not answer: look for its window and try again")]
    TimedOut,
    /// Something else is stored under our name.
    #[error("what the keychain holds for {account} is not a key: delete it and enter the key again")]
    Unreadable {
        /// Whose secret it should be.
        account: Account,
    },
    /// Nothing was entered.
    #[error("the key is empty: paste it from your account")]
    Empty,
    /// A key is one word of plain characters.
    #[error("this is not a key, it has spaces or unusual characters: paste it again from your account")]
    NotAKey,
    /// The keychain refused for another reason.
    #[error("your keychain gave an error, try again: {reason}")]
    Failed {
        /// What the system said; never the secret.
        reason: String,
    },
    /// The thread for keys has ended.
    #[error("keys are closed: start Sticker Booth again")]
    Closed,
}

/// A place for secrets. Calls may take as long as a person needs to unlock it.
pub trait Keychain: Send {
    /// The secret of an account, if there is one.
    fn get(&mut self, account: &Account) -> Result<Option<SecretString>, KeyError>;

    /// Keeps a secret, in place of an earlier one.
    fn set(&mut self, account: &Account, secret: &SecretString) -> Result<(), KeyError>;

    /// Forgets a secret; that there was none is fine.
    fn delete(&mut self, account: &Account) -> Result<(), KeyError>;
}

/// How long a keychain may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// After this long the state becomes [`KeyState::Waiting`].
    pub waiting_after: Duration,
    /// After this long the call ends with [`KeyError::TimedOut`].
    pub give_up_after: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { waiting_after: Duration::from_secs(3), give_up_after: Duration::from_mins(1) }
    }
}

/// What [`Keys::start`] needs.
pub struct KeysOptions {
    /// Where secrets are kept.
    pub keychain: Box<dyn Keychain>,
    /// The key that came with the environment, for engines only.
    pub environment: Option<SecretString>,
    /// The secret that came with the environment, for photo hosts only.
    pub host_environment: Option<SecretString>,
    /// How long the keychain may take.
    pub patience: Patience,
    /// Called when a state may have changed.
    pub waker: Arc<dyn Fn() + Send + Sync>,
    /// What its patience goes by.
    pub clock: Clock,
}

impl KeysOptions {
    /// The keychain of this computer and the key from this process's environment.
    pub fn of_this_computer(waker: Arc<dyn Fn() + Send + Sync>) -> Self {
        let variable = |name| std::env::var(name).ok().map(SecretString::from);
        Self {
            keychain: Box::new(OsKeychain::new()),
            environment: variable(ENVIRONMENT_VARIABLE),
            host_environment: variable(HOST_ENVIRONMENT_VARIABLE),
            patience: Patience::default(),
            waker,
            clock: Clock::real(),
        }
    }

    /// Memory only, and no environment: for tests.
    pub fn in_memory() -> Self {
        let keychain = Box::new(MemoryKeychain::default());
        let patience = Patience::default();
        Self {
            keychain,
            environment: None,
            host_environment: None,
            patience,
            waker: Arc::new(|| {}),
            clock: Clock::real(),
        }
    }
}

/// The way to all secrets. Clones share it.
///
/// A secret given for this session comes first, then the environment's, then the keychain's.
#[derive(Clone)]
pub struct Keys {
    shared: Arc<Shared>,
    requests: Requests,
}

/// What callers and the thread for the keychain both see.
pub(crate) struct Shared {
    environment: Option<SecretString>,
    host_environment: Option<SecretString>,
    patience: Patience,
    waker: Arc<dyn Fn() + Send + Sync>,
    clock: Clock,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    session: HashMap<Account, SecretString>,
    keychain: HashMap<Account, KeyState>,
}

impl Keys {
    /// Starts the thread that talks to the keychain; nothing is asked yet.
    pub fn start(options: KeysOptions) -> Result<Self, KeyError> {
        let KeysOptions { keychain, environment, host_environment, patience, waker, clock } = options;
        let environment = environment.and_then(|secret| checked_key(&secret).ok());
        let shared =
            Arc::new(Shared { environment, host_environment, patience, waker, clock, memory: Mutex::default() });
        let requests = worker::start(keychain, Arc::clone(&shared))
            .map_err(|error| KeyError::Failed { reason: error.to_string() })?;
        Ok(Self { shared, requests })
    }

    /// The secret of an account, if there is one. Waits for the keychain; not for the UI thread nor async tasks.
    pub fn get(&self, account: impl Into<Account>) -> Result<Option<SecretString>, KeyError> {
        let account = account.into();
        match self.shared.at_hand(&account) {
            Some((secret, _)) => Ok(Some(secret)),
            None => self.ask(&account, Operation::Get),
        }
    }

    /// [`get`](Self::get) for async tasks.
    pub async fn get_async(&self, account: impl Into<Account> + Send) -> Result<Option<SecretString>, KeyError> {
        let account = account.into();
        match self.shared.at_hand(&account) {
            Some((secret, _)) => Ok(Some(secret)),
            None => self.ask_async(&account, Operation::Get).await,
        }
    }

    /// Keeps a secret in the keychain. Waits for it; not for the UI thread nor async tasks.
    ///
    /// On an error it is kept nowhere: weaker places are a person's choice.
    pub fn set(&self, account: impl Into<Account>, secret: &SecretString) -> Result<(), KeyError> {
        let account = account.into();
        let secret = checked(&account, secret)?;
        self.ask(&account, Operation::Set(secret))?;
        self.shared.forget_session(&account);
        Ok(())
    }

    /// Keeps a secret in memory until the program ends.
    pub fn set_for_session(&self, account: impl Into<Account>, secret: &SecretString) -> Result<(), KeyError> {
        let account = account.into();
        let secret = checked(&account, secret)?;
        self.shared.memory().session.insert(account, secret);
        (self.shared.waker)();
        Ok(())
    }

    /// Forgets a secret in memory and in the keychain. Waits; not for the UI thread nor async tasks.
    pub fn delete(&self, account: impl Into<Account>) -> Result<(), KeyError> {
        let account = account.into();
        self.shared.forget_session(&account);
        self.ask(&account, Operation::Delete).map(drop)
    }

    /// Where the secret of an account is, after looking. Waits; not for the UI thread nor async tasks.
    pub fn status(&self, account: impl Into<Account>) -> KeyState {
        let account = account.into();
        match self.shared.at_hand(&account) {
            Some((_, state)) => state,
            None => state_after(&self.ask(&account, Operation::Get)),
        }
    }

    /// Where the secret was when somebody last looked, at once; `None` before the first look.
    pub fn last_state(&self, account: impl Into<Account>) -> Option<KeyState> {
        let account = account.into();
        match self.shared.at_hand(&account) {
            Some((_, state)) => Some(state),
            None => self.shared.memory().keychain.get(&account).cloned(),
        }
    }

    fn ask(&self, account: &Account, operation: Operation) -> Answer {
        let patience = self.shared.patience;
        let (reply, answered) = sync_channel(1);
        self.send(account.clone(), operation, move |answer| _ = reply.send(answer))?;
        let first = match answered.recv_timeout(patience.waiting_after) {
            Err(RecvTimeoutError::Timeout) => {
                self.shared.wait_for(account);
                answered.recv_timeout(patience.give_up_after.saturating_sub(patience.waiting_after))
            }
            other => other,
        };
        match first {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => Err(KeyError::TimedOut),
            Err(RecvTimeoutError::Disconnected) => Err(KeyError::Closed),
        }
    }

    async fn ask_async(&self, account: &Account, operation: Operation) -> Answer {
        let patience = self.shared.patience;
        let (reply, mut answered) = tokio::sync::oneshot::channel();
        self.send(account.clone(), operation, move |answer| _ = reply.send(answer))?;
        if let Ok(answer) = tokio::time::timeout(patience.waiting_after, &mut answered).await {
            return answer.map_err(|_dropped| KeyError::Closed)?;
        }
        self.shared.wait_for(account);
        let rest = patience.give_up_after.saturating_sub(patience.waiting_after);
        match tokio::time::timeout(rest, answered).await {
            Ok(answer) => answer.map_err(|_dropped| KeyError::Closed)?,
            Err(_elapsed) => Err(KeyError::TimedOut),
        }
    }

    fn send(
        &self,
        account: Account,
        operation: Operation,
        reply: impl FnOnce(Answer) + Send + 'static,
    ) -> Result<(), KeyError> {
        let expires = self.shared.clock.instant() + self.shared.patience.give_up_after;
        let request = Request { account, operation, expires, reply: Box::new(reply) };
        // A full queue means that the keychain has hung for many calls already.
        self.requests.try_send(request).map_err(|refused| match refused {
            std::sync::mpsc::TrySendError::Full(_) => KeyError::TimedOut,
            std::sync::mpsc::TrySendError::Disconnected(_) => KeyError::Closed,
        })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("from_environment", &self.shared.environment.is_some()).finish_non_exhaustive()
    }
}

impl Shared {
    /// A secret that needs no keychain, and where it came from.
    fn at_hand(&self, account: &Account) -> Option<(SecretString, KeyState)> {
        if let Some(secret) = self.memory().session.get(account) {
            return Some((secret.clone(), KeyState::SessionOnly));
        }
        let secret = if account.is_engine() { self.environment.as_ref() } else { self.host_environment.as_ref() }?;
        Some((secret.clone(), KeyState::FromEnvironment))
    }

    fn forget_session(&self, account: &Account) {
        let forgotten = self.memory().session.remove(account);
        if forgotten.is_some() {
            (self.waker)();
        }
    }

    fn wait_for(&self, account: &Account) {
        self.note(account, KeyState::Waiting);
    }

    /// Remembers how an account stands in the keychain.
    fn note(&self, account: &Account, state: KeyState) {
        let previous = self.memory().keychain.insert(account.clone(), state.clone());
        if previous != Some(state) {
            (self.waker)();
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an answer to "get" says about where the secret is.
fn state_after(answer: &Answer) -> KeyState {
    match answer {
        Ok(Some(_)) => KeyState::InKeychain,
        Ok(None) => KeyState::Missing,
        Err(KeyError::Locked) => KeyState::Locked,
        Err(KeyError::TimedOut) => KeyState::Waiting,
        Err(KeyError::NoKeychain { reason } | KeyError::Failed { reason }) => {
            KeyState::NoKeychain { reason: reason.clone() }
        }
        Err(other) => KeyState::NoKeychain { reason: other.to_string() },
    }
}

/// The secret without stray blanks around it, if it can be one of this account.
fn checked(account: &Account, secret: &SecretString) -> Result<SecretString, KeyError> {
    if account.is_engine() {
        return checked_key(secret);
    }
    if secret.expose_secret().is_empty() { Err(KeyError::Empty) } else { Ok(secret.clone()) }
}

/// A key travels as an HTTP header, so it is one word of visible ASCII.
fn checked_key(secret: &SecretString) -> Result<SecretString, KeyError> {
    let key = secret.expose_secret().trim();
    if key.is_empty() {
        return Err(KeyError::Empty);
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(KeyError::NotAKey);
    }
    Ok(SecretString::from(key))
}

#[cfg(test)]
mod tests;
