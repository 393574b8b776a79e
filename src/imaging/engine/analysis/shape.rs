//! The silhouette as one smooth field of distances; outline, border and shadow are offsets of it.

use super::frame::Frame;
use crate::engine::raster::component;
use crate::engine::raster::distance::signed_distance;
use crate::engine::raster::filter::gaussian;
use crate::engine::raster::geometry::{Point, centroid, polygon_mask};
use crate::engine::raster::plane::{Plane, smoothstep};
use crate::engine::raster::resample::resized;
use crate::engine::{Control, EngineError};
use crate::vision::landmarks::{CHIN, FOREHEAD, OVAL};

/// How far below the chin the bust ends, in face heights.
pub(in crate::engine) const BUST: f32 = 0.98;
/// Half the greatest width of the bust in face heights.
const BUST_HALF_WIDTH: f32 = 1.30;
/// The superellipse of the bust: 2 is an ellipse, more is boxier.
const BUST_EXPONENT: f32 = 2.0;
/// How much wider than the shoulders a head may be, hair and hat included.
const OPENING: f32 = 0.4;
/// Where the photo itself ends, its corners are rounded by this many face heights.
const PHOTO_CORNER: f32 = 0.35;
/// This close to the photo's edge, in face heights, the person counts as cut by it.
const CUT_LOOK: f32 = 0.05;
/// Cuts that are closer to each other than this, in face heights, are one.
const CUT_GAP: f32 = 0.15;
/// How deep the curve of such a cut is, as a share of half its length, and at most in face heights.
const CUT_DEPTH: f32 = 0.24;
/// See [`CUT_DEPTH`].
const GREATEST_CUT: f32 = 0.22;
/// Gaps narrower than twice this are closed, and hairs thinner than that removed, in face heights.
const TIDY: f32 = 0.034;
/// The head that nothing trims: half its width and how far it reaches above the hairline, in face heights.
const HEAD: [f32; 2] = [0.82, 0.80];

/// Distance in pixels of the working square from the silhouette, negative inside.
pub(in crate::engine) fn silhouette(alpha: &Plane, full: &Frame, control: &Control) -> Result<Plane, EngineError> {
    let frame = &full.halved();
    let unit = frame.unit;
    let person = alpha.halved();
    let head = person.zip(&head(frame), f32::min);
    let body = person.zip(&bust(frame), f32::min).zip(&head, f32::max);
    let rounded = body.zip(&rounded_photo(frame), f32::min).zip(&head, f32::max);
    let cut = rounded.zip(&curved_cuts(&body, frame), f32::min).zip(&oval_in_photo(frame), f32::max);
    let mask = component::only(&cut, 0.4, &frame.line(OVAL));
    let mut distance = gaussian(&signed_distance(&mask), 0.012 * unit);
    for offset in [TIDY * unit, -TIDY * unit] {
        control.check()?;
        let moved = signed_distance(&distance.map(|d| smoothstep(0.7, -0.7, d - offset)));
        distance = moved.map(|d| d + offset);
    }
    control.check()?;
    // Closing and opening leave corners; blurring the field rounds them. Islands may appear again.
    let fair = gaussian(&distance, 0.034 * unit);
    let one = component::only(&fair.map(|d| smoothstep(0.7, -0.7, d)), 0.5, &frame.line(OVAL));
    let fair = gaussian(&signed_distance(&one), 0.012 * unit);
    Ok(resized(&fair, full.side, full.side).map(|d| d * 2.0))
}

/// Where the chosen head is, with ears, hair and hat, however it is tilted: nothing that trims may take of it.
fn head(frame: &Frame) -> Plane {
    let unit = frame.unit;
    let (top, chin) = (frame.points[FOREHEAD], frame.points[CHIN]);
    let up = [(top[0] - chin[0]) / unit, (top[1] - chin[1]) / unit];
    let [half_width, above] = HEAD;
    let middle = centroid(&frame.line(OVAL));
    Plane::from_fn(frame.side, frame.side, |x, y| {
        let [dx, dy] = [(x as f32 - middle[0]) / unit, (y as f32 - middle[1]) / unit];
        let (across, along) = (dx * up[1] - dy * up[0], dx * up[0] + dy * up[1]);
        // An egg: longer above the middle of the face, and down to the chin below it.
        let height = if along > 0.0 { 0.5 + above } else { 0.56 };
        let radius = (across / half_width).hypot(along / height);
        smoothstep(1.02, 0.98, radius)
    })
}

/// The face's own oval as far as the photo reaches, a little smaller so that a cut edge may still be rounded.
fn oval_in_photo(frame: &Frame) -> Plane {
    let unit = frame.unit;
    let oval = polygon_mask(frame.side, &frame.line(OVAL), -0.02 * unit, 0.02 * unit);
    oval.zip(&frame.on_photo(), f32::min)
}

/// The area that a bust fills: a superellipse that ends in the shoulders, open to the top and, around the head, to the
/// sides.
fn bust(frame: &Frame) -> Plane {
    let unit = frame.unit;
    let chin = frame.points[CHIN];
    let [_, photo_bottom] = frame.place_of(frame.photo_size);
    let bottom = (chin[1] + BUST * unit).min(photo_bottom - 0.01 * unit).min(frame.side as f32 - 0.06 * unit);
    let centre_y = chin[1] - 0.30 * unit;
    let (half_width, half_height) = (BUST_HALF_WIDTH * unit, bottom - centre_y);
    Plane::from_fn(frame.side, frame.side, |x, y| {
        let down = (y as f32 - centre_y) / half_height;
        let dx = ((x as f32 - frame.middle_x) / half_width).abs() / (1.0 + OPENING * smoothstep(0.0, -0.45, down));
        let dy = down.max(0.0);
        let radius = (dx.powf(BUST_EXPONENT) + dy.powf(BUST_EXPONENT)).powf(1.0 / BUST_EXPONENT);
        smoothstep(1.0, -1.0, (radius - 1.0) * half_width.min(half_height))
    })
}

/// The photo's rectangle and the square's, with rounded corners.
fn rounded_photo(frame: &Frame) -> Plane {
    let corner = PHOTO_CORNER * frame.unit;
    let [photo_left, photo_top] = frame.place_of([0.0, 0.0]);
    let [photo_right, photo_bottom] = frame.place_of(frame.photo_size);
    let edge = 0.04 * frame.unit;
    let (left, top) = (photo_left.max(edge), photo_top.max(edge));
    let (right, bottom) = (photo_right.min(frame.side as f32 - edge), photo_bottom.min(frame.side as f32 - edge));
    let middle = [f32::midpoint(left, right), f32::midpoint(top, bottom)];
    let half = [(right - left) / 2.0 - corner, (bottom - top) / 2.0 - corner];
    Plane::from_fn(frame.side, frame.side, |x, y| {
        let [dx, dy] = [(x as f32 - middle[0]).abs() - half[0], (y as f32 - middle[1]).abs() - half[1]];
        let distance = dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - corner;
        smoothstep(1.0, -1.0, distance)
    })
}

/// An edge of the photo: how a place of the square is seen from it, as how far inside it lies and how far along.
type Seen = Box<dyn Fn(f32, f32) -> Point + Sync>;

/// Where the photo cuts through the person, gentle curves instead of straight edges.
///
/// Each curve belongs to the stretch that is cut: beyond its ends the person is not at the edge, and nothing is taken.
fn curved_cuts(body: &Plane, frame: &Frame) -> Plane {
    let side = frame.side;
    let [photo_left, photo_top] = frame.place_of([0.0, 0.0]);
    let [photo_right, _] = frame.place_of(frame.photo_size);
    let edges: [(f32, Seen); 3] = [
        (photo_left, Box::new(move |x, y| [x - photo_left, y])),
        (side as f32 - 1.0 - photo_right, Box::new(move |x, y| [photo_right - x, y])),
        (photo_top, Box::new(move |x, y| [y - photo_top, x])),
    ];
    let mut out = Plane::filled(side, side, 1.0);
    for (inside_square, seen) in edges {
        if inside_square <= 0.0 {
            continue;
        }
        for (first, last) in cut_stretches(body, frame, &seen) {
            let half = (last - first) / 2.0;
            if half < 0.1 * frame.unit {
                continue;
            }
            let depth = (CUT_DEPTH * half).min(GREATEST_CUT * frame.unit);
            let middle = f32::midpoint(first, last);
            let curve = Plane::from_fn(side, side, |x, y| {
                let [inward, along] = seen(x as f32, y as f32);
                let from_middle = (along - middle).abs() / half;
                let beyond = (from_middle - 1.0).max(0.0) * half / depth;
                let taken = depth * from_middle.min(1.0).powi(2) * (1.0 - beyond).max(0.0).powi(2);
                smoothstep(-1.0, 1.0, inward - taken)
            });
            out = out.zip(&curve, f32::min);
        }
    }
    out
}

/// The stretches along an edge of the photo at which it cuts the person, each from its first to its last place.
fn cut_stretches(body: &Plane, frame: &Frame, seen: &Seen) -> Vec<(f32, f32)> {
    let side = frame.side;
    let near = (CUT_LOOK * frame.unit).max(1.5);
    let mut touched = vec![false; side];
    for (i, _) in body.values.iter().enumerate().filter(|&(_, &share)| share > 0.5) {
        let [inward, along] = seen((i % side) as f32, (i / side) as f32);
        if (0.0..near).contains(&inward) {
            touched[along as usize] = true;
        }
    }
    let mut stretches: Vec<(f32, f32)> = Vec::new();
    for place in (0..side).filter(|&place| touched[place]).map(|place| place as f32) {
        match stretches.last_mut() {
            Some((_, last)) if place - *last <= CUT_GAP * frame.unit => *last = place,
            _ => stretches.push((place, place)),
        }
    }
    stretches
}

/// `left, top, right, bottom` of the inside in pixels of the square; `None` when nothing is inside.
pub(in crate::engine) fn extent(distance: &Plane) -> Option<[f32; 4]> {
    let mut extent = [distance.width, distance.height, 0, 0];
    for (y, row) in distance.values.chunks_exact(distance.width).enumerate() {
        let first = row.iter().position(|&d| d < 0.0);
        let last = row.iter().rposition(|&d| d < 0.0);
        if let (Some(first), Some(last)) = (first, last) {
            extent = [extent[0].min(first), extent[1].min(y), extent[2].max(last + 1), extent[3].max(y + 1)];
        }
    }
    (extent[2] > 0).then(|| extent.map(|v| v as f32))
}
