//! Why a file or folder could not be read or written.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::files::LARGEST_FILE;

/// A file or folder could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// No space is left.
    #[error("the disk is full: make room and try again ({})", .path.display())]
    DiskFull {
        /// What was written.
        path: PathBuf,
    },
    /// The folder or its disk does not take changes from this person.
    #[error("this program may not write or read here: choose another folder or allow it ({})", .path.display())]
    NotAllowed {
        /// What was touched.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// There is a file of that name already, and nobody said to replace it.
    #[error("a file of this name exists already: choose another name ({})", .path.display())]
    Exists {
        /// The name that is taken.
        path: PathBuf,
    },
    /// The file or its folder is not there.
    #[error("the file or its folder is not there: choose another ({})", .path.display())]
    Missing {
        /// What was looked for.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A part of the path is a file.
    #[error("a folder is looked for where a file is: choose another place ({})", .path.display())]
    NotAFolder {
        /// What was looked for.
        path: PathBuf,
    },
    /// A folder, a pipe or a device, which is neither read nor replaced.
    #[error("this is no file: choose one ({})", .path.display())]
    NotAFile {
        /// What was touched.
        path: PathBuf,
    },
    /// More than is ever read at once.
    #[error("this file is larger than the {} MiB that are read: choose a smaller one ({})", LARGEST_FILE >> 20, .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The name is longer than this disk takes, or has a character that it does not take.
    #[error("this disk takes no file of this name: choose a shorter or plainer one ({})", .path.display())]
    Name {
        /// The name.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Anything else.
    #[error("the disk gave an error, try again or choose another folder: {source} ({})", .path.display())]
    Other {
        /// What was touched.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl FileError {
    /// Sorts an error of the operating system.
    pub fn new(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::NotAllowed { path, source },
            ErrorKind::AlreadyExists => Self::Exists { path },
            ErrorKind::NotFound => Self::Missing { path, source },
            ErrorKind::NotADirectory => Self::NotAFolder { path },
            ErrorKind::InvalidFilename => Self::Name { path, source },
            _ => Self::Other { path, source },
        }
    }

    /// Would freeing space help?
    pub const fn is_disk_full(&self) -> bool {
        matches!(self, Self::DiskFull { .. })
    }
}
