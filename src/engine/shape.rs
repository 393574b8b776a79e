//! The silhouette as one smooth field of distances; outline, border and shadow are offsets of it.

use super::component;
use super::distance::signed_distance;
use super::filter::gaussian;
use super::frame::Frame;
use super::plane::{Plane, smoothstep};
use super::resample::resized;
use crate::vision::landmarks::{CHIN, OVAL};

/// How far below the chin the bust ends, in face heights.
const BUST: f32 = 1.12;
/// Half the greatest width of the bust in face heights.
const BUST_HALF_WIDTH: f32 = 1.36;
/// Where the photo itself ends, its corners are rounded by this many face heights.
const PHOTO_CORNER: f32 = 0.35;
/// Gaps narrower than twice this are closed, and hairs thinner than that removed, in face heights.
const TIDY: f32 = 0.034;

/// Distance in pixels of the working square from the silhouette, negative inside.
pub(super) fn silhouette(alpha: &Plane, full: &Frame) -> Plane {
    let frame = &full.halved();
    let unit = frame.unit;
    let cut = alpha.halved().zip(&bust(frame), f32::min).zip(&rounded_photo(frame), f32::min);
    let mask = component::only(&cut, 0.4, &frame.line(OVAL));
    let mut distance = gaussian(&signed_distance(&mask), 0.012 * unit);
    for offset in [TIDY * unit, -TIDY * unit] {
        let moved = signed_distance(&distance.map(|d| smoothstep(0.7, -0.7, d - offset)));
        distance = moved.map(|d| d + offset);
    }
    // Closing and opening leave corners; blurring the field rounds them. Islands may appear again.
    let fair = gaussian(&distance, 0.026 * unit);
    let one = component::only(&fair.map(|d| smoothstep(0.7, -0.7, d)), 0.5, &frame.line(OVAL));
    let fair = gaussian(&signed_distance(&one), 0.012 * unit);
    resized(&fair, full.side, full.side).map(|d| d * 2.0)
}

/// The area that a bust fills: a superellipse that ends in the shoulders, open to the top.
fn bust(frame: &Frame) -> Plane {
    let unit = frame.unit;
    let chin = frame.points[CHIN];
    let [_, photo_bottom] = frame.place_of(frame.photo_size);
    let bottom = (chin[1] + BUST * unit).min(photo_bottom - 0.01 * unit).min(frame.side as f32 - 0.06 * unit);
    let centre_y = chin[1] - 0.30 * unit;
    let (half_width, half_height) = (BUST_HALF_WIDTH * unit, bottom - centre_y);
    Plane::from_fn(frame.side, frame.side, |x, y| {
        let dx = ((x as f32 - chin[0]) / half_width).abs();
        let dy = ((y as f32 - centre_y) / half_height).max(0.0);
        let radius = (dx.powf(2.7) + dy.powf(2.7)).powf(1.0 / 2.7);
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

/// `left, top, right, bottom` of the inside in pixels of the square.
pub(super) fn extent(distance: &Plane) -> [f32; 4] {
    let mut extent = [distance.width, distance.height, 0, 0];
    for (y, row) in distance.values.chunks_exact(distance.width).enumerate() {
        let first = row.iter().position(|&d| d < 0.0);
        let last = row.iter().rposition(|&d| d < 0.0);
        if let (Some(first), Some(last)) = (first, last) {
            extent = [extent[0].min(first), extent[1].min(y), extent[2].max(last + 1), extent[3].max(y + 1)];
        }
    }
    extent.map(|v| v as f32)
}
