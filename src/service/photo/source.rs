//! Where a photo comes from, and its bytes as picked.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::PhotoError;
use crate::model::has_picture_extension;
use crate::net::{FetchLimits, Fetcher, Reach, file_address};
use crate::picture::{MAX_FILE_BYTES, Photo, PictureError, sniff};

/// Where a photo comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoSource {
    /// A file on this computer.
    File(PathBuf),
    /// An http or https link.
    Link(String),
    /// Bytes that are here already: pasted, dropped or bundled.
    Bytes {
        /// The bytes of a picture file.
        bytes: Vec<u8>,
        /// What to call it.
        name: String,
    },
}

/// The link that a text is, its scheme in small letters; `None` when it is something else, such as a path.
pub fn link(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let scheme = ["http", "https"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    Some(format!("{scheme}://{rest}"))
}

impl PhotoSource {
    /// What a person or their desktop wrote: a link, a `file:` address, or a path, which need not be Unicode.
    pub fn written(text: impl AsRef<OsStr>) -> Self {
        let text = text.as_ref();
        let unicode = text.to_str().unwrap_or_default();
        match (link(unicode), file_address(unicode)) {
            (Some(link), _) => Self::Link(link),
            (None, Some(path)) => Self::File(path),
            (None, None) => Self::File(text.into()),
        }
    }

    /// The word from which [`written`](Self::written) makes the same; `None` for bytes.
    pub fn to_word(&self) -> Option<OsString> {
        match self {
            Self::File(path) => Some(path.into()),
            Self::Link(link) => Some(link.into()),
            Self::Bytes { .. } => None,
        }
    }
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

/// Reads a photo's bytes: at most 64 MiB from this computer, 20 MiB and 20 seconds from a link.
///
/// A link leads as far as `reach` allows; redirects are judged like the link itself. Files are read
/// on a blocking thread of the runtime that this is called on.
pub async fn read(source: PhotoSource, reach: Reach) -> Result<PickedPhoto, PhotoError> {
    match source {
        PhotoSource::Link(link) => read_link(&link, reach).await,
        PhotoSource::File(path) => {
            let shown = path.clone();
            tokio::task::spawn_blocking(move || read_file(&path))
                .await
                .unwrap_or_else(|error| Err(PhotoError::Unreadable { reason: error.to_string(), path: shown }))
        }
        PhotoSource::Bytes { bytes, name } => {
            check_size(bytes.len() as u64)?;
            Ok(PickedPhoto::new(bytes, &name))
        }
    }
}

/// Reads a photo from a file of at most 64 MiB; blocks on the disk.
pub fn read_file(path: &Path) -> Result<PickedPhoto, PhotoError> {
    let refused = |error: std::io::Error| match error.kind() {
        // A name that no file can have belongs to none.
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => match other_scheme(path) {
            Some(scheme) => PhotoError::OtherLink { scheme },
            None => PhotoError::Missing { path: path.to_owned() },
        },
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
    Ok(PickedPhoto::new(bytes, &path.file_name().unwrap_or_default().to_string_lossy()))
}

/// What a path begins with that is rather an address: `ftp` of `ftp://example.com/me.jpg`, `data` of `data:image/png;…`.
fn other_scheme(path: &Path) -> Option<String> {
    let (scheme, rest) = path.to_str()?.split_once(':')?;
    let is_scheme =
        scheme.len() > 1 && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    let is_address = rest.starts_with("//") || scheme.eq_ignore_ascii_case("data");
    (is_scheme && is_address).then(|| scheme.to_ascii_lowercase())
}

/// May this photo be sent as the link it came from, if it is neither cropped, padded nor turned?
///
/// The hosted model goes by the extension of the link's path and does not apply the EXIF orientation.
pub fn may_stay_linked(link: &str, photo: &Photo) -> bool {
    photo.orientation == 1 && has_picture_extension(link)
}

async fn read_link(link: &str, reach: Reach) -> Result<PickedPhoto, PhotoError> {
    let refused = |reason: String| PhotoError::Link { reason };
    let fetcher = Fetcher::new(reach, FetchLimits::PHOTO).map_err(|error| refused(error.to_string()))?;
    let fetched = fetcher.fetch(link).await.map_err(|error| refused(error.to_string()))?;
    // Many links lead to the page around a picture.
    sniff(&fetched.bytes).ok_or(PhotoError::LinkIsNoPicture)?;
    Ok(PickedPhoto::new(fetched.bytes, link_path(link)))
}

/// A link without its query and fragment.
fn link_path(link: &str) -> &str {
    link.trim().split(['?', '#']).next().unwrap_or_default()
}

fn check_size(bytes: u64) -> Result<(), PictureError> {
    if bytes > MAX_FILE_BYTES { Err(PictureError::FileTooLarge { bytes, limit: MAX_FILE_BYTES }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_addresses_of_files_and_paths_are_told_apart_whatever_the_case_of_their_scheme() {
        let file = |path: &str| PhotoSource::File(path.into());
        for (text, source) in [
            ("HTTPS://Example.com/Me.JPG?s=A", PhotoSource::Link("https://Example.com/Me.JPG?s=A".to_owned())),
            ("Http://example.com/me.jpg", PhotoSource::Link("http://example.com/me.jpg".to_owned())),
            ("me.jpg", file("me.jpg")),
            ("ftp://example.com/me.jpg", file("ftp://example.com/me.jpg")),
            ("http:me.jpg", file("http:me.jpg")),
            ("file:me.jpg", file("file:me.jpg")),
        ] {
            assert_eq!(PhotoSource::written(text), source, "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_unicode_is_a_name_as_a_path_and_as_an_address() {
        use std::os::unix::ffi::OsStrExt as _;

        let name = OsStr::from_bytes(b"/photos/caf\xe9.jpg");
        assert_eq!(PhotoSource::written(name), PhotoSource::File(name.into()));
        assert_eq!(PhotoSource::written("file:///photos/caf%E9.jpg"), PhotoSource::File(name.into()));
    }
}
