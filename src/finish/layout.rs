//! Where a cut-out lies on its canvas, and drawing it there.

use image::RgbaImage;
use rayon::prelude::*;

use imaging::picture::{Region, resize_region};
use model::finish::Placement;

use super::cutout::{Cut, PAD};
use super::layer::{CLEAR, Layer, Pixel, premultiplied};

/// Alpha from which a pixel counts as there.
const THERE: u8 = 128;

/// A turned picture is drawn at no more than so many pixels before it is turned.
const MOST_TURNED: f32 = 4096.0;

/// What of a picture is not clear: the ends of each of its rows, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Extent {
    /// Left end, top; right end, top; and the same at the bottom, for each row that has something.
    points: Vec<[f32; 2]>,
    size: (u32, u32),
}

impl Extent {
    pub(crate) fn of(image: &RgbaImage) -> Self {
        let width = image.width() as usize;
        let mut points = Vec::new();
        for (y, row) in image.as_raw().chunks_exact(width * 4).enumerate() {
            let is_there = |x: &usize| row[x * 4 + 3] >= THERE;
            let Some(first) = (0..width).find(is_there) else { continue };
            let last = (0..width).rev().find(is_there).unwrap_or(first);
            for y in [y as f32, y as f32 + 1.0] {
                points.extend([[first as f32, y], [last as f32 + 1.0, y]]);
            }
        }
        if points.is_empty() {
            let (right, bottom) = (image.width() as f32, image.height() as f32);
            points = vec![[0.0, 0.0], [right, 0.0], [0.0, bottom], [right, bottom]];
        }
        Self { points, size: image.dimensions() }
    }

    /// The least and the greatest place in both directions after a turn about the middle of the picture.
    fn turned(&self, [cos, sin]: [f32; 2]) -> [[f32; 2]; 2] {
        let (middle_x, middle_y) = (self.size.0 as f32 / 2.0, self.size.1 as f32 / 2.0);
        let (mut least, mut most) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        for [x, y] in &self.points {
            let (x, y) = (x - middle_x, y - middle_y);
            let (x, y) = (x * cos - y * sin, x * sin + y * cos);
            least = [least[0].min(x), least[1].min(y)];
            most = [most[0].max(x), most[1].max(y)];
        }
        [least, most]
    }
}

/// Where a picture lies: a point of the picture is scaled and turned about its middle, which lies at `middle`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// Canvas pixels per picture pixel.
    pub(crate) scale: f32,
    /// Cosine and sine of the turn, clockwise on screen.
    turn: [f32; 2],
    /// Where the picture's middle lies on the canvas.
    middle: [f32; 2],
    /// Half of the picture's width and height.
    half: [f32; 2],
}

impl Place {
    /// The whole picture over the whole canvas.
    pub(crate) fn whole(picture: (u32, u32), canvas: (u32, u32)) -> Self {
        let [half, middle] = [picture, canvas].map(|(width, height)| [width as f32 / 2.0, height as f32 / 2.0]);
        Self { scale: middle[0] / half[0], turn: [1.0, 0.0], middle, half }
    }

    /// As the recipe says, with `room` pixels free to the left, above, to the right and below of all that is there.
    pub(crate) fn of(extent: &Extent, placement: &Placement, canvas: (u32, u32), room: [f32; 4]) -> Self {
        let whole = Self::whole(extent.size, canvas);
        let (sin, cos) = placement.turn.to_radians().sin_cos();
        let turn = if placement.turn == 0.0 { [1.0, 0.0] } else { [cos, sin] };
        let [least, most] = extent.turned(turn);
        let edges = [canvas.0 as f32, canvas.1 as f32];
        // However wide the lines are, half of the canvas is left to the picture.
        let free = |axis: usize| (edges[axis] - room[axis] - room[axis + 2]).max(edges[axis] * 0.2);
        let fitting = (0..2).map(|axis| free(axis) / (most[axis] - least[axis])).fold(f32::INFINITY, f32::min);
        let wanted = if placement.trim { fitting * placement.scale } else { whole.scale * placement.scale };
        let scale = wanted.min(fitting);
        let middle = [0, 1].map(|axis| {
            let size = (most[axis] - least[axis]) * scale;
            let start = room[axis] + (edges[axis] - room[axis] - room[axis + 2] - size) / 2.0;
            let usual = if placement.trim { start - least[axis] * scale } else { edges[axis] / 2.0 };
            let moved = usual + placement.offset[axis] * edges[axis];
            // Within the room, or in its middle when even that is too small.
            let (first, last) = (room[axis] - least[axis] * scale, edges[axis] - room[axis + 2] - most[axis] * scale);
            if first <= last { moved.clamp(first, last) } else { f32::midpoint(first, last) }
        });
        Self { scale, turn, middle, ..whole }
    }

    /// The place of the picture that a place of the canvas shows, both in pixels.
    pub(crate) fn back(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let [cos, sin] = self.turn;
        let (x, y) = ((x - self.middle[0]) / self.scale, (y - self.middle[1]) / self.scale);
        [x * cos + y * sin + self.half[0], y * cos - x * sin + self.half[1]]
    }
}

/// A picture in another size.
pub(crate) fn resized(image: &RgbaImage, size: (u32, u32)) -> RgbaImage {
    if image.dimensions() == size {
        return image.clone();
    }
    let whole = Region { left: 0.0, top: 0.0, width: f64::from(image.width()), height: f64::from(image.height()) };
    resize_region(image, whole, size)
}

/// The cut-out on its canvas.
pub(crate) fn draw(cut: &Cut, place: &Place, size: (u32, u32)) -> Layer {
    if place.turn == [1.0, 0.0] { draw_upright(cut, place, size) } else { draw_turned(cut, place, size) }
}

fn draw_upright(cut: &Cut, place: &Place, (width, height): (u32, u32)) -> Layer {
    let mut layer = Layer::clear((width, height));
    let pad = PAD as f32;
    // The whole pixels of the canvas that the padded picture lies under.
    let (first, last) = ([-pad; 2], place.half.map(|half| 2.0 * half + pad));
    let ends = |axis: usize, edge: u32| {
        let on_canvas = |value: f32| (value - place.half[axis]) * place.scale + place.middle[axis];
        let (start, end) = (on_canvas(first[axis]).ceil(), on_canvas(last[axis]).floor());
        (start.clamp(0.0, edge as f32) as u32, end.clamp(0.0, edge as f32) as u32)
    };
    let ((left, right), (top, bottom)) = (ends(0, width), ends(1, height));
    if left >= right || top >= bottom {
        return layer;
    }
    let corner = place.back([left as f32, top as f32]).map(|value| f64::from(value + pad));
    let scale = f64::from(place.scale);
    let (columns, rows) = (right - left, bottom - top);
    let region =
        Region { left: corner[0], top: corner[1], width: f64::from(columns) / scale, height: f64::from(rows) / scale };
    let part = resize_region(&cut.padded, region, (columns, rows));
    let canvas = layer.pixels.par_chunks_exact_mut(width as usize).skip(top as usize);
    canvas.zip(part.as_raw().par_chunks_exact(columns as usize * 4)).for_each(|(target, row)| {
        for (target, pixel) in target[left as usize..].iter_mut().zip(row.as_chunks::<4>().0) {
            *target = premultiplied(*pixel);
        }
    });
    layer
}

/// Resized first, then turned with a filter of Catmull and Rom (1974).
fn draw_turned(cut: &Cut, place: &Place, size: (u32, u32)) -> Layer {
    let (width, height) = cut.padded.dimensions();
    let longer = width.max(height) as f32;
    let scale = place.scale.min(MOST_TURNED / longer);
    let scaled = |edge: u32| ((edge as f32 * scale).round() as u32).max(1);
    let small = resized(&cut.padded, (scaled(width), scaled(height)));
    let pixels: Vec<Pixel> = small.as_raw().as_chunks::<4>().0.iter().map(|pixel| premultiplied(*pixel)).collect();
    let steps = [small.width() as f32 / width as f32, small.height() as f32 / height as f32];
    let picture = Turned { pixels, width: small.width() as isize, height: small.height() as isize };
    let mut layer = Layer::clear(size);
    layer.pixels.par_chunks_exact_mut(size.0 as usize).enumerate().for_each(|(y, row)| {
        for (x, pixel) in row.iter_mut().enumerate() {
            let at = place.back([x as f32 + 0.5, y as f32 + 0.5]);
            let at = [0, 1].map(|axis| (at[axis] + PAD as f32) * steps[axis] - 0.5);
            *pixel = picture.at(at);
        }
    });
    layer
}

/// A picture that is looked into between its pixels.
struct Turned {
    pixels: Vec<Pixel>,
    width: isize,
    height: isize,
}

impl Turned {
    fn at(&self, [x, y]: [f32; 2]) -> Pixel {
        if x < -1.0 || y < -1.0 || x > self.width as f32 || y > self.height as f32 {
            return CLEAR;
        }
        let (left, top) = (x.floor(), y.floor());
        let (across, down) = (weights(x - left), weights(y - top));
        let mut sum = CLEAR;
        for (row, down) in down.into_iter().enumerate() {
            for (column, across) in across.into_iter().enumerate() {
                let (x, y) = (left as isize + column as isize - 1, top as isize + row as isize - 1);
                if x < 0 || y < 0 || x >= self.width || y >= self.height {
                    continue;
                }
                let pixel = self.pixels[(y * self.width + x) as usize];
                for (sum, value) in sum.iter_mut().zip(pixel) {
                    *sum += value * across * down;
                }
            }
        }
        let alpha = sum[3].clamp(0.0, 1.0);
        [sum[0].clamp(0.0, alpha), sum[1].clamp(0.0, alpha), sum[2].clamp(0.0, alpha), alpha]
    }
}

/// The weights of four neighbours at this share of the way from the second to the third.
fn weights(t: f32) -> [f32; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [0.5 * (-t3 + 2.0 * t2 - t), 0.5 * (3.0 * t3 - 5.0 * t2 + 2.0), 0.5 * (-3.0 * t3 + 4.0 * t2 + t), 0.5 * (t3 - t2)]
}
