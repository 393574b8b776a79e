//! Looks at photos that are not in the well.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::event::Event;
use super::super::recent::{Origin, keep_copy};
use super::super::sentence::sentence;
use super::super::work::{Work, photo_image};
use super::Seen;
use crate::library::Thumbnails;
use crate::model::Engine;
use crate::ui::view::Levels;

impl Work {
    /// Looks at photos, one after the other, and keeps a copy of each for the next start, but none in memory.
    pub(super) fn look_at_photos(&self, photos: Vec<(u64, Origin)>, engine: Engine, over: Arc<AtomicBool>) {
        self.spawn(move |studio, notifier| {
            for (number, source) in photos {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let seen = source.load(studio, &engine, &|| over.load(Ordering::Relaxed));
                if let Ok(photo) = &seen
                    && let Err(error) = keep_copy(studio.folders(), &photo.picked.sha256, photo)
                {
                    // They are read from where they are, and only that is lost by it.
                    tracing::warn!(%error, "no copy of one of several photos could be kept for the next start");
                }
                let seen = seen.map_err(|error| sentence(&error)).map(|photo| {
                    let seen = Seen {
                        sha256: photo.picked.sha256.clone(),
                        refusal: photo.refusal(),
                        is_linked: photo.link.is_some(),
                    };
                    (seen, Levels::of(photo_image(&photo, Thumbnails::EDGE)))
                });
                notifier.send(Event::PhotoSeen(number, Box::new(seen)));
            }
        });
    }
}
