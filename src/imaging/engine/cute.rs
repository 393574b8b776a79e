//! The face of the kawaii style: big eyes, a small mouth and red cheeks on plain skin.

use super::colour::Lab;
use super::drawn::{Paint, Shape, ellipse};
use super::features::Drawing;
use super::geometry::Point;
use super::look::Look;
use super::measure::Features;

/// Half the width and half the height of an eye, in face heights.
const EYE: [f32; 2] = [0.088, 0.118];
/// How far below the iris of the photo an eye sits, in face heights.
const LOWERED: f32 = 0.035;
/// How much bigger a full caricature draws the eyes.
const GROWTH: f32 = 0.22;

/// Places on the tilted face, in face heights from a middle.
struct Grid {
    middle: Point,
    /// The direction of the eye line.
    along: Point,
    unit: f32,
}

impl Grid {
    fn at(&self, x: f32, y: f32) -> Point {
        let (x, y) = (x * self.unit, y * self.unit);
        let [cosine, sine] = self.along;
        [self.middle[0] + x * cosine - y * sine, self.middle[1] + x * sine + y * cosine]
    }

    fn line(&self, points: &[[f32; 2]]) -> Vec<Point> {
        points.iter().map(|&[x, y]| self.at(x, y)).collect()
    }
}

impl Drawing {
    /// Draws the whole face; the skin below is plain already.
    pub(super) fn cute_face(&mut self, features: &Features, look: &Look) {
        let anchors = self.anchors;
        let [right, left] = anchors.eyes;
        let (dx, dy) = (left[0] - right[0], left[1] - right[1]);
        let norm = super::plane::length(dx, dy).max(1e-3);
        let along = [dx / norm, dy / norm];
        let unit = self.unit;
        let grid = |middle: Point| Grid { middle, along, unit };
        for side in 0..2 {
            // Outward is to the left of the picture for the right eye.
            let outward = if side == 0 { -1.0 } else { 1.0 };
            let eye = grid(grid(anchors.eyes[side]).at(0.0, LOWERED));
            if anchors.open[side] {
                self.big_eye(&eye, outward, features, look);
            } else {
                let lid = eye.line(&[[-0.085, -0.01], [-0.05, 0.03], [0.0, 0.042], [0.05, 0.03], [0.085, -0.01]]);
                self.strokes.push(Shape::line(&lid, 0.013 * unit, [0.5, 0.5], look.ink_colour, look.strokes));
            }
            let brow = grid(grid(anchors.brows[side]).at(0.0, -0.015));
            let arc = brow.line(&[[-0.075, 0.012], [0.0, -0.012], [0.075, 0.012]]);
            let [l, a, b] = features.brow;
            let colour = [l.max(0.25).min(features.skin[0] - 0.15).max(0.10), a, b];
            self.strokes.push(Shape::line(&arc, 0.010 * unit, [0.35, 0.35], colour, 0.8 * look.strokes));
            self.cheek(&grid(self.cheeks[side]), features, look);
        }
        let nose = grid(anchors.nose).line(&[[-0.014, -0.022], [0.0, -0.014], [0.014, -0.022]]);
        self.strokes.push(Shape::line(&nose, 0.006 * unit, [0.5, 0.5], look.ink_colour, 0.6 * look.strokes));
        self.small_mouth(&grid(grid(anchors.mouth).at(0.0, -0.03)), anchors.is_mouth_open, features, look);
    }

    fn big_eye(&mut self, eye: &Grid, outward: f32, features: &Features, look: &Look) {
        let unit = self.unit;
        let size = (1.0 + GROWTH * look.caricature) * look.own_face.unwrap_or(1.0);
        let [width, height] = EYE.map(|half| half * size);
        let angle = eye.along[1].atan2(eye.along[0]);
        let half = [width * unit, height * unit];
        let [l, a, b] = features.iris;
        let tint = features.tint;
        let dark: Lab = [0.20, 0.02 * tint, 0.0];
        let iris: Lab = [(l + 0.06).clamp(0.30, 0.50), a * 1.7, b * 1.7];
        let light: Lab = [(iris[0] + 0.26).min(0.76), a * 1.9, b * 1.9];
        let outline = ellipse(eye.middle, half, angle);
        let inside = |shape: Shape| shape.faded(look.fills).clipped(&outline);
        self.fills.push(Shape::area(&outline, Paint::Plain(dark), look.fills).over_ink());
        let lower = eye.at(0.0, 0.30 * height);
        let body = Shape::ellipse(lower, [half[0] * 0.86, half[1] * 0.66], angle, Paint::Plain(iris));
        self.fills.push(inside(body.softened(0.08 * half[1])));
        let glow = eye.at(0.0, 0.62 * height);
        let shine = Shape::ellipse(glow, [half[0] * 0.58, half[1] * 0.32], angle, Paint::Plain(light));
        self.fills.push(inside(shine.softened(0.12 * half[1])));
        let lash = eye.line(&[
            [1.30 * width * outward, -0.42 * height],
            [0.92 * width * outward, -0.72 * height],
            [0.45 * width * outward, -1.02 * height],
            [-0.10 * width * outward, -1.08 * height],
            [-0.62 * width * outward, -0.84 * height],
            [-0.96 * width * outward, -0.42 * height],
        ]);
        self.strokes.push(Shape::line(&lash, 0.017 * unit, [0.35, 0.15], look.ink_colour, look.strokes));
        let side = look.lit_side();
        let opacity = look.glints.min(1.0);
        let grown = look.glints.max(1.0).sqrt();
        let white: Lab = [0.995, 0.0, 0.0];
        let glint = |x: f32, y: f32, radius: f32| {
            let place = eye.at(side * x * width, y * height);
            let half = [radius * unit * grown, 1.18 * radius * unit * grown];
            Shape::ellipse(place, half, angle, Paint::Plain(white)).faded(opacity).clipped(&outline)
        };
        self.glints.push(glint(0.30, -0.40, 0.026 * size));
        self.glints.push(glint(-0.38, 0.42, 0.013 * size));
        self.glints.push(glint(0.46, 0.16, 0.008 * size));
    }

    /// A red cheek with short slanted strokes on it.
    fn cheek(&mut self, cheek: &Grid, features: &Features, look: &Look) {
        let opacity = (look.blush * 0.5).min(0.8) * features.tint;
        let [l, a, b] = features.skin;
        let red = Paint::OnSkin([l - 0.03, a + 0.085, b + 0.012]);
        let angle = cheek.along[1].atan2(cheek.along[0]);
        let blush = Shape::ellipse(cheek.at(0.0, 0.035), [0.105 * self.unit, 0.070 * self.unit], angle, red);
        self.fills.push(blush.softened(0.045 * self.unit).faded(opacity));
        let colour = [l - 0.10, a + 0.10, b + 0.01];
        for x in [-0.035, 0.0, 0.035] {
            let stroke = cheek.line(&[[x + 0.010, 0.018], [x, 0.035], [x - 0.010, 0.052]]);
            self.strokes_in_colour(&stroke, 0.006, colour, opacity);
        }
    }

    fn strokes_in_colour(&mut self, points: &[Point], half_width: f32, colour: Lab, opacity: f32) {
        self.fills.push(Shape::line(points, half_width * self.unit, [0.6, 0.6], colour, opacity));
    }

    fn small_mouth(&mut self, mouth: &Grid, is_open: bool, features: &Features, look: &Look) {
        let unit = self.unit;
        if !is_open {
            let smile = mouth.line(&[[-0.085, -0.02], [-0.045, 0.012], [0.0, 0.022], [0.045, 0.012], [0.085, -0.02]]);
            self.strokes.push(Shape::line(&smile, 0.010 * unit, [0.5, 0.5], look.ink_colour, look.strokes));
            return;
        }
        let tint = features.tint;
        let outline = mouth.line(&[
            [-0.105, -0.035],
            [-0.05, -0.022],
            [0.0, -0.019],
            [0.05, -0.022],
            [0.105, -0.035],
            [0.085, 0.03],
            [0.05, 0.068],
            [0.0, 0.082],
            [-0.05, 0.068],
            [-0.085, 0.03],
        ]);
        let inside = |shape: Shape| shape.faded(look.fills).clipped(&outline);
        self.fills.push(Shape::area(&outline, Paint::Plain([0.36, 0.10 * tint, 0.04 * tint]), look.fills).over_ink());
        let tongue = [0.68, 0.13 * tint, 0.05 * tint];
        self.fills.push(inside(Shape::disc(mouth.at(0.0, 0.078), 0.055 * unit, tongue, 1.0)));
        let teeth = mouth.line(&[
            [-0.075, -0.035],
            [0.0, -0.028],
            [0.075, -0.035],
            [0.06, -0.006],
            [0.0, 0.002],
            [-0.06, -0.006],
        ]);
        self.fills.push(inside(Shape::area(&teeth, Paint::Plain([features.white + 0.02, 0.0, 0.005 * tint]), 1.0)));
        let mut rim = outline;
        rim.push(rim[0]);
        self.strokes.push(Shape::line(&rim, 0.0065 * unit, [0.9, 0.9], look.ink_colour, look.strokes));
    }
}
