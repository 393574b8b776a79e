//! Settings that come from elsewhere: a sticker's or another program's picture, or a text file.

use std::path::Path;

use super::StudioError;
use crate::library::metadata::PARAMETERS;
use crate::model::settings_text::{self, Pasted, SettingsTextError};
use crate::picture::{Format, read_png_text, sniff};
use crate::platform::read_file;

/// The settings that a picture carries in its metadata; `None` when it has none.
pub fn settings_in(png: &[u8]) -> Option<Pasted> {
    let texts = read_png_text(png).ok()?;
    let text = texts.iter().find(|text| text.keyword == PARAMETERS)?;
    settings_text::read(&text.text).ok()
}

/// The settings in a file: a PNG that carries them, or their text.
pub fn settings_of_file(path: &Path) -> Result<Pasted, StudioError> {
    let bytes = read_file(path)?;
    if sniff(&bytes) == Some(Format::Png) {
        return Ok(settings_in(&bytes).ok_or(SettingsTextError::NoSettings)?);
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(settings_text::read(text.trim_start_matches('\u{feff}'))?)
}
