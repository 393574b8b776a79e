//! What the sweep asks of the disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Found, Question, request_key};
use crate::app::event::Event;
use crate::app::work::{ToSend, Work, sentence};
use crate::library::Query;
use crate::model::Engine;
use crate::photo::PhotoError;
use crate::picture::Sheet;
use crate::platform::{self, Folders};
use crate::settings::Sweeps;
use crate::studio::{Studio, StudioError};

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

impl Work {
    /// Draws the grid under this path.
    pub(in crate::app) fn save_grid(&self, grid: GridSheet, path: PathBuf, replace: bool) {
        self.spawn_to_the_end(move |studio, notifier| {
            let path = if path.extension().is_some() { path } else { path.with_extension("png") };
            let saved = write_grid(studio, &grid, &path, replace);
            notifier.send(Event::Saved(saved.map(|()| path).map_err(|error| sentence(&error))));
        });
    }
}

fn write_grid(studio: &Studio, grid: &GridSheet, path: &Path, replace: bool) -> Result<(), StudioError> {
    let thumbnails = studio.thumbnails()?;
    let columns = grid.sheet.columns.len();
    platform::write_atomically_as_it_comes(path, replace, |out| {
        let drawn = grid.sheet.write(out, |row, column| {
            let (path, bytes) = grid.cells.get(row * columns + column)?.as_ref()?;
            thumbnails.get(path, *bytes).ok()
        });
        Ok(drawn.map_err(PhotoError::from)?)
    })
}

fn find(studio: &Studio, question: Question, sent: &ToSend, engine: &Engine) -> Result<Found, StudioError> {
    let sent_sha256 = sent.to_job_photo(studio, engine)?.sent_sha256();
    let mut stickers = HashMap::new();
    for row in studio.library().list(&Query::default())? {
        if row.engine == engine.id && row.info.sent_sha256.as_ref() == Some(&sent_sha256) {
            // The newest comes first.
            stickers.entry(request_key(&row.info.recipe)).or_insert(row);
        }
    }
    Ok(Found { question: Some(question), sent_sha256: Some(sent_sha256), stickers })
}
