//! Named recipes of a person's own, which can be handed on as files.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::SettingsError;
use super::versioned::{self, Loaded};
use crate::model::Recipe;

/// A recipe with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preset {
    /// What the person calls it.
    pub name: String,
    /// The settings.
    pub recipe: Recipe,
}

/// A person's own presets, in their order; names differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Presets {
    presets: Vec<Preset>,
}

impl Presets {
    const VERSION: u32 = 1;

    /// Reads the file; a missing one gives none, a broken one is set aside and gives none too.
    pub fn load(path: &Path) -> Result<Loaded<Self>, SettingsError> {
        versioned::load(path, Self::VERSION)
    }

    /// Writes the file, whole or not at all.
    pub fn save(&self, path: &Path) -> Result<(), SettingsError> {
        versioned::save(path, Self::VERSION, self)
    }

    /// All of them.
    pub fn all(&self) -> &[Preset] {
        &self.presets
    }

    /// Adds a preset, in place of one with the same name.
    pub fn put(&mut self, preset: Preset) {
        match self.presets.iter_mut().find(|own| own.name == preset.name) {
            Some(own) => *own = preset,
            None => self.presets.push(preset),
        }
    }

    /// Takes a preset away. Was there one of this name?
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.presets.len();
        self.presets.retain(|own| own.name != name);
        self.presets.len() < before
    }

    /// The text of a file for other people.
    pub fn export(&self) -> Result<Vec<u8>, SettingsError> {
        versioned::print(Self::VERSION, self)
    }

    /// Adds the presets of such a file whose recipes hold together. How many?
    pub fn import(&mut self, file: &[u8]) -> Result<usize, SettingsError> {
        let theirs: Self = versioned::parse(file, Self::VERSION)?;
        let sound: Vec<Preset> = theirs.presets.into_iter().filter(|preset| preset.recipe.check().is_ok()).collect();
        let count = sound.len();
        for preset in sound {
            self.put(preset);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preset(name: &str, steps: u32) -> Preset {
        Preset { name: name.to_owned(), recipe: Recipe { steps, ..Recipe::default() } }
    }

    #[test]
    fn a_preset_of_the_same_name_takes_the_others_place() {
        let mut presets = Presets::default();
        presets.put(preset("Ink", 10));
        presets.put(preset("Soft", 20));
        presets.put(preset("Ink", 30));
        assert_eq!(presets.all(), [preset("Ink", 30), preset("Soft", 20)]);
        assert!(presets.remove("Ink") && !presets.remove("Ink"));
    }

    #[test]
    fn presets_travel_as_a_file_and_impossible_ones_stay_behind() {
        let mut theirs = Presets::default();
        theirs.put(preset("Ink", 10));
        theirs.put(preset("Impossible", 9999));
        let mut ours = Presets::default();
        assert_eq!(ours.import(&theirs.export().unwrap()).unwrap(), 1);
        assert_eq!(ours.all(), [preset("Ink", 10)]);
        assert!(ours.import(b"{\"version\": 2, \"presets\": []}").is_err());
        assert!(ours.import(b"a letter").is_err());
    }

    #[test]
    fn presets_survive_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("presets.json");
        let mut presets = Presets::default();
        presets.put(preset("Ink", 10));
        presets.save(&path).unwrap();
        assert_eq!(Presets::load(&path).unwrap().value, presets);
    }
}
