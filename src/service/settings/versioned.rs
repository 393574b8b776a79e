//! One JSON object a file, with its version in it: `{ "version": 1, … }`.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::SettingsError;
use crate::platform::{FileError, read_file, set_aside, write_private_atomically};

/// What came out of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded<T> {
    /// The content, or the default.
    pub value: T,
    /// Where the file was put that could not be understood: tell the person.
    pub set_aside: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    version: u32,
    #[serde(flatten)]
    value: T,
}

/// Reads a file; a missing one gives the default, one that is not understood is set aside and gives it too.
pub(super) fn load<T: DeserializeOwned + Default>(path: &Path, version: u32) -> Result<Loaded<T>, SettingsError> {
    let bytes = match read_file(path) {
        Err(FileError::Missing { .. }) => return Ok(Loaded { value: T::default(), set_aside: None }),
        other => other?,
    };
    match parse(&bytes, version) {
        Ok(value) => Ok(Loaded { value, set_aside: None }),
        Err(error) => {
            tracing::error!(%error, path = %path.display(), "setting a file aside that is not understood");
            Ok(Loaded { value: T::default(), set_aside: Some(set_aside(path)?) })
        }
    }
}

/// Writes a file durably, for this person only.
pub(super) fn save(path: &Path, version: u32, value: &impl Serialize) -> Result<(), SettingsError> {
    Ok(write_private_atomically(path, &print(version, value)?)?)
}

/// The text of a file.
pub(super) fn print(version: u32, value: &impl Serialize) -> Result<Vec<u8>, SettingsError> {
    serde_json::to_vec_pretty(&Versioned { version, value }).map_err(|error| not_ours(&error))
}

/// The content of a text of exactly this version.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8], version: u32) -> Result<T, SettingsError> {
    let versioned: Versioned<T> = serde_json::from_slice(bytes).map_err(|error| not_ours(&error))?;
    if versioned.version != version {
        return Err(SettingsError::NotOurs { detail: format!("it has format {}", versioned.version) });
    }
    Ok(versioned.value)
}

fn not_ours(error: &serde_json::Error) -> SettingsError {
    SettingsError::NotOurs { detail: error.to_string() }
}
