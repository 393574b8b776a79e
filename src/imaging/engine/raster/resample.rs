//! Changing the size of planes and cutting windows out of them.

use std::ops::Range;

use image::RgbImage;
use rayon::prelude::*;

use super::plane::Plane;

/// Which source pixels, and how much of each, make one pixel along one axis.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Taps {
    /// The first source pixel of each target pixel, before clamping to the edge.
    starts: Vec<isize>,
    /// Weights of each target pixel, all equally many.
    weights: Vec<f32>,
    /// Weights for each target pixel.
    each: usize,
}

/// The kernel of a resampling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Kernel {
    /// Lanczos with three lobes: sharp, for photos.
    Lanczos,
    /// Mitchell and Netravali's cubic with B = C = 1/3: no ringing, for fields that are thresholded.
    Mitchell,
}

impl Kernel {
    /// Half its width in source pixels, when enlarging.
    fn radius(self) -> f32 {
        match self {
            Self::Lanczos => 3.0,
            Self::Mitchell => 2.0,
        }
    }

    fn weight(self, t: f32) -> f32 {
        let t = t.abs();
        match self {
            Self::Lanczos if t < 1e-5 => 1.0,
            Self::Lanczos if t >= 3.0 => 0.0,
            Self::Lanczos => {
                let p = std::f32::consts::PI * t;
                3.0 * p.sin() * (p / 3.0).sin() / (p * p)
            }
            Self::Mitchell if t < 1.0 => (7.0 * t * t * t - 12.0 * t * t + 16.0 / 3.0) / 6.0,
            Self::Mitchell if t < 2.0 => (-7.0 / 3.0 * t * t * t + 12.0 * t * t - 20.0 * t + 32.0 / 3.0) / 6.0,
            Self::Mitchell => 0.0,
        }
    }
}

impl Taps {
    /// Taps for `count` target pixels, each `step` source pixels wide, from the source position `origin` on.
    pub(in crate::engine) fn new(kernel: Kernel, origin: f32, step: f32, count: usize) -> Self {
        let stretch = step.max(1.0);
        let reach = kernel.radius() * stretch;
        // So many whole positions lie strictly inside the kernel, which is 0 at its ends.
        let each = (2.0 * reach).ceil() as usize;
        let mut starts = Vec::with_capacity(count);
        let mut weights = Vec::with_capacity(count * each);
        for i in 0..count {
            let centre = origin + (i as f32 + 0.5) * step - 0.5;
            let start = (centre - reach).ceil();
            starts.push(start as isize);
            let first = weights.len();
            weights.extend((0..each).map(|j| kernel.weight((start + j as f32 - centre) / stretch)));
            let total: f32 = weights[first..].iter().sum();
            for weight in &mut weights[first..] {
                *weight /= total;
            }
        }
        Self { starts, weights, each }
    }

    /// Target pixels.
    pub(in crate::engine) fn count(&self) -> usize {
        self.starts.len()
    }

    /// First source pixel and weights of one target pixel.
    #[inline]
    pub(in crate::engine) fn of(&self, index: usize) -> (isize, &[f32]) {
        (self.starts[index], &self.weights[index * self.each..][..self.each])
    }

    /// One row resampled, read from `source`.
    fn row(&self, source: &[f32], target: &mut [f32]) {
        let last = source.len() as isize - 1;
        // The last start whose taps all lie inside; below zero where the source is narrower than the kernel.
        let inner = source.len() as isize - self.each as isize;
        for (i, value) in target.iter_mut().enumerate() {
            let (start, weights) = self.of(i);
            *value = if start >= 0 && start <= inner {
                let taps = &source[start as usize..][..weights.len()];
                taps.iter().zip(weights).map(|(v, w)| v * w).sum()
            } else {
                let tap = |j: usize| source[(start + j as isize).clamp(0, last) as usize];
                weights.iter().enumerate().map(|(j, w)| tap(j) * w).sum()
            };
        }
    }

    /// The target pixels that read any of these source pixels.
    pub(in crate::engine) fn readers(&self, source: &Range<usize>) -> Range<usize> {
        let first = self.starts.partition_point(|start| start + self.each as isize <= source.start as isize);
        let end = self.starts.partition_point(|&start| start < source.end as isize);
        first..end.max(first)
    }

    /// Some pixels of a row, with several numbers each.
    pub(in crate::engine) fn pixels<const N: usize>(
        &self,
        source: &[[f32; N]],
        targets: Range<usize>,
        out: &mut [[f32; N]],
    ) {
        let last = source.len() as isize - 1;
        for i in targets {
            let (start, weights) = self.of(i);
            let sums = &mut out[i];
            *sums = [0.0; N];
            for (j, &weight) in weights.iter().enumerate() {
                let pixel = &source[(start + j as isize).clamp(0, last) as usize];
                for (sum, &value) in sums.iter_mut().zip(pixel) {
                    *sum += value * weight;
                }
            }
        }
    }

    /// The target row `y` from the rows of `source`.
    fn column(&self, source: &Plane, y: usize, target: &mut [f32]) {
        let (start, weights) = self.of(y);
        target.fill(0.0);
        for (j, &weight) in weights.iter().enumerate() {
            let y = (start + j as isize).clamp(0, source.height as isize - 1) as usize;
            if weight != 0.0 {
                for (sum, &value) in target.iter_mut().zip(source.row(y)) {
                    *sum += value * weight;
                }
            }
        }
    }
}

/// A plane already resampled across, from which single rows of the result are made on demand.
#[derive(Debug)]
pub(in crate::engine) struct Stretched {
    across: Plane,
}

impl Stretched {
    /// Resamples the rows of `plane`.
    pub(in crate::engine) fn new(plane: &Plane, across: &Taps) -> Self {
        let width = across.count();
        let mut out = Plane::filled(width, plane.height, 0.0);
        out.values.par_chunks_exact_mut(width).enumerate().for_each(|(y, row)| across.row(plane.row(y), row));
        Self { across: out }
    }

    /// Writes the row `y` of the result.
    pub(in crate::engine) fn row(&self, down: &Taps, y: usize, target: &mut [f32]) {
        down.column(&self.across, y, target);
    }
}

/// A plane at another size.
pub(in crate::engine) fn resized(plane: &Plane, width: usize, height: usize) -> Plane {
    let across = Taps::new(Kernel::Mitchell, 0.0, plane.width as f32 / width as f32, width);
    let down = Taps::new(Kernel::Mitchell, 0.0, plane.height as f32 / height as f32, height);
    let stretched = Stretched::new(plane, &across);
    let mut out = Plane::filled(width, height, 0.0);
    out.values.par_chunks_exact_mut(width).enumerate().for_each(|(y, row)| stretched.row(&down, y, row));
    out
}

/// A square window of a photo as three planes from 0 to 1; edge pixels are repeated outside the photo.
///
/// `left` and `top` are photo positions of the window's corner, `step` photo pixels become one of `side` pixels.
pub(in crate::engine) fn window(photo: &RgbImage, [left, top]: [f32; 2], step: f32, side: usize) -> [Plane; 3] {
    let across = Taps::new(Kernel::Lanczos, left, step, side);
    let down = Taps::new(Kernel::Lanczos, top, step, side);
    let (width, height) = (photo.width() as usize, photo.height() as usize);
    let last_tap = down.starts[side - 1] + down.each as isize;
    let first_row = down.starts[0].clamp(0, height as isize - 1) as usize;
    let end_row = last_tap.clamp(first_row as isize + 1, height as isize) as usize;
    let down = Taps { starts: down.starts.iter().map(|start| start - first_row as isize).collect(), ..down };
    let pixels = photo.as_raw();
    [0, 1, 2].map(|channel| {
        let rows = end_row - first_row;
        let mut across_plane = Plane::filled(side, rows, 0.0);
        across_plane.values.par_chunks_exact_mut(side).enumerate().for_each_init(
            || vec![0.0; width],
            |source, (y, row)| {
                let line = &pixels[(y + first_row) * width * 3..][..width * 3];
                for (value, pixel) in source.iter_mut().zip(line.chunks_exact(3)) {
                    *value = pixel[channel] as f32 / 255.0;
                }
                across.row(source, row);
            },
        );
        let mut out = Plane::filled(side, side, 0.0);
        out.values.par_chunks_exact_mut(side).enumerate().for_each(|(y, row)| {
            down.column(&across_plane, y, row);
            for value in row {
                *value = value.clamp(0.0, 1.0);
            }
        });
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resizing_keeps_a_ramp_a_ramp() {
        let ramp = Plane::from_fn(40, 40, |x, y| x as f32 * 0.02 + y as f32 * 0.01);
        let big = resized(&ramp, 100, 80);
        let middle = big.get(50, 40);
        assert!((middle - ramp.sample(19.7, 19.75)).abs() < 0.01, "{middle}");
    }

    #[test]
    fn a_source_narrower_than_the_kernel_can_be_resized() {
        let tiny = Plane::filled(3, 2, 0.4);
        assert!(resized(&tiny, 9, 7).values.iter().all(|v| (v - 0.4).abs() < 1e-5));
    }

    #[test]
    fn a_window_of_the_whole_photo_at_its_size_is_the_photo() {
        let photo = RgbImage::from_fn(24, 24, |x, y| image::Rgb([(x * 10) as u8, (y * 10) as u8, 77]));
        let planes = window(&photo, [0.0, 0.0], 1.0, 24);
        assert!((planes[0].get(7, 3) * 255.0 - 70.0).abs() < 0.01);
        assert!((planes[2].get(0, 23) * 255.0 - 77.0).abs() < 0.01);
    }
}
