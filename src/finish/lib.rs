//! Draws a sticker as its [`Finish`] says, from the untouched original: cut, placed, lined, written on.
//!
//! Pure but for fonts of this computer, which are looked up when words need them. The same picture, recipe and fonts give
//! the same bytes.
//!
//! ```text
//! original -> cut (brush, holes, islands, edge) -> placed on the canvas -> distances to its outline
//!                                                    words on it ------^        |
//!                                           shadow, lines, relief and picture <-+-> finished
//! ```
//!
//! A [`Finisher`] keeps each of these steps until what it depends on changes: while somebody drags the width of the
//! outline, only the last one is done again.

mod border;
mod bubble;
mod caption;
mod compose;
mod contour;
mod cutout;
mod fonts;
mod kept;
mod layer;
mod layout;
mod parts;
mod relief;
mod spread;
mod strokes;
#[cfg(test)]
#[path = "../../tests/support/needs.rs"]
mod support;
#[cfg(test)]
mod tests;
mod tone;

use std::sync::Arc;

use image::{GrayImage, RgbImage, RgbaImage};

use cutout::Cutter;
pub use fonts::Fonts;
use kept::Kept;
use layer::Layer;
use layout::{Extent, Place};
pub use model::finish::{Caption, Finish, Stroke};

/// Why a sticker could not be finished.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FinishError {
    /// No font has these characters.
    #[error(
        "no font on this computer has {characters}: write the caption in other characters, or install a font that has them"
    )]
    NoFont {
        /// The characters, each once, in order.
        characters: String,
    },
    /// There is nothing to draw, or nothing to draw it on.
    #[error("the picture is empty: choose another sticker")]
    Empty,
}

/// What is finished: pictures of one size.
#[derive(Clone, Debug)]
pub struct Source {
    /// The sticker as it came.
    pub original: Arc<RgbaImage>,
    /// The same with its background, from which the brush brings parts back.
    pub backdrop: Option<Arc<RgbImage>>,
    /// Where the person is, for a picture without transparency: 0 nobody, 255 the person.
    pub person: Option<Arc<GrayImage>>,
}

impl Source {
    /// A sticker alone.
    pub fn of(original: RgbaImage) -> Self {
        Self { original: Arc::new(original), backdrop: None, person: None }
    }

    /// The same with the picture that has its background, unless that is of another size.
    #[must_use]
    pub fn with_backdrop(mut self, backdrop: RgbImage) -> Self {
        self.backdrop = (backdrop.dimensions() == self.original.dimensions()).then(|| Arc::new(backdrop));
        self
    }

    /// The same with what the person network found, unless that is of another size.
    #[must_use]
    pub fn with_person(mut self, person: GrayImage) -> Self {
        self.person = (person.dimensions() == self.original.dimensions()).then(|| Arc::new(person));
        self
    }
}

/// Finishes one sticker again and again; what did not change is not done again.
pub struct Finisher {
    source: Source,
    cutter: Cutter,
    placed: Kept<(u64, Place), Layer>,
    words: Kept<(Caption, [u32; 4]), Layer>,
    field: Kept<(u64, u64), contour::Field>,
    height: Kept<(u64, u32, u32), relief::Height>,
}

impl Finisher {
    /// A finisher of this sticker.
    pub fn new(source: Source) -> Self {
        Self {
            cutter: Cutter::default(),
            source,
            placed: Kept::default(),
            words: Kept::default(),
            field: Kept::default(),
            height: Kept::default(),
        }
    }

    /// The sticker whose longer edge has `side` pixels, with straight alpha.
    ///
    /// Numbers of the recipe out of range count as the nearest within it.
    pub fn render(&mut self, finish: &Finish, side: u32, fonts: &mut Fonts) -> Result<RgbaImage, FinishError> {
        let size = canvas(self.source.original.dimensions(), side).ok_or(FinishError::Empty)?;
        if finish.is_plain() {
            return Ok(layout::resized(&self.source.original, size));
        }
        let finish = finish.clone().fitted();
        let longer = size.0.max(size.1) as f32;
        let look = compose::Look::of(&finish, longer);
        let (cut_number, cut) = self.cutter.cut(&self.source, &finish.cutout);
        let margin = finish.placement.margin * longer;
        let reach = look.reach();
        let place = Place::of(&cut.extent, &finish.placement, size, look.room(margin));
        let (placed_number, placed) = self.placed.get((cut_number, place), || layout::draw(cut, &place, size));
        let (words_number, words) = if finish.caption.is_on() {
            let room = (reach + margin).ceil() as u32;
            let key = (finish.caption.clone(), [size.0, size.1, room, 0]);
            let (number, layer) =
                self.words.try_get(key, || caption::draw(&finish.caption, size, room as f32, fonts))?;
            (number, Some(layer))
        } else {
            (0, None)
        };
        let (field_number, field) = self.field.get((placed_number, words_number), || {
            contour::Field::of(size, |index| {
                let under = 1.0 - placed.alpha(index);
                1.0 - under * (1.0 - words.map_or(0.0, |words| words.alpha(index)))
            })
        });
        let height = finish.relief.is_on().then(|| {
            let key = (field_number, look.first.to_bits(), finish.relief.puff.to_bits());
            self.height.get(key, || relief::Height::of(field, size, look.first, finish.relief, longer)).1
        });
        Ok(compose::compose(size, placed, words, field, height, &look))
    }
}

/// Finishes a sticker once.
pub fn render(original: &RgbaImage, finish: &Finish, side: u32) -> Result<RgbaImage, FinishError> {
    Finisher::new(Source::of(original.clone())).render(finish, side, &mut Fonts::new())
}

/// Width and height of the finished picture: the proportions of the original, its longer edge `side` pixels.
pub fn canvas((width, height): (u32, u32), side: u32) -> Option<(u32, u32)> {
    let longer = width.max(height);
    if width == 0 || height == 0 || side == 0 {
        return None;
    }
    let scaled = |edge: u32| ((u64::from(edge) * u64::from(side) + u64::from(longer) / 2) / u64::from(longer)).max(1);
    Some((scaled(width) as u32, scaled(height) as u32))
}

/// How the original lies on the finished picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mapping {
    place: Place,
    original: (u32, u32),
    size: (u32, u32),
}

impl Mapping {
    /// A place of the finished picture as a place of the original, both as shares of width and height.
    pub fn to_original(&self, at: [f32; 2]) -> [f32; 2] {
        let (width, height) = self.size;
        let [x, y] = self.place.back([at[0] * width as f32, at[1] * height as f32]);
        [x / self.original.0 as f32, y / self.original.1 as f32]
    }

    /// The same as six numbers: `x' = a x + b y + c`, `y' = d x + e y + f`.
    pub fn affine(&self) -> [f32; 6] {
        let [zero, right, down] = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]].map(|at| self.to_original(at));
        [right[0] - zero[0], down[0] - zero[0], zero[0], right[1] - zero[1], down[1] - zero[1], zero[1]]
    }

    /// How long a share of the original's longer edge is on the finished picture, as a share of its longer edge.
    pub fn scale(&self) -> f32 {
        let longer = |(width, height): (u32, u32)| width.max(height) as f32;
        self.place.scale * longer(self.original) / longer(self.size)
    }
}

impl Finisher {
    /// How the original lies on the finished picture whose longer edge has `side` pixels.
    pub fn mapping(&mut self, finish: &Finish, side: u32) -> Option<Mapping> {
        let original = self.source.original.dimensions();
        let size = canvas(original, side)?;
        let longer = size.0.max(size.1) as f32;
        if finish.is_plain() {
            return Some(Mapping { place: Place::whole(original, size), original, size });
        }
        let finish = finish.clone().fitted();
        let look = compose::Look::of(&finish, longer);
        let (_, cut) = self.cutter.cut(&self.source, &finish.cutout);
        let extent: &Extent = &cut.extent;
        let place = Place::of(extent, &finish.placement, size, look.room(finish.placement.margin * longer));
        Some(Mapping { place, original, size })
    }
}
