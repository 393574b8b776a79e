//! Pixel art: a small canvas in few colours, enlarged without smoothing.

use image::{ImageBuffer, Pixel, Rgba, RgbaImage};

use super::sprite::Block;
use crate::engine::raster::colour::{Lab, from_srgb, mixed, nearest, to_srgb};

/// Cells along the longer edge.
const CELLS: u32 = 64;
/// Colours altogether.
const COLOURS: usize = 18;
/// Rounds of Lloyd's algorithm.
const ROUNDS: usize = 8;

/// Edge of a cell in canvas pixels.
pub(in crate::engine) fn cell(width: u32, height: u32) -> u32 {
    (width.max(height) / CELLS).max(2)
}

/// A face of whole cells.
pub(in crate::engine) struct CellFace<'a> {
    /// In the order of drawing.
    pub(in crate::engine) blocks: Vec<Block>,
    /// What is drawn above all, beside the person too, with a border of its own there.
    pub(in crate::engine) props: Vec<Block>,
    /// From 0 to 1.
    pub(in crate::engine) opacity: f32,
    /// The border's colour, if there is one.
    pub(in crate::engine) border: Option<Lab>,
    /// Does a cell lie on the person, inside the outline? Nothing is drawn on the others.
    pub(in crate::engine) is_on_person: &'a dyn Fn([u32; 2]) -> bool,
}

/// A cut-out of few colours and hard edges, with a face of whole cells.
pub(in crate::engine) fn cells(mut cutout: RgbaImage, face: &CellFace<'_>) -> RgbaImage {
    let palette = Palette::of(&cutout);
    for pixel in cutout.pixels_mut() {
        let [r, g, b, alpha] = pixel.0;
        let [r, g, b] = palette.nearest([r, g, b]);
        *pixel = if alpha < 128 { Rgba([0; 4]) } else { Rgba([r, g, b, 255]) };
    }
    let mut cutout = without_strays(&cutout);
    if let Some(border) = face.border {
        close_border(&mut cutout, palette.nearest(bytes(border)));
    }
    for block in &face.blocks {
        draw(block, face, &mut cutout);
    }
    draw_props(face, &mut cutout);
    cutout
}

/// Draws what lies beside the person, with a border where nothing else is.
fn draw_props(face: &CellFace<'_>, picture: &mut RgbaImage) {
    let cells = |block: &Block| (block.left.max(0) as u32, block.top.max(0) as u32);
    if let Some(border) = face.border {
        let [r, g, b] = bytes(border);
        for block in &face.props {
            let (x, y) = cells(block);
            for [dx, dy] in AROUND {
                let at = x.checked_add_signed(dx).zip(y.checked_add_signed(dy));
                if let Some(pixel) = at.and_then(|(x, y)| picture.get_pixel_mut_checked(x, y)).filter(|p| p[3] == 0) {
                    *pixel = Rgba([r, g, b, 255]);
                }
            }
        }
    }
    for block in &face.props {
        let (x, y) = cells(block);
        if let Some(pixel) = picture.get_pixel_mut_checked(x, y) {
            let [r, g, b] = bytes(block.colour);
            *pixel = Rgba([r, g, b, 255]);
        }
    }
}

/// Each pixel as a square cell; the last ones are cut where the canvas ends.
pub(in crate::engine) fn enlarged<P: Pixel<Subpixel = u8>>(
    small: Picture<P>,
    cell: u32,
    (width, height): (u32, u32),
) -> Picture<P> {
    if cell == 1 {
        return small;
    }
    Picture::from_fn(width, height, |x, y| *small.get_pixel(x / cell, y / cell))
}

type Picture<P> = ImageBuffer<P, Vec<u8>>;

/// Cells around one.
const AROUND: [[i32; 2]; 8] = [[-1, -1], [0, -1], [1, -1], [-1, 0], [1, 0], [-1, 1], [0, 1], [1, 1]];

/// The colours of the cells around one.
fn around(picture: &RgbaImage, x: u32, y: u32) -> impl Iterator<Item = [u8; 4]> {
    AROUND.iter().filter_map(move |[dx, dy]| {
        let (x, y) = (x.checked_add_signed(*dx)?, y.checked_add_signed(*dy)?);
        picture.get_pixel_checked(x, y).map(|pixel| pixel.0)
    })
}

/// Gives the border a cell wherever a corner of the drawing would touch what is clear.
fn close_border(picture: &mut RgbaImage, [r, g, b]: [u8; 3]) {
    let border = [r, g, b, 255];
    let drawn = picture.clone();
    for (x, y, pixel) in picture.enumerate_pixels_mut().filter(|(.., pixel)| pixel[3] == 0) {
        if around(&drawn, x, y).any(|other| other[3] > 0 && other != border) {
            *pixel = Rgba(border);
        }
    }
}

/// Cells that are alone in their colour take that of most of their neighbours.
fn without_strays(picture: &RgbaImage) -> RgbaImage {
    let mut out = picture.clone();
    for (x, y, pixel) in out.enumerate_pixels_mut().filter(|(.., pixel)| pixel[3] > 0) {
        let around: Vec<[u8; 4]> = around(picture, x, y).collect();
        let count = |colour: &[u8; 4]| around.iter().filter(|other| *other == colour).count();
        if count(&pixel.0) > 1 {
            continue;
        }
        let best = around.iter().filter(|colour| colour[3] > 0).max_by_key(|colour| (count(colour), **colour));
        if let Some(best) = best.filter(|best| count(best) >= 4) {
            *pixel = Rgba(*best);
        }
    }
    out
}

/// Colours the cells of a block, as far as they lie on the person: a face that the photo cuts ends with it.
fn draw(block: &Block, face: &CellFace<'_>, picture: &mut RgbaImage) {
    for y in block.top.max(0) as u32..(block.top + block.height).max(0) as u32 {
        for x in block.left.max(0) as u32..(block.left + block.width).max(0) as u32 {
            let Some(pixel) = picture.get_pixel_mut_checked(x, y).filter(|_| (face.is_on_person)([x, y])) else {
                continue;
            };
            let below = lab([pixel[0], pixel[1], pixel[2]]);
            let [r, g, b] = bytes(mixed(below, block.colour, face.opacity));
            *pixel = Rgba([r, g, b, 255]);
        }
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
                let (sum, count) = &mut sums[nearest(&colours, pixel).unwrap_or(0)];
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
        nearest(&self.colours, lab(rgb)).map_or(rgb, |index| bytes(self.colours[index]))
    }
}

fn lab(rgb: [u8; 3]) -> Lab {
    from_srgb(rgb.map(|v| v as f32 / 255.0))
}

fn bytes(colour: Lab) -> [u8; 3] {
    to_srgb(colour).map(|v| (v * 255.0 + 0.5) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_of_one_colour_and_fully_opaque_or_clear() {
        let cutout =
            RgbaImage::from_fn(8, 8, |x, y| Rgba([x as u8 * 30, y as u8 * 30, 90, if x < 4 { 200 } else { 20 }]));
        let face =
            CellFace { blocks: Vec::new(), props: Vec::new(), opacity: 1.0, border: None, is_on_person: &|_| true };
        let big = enlarged(cells(cutout, &face), 4, (30, 30));
        assert_eq!(big.dimensions(), (30, 30));
        assert!(big.pixels().all(|pixel| pixel[3] == 0 || pixel[3] == 255));
        assert_eq!(big.get_pixel(4, 4), big.get_pixel(7, 7));
    }
}
