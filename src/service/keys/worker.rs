//! The one thread that talks to the keychain, whose calls may never return.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use secrecy::SecretString;

use super::{Account, KeyError, KeyState, Keychain, Shared, state_after};

/// What comes back: a secret for [`Operation::Get`], nothing for the others.
pub(super) type Answer = Result<Option<SecretString>, KeyError>;

/// The way in to the thread.
pub(super) type Requests = SyncSender<Request>;

/// What the keychain is asked.
pub(super) enum Operation {
    Get,
    Set(SecretString),
    Delete,
}

/// One question and the way back.
pub(super) struct Request {
    pub(super) account: Account,
    pub(super) operation: Operation,
    /// When the caller stops waiting; from then on the request must not be carried out any more.
    pub(super) expires: Instant,
    pub(super) reply: Box<dyn FnOnce(Answer) + Send>,
}

/// Requests that may wait behind a hanging one.
const QUEUE: usize = 16;

/// Starts the thread; it ends when all senders are gone.
///
/// It is never joined: a frozen keychain must not keep the program from closing.
pub(super) fn start(mut keychain: Box<dyn Keychain>, shared: Arc<Shared>) -> io::Result<Requests> {
    let (requests, queue) = sync_channel::<Request>(QUEUE);
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        while let Ok(Request { account, operation, expires, reply }) = queue.recv() {
            if shared.clock.instant() >= expires {
                reply(Err(KeyError::TimedOut));
                continue;
            }
            let done = catch_unwind(AssertUnwindSafe(|| carry_out(keychain.as_mut(), &account, operation)));
            let (answer, state) = done.unwrap_or_else(|_panic| {
                let error = KeyError::Failed { reason: "it broke off".to_owned() };
                let answer = Err(error);
                let state = state_after(&answer);
                (answer, state)
            });
            shared.note(&account, state);
            reply(answer);
        }
    })?;
    Ok(requests)
}

fn carry_out(keychain: &mut dyn Keychain, account: &Account, operation: Operation) -> (Answer, KeyState) {
    let (answer, state_when_done) = match operation {
        Operation::Get => (keychain.get(account), None),
        Operation::Set(secret) => (keychain.set(account, &secret).map(|()| None), Some(KeyState::InKeychain)),
        Operation::Delete => (keychain.delete(account).map(|()| None), Some(KeyState::Missing)),
    };
    let state = state_when_done.filter(|_| answer.is_ok()).unwrap_or_else(|| state_after(&answer));
    (answer, state)
}
