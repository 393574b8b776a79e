//! Asks the keychain and the service about the key.

use std::sync::{Arc, Mutex};

use secrecy::SecretString;

use super::KeyEvent;
use crate::api::KeyCheck;
use crate::app::newest::locked;
use crate::app::sentence::sentence;
use crate::app::worker::{Teller, Worker};
use crate::keys::{Account, KeyError, Keys};
use crate::model::Engine;
use crate::studio::Studio;
use crate::ui::view::KeyCheckView;

/// What is asked about the key.
pub(super) struct Tasks {
    worker: Worker<KeyEvent>,
    /// Held from a question to its answer, so that no old answer comes after a new one.
    turn: Arc<Mutex<()>>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) fn new(worker: Worker<KeyEvent>) -> Self {
        Self { worker, turn: Arc::default() }
    }

    /// Asks where the key is.
    pub(super) fn look(&self, account: Account) {
        self.in_turn(move |studio, teller| teller.send(KeyEvent::Found(studio.keys().status(account))));
    }

    /// Keeps a key.
    pub(super) fn set(&self, account: Account, key: SecretString, session_only: bool) {
        self.change(
            account,
            move |keys, account| {
                if session_only { keys.set_for_session(account, &key) } else { keys.set(account, &key) }
            },
        );
    }

    /// Deletes the key.
    pub(super) fn delete(&self, account: Account) {
        self.change(account, |keys, account| keys.delete(account));
    }

    /// Asks the service, for free, whether it knows the key; the answer has the number of the question.
    pub(super) fn check(&self, question: u64, key: Option<SecretString>, engine: Engine) {
        self.worker.spawn(move |studio, teller| {
            let checked =
                studio.check_key(key, &engine).map_err(|error| sentence(&error)).and_then(|check| match check {
                    KeyCheck::Accepted => Ok(KeyCheckView::Known),
                    KeyCheck::Refused { .. } => Ok(KeyCheckView::Unknown),
                    KeyCheck::NoAnswer { reason } => Err(reason),
                });
            teller.send(KeyEvent::Checked(question, checked));
        });
    }

    fn change(&self, account: Account, change: impl FnOnce(&Keys, &Account) -> Result<(), KeyError> + Send + 'static) {
        self.in_turn(move |studio, teller| match change(studio.keys(), &account) {
            Ok(()) => teller.send(KeyEvent::Found(studio.keys().status(account))),
            Err(error) => teller.send(KeyEvent::Failed(sentence(&error))),
        });
    }

    fn in_turn(&self, work: impl FnOnce(&Studio, &Teller<KeyEvent>) + Send + 'static) {
        let turn = Arc::clone(&self.turn);
        self.worker.spawn(move |studio, teller| {
            let _turn = locked(&turn);
            work(studio, teller);
        });
    }
}
