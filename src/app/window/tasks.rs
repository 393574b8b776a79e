//! Writes what the person chose, in the background and in order; and the end of the work.

use std::path::PathBuf;
use std::time::Duration;

use super::ending::Others;
use super::{Layout, WindowEvent, WorkSession};
use crate::app::newest::Newest;
use crate::app::photo::tidy;
use crate::app::sentence::sentence;
use crate::app::worker::Worker;
use crate::platform;
use crate::settings::save_remembered;

/// How long the end waits for what a person has asked for.
const END: Duration = Duration::from_mins(1);

/// What is asked of the disk.
#[derive(Clone)]
pub(super) struct Tasks {
    worker: Worker<WindowEvent>,
    layout: Newest<Layout>,
    session: Newest<WorkSession>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) fn new(worker: Worker<WindowEvent>) -> Self {
        Self { worker, layout: Newest::default(), session: Newest::default() }
    }

    /// Looks whether stickers can be kept in a folder, and makes it if it is not there.
    pub(super) fn use_library(&self, folder: PathBuf) {
        self.worker.spawn(move |_, teller| {
            let made = platform::create_folder(&folder).map(|()| folder);
            teller.send(WindowEvent::LibraryChosen(made.map_err(|error| sentence(&error))));
        });
    }

    /// Keeps the window's layout.
    pub(super) fn keep_layout(&self, layout: Layout) {
        self.layout.put(layout);
        let tasks = self.clone();
        self.worker.spawn(move |_, _| tasks.write_layout());
    }

    fn write_layout(&self) {
        let path = self.worker.studio().folders().layout();
        if let Err(error) = self.layout.write(|layout| save_remembered(&path, layout)) {
            self.worker.teller().fail(&error);
        }
    }

    /// Keeps what the person is at.
    pub(super) fn keep_session(&self, session: WorkSession) {
        self.session.put(session);
        let tasks = self.clone();
        self.worker.spawn(move |_, teller| {
            if let Err(error) = tasks.write_session() {
                teller.complain(error);
            }
        });
    }

    fn write_session(&self) -> Result<(), String> {
        let path = self.worker.studio().folders().session();
        self.session.write(|session| save_remembered(&path, session)).map_err(|error| sentence(&error))
    }

    /// Ends everything in order, in the background; [`WindowEvent::Ended`] comes when it is over.
    pub(super) fn end(&self, others: Others, layout: Layout, session: WorkSession) {
        let tasks = self.clone();
        let ended = std::thread::Builder::new().name("ending".into()).spawn(move || {
            tasks.finish(&others, layout, session);
            tasks.worker.teller().send(WindowEvent::Ended);
        });
        if let Err(error) = ended {
            tracing::error!(%error, "the end has no thread of its own");
            self.worker.spawn(|_, teller| teller.send(WindowEvent::Ended));
        }
    }

    /// Writes what waits and waits for what is under way, at most a minute. Not while a window is drawn.
    pub(super) fn finish(&self, others: &Others, layout: Layout, session: WorkSession) {
        self.layout.put(layout);
        let kept = session.kept();
        self.session.put(session);
        let written = self.write_session();
        others.desktop.write_settings();
        self.write_layout();
        self.worker.underway().wait(END);
        others.gallery.empty_bin_at_the_end();
        let studio = self.worker.studio();
        match written {
            // A copy that is being written has another name until it is whole, so they are tidied up behind it.
            Ok(()) => tidy(studio.folders(), &kept),
            Err(error) => tracing::error!("the session is not kept: {error}"),
        }
        studio.close();
    }
}
