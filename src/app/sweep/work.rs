//! What the sweep asks of the disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Found, Question, request_key};
use crate::app::event::{Event, Saved};
use crate::app::work::{ToSend, Work, sentence};
use crate::library::{Query, SaveOptions, StickerRow};
use crate::model::Engine;
use crate::photo::PhotoError;
use crate::picture::Sheet;
use crate::platform::{self, Folders, fitted};
use crate::settings::Sweeps;
use crate::studio::{Studio, StudioError};

/// The greatest number that is put after a name that is taken.
const MOST_NUMBER: u32 = 999;

impl Work {
    /// Looks for stickers that were made of exactly what would be sent now.
    pub(super) fn find_stickers(&self, question: Question, sent: ToSend, engine: Engine) {
        self.spawn(move |studio, notifier| {
            let found = find(studio, question, &sent, &engine).map_err(|error| sentence(&error));
            notifier.send(Event::SweepFound(found.map(Box::new)));
        });
    }

    /// Reads the sweeps that are kept.
    pub(super) fn read_sweeps(&self) {
        self.read_list("The file of sweeps", Folders::sweeps, Event::Sweeps);
    }

    /// Keeps these sweeps.
    pub(super) fn keep_sweeps(&self, sweeps: Sweeps) {
        self.keep_list(&self.sweeps, sweeps, Folders::sweeps);
    }
}

/// A grid to be drawn, and the files of its stickers row by row.
#[derive(Clone)]
pub(in crate::app) struct GridSheet {
    /// What stands around them.
    pub sheet: Sheet,
    /// Path and size in bytes of each cell's sticker, if there is one.
    pub cells: Vec<Option<(PathBuf, u64)>>,
}

/// Stickers to be saved, each by itself.
#[derive(Clone)]
pub(in crate::app) struct Images {
    /// The file names without ending, which may be alike.
    pub stickers: Vec<(String, StickerRow)>,
    /// How to save each.
    pub options: SaveOptions,
}

impl Work {
    /// Draws the grid under this path.
    pub(in crate::app) fn save_grid(&self, grid: GridSheet, path: PathBuf, replace: bool) {
        self.save_file(path, replace, "png", move |studio, path, replace| write_grid(studio, &grid, path, replace));
    }

    /// Saves each sticker in this folder.
    pub(in crate::app) fn save_images(&self, images: Images, folder: PathBuf) {
        self.spawn_to_the_end(move |studio, notifier| {
            let all = images.stickers.len();
            let (mut saved, mut wrong) = (0, None);
            for (name, row) in &images.stickers {
                match save_among(studio, &folder, name, row, images.options) {
                    Ok(_) => saved += 1,
                    Err(error) => wrong = wrong.or(Some(error)),
                }
            }
            notifier.send(Event::Saved(match wrong {
                None => Ok(Saved { path: folder, images: Some(saved) }),
                Some(error) => Err(format!("{saved} of {all} images are saved. {}", sentence(&error))),
            }));
        });
    }
}

/// Saves a sticker in a folder under this name without ending, or with a number after it while that name is taken, and
/// gives the path.
pub(in crate::app) fn save_among(
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

fn write_grid(studio: &Studio, grid: &GridSheet, path: &Path, replace: bool) -> Result<(), StudioError> {
    let columns = grid.sheet.columns.len();
    platform::write_atomically_as_it_comes(path, replace, |out| {
        let drawn = grid.sheet.write(out, |row, column| {
            let (path, _) = grid.cells.get(row * columns + column)?.as_ref()?;
            studio.finished_thumbnail(path).ok()
        });
        Ok(drawn.map_err(PhotoError::from)?)
    })
}

fn find(studio: &Studio, question: Question, sent: &ToSend, engine: &Engine) -> Result<Found, StudioError> {
    let sent_sha256 = sent.to_job_photo(studio, engine)?.sent_sha256();
    let mut stickers = HashMap::new();
    for row in studio.library().list(&Query::default())? {
        let is_wanted = row.engine == engine.id && row.info.sent_sha256.as_ref() == Some(&sent_sha256);
        // One whose file is gone can be made again.
        if is_wanted && row.path.is_file() {
            // The newest comes first.
            stickers.entry(request_key(&row.info.recipe)).or_insert(row);
        }
    }
    Ok(Found { question: Some(question), sent_sha256: Some(sent_sha256), stickers })
}
