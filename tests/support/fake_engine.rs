//! An engine that draws at once and the same every time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use image::{Rgb, RgbImage, Rgba, RgbaImage};
use sticker_booth::engine::{Control, EngineError, Stage, Sticker, StickerEngine};
use sticker_booth::model::{FaceFrame, Recipe};

/// Draws a disc in a colour of the seed and the photo's first pixel, at the asked size.
///
/// A prompt that contains `no face` fails like a photo without one; `break down` panics.
#[derive(Clone, Debug, Default)]
pub struct FakeEngine {
    delay: Duration,
    runs: Arc<AtomicUsize>,
    at_once: Arc<AtomicUsize>,
    most_at_once: Arc<AtomicUsize>,
}

impl FakeEngine {
    /// One that is done as soon as it has drawn.
    pub fn new() -> Self {
        Self::default()
    }

    /// One that takes `delay` over each sticker, and can be stopped meanwhile.
    pub fn slow(delay: Duration) -> Self {
        Self { delay, ..Self::default() }
    }

    /// How many stickers were begun.
    pub fn runs(&self) -> usize {
        self.runs.load(Ordering::SeqCst)
    }

    /// How many were in hand at the same time, at most.
    pub fn most_at_once(&self) -> usize {
        self.most_at_once.load(Ordering::SeqCst)
    }

    /// Waits in small steps, reporting the way from 0 to 0.9 and looking at the switch all the time.
    fn dawdle(&self, control: &Control) -> Result<(), EngineError> {
        const STEPS: u32 = 10;
        for step in 0..STEPS {
            control.report(Stage::Stylise, step as f32 / STEPS as f32 * 0.9)?;
            let until = Instant::now() + self.delay / STEPS;
            while Instant::now() < until {
                control.check()?;
                std::thread::sleep(Duration::from_millis(2).min(self.delay / STEPS));
            }
        }
        Ok(())
    }
}

impl StickerEngine for FakeEngine {
    fn make(&self, photo: &RgbImage, recipe: &Recipe, control: &Control) -> Result<Sticker, EngineError> {
        self.runs.fetch_add(1, Ordering::SeqCst);
        let at_once = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(at_once, Ordering::SeqCst);
        let waited = self.dawdle(control);
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        waited?;
        if recipe.prompt.contains("no face") {
            return Err(EngineError::NoFace);
        }
        assert!(!recipe.prompt.contains("break down"), "a fake breakdown, as the prompt asks");
        control.report(Stage::Render, 0.9)?;
        Ok(draw(photo, recipe))
    }
}

fn draw(photo: &RgbImage, recipe: &Recipe) -> Sticker {
    let (width, height) = recipe.output_size();
    let [red, green, blue] = photo.get_pixel(0, 0).0;
    let [low, high, ..] = recipe.seed.unwrap_or(0).to_le_bytes();
    let ink = [red ^ low, green ^ high, blue];
    let (center_x, center_y) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    let radius = center_x.min(center_y) * 0.8;
    let inside = |x: u32, y: u32| {
        let (x, y) = (f64::from(x) + 0.5 - center_x, f64::from(y) + 0.5 - center_y);
        x.hypot(y) < radius
    };
    let [r, g, b] = ink;
    Sticker {
        opaque: RgbImage::from_fn(width, height, |x, y| if inside(x, y) { Rgb(ink) } else { Rgb([255; 3]) }),
        cutout: RgbaImage::from_fn(
            width,
            height,
            |x, y| {
                if inside(x, y) { Rgba([r, g, b, 255]) } else { Rgba([0; 4]) }
            },
        ),
        frame: FaceFrame { left: 0.0, top: 0.0, scale: f64::from(photo.width()) / f64::from(recipe.width) },
        left_out: Vec::new(),
    }
}
