//! What the window asks of the library.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::{GalleryEvent, Listed};
use crate::app::newest::locked;
use crate::app::sentence::sentence;
use crate::app::worker::Worker;
use crate::library::{Library, LibraryError, Mark, Query, SaveOptions, StickerRow};
use crate::platform::move_to_trash;
use crate::ui::action::StickerId;

/// Stickers that are listed before all others: more than any window has in sight.
const PAGE: u32 = 512;

/// A change of the library.
type Change = Box<dyn FnOnce(&Library) -> Result<(), LibraryError> + Send>;

/// Changes of the library that were asked for, and the one that is being made.
#[derive(Clone, Default)]
struct Changes {
    waiting: Arc<Mutex<VecDeque<Change>>>,
    changing: Arc<Mutex<()>>,
}

/// What is asked of the library.
#[derive(Clone)]
pub(in crate::app) struct Tasks {
    pub(super) worker: Worker<GalleryEvent>,
    changes: Changes,
    /// Held while copies for other programs are written, since each takes the place of those before it.
    pub(super) copying: Arc<Mutex<()>>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) fn new(worker: Worker<GalleryEvent>) -> Self {
        Self { worker, changes: Changes::default(), copying: Arc::default() }
    }

    /// Looks into the library for the first time: one page at once, so that there is something to see, and then all.
    pub(super) fn begin(&self, query: Query) {
        self.worker.spawn(move |studio, teller| {
            let page = Query { limit: PAGE, ..query.clone() };
            let mut listed = look(studio.library(), &page);
            let whole = listed.as_ref().is_ok_and(|listed| listed.rows.len() < PAGE as usize);
            if let Ok(listed) = &mut listed {
                listed.whole = whole;
            }
            let failed = listed.is_err();
            teller.send(GalleryEvent::Listed(listed.map_err(|error| sentence(&error))));
            if !whole && !failed {
                teller.send(GalleryEvent::Listed(look(studio.library(), &query).map_err(|error| sentence(&error))));
            }
        });
    }

    /// Saves a copy under this path.
    pub(super) fn save(&self, row: StickerRow, path: PathBuf, options: SaveOptions) {
        self.worker.save_file(path, options.replace, "png", move |studio, path, replace| {
            studio.save_sticker(&row, path, SaveOptions { replace, ..options })
        });
    }

    /// Lets go of something large away from the window, which would stand still for it.
    pub(super) fn drop_elsewhere(&self, large: impl Send + 'static) {
        self.worker.spawn(move |_, _| drop(large));
    }

    /// Looks into the library.
    pub(super) fn list(&self, query: Query) {
        self.worker.spawn(move |studio, teller| {
            teller.send(GalleryEvent::Listed(look(studio.library(), &query).map_err(|error| sentence(&error))));
        });
    }

    /// Brings stickers into the index that somebody copied into the folder, or that it has lost.
    pub(super) fn take_in(&self, query: Query) {
        let tasks = self.clone();
        self.worker.spawn(move |studio, teller| match studio.library().take_in() {
            Ok(taken) if taken.stickers == 0 => {}
            Ok(taken) => {
                teller.send(GalleryEvent::TakenIn(taken.stickers));
                tasks.list(query);
            }
            Err(error) => teller.fail(&error),
        });
    }

    /// Builds the index again from the files.
    pub(super) fn rebuild_index(&self, query: Query) {
        self.change_library(query, |library| library.rebuild().map(drop));
    }

    /// Marks stickers.
    pub(super) fn mark(&self, marks: Vec<(StickerId, Mark)>, query: Query) {
        self.change_library(query, move |library| {
            marks.iter().try_for_each(|(id, mark)| library.set_mark(id.0, *mark).map(drop))
        });
    }

    /// Names stickers.
    pub(super) fn rename(&self, names: Vec<(StickerId, String)>, query: Query) {
        self.change_library(query, move |library| {
            names.iter().try_for_each(|(id, name)| library.set_name(id.0, name).map(drop))
        });
    }

    /// Moves stickers to the library's bin, or back.
    pub(super) fn bin(&self, ids: Vec<StickerId>, into: bool, query: Query) {
        self.change_library(query, move |library| {
            ids.iter().try_for_each(|id| {
                let moved = if into { library.move_to_bin(id.0) } else { library.take_from_bin(id.0) };
                moved.map(drop)
            })
        });
    }

    /// Moves what lies in the library's bin into the system's trash.
    pub(super) fn empty_bin(&self, query: Query) {
        let teller = self.worker.teller().clone();
        self.change_library(query, move |library| {
            library.empty_bin(move_to_trash).map(|stickers| teller.send(GalleryEvent::BinEmptied(stickers)))
        });
    }

    /// The same at the end of the window, when no undo can bring anything back. What no trash takes stays in the bin.
    pub(in crate::app) fn empty_bin_at_the_end(&self) {
        match self.worker.studio().library().empty_bin(move_to_trash) {
            Ok(0) => {}
            Ok(stickers) => tracing::info!(stickers, "the bin was emptied into the system's trash"),
            Err(error) => tracing::warn!(%error, "the bin is kept"),
        }
    }

    /// Changes something in the library and looks into it again. Changes follow each other as they were asked for.
    fn change_library(&self, query: Query, change: impl FnOnce(&Library) -> Result<(), LibraryError> + Send + 'static) {
        let tasks = self.clone();
        locked(&self.changes.waiting).push_back(Box::new(change));
        self.worker.spawn_to_the_end(move |studio, teller| {
            let changed = {
                let _alone = locked(&tasks.changes.changing);
                // Whichever task comes first: it is about the change that was asked for first.
                let next = locked(&tasks.changes.waiting).pop_front();
                next.map_or(Ok(()), |change| change(studio.library()))
            };
            if let Err(error) = changed {
                teller.fail(&error);
            }
            // Also after a failure: what was shown as changed already is shown as it is.
            tasks.list(query);
        });
    }
}

/// Looks into the library.
fn look(library: &Library, query: &Query) -> Result<Listed, LibraryError> {
    let rows = library.list(query)?;
    let without_star = match query.mark {
        Some(_) if rows.is_empty() => library.count(&Query { mark: None, ..query.clone() })?,
        _ => 0,
    };
    let total = library.count(&Query::default())?;
    let binned = library.count(&Query { is_binned: true, ..Query::default() })?;
    let query = Query { limit: u32::MAX, ..query.clone() };
    Ok(Listed { rows, whole: true, query, total, binned, without_star })
}
