//! Copies of a sticker for the world outside, which lead back to neither the photo nor the request.

use std::fs;
use std::path::Path;

use image::DynamicImage;

use super::add::damaged;
use super::index::place;
use super::metadata::Disclosed;
use super::{Library, LibraryError, StickerRow, metadata};
use crate::model::EngineId;
use crate::picture::{decode_sticker, encode_png, is_as_written, with_png_text_alone};
use crate::platform::{FileError, is_taken, read_file, save_atomically};

/// How a copy is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaveOptions {
    /// The picture with background instead of the cut-out.
    pub with_background: bool,
    /// What the file says about itself.
    pub disclosed: Disclosed,
    /// Take the place of a file of that name.
    pub replace: bool,
}

impl Default for SaveOptions {
    fn default() -> Self {
        Self { with_background: false, disclosed: Disclosed { settings: true, label: true }, replace: false }
    }
}

impl Library {
    /// Saves a copy of the original as PNG at `path`, whole or not at all; for the finished picture ask the studio.
    ///
    /// Nothing that the service may have put into its file goes along: its pixels are written anew. Those of this computer's
    /// own engine are so already, and stay as they are packed.
    pub fn save_as(&self, row: &StickerRow, path: &Path, options: SaveOptions) -> Result<(), LibraryError> {
        let SaveOptions { with_background, disclosed, replace } = options;
        self.check_target(path, replace)?;
        let source = row.background_path.as_ref().filter(|_| with_background).unwrap_or(&row.path);
        let texts = metadata::for_export(&row.info, disclosed).map_err(|error| damaged(&error))?;
        let bytes = read_file(source).map_err(|error| match error {
            FileError::Missing { path, .. } => LibraryError::FileGone { path },
            error => error.into(),
        })?;
        let png = if row.info.engine == EngineId::Local && is_as_written(&bytes) {
            with_png_text_alone(&bytes, &texts)?
        } else {
            match decode_sticker(&bytes)? {
                DynamicImage::ImageRgb8(image) => encode_png(&image, &texts)?,
                other => encode_png(&other.into_rgba8(), &texts)?,
            }
        };
        Ok(save_atomically(path, &png, replace)?)
    }

    /// May a copy be saved under this name?
    pub(super) fn check_target(&self, path: &Path, replace: bool) -> Result<(), LibraryError> {
        if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("png")) {
            return Err(LibraryError::NotPng { path: path.to_path_buf() });
        }
        if replace && self.is_own_file(path) {
            return Err(LibraryError::OwnFile { path: path.to_path_buf() });
        }
        Ok(())
    }

    /// Is there a file of this name in the library's folder or its bin?
    fn is_own_file(&self, path: &Path) -> bool {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let Ok(folder) = fs::canonicalize(folder) else { return false };
        is_taken(path) && [false, true].iter().any(|is_binned| folder == place(self.folder(), *is_binned))
    }
}
