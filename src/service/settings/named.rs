//! Things with names of their own, kept as a list in a file of their own: hosts, presets, sweeps.

use std::fmt;
use std::marker::PhantomData;
use std::path::Path;

use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::SettingsError;
use super::versioned::{self, Loaded};
use crate::model::{PhotoHost, Sweep};

/// Something that is called by its name.
pub trait Named {
    /// What the list is called in its file.
    const LIST: &'static str;

    /// What the person calls it.
    fn name(&self) -> &str;
}

/// The hosts that a person lets photos go to, without their secrets.
pub type PhotoHosts = NamedList<PhotoHost>;

impl Named for PhotoHost {
    const LIST: &'static str = "hosts";

    fn name(&self) -> &str {
        &self.name
    }
}

/// A person's own sweeps: what they vary, and over which values.
pub type Sweeps = NamedList<Sweep>;

impl Named for Sweep {
    const LIST: &'static str = "sweeps";

    fn name(&self) -> &str {
        &self.name
    }
}

/// Such things in the person's order; names differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedList<T> {
    pub(super) items: Vec<T>,
}

impl<T> Default for NamedList<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

/// The format of the file.
pub(super) const VERSION: u32 = 1;

impl<T: Named> NamedList<T> {
    /// All of them.
    pub fn all(&self) -> &[T] {
        &self.items
    }

    /// The one of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.items.iter().find(|own| own.name() == name)
    }

    /// Adds one, in place of one with the same name.
    pub fn put(&mut self, item: T) {
        match self.items.iter_mut().find(|own| own.name() == item.name()) {
            Some(own) => *own = item,
            None => self.items.push(item),
        }
    }

    /// Takes one away: where it stood, and what it was.
    pub fn take(&mut self, name: &str) -> Option<(usize, T)> {
        let place = self.items.iter().position(|own| own.name() == name)?;
        Some((place, self.items.remove(place)))
    }

    /// Takes one away. Was there one of this name?
    pub fn remove(&mut self, name: &str) -> bool {
        self.take(name).is_some()
    }

    /// Puts back what was taken away, unless there is another of its name by now. Was it put back?
    pub fn put_back(&mut self, place: usize, item: T) -> bool {
        let is_free = self.get(item.name()).is_none();
        if is_free {
            self.items.insert(place.min(self.items.len()), item);
        }
        is_free
    }
}

impl<T: Named + for<'de> Deserialize<'de>> NamedList<T> {
    /// Reads the file; a missing one gives none, a broken one is set aside and gives none too.
    pub fn load(path: &Path) -> Result<Loaded<Self>, SettingsError> {
        versioned::load(path, VERSION)
    }
}

impl<T: Named + Serialize> NamedList<T> {
    /// Writes the file, whole or not at all.
    pub fn save(&self, path: &Path) -> Result<(), SettingsError> {
        versioned::save(path, VERSION, self)
    }
}

// The file is an object with the list in it, under a name that differs from one kind to the next.

impl<T: Named + Serialize> Serialize for NamedList<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(T::LIST, &self.items)?;
        map.end()
    }
}

impl<'de, T: Named + Deserialize<'de>> Deserialize<'de> for NamedList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Named + Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = NamedList<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object with a list of {}", T::LIST)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut items = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == T::LIST {
                items = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        let items = items.ok_or_else(|| A::Error::missing_field(T::LIST))?;
        Ok(NamedList { items })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PhotoHostKind;
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

    #[test]
    fn what_was_taken_away_comes_back_to_its_place_unless_its_name_is_taken() {
        let mut sweeps = Sweeps::default();
        for name in ["a", "b", "c"] {
            sweeps.put(sweep(name, "1"));
        }
        let (place, taken) = sweeps.take("b").unwrap();
        assert!(sweeps.put_back(place, taken.clone()));
        assert_eq!(sweeps.all().iter().map(Named::name).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert!(!sweeps.put_back(place, Sweep { across: sweep("", "2").across, ..taken }));
        assert_eq!(sweeps.get("b"), Some(&sweep("b", "1")));
    }

    #[test]
    fn the_files_of_earlier_programs_are_read_and_written_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("photo-hosts.json");
        let text = "{\n  \"version\": 1,\n  \"hosts\": []\n}";
        std::fs::write(&path, text).unwrap();
        let loaded = PhotoHosts::load(&path).unwrap();
        assert_eq!((loaded.value.all().len(), loaded.set_aside), (0, None));
        let mut hosts = PhotoHosts::default();
        hosts.save(&path).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap().trim_end(), text);
        hosts.put(PhotoHost::new("a", PhotoHostKind::Litterbox { address: None }).unwrap().agreed());
        hosts.put(PhotoHost::new("b", PhotoHostKind::DataUri).unwrap());
        hosts.save(&path).unwrap();
        assert_eq!(PhotoHosts::load(&path).unwrap().value, hosts);
        // The list of another kind is no list of this one.
        std::fs::write(&path, "{\"version\": 1, \"sweeps\": []}").unwrap();
        assert!(PhotoHosts::load(&path).unwrap().set_aside.is_some());
    }
}
