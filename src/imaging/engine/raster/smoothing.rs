//! Smoothing that keeps edges: bilateral passes across and along the flow (Kyprianidis and Döllner, 2008).

use rayon::prelude::*;

use super::flow::Flow;
use super::plane::Plane;

/// A Lab picture, one array a pixel; the fourth lane is unused and keeps each pixel in one load.
#[derive(Clone, Debug)]
pub(in crate::engine) struct LabImage {
    /// Pixels in a row.
    pub(in crate::engine) width: usize,
    /// Rows of `[L, a, b, 0]`.
    pub(in crate::engine) pixels: Vec<[f32; 4]>,
}

impl LabImage {
    /// Joins three planes.
    pub(in crate::engine) fn join([l, a, b]: &[Plane; 3]) -> Self {
        let triples = l.values.iter().zip(&a.values).zip(&b.values);
        Self { width: l.width, pixels: triples.map(|((&l, &a), &b)| [l, a, b, 0.0]).collect() }
    }

    /// Takes the three planes apart.
    pub(in crate::engine) fn split(&self) -> [Plane; 3] {
        let (width, height) = (self.width, self.pixels.len() / self.width);
        [0, 1, 2].map(|c: usize| Plane { width, height, values: self.pixels.iter().map(|pixel| pixel[c]).collect() })
    }
}

/// Which way a pass runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Direction {
    /// At right angles to the edges: sharpens them.
    Across,
    /// Along the edges: straightens them.
    Along,
}

/// One pass.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Pass {
    /// Which way.
    pub(in crate::engine) direction: Direction,
    /// Standard deviation of the distance in pixels.
    pub(in crate::engine) spatial: f32,
    /// Colours this far apart in Oklab hardly mix.
    pub(in crate::engine) range: f32,
}

/// One smoothing pass where `mask` is above 0; elsewhere the picture is copied.
pub(in crate::engine) fn smoothed(source: &LabImage, flow: &Flow, pass: Pass, mask: &Plane) -> LabImage {
    let width = source.width;
    let height = source.pixels.len() / width;
    let radius = (2.0 * pass.spatial).round().max(1.0) as usize;
    let weights: Vec<f32> =
        (1..=radius).map(|k| (-((k * k) as f32) / (2.0 * pass.spatial * pass.spatial)).exp()).collect();
    let inverse = 0.25 / (pass.range * pass.range);
    let limit = [width as f32 - 1.001, height as f32 - 1.001];
    let mut out = source.clone();
    out.pixels.par_chunks_exact_mut(width).enumerate().for_each(|(y, row)| {
        let tangents = &flow.tangents[y * width..][..width];
        for ((x, target), (&inside, &[tx, ty])) in row.iter_mut().enumerate().zip(mask.row(y).iter().zip(tangents)) {
            if inside <= 0.0 {
                continue;
            }
            let step = if pass.direction == Direction::Along { [tx, ty] } else { [-ty, tx] };
            let centre = *target;
            let mut sum = centre;
            let mut total = 1.0;
            for (k, &weight) in weights.iter().enumerate() {
                let reach = (k + 1) as f32;
                for reach in [reach, -reach] {
                    let px = (x as f32 + step[0] * reach).clamp(0.0, limit[0]);
                    let py = (y as f32 + step[1] * reach).clamp(0.0, limit[1]);
                    let tap = bilinear(&source.pixels, width, px, py);
                    let (dl, da, db) = (tap[0] - centre[0], tap[1] - centre[1], tap[2] - centre[2]);
                    let apart = dl * dl + 2.0 * (da * da + db * db);
                    let alike = (1.0 - apart * inverse).max(0.0);
                    let weight = weight * alike * alike;
                    for (sum, tap) in sum.iter_mut().zip(tap) {
                        *sum += tap * weight;
                    }
                    total += weight;
                }
            }
            *target = sum.map(|v| v / total);
        }
    });
    out
}

/// The interpolated pixel; the caller keeps `x` and `y` inside.
#[inline]
fn bilinear(pixels: &[[f32; 4]], width: usize, x: f32, y: f32) -> [f32; 4] {
    let (left, top) = (x as usize, y as usize);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let index = top * width + left;
    let upper = &pixels[index..index + 2];
    let lower = &pixels[index + width..index + width + 2];
    let (k0, k1) = ((1.0 - fx) * (1.0 - fy), fx * (1.0 - fy));
    let (k2, k3) = ((1.0 - fx) * fy, fx * fy);
    let mut out = [0.0; 4];
    for (c, value) in out.iter_mut().enumerate() {
        *value = upper[0][c] * k0 + upper[1][c] * k1 + lower[0][c] * k2 + lower[1][c] * k3;
    }
    out
}

/// Line integral convolution (Cabral and Leedom, 1993): the Gaussian mean along the streamline through each pixel.
pub(in crate::engine) fn combed(source: &Plane, flow: &Flow, sigma: f32, mask: &Plane) -> Plane {
    let (width, height) = (source.width, source.height);
    // Along long streamlines every second pixel tells enough.
    let stride = (sigma / 5.0).clamp(1.0, 2.2);
    let steps = (2.0 * sigma / stride).ceil() as usize;
    let weights: Vec<f32> = (1..=steps).map(|k| (-(k as f32 * stride).powi(2) / (2.0 * sigma * sigma)).exp()).collect();
    let mut out = source.clone();
    out.values.par_chunks_exact_mut(width).enumerate().for_each(|(y, row)| {
        for (x, target) in row.iter_mut().enumerate() {
            if mask.values[y * width + x] <= 0.0 {
                continue;
            }
            let [tx, ty] = flow.tangents[y * width + x];
            let (mut sum, mut total) = (*target, 1.0);
            for [mut vx, mut vy] in [[tx, ty], [-tx, -ty]] {
                let (mut px, mut py) = (x as f32, y as f32);
                for &weight in &weights {
                    px += vx * stride;
                    py += vy * stride;
                    if px < 0.0 || py < 0.0 || px >= (width - 1) as f32 || py >= (height - 1) as f32 {
                        break;
                    }
                    let nearest = (py + 0.5) as usize * width + (px + 0.5) as usize;
                    if mask.values[nearest] <= 0.0 {
                        break;
                    }
                    sum += source.sample(px, py) * weight;
                    total += weight;
                    let [ax, ay] = flow.tangents[nearest];
                    let sign = if ax * vx + ay * vy < 0.0 { -1.0 } else { 1.0 };
                    (vx, vy) = (ax * sign, ay * sign);
                }
            }
            *target = sum / total;
        }
    });
    out
}
