//! Colours of the solid parts of a picture, spread over the rest of it.
//!
//! Push and pull over halved copies (Gortler and others, 1996): each clear pixel gets the colours of what is nearest.

use image::{RgbImage, RgbaImage};
use rayon::prelude::*;

/// A sum of colours with the weight of what it was summed from.
type Sum = [f32; 4];

/// Nothing.
const NONE: Sum = [0.0; 4];

/// One halved copy.
struct Level {
    width: usize,
    height: usize,
    sums: Vec<Sum>,
}

/// The colours of a picture's solid parts, known at every place.
pub(crate) struct Spread {
    /// The picture at half its size, filled everywhere unless there is nothing solid.
    half: Level,
}

impl Spread {
    /// Of the parts whose alpha is at least `solid`.
    pub(crate) fn of(image: &RgbaImage, solid: u8) -> Self {
        let (width, height) = (image.width() as usize, image.height() as usize);
        let pixels = image.as_raw().as_chunks::<4>().0;
        let sum = |x: usize, y: usize| match pixels[y * width + x] {
            [red, green, blue, alpha] if alpha >= solid => [f32::from(red), f32::from(green), f32::from(blue), 1.0],
            _ => NONE,
        };
        let mut levels = vec![halved([width, height], sum)];
        while let Some(last) = levels.last().filter(|level| level.width > 1 || level.height > 1) {
            let half = halved([last.width, last.height], |x, y| last.sums[y * last.width + x]);
            levels.push(half);
        }
        let mut small = levels.pop();
        while let (Some(filled), Some(mut large)) = (&small, levels.pop()) {
            fill(&mut large, filled);
            small = Some(large);
        }
        Self { half: small.unwrap_or(Level { width: 0, height: 0, sums: Vec::new() }) }
    }

    /// The colour at a place of the picture that is not solid itself.
    pub(crate) fn at(&self, [x, y]: [usize; 2]) -> [u8; 3] {
        let [red, green, blue, weight] = between(&self.half, [x, y]);
        [red, green, blue].map(|sum| (sum / weight.max(1e-6) + 0.5).clamp(0.0, 255.0) as u8)
    }

    /// The picture with its own colours where its alpha is at least `solid`, and these elsewhere.
    pub(crate) fn around(&self, image: &RgbaImage, solid: u8) -> RgbImage {
        let width = image.width() as usize;
        let mut bytes = vec![0; image.as_raw().len() / 4 * 3];
        let rows =
            bytes.par_chunks_exact_mut((width * 3).max(1)).zip(image.as_raw().par_chunks_exact((width * 4).max(1)));
        rows.enumerate().for_each(|(y, (row, pixels))| {
            for (x, (target, &[red, green, blue, alpha])) in
                row.as_chunks_mut::<3>().0.iter_mut().zip(pixels.as_chunks::<4>().0).enumerate()
            {
                *target = if alpha >= solid { [red, green, blue] } else { self.at([x, y]) };
            }
        });
        RgbImage::from_raw(image.width(), image.height(), bytes).unwrap_or_default()
    }
}

/// A picture of this size, given by its places, at half of it.
fn halved([width, height]: [usize; 2], sum: impl Fn(usize, usize) -> Sum + Sync) -> Level {
    let (columns, rows) = (width.div_ceil(2), height.div_ceil(2));
    let mut sums = vec![NONE; columns * rows];
    sums.par_chunks_exact_mut(columns.max(1)).enumerate().for_each(|(y, row)| {
        for (x, target) in row.iter_mut().enumerate() {
            for (x, y) in [(2 * x, 2 * y), (2 * x + 1, 2 * y), (2 * x, 2 * y + 1), (2 * x + 1, 2 * y + 1)] {
                if x < width && y < height {
                    for (target, value) in target.iter_mut().zip(sum(x, y)) {
                        *target += value;
                    }
                }
            }
            // A place counts as one however much of it was solid.
            let weight = target[3];
            if weight > 1.0 {
                *target = target.map(|value| value / weight);
            }
        }
    });
    Level { width: columns, height: rows, sums }
}

/// Fills what has no weight from the smaller copy, between its four nearest places.
fn fill(large: &mut Level, small: &Level) {
    large.sums.par_chunks_exact_mut(large.width.max(1)).enumerate().for_each(|(y, row)| {
        for (x, sum) in row.iter_mut().enumerate() {
            let missing = 1.0 - sum[3];
            if missing <= 0.0 {
                continue;
            }
            let mixed = between(small, [x, y]);
            let weight = mixed[3];
            if weight > 0.0 {
                for (sum, mixed) in sum.iter_mut().zip(mixed) {
                    *sum += mixed / weight * missing;
                }
            }
        }
    });
}

/// What a copy of half the size says of a place, from its four nearest ones.
fn between(small: &Level, [x, y]: [usize; 2]) -> Sum {
    let (width, height) = (small.width as isize, small.height as isize);
    let at = |x: isize, y: isize| small.sums[(y.clamp(0, height - 1) * width + x.clamp(0, width - 1)) as usize];
    let (x, y) = (x as isize, y as isize);
    let side = |place: isize| if place % 2 == 0 { -1 } else { 1 };
    let mut mixed = NONE;
    for (column, row, share) in [
        (x / 2, y / 2, 9.0),
        (x / 2 + side(x), y / 2, 3.0),
        (x / 2, y / 2 + side(y), 3.0),
        (x / 2 + side(x), y / 2 + side(y), 1.0),
    ] {
        for (mixed, value) in mixed.iter_mut().zip(at(column, row)) {
            *mixed += value * share;
        }
    }
    mixed
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    #[test]
    fn clear_places_get_the_colour_that_is_nearest() {
        let image = RgbaImage::from_fn(33, 20, |x, _| match x {
            0..8 => Rgba([200, 0, 0, 255]),
            25.. => Rgba([0, 0, 200, 255]),
            _ => Rgba([0, 255, 0, 0]),
        });
        let spread = Spread::of(&image, 200).around(&image, 200);
        assert_eq!(spread.get_pixel(3, 9).0, [200, 0, 0]);
        let [red, green, blue] = spread.get_pixel(10, 9).0;
        assert!(red > 140 && green == 0 && blue < 80, "{red} {green} {blue}");
    }
}
