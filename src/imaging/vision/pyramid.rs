//! A photo with halved copies, so that small network inputs never read millions of pixels.

use std::borrow::Cow;

use image::RgbImage;
use rayon::prelude::*;

/// Halving stops when the shorter edge is at most this long, in pixels.
const SMALLEST_EDGE: u32 = 400;

/// A photo and copies of half, a quarter, … its size.
#[derive(Debug)]
pub struct Pyramid<'a> {
    levels: Vec<Cow<'a, RgbImage>>,
}

/// A turned rectangle of the photo.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patch {
    /// Centre in photo pixels.
    pub(super) centre: [f32; 2],
    /// Width and height in photo pixels.
    pub(super) size: [f32; 2],
    /// Clockwise turn in radians.
    pub(super) angle: f32,
}

impl Patch {
    /// The photo pixel under the relative position `u, v` (0 to 1 each) of the patch.
    pub(super) fn to_photo(self, u: f32, v: f32) -> [f32; 2] {
        let (sine, cosine) = self.angle.sin_cos();
        let (x, y) = ((u - 0.5) * self.size[0], (v - 0.5) * self.size[1]);
        [self.centre[0] + x * cosine - y * sine, self.centre[1] + x * sine + y * cosine]
    }
}

impl<'a> Pyramid<'a> {
    /// Halves `photo` until it is small.
    pub fn of(photo: &'a RgbImage) -> Self {
        let mut levels = vec![Cow::Borrowed(photo)];
        loop {
            let last = &levels[levels.len() - 1];
            if last.width().min(last.height()) <= SMALLEST_EDGE {
                return Self { levels };
            }
            let half = halved(last);
            levels.push(Cow::Owned(half));
        }
    }

    /// Width of the photo in pixels.
    pub fn width(&self) -> f32 {
        self.levels[0].width() as f32
    }

    /// Height of the photo in pixels.
    pub fn height(&self) -> f32 {
        self.levels[0].height() as f32
    }

    /// The coarsest copy that still has at least one pixel for each `step` photo pixels, and its scale.
    pub fn level(&self, step: f32) -> (&RgbImage, f32) {
        let wanted = step.max(1.0).log2().floor() as usize;
        let index = wanted.min(self.levels.len() - 1);
        (&self.levels[index], 1.0 / (1_u32 << index) as f32)
    }

    /// A patch as `side` × `side` RGB triples from `low` (black) to `high` (white); black outside the photo.
    pub(super) fn read(&self, patch: Patch, side: usize, [low, high]: [f32; 2]) -> Vec<f32> {
        let step = patch.size[0].min(patch.size[1]) / side as f32;
        let (level, scale) = self.level(step);
        let patch = Patch { centre: patch.centre.map(|c| c * scale), size: patch.size.map(|s| s * scale), ..patch };
        let longest_step = patch.size[0].max(patch.size[1]) / side as f32;
        let taps = (longest_step.ceil() as usize).clamp(1, 6);
        let unit = (high - low) / (255.0 * (taps * taps) as f32);
        // The patch is turned as a whole, so its sides are worked out once.
        let corner = patch.to_photo(0.0, 0.0);
        let side_to = |[x, y]: [f32; 2]| [(x - corner[0]) / side as f32, (y - corner[1]) / side as f32];
        let (across, down) = (side_to(patch.to_photo(1.0, 0.0)), side_to(patch.to_photo(0.0, 1.0)));
        let mut out = vec![0.0; side * side * 3];
        out.par_chunks_exact_mut(side * 3).enumerate().for_each(|(y, row)| {
            for (x, pixel) in row.as_chunks_mut::<3>().0.iter_mut().enumerate() {
                let mut sum = [0.0; 3];
                for tap in 0..taps * taps {
                    let u = x as f32 + ((tap % taps) as f32 + 0.5) / taps as f32;
                    let v = y as f32 + ((tap / taps) as f32 + 0.5) / taps as f32;
                    let [px, py] = [0, 1].map(|axis: usize| corner[axis] + u * across[axis] + v * down[axis]);
                    add_bilinear(level, px - 0.5, py - 0.5, &mut sum);
                }
                *pixel = sum.map(|value| low + value * unit);
            }
        });
        out
    }
}

/// Each pixel the rounded mean of four.
fn halved(photo: &RgbImage) -> RgbImage {
    let (width, height) = (photo.width() / 2, photo.height() / 2);
    let source = photo.as_raw();
    let source_row = photo.width() as usize * 3;
    let mut out = RgbImage::new(width, height);
    out.par_chunks_exact_mut(width as usize * 3).enumerate().for_each(|(y, row)| {
        let upper = &source[2 * y * source_row..][..source_row];
        let lower = &source[(2 * y + 1) * source_row..][..source_row];
        for ((target, above), below) in row.chunks_exact_mut(3).zip(upper.chunks_exact(6)).zip(lower.chunks_exact(6)) {
            for c in 0..3 {
                let sum = above[c] as u16 + above[c + 3] as u16 + below[c] as u16 + below[c + 3] as u16;
                target[c] = ((sum + 2) / 4) as u8;
            }
        }
    });
    out
}

/// Adds the interpolated colour at `x, y` (pixel centres on integers), 0 to 255, nothing outside.
fn add_bilinear(photo: &RgbImage, x: f32, y: f32, sum: &mut [f32; 3]) {
    let (width, height) = (photo.width() as f32, photo.height() as f32);
    if x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5 {
        return;
    }
    let (x, y) = (x.clamp(0.0, width - 1.0), y.clamp(0.0, height - 1.0));
    let (left, top) = (x as usize, y as usize);
    let right = (left + 1).min(photo.width() as usize - 1);
    let bottom = (top + 1).min(photo.height() as usize - 1);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let row = photo.width() as usize;
    let pixels = photo.as_raw();
    let corners = [
        (top * row + left, (1.0 - fx) * (1.0 - fy)),
        (top * row + right, fx * (1.0 - fy)),
        (bottom * row + left, (1.0 - fx) * fy),
        (bottom * row + right, fx * fy),
    ];
    for (index, weight) in corners {
        for (total, &value) in sum.iter_mut().zip(&pixels[index * 3..index * 3 + 3]) {
            *total += value as f32 * weight;
        }
    }
}
