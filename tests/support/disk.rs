//! Small disks of their own, which become full or may not be written, for real.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::needs;

/// A disk of its own size, in memory, mounted while the value lives.
pub struct Disk {
    place: tempfile::TempDir,
}

impl Disk {
    /// Mounts one, where this person may; without one the test has nothing to say.
    pub fn mount(mib: u32) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let size = format!("size={mib}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(place.path()).output();
        let found = mounted.is_ok_and(|mounted| mounted.status.success());
        needs("right to mount a small disk (root)", found).then_some(Self { place })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// The file that takes the room away.
    pub fn filler(&self) -> PathBuf {
        self.path("filler")
    }

    pub fn make_room(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    pub fn remount(&self, how: &str) {
        let status = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(self.place.path()).status();
        assert!(status.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily, in case that a process of a failed test still has a file open.
        drop(Command::new("umount").arg("-l").arg(self.place.path()).status());
    }
}

/// Takes all room of a disk with this file but for so many bytes.
pub fn fill_but(filler: &Path, left: u64) {
    let mut file = File::create(filler).unwrap();
    for size in [1 << 20, 4096, 1] {
        while file.write_all(&vec![7; size]).is_ok() {}
    }
    let full = file.metadata().unwrap().len();
    file.set_len(full.saturating_sub(left)).unwrap();
}
