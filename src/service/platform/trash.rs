//! The desktop's own trash, from which a file manager brings files back.

use std::path::{Path, PathBuf};

/// A file stays where it is, because no trash takes it.
#[derive(Debug, thiserror::Error)]
#[error("the system's trash does not take this file, so it stays in the bin: delete it with a file manager ({})", .path.display())]
pub struct TrashError {
    /// The file.
    pub path: PathBuf,
}

/// Moves a file into the trash of its disk.
pub fn move_to_trash(path: &Path) -> Result<(), TrashError> {
    trash::delete(path).map_err(|error| {
        tracing::warn!(%error, path = %path.display(), "the trash does not take a file");
        TrashError { path: path.to_path_buf() }
    })
}
