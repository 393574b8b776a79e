//! Props that lie on the face.

use super::figures::At;
use super::{Pen, Places};
use crate::engine::draw::drawn::{Paint, Shape};
use crate::engine::raster::colour::Lab;

const RED: Lab = [0.60, 0.205, 0.095];
const BRIGHT_RED: Lab = [0.66, 0.205, 0.085];
const WATER: Lab = [0.83, -0.045, -0.075];
const LIGHT: Lab = [0.985, 0.0, 0.0];

/// Half the width of a heart in place of an eye, as a multiple of half the eye.
const HEART: f32 = 1.60;

pub(super) fn heart_eyes(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let half = (HEART * places.eye / places.axes.unit).clamp(0.110, 0.165);
    for &side in &places.sides {
        let eye = places.eyes[side];
        let outward = if side == 0 { -1.0 } else { 1.0 };
        let at = At { axes: &places.axes, middle: eye, size: half * size, turn: 0.10 * outward };
        pen.area(&at.heart(), BRIGHT_RED);
        let glint = at.line(&[[-0.60, 0.22], [-0.58, 0.44], [-0.40, 0.58]]);
        pen.touch(&glint, 0.085 * half * size * places.unit * 1.3, LIGHT, 0.95);
    }
}

pub(super) fn tears(pen: &mut Pen<'_>, places: &Places, size: f32) {
    for &side in &places.sides {
        let lid = places.lower_lids[side];
        let outward = if side == 0 { -1.0 } else { 1.0 };
        let at = At { axes: &places.axes, middle: lid, size: 0.01 * size, turn: 0.0 };
        let x = |v: f32| outward * v;
        // A stream that widens, with a round end on the jaw.
        let stream = [
            [x(-3.4), 0.4],
            [x(-3.0), -8.0],
            [x(-3.0), -18.0],
            [x(-3.8), -26.0],
            [x(-3.2), -31.5],
            [x(0.6), -34.0],
            [x(4.4), -31.5],
            [x(5.2), -26.0],
            [x(4.2), -18.0],
            [x(3.8), -8.0],
            [x(3.2), 0.4],
            [x(0.0), -0.6],
        ];
        pen.area(&at.line(&stream), WATER);
        let light = at.line(&[[x(-1.0), -4.0], [x(-0.8), -14.0], [x(-1.0), -22.0]]);
        pen.touch(&light, 0.0095 * places.unit, LIGHT, 0.9);
        let light = at.line(&[[x(2.6), -25.0], [x(2.4), -28.5]]);
        pen.touch(&light, 0.0095 * places.unit, LIGHT, 0.9);
    }
}

pub(super) fn tear_drops(pen: &mut Pen<'_>, places: &Places, size: f32) {
    for &side in &places.sides {
        let eye = places.eyes[side];
        let outward = if side == 0 { -1.0 } else { 1.0 };
        let away = places.eye / places.axes.unit + 0.105;
        let middle = places.axes.at(eye, [outward * away, -0.030]);
        drop(pen, &At { axes: &places.axes, middle, size: 0.032 * size, turn: -0.75 * outward }, places.unit);
    }
}

pub(super) fn sweat_drop(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let middle = places.axes.at(places.temples[1], [-0.035, 0.14]);
    drop(pen, &At { axes: &places.axes, middle, size: 0.058 * size, turn: -0.22 }, places.unit);
}

fn drop(pen: &mut Pen<'_>, at: &At<'_>, unit: f32) {
    pen.area(&at.drop(), WATER);
    let light = at.line(&[[-0.50, 0.0], [-0.55, -0.40], [-0.30, -0.75]]);
    pen.touch(&light, 0.15 * at.size * unit, LIGHT, 0.95);
}

/// Four bent strokes around an empty middle.
pub(super) fn anger_mark(pen: &mut Pen<'_>, places: &Places, size: f32) {
    let middle = places.axes.at(places.forehead, [0.33, -0.02]);
    let at = At { axes: &places.axes, middle, size: 0.095 * size, turn: 0.2 };
    let half = 0.0145 * size * places.unit;
    for turn in 0..4 {
        let (sine, cosine) = (turn as f32 * std::f32::consts::FRAC_PI_2).sin_cos();
        let turned = |[x, y]: [f32; 2]| [x * cosine + y * sine, y * cosine - x * sine];
        let stroke = at.line(&[[0.18, 1.0], [0.24, 0.44], [0.44, 0.24], [1.0, 0.18]].map(turned));
        pen.bare_stroke(&stroke, half, RED);
    }
}

impl Pen<'_> {
    /// A stroke on the face with a light edge, so that it shows on dark hair as well.
    pub(super) fn bare_stroke(&mut self, points: &[[f32; 2]], half_width: f32, colour: Lab) {
        let casing = self.look.border_colour;
        self.mark(Shape::line(points, half_width * 1.7, [0.8, 0.8], casing, 1.0));
        let colour = self.coloured(colour);
        self.mark(Shape::line(points, half_width, [0.75, 0.75], colour, 1.0));
    }

    /// An area on the face without a border.
    pub(super) fn patch(&mut self, outline: &[[f32; 2]], colour: Lab, opacity: f32) {
        let colour = self.coloured(colour);
        self.mark(Shape::area(outline, Paint::Plain(colour), opacity));
    }
}
