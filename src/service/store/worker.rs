//! The thread that owns a connection and does one call after the other.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

/// Work for the connection; it sends its own answer.
pub(super) type Call = Box<dyn FnOnce(&mut Connection) + Send>;

/// The way in to the thread.
pub(super) type Calls = SyncSender<Call>;

/// Calls that may wait before callers do.
const QUEUE: usize = 64;

/// Starts the thread; it ends when all senders are gone and every call is done.
pub(super) fn start(mut connection: Connection) -> io::Result<(Calls, JoinHandle<()>)> {
    let (calls, queue) = sync_channel::<Call>(QUEUE);
    let thread = thread::Builder::new().name("store".to_owned()).spawn(move || {
        while let Ok(call) = queue.recv() {
            // Unwinding rolls an open transaction back, so the connection is sound for the next call.
            if catch_unwind(AssertUnwindSafe(|| call(&mut connection))).is_err() {
                tracing::error!("a database call panicked; its transaction was rolled back");
            }
        }
    })?;
    Ok((calls, thread))
}
