//! Room on the disk: enough before anything is paid for, and a reserve for the row that has to fit.

use std::path::PathBuf;

use super::error::JobsError;
use crate::platform::{Ballast, Folders, free_space};

/// Room without which nothing is paid for, in bytes.
const TO_PAY: u64 = 64 * 1024 * 1024;

/// The disk of the data folder.
pub(super) struct Room {
    data: PathBuf,
    ballast: Ballast,
}

impl Room {
    /// Takes the reserve, if it fits; nothing is paid for without.
    pub(super) fn of(folders: &Folders) -> Self {
        let room = Self { data: folders.data().to_path_buf(), ballast: Ballast::at(folders.ballast()) };
        if let Err(error) = room.ballast.reload() {
            tracing::warn!(%error, "there is no reserve for a full disk yet");
        }
        room
    }

    /// Is there enough room to pay for something? Takes the reserve again if it was used up.
    pub(super) fn check(&self) -> Result<(), JobsError> {
        if free_space(&self.data).is_some_and(|free| free < TO_PAY) {
            return Err(JobsError::DiskAlmostFull { needed_mib: TO_PAY / 1024 / 1024 });
        }
        Ok(self.ballast.reload()?)
    }

    /// Gives the reserve back to a full disk, so that a row which could not be written fits. Was there any?
    pub(super) fn make_for(&self, error: &JobsError) -> bool {
        // Not every error of a full disk says so: the database's log and its index grow in different ways.
        let is_full = error.is_disk_full() || free_space(&self.data).is_some_and(|free| free < Ballast::BYTES as u64);
        is_full && self.ballast.release().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    #[test]
    fn the_reserve_goes_once_for_a_full_disk_and_is_taken_again_before_the_next_payment() {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders::at(root.path());
        let room = Room::of(&folders);
        assert!(folders.ballast().exists());
        assert!(!room.make_for(&JobsError::Store(StoreError::Busy)), "another fault needs no room");
        assert!(room.make_for(&JobsError::Store(StoreError::DiskFull)));
        assert!(!folders.ballast().exists());
        assert!(!room.make_for(&JobsError::Store(StoreError::DiskFull)), "there is nothing left to give");
        room.check().unwrap();
        assert!(folders.ballast().exists());
    }
}
