//! The built-in engine: a sticker from a photo on this computer.

use std::sync::Arc;

use image::RgbImage;

use super::{Analysis, Control, Detail, EngineError, Look, Sticker, StickerEngine, render};
use crate::vision::{Networks, VisionError};
use model::Recipe;

/// The engine that needs nothing but this program.
#[derive(Debug)]
pub struct BuiltIn {
    networks: Arc<Networks>,
}

impl BuiltIn {
    /// Reads the bundled networks, which takes a few milliseconds.
    pub fn load() -> Result<Self, EngineError> {
        Ok(Self::of(Arc::new(Networks::load()?)))
    }

    /// An engine on networks that others use too.
    pub fn of(networks: Arc<Networks>) -> Self {
        Self { networks }
    }

    /// Studies a photo once, for any number of stickers from it.
    pub fn analyse(&self, photo: &RgbImage, detail: Detail, control: &Control) -> Result<Analysis, EngineError> {
        Analysis::of(&self.networks, photo, detail, control)
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
        let size = recipe.output_size();
        let analysis = self.analyse(photo, Detail::for_size(size), control)?;
        let mut sticker = render(&analysis, &Look::of(recipe), size, control)?;
        if recipe.upscale {
            // The frame speaks of the canvas before upscaling.
            sticker.frame.scale *= size.0 as f64 / recipe.width as f64;
        }
        Ok(sticker)
    }
}
