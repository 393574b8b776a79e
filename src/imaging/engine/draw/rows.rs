//! A row of the fields with its neighbours: how steep they are, and what a pixel shows.

use super::painting::{LANES, lane};
use crate::engine::raster::plane::{length, smoothstep};
use crate::engine::style::grade::Shares;

/// The lanes of a row and of its neighbours above and below.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Rows<'a> {
    pub(in crate::engine) above: &'a [[f32; LANES]],
    pub(in crate::engine) here: &'a [[f32; LANES]],
    pub(in crate::engine) below: &'a [[f32; LANES]],
}

impl Rows<'_> {
    /// Length of the gradient of a lane at column `x`, per canvas pixel.
    pub(super) fn slope(&self, lane: usize, x: usize) -> f32 {
        let left = self.here[x.saturating_sub(1)][lane];
        let right = self.here[(x + 1).min(self.here.len() - 1)][lane];
        0.5 * length(right - left, self.below[x][lane] - self.above[x][lane])
    }
}

/// Regions with crisp borders: first person against clothes, then hair against skin, so that no third thing lies
/// between two.
pub(super) fn shares(x: usize, rows: Rows<'_>, edge: f32) -> Shares {
    let (skin, hair) = (rows.here[x][lane::SKIN], rows.here[x][lane::HAIR]);
    let (skin_slope, hair_slope) = (rows.slope(lane::SKIN, x), rows.slope(lane::HAIR, x));
    let crisp = |slope: f32, value: f32| {
        let half_width = slope.clamp(0.01, 0.45) * edge;
        smoothstep(-half_width, half_width, value)
    };
    let person = crisp(skin_slope.max(hair_slope), skin + hair - 0.5);
    let is_hair = crisp(skin_slope + hair_slope, hair - skin);
    Shares { skin: person * (1.0 - is_hair), hair: person * is_hair, cloth: 1.0 - person }
}
