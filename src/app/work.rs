//! Everything the window asks of the studio, away from the UI thread; answers come back as events.

use std::ops::Deref;
use std::path::PathBuf;

use super::event::Event;
use super::layout::Layout;
use super::newest::Newest;
use super::sentence::sentence;
use super::session::WorkSession;
use super::worker::Worker;
use crate::platform;

/// Does things in the background. Clones do them for the same window.
#[derive(Clone)]
pub(super) struct Work {
    worker: Worker<Event>,
    pub(super) layout: Newest<Layout>,
    pub(super) session: Newest<WorkSession>,
}

impl Deref for Work {
    type Target = Worker<Event>;

    fn deref(&self) -> &Worker<Event> {
        &self.worker
    }
}

impl Work {
    /// Work by this worker.
    pub(super) fn new(worker: Worker<Event>) -> Self {
        Self { worker, layout: Newest::default(), session: Newest::default() }
    }

    /// Looks whether stickers can be kept in a folder, and makes it if it is not there.
    pub(super) fn use_library(&self, folder: PathBuf) {
        self.spawn(move |_, notifier| {
            let made = platform::create_folder(&folder).map(|()| folder);
            notifier.send(Event::LibraryChosen(made.map_err(|error| sentence(&error))));
        });
    }
}
