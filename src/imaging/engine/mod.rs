//! Makes stickers on this computer behind one trait.
//!
//! ```text
//! photo -> analysis (who, where, what is skin and hair) -> draw (painting, field, pixels) -> sticker
//!                                                style --^        ^-- acting (moods)
//! ```
//!
//! `raster` is what all of them compute with.

mod acting;
mod analysis;
mod built_in;
mod control;
mod draw;
mod raster;
mod style;
#[cfg(test)]
mod tests;

pub use acting::out_of_reach;
pub use analysis::person_matte::person_matte;
pub use analysis::{Analysis, Detail};
pub use built_in::BuiltIn;
pub use control::{Control, Stage};
pub use draw::render::{render, render_cutout};
pub use raster::distance::edge_distance;
pub use style::look::Look;
pub use style::words::{MOST_COLOURS, STYLES, Words, moods_of, palette_in, style_of, toggled, with_palette, words};

use image::{RgbImage, RgbaImage};

use model::{Face, FaceFrame, OutOfReach, Recipe};

/// Makes a sticker from a photo.
pub trait StickerEngine: Send + Sync {
    /// Draws `photo` (upright, sRGB) as `recipe` says.
    ///
    /// The recipe's values are within the documented ranges and its seed is set; an unset seed
    /// counts as 0. The same photo and recipe give the same bytes.
    fn make(&self, photo: &RgbImage, recipe: &Recipe, control: &Control) -> Result<Sticker, EngineError>;

    /// The same for a photo whose faces are known already, the one to be drawn first; none when nobody looked.
    ///
    /// Whoever found and chose them has judged: the engine does not look again. An engine that knows nothing of faces
    /// makes what it would make without them.
    fn make_of(
        &self,
        photo: &RgbImage,
        faces: &[Face],
        recipe: &Recipe,
        control: &Control,
    ) -> Result<Sticker, EngineError> {
        let _ = faces;
        self.make(photo, recipe, control)
    }

    /// Bytes that are kept for another sticker of the same photo. Answers at once.
    fn kept_bytes(&self) -> usize {
        0
    }

    /// Lets go of them; the next sticker takes a little longer.
    fn forget(&self) {}
}

/// A finished pair of pictures of equal size, [`Recipe::output_size`].
#[derive(Clone, Debug)]
pub struct Sticker {
    /// The sticker on its background.
    pub opaque: RgbImage,
    /// The sticker cut out, corners fully transparent; straight (not premultiplied) alpha.
    pub cutout: RgbaImage,
    /// Where the photo lies under the sticker.
    pub frame: FaceFrame,
    /// What of the moods the photo did not let the face do at all.
    pub left_out: Vec<OutOfReach>,
}

/// Why there is no sticker.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The photo shows nobody.
    #[error(
        "no face was found in the photo; choose one that shows a face from the front, with hair and ears in the picture"
    )]
    NoFace,
    /// There is a face, too small to draw.
    #[error("the face is only {pixels} pixels high, and at least {least} are needed; choose a closer photo")]
    FaceTooSmall {
        /// Height of the face in photo pixels.
        pixels: u32,
        /// The least height that can be drawn.
        least: u32,
    },
    /// Somebody asked to stop.
    #[error("stopped")]
    Cancelled,
    /// The bundled networks could not be read; the program is damaged.
    #[error("the built-in engine could not start: {0}")]
    Broken(String),
}
