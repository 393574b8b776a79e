//! How much room is left, and a reserve for when there is none.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::FileError;
use super::files::write_private_atomically;
use super::random::random_bytes;

/// Free bytes for this person on the disk of `path`; `None` where the system does not tell.
pub fn free_space(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let numbers = rustix::fs::statvfs(path).ok()?;
        Some(numbers.f_bavail.saturating_mul(numbers.f_frsize))
    }
    #[cfg(not(unix))]
    {
        _ = path;
        None
    }
}

/// Bytes that a disk takes as long as it is not full; less than a database asks for.
const LITTLE: usize = 64 * 1024;

/// Why nothing can be written into `folder`: no room, by the disk or by a quota, or no leave. Finds out by writing a little.
pub fn why_not_writable(folder: &Path) -> Option<FileError> {
    let written = tempfile::tempfile_in(folder).and_then(|mut file| {
        file.write_all(&little())?;
        file.sync_all()
    });
    written.err().map(|error| FileError::new(folder, error))
}

/// Is there no room at all in `folder`?
pub fn is_disk_full(folder: &Path) -> bool {
    why_not_writable(folder).is_some_and(|error| error.is_disk_full())
}

/// Random, so that no file system compresses it away.
fn little() -> Vec<u8> {
    (0..LITTLE / 1024).flat_map(|_| random_bytes::<1024>()).collect()
}

/// A file of [`Ballast::BYTES`] that is thrown overboard when the disk is full, so that the last important row still fits.
#[derive(Debug)]
pub struct Ballast {
    path: PathBuf,
}

impl Ballast {
    /// Size of the file.
    pub const BYTES: usize = 256 * 1024;

    /// The ballast at `path`, which [`reload`](Self::reload) takes aboard.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Gives its bytes back to the disk. Was there any?
    pub fn release(&self) -> Result<bool, FileError> {
        match fs::remove_file(&self.path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(FileError::new(&self.path, error)),
        }
    }

    /// Takes it aboard, unless it lies there.
    pub fn reload(&self) -> Result<(), FileError> {
        let is_whole = fs::metadata(&self.path).is_ok_and(|metadata| metadata.len() == Self::BYTES as u64);
        if is_whole {
            return Ok(());
        }
        let content: Vec<u8> = (0..Self::BYTES / LITTLE).flat_map(|_| little()).collect();
        write_private_atomically(&self.path, &content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_folder_has_some_free_space_and_a_missing_one_tells_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(free_space(folder.path()).unwrap() > 0);
        assert_eq!(free_space(&folder.path().join("missing")), None);
    }

    #[test]
    fn ballast_goes_overboard_once_and_can_be_taken_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ballast");
        let ballast = Ballast::at(&path);
        ballast.reload().unwrap();
        assert_eq!(path.metadata().unwrap().len(), 262_144);
        assert!(ballast.release().unwrap());
        assert!(!ballast.release().unwrap());
        ballast.reload().unwrap();
        assert!(path.exists());
    }
}
