//! An engine that holds every sticker back until the test lets it go.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use image::RgbImage;
use sticker_booth::engine::{Control, EngineError, Sticker, StickerEngine};
use sticker_booth::model::Recipe;

use super::FakeEngine;

/// Begins a sticker and goes on only after [`let_go`](Self::let_go); it can be stopped meanwhile.
#[derive(Clone, Default)]
pub(super) struct HeldEngine {
    engine: FakeEngine,
    begun: Arc<AtomicBool>,
    free: Arc<AtomicBool>,
}

impl HeldEngine {
    /// Lets the stickers be finished that were begun, and all later ones.
    pub(super) fn let_go(&self) {
        self.free.store(true, Ordering::SeqCst);
    }

    /// Holds back what is begun from now on.
    pub(super) fn hold(&self) {
        self.begun.store(false, Ordering::SeqCst);
        self.free.store(false, Ordering::SeqCst);
    }

    /// Is a sticker in hand, or was there one?
    pub(super) fn has_begun(&self) -> Option<()> {
        self.begun.load(Ordering::SeqCst).then_some(())
    }

    /// How many were in hand at the same time, at most.
    pub(super) fn most_at_once(&self) -> usize {
        self.engine.most_at_once()
    }
}

impl StickerEngine for HeldEngine {
    fn make(&self, photo: &RgbImage, recipe: &Recipe, control: &Control) -> Result<Sticker, EngineError> {
        self.begun.store(true, Ordering::SeqCst);
        while !self.free.load(Ordering::SeqCst) {
            control.check()?;
            std::thread::sleep(Duration::from_millis(2));
        }
        self.engine.make(photo, recipe, control)
    }
}
