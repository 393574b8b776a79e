//! The built-in engine: a sticker from a photo on this computer.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use image::RgbImage;

use super::{Analysis, Control, Detail, EngineError, Look, Sticker, StickerEngine, render};
use crate::vision::{Face, Networks, VisionError};
use model::Recipe;

/// The engine that needs nothing but this program.
#[derive(Debug)]
pub struct BuiltIn {
    networks: Arc<Networks>,
    /// One photo becomes many stickers, so the latest study is kept.
    latest: Mutex<Option<Study>>,
    /// How many bytes that is.
    kept: AtomicUsize,
}

/// A photo's study, with all that it depends on.
#[derive(Debug)]
struct Study {
    photo: RgbImage,
    known: Vec<Face>,
    detail: Detail,
    analysis: Arc<Analysis>,
}

impl Study {
    fn is_of(&self, photo: &RgbImage, known: &[Face], detail: Detail) -> bool {
        self.detail == detail && self.known == known && self.photo == *photo
    }
}

impl BuiltIn {
    /// Reads the bundled networks, which takes a few milliseconds.
    pub fn load() -> Result<Self, EngineError> {
        Ok(Self::of(Arc::new(Networks::load()?)))
    }

    /// An engine on networks that others use too.
    pub fn of(networks: Arc<Networks>) -> Self {
        Self { networks, latest: Mutex::new(None), kept: AtomicUsize::new(0) }
    }

    /// Studies a photo once, for any number of stickers from it.
    ///
    /// The first of the `known` faces is drawn; with none known, the biggest that is found.
    pub fn analyse(
        &self,
        photo: &RgbImage,
        known: &[Face],
        detail: Detail,
        control: &Control,
    ) -> Result<Analysis, EngineError> {
        Analysis::of(&self.networks, photo, known, detail, control)
    }

    /// The study of a photo, kept from the last sticker if it is the same.
    fn studied(
        &self,
        photo: &RgbImage,
        known: &[Face],
        detail: Detail,
        control: &Control,
    ) -> Result<Arc<Analysis>, EngineError> {
        let latest = || self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(study) = latest().as_ref().filter(|study| study.is_of(photo, known, detail)) {
            return Ok(Arc::clone(&study.analysis));
        }
        let analysis = Arc::new(self.analyse(photo, known, detail, control)?);
        let study = Study { photo: photo.clone(), known: known.to_vec(), detail, analysis: Arc::clone(&analysis) };
        self.kept.store(study.photo.len() + study.analysis.bytes(), Ordering::Relaxed);
        *latest() = Some(study);
        Ok(analysis)
    }
}

impl From<VisionError> for EngineError {
    fn from(error: VisionError) -> Self {
        match error {
            VisionError::Stopped => Self::Cancelled,
            VisionError::Unreadable { .. } | VisionError::Failed { .. } => Self::Broken(error.to_string()),
        }
    }
}

impl StickerEngine for BuiltIn {
    fn make(&self, photo: &RgbImage, recipe: &Recipe, control: &Control) -> Result<Sticker, EngineError> {
        self.make_of(photo, &[], recipe, control)
    }

    fn make_of(
        &self,
        photo: &RgbImage,
        faces: &[Face],
        recipe: &Recipe,
        control: &Control,
    ) -> Result<Sticker, EngineError> {
        let size = recipe.output_size();
        let analysis = self.studied(photo, faces, Detail::for_size(size), control)?;
        let mut sticker = render(&analysis, &Look::of(recipe), size, control)?;
        if recipe.upscale {
            // The frame speaks of the canvas before upscaling.
            sticker.frame.scale *= size.0 as f64 / recipe.width as f64;
        }
        Ok(sticker)
    }

    fn kept_bytes(&self) -> usize {
        self.kept.load(Ordering::Relaxed)
    }

    fn forget(&self) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.kept.store(0, Ordering::Relaxed);
    }
}
