//! Preferences as a versioned file.

mod layout;
mod named;
mod presets;
mod versioned;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::{EngineId, Money, ThemeChoice};
use crate::platform::FileError;

pub use layout::{load_remembered, save_remembered};
pub use named::{Named, NamedList, PhotoHosts, Sweeps};
pub use presets::{Preset, Presets, with_words};
pub use versioned::Loaded;

/// Preferences could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The text is not in the form that this program writes.
    #[error("this is not a file of Sticker Booth that this version can read, choose another: {detail}")]
    NotOurs {
        /// What does not fit.
        detail: String,
    },
}

/// What may be spent in one month; `None` sets no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Budget {
    /// Above this a click asks once more.
    pub ask_above: Option<Money>,
    /// Above this nothing is submitted.
    pub refuse_above: Option<Money>,
}

/// What a person prefers. What is missing in the file has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The engine that the button uses.
    pub engine: EngineId,
    /// Another address of the hosted engine than its own.
    pub base_url: Option<String>,
    /// Requests under way at once at the hosted engine: 1 to 8.
    pub concurrency: usize,
    /// Name of the photo host for the hosted engine.
    pub photo_host: Option<String>,
    /// Where the stickers are kept, when not in the usual folder.
    pub library_folder: Option<PathBuf>,
    /// What may be spent.
    pub budget: Budget,
    /// The window's colours.
    pub theme: ThemeChoice,
    /// Size of text and controls in percent: 80 to 200.
    pub scale_percent: u32,
    /// No animations?
    pub reduce_motion: bool,
    /// Tell of finished batches while the window has no focus?
    pub notifications: bool,
    /// Was it said that the hosted model has parts which are licensed for non-commercial use? It is said once.
    pub told_about_licences: bool,
    /// Remember the photos that were used lately?
    pub recent_photos: bool,
    /// Write into exports how they were made?
    pub label_exports: bool,
    /// Write recipe and engine into exports?
    pub settings_in_exports: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            engine: EngineId::Local,
            base_url: None,
            concurrency: 2,
            photo_host: None,
            library_folder: None,
            budget: Budget::default(),
            theme: ThemeChoice::System,
            scale_percent: 100,
            reduce_motion: false,
            notifications: true,
            told_about_licences: false,
            recent_photos: true,
            label_exports: true,
            settings_in_exports: true,
        }
    }
}

impl Settings {
    const VERSION: u32 = 1;

    /// Reads the file; a missing one gives the defaults, a broken one is set aside and gives them too.
    pub fn load(path: &Path) -> Result<Loaded<Self>, SettingsError> {
        let loaded: Loaded<Self> = versioned::load(path, Self::VERSION)?;
        Ok(Loaded { value: loaded.value.within_range(), ..loaded })
    }

    /// Writes the file, whole or not at all.
    pub fn save(&self, path: &Path) -> Result<(), SettingsError> {
        versioned::save(path, Self::VERSION, self)
    }

    /// A file that was edited by hand may ask for what no control offers.
    fn within_range(self) -> Self {
        Self { concurrency: self.concurrency.clamp(1, 8), scale_percent: self.scale_percent.clamp(80, 200), ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn preferences_survive_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        let settings = Settings {
            engine: EngineId::Pixazo,
            theme: ThemeChoice::Dark,
            library_folder: Some("/nas/stickers".into()),
            budget: Budget { ask_above: Some(Money::from_mills(500)), refuse_above: None },
            ..Settings::default()
        };
        settings.save(&path).unwrap();
        let loaded = Settings::load(&path).unwrap();
        assert_eq!((loaded.value, loaded.set_aside), (settings, None));
    }

    #[test]
    fn the_first_start_has_the_defaults_and_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let loaded = Settings::load(&folder.path().join("settings.json")).unwrap();
        assert_eq!((loaded.value, loaded.set_aside), (Settings::default(), None));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_broken_or_newer_file_is_set_aside_and_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        for broken in ["{\"version\": 1, \"theme\"", "{\"version\": 99}", "{}", "{\"version\":1,\"theme\":\"plaid\"}"] {
            fs::write(&path, broken).unwrap();
            let loaded = Settings::load(&path).unwrap();
            assert_eq!(loaded.value, Settings::default());
            assert_eq!(fs::read_to_string(loaded.set_aside.unwrap()).unwrap(), broken);
        }
    }

    #[test]
    fn a_file_of_an_earlier_program_takes_defaults_for_what_it_lacks() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs::write(&path, "{\"version\": 1, \"theme\": \"light\", \"scale_percent\": 999, \"gone\": true}").unwrap();
        let settings = Settings::load(&path).unwrap().value;
        assert_eq!(settings, Settings { theme: ThemeChoice::Light, scale_percent: 200, ..Settings::default() });
    }
}
