//! Reads and writes the files of presets.

use std::path::{Path, PathBuf};

use super::PresetsEvent;
use crate::app::newest::Newest;
use crate::app::worker::Worker;
use crate::platform::{FileError, Folders, read_file, save_atomically};
use crate::settings::{Preset, Presets, SettingsError};

/// The longest file of presets that is read, in bytes.
const LARGEST_FILE: u64 = 1 << 20;

/// What is asked of the disk.
pub(super) struct Tasks {
    worker: Worker<PresetsEvent>,
    newest: Newest<Presets>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) fn new(worker: Worker<PresetsEvent>) -> Self {
        Self { worker, newest: Newest::default() }
    }

    /// Reads the person's own presets. As long as they are not read none is written, so that no file is lost.
    pub(super) fn read(&self) {
        self.worker.read_list("The file of presets", Folders::presets, PresetsEvent::Known);
    }

    /// Keeps these.
    pub(super) fn keep(&self, presets: Presets) {
        self.worker.keep_list(&self.newest, presets, Folders::presets);
    }

    /// Reads the presets of a file.
    pub(super) fn import(&self, path: PathBuf) {
        self.worker.spawn(move |_, teller| match presets_of_file(&path) {
            Ok(presets) => teller.send(PresetsEvent::OfOthers(presets)),
            Err(error) => teller.fail(&error),
        });
    }

    /// Writes presets for other people under this path.
    pub(super) fn export(&self, presets: Presets, path: PathBuf, replace: bool) {
        self.worker.save_file(path, replace, "json", move |_, path, replace| -> Result<(), SettingsError> {
            Ok(save_atomically(path, &presets.export()?, replace)?)
        });
    }
}

fn presets_of_file(path: &Path) -> Result<Vec<Preset>, SettingsError> {
    let bytes = path.metadata().map_err(|error| FileError::new(path, error))?.len();
    if bytes > LARGEST_FILE {
        return Err(SettingsError::NotOurs { detail: "it is longer than 1 MiB".to_owned() });
    }
    Presets::read_export(&read_file(path)?)
}
