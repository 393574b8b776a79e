//! What the window remembers, its layout and what the person was at, each as a versioned file.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::SettingsError;
use super::versioned::{self, Loaded};

/// The format of the files; what stands in them is the window's own affair.
const VERSION: u32 = 1;

/// Reads the file; a missing one gives the default, a broken one is set aside and gives it too.
pub fn load_remembered<T: DeserializeOwned + Default>(path: &Path) -> Result<Loaded<T>, SettingsError> {
    versioned::load(path, VERSION)
}

/// Writes the file, whole or not at all.
pub fn save_remembered(path: &Path, remembered: &impl Serialize) -> Result<(), SettingsError> {
    versioned::save(path, VERSION, remembered)
}
