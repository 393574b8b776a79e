//! Where a photo comes from, and its bytes as picked.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::PhotoError;
use crate::picture::{MAX_FILE_BYTES, PictureError};

/// Where a photo comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoSource {
    /// A file on this computer.
    File(PathBuf),
    /// Bytes that are here already: pasted, dropped, bundled, or fetched from a link.
    Bytes {
        /// The bytes of a picture file.
        bytes: Vec<u8>,
        /// What to call it.
        name: String,
    },
}

/// The bytes of a photo as picked, not decoded yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickedPhoto {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Its name without a folder.
    pub name: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
}

impl PickedPhoto {
    /// A photo of these bytes; of a path as name only the last part is kept.
    pub fn new(bytes: Vec<u8>, name: &str) -> Self {
        let sha256 = Sha256::digest(&bytes)
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|digit| char::from_digit(digit.into(), 16))
            .collect();
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        Self { bytes, name, sha256 }
    }
}

/// Reads a photo's bytes, at most 64 MiB of them; blocks on the disk, so call it from a worker.
pub fn read(source: PhotoSource) -> Result<PickedPhoto, PhotoError> {
    match source {
        PhotoSource::File(path) => {
            let bytes = read_file(&path)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Ok(PickedPhoto::new(bytes, &name))
        }
        PhotoSource::Bytes { bytes, name } => {
            check_size(bytes.len() as u64)?;
            Ok(PickedPhoto::new(bytes, &name))
        }
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, PhotoError> {
    let refused = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => PhotoError::Missing { path: path.to_owned() },
        _ => PhotoError::Unreadable { reason: error.to_string(), path: path.to_owned() },
    };
    // Asked before opening: to open a pipe would wait for its writer.
    let metadata = path.metadata().map_err(refused)?;
    if !metadata.is_file() {
        return Err(PhotoError::NotAFile { path: path.to_owned() });
    }
    check_size(metadata.len())?;
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    // One byte more than allowed shows a file that grew meanwhile.
    File::open(path).and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)).map_err(refused)?;
    check_size(bytes.len() as u64)?;
    Ok(bytes)
}

fn check_size(bytes: u64) -> Result<(), PictureError> {
    if bytes > MAX_FILE_BYTES { Err(PictureError::FileTooLarge { bytes, limit: MAX_FILE_BYTES }) } else { Ok(()) }
}
