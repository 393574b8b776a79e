//! A head that leans: everything near the face turns around its middle, and the less the farther away it is.

use super::face::Axes;
use crate::engine::raster::geometry::{Point, distance};
use crate::engine::raster::plane::smoothstep;

/// How far a head leans at most, in radians.
const LEAN: f32 = 0.17;
/// Nearer to the middle of the face than the first, in face heights, all leans alike; beyond the second nothing does.
const REACH: [f32; 2] = [0.70, 1.20];

/// The lean of one head.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tilt {
    middle: Point,
    unit: f32,
    angle: f32,
}

impl Tilt {
    /// Towards the person's left shoulder by this share of what a head does; none for none.
    pub(super) fn of(axes: &Axes, middle: Point, amount: f32) -> Option<Self> {
        (amount != 0.0).then_some(Self { middle, unit: axes.unit, angle: LEAN * amount })
    }

    /// Where a place of the upright head comes to lie.
    pub(super) fn carried(&self, at: Point) -> Point {
        self.turned(at, 1.0)
    }

    /// Where what lies at a place of the leaning head comes from.
    pub(super) fn source(&self, at: Point) -> Point {
        self.turned(at, -1.0)
    }

    /// Turning keeps the distance from the middle, so there and back use the same share.
    fn turned(&self, at: Point, sign: f32) -> Point {
        let share = smoothstep(REACH[1], REACH[0], distance(at, self.middle) / self.unit);
        if share == 0.0 {
            return at;
        }
        let (sine, cosine) = (sign * share * self.angle).sin_cos();
        let [dx, dy] = [at[0] - self.middle[0], at[1] - self.middle[1]];
        [self.middle[0] + dx * cosine - dy * sine, self.middle[1] + dx * sine + dy * cosine]
    }
}
