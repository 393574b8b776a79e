//! The square of the photo around head and bust, in which everything is measured in face heights.

use super::shape::BUST;
use crate::engine::raster::geometry::{Point, centroid, distance};
use crate::engine::raster::plane::Plane;
use crate::engine::raster::resample::window;
use crate::vision::landmarks::{CHIN, FOREHEAD, OVAL};
use crate::vision::{Face, Pyramid};

/// Edge of the square in face heights (hairline to chin), and the longest one, for hats and high hair.
const SPAN: [f32; 2] = [3.5, 4.6];
/// How far below the middle of the face the middle of the square lies at most, in face heights.
const LOWERED: f32 = 0.12;
/// Room between the head and the square's edges, in face heights.
const ROOM: f32 = 0.14;
/// How far aside of the chin the shoulders' middle may lie, in face heights.
const MOST_ASIDE: f32 = 0.5;
/// Room below the bust, in face heights.
const ROOM_BELOW: f32 = 0.08;

/// How far hair and hat of a head reach, in photo pixels.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct HeadExtent {
    /// The row at which they end.
    pub(in crate::engine) top: f32,
    /// Leftmost column above the chin.
    pub(in crate::engine) left: f32,
    /// Rightmost column above the chin.
    pub(in crate::engine) right: f32,
}

/// The working square. Pixel centres lie on integers.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Frame {
    /// Edge in pixels.
    pub(in crate::engine) side: usize,
    /// Photo position of the upper left corner.
    pub(in crate::engine) origin: Point,
    /// Photo pixels per pixel of the square.
    pub(in crate::engine) step: f32,
    /// Height of the face from hairline to chin, in pixels of the square: the unit of every size.
    pub(in crate::engine) unit: f32,
    /// Red, green and blue, 0 to 1 in sRGB.
    pub(in crate::engine) rgb: [Plane; 3],
    /// The points of the mesh in the square.
    pub(in crate::engine) points: Vec<Point>,
    /// The column in the middle of head and chin, under which the shoulders are.
    pub(in crate::engine) middle_x: f32,
    /// Width and height of the photo in its pixels.
    pub(in crate::engine) photo_size: Point,
}

impl Frame {
    /// Cuts the square around `face`, whose hair or hat reaches as far as `head`, out of the photo, `side` pixels wide.
    pub(in crate::engine) fn around(photo: &Pyramid<'_>, face: &Face, head: HeadExtent, side: usize) -> Self {
        let unit = distance(face.points[FOREHEAD], face.points[CHIN]);
        let oval: Vec<Point> = OVAL.iter().map(|&i| face.points[i]).collect();
        let middle_y = f32::midpoint(face.points[FOREHEAD][1], face.points[CHIN][1]);
        let [usual, longest] = SPAN;
        let room = ROOM * unit;
        // A high head first takes the room that is to spare below the bust, then more.
        let lowest = face.points[CHIN][1] + (BUST + ROOM_BELOW) * unit;
        let (high, wide) = (lowest - head.top + room, head.right - head.left + 2.0 * room);
        let span = (high.max(wide) / unit).clamp(usual, longest);
        let top = (head.top - room).max(lowest - span * unit).min(middle_y + (LOWERED - usual / 2.0) * unit);
        let step = span * unit / side as f32;
        // The face in the middle, unless the back of a head would be left out.
        let half = span * unit / 2.0;
        let middle_x = centroid(&oval)[0];
        let middle_x = middle_x.max(head.right + room - half).min((head.left - room + half).max(middle_x - half / 2.0));
        let origin = [middle_x - half, top];
        // Halved copies save work, but the last factor of two is left to the better filter.
        let (level, scale) = photo.level(step / 2.0);
        let rgb = window(level, origin.map(|o| o * scale), step * scale, side);
        let points: Vec<Point> =
            face.points.iter().map(|p| [0, 1].map(|axis| (p[axis] - origin[axis]) / step - 0.5)).collect();
        let reach = MOST_ASIDE * unit / step;
        let head_x = (f32::midpoint(head.left, head.right) - origin[0]) / step - 0.5;
        let middle_x = f32::midpoint(points[CHIN][0], head_x).clamp(points[CHIN][0] - reach, points[CHIN][0] + reach);
        Self {
            middle_x,
            side,
            origin,
            step,
            unit: unit / step,
            rgb,
            points,
            photo_size: [photo.width(), photo.height()],
        }
    }

    /// The same square at half the resolution.
    pub(in crate::engine) fn halved(&self) -> Self {
        Self {
            side: self.side / 2,
            step: self.step * 2.0,
            unit: self.unit / 2.0,
            rgb: [0, 1, 2].map(|channel| self.rgb[channel].halved()),
            middle_x: 0.5 * self.middle_x - 0.25,
            points: self.points.iter().map(|p| p.map(|c| 0.5 * c - 0.25)).collect(),
            ..*self
        }
    }

    /// The photo position of a position in the square.
    pub(in crate::engine) fn to_photo(&self, [x, y]: Point) -> Point {
        [self.origin[0] + (x + 0.5) * self.step, self.origin[1] + (y + 0.5) * self.step]
    }

    /// The position in the square of a position in the photo.
    pub(in crate::engine) fn place_of(&self, [x, y]: Point) -> Point {
        [(x - self.origin[0]) / self.step - 0.5, (y - self.origin[1]) / self.step - 0.5]
    }

    /// The points with these numbers.
    pub(in crate::engine) fn line(&self, numbers: &[usize]) -> Vec<Point> {
        numbers.iter().map(|&number| self.points[number]).collect()
    }

    /// 1 where the square lies on the photo, else 0.
    pub(in crate::engine) fn on_photo(&self) -> Plane {
        let [width, height] = self.photo_size;
        Plane::from_fn(self.side, self.side, |x, y| {
            let [px, py] = self.to_photo([x as f32, y as f32]);
            f32::from(px >= 0.0 && py >= 0.0 && px < width && py < height)
        })
    }
}
