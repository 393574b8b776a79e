//! Stickers saved each by itself, and what their files are called.

use std::path::{Path, PathBuf};

use super::sentence::sentence;
use super::worker::{Saved, Worker};
use crate::library::{SaveOptions, StickerRow};
use crate::platform::fitted;
use crate::studio::{Studio, StudioError};

/// The greatest number that is put after a name that is taken.
const MOST_NUMBER: u32 = 999;

/// The most characters of a file's name, well below what file systems take in bytes.
const LONGEST_NAME: usize = 60;

/// The longest that may stand after it.
const LONGEST_ENDING: &str = " with background (999).png";

/// Stickers to be saved, each by itself.
#[derive(Clone)]
pub(super) struct Images {
    /// The file names without ending, which may be alike.
    pub stickers: Vec<(String, StickerRow)>,
    /// How to save each.
    pub options: SaveOptions,
}

impl Images {
    /// Saves each in this folder.
    pub(super) fn save<E: 'static>(self, worker: &Worker<E>, folder: PathBuf) {
        worker.spawn_to_the_end(move |studio, teller| {
            let all = self.stickers.len();
            let (mut saved, mut wrong) = (0, None);
            for (name, row) in &self.stickers {
                match save_among(studio, &folder, name, row, self.options) {
                    Ok(_) => saved += 1,
                    Err(error) => wrong = wrong.or(Some(error)),
                }
            }
            teller.saved(match wrong {
                None => Ok(Saved { path: folder, images: Some(saved) }),
                Some(error) => Err(format!("{saved} of {all} images are saved. {}", sentence(&error))),
            });
        });
    }
}

/// Saves a sticker in a folder under this name without ending, or with a number after it while that name is taken, and
/// gives the path.
pub(super) fn save_among(
    studio: &Studio,
    folder: &Path,
    stem: &str,
    row: &StickerRow,
    options: SaveOptions,
) -> Result<PathBuf, StudioError> {
    let options = SaveOptions { replace: false, ..options };
    let mut number = 1;
    loop {
        // Values have dots, so nothing in the name counts as an ending.
        let rest = if number == 1 { ".png".to_owned() } else { format!(" ({number}).png") };
        let name = format!("{}{rest}", fitted(stem, &rest));
        let path = folder.join(name);
        match studio.save_sticker(row, &path, options) {
            Err(error) if error.is_taken() && number < MOST_NUMBER => number += 1,
            outcome => return outcome.map(|()| path),
        }
    }
}

/// A name for a file of these words, without its ending.
pub(super) fn file_name<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.as_ref().trim()).collect();
    let name = words.join(", ").replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], " ");
    let name: String = name.trim_start_matches('.').chars().take(LONGEST_NAME).collect();
    fitted(&name, LONGEST_ENDING).to_owned()
}
