//! Judges a sticker by the points that somebody else's network (MediaPipe's face mesh) found in its photo.
//!
//! The figures are those of a portrait painter's checklist: is the whole head there, in one piece, without an edge that
//! the photo does not have, and is the skin the person's own?

use image::{RgbImage, RgbaImage};
use sticker_booth::model::FaceFrame;

/// A position in pixels.
pub type Point = [f64; 2];

/// Points of the canonical mesh on the cheeks, right and left, away from eyes, nose and mouth.
const CHEEKS: [&[usize]; 2] = [&[50, 101, 118, 117, 123, 147, 187, 205], &[280, 330, 347, 346, 352, 376, 411, 425]];
/// Outline of the forehead between brows and hairline.
const FOREHEAD: &[usize] = &[67, 109, 10, 338, 297, 299, 296, 336, 9, 107, 66, 69];
/// The middle of the hairline, and the lowest point of the chin.
const HAIRLINE: usize = 10;
const CHIN: usize = 152;
/// Outer corners of the eyes.
const EYES: [usize; 2] = [33, 263];
/// The crown lies this far above the hairline, in face heights.
const CROWN: f64 = 0.15;
/// Alpha from which on a pixel belongs to the sticker.
const INSIDE: u8 = 128;
/// Heads tilted by more degrees are not asked about rows of their forehead.
const UPRIGHT: f64 = 8.0;

/// What is measured on one sticker.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// Share of the mesh inside the silhouette.
    pub covered: f64,
    /// Is the crown inside?
    pub crown: bool,
    /// Connected pieces of the sticker.
    pub pieces: usize,
    /// The longest level or upright straight stretch of the silhouette away from the photo's border, in face heights.
    pub straight: f64,
    /// Lightness of the cheeks in Oklab, sticker less photo.
    pub lightness: Option<f64>,
    /// Hue of the cheeks, sticker against photo, in degrees.
    pub hue: Option<f64>,
    /// Chroma of the cheeks, sticker by photo.
    pub chroma: Option<f64>,
    /// The strongest edge across the forehead that the photo does not have, in lightness.
    pub step: Option<f64>,
}

impl Judgement {
    /// Is the head whole?
    pub fn is_whole(&self) -> bool {
        self.covered >= 0.95 && self.crown
    }
}

/// Judges `sticker`, under which the photo lies as `frame` says, by the `points` of the photo's face.
pub fn judge(photo: &RgbImage, points: &[Point], sticker: &RgbaImage, frame: FaceFrame) -> Judgement {
    let on: Vec<Point> =
        points.iter().map(|p| [(p[0] - frame.left) / frame.scale, (p[1] - frame.top) / frame.scale]).collect();
    let is_inside = |[x, y]: Point| {
        x >= 0.0
            && y >= 0.0
            && (x as u32) < sticker.width()
            && (y as u32) < sticker.height()
            && sticker.get_pixel(x as u32, y as u32)[3] > INSIDE
    };
    let above = |points: &[Point]| {
        let [dx, dy] = [points[HAIRLINE][0] - points[CHIN][0], points[HAIRLINE][1] - points[CHIN][1]];
        [points[HAIRLINE][0] + CROWN * dx, points[HAIRLINE][1] + CROWN * dy]
    };
    let [x, y] = above(points);
    let crown_is_on_photo =
        (0.0..f64::from(photo.width())).contains(&x) && (0.0..f64::from(photo.height())).contains(&y);
    let crown = if crown_is_on_photo { above(&on) } else { on[on.len() - 1] };
    let mut probes = on.clone();
    probes.extend(crown_is_on_photo.then_some(crown));
    let covered = probes.iter().filter(|&&probe| is_inside(probe)).count() as f64 / probes.len() as f64;
    let height = length(on[HAIRLINE], on[CHIN]);
    let mut judgement = Judgement {
        covered,
        crown: is_inside(crown),
        pieces: pieces(sticker),
        straight: straight(sticker, photo, frame) / height,
        ..Judgement::default()
    };
    let flat = flattened(sticker);
    let before = cheeks(points, photo.dimensions(), |x, y| Some(photo.get_pixel(x, y).0));
    let after =
        cheeks(&on, sticker.dimensions(), |x, y| (sticker.get_pixel(x, y)[3] > INSIDE).then(|| flat.get_pixel(x, y).0));
    if let (Some(before), Some(after)) = (before, after) {
        judgement.lightness = Some(after[0] - before[0]);
        let chroma = [before, after].map(|lab| lab[1].hypot(lab[2]));
        if chroma[0] > 0.02 && chroma[1] > 0.01 {
            let [from, to] = [before, after].map(|lab| lab[2].atan2(lab[1]).to_degrees());
            judgement.hue = Some(((to - from + 180.0).rem_euclid(360.0) - 180.0).abs());
            judgement.chroma = Some(chroma[1] / chroma[0]);
        }
    }
    let tilt = (on[EYES[1]][1] - on[EYES[0]][1]).atan2(on[EYES[1]][0] - on[EYES[0]][0]).to_degrees();
    if tilt.abs() < UPRIGHT && judgement.is_whole() {
        let scale = 1.0 / frame.scale;
        let size = [photo.width(), photo.height()].map(|edge| ((f64::from(edge) * scale).round() as u32).max(1));
        let scaled = image::imageops::resize(photo, size[0], size[1], image::imageops::FilterType::Lanczos3);
        let scaled_points: Vec<Point> = points.iter().map(|p| p.map(|v| v * scale)).collect();
        judgement.step = Some(forehead_step(&flat, &on) - forehead_step(&scaled, &scaled_points));
    }
    judgement
}

fn length(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// The sticker on a bluish grey.
fn flattened(sticker: &RgbaImage) -> RgbImage {
    const GROUND: [u8; 3] = [128, 140, 158];
    RgbImage::from_fn(sticker.width(), sticker.height(), |x, y| {
        let pixel = sticker.get_pixel(x, y).0;
        let alpha = f64::from(pixel[3]) / 255.0;
        image::Rgb(
            [0, 1, 2].map(|c| (f64::from(pixel[c]) * alpha + f64::from(GROUND[c]) * (1.0 - alpha)).round() as u8),
        )
    })
}

/// Oklab of an sRGB colour (Ottosson, 2020).
pub fn oklab(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b).cbrt();
    let m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b).cbrt();
    let s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b).cbrt();
    [
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
}

/// The pixels inside a polygon, row by row, by their centres.
fn inside(points: &[Point], (width, height): (u32, u32)) -> Vec<[u32; 2]> {
    let mut found = Vec::new();
    for y in 0..height {
        let at = f64::from(y);
        let mut crossings: Vec<f64> = (0..points.len())
            .filter_map(|i| {
                let ([ax, ay], [bx, by]) = (points[i], points[(i + 1) % points.len()]);
                ((ay > at) != (by > at)).then(|| ax + (at - ay) / (by - ay) * (bx - ax))
            })
            .collect();
        crossings.sort_unstable_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let (from, to) = (pair[0].ceil().max(0.0), pair[1].floor().min(f64::from(width) - 1.0));
            found.extend((from as i64..=to as i64).map(|x| [x as u32, y]));
        }
    }
    found
}

/// The median of each channel of the cheeks' Oklab.
fn cheeks(points: &[Point], size: (u32, u32), colour: impl Fn(u32, u32) -> Option<[u8; 3]>) -> Option<[f64; 3]> {
    let outlines = CHEEKS.iter().map(|cheek| cheek.iter().map(|&i| points[i]).collect::<Vec<_>>());
    let colours: Vec<[f64; 3]> =
        outlines.flat_map(|line| inside(&line, size)).filter_map(|[x, y]| colour(x, y)).map(oklab).collect();
    (colours.len() > 20).then(|| {
        [0, 1, 2].map(|c| {
            let mut values: Vec<f64> = colours.iter().map(|lab| lab[c]).collect();
            values.sort_unstable_by(f64::total_cmp);
            values[values.len() / 2]
        })
    })
}

/// The greatest change of the mean lightness over four rows of the forehead.
fn forehead_step(image: &RgbImage, points: &[Point]) -> f64 {
    let means = forehead_rows(image, points);
    if means.len() <= 12 {
        return 0.0;
    }
    means.windows(5).map(|five| (five[4] - five[0]).abs()).fold(0.0, f64::max)
}

/// The mean lightness of each row of the forehead, from the hairline down.
pub fn forehead_rows(image: &RgbImage, points: &[Point]) -> Vec<f64> {
    let outline: Vec<Point> = FOREHEAD.iter().map(|&i| points[i]).collect();
    let mut rows: Vec<(u32, f64, usize)> = Vec::new();
    for [x, y] in inside(&outline, image.dimensions()) {
        let lightness = oklab(image.get_pixel(x, y).0)[0];
        match rows.last_mut() {
            Some((row, sum, count)) if *row == y => {
                *sum += lightness;
                *count += 1;
            }
            _ => rows.push((y, lightness, 1)),
        }
    }
    rows.into_iter().filter(|(_, _, count)| *count > 12).map(|(_, sum, count)| sum / count as f64).collect()
}

/// How many connected pieces the sticker has.
fn pieces(sticker: &RgbaImage) -> usize {
    let (width, height) = sticker.dimensions();
    let mut open: Vec<bool> = sticker.pixels().map(|pixel| pixel[3] > INSIDE).collect();
    let mut count = 0;
    for start in 0..open.len() {
        if !open[start] {
            continue;
        }
        count += 1;
        let mut waiting = vec![start];
        open[start] = false;
        while let Some(at) = waiting.pop() {
            let (x, y) = (at as u32 % width, at as u32 / width);
            let next = [
                (x > 0).then(|| at - 1),
                (x + 1 < width).then(|| at + 1),
                (y > 0).then(|| at - width as usize),
                (y + 1 < height).then(|| at + width as usize),
            ];
            for next in next.into_iter().flatten() {
                if std::mem::take(&mut open[next]) {
                    waiting.push(next);
                }
            }
        }
    }
    count
}

/// How far two places of one straight stretch may lie apart across it, in pixels.
const STRAIGHT: f64 = 0.6;

/// The longest stretch, in pixels, in which the silhouette is level or upright and straight, where the photo does not
/// end nearby.
fn straight(sticker: &RgbaImage, photo: &RgbImage, frame: FaceFrame) -> f64 {
    let (width, height) = sticker.dimensions();
    // Where along a line, seen from its start, alpha first passes the half: the edge, to a fraction of a pixel.
    let edge = |alpha: &dyn Fn(u32) -> u8, count: u32| -> Option<f64> {
        let first = (0..count).find(|&i| alpha(i) > INSIDE)?;
        let (here, before) = (f64::from(alpha(first)), if first > 0 { f64::from(alpha(first - 1)) } else { 0.0 });
        Some(f64::from(first) - (here - f64::from(INSIDE)) / (here - before).max(1.0))
    };
    let [left, top] = [-frame.left, -frame.top].map(|v| v / frame.scale);
    let [right, bottom] =
        [(f64::from(photo.width()) - frame.left) / frame.scale, (f64::from(photo.height()) - frame.top) / frame.scale];
    let column = |x: u32| move |y: u32| sticker.get_pixel(x, y)[3];
    let row = |y: u32| move |x: u32| sticker.get_pixel(x, y)[3];
    let sides: [(Vec<Option<f64>>, f64); 4] = [
        ((0..width).map(|x| edge(&column(x), height)).collect(), top),
        ((0..width).map(|x| edge(&|i| column(x)(height - 1 - i), height)).collect(), f64::from(height) - bottom),
        ((0..height).map(|y| edge(&row(y), width)).collect(), left),
        ((0..height).map(|y| edge(&|i| row(y)(width - 1 - i), width)).collect(), f64::from(width) - right),
    ];
    // The sticker's white border lies outside of the photo's.
    let near = 0.06 * f64::from(width);
    let longest = sides.iter().map(|(edges, end)| {
        let mut best = 0;
        for start in 0..edges.len() {
            let (mut low, mut high) = (f64::MAX, f64::MIN);
            for (i, edge) in edges[start..].iter().enumerate() {
                let Some(edge) = *edge else { break };
                (low, high) = (low.min(edge), high.max(edge));
                if high - low > STRAIGHT || (edge - end).abs() < near {
                    break;
                }
                best = best.max(i + 1);
            }
        }
        best
    });
    longest.max().unwrap_or(0) as f64
}

/// The value below which this share of them lies; 0 of none.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = share * sorted.len().saturating_sub(1) as f64;
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    sorted.get(low).map_or(0.0, |&below| below + (sorted[high] - below) * (at - low as f64))
}
