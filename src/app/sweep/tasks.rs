//! What the sweep asks of the disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Found, Question, SweepEvent, request_key};
use crate::app::newest::Newest;
use crate::app::photo::ToSend;
use crate::app::sentence::sentence;
use crate::app::worker::Worker;
use crate::library::Query;
use crate::model::Engine;
use crate::photo::PhotoError;
use crate::picture::Sheet;
use crate::platform::{self, Folders};
use crate::settings::Sweeps;
use crate::studio::{Studio, StudioError};

/// What is asked of the disk.
pub(super) struct Tasks {
    worker: Worker<SweepEvent>,
    newest: Newest<Sweeps>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) fn new(worker: Worker<SweepEvent>) -> Self {
        Self { worker, newest: Newest::default() }
    }

    /// Looks for stickers that were made of exactly what would be sent now.
    pub(super) fn find(&self, question: Question, sent: ToSend, engine: Engine) {
        self.worker.spawn(move |studio, teller| {
            let found = find(studio, question, &sent, &engine).map_err(|error| sentence(&error));
            teller.send(SweepEvent::Found(found.map(Box::new)));
        });
    }

    /// Reads the sweeps that are kept.
    pub(super) fn read(&self) {
        self.worker.read_list("The file of sweeps", Folders::sweeps, SweepEvent::Kept);
    }

    /// Keeps these sweeps.
    pub(super) fn keep(&self, sweeps: Sweeps) {
        self.worker.keep_list(&self.newest, sweeps, Folders::sweeps);
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

impl Tasks {
    /// Draws the grid under this path.
    pub(super) fn save_grid(&self, grid: GridSheet, path: PathBuf, replace: bool) {
        self.worker
            .save_file(path, replace, "png", move |studio, path, replace| write_grid(studio, &grid, path, replace));
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
