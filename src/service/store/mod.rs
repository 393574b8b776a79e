//! Opens one SQLite file on its own thread and migrates it.

mod opening;
mod room;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use crate::platform::FileError;
use worker::{Call, Calls};

/// A database could not be opened or used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Its folder or file cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// It was written by a later version of this program.
    #[error("a newer Sticker Booth wrote this database, start that one: it has format {found}, this program knows {known} ({})", .path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// The format of the file.
        found: usize,
        /// The newest format that this program knows.
        known: usize,
    },
    /// The disk has no room for another row.
    #[error("the disk is full: make room and try again")]
    DiskFull,
    /// Another process kept the database to itself for too long.
    #[error("another Sticker Booth keeps the database busy: wait a moment and try again")]
    Busy,
    /// SQLite refused.
    #[error("the database gave an error, try again: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// A call panicked; nothing of its transaction was kept.
    #[error("an operation on the database broke off and was undone: please report this")]
    BrokeOff,
    /// The thread of the database has ended.
    #[error("the database is closed: start Sticker Booth again")]
    Closed,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            // A log that cannot be begun, or its index that cannot grow, says no more than this.
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) if room::is_used_up() => Self::DiskFull,
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    /// Would freeing space help?
    pub const fn is_disk_full(&self) -> bool {
        match self {
            Self::DiskFull => true,
            Self::File(error) => error.is_disk_full(),
            _ => false,
        }
    }
}

/// A database that was just opened.
#[derive(Debug)]
pub struct Opened {
    /// The database, at the newest format.
    pub store: Store,
    /// Where the file was put that could not be read, when a new one had to be begun.
    pub set_aside: Option<PathBuf>,
}

/// One SQLite database with its own thread. Clones share it; the last one closes it.
///
/// Every commit is durable (write-ahead log, `synchronous=FULL`). Several processes may have the same file open.
#[derive(Clone, Debug)]
pub struct Store {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// `None` only while being dropped.
    calls: Option<Calls>,
    thread: Option<JoinHandle<()>>,
}

/// How long an async caller waits before it looks again whether a full queue has room.
const QUEUE_RETRY: Duration = Duration::from_millis(2);

impl Store {
    /// Opens the database, or begins it, and brings it to the newest format: `migrations[n]` leads from format `n`
    /// to `n + 1` and never changes once released.
    ///
    /// A file that is not a whole database is set aside as `.broken-<n>` and a new one begun.
    pub fn open(path: &Path, migrations: &[&str]) -> Result<Opened, StoreError> {
        room::watch(path);
        let (connection, set_aside) = opening::open(path, migrations)?;
        let (calls, thread) = worker::start(connection).map_err(|error| FileError::new(path, error))?;
        let shared = Arc::new(Shared { calls: Some(calls), thread: Some(thread) });
        Ok(Opened { store: Self { shared }, set_aside })
    }

    /// Runs `work` on the database's thread and waits for it. Not for async tasks: see [`call_async`](Self::call_async).
    pub fn call<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> R + Send + 'static,
    ) -> Result<R, StoreError> {
        let (answer, answered) = std::sync::mpsc::sync_channel(1);
        let call: Call = Box::new(move |connection| {
            // A caller that went away needs no answer.
            _ = answer.send(work(connection));
        });
        self.calls()?.send(call).map_err(|_gone| StoreError::Closed)?;
        answered.recv().map_err(|_dropped| StoreError::BrokeOff)
    }

    /// Runs `work` on the database's thread.
    pub async fn call_async<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> R + Send + 'static,
    ) -> Result<R, StoreError> {
        let (answer, answered) = oneshot::channel();
        let mut call: Call = Box::new(move |connection| {
            // A caller that went away needs no answer.
            _ = answer.send(work(connection));
        });
        loop {
            match self.calls()?.try_send(call) {
                Ok(()) => break,
                Err(std::sync::mpsc::TrySendError::Full(refused)) => call = refused,
                Err(std::sync::mpsc::TrySendError::Disconnected(_)) => return Err(StoreError::Closed),
            }
            tokio::time::sleep(QUEUE_RETRY).await;
        }
        answered.await.map_err(|_dropped| StoreError::BrokeOff)
    }

    /// Runs `work` in one `BEGIN IMMEDIATE` transaction, which is kept when `work` gives `Ok` and undone otherwise.
    pub fn transact<R, E>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<R, E> + Send + 'static) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.call(move |connection| in_transaction(connection, work))?
    }

    /// [`transact`](Self::transact) for async tasks.
    pub async fn transact_async<R, E>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.call_async(move |connection| in_transaction(connection, work)).await?
    }

    fn calls(&self) -> Result<&Calls, StoreError> {
        self.shared.calls.as_ref().ok_or(StoreError::Closed)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        drop(self.calls.take());
        let Some(thread) = self.thread.take() else { return };
        // The last clone may have been dropped by a call, on the database's own thread.
        if thread.thread().id() != thread::current().id() && thread.join().is_err() {
            tracing::error!("the thread of a database panicked");
        }
    }
}

fn in_transaction<R, E: From<StoreError>>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<R, E>,
) -> Result<R, E> {
    let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let result = work(&transaction)?;
    transaction.commit().map_err(failed)?;
    Ok(result)
}

#[cfg(test)]
mod tests;
