//! The hosts that a person lets photos go to, without their secrets.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::SettingsError;
use super::versioned::{self, Loaded};
use crate::model::PhotoHost;

/// A person's hosts, in their order; names differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoHosts {
    hosts: Vec<PhotoHost>,
}

impl PhotoHosts {
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
    pub fn all(&self) -> &[PhotoHost] {
        &self.hosts
    }

    /// The one of this name.
    pub fn get(&self, name: &str) -> Option<&PhotoHost> {
        self.hosts.iter().find(|host| host.name == name)
    }

    /// Adds a host, in place of one with the same name.
    pub fn put(&mut self, host: PhotoHost) {
        match self.hosts.iter_mut().find(|own| own.name == host.name) {
            Some(own) => *own = host,
            None => self.hosts.push(host),
        }
    }

    /// Takes a host away. Was there one of this name?
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.hosts.len();
        self.hosts.retain(|own| own.name != name);
        self.hosts.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PhotoHostKind;

    #[test]
    fn hosts_survive_a_restart_and_one_of_the_same_name_takes_the_others_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("photo-hosts.json");
        let mut hosts = PhotoHosts::default();
        hosts.put(PhotoHost::new("a", PhotoHostKind::Litterbox { address: None }).unwrap().agreed());
        hosts.put(PhotoHost::new("b", PhotoHostKind::DataUri).unwrap());
        hosts.put(PhotoHost::new("a", PhotoHostKind::Imgbb { address: None }).unwrap());
        hosts.save(&path).unwrap();
        let mut loaded = PhotoHosts::load(&path).unwrap().value;
        assert_eq!(loaded, hosts);
        assert_eq!(loaded.all().iter().map(|host| host.kind.word()).collect::<Vec<_>>(), ["imgbb", "data-uri"]);
        assert!(loaded.remove("a") && !loaded.remove("a") && loaded.get("b").is_some());
    }
}
