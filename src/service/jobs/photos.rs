//! The prepared photos of jobs: one private file for each content, named by its SHA-256.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::platform::{FileError, create_private_folder, hex, read_file, write_private_atomically};

/// The folder of prepared photos.
#[derive(Clone, Debug)]
pub struct Photos {
    folder: PathBuf,
}

/// SHA-256 of `bytes` in lower-case hex.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

impl Photos {
    /// Opens the folder, for this person's eyes only.
    pub fn open(folder: PathBuf) -> Result<Self, FileError> {
        create_private_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Where the photo with this hash lies.
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.folder.join(format!("{sha256}.jpg"))
    }

    /// Keeps the bytes durably; the same bytes are not written again.
    pub fn keep(&self, sha256: &str, bytes: &[u8]) -> Result<(), FileError> {
        let path = self.path(sha256);
        if fs::read(&path).is_ok_and(|kept| kept == bytes) {
            return Ok(());
        }
        write_private_atomically(&path, bytes)
    }

    /// Reads the bytes back; `None` when they are gone or no longer those that were kept.
    pub fn read(&self, sha256: &str) -> Result<Option<Vec<u8>>, FileError> {
        match read_file(&self.path(sha256)) {
            Ok(bytes) => Ok((sha256_hex(&bytes) == sha256).then_some(bytes)),
            Err(FileError::Missing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Deletes the bytes, if they are there.
    pub fn delete(&self, sha256: &str) -> Result<(), FileError> {
        remove(&self.path(sha256))
    }

    /// Deletes every file that `is_named` does not know: left by a crash between file and row.
    pub fn sweep(&self, is_named: impl Fn(&str) -> bool) -> Result<(), FileError> {
        let entries = fs::read_dir(&self.folder).map_err(|error| FileError::new(&self.folder, error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if !path.file_stem().and_then(|stem| stem.to_str()).is_some_and(&is_named) {
                remove(&path)?;
            }
        }
        Ok(())
    }
}

fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(FileError::new(path, error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photos() -> (tempfile::TempDir, Photos) {
        let root = tempfile::tempdir().unwrap();
        let photos = Photos::open(root.path().join("photos")).unwrap();
        (root, photos)
    }

    #[test]
    fn bytes_come_back_under_their_hash_until_deleted() {
        let (_root, photos) = photos();
        let hash = sha256_hex(b"a face");
        photos.keep(&hash, b"a face").unwrap();
        photos.keep(&hash, b"a face").unwrap();
        assert_eq!(photos.read(&hash).unwrap().as_deref(), Some(b"a face".as_slice()));
        photos.delete(&hash).unwrap();
        photos.delete(&hash).unwrap();
        assert_eq!(photos.read(&hash).unwrap(), None);
    }

    #[test]
    fn bytes_that_are_no_longer_those_that_were_kept_are_not_given_out() {
        let (_root, photos) = photos();
        let hash = sha256_hex(b"a face");
        photos.keep(&hash, b"a face").unwrap();
        fs::write(photos.path(&hash), b"b face").unwrap();
        assert_eq!(photos.read(&hash).unwrap(), None);
        photos.keep(&hash, b"a face").unwrap();
        assert!(photos.read(&hash).unwrap().is_some(), "picking the photo again mends it");
    }

    #[cfg(unix)]
    #[test]
    fn only_this_person_can_read_a_photo() {
        use std::os::unix::fs::PermissionsExt as _;

        let (root, photos) = photos();
        photos.keep("00", b"a face").unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&root.path().join("photos")), mode(&photos.path("00"))), (0o700, 0o600));
    }

    #[test]
    fn files_that_no_job_names_are_swept() {
        let (_root, photos) = photos();
        photos.keep("kept", b"1").unwrap();
        photos.keep("left", b"2").unwrap();
        photos.sweep(|name| name == "kept").unwrap();
        assert!(photos.path("kept").exists() && !photos.path("left").exists());
    }
}
