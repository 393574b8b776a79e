//! A person's own sweeps: what they vary, and over which values.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::SettingsError;
use super::versioned::{self, Loaded};
use crate::model::Sweep;

/// Sweeps that are kept, in their order; names differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sweeps {
    sweeps: Vec<Sweep>,
}

impl Sweeps {
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
    pub fn all(&self) -> &[Sweep] {
        &self.sweeps
    }

    /// Keeps a sweep, in place of one with the same name.
    pub fn put(&mut self, sweep: Sweep) {
        match self.sweeps.iter_mut().find(|own| own.name == sweep.name) {
            Some(own) => *own = sweep,
            None => self.sweeps.push(sweep),
        }
    }

    /// Takes a sweep away. Was there one of this name?
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.sweeps.len();
        self.sweeps.retain(|own| own.name != name);
        self.sweeps.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sweep::{Axis, Range};

    fn sweep(name: &str, values: &str) -> Sweep {
        let across = Range { axis: Axis::Words, values: values.to_owned() };
        Sweep { name: name.to_owned(), across, down: None }
    }

    #[test]
    fn a_name_is_there_once_and_everything_comes_back_from_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sweeps.json");
        assert_eq!(Sweeps::load(&path).unwrap().value, Sweeps::default());
        let mut sweeps = Sweeps::default();
        sweeps.put(sweep("Styles", "ink"));
        sweeps.put(sweep("Moods", "happy, angry"));
        sweeps.put(sweep("Styles", "ink, neon"));
        sweeps.save(&path).unwrap();
        let mut loaded = Sweeps::load(&path).unwrap().value;
        assert_eq!(loaded.all(), [sweep("Styles", "ink, neon"), sweep("Moods", "happy, angry")]);
        assert!(loaded.remove("Styles") && !loaded.remove("Styles"));
        assert_eq!(loaded.all().len(), 1);
    }
}
