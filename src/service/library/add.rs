//! A new sticker joins the library: files first, durably, then its row.

use std::borrow::Cow;

use image::DynamicImage;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::index::{Entry, place};
use super::names::{self, Names};
use super::{Library, LibraryError, StickerRow, metadata};
use crate::model::StickerInfo;
use crate::picture::{self, Format, PictureError};
use crate::platform::{hex, write_atomically};

/// Digits of the hash that ends a file name; more when a name is taken.
const HASH_DIGITS: [usize; 3] = [6, 16, 64];

/// A result to keep: at least one of the two pictures.
#[derive(Clone, Debug)]
pub struct NewSticker {
    /// The sticker without background, a PNG file with alpha.
    pub cutout_png: Option<Vec<u8>>,
    /// The picture with background: PNG, JPEG or WebP.
    pub opaque: Option<Vec<u8>>,
    /// What is known about it. Its `job_id` tells it apart: a second time is no second sticker.
    pub info: StickerInfo,
}

impl Library {
    /// Keeps a sticker; when this returns, files and row survive a power cut.
    ///
    /// The same job a second time, also after a crash in the middle or from another process, gives the same row.
    pub fn add(&self, new: NewSticker) -> Result<StickerRow, LibraryError> {
        let NewSticker { cutout_png, opaque, info } = new;
        let main = cutout_png.as_deref().or(opaque.as_deref()).ok_or(LibraryError::NoPicture)?;
        let key = info.job_id.clone().unwrap_or_else(|| format!("sha256:{}", hex(&Sha256::digest(main))));
        self.take_in_once();
        if let Some(row) = self.kept_earlier(&key)? {
            return Ok(row);
        }
        let created_at = created_at(&info)?;
        let texts = metadata::for_library(&info).map_err(|error| damaged(&error))?;
        let file_of = |bytes: &Vec<u8>| picture::with_png_text(&as_png(bytes)?, &texts);
        let cutout = cutout_png.as_ref().map(file_of).transpose()?;
        let opaque = opaque.as_ref().map(file_of).transpose()?;
        let (width, height) = size_of_png(cutout.as_deref().or(opaque.as_deref()).unwrap_or_default())?;

        let stem = loop {
            if let Some(stem) = self.shared.index.reserve(&key, &self.free_stem(&info, created_at, &key))? {
                break stem;
            }
            // Another process was faster, unless its files are gone already.
            if let Some(row) = self.kept_earlier(&key)? {
                return Ok(row);
            }
        };
        let Names { cutout: cutout_file, background: background_file } = Names::of_stem(&stem);
        if let Some(bytes) = &opaque {
            write_atomically(&self.folder().join(&background_file), bytes)?;
        }
        if let Some(bytes) = &cutout {
            write_atomically(&self.folder().join(&cutout_file), bytes)?;
        }
        let length = |bytes: &Vec<u8>| bytes.len() as u64;
        let (file, file_bytes) = match (&cutout, &opaque) {
            (Some(bytes), _) => (cutout_file, length(bytes)),
            (None, bytes) => (background_file.clone(), bytes.as_ref().map(length).unwrap_or_default()),
        };
        let entry = Entry {
            key,
            file,
            background_file: opaque.is_some().then_some(background_file),
            created_at,
            width,
            height,
            file_bytes,
            background_bytes: opaque.as_ref().map(length),
            is_binned: false,
            info,
        };
        Ok(self.shared.index.insert(entry)?)
    }

    /// The sticker of this key, if its file is there. A row whose file somebody deleted makes way for a new one.
    fn kept_earlier(&self, key: &str) -> Result<Option<StickerRow>, LibraryError> {
        let Some(row) = self.shared.index.with_key(key)? else { return Ok(None) };
        if row.path.is_file() {
            return Ok(Some(row));
        }
        self.shared.index.remove(row.id)?;
        Ok(None)
    }

    /// A stem of file names that no file has.
    fn free_stem(&self, info: &StickerInfo, created_at: Timestamp, key: &str) -> String {
        let stems = HASH_DIGITS.map(|digits| names::stem(info, created_at, key, digits));
        let is_free = |stem: &&String| {
            let Names { cutout, background } = Names::of_stem(stem);
            [false, true].iter().all(|is_binned| {
                let place = place(self.folder(), *is_binned);
                !place.join(&cutout).exists() && !place.join(&background).exists()
            })
        };
        let [.., longest] = &stems;
        stems.iter().find(is_free).unwrap_or(longest).clone()
    }
}

/// When the sticker was finished.
pub(super) fn created_at(info: &StickerInfo) -> Result<Timestamp, LibraryError> {
    info.created_at.parse().map_err(|error: jiff::Error| LibraryError::Info { detail: error.to_string() })
}

pub(super) fn damaged(error: &serde_json::Error) -> LibraryError {
    LibraryError::Info { detail: error.to_string() }
}

/// Width and height from the header of a PNG file.
pub(super) fn size_of_png(png: &[u8]) -> Result<(u32, u32), PictureError> {
    let number = |at: usize| png.get(at..at + 4).and_then(|bytes| bytes.first_chunk()).map(|b| u32::from_be_bytes(*b));
    number(16).zip(number(20)).ok_or(PictureError::Truncated { format: Format::Png })
}

/// The same picture as PNG; a PNG stays byte for byte as it is.
fn as_png(bytes: &[u8]) -> Result<Cow<'_, [u8]>, PictureError> {
    if picture::check_whole(bytes)? == Format::Png {
        return Ok(Cow::Borrowed(bytes));
    }
    match picture::decode_sticker(bytes)? {
        DynamicImage::ImageRgb8(image) => Ok(Cow::Owned(picture::encode_png(&image, &[])?)),
        other => Ok(Cow::Owned(picture::encode_png(&other.into_rgba8(), &[])?)),
    }
}
