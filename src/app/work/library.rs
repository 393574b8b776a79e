//! What the window asks of the library.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use super::{Work, sentence};
use crate::app::event::{Event, Listed};
use crate::app::keep::locked;
use crate::library::{Library, LibraryError, Mark, Query};
use crate::platform::move_to_trash;
use crate::ui::action::StickerId;

/// Stickers that are listed before all others: more than any window has in sight.
const PAGE: u32 = 512;

/// A change of the library.
type Change = Box<dyn FnOnce(&Library) -> Result<(), LibraryError> + Send>;

/// Changes of the library that were asked for, and the one that is being made.
#[derive(Clone, Default)]
pub(in crate::app) struct Changes {
    waiting: Arc<Mutex<VecDeque<Change>>>,
    changing: Arc<Mutex<()>>,
}

impl Work {
    /// Looks into the library for the first time: one page at once, so that there is something to see, and then all.
    pub(in crate::app) fn begin_gallery(&self, query: Query) {
        self.spawn(move |studio, notifier| {
            let page = Query { limit: PAGE, ..query.clone() };
            let mut listed = list(studio.library(), &page);
            let whole = listed.as_ref().is_ok_and(|listed| listed.rows.len() < PAGE as usize);
            if let Ok(listed) = &mut listed {
                listed.whole = whole;
            }
            let failed = listed.is_err();
            notifier.send(Event::Gallery(listed.map_err(|error| sentence(&error))));
            if !whole && !failed {
                notifier.send(Event::Gallery(list(studio.library(), &query).map_err(|error| sentence(&error))));
            }
        });
    }

    /// Lets go of something large away from the window, which would stand still for it.
    pub(in crate::app) fn drop_elsewhere(&self, large: impl Send + 'static) {
        self.spawn(move |_, _| drop(large));
    }

    /// Looks into the library.
    pub(in crate::app) fn list_gallery(&self, query: Query) {
        self.spawn(move |studio, notifier| {
            notifier.send(Event::Gallery(list(studio.library(), &query).map_err(|error| sentence(&error))));
        });
    }

    /// Brings stickers into the index that somebody copied into the folder, or that it has lost.
    pub(in crate::app) fn take_in_stickers(&self, query: Query) {
        let work = self.clone();
        self.spawn(move |studio, notifier| match studio.library().take_in() {
            Ok(taken) if taken.stickers == 0 => {}
            Ok(taken) => {
                notifier.send(Event::TakenIn(taken.stickers));
                work.list_gallery(query);
            }
            Err(error) => notifier.send(Event::Failed(sentence(&error))),
        });
    }

    /// Builds the index again from the files.
    pub(in crate::app) fn rebuild_index(&self, query: Query) {
        self.change_library(query, |library| library.rebuild().map(drop));
    }

    /// Marks stickers.
    pub(in crate::app) fn mark(&self, marks: Vec<(StickerId, Mark)>, query: Query) {
        self.change_library(query, move |library| {
            marks.iter().try_for_each(|(id, mark)| library.set_mark(id.0, *mark).map(drop))
        });
    }

    /// Names stickers.
    pub(in crate::app) fn rename(&self, names: Vec<(StickerId, String)>, query: Query) {
        self.change_library(query, move |library| {
            names.iter().try_for_each(|(id, name)| library.set_name(id.0, name).map(drop))
        });
    }

    /// Moves stickers to the library's bin, or back.
    pub(in crate::app) fn bin(&self, ids: Vec<StickerId>, into: bool, query: Query) {
        self.change_library(query, move |library| {
            ids.iter().try_for_each(|id| {
                let moved = if into { library.move_to_bin(id.0) } else { library.take_from_bin(id.0) };
                moved.map(drop)
            })
        });
    }

    /// Moves what lies in the library's bin into the system's trash.
    pub(in crate::app) fn empty_bin(&self, query: Query) {
        let notifier = self.notifier.clone();
        self.change_library(query, move |library| {
            library.empty_bin(move_to_trash).map(|stickers| notifier.send(Event::BinEmptied(stickers)))
        });
    }

    /// The same at the end of the window, when no undo can bring anything back. What no trash takes stays in the bin.
    pub(in crate::app) fn empty_bin_at_the_end(&self) {
        match self.studio.library().empty_bin(move_to_trash) {
            Ok(0) => {}
            Ok(stickers) => tracing::info!(stickers, "the bin was emptied into the system's trash"),
            Err(error) => tracing::warn!(%error, "the bin is kept"),
        }
    }

    /// Changes something in the library and looks into it again. Changes follow each other as they were asked for.
    fn change_library(&self, query: Query, change: impl FnOnce(&Library) -> Result<(), LibraryError> + Send + 'static) {
        let work = self.clone();
        locked(&self.changes.waiting).push_back(Box::new(change));
        self.spawn_to_the_end(move |studio, notifier| {
            let changed = {
                let _alone = locked(&work.changes.changing);
                // Whichever task comes first: it is about the change that was asked for first.
                let next = locked(&work.changes.waiting).pop_front();
                next.map_or(Ok(()), |change| change(studio.library()))
            };
            if let Err(error) = changed {
                notifier.send(Event::Failed(sentence(&error)));
            }
            // Also after a failure: what was shown as changed already is shown as it is.
            work.list_gallery(query);
        });
    }
}

/// Looks into the library.
fn list(library: &Library, query: &Query) -> Result<Listed, LibraryError> {
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
