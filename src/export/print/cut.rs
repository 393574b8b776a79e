//! One sticker with its cut line.

use image::{Rgba, RgbaImage, imageops};
use imaging::engine::edge_distance;
use imaging::picture::{Region, outlines, resize_region};

use super::{BLEED, LEAST_RADIUS, MM_PER_INCH, PIXELS_PER_MM, PrintOptions, pixels};
use crate::geometry::content;

/// Alpha from which a pixel is part of the sticker.
const HALF: u8 = 128;

/// Alpha from which a pixel's colour is its own, and not half that of its edge.
const SOLID: u8 = 250;

/// Distance between two points of a cut line, in pixels.
const SPACING: f32 = 2.4;

/// A sticker at its size on paper, with its bleed and its cut line.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What is printed: the sticker and the bleed around it, clear beyond.
    pub picture: RgbaImage,
    /// For each pixel: is it within the cut line?
    pub inside: Vec<bool>,
    /// The cut lines, closed, in pixels of the picture.
    pub lines: Vec<Vec<[f32; 2]>>,
    /// Pixels that the sticker has for each inch of paper.
    pub dpi: f32,
}

impl Piece {
    /// Draws a sticker at its size and finds its cut line; `None` when nothing of it can be seen.
    pub fn of(sticker: &RgbaImage, options: &PrintOptions) -> Option<Self> {
        let [left, top, width, height] = content(sticker)?;
        let longer = width.max(height) as f32;
        let scale = options.size * PIXELS_PER_MM / longer;
        let scaled = |edge: u32| ((edge as f32 * scale).round() as u32).max(1);
        let region = [left, top, width, height].map(f64::from);
        let region = Region { left: region[0], top: region[1], width: region[2], height: region[3] };
        let drawn = resize_region(sticker, region, (scaled(width), scaled(height)));
        let room = pixels(options.offset.max(0.0) + BLEED + options.smoothing + 1.0);
        let mut picture = RgbaImage::new(drawn.width() + 2 * room, drawn.height() + 2 * room);
        imageops::replace(&mut picture, &drawn, i64::from(room), i64::from(room));
        let distance = to_cut_line(&picture, options);
        let inside = distance.iter().map(|distance| *distance <= 0.0).collect();
        let lines = lines(picture.dimensions(), &distance);
        let picture = with_bleed(&picture, &distance, options.offset > 0.0);
        let dpi = dpi(sticker, options);
        (!lines.is_empty()).then_some(Self { picture, inside, lines, dpi })
    }

    /// The same a quarter turn clockwise.
    pub(super) fn turned(&self) -> Self {
        let (width, height) = (self.picture.width() as usize, self.picture.height() as usize);
        let turned = |index: usize| {
            let (x, y) = (index % height, index / height);
            self.inside[(height - 1 - x) * width + y]
        };
        let turn = |[x, y]: &[f32; 2]| [height as f32 - y, *x];
        Self {
            picture: imageops::rotate90(&self.picture),
            inside: (0..width * height).map(turned).collect(),
            lines: self.lines.iter().map(|line| line.iter().map(turn).collect()).collect(),
            dpi: self.dpi,
        }
    }
}

/// Pixels that a sticker has for each inch of paper; 0 when nothing of it can be seen.
pub fn dpi(sticker: &RgbaImage, options: &PrintOptions) -> f32 {
    let longer = content(sticker).map_or(0, |[_, _, width, height]| width.max(height));
    longer as f32 / (options.size / MM_PER_INCH)
}

/// Distance of each pixel to the cut line in pixels, negative within it.
///
/// Bays that no blade gets into are closed, then corners that are too tight are rounded: closing and opening by discs
/// (Serra, 1982).
fn to_cut_line(picture: &RgbaImage, options: &PrintOptions) -> Vec<f32> {
    let size = picture.dimensions();
    let raw = picture.as_raw();
    let [offset, closed, opened] =
        [options.offset, options.smoothing.max(0.0), LEAST_RADIUS].map(|length| length * PIXELS_PER_MM);
    let edge = edge_distance(size, |index| raw[4 * index + 3] >= HALF);
    let grown = edge_distance(size, |index| edge[index] <= offset + closed);
    let smooth = edge_distance(size, |index| grown[index] <= -closed);
    let small = edge_distance(size, |index| smooth[index] <= -opened);
    // What is thinner than the blade's bend would vanish; it is cut as it is.
    let vanishes = small.iter().all(|distance| *distance > 0.0);
    if vanishes { smooth } else { small.iter().map(|distance| distance - opened).collect() }
}

fn lines(size: (u32, u32), distance: &[f32]) -> Vec<Vec<[f32; 2]>> {
    let alpha = |distance: f32| ((0.5 - distance / 2.0).clamp(0.0, 1.0) * 255.0).round() as u8;
    let level = RgbaImage::from_fn(size.0, size.1, |x, y| {
        Rgba([0, 0, 0, alpha(distance[y as usize * size.0 as usize + x as usize])])
    });
    outlines(&level, SPACING)
}

/// The picture with colour beyond its cut line: white where the line keeps its distance, else its own edge's.
fn with_bleed(picture: &RgbaImage, distance: &[f32], is_apart: bool) -> RgbaImage {
    let reach = BLEED * PIXELS_PER_MM;
    let colours = if is_apart { None } else { Some(spread(picture, distance, reach)) };
    let mut printed = RgbaImage::new(picture.width(), picture.height());
    for (index, (target, source)) in printed.pixels_mut().zip(picture.pixels()).enumerate() {
        if distance[index] <= reach {
            let [red, green, blue] = colours.as_ref().map_or([255; 3], |colours| colours[index]);
            *target = Rgba([red, green, blue, 255]);
            // A soft shadow beyond the line would only darken the bleed.
            if source.0[3] >= HALF || distance[index] < -1.0 {
                image::Pixel::blend(target, source);
                target.0[3] = u8::MAX;
            }
        }
    }
    printed
}

/// For each pixel within reach the colour of a solid pixel near it, found ring by ring.
fn spread(picture: &RgbaImage, distance: &[f32], reach: f32) -> Vec<[u8; 3]> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut colours = vec![[255; 3]; width * height];
    let mut known = vec![false; width * height];
    let mut ring: Vec<usize> = Vec::new();
    for (index, pixel) in picture.pixels().enumerate().filter(|(_, pixel)| pixel.0[3] >= SOLID) {
        colours[index] = [pixel.0[0], pixel.0[1], pixel.0[2]];
        known[index] = true;
        ring.push(index);
    }
    while !ring.is_empty() {
        let mut next = Vec::new();
        for index in ring {
            let (x, y) = (index % width, index / width);
            let beside = [(x > 0, 1, 0), (x + 1 < width, 0, 1), (y > 0, width, 0), (y + 1 < height, 0, width)];
            for place in
                beside.into_iter().filter(|(is_there, ..)| *is_there).map(|(_, less, more)| index + more - less)
            {
                if !known[place] && distance[place] <= reach {
                    known[place] = true;
                    colours[place] = colours[index];
                    next.push(place);
                }
            }
        }
        ring = next;
    }
    colours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disc(side: u32, radius: f32) -> RgbaImage {
        let middle = side as f32 / 2.0;
        RgbaImage::from_fn(side, side, |x, y| {
            let inside = (x as f32 + 0.5 - middle).hypot(y as f32 + 0.5 - middle) < radius;
            Rgba(if inside { [200, 30, 30, 255] } else { [0; 4] })
        })
    }

    /// Distances of a line's points from the middle of the picture, in millimetres.
    fn radii(piece: &Piece) -> Vec<f32> {
        let middle = [piece.picture.width() as f32 / 2.0, piece.picture.height() as f32 / 2.0];
        let radius = |[x, y]: &[f32; 2]| (x - middle[0]).hypot(y - middle[1]) / PIXELS_PER_MM;
        piece.lines[0].iter().map(radius).collect()
    }

    #[test]
    fn a_disc_is_cut_along_a_circle_to_a_tenth_of_a_millimetre() {
        for offset in [-1.0, 0.0, 1.0, 3.0] {
            let options = PrintOptions { size: 40.0, offset, ..PrintOptions::default() };
            let piece = Piece::of(&disc(600, 250.0), &options).unwrap();
            assert_eq!(piece.lines.len(), 1);
            for radius in radii(&piece) {
                assert!((radius - 20.0 - offset).abs() < 0.1, "{radius} at offset {offset}");
            }
        }
    }

    #[test]
    fn the_tightest_bend_is_one_that_a_blade_follows() {
        let square = RgbaImage::from_pixel(400, 400, Rgba([9, 9, 9, 255]));
        let piece = Piece::of(&square, &PrintOptions { size: 30.0, ..PrintOptions::default() }).unwrap();
        // The corner of a square of 30 mm, rounded by 1 mm, is this far from its middle.
        let farthest = radii(&piece).into_iter().fold(0.0, f32::max);
        assert!((farthest - (14.0 * 2.0_f32.sqrt() + 1.0)).abs() < 0.15, "{farthest}");
    }

    #[test]
    fn colour_goes_beyond_the_cut_line_and_no_farther_than_its_bleed() {
        let piece = Piece::of(&disc(600, 250.0), &PrintOptions { size: 40.0, ..PrintOptions::default() }).unwrap();
        let (width, height) = piece.picture.dimensions();
        let at = |millimetres: f32| piece.picture.get_pixel(width / 2 + pixels(millimetres), height / 2).0;
        let bleed = at(21.5);
        assert!(bleed.iter().zip([200, 30, 30, 255]).all(|(found, wanted)| found.abs_diff(wanted) <= 2), "{bleed:?}");
        assert_eq!(at(22.4)[3], 0);
    }

    #[test]
    fn a_line_that_keeps_its_distance_leaves_white_paper() {
        let options = PrintOptions { size: 40.0, offset: 2.0, ..PrintOptions::default() };
        let piece = Piece::of(&disc(600, 250.0), &options).unwrap();
        let (width, height) = piece.picture.dimensions();
        assert_eq!(piece.picture.get_pixel(width / 2 + pixels(21.0), height / 2).0, [255; 4]);
    }

    #[test]
    fn what_cannot_be_seen_is_not_cut() {
        assert!(Piece::of(&RgbaImage::new(9, 9), &PrintOptions::default()).is_none());
    }

    #[test]
    fn four_turns_are_none() {
        let wide = RgbaImage::from_pixel(200, 100, Rgba([9, 9, 9, 255]));
        let piece = Piece::of(&wide, &PrintOptions { size: 20.0, ..PrintOptions::default() }).unwrap();
        let turned = piece.turned();
        assert_eq!(turned.picture.dimensions(), (piece.picture.height(), piece.picture.width()));
        let back = turned.turned().turned().turned();
        assert_eq!((back.inside, back.picture), (piece.inside, piece.picture));
    }
}
