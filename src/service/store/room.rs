//! Whether an error of a database comes of a full disk, where SQLite does not say so itself.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::platform::is_disk_full;

/// The folders of the databases that this process has opened: nearly always one. An error does not name its file.
static FOLDERS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Takes note of where a database lies.
pub(super) fn watch(path: &Path) {
    if let Some(folder) = path.parent() {
        FOLDERS.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_path_buf());
    }
}

/// Is the disk of one of them full?
pub(super) fn is_used_up() -> bool {
    let folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    folders.iter().any(|folder| is_disk_full(folder))
}
