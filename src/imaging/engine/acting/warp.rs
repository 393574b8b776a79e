//! Carries the painting along with the mesh: moving least squares (Schaefer, `McPhail` and Warren, 2006), affine, read
//! backwards, on a coarse grid.

use rayon::prelude::*;

use super::face::Axes;
use crate::engine::raster::geometry::{Point, PolygonRow, bounds, centroid};
use crate::engine::raster::plane::smoothstep;
use crate::vision::landmarks::{LEFT_EYE, OVAL, RIGHT_EYE};

/// Grid cells per face height.
const CELLS: f32 = 44.0;
/// The ring around the oval on which nothing moves any more, as a multiple of the oval.
const RING: f32 = 1.50;
/// How far inside the ring movement begins to fade, in face heights.
const FADES_OVER: f32 = 0.10;
/// Points nearer than this count alike, in face heights.
const BLUNT: f32 = 0.012;

/// Where each place of the posed face is read from in the photo.
#[derive(Clone, Debug)]
pub(super) struct Displacement {
    origin: Point,
    step: f32,
    columns: usize,
    rows: usize,
    /// From a place to where it is read, in pixels.
    ways: Vec<Point>,
}

impl Displacement {
    /// The way back from the `posed` mesh to the `own` one.
    pub(super) fn of(own: &[Point], posed: &[Point], axes: &Axes) -> Self {
        let oval: Vec<Point> = OVAL.iter().map(|&number| own[number]).collect();
        let middle = centroid(&oval);
        let ring: Vec<Point> =
            oval.iter().map(|p| [0, 1].map(|axis: usize| middle[axis] + RING * (p[axis] - middle[axis]))).collect();
        // Lids are drawn, and what they do would tear the skin around them.
        let is_lid = |number: usize| RIGHT_EYE.contains(&number) || LEFT_EYE.contains(&number);
        let mut pairs: Vec<[Point; 2]> =
            (0..own.len()).filter(|&number| !is_lid(number)).map(|number| [posed[number], own[number]]).collect();
        pairs.extend(ring.iter().map(|&fixed| [fixed, fixed]));
        let [left, top, right, bottom] = bounds(&ring, 0.0);
        let step = axes.unit / CELLS;
        let columns = ((right - left) / step).ceil() as usize + 2;
        let rows = ((bottom - top) / step).ceil() as usize + 2;
        let blunt = (BLUNT * axes.unit).powi(2);
        let mut ways = vec![[0.0; 2]; rows * columns];
        ways.par_chunks_exact_mut(columns).enumerate().for_each(|(row, ways)| {
            let y = top + row as f32 * step;
            let outline = PolygonRow::new(&ring, y, FADES_OVER * axes.unit);
            for (column, way) in ways.iter_mut().enumerate() {
                let at = [left + column as f32 * step, y];
                let share = smoothstep(0.0, -FADES_OVER * axes.unit, outline.distance(at[0]));
                if share > 0.0 {
                    let source = moved(&pairs, at, blunt);
                    *way = [share * (source[0] - at[0]), share * (source[1] - at[1])];
                }
            }
        });
        Self { origin: [left, top], step, columns, rows, ways }
    }

    /// Where the place `at` is read from.
    pub(super) fn source(&self, at: Point) -> Point {
        let (x, y) = ((at[0] - self.origin[0]) / self.step, (at[1] - self.origin[1]) / self.step);
        if x < 0.0 || y < 0.0 || x >= (self.columns - 1) as f32 || y >= (self.rows - 1) as f32 {
            return at;
        }
        let (column, row) = (x as usize, y as usize);
        let (fx, fy) = (x - column as f32, y - row as f32);
        let index = row * self.columns + column;
        let way = |axis: usize| {
            let corner = |offset: usize| self.ways[index + offset][axis];
            let above = corner(0) + (corner(1) - corner(0)) * fx;
            let below = corner(self.columns) + (corner(self.columns + 1) - corner(self.columns)) * fx;
            above + (below - above) * fy
        };
        [at[0] + way(0), at[1] + way(1)]
    }
}

/// The affine movement at `at` that fits the pairs near it best.
fn moved(pairs: &[[Point; 2]], at: Point, blunt: f32) -> Point {
    let mut total = 0.0;
    let (mut p, mut q) = ([0.0; 2], [0.0; 2]);
    let mut weights = Vec::with_capacity(pairs.len());
    for [from, to] in pairs {
        let (dx, dy) = (from[0] - at[0], from[1] - at[1]);
        let weight = (dx * dx + dy * dy + blunt).powi(-2);
        weights.push(weight);
        total += weight;
        for axis in 0..2 {
            p[axis] += weight * from[axis];
            q[axis] += weight * to[axis];
        }
    }
    let (p, q) = (p.map(|v| v / total), q.map(|v| v / total));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    let mut cross = [[0.0; 2]; 2];
    for ([from, to], weight) in pairs.iter().zip(weights) {
        let (px, py) = (from[0] - p[0], from[1] - p[1]);
        let (qx, qy) = (to[0] - q[0], to[1] - q[1]);
        xx += weight * px * px;
        xy += weight * px * py;
        yy += weight * py * py;
        cross[0][0] += weight * px * qx;
        cross[0][1] += weight * px * qy;
        cross[1][0] += weight * py * qx;
        cross[1][1] += weight * py * qy;
    }
    let determinant = xx * yy - xy * xy;
    if determinant <= 1e-6 * (xx + yy).powi(2) {
        return [q[0] + at[0] - p[0], q[1] + at[1] - p[1]];
    }
    let (vx, vy) = (at[0] - p[0], at[1] - p[1]);
    // The row vector (v M) with M = (Σ w p̂ᵀp̂)⁻¹ Σ w p̂ᵀq̂.
    let (ix, iy) = ((vx * yy - vy * xy) / determinant, (vy * xx - vx * xy) / determinant);
    [0, 1].map(|axis: usize| q[axis] + ix * cross[0][axis] + iy * cross[1][axis])
}
