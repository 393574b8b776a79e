//! How the caller of an engine watches and stops it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::EngineError;

/// A stage of making a sticker, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Looking for the face.
    Detect,
    /// Cutting the person out.
    Matte,
    /// Outline and border.
    Shape,
    /// Tones, strokes and lines.
    Stylise,
    /// Drawing at the final size.
    Render,
}

/// Watches one run of an engine and can stop it; clones share the same switch.
#[derive(Clone, Default)]
pub struct Control {
    cancelled: Arc<AtomicBool>,
    progress: Option<Arc<dyn Fn(Stage, f32) + Send + Sync>>,
}

impl Control {
    /// A control that nobody watches.
    pub fn new() -> Self {
        Self::default()
    }

    /// A control that tells `progress` the stage and the share of the whole work done, 0 to 1.
    pub fn watched(progress: impl Fn(Stage, f32) + Send + Sync + 'static) -> Self {
        Self { cancelled: Arc::default(), progress: Some(Arc::new(progress)) }
    }

    /// A control that nobody watches, of a run that stops at its next check once this is true.
    pub fn stopped_by(cancelled: Arc<AtomicBool>) -> Self {
        Self { cancelled, progress: None }
    }

    /// Asks the run to stop at its next check.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Was the run asked to stop?
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The engine's check: an error once the run was asked to stop.
    pub fn check(&self) -> Result<(), EngineError> {
        if self.is_cancelled() { Err(EngineError::Cancelled) } else { Ok(()) }
    }

    /// Checks, then reports that `stage` is under way and `done` of all the work (0 to 1) is behind it.
    pub fn report(&self, stage: Stage, done: f32) -> Result<(), EngineError> {
        self.check()?;
        if let Some(progress) = &self.progress {
            progress(stage, done);
        }
        Ok(())
    }
}

impl fmt::Debug for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Control").field("cancelled", &self.is_cancelled()).finish_non_exhaustive()
    }
}
