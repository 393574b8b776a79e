//! The private temp folder of one gateway, and those that killed ones left behind.

use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use crate::platform::{FileError, HeldLock};

/// How the folders are called; random letters follow.
const PREFIX: &str = "sticker-booth-gateway-";

/// The file in each folder that its gateway keeps locked while it lives.
const LOCK: &str = "alive.lock";

/// Younger folders are left alone: their gateway may not have taken its lock yet.
const YOUNG: Duration = Duration::from_mins(1);

/// A folder that nobody else may read, and that goes when this is dropped.
#[derive(Debug)]
pub(super) struct Folder {
    // Dropped before the folder, since some systems keep files that are open.
    _lock: HeldLock,
    folder: TempDir,
}

impl Folder {
    /// A new folder in `parent`, after throwing away what gateways that were killed left there.
    pub(super) fn new(parent: &Path) -> Result<Self, FileError> {
        sweep(parent, YOUNG);
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o700));
        }
        let folder = builder.tempdir_in(parent).map_err(|error| FileError::new(parent, error))?;
        let lock = HeldLock::take(&folder.path().join(LOCK))?;
        Ok(Self { _lock: lock, folder })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes the folders whose gateway is dead. What cannot be removed stays for a later start.
fn sweep(parent: &Path, young: Duration) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        // Of a link, this is the link's own type: it is never followed.
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_ours
            && is_folder
            && is_older(&entry, young)
            && is_dead(&entry.path())
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::debug!(%error, "the folder of a dead gateway stays");
        }
    }
}

fn is_older(entry: &fs::DirEntry, young: Duration) -> bool {
    let changed = entry.metadata().and_then(|about| about.modified());
    changed.ok().and_then(|changed| changed.elapsed().ok()).is_some_and(|age| age >= young)
}

/// Can the folder's lock be taken? Then its gateway is gone.
fn is_dead(folder: &Path) -> bool {
    let lock = folder.join(LOCK);
    lock.is_file() && matches!(HeldLock::try_take(&lock), Ok(Some(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_with_everything_in_it() {
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::new(parent.path()).unwrap();
        fs::write(folder.path().join("face.jpg"), "").unwrap();
        drop(folder);
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_inside() {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::new(parent.path()).unwrap();
        assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn what_a_killed_gateway_left_is_thrown_away_and_a_living_one_is_not() {
        let parent = tempfile::tempdir().unwrap();
        let living = Folder::new(parent.path()).unwrap();
        let dead = parent.path().join(format!("{PREFIX}dead"));
        let unlocked = parent.path().join(format!("{PREFIX}without-a-lock"));
        let foreign = parent.path().join("somebody-elses");
        for folder in [&dead, &unlocked, &foreign] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("face.jpg"), "").unwrap();
        }
        fs::write(dead.join(LOCK), "").unwrap();
        fs::write(foreign.join(LOCK), "").unwrap();

        sweep(parent.path(), YOUNG);
        assert!(dead.exists(), "a young folder is left alone");
        sweep(parent.path(), Duration::ZERO);
        assert!(!dead.exists());
        assert!(living.path().exists() && unlocked.exists() && foreign.exists());
    }
}
