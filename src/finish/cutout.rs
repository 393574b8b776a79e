//! What belongs to the sticker: the original as it was cut, mended and brushed. In pixels of the original.

use image::{RgbImage, RgbaImage};

use model::finish::{Cutout, Stroke};

use super::Source;
use super::border;
use super::contour::Field;
use super::kept::Kept;
use super::layout::Extent;
use super::parts;
use super::spread::Spread;
use super::strokes::{self, Growing};

/// From this alpha on a pixel shows nothing of the background.
const SOLID: u8 = 250;

/// Clear pixels around the picture, so that resizing finds what lies beside its edge.
pub(crate) const PAD: u32 = 16;

/// A cut-out.
pub(crate) struct Cut {
    /// The picture with [`PAD`] clear pixels on each side.
    pub(crate) padded: RgbaImage,
    /// What of it is not clear.
    pub(crate) extent: Extent,
}

/// Cuts one picture, again and again.
#[derive(Default)]
pub(crate) struct Cutter {
    /// Colours for what the brush adds and what fills holes.
    colors: Option<RgbImage>,
    /// Everything that is done without a hand.
    automatic: Kept<Cutout, RgbaImage>,
    /// All strokes but the last, which may still be growing.
    painted: Kept<(u64, Vec<Stroke>), RgbaImage>,
    last: Growing,
    cut: Kept<Cutout, Cut>,
}

impl Cutter {
    /// The picture, cut as `cutout` says, and a number that is new whenever it is.
    pub(crate) fn cut(&mut self, source: &Source, cutout: &Cutout) -> (u64, &Cut) {
        let Self { colors, automatic, painted, last: growing, cut } = self;
        cut.get(cutout.clone(), || {
            let (number, mended) = automatic
                .get(Cutout { strokes: Vec::new(), defringe: 0.0, ..cutout.clone() }, || mend(source, cutout, colors));
            let mut image = match cutout.strokes.split_last() {
                None => mended.clone(),
                Some((last, earlier)) => {
                    let colors = colors_of(source, colors);
                    let (_, before) = painted.get((number, earlier.to_vec()), || {
                        let mut image = mended.clone();
                        for stroke in earlier {
                            strokes::draw(&mut image, colors, stroke);
                        }
                        image
                    });
                    let mut image = before.clone();
                    growing.draw(&mut image, colors, last);
                    image
                }
            };
            if cutout.defringe > 0.0 {
                defringe(&mut image, cutout.defringe);
            }
            let extent = Extent::of(&image);
            Cut { padded: padded(&image), extent }
        })
    }
}

/// What is done by switches.
fn mend(source: &Source, cutout: &Cutout, colors: &mut Option<RgbImage>) -> RgbaImage {
    let mut image = RgbaImage::clone(&source.original);
    if let Some(person) = source.person.as_ref().filter(|_| cutout.person) {
        for (pixel, person) in image.pixels_mut().zip(person.pixels()) {
            pixel.0[3] = pixel.0[3].min(person.0[0]);
        }
    }
    if cutout.strip_border {
        let field = Field::of(image.dimensions(), |index| f32::from(image.as_raw()[index * 4 + 3]) / 255.0);
        let width = border::width(&image, &field);
        if width > 0.0 {
            border::erode(&mut image, &field, width);
            // The last pixels before the border are half of its colour.
            defringe(&mut image, 1.0);
        }
    }
    if cutout.drop_islands {
        parts::drop_islands(&mut image);
    }
    if cutout.fill_holes {
        let holes = parts::holes(&image);
        if !holes.is_empty() {
            let colors = colors_of(source, colors);
            for index in holes {
                let (x, y) = (index as u32 % image.width(), index as u32 / image.width());
                let [red, green, blue] = colors.get_pixel(x, y).0;
                image.get_pixel_mut(x, y).0 = [red, green, blue, 255];
            }
        }
    }
    image
}

/// Colours of the whole picture: those of its background where that is at hand, else those of the nearest solid parts.
fn colors_of<'a>(source: &Source, colors: &'a mut Option<RgbImage>) -> &'a RgbImage {
    colors.get_or_insert_with(|| match &source.backdrop {
        Some(backdrop) => RgbImage::clone(backdrop),
        None => Spread::of(&source.original, SOLID).around(&source.original, SOLID),
    })
}

/// Gives soft pixels the colours of the solid ones beside them.
fn defringe(image: &mut RgbaImage, strength: f32) {
    let own = Spread::of(image, SOLID);
    let width = image.width() as usize;
    for (index, pixel) in image.pixels_mut().enumerate() {
        if pixel.0[3] >= SOLID || pixel.0[3] == 0 {
            continue;
        }
        let own = own.at([index % width, index / width]);
        for (channel, own) in own.into_iter().enumerate() {
            let before = f32::from(pixel.0[channel]);
            pixel.0[channel] = (before + (f32::from(own) - before) * strength + 0.5) as u8;
        }
    }
}

fn padded(image: &RgbaImage) -> RgbaImage {
    let mut padded = RgbaImage::new(image.width() + 2 * PAD, image.height() + 2 * PAD);
    let [from, to, pad] = [image.width(), padded.width(), PAD].map(|pixels| pixels as usize * 4);
    let rows = padded.chunks_exact_mut(to).skip(PAD as usize);
    for (target, row) in rows.zip(image.as_raw().chunks_exact(from)) {
        target[pad..pad + from].copy_from_slice(row);
    }
    padded
}
