//! The brush: adds to a cut-out and takes from it.

use std::ops::Range;

use image::{RgbImage, RgbaImage};

use model::finish::{Brush, BrushMode, Stroke};

use super::layer::{length, smoothstep};

/// Steps along a stroke are at least this share of its radius long; shorter ones are left out.
const STEP: f32 = 0.12;

/// Colours this far from the one under the brush, of 255, are its own; from the second on they are others.
const OWN_COLOR: f32 = 34.0;
const OTHER_COLOR: f32 = 72.0;

/// A place on a stroke, in pixels.
#[derive(Clone, Copy, PartialEq)]
struct Dab {
    at: [f32; 2],
    radius: f32,
}

/// Draws one stroke. `colors` are those of the whole picture, also where it is clear.
pub(crate) fn draw(image: &mut RgbaImage, colors: &RgbImage, stroke: &Stroke) {
    Growing::default().draw(image, colors, stroke);
}

/// A stroke that may go on: what its settled part covers is kept, so that only what is new is worked out.
///
/// All of it is settled but the way to its last point, which is another way once there is a further point.
#[derive(Default)]
pub(crate) struct Growing {
    brush: Brush,
    size: (u32, u32),
    settled: Vec<Dab>,
    /// How much of each pixel of the picture is covered by that, 0 to 1.
    covered: Vec<f32>,
}

impl Growing {
    /// Draws a stroke, quickly when it goes on from the one that was drawn last.
    pub(crate) fn draw(&mut self, image: &mut RgbaImage, colors: &RgbImage, stroke: &Stroke) {
        let dabs = dabs(stroke, image.dimensions());
        let Some((last, settled)) = dabs.split_last() else { return };
        let goes_on =
            self.brush == stroke.brush && self.size == image.dimensions() && settled.starts_with(&self.settled);
        if !goes_on {
            let pixels = image.as_raw().len() / 4;
            *self = Self { brush: stroke.brush, size: image.dimensions(), ..Self::default() };
            self.covered = vec![0.0; pixels];
        }
        for place in self.settled.len().max(1)..settled.len() {
            self.cover(settled[place - 1], settled[place], colors);
        }
        self.settled = settled.to_vec();
        // The way to the last point is taken back afterwards.
        let before = settled.last().unwrap_or(last);
        let Some(end) = Area::around(&[*before, *last], self.size) else { return };
        let kept = end.read(&self.covered, self.size);
        self.cover(*before, *last, colors);
        if let Some(area) = Area::around(&dabs, self.size) {
            self.paint(image, colors, area, stroke.brush.mode);
        }
        end.write(&kept, &mut self.covered, self.size);
    }

    /// Covers the way between two dabs.
    fn cover(&mut self, from: Dab, to: Dab, colors: &RgbImage) {
        let segment = Segment::of(from, to, self.brush, colors);
        let Some(area) = Area::around(&[from, to], self.size) else { return };
        let width = self.size.0 as usize;
        for y in area.top..area.bottom {
            let row = &mut self.covered[y as usize * width..][..width];
            for (x, own) in (area.left..area.right).zip(&mut row[area.left as usize..]) {
                if *own < 1.0 {
                    *own = own.max(segment.covers(x, y, colors));
                }
            }
        }
    }

    /// Paints what is covered within an area.
    fn paint(&self, image: &mut RgbaImage, colors: &RgbImage, area: Area, mode: BrushMode) {
        let (pixels, colors) = (image.as_chunks_mut::<4>().0, colors.as_chunks::<3>().0);
        for row in area.rows(self.size) {
            let row = pixels[row.clone()].iter_mut().zip(&colors[row.clone()]).zip(&self.covered[row]);
            for ((pixel, &color), &covered) in row {
                if covered > 0.0 {
                    paint(pixel, color, covered, mode);
                }
            }
        }
    }
}

/// Makes one pixel at least or at most as opaque as the brush says.
fn paint(pixel: &mut [u8; 4], color: [u8; 3], covered: f32, mode: BrushMode) {
    let before = f32::from(pixel[3]) / 255.0;
    match mode {
        BrushMode::Erase => pixel[3] = (before.min(1.0 - covered) * 255.0 + 0.5) as u8,
        BrushMode::Add => {
            let after = before.max(covered);
            if after <= before {
                return;
            }
            // What was there keeps its colour by its share.
            let kept = before / after;
            for (channel, added) in color.into_iter().enumerate() {
                let mixed = f32::from(pixel[channel]) * kept + f32::from(added) * (1.0 - kept);
                pixel[channel] = (mixed + 0.5) as u8;
            }
            pixel[3] = (after * 255.0 + 0.5) as u8;
        }
    }
}

/// The places of a stroke without those that are hardly further.
fn dabs(stroke: &Stroke, (width, height): (u32, u32)) -> Vec<Dab> {
    let radius = stroke.brush.size * width.max(height) as f32 / 2.0;
    let dab = |[x, y, pressure]: [f32; 3]| Dab {
        at: [x * width as f32 - 0.5, y * height as f32 - 0.5],
        // Half of the width is there without any pressure.
        radius: (radius * (0.5 + 0.5 * pressure)).max(0.5),
    };
    let mut dabs: Vec<Dab> = Vec::new();
    for (index, point) in stroke.points.iter().enumerate() {
        let next = dab(*point);
        let is_end = index + 1 == stroke.points.len();
        let far = |last: &Dab| length(last.at[0] - next.at[0], last.at[1] - next.at[1]) >= STEP * radius;
        if is_end || dabs.last().is_none_or(far) {
            dabs.push(next);
        }
    }
    dabs
}

/// Pixels of a picture, right and bottom beyond the last ones.
#[derive(Clone, Copy)]
struct Area {
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
}

impl Area {
    /// The pixels that dabs may reach, if there are any.
    fn around(dabs: &[Dab], (width, height): (u32, u32)) -> Option<Self> {
        let mut reach = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        for Dab { at: [x, y], radius } in dabs {
            let radius = radius + 1.0;
            reach = [
                reach[0].min(x - radius),
                reach[1].min(y - radius),
                reach[2].max(x + radius),
                reach[3].max(y + radius),
            ];
        }
        let clamped = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
        let (left, top) = (clamped(reach[0].floor(), width), clamped(reach[1].floor(), height));
        let (right, bottom) = (clamped(reach[2].ceil() + 1.0, width), clamped(reach[3].ceil() + 1.0, height));
        (left < right && top < bottom).then_some(Self { left, top, right, bottom })
    }

    /// The places of its rows in a picture of this size.
    fn rows(self, (width, _): (u32, u32)) -> impl Iterator<Item = Range<usize>> {
        let Self { left, top, right, bottom } = self;
        (top..bottom).map(move |y| (y * width + left) as usize..(y * width + right) as usize)
    }

    fn read(self, values: &[f32], size: (u32, u32)) -> Vec<f32> {
        self.rows(size).flat_map(|row| values[row].iter().copied()).collect()
    }

    fn write(self, kept: &[f32], values: &mut [f32], size: (u32, u32)) {
        let columns = (self.right - self.left) as usize;
        for (row, kept) in self.rows(size).zip(kept.chunks_exact(columns)) {
            values[row].copy_from_slice(kept);
        }
    }
}

/// A part of a stroke between two dabs.
struct Segment {
    from: Dab,
    to: Dab,
    softness: f32,
    /// The colours under its ends, when it keeps to them.
    colors: Option<[[f32; 3]; 2]>,
}

impl Segment {
    fn of(from: Dab, to: Dab, brush: Brush, colors: &RgbImage) -> Self {
        let under = |dab: Dab| {
            let [x, y] = dab.at.map(|value| value.round().max(0.0) as u32);
            colors.get_pixel(x.min(colors.width() - 1), y.min(colors.height() - 1)).0.map(f32::from)
        };
        let kept = brush.keeps_to_edges.then(|| [under(from), under(to)]);
        Self { from, to, softness: brush.softness, colors: kept }
    }

    /// How much of a pixel is covered.
    fn covers(&self, x: u32, y: u32, colors: &RgbImage) -> f32 {
        let Self { from, to, .. } = self;
        let along = [to.at[0] - from.at[0], to.at[1] - from.at[1]];
        let reach = [x as f32 - from.at[0], y as f32 - from.at[1]];
        let squared = along[0] * along[0] + along[1] * along[1];
        let share =
            if squared > 0.0 { ((reach[0] * along[0] + reach[1] * along[1]) / squared).clamp(0.0, 1.0) } else { 0.0 };
        let distance = length(reach[0] - along[0] * share, reach[1] - along[1] * share);
        let radius = from.radius + (to.radius - from.radius) * share;
        let fade = (self.softness * radius).max(1.0);
        let covered = smoothstep(radius + 0.5, radius + 0.5 - fade, distance);
        let Some([start, end]) = self.colors.filter(|_| covered > 0.0) else { return covered };
        let own = colors.get_pixel(x, y).0;
        let apart = |channel: usize| {
            let under = start[channel] + (end[channel] - start[channel]) * share;
            (f32::from(own[channel]) - under).powi(2)
        };
        covered * smoothstep(OTHER_COLOR, OWN_COLOR, (apart(0) + apart(1) + apart(2)).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, Rgba};

    use super::*;

    /// Red left of the middle, blue right of it; all of it clear or solid.
    fn picture(alpha: u8) -> (RgbaImage, RgbImage) {
        let color = |x: u32| if x < 50 { [220, 30, 30] } else { [30, 30, 220] };
        let image = RgbaImage::from_fn(100, 100, |x, _| Rgba([color(x)[0], color(x)[1], color(x)[2], alpha]));
        (image, RgbImage::from_fn(100, 100, |x, _| Rgb(color(x))))
    }

    fn stroke(mode: BrushMode, keeps_to_edges: bool) -> Stroke {
        let brush = Brush { mode, size: 0.3, softness: 0.0, keeps_to_edges };
        Stroke { brush, points: vec![[0.4, 0.2, 1.0], [0.4, 0.8, 1.0]] }
    }

    #[test]
    fn erasing_takes_a_band_as_wide_as_the_brush() {
        let (mut image, colors) = picture(255);
        draw(&mut image, &colors, &stroke(BrushMode::Erase, false));
        let cleared = (0..100).filter(|x| image.get_pixel(*x, 50).0[3] < 128).count();
        assert!((29..=31).contains(&cleared), "{cleared}");
        assert_eq!(image.get_pixel(5, 50).0[3], 255);
    }

    #[test]
    fn adding_brings_the_pictures_own_colours_back() {
        let (mut image, colors) = picture(0);
        draw(&mut image, &colors, &stroke(BrushMode::Add, false));
        assert_eq!(image.get_pixel(40, 50).0, [220, 30, 30, 255]);
        assert_eq!(image.get_pixel(52, 50).0, [30, 30, 220, 255]);
    }

    #[test]
    fn a_brush_that_keeps_to_edges_stops_at_one() {
        let (mut image, colors) = picture(255);
        draw(&mut image, &colors, &stroke(BrushMode::Erase, true));
        assert_eq!(image.get_pixel(49, 50).0[3], 0);
        assert_eq!(image.get_pixel(50, 50).0[3], 255);
    }

    #[test]
    fn pressure_widens_and_softness_fades() {
        let width = |pressure: f32| {
            let (mut image, colors) = picture(255);
            let mut light = stroke(BrushMode::Erase, false);
            light.points.iter_mut().for_each(|point| point[2] = pressure);
            draw(&mut image, &colors, &light);
            (0..100).filter(|x| image.get_pixel(*x, 50).0[3] < 128).count()
        };
        assert!(width(0.0) < width(0.5) && width(0.5) < width(1.0));
        let (mut image, colors) = picture(255);
        let mut soft = stroke(BrushMode::Erase, false);
        soft.brush.softness = 1.0;
        draw(&mut image, &colors, &soft);
        let between = (0..100).filter(|x| (20..236).contains(&image.get_pixel(*x, 50).0[3])).count();
        assert!(between > 12, "{between}");
    }

    #[test]
    fn a_stroke_that_grew_point_by_point_is_the_one_drawn_at_once() {
        for keeps_to_edges in [false, true] {
            let (image, colors) = picture(255);
            let brush = Brush { keeps_to_edges, ..Brush::default() };
            let mut stroke = Stroke { brush, points: Vec::new() };
            let mut growing = Growing::default();
            for step in 0..60_u8 {
                let turn = f32::from(step) * 0.11;
                stroke.push([0.5 + 0.4 * turn.cos(), 0.5 + 0.3 * (1.7 * turn).sin()], 0.5 + 0.5 * turn.sin());
                let (mut grown, mut at_once) = (image.clone(), image.clone());
                growing.draw(&mut grown, &colors, &stroke);
                draw(&mut at_once, &colors, &stroke);
                assert!(grown == at_once, "after {step} points");
            }
            // Another stroke begins anew.
            let other = Stroke { points: vec![[0.1, 0.1, 1.0], [0.2, 0.9, 1.0]], ..stroke.clone() };
            let (mut grown, mut at_once) = (image.clone(), image);
            growing.draw(&mut grown, &colors, &other);
            draw(&mut at_once, &colors, &other);
            assert!(grown == at_once);
        }
    }
}
