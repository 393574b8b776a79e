//! Light on a sticker that is blown up or shines.

use rayon::prelude::*;

use model::finish::Relief;

use super::contour::Field;
use super::layer::{Pixel, smoothstep};

/// Over this share of the longer edge a sticker rises from its outline: that of one that only shines, and how much more
/// at most when it is blown up.
const RISE: f32 = 0.035;
const RISE_MORE: f32 = 0.085;

/// Where the light comes from: the upper left, towards the viewer. Of length 1.
const SUN: [f32; 3] = [-0.476_73, -0.667_42, 0.572_07];

/// How small highlights are.
const SHARPNESS: f32 = 42.0;

/// The two bands of light across something glossy: where each begins and ends, and how bright it is.
const BANDS: [(f32, f32, f32); 2] = [(0.50, 0.74, 0.20), (0.79, 0.83, 0.15)];

/// How the surface lies at each pixel: how much lighter or darker it is, and how bright its highlight.
pub(crate) struct Height {
    lights: Vec<[f32; 2]>,
}

/// Light on one pixel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Light {
    shade: f32,
    highlight: f32,
    band: f32,
}

impl Height {
    /// Of something whose outline lies `line` pixels out of that of `field`.
    pub(crate) fn of(field: &Field, (width, height): (u32, u32), line: f32, relief: Relief, longer: f32) -> Self {
        let (width, height) = (width as usize, height as usize);
        let rise = (RISE + RISE_MORE * relief.puff) * longer;
        let mut heights: Vec<f32> =
            field.values.iter().map(|distance| round((line - distance) / rise) * rise).collect();
        // Where two slopes meet there would be a crease.
        let radius = (rise * 0.16).round().max(1.0) as usize;
        for _ in 0..2 {
            heights = blurred(&heights, width, height, radius);
        }
        let at = |x: usize, y: usize| heights[y * width + x];
        let lights = (0..width * height).into_par_iter().with_min_len(4096).map(|index| {
            let (x, y) = (index % width, index / width);
            let slope = |one: f32, other: f32| (one - other) / 2.0;
            let across = slope(at(x.saturating_sub(1), y), at((x + 1).min(width - 1), y));
            let down = slope(at(x, y.saturating_sub(1)), at(x, (y + 1).min(height - 1)));
            let length = (across * across + down * down + 1.0).sqrt();
            let normal = [across / length, down / length, 1.0 / length];
            let shade = dot(normal, SUN) - SUN[2];
            // Halfway between the light and the viewer.
            let half = [SUN[0], SUN[1], SUN[2] + 1.0];
            let facing = dot(normal, half) / dot(half, half).sqrt();
            [shade, facing.max(0.0).powf(SHARPNESS)]
        });
        Self { lights: lights.collect() }
    }

    /// The light on a pixel at this distance from the outline.
    pub(crate) fn light(&self, [x, y]: [usize; 2], (width, height): (u32, u32), distance: f32) -> Light {
        let [shade, highlight] = self.lights[y * width as usize + x];
        let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
        let along = 0.55 * u + 0.75 * v;
        let inset = 0.012 * width.max(height) as f32;
        let inside = smoothstep(-inset, -inset - 2.0, distance);
        let soft = 1.5 / width.max(height) as f32;
        let band = BANDS.iter().map(|(from, to, bright)| {
            bright * smoothstep(from - soft, from + soft, along) * (1.0 - smoothstep(to - soft, to + soft, along))
        });
        Light { shade, highlight, band: inside * band.sum::<f32>() }
    }
}

impl Light {
    /// A pixel in this light.
    pub(crate) fn on(&self, pixel: Pixel, puff: f32, gloss: f32) -> Pixel {
        let [red, green, blue, alpha] = pixel;
        let strength = puff.max(0.35 * gloss);
        let lighter =
            (self.shade.max(0.0) * 0.9 * strength + self.highlight * (0.85 * gloss + 0.2 * puff) + self.band * gloss)
                .min(1.0);
        let darker = 1.0 + self.shade.min(0.0) * 0.72 * strength;
        let lit = |value: f32| {
            let value = value * darker;
            value + (alpha - value) * lighter
        };
        [lit(red), lit(green), lit(blue), alpha]
    }
}

fn dot(one: [f32; 3], other: [f32; 3]) -> f32 {
    one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
}

/// A quarter of a circle: how high it is at this share of its radius.
fn round(share: f32) -> f32 {
    let rest = 1.0 - share.clamp(0.0, 1.0);
    (1.0 - rest * rest).sqrt()
}

/// The mean over a square of this radius, in both directions one after the other.
fn blurred(values: &[f32], width: usize, height: usize, radius: usize) -> Vec<f32> {
    let mut across = vec![0.0; values.len()];
    across.par_chunks_exact_mut(width).zip(values.par_chunks_exact(width)).for_each(|(target, row)| {
        let mut sum: f32 = row[..radius.min(width)].iter().sum();
        for (x, target) in target.iter_mut().enumerate() {
            sum += if x + radius < width { row[x + radius] } else { 0.0 };
            *target = sum / (2 * radius + 1) as f32;
            sum -= if x >= radius { row[x - radius] } else { 0.0 };
        }
    });
    let mut sums = vec![0.0; width];
    let mut down = vec![0.0; values.len()];
    for y in 0..(height + radius) {
        if y < height {
            for (sum, value) in sums.iter_mut().zip(&across[y * width..][..width]) {
                *sum += value;
            }
        }
        if y > 2 * radius {
            for (sum, value) in sums.iter_mut().zip(&across[(y - 2 * radius - 1) * width..][..width]) {
                *sum -= value;
            }
        }
        if y >= radius {
            for (target, sum) in down[(y - radius) * width..][..width].iter_mut().zip(&sums) {
                *target = sum / (2 * radius + 1) as f32;
            }
        }
    }
    down
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blur_keeps_the_mean_of_what_lies_within() {
        let mut values = vec![0.0; 40 * 30];
        values[15 * 40 + 20] = 25.0;
        let blurred = blurred(&values, 40, 30, 2);
        assert!((blurred[15 * 40 + 20] - 1.0).abs() < 1e-4 && (blurred[17 * 40 + 22] - 1.0).abs() < 1e-4);
        assert!(blurred[18 * 40 + 20].abs() < 1e-4);
        assert!((blurred.iter().sum::<f32>() - 25.0).abs() < 1e-3);
    }

    #[test]
    fn the_upper_left_is_lighter_than_the_lower_right_and_the_middle_is_as_it_was() {
        let field = Field::of((200, 200), |index| {
            let (x, y) = ((index % 200) as f32, (index / 200) as f32);
            (80.0 - (x - 99.5).hypot(y - 99.5) + 0.5).clamp(0.0, 1.0)
        });
        let relief = Relief { puff: 1.0, gloss: 0.0 };
        let height = Height::of(&field, (200, 200), 0.0, relief, 200.0);
        let red = |x: usize, y: usize| {
            let light = height.light([x, y], (200, 200), field.values[y * 200 + x]);
            light.on([0.5, 0.5, 0.5, 1.0], 1.0, 0.0)[0]
        };
        assert!(red(48, 48) > 0.6, "{}", red(48, 48));
        assert!(red(151, 151) < 0.42, "{}", red(151, 151));
        assert!((red(100, 100) - 0.5).abs() < 0.02, "{}", red(100, 100));
    }
}
