//! Writes what the person chose, in the background and in order; and the end of the work.

use std::time::Duration;

use super::context::Desktop;
use super::event::Event;
use super::gallery;
use super::layout::Layout;
use super::photo::tidy;
use super::sentence::sentence;
use super::session::WorkSession;
use super::work::Work;
use crate::settings::save_remembered;
use crate::studio::Studio;

/// How long the end waits for what a person has asked for.
const END: Duration = Duration::from_mins(1);

impl Work {
    /// Keeps the window's layout.
    pub(super) fn keep_layout(&self, layout: Layout) {
        self.layout.put(layout);
        let work = self.clone();
        self.spawn(move |studio, _| work.write_layout(studio));
    }

    fn write_layout(&self, studio: &Studio) {
        if let Err(error) = self.layout.write(|layout| save_remembered(&studio.folders().layout(), layout)) {
            self.teller().complain(sentence(&error));
        }
    }

    /// Ends everything in order, in the background; [`Event::Ended`] comes when it is over.
    pub(super) fn end(&self, desktop: Desktop, gallery: gallery::Tasks, layout: Layout, session: WorkSession) {
        let work = self.clone();
        let ended = std::thread::Builder::new().name("ending".into()).spawn(move || {
            work.finish(&desktop, &gallery, layout, session);
            work.teller().send(Event::Ended);
        });
        if let Err(error) = ended {
            tracing::error!(%error, "the end has no thread of its own");
            drop(self.studio().handle().spawn_blocking({
                let notifier = self.teller().clone();
                move || notifier.send(Event::Ended)
            }));
        }
    }

    /// Writes what waits and waits for what is under way, at most a minute. Not while a window is drawn.
    pub(super) fn finish(&self, desktop: &Desktop, gallery: &gallery::Tasks, layout: Layout, session: WorkSession) {
        self.layout.put(layout);
        let kept = self.end_session(session);
        desktop.write_settings();
        self.write_layout(self.studio());
        self.underway().wait(END);
        gallery.empty_bin_at_the_end();
        // A copy that is being written has another name until it is whole, so they are tidied up behind it.
        if let Some(kept) = kept {
            tidy(self.studio().folders(), &kept);
        }
        self.studio().close();
    }
}
