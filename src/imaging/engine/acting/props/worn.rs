//! Props that a person wears.

use super::figures::At;
use super::{Pen, Places};
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::{Point, between, distance};

const LENS: Lab = [0.20, 0.0, -0.01];
const SHINE: Lab = [0.93, -0.01, -0.02];
const GOLD: Lab = [0.84, 0.02, 0.150];
const DARK_GOLD: Lab = [0.72, 0.055, 0.125];
const RED: Lab = [0.62, 0.20, 0.09];
const TEAL: Lab = [0.74, -0.10, -0.05];
const PINK: Lab = [0.72, 0.18, 0.0];

/// Half the width of a lens and half its height, in face heights.
const GLASS: [f32; 2] = [0.178, 0.128];

pub(super) fn sunglasses(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let axes = &places.axes;
    let [right, left] = places.eyes;
    let apart = distance(right, left) / axes.unit;
    // Lenses never run into each other.
    let half = if places.sides.len() == 2 { GLASS[0].min(0.46 * apart) } else { 0.10 };
    for &side in &places.sides {
        let eye = places.eyes[side];
        let outward = if side == 0 { -1.0 } else { 1.0 };
        let arm =
            [axes.at(eye, [outward * half * 0.9, 0.045]), axes.at(places.temples[side], [-0.02 * outward, 0.035])];
        pen.touch_full(&arm, 0.016 * places.unit, LENS);
    }
    let bridge = between(right, left, 0.5);
    let arch = [[-0.5 * apart + half * 0.8, 0.035], [0.0, 0.062], [0.5 * apart - half * 0.8, 0.035]];
    pen.touch_full(&arch.map(|place| axes.at(bridge, place)), 0.016 * places.unit, LENS);
    for &side in &places.sides {
        let eye = places.eyes[side];
        let outward = if side == 0 { -1.0 } else { 1.0 };
        let grow = 0.7 + 0.3 * size;
        let place = |x: f32, y: f32| axes.at(eye, [outward * x * half * grow, y * GLASS[1] * grow - 0.012]);
        let lens = [
            place(-0.94, 0.66),
            place(-0.30, 0.78),
            place(0.50, 0.82),
            place(1.04, 0.74),
            place(1.08, 0.30),
            place(0.92, -0.46),
            place(0.46, -0.92),
            place(-0.22, -0.92),
            place(-0.76, -0.50),
            place(-0.98, 0.20),
        ];
        pen.area(&lens, LENS);
        // The light falls alike on both.
        let shine = |x: f32, y: f32| axes.at(eye, [x * half * grow, y * GLASS[1] * grow - 0.012]);
        pen.patch(&[shine(-0.62, 0.05), shine(-0.20, 0.58), shine(0.06, 0.58), shine(-0.52, -0.20)], SHINE, 0.85);
        pen.patch(&[shine(-0.40, -0.32), shine(0.22, 0.56), shine(0.32, 0.55), shine(-0.32, -0.40)], SHINE, 0.85);
    }
}

/// A figure on top of the head, moved down until it fits on the canvas.
fn on_top(pen: &Pen<'_>, places: &Places, rise: f32, outline: impl Fn(Point) -> Vec<Point>) -> Point {
    let middle = places.axes.at(places.crown, [0.0, rise]);
    let [dx, dy] = pen.inward(&outline(middle), 0.0);
    [middle[0] + dx, middle[1] + dy]
}

pub(super) fn crown(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let at = |middle: Point| At { axes: &places.axes, middle, size: 0.30 * size, turn: 0.0 };
    let outline = |middle: Point| {
        let tip = |x: f32, y: f32| [[x, y], [x, y]];
        let points = [
            tip(-1.0, -0.52),
            tip(-1.12, 0.42),
            tip(-0.52, 0.02),
            tip(0.0, 0.66),
            tip(0.52, 0.02),
            tip(1.12, 0.42),
            tip(1.0, -0.52),
        ]
        .concat();
        at(middle).line(&[points, vec![[0.5, -0.62], [0.0, -0.66], [-0.5, -0.62]]].concat())
    };
    let middle = on_top(pen, places, 0.02, outline);
    pen.area(&outline(middle), GOLD);
    let at = at(middle);
    let band = at.line(&[[-0.98, -0.26], [-0.5, -0.36], [0.0, -0.40], [0.5, -0.36], [0.98, -0.26]]);
    pen.touch(&band, 0.014 * places.unit, DARK_GOLD, 1.0);
    for (x, y, colour) in [(-0.58, -0.14, TEAL), (0.0, -0.12, RED), (0.58, -0.14, TEAL)] {
        let jewel = At { middle: at.at([x, y]), size: 0.032 * size, ..at };
        pen.patch(&jewel.line(&[[0.0, 1.0], [0.8, 0.0], [0.0, -1.0], [-0.8, 0.0]]), colour, 1.0);
    }
    for (x, y) in [(-1.12, 0.46), (0.0, 0.70), (1.12, 0.46)] {
        let ball = At { middle: at.at([x, y]), size: 0.030 * size, ..at };
        pen.patch(&ball.line(&[[0.0, 1.0], [1.0, 0.0], [0.0, -1.0], [-1.0, 0.0]]), RED, 1.0);
    }
}

pub(super) fn party_hat(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let at = |middle: Point| At { axes: &places.axes, middle, size: 0.27 * size, turn: 0.22 };
    let cone = |middle: Point| {
        at(middle).line(&[
            [-0.90, -0.95],
            [-0.90, -0.95],
            [-0.05, 1.0],
            [0.0, 1.05],
            [0.05, 1.0],
            [0.90, -0.95],
            [0.90, -0.95],
            [0.45, -1.10],
            [0.0, -1.15],
            [-0.45, -1.10],
        ])
    };
    let middle = on_top(pen, places, 0.10, |middle| [cone(middle), at(middle).line(&[[0.0, 1.35]])].concat());
    pen.area(&cone(middle), PINK);
    let at = at(middle);
    for (low, high) in [(-0.62, -0.34), (0.02, 0.26)] {
        let half = |y: f32| 0.86 * (1.0 - f32::midpoint(y, 0.95));
        let stripe = [
            [-half(low), low],
            [-half(low), low],
            [0.0, low - 0.14],
            [half(low), low],
            [half(low), low],
            [half(high), high],
            [half(high), high],
            [0.0, high - 0.12],
            [-half(high), high],
            [-half(high), high],
        ];
        pen.patch(&at.line(&stripe), GOLD, 1.0);
    }
    let ball = At { middle: at.at([0.0, 1.05]), size: 0.062 * size, ..at };
    let round: Vec<[f32; 2]> = (0..10)
        .map(|i| {
            let (sine, cosine) = (i as f32 * std::f32::consts::TAU / 10.0).sin_cos();
            [sine, cosine]
        })
        .collect();
    pen.area(&ball.line(&round), TEAL);
}

pub(super) fn halo(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let ring = |middle: Point| -> Vec<Point> {
        let at = At { axes: &places.axes, middle, size: 0.30 * size, turn: -0.06 };
        (0..=24)
            .map(|i| {
                let (sine, cosine) = (i as f32 * std::f32::consts::TAU / 24.0).sin_cos();
                at.at([cosine, 0.27 * sine])
            })
            .collect()
    };
    let middle = on_top(pen, places, 0.06, ring);
    pen.stroke(&ring(middle), 0.024 * places.unit, GOLD);
}

impl Pen<'_> {
    /// A dark bar with the line of the style.
    fn touch_full(&mut self, points: &[Point], half_width: f32, colour: Lab) {
        let colour = self.coloured(colour);
        self.mark(crate::engine::draw::drawn::Shape::line(points, half_width, [0.8, 0.8], colour, 1.0));
    }
}
