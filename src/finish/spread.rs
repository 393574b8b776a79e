//! Colours of the solid parts of a picture, spread over the rest of it.
//!
//! Push and pull over halved copies (Gortler and others, 1996): each clear pixel gets the colours of what is nearest.

use image::{RgbImage, RgbaImage};

/// A sum of colours with the weight of what it was summed from.
type Sum = [f32; 4];

/// One halved copy.
struct Level {
    width: usize,
    height: usize,
    sums: Vec<Sum>,
}

/// The picture's colours where its alpha is at least `solid`, and those of the nearest such places elsewhere.
pub(crate) fn spread(image: &RgbaImage, solid: u8) -> RgbImage {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let sums = image.pixels().map(|pixel| {
        let [red, green, blue, alpha] = pixel.0;
        if alpha >= solid { [f32::from(red), f32::from(green), f32::from(blue), 1.0] } else { [0.0; 4] }
    });
    let mut levels = vec![Level { width, height, sums: sums.collect() }];
    while let Some(last) = levels.last().filter(|level| level.width > 1 || level.height > 1) {
        let half = halved(last);
        levels.push(half);
    }
    while levels.len() > 1 {
        let Some(small) = levels.pop() else { break };
        if let Some(large) = levels.last_mut() {
            fill(large, &small);
        }
    }
    let level = levels.pop().map(|level| level.sums).unwrap_or_default();
    let bytes = level.iter().flat_map(|[red, green, blue, weight]| {
        let weight = weight.max(1e-6);
        [red, green, blue].map(|sum| (sum / weight + 0.5).clamp(0.0, 255.0) as u8)
    });
    RgbImage::from_raw(image.width(), image.height(), bytes.collect()).unwrap_or_default()
}

fn halved(level: &Level) -> Level {
    let (width, height) = (level.width.div_ceil(2), level.height.div_ceil(2));
    let mut sums = vec![[0.0; 4]; width * height];
    for (index, sum) in level.sums.iter().enumerate() {
        let (x, y) = (index % level.width, index / level.width);
        let target = &mut sums[y / 2 * width + x / 2];
        for (target, value) in target.iter_mut().zip(sum) {
            *target += value;
        }
    }
    // A place counts as one however much of it was solid.
    for sum in &mut sums {
        let weight = sum[3];
        if weight > 1.0 {
            *sum = sum.map(|value| value / weight);
        }
    }
    Level { width, height, sums }
}

/// Fills what has no weight from the smaller copy, between its four nearest places.
fn fill(large: &mut Level, small: &Level) {
    let (width, height) = (small.width as isize, small.height as isize);
    let at = |x: isize, y: isize| small.sums[(y.clamp(0, height - 1) * width + x.clamp(0, width - 1)) as usize];
    for (index, sum) in large.sums.iter_mut().enumerate() {
        let missing = 1.0 - sum[3];
        if missing <= 0.0 {
            continue;
        }
        let (x, y) = ((index % large.width) as isize, (index / large.width) as isize);
        let side = |place: isize| if place % 2 == 0 { -1 } else { 1 };
        let mut mixed = [0.0; 4];
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
        let weight = mixed[3];
        if weight > 0.0 {
            for (sum, mixed) in sum.iter_mut().zip(mixed) {
                *sum += mixed / weight * missing;
            }
        }
    }
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
        let spread = spread(&image, 200);
        assert_eq!(spread.get_pixel(3, 9).0, [200, 0, 0]);
        let [red, green, blue] = spread.get_pixel(10, 9).0;
        assert!(red > 140 && green == 0 && blue < 80, "{red} {green} {blue}");
    }
}
