//! From a path to a connection at the newest format, whatever lies there.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::StoreError;
use crate::platform::files::create_private_file;
use crate::platform::{FileError, HeldLock, set_aside};

/// How long a statement waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);

/// Up to this size the whole file is checked at start: about 50 ms. A larger one is read with care instead.
const CHECKED_BYTES: u64 = 16 * 1024 * 1024;

/// Opens the database and, when it was not readable, tells where the old file was put.
pub(super) fn open(path: &Path, migrations: &[&str]) -> Result<(Connection, Option<PathBuf>), StoreError> {
    // One process at a time looks, repairs and migrates, so that nobody sets a fresh database aside.
    let _opening = HeldLock::take(&with_suffix(path, ".opening"))?;
    match open_sound(path, migrations) {
        Err(error) if is_broken(&error) => {
            tracing::error!(%error, path = %path.display(), "setting a broken database aside");
            let aside = set_database_aside(path)?;
            Ok((open_sound(path, migrations)?, Some(aside)))
        }
        other => Ok((other?, None)),
    }
}

fn open_sound(path: &Path, migrations: &[&str]) -> Result<Connection, StoreError> {
    create_private_file(path)?;
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // Before anything is written: what a newer program keeps here is none of our business.
    refuse_newer(&connection, path, migrations.len())?;
    // A broken file is set aside as it was found.
    check(&connection, path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    migrate(&mut connection, path, migrations)?;
    Ok(connection)
}

/// Refuses a file whose pages do not fit together.
fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let size = fs::metadata(path).map_err(|error| FileError::new(path, error))?.len();
    if size > CHECKED_BYTES {
        return Ok(());
    }
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        return Ok(());
    }
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    Err(rusqlite::Error::SqliteFailure(code, Some(verdict)).into())
}

fn migrate(connection: &mut Connection, path: &Path, migrations: &[&str]) -> Result<(), StoreError> {
    let known = migrations.len();
    // Not even a write lock when there is nothing to do.
    if format_of(connection)? == known {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = format_of(&transaction)?;
    refuse_newer(&transaction, path, known)?;
    for migration in &migrations[found..] {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", known as i64)?;
    transaction.commit()?;
    Ok(())
}

fn refuse_newer(connection: &Connection, path: &Path, known: usize) -> Result<(), StoreError> {
    match format_of(connection)? {
        found if found > known => Err(StoreError::Newer { path: path.to_path_buf(), found, known }),
        _ => Ok(()),
    }
}

fn format_of(connection: &Connection) -> Result<usize, StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

/// Does the file itself, not its surroundings, stand in the way?
fn is_broken(error: &StoreError) -> bool {
    let StoreError::Sqlite(error) = error else { return false };
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}

/// Moves the file together with its log, so that both can still be looked at.
fn set_database_aside(path: &Path) -> Result<PathBuf, FileError> {
    let aside = set_aside(path)?;
    for suffix in ["-wal", "-shm"] {
        let companion = with_suffix(path, suffix);
        if companion.exists() {
            let target = with_suffix(&aside, suffix);
            fs::rename(&companion, target).map_err(|error| FileError::new(&companion, error))?;
        }
    }
    Ok(aside)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
