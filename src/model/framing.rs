//! How a photo is framed: turned, cropped, padded. Pure arithmetic in pixels of the upright, turned photo.

use serde::{Deserialize, Serialize};

/// The shortest edge of a crop in photo pixels, and the least of the photo that stays in it.
const LEAST: f32 = 16.0;

/// The longest edge of a crop, in longest edges of the photo.
const MOST: f32 = 3.0;

/// A rectangle in pixels of the photo; it may reach beyond the photo's edges.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crop {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// The proportion that a crop keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ratio {
    /// Any.
    #[default]
    Free,
    /// 1:1.
    Square,
    /// 4:5, upright.
    FourFive,
    /// 3:4, upright.
    ThreeFour,
    /// 9:16, upright.
    NineSixteen,
    /// That of the sticker to be made.
    Recipe,
}

/// Which edges of a crop are dragged: -1 is left or top, 1 is right or bottom, 0 is neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Handle {
    /// The edge across.
    pub x: i8,
    /// The edge along.
    pub y: i8,
}

/// What a person has decided about a photo; the default is what the program proposes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Framing {
    /// Quarter turns clockwise, 0 to 3, made before the crop.
    pub quarter_turns: u8,
    /// The crop as it was drawn; `None` goes around the chosen face.
    pub crop: Option<Crop>,
    /// Does a crop around the face reach beyond the photo where it is too tight?
    pub padded: bool,
    /// The proportion of the crop.
    pub ratio: Ratio,
    /// The colour beyond the photo's edges, sRGB.
    pub padding: [u8; 3],
}

impl Ratio {
    /// All of them, as they are offered.
    pub const ALL: [Self; 6] =
        [Self::Free, Self::Square, Self::FourFive, Self::ThreeFour, Self::NineSixteen, Self::Recipe];

    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Square => "1:1",
            Self::FourFive => "4:5",
            Self::ThreeFour => "3:4",
            Self::NineSixteen => "9:16",
            Self::Recipe => "As the sticker",
        }
    }

    /// Width over height; `None` for any. `recipe` is the sticker's width and height.
    pub fn aspect(self, recipe: (u32, u32)) -> Option<f32> {
        match self {
            Self::Free => None,
            Self::Square => Some(1.0),
            Self::FourFive => Some(0.8),
            Self::ThreeFour => Some(0.75),
            Self::NineSixteen => Some(9.0 / 16.0),
            Self::Recipe => Some(recipe.0.max(1) as f32 / recipe.1.max(1) as f32),
        }
    }
}

impl Handle {
    /// The four corners, then the four edges.
    pub const ALL: [Self; 8] = [
        Self { x: -1, y: -1 },
        Self { x: 1, y: -1 },
        Self { x: 1, y: 1 },
        Self { x: -1, y: 1 },
        Self { x: 0, y: -1 },
        Self { x: 1, y: 0 },
        Self { x: 0, y: 1 },
        Self { x: -1, y: 0 },
    ];

    /// How many of [`Handle::ALL`] are corners.
    pub const CORNERS: usize = 4;

    /// The bottom right corner.
    pub const LAST_CORNER: Self = Self::ALL[2];
}

impl Default for Framing {
    fn default() -> Self {
        Self { quarter_turns: 0, crop: None, padded: false, ratio: Ratio::Free, padding: [255; 3] }
    }
}

impl Framing {
    /// Is the photo left as it came? Then a link may be sent as it is.
    pub fn is_untouched(&self) -> bool {
        Self { padding: Self::default().padding, ..*self } == Self::default()
    }

    /// The same after so many more quarter turns clockwise of a photo of this size.
    #[must_use]
    pub fn turned(self, quarter_turns: u8, photo: (u32, u32)) -> Self {
        let crop = self.crop.map(|crop| crop.turned(quarter_turns, photo));
        Self { quarter_turns: (self.quarter_turns + quarter_turns) % 4, crop, ..self }
    }
}

impl Crop {
    /// All of a photo.
    pub const fn whole(photo: (u32, u32)) -> Self {
        Self { left: 0.0, top: 0.0, width: photo.0 as f32, height: photo.1 as f32 }
    }

    /// Right edge.
    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f32 {
        self.top + self.height
    }

    /// The least rectangle around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { left, top, width: right - left, height: bottom - top }
    }

    /// The same with its edges on whole pixels, at least one apart.
    #[must_use]
    pub fn rounded(&self) -> Self {
        let (left, top) = (self.left.round(), self.top.round());
        let (right, bottom) = (self.right().round(), self.bottom().round());
        Self { left, top, width: (right - left).max(1.0), height: (bottom - top).max(1.0) }
    }

    /// Moved by so many pixels, but never so far that nothing of the photo is left in it.
    #[must_use]
    pub fn moved(&self, [x, y]: [f32; 2], photo: (u32, u32)) -> Self {
        let stay = |edge: f32, length: f32, photo: u32| {
            let least = LEAST.min(length).min(photo as f32);
            edge.clamp(least - length, photo as f32 - least)
        };
        let left = stay(self.left + x, self.width, photo.0);
        let top = stay(self.top + y, self.height, photo.1);
        Self { left, top, ..*self }
    }

    /// With the edges of `handle` dragged by so many pixels; with an `aspect` the proportion is kept.
    ///
    /// The opposite corner or edge stays where it is. A drag that would leave nothing of the photo changes nothing.
    #[must_use]
    pub fn resized(&self, handle: Handle, [x, y]: [f32; 2], aspect: Option<f32>, photo: (u32, u32)) -> Self {
        let (sign_x, sign_y) = (f32::from(handle.x), f32::from(handle.y));
        let most = photo.0.max(photo.1) as f32 * MOST;
        let free = |length: f32, by: f32| (length + by).clamp(LEAST.min(length), most.max(length));
        let (mut width, mut height) = (free(self.width, sign_x * x), free(self.height, sign_y * y));
        if let Some(aspect) = aspect {
            // The edge that was dragged further decides.
            width = match (handle.x, handle.y) {
                (0, _) => height * aspect,
                (_, 0) => width,
                _ => width.max(height * aspect),
            };
            width = width.max(LEAST.min(self.width)).max(LEAST.min(self.height) * aspect);
            height = width / aspect;
        }
        // Where an edge is not dragged, the middle stays.
        let left = self.left + (self.width - width) * (1.0 - sign_x) / 2.0;
        let top = self.top + (self.height - height) * (1.0 - sign_y) / 2.0;
        let resized = Self { left, top, width, height };
        if resized.shows(photo) { resized } else { *self }
    }

    /// The nearest crop of this proportion: grown around the same middle, within a photo that has the room for it.
    #[must_use]
    pub fn with_aspect(&self, aspect: f32, photo: (u32, u32)) -> Self {
        if (self.width / self.height - aspect).abs() < 1e-3 {
            return *self;
        }
        let (photo_width, photo_height) = (photo.0 as f32, photo.1 as f32);
        let grown = self.width.max(self.height * aspect);
        // A crop that lies in the photo stays there; one that reaches beyond is padded already.
        let inside = Self::whole(photo).union(self) == Self::whole(photo);
        let width = if inside { grown.min(photo_width).min(photo_height * aspect) } else { grown };
        let height = width / aspect;
        let (mut left, mut top) = (self.left + (self.width - width) / 2.0, self.top + (self.height - height) / 2.0);
        if inside {
            left = left.clamp(0.0, photo_width - width);
            top = top.clamp(0.0, photo_height - height);
        }
        Self { left, top, width, height }
    }

    /// Where the crop lies after so many quarter turns clockwise of a photo of this size.
    #[must_use]
    pub fn turned(&self, quarter_turns: u8, (width, height): (u32, u32)) -> Self {
        let (photo_width, photo_height) = (width as f32, height as f32);
        match quarter_turns % 4 {
            0 => *self,
            1 => Self { left: photo_height - self.bottom(), top: self.left, width: self.height, height: self.width },
            2 => Self { left: photo_width - self.right(), top: photo_height - self.bottom(), ..*self },
            _ => Self { left: self.top, top: photo_width - self.right(), width: self.height, height: self.width },
        }
    }

    /// Is enough of the photo in it?
    fn shows(&self, photo: (u32, u32)) -> bool {
        let shared = |edge: f32, length: f32, photo: u32| {
            (edge + length).min(photo as f32) - edge.max(0.0) >= LEAST.min(length).min(photo as f32) - 0.5
        };
        shared(self.left, self.width, photo.0) && shared(self.top, self.height, photo.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHOTO: (u32, u32) = (400, 300);

    fn crop(left: f32, top: f32, width: f32, height: f32) -> Crop {
        Crop { left, top, width, height }
    }

    #[test]
    fn a_crop_moves_freely_but_always_keeps_some_of_the_photo() {
        let start = crop(100.0, 100.0, 100.0, 80.0);
        assert_eq!(start.moved([10.0, -20.0], PHOTO), crop(110.0, 80.0, 100.0, 80.0));
        assert_eq!(start.moved([-5000.0, 5000.0], PHOTO), crop(16.0 - 100.0, 300.0 - 16.0, 100.0, 80.0));
    }

    #[test]
    fn a_dragged_corner_leaves_the_opposite_one_where_it_is() {
        let start = crop(100.0, 100.0, 100.0, 80.0);
        let corner = Handle { x: -1, y: -1 };
        assert_eq!(start.resized(corner, [-20.0, 30.0], None, PHOTO), crop(80.0, 130.0, 120.0, 50.0));
        let least = start.resized(Handle::LAST_CORNER, [-5000.0, -5000.0], None, PHOTO);
        assert_eq!(least, crop(100.0, 100.0, LEAST, LEAST));
    }

    #[test]
    fn a_locked_proportion_survives_every_handle() {
        let start = crop(100.0, 100.0, 80.0, 100.0);
        for handle in Handle::ALL {
            for by in [[30.0, 7.0], [-25.0, 40.0], [-5000.0, -5000.0]] {
                let resized = start.resized(handle, by, Some(0.8), PHOTO);
                assert!((resized.width / resized.height - 0.8).abs() < 1e-3, "{handle:?} {by:?}: {resized:?}");
            }
        }
        let edge = start.resized(Handle { x: 1, y: 0 }, [40.0, 0.0], Some(0.8), PHOTO);
        assert_eq!(edge, crop(100.0, 75.0, 120.0, 150.0));
    }

    #[test]
    fn a_drag_that_would_leave_only_padding_changes_nothing() {
        let start = crop(-90.0, 100.0, 200.0, 80.0);
        let right = Handle { x: 1, y: 0 };
        assert_eq!(start.resized(right, [-120.0, 0.0], None, PHOTO), start);
        assert_eq!(start.resized(right, [-20.0, 0.0], None, PHOTO).width, 180.0);
    }

    #[test]
    fn a_proportion_grows_the_crop_and_stays_in_the_photo() {
        assert_eq!(crop(100.0, 100.0, 100.0, 50.0).with_aspect(1.0, PHOTO), crop(100.0, 75.0, 100.0, 100.0));
        assert_eq!(crop(0.0, 0.0, 100.0, 50.0).with_aspect(1.0, PHOTO), crop(0.0, 0.0, 100.0, 100.0));
        let all = Crop::whole(PHOTO).with_aspect(1.0, PHOTO);
        assert_eq!(all, crop(50.0, 0.0, 300.0, 300.0));
        let padded = crop(-50.0, 0.0, 100.0, 50.0).with_aspect(1.0, PHOTO);
        assert_eq!(padded, crop(-50.0, -25.0, 100.0, 100.0));
        assert_eq!(padded.with_aspect(1.0, PHOTO), padded);
    }

    #[test]
    fn four_quarter_turns_lead_back() {
        let start = crop(10.0, 20.0, 100.0, 50.0);
        assert_eq!(start.turned(1, PHOTO), crop(230.0, 10.0, 50.0, 100.0));
        let mut framing = Framing { crop: Some(start), ..Framing::default() };
        let mut size = PHOTO;
        for _ in 0..4 {
            assert_eq!(framing.crop.unwrap().turned(3, size).turned(1, (size.1, size.0)), framing.crop.unwrap());
            framing = framing.turned(1, size);
            size = (size.1, size.0);
        }
        assert_eq!(framing, Framing { crop: Some(start), ..Framing::default() });
        assert_eq!(start.turned(2, PHOTO), start.turned(1, PHOTO).turned(1, (300, 400)));
    }

    #[test]
    fn only_a_colour_leaves_a_photo_untouched() {
        assert!(Framing { padding: [0; 3], ..Framing::default() }.is_untouched());
        let touched = [
            Framing { quarter_turns: 1, ..Framing::default() },
            Framing { crop: Some(Crop::whole(PHOTO)), ..Framing::default() },
            Framing { padded: true, ..Framing::default() },
            Framing { ratio: Ratio::Square, ..Framing::default() },
        ];
        assert!(touched.iter().all(|framing| !framing.is_untouched()));
    }
}
