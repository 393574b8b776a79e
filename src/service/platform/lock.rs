//! Locks that the operating system takes back when their process ends, however it ends.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{FileError, random_hex_128};

/// The sign of life of this process: `run/<uuid>.lock`, locked until the value is dropped or the process dies.
///
/// Rows in the journal name their owner by this uuid.
#[derive(Debug)]
pub struct ProcessLock {
    owner: String,
    path: PathBuf,
    _file: File,
}

impl ProcessLock {
    /// Takes a new lock in the folder for locks, which must exist.
    pub fn acquire(run_folder: &Path) -> Result<Self, FileError> {
        let owner = random_hex_128();
        let path = lock_path(run_folder, &owner);
        // Locked before it gets its name: nobody ever sees a living owner's file unlocked.
        let nascent = run_folder.join(format!("{owner}.new"));
        let file = File::create_new(&nascent).map_err(|error| FileError::new(&nascent, error))?;
        let named = file.lock().and_then(|()| fs::rename(&nascent, &path));
        named.map_err(|error| FileError::new(&path, error))?;
        Ok(Self { owner, path, _file: file })
    }

    /// The uuid of this process: 32 lower-case hex digits.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Does the process with this uuid still run? An unknown uuid does not; one that cannot be asked about may, and
    /// what may have an owner is left alone.
    pub fn is_alive(run_folder: &Path, owner: &str) -> bool {
        match File::open(lock_path(run_folder, owner)) {
            // Shared, so that two processes that look at the same moment do not take each other for the owner.
            Ok(file) => file.try_lock_shared().is_err(),
            Err(error) => error.kind() != ErrorKind::NotFound,
        }
    }

    /// Deletes the files of processes that ended without doing it themselves.
    pub fn sweep(run_folder: &Path) {
        let Ok(entries) = fs::read_dir(run_folder) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.extension().is_some_and(|extension| extension == "lock")
                && File::open(&path).is_ok_and(|file| file.try_lock().is_ok())
            {
                remove(&path);
            }
        }
    }
}

impl Drop for ProcessLock {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// A lock with a fixed name that one process at a time can hold, such as the one for the window.
#[derive(Debug)]
pub struct HeldLock {
    _file: File,
}

impl HeldLock {
    /// Takes the lock, or gives `None` when another process (or another part of this one) holds it.
    pub fn try_take(path: &Path) -> Result<Option<Self>, FileError> {
        let file = open_lock_file(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(FileError::new(path, error)),
        }
    }

    /// Takes the lock, waiting for whoever holds it.
    pub fn take(path: &Path) -> Result<Self, FileError> {
        let file = open_lock_file(path)?;
        file.lock().map_err(|error| FileError::new(path, error))?;
        Ok(Self { _file: file })
    }
}

fn open_lock_file(path: &Path) -> Result<File, FileError> {
    File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path)
        .map_err(|error| FileError::new(path, error))
}

fn lock_path(run_folder: &Path, owner: &str) -> PathBuf {
    run_folder.join(format!("{owner}.lock"))
}

/// Deletes a lock file; one that stays is swept by a later start.
fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::debug!(%error, path = %path.display(), "a lock file stays");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_alive_until_its_lock_is_dropped() {
        let run = tempfile::tempdir().unwrap();
        let lock = ProcessLock::acquire(run.path()).unwrap();
        let owner = lock.owner().to_owned();
        assert!(ProcessLock::is_alive(run.path(), &owner));
        drop(lock);
        assert!(!ProcessLock::is_alive(run.path(), &owner));
        assert_eq!(fs::read_dir(run.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_left_by_a_killed_process_is_dead_and_swept_while_the_living_stay() {
        let run = tempfile::tempdir().unwrap();
        let living = ProcessLock::acquire(run.path()).unwrap();
        fs::write(lock_path(run.path(), "dead"), b"").unwrap();
        assert!(!ProcessLock::is_alive(run.path(), "dead"));
        ProcessLock::sweep(run.path());
        assert!(!lock_path(run.path(), "dead").exists());
        assert!(ProcessLock::is_alive(run.path(), living.owner()));
    }

    #[test]
    fn an_owner_that_cannot_be_asked_about_is_taken_for_alive() {
        let run = tempfile::tempdir().unwrap();
        // A file where the folder should be: it cannot be looked into, as when a process has no file handle left.
        let no_folder = run.path().join("run");
        fs::write(&no_folder, b"").unwrap();
        assert!(ProcessLock::is_alive(&no_folder, "somebody"));
    }

    #[test]
    fn a_named_lock_has_one_holder() {
        let run = tempfile::tempdir().unwrap();
        let path = run.path().join("window");
        let first = HeldLock::try_take(&path).unwrap();
        assert!(first.is_some());
        assert!(HeldLock::try_take(&path).unwrap().is_none());
        drop(first);
        assert!(HeldLock::try_take(&path).unwrap().is_some());
    }
}
