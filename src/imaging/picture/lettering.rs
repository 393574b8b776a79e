//! Words drawn into pictures, in the bundled font.

use ab_glyph::{Font as _, FontRef, Glyph, PxScale, ScaleFont as _, point};
use image::RgbImage;

use super::PictureError;

/// Draws words in one size.
pub(super) struct Lettering {
    font: FontRef<'static>,
    scale: PxScale,
}

impl Lettering {
    /// Letters whose line is `pixels` high.
    pub(super) fn new(pixels: f32) -> Result<Self, PictureError> {
        let font = FontRef::try_from_slice(include_bytes!("../../../assets/fonts/Inter-Medium.ttf"))
            .map_err(|error| PictureError::Encode { detail: error.to_string() })?;
        Ok(Self { font, scale: PxScale::from(pixels) })
    }

    /// How wide words are, in pixels.
    pub(super) fn width(&self, words: &str) -> f32 {
        self.glyphs(words).1
    }

    /// Height of a line in pixels.
    pub(super) fn height(&self) -> f32 {
        self.font.as_scaled(self.scale).height()
    }

    /// The words, shortened with an ellipsis until they are at most this wide.
    pub(super) fn fit(&self, words: &str, width: f32) -> String {
        if self.width(words) <= width {
            return words.to_owned();
        }
        let mut kept: Vec<char> = words.chars().collect();
        while kept.pop().is_some() {
            let short = format!("{}…", kept.iter().collect::<String>().trim_end());
            if self.width(&short) <= width {
                return short;
            }
        }
        String::new()
    }

    /// Draws words with the upper left corner of their line at `(x, y)`.
    pub(super) fn draw(&self, image: &mut RgbImage, words: &str, x: f32, y: f32, color: [u8; 3]) {
        let baseline = y + self.font.as_scaled(self.scale).ascent();
        for mut glyph in self.glyphs(words).0 {
            glyph.position.x += x;
            glyph.position.y = baseline;
            let Some(outline) = self.font.outline_glyph(glyph) else { continue };
            let corner = outline.px_bounds().min;
            outline.draw(|column, row, share| {
                let place = (corner.x + column as f32, corner.y + row as f32);
                if place.0 < 0.0 || place.1 < 0.0 {
                    return;
                }
                if let Some(pixel) = image.get_pixel_mut_checked(place.0 as u32, place.1 as u32) {
                    for (below, above) in pixel.0.iter_mut().zip(color) {
                        let mixed = f32::from(*below) + (f32::from(above) - f32::from(*below)) * share.min(1.0);
                        *below = mixed.round() as u8;
                    }
                }
            });
        }
    }

    /// Every letter at its place from 0 on, and how wide all are together.
    fn glyphs(&self, words: &str) -> (Vec<Glyph>, f32) {
        let font = self.font.as_scaled(self.scale);
        let mut x = 0.0;
        let mut before = None;
        let mut glyphs = Vec::with_capacity(words.len());
        for letter in words.chars() {
            let id = font.glyph_id(letter);
            x += before.map_or(0.0, |before| font.kern(before, id));
            glyphs.push(id.with_scale_and_position(self.scale, point(x, 0.0)));
            x += font.h_advance(id);
            before = Some(id);
        }
        (glyphs, x)
    }
}
