use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};

use super::*;

const HOST: &str = "gateway.pixazo.ai";

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn exposed(answer: Result<Option<SecretString>, KeyError>) -> Option<String> {
    answer.unwrap().map(|secret| secret.expose_secret().to_owned())
}

/// Always fails in the same way.
struct Failing(KeyError);

impl Keychain for Failing {
    fn get(&mut self, _: &Account) -> Result<Option<SecretString>, KeyError> {
        Err(self.0.clone())
    }

    fn set(&mut self, _: &Account, _: &SecretString) -> Result<(), KeyError> {
        Err(self.0.clone())
    }

    fn delete(&mut self, _: &Account) -> Result<(), KeyError> {
        Err(self.0.clone())
    }
}

/// Answers each call only after the test has let it.
struct Frozen {
    thaw: Receiver<()>,
    memory: MemoryKeychain,
    sets: Arc<AtomicUsize>,
}

impl Keychain for Frozen {
    fn get(&mut self, account: &Account) -> Result<Option<SecretString>, KeyError> {
        self.thaw.recv().unwrap();
        self.memory.get(account)
    }

    fn set(&mut self, account: &Account, secret: &SecretString) -> Result<(), KeyError> {
        self.thaw.recv().unwrap();
        self.sets.fetch_add(1, Ordering::SeqCst);
        self.memory.set(account, secret)
    }

    fn delete(&mut self, account: &Account) -> Result<(), KeyError> {
        self.thaw.recv().unwrap();
        self.memory.delete(account)
    }
}

fn frozen() -> (Keys, SyncSender<()>, Arc<AtomicUsize>) {
    let (thawing, thaw) = sync_channel(8);
    let sets = Arc::new(AtomicUsize::new(0));
    let keychain = Box::new(Frozen { thaw, memory: MemoryKeychain::default(), sets: Arc::clone(&sets) });
    let patience = Patience { waiting_after: Duration::from_millis(10), give_up_after: Duration::from_millis(40) };
    (Keys::start(KeysOptions { keychain, patience, ..KeysOptions::in_memory() }).unwrap(), thawing, sets)
}

#[test]
fn a_key_is_kept_found_and_deleted() {
    let keys = Keys::start(KeysOptions::in_memory()).unwrap();
    assert_eq!((keys.last_state(HOST), keys.status(HOST)), (None, KeyState::Missing));
    keys.set(HOST, &secret(" key-1\n")).unwrap();
    assert_eq!(keys.last_state(HOST), Some(KeyState::InKeychain));
    assert_eq!(exposed(keys.get(HOST)).as_deref(), Some("key-1"));
    assert_eq!(exposed(keys.get("other.example")), None);
    keys.delete(HOST).unwrap();
    assert_eq!(keys.status(HOST), KeyState::Missing);
}

#[test]
fn the_environment_brings_the_engines_key_and_no_other() {
    let keys = Keys::start(KeysOptions { environment: Some(secret("env-key")), ..KeysOptions::in_memory() }).unwrap();
    assert_eq!(keys.status(HOST), KeyState::FromEnvironment);
    assert_eq!(exposed(keys.get(HOST)).as_deref(), Some("env-key"));
    assert_eq!(exposed(keys.get(Account::photo_host("bucket"))), None);
}

#[test]
fn a_session_key_comes_first_and_is_named_as_such() {
    let keys = Keys::start(KeysOptions { environment: Some(secret("env-key")), ..KeysOptions::in_memory() }).unwrap();
    keys.set_for_session(HOST, &secret("typed")).unwrap();
    assert_eq!(keys.status(HOST), KeyState::SessionOnly);
    assert_eq!(exposed(keys.get(HOST)).as_deref(), Some("typed"));
    keys.delete(HOST).unwrap();
    assert_eq!(keys.status(HOST), KeyState::FromEnvironment);
}

#[test]
fn what_cannot_be_a_key_is_refused_before_it_is_kept() {
    let keys = Keys::start(KeysOptions::in_memory()).unwrap();
    assert_eq!(keys.set(HOST, &secret("  ")), Err(KeyError::Empty));
    assert_eq!(keys.set(HOST, &secret("two words")), Err(KeyError::NotAKey));
    assert_eq!(keys.set_for_session(HOST, &secret("schlüssel")), Err(KeyError::NotAKey));
    assert_eq!(keys.status(HOST), KeyState::Missing);
}

#[test]
fn without_a_keychain_the_state_says_why_and_nothing_is_kept_elsewhere() {
    let missing = KeyError::NoKeychain { reason: "no session bus".to_owned() };
    let keychain = Box::new(Failing(missing.clone()));
    let keys = Keys::start(KeysOptions { keychain, ..KeysOptions::in_memory() }).unwrap();
    assert_eq!(keys.set(HOST, &secret("key-1")), Err(missing));
    assert_eq!(keys.status(HOST), KeyState::NoKeychain { reason: "no session bus".to_owned() });
}

#[test]
fn a_locked_keychain_is_told_apart() {
    let keychain = Box::new(Failing(KeyError::Locked));
    let keys = Keys::start(KeysOptions { keychain, ..KeysOptions::in_memory() }).unwrap();
    assert_eq!(keys.status(HOST), KeyState::Locked);
}

#[test]
fn a_frozen_keychain_shows_as_waiting_and_the_call_ends() {
    let (keys, thaw, _) = frozen();
    assert!(matches!(keys.get(HOST), Err(KeyError::TimedOut)));
    assert_eq!(keys.last_state(HOST), Some(KeyState::Waiting));
    thaw.send(()).unwrap();
    thaw.send(()).unwrap();
    assert_eq!(keys.status(HOST), KeyState::Missing);
}

#[test]
fn a_key_whose_entry_was_given_up_is_not_kept_behind_the_persons_back() {
    let (keys, thaw, sets) = frozen();
    assert!(matches!(keys.get(HOST), Err(KeyError::TimedOut)));
    assert_eq!(keys.set(HOST, &secret("late")), Err(KeyError::TimedOut));
    for _ in 0..2 {
        thaw.send(()).unwrap();
    }
    assert_eq!(keys.status(HOST), KeyState::Missing);
    assert_eq!(sets.load(Ordering::SeqCst), 0);
}

#[test]
fn async_callers_see_the_same_keys_and_the_same_patience() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let keys = Keys::start(KeysOptions::in_memory()).unwrap();
        keys.set_for_session(HOST, &secret("key-1")).unwrap();
        assert_eq!(exposed(keys.get_async(HOST).await).as_deref(), Some("key-1"));
        let (frozen, _thaw, _) = frozen();
        assert!(matches!(frozen.get_async(HOST).await, Err(KeyError::TimedOut)));
    });
}

#[test]
fn the_waker_is_called_when_a_state_changes_and_not_otherwise() {
    let wakes = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&wakes);
    let waker = Arc::new(move || _ = counter.fetch_add(1, Ordering::SeqCst));
    let keys = Keys::start(KeysOptions { waker, ..KeysOptions::in_memory() }).unwrap();
    for _ in 0..3 {
        keys.status(HOST);
    }
    assert_eq!(wakes.load(Ordering::SeqCst), 1);
}

#[test]
fn nothing_that_is_printed_shows_a_key() {
    let environment = Some(secret("sk-very-secret"));
    let keys = Keys::start(KeysOptions { environment, ..KeysOptions::in_memory() }).unwrap();
    keys.set_for_session(HOST, &secret("sk-very-secret")).unwrap();
    let printed = format!("{keys:?} {:?} {:?}", keys.get(HOST), keys.status(HOST));
    assert!(!printed.contains("very-secret"), "{printed}");
}
