//! Stickers in the library's folder that the window does not know yet.

use super::{Work, sentence};
use crate::app::event::Event;
use crate::library::Query;

impl Work {
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
}
