//! LINE: the ZIP archive that Creators Market takes.

use super::pictures::Pictures;
use super::{Written, add_zip};
use crate::rules::Part;
use crate::words::Words;
use crate::{ExportError, Files};

/// The archive's file.
pub(crate) const ARCHIVE: &str = "line-stickers.zip";

pub(super) fn write(written: &mut Written, words: &Words, pictures: &Pictures) -> Result<(), ExportError> {
    let mut archive = Files::default();
    for (said, picture) in words.stickers.iter().zip(pictures.stickers.iter().flatten()) {
        let file = format!("{}.{}", said.name, picture.extension());
        written.losses.extend(picture.loss().map(|loss| (file.clone(), loss)));
        archive.add(file, picture.encoded.bytes.clone());
    }
    for (part, name) in [(Part::Main, "main.png"), (Part::Tab, "tab.png")] {
        if let Some(picture) = pictures.extra(part) {
            archive.add(name, picture.encoded.bytes.clone());
        }
    }
    add_zip(&mut written.files, ARCHIVE, &archive)
}
