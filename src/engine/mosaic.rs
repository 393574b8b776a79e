//! Pixel art: a small canvas in few colours, enlarged without smoothing.

use image::{Rgb, RgbImage, Rgba, RgbaImage};

use super::colour::{Lab, from_srgb, to_srgb};
use super::render::Canvas;

/// Cells along the longer edge.
const CELLS: u32 = 96;
/// Colours altogether.
const COLOURS: usize = 22;
/// Rounds of Lloyd's algorithm.
const ROUNDS: usize = 8;

/// Edge of a cell in canvas pixels.
pub(super) fn cell(width: u32, height: u32) -> u32 {
    (width.max(height) / CELLS).max(2)
}

/// Few colours, hard edges, big cells.
pub(super) fn enlarged(small: Canvas, cell: u32, (width, height): (u32, u32)) -> Canvas {
    let palette = Palette::of(&small.cutout);
    let Canvas { mut cutout, mut opaque } = small;
    for (pixel, behind) in cutout.pixels_mut().zip(opaque.pixels_mut()) {
        let [r, g, b, alpha] = pixel.0;
        if alpha < 128 {
            *pixel = Rgba([0; 4]);
            continue;
        }
        let [r, g, b] = palette.nearest([r, g, b]);
        *pixel = Rgba([r, g, b, 255]);
        *behind = Rgb([r, g, b]);
    }
    Canvas {
        cutout: RgbaImage::from_fn(width, height, |x, y| *cutout.get_pixel(x / cell, y / cell)),
        opaque: RgbImage::from_fn(width, height, |x, y| *opaque.get_pixel(x / cell, y / cell)),
    }
}

/// A few colours.
struct Palette {
    colours: Vec<Lab>,
}

impl Palette {
    /// k-means over the opaque pixels, started from colours at equal steps of lightness.
    fn of(picture: &RgbaImage) -> Self {
        let mut pixels: Vec<Lab> =
            picture.pixels().filter(|pixel| pixel[3] >= 128).map(|pixel| lab([pixel[0], pixel[1], pixel[2]])).collect();
        pixels.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
        let mut colours: Vec<Lab> =
            (0..COLOURS).filter_map(|i| pixels.get(pixels.len() * (2 * i + 1) / (2 * COLOURS)).copied()).collect();
        for _ in 0..ROUNDS {
            let mut sums = vec![([0.0_f32; 3], 0.0_f32); colours.len()];
            for &pixel in &pixels {
                let (sum, count) = &mut sums[nearest(&colours, pixel)];
                *sum = [sum[0] + pixel[0], sum[1] + pixel[1], sum[2] + pixel[2]];
                *count += 1.0;
            }
            for (colour, (sum, count)) in colours.iter_mut().zip(sums) {
                if count > 0.0 {
                    *colour = sum.map(|v| v / count);
                }
            }
        }
        Self { colours }
    }

    fn nearest(&self, rgb: [u8; 3]) -> [u8; 3] {
        if self.colours.is_empty() {
            return rgb;
        }
        to_srgb(self.colours[nearest(&self.colours, lab(rgb))]).map(|v| (v * 255.0 + 0.5) as u8)
    }
}

fn lab(rgb: [u8; 3]) -> Lab {
    from_srgb(rgb.map(|v| v as f32 / 255.0))
}

fn nearest(colours: &[Lab], colour: Lab) -> usize {
    let apart = |other: &Lab| {
        let [dl, da, db] = [other[0] - colour[0], other[1] - colour[1], other[2] - colour[2]];
        dl * dl + 2.0 * (da * da + db * db)
    };
    let best = colours.iter().enumerate().min_by(|a, b| apart(a.1).total_cmp(&apart(b.1)));
    best.map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_of_one_colour_and_fully_opaque_or_clear() {
        let cutout =
            RgbaImage::from_fn(8, 8, |x, y| Rgba([x as u8 * 30, y as u8 * 30, 90, if x < 4 { 200 } else { 20 }]));
        let small = Canvas { cutout, opaque: RgbImage::new(8, 8) };
        let big = enlarged(small, 4, (30, 30));
        assert_eq!(big.cutout.dimensions(), (30, 30));
        assert!(big.cutout.pixels().all(|pixel| pixel[3] == 0 || pixel[3] == 255));
        assert_eq!(big.cutout.get_pixel(4, 4), big.cutout.get_pixel(7, 7));
    }
}
