//! Props beside the head, at the person's left, where a reader's eye ends.

use super::figures::At;
use super::{Pen, Places};
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::Point;

const RED: Lab = [0.66, 0.205, 0.085];
const BLUE: Lab = [0.58, -0.03, -0.16];
const GOLD: Lab = [0.87, 0.01, 0.155];
const LIGHT: Lab = [0.985, 0.0, 0.0];

/// Moves points as far as the canvas asks for.
fn moved(points: Vec<Vec<Point>>, [dx, dy]: Point) -> Vec<Vec<Point>> {
    points.into_iter().map(|line| line.into_iter().map(|[x, y]| [x + dx, y + dy]).collect()).collect()
}

pub(super) fn zzz(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let half = 0.0185 * size;
    let letters: Vec<Vec<Point>> = [([0.03, 0.20], 0.046), ([0.13, 0.335], 0.060), ([0.26, 0.49], 0.077)]
        .map(|(place, letter)| {
            let middle = places.axes.at(places.temples[1], place);
            let at = At { axes: &places.axes, middle, size: letter * size, turn: 0.14 };
            // Corners twice, so that the curve through them is sharp.
            let [a, b, c, d] = [[-0.85, 1.0], [0.85, 1.0], [-0.85, -1.0], [0.85, -1.0]];
            at.line(&[a, b, b, c, c, d])
        })
        .to_vec();
    let inward = pen.inward(&letters.concat(), half);
    for letter in moved(letters, inward) {
        pen.stroke(&letter, half * places.unit, BLUE);
    }
}

pub(super) fn question_mark(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let middle = places.axes.at(places.temples[1], [0.22, 0.36]);
    let at = At { axes: &places.axes, middle, size: 0.15 * size, turn: 0.20 };
    let half = 0.032 * size;
    let hook = at.line(&[
        [-0.52, 0.58],
        [-0.36, 0.95],
        [0.05, 1.08],
        [0.45, 0.92],
        [0.55, 0.55],
        [0.32, 0.18],
        [0.06, -0.08],
        [0.0, -0.42],
    ]);
    let dot = at.line(&[[0.0, -0.98], [0.004, -0.985]]);
    let inward = pen.inward(&[hook.clone(), dot.clone()].concat(), half);
    for stroke in moved(vec![hook, dot], inward) {
        pen.stroke(&stroke, half * places.unit, GOLD);
    }
}

pub(super) fn sparkles(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let stars = [(1, [0.22, 0.34], 0.105), (1, [0.33, 0.10], 0.065), (0, [-0.24, 0.26], 0.085)];
    for (side, place, star) in stars {
        let middle = places.axes.at(places.temples[side], place);
        let at = At { axes: &places.axes, middle, size: star * size, turn: 0.0 };
        let outline = at.star();
        let inward = pen.inward(&outline, 0.0);
        for star in moved(vec![outline], inward) {
            pen.area(&star, GOLD);
        }
    }
}

pub(super) fn hearts(pen: &mut Pen<'_>, places: &Places, size: f32) {
    for (place, heart) in [([0.30, 0.045], 0.074), ([0.43, 0.17], 0.050)] {
        let middle = places.axes.at(places.corner, place);
        let at = At { axes: &places.axes, middle, size: heart * size, turn: 0.25 };
        let outline = at.heart();
        let inward = pen.inward(&outline, 0.0);
        let glint = at.line(&[[-0.60, 0.22], [-0.58, 0.44], [-0.40, 0.58]]);
        for (i, line) in moved(vec![outline, glint], inward).into_iter().enumerate() {
            if i == 0 {
                pen.area(&line, RED);
            } else {
                pen.touch(&line, 0.10 * heart * size * places.unit, LIGHT, 0.95);
            }
        }
    }
}
