//! The face of the kawaii style: big eyes, a small mouth and red cheeks on plain skin.

use super::drawn::{Paint, Shape, ellipse};
use super::features::Drawing;
use crate::engine::analysis::measure::Features;
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::Point;
use crate::engine::style::look::Look;
use model::{Muscle, Prop};

/// Half the width and half the height of an eye, in face heights.
pub(in crate::engine) const EYE: [f32; 2] = [0.088, 0.118];
/// How far below the iris of the photo an eye sits, in face heights.
pub(in crate::engine) const LOWERED: f32 = 0.035;
/// How much bigger a full caricature draws the eyes.
const GROWTH: f32 = 0.22;

/// From so far on, an eye is drawn as a line.
const SHUT: f32 = 0.6;

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

/// A brow as the pose bends it, the person's tail or head first as they lie from left to right.
fn brow_arc(side: usize, look: &Look) -> [[f32; 2]; 3] {
    let pose = &look.pose;
    let raise = 0.055 * pose.brow_raise(side);
    let inner = 0.050 * pose.of_muscle(Muscle::BrowKnit) - 0.040 * pose.of_muscle(Muscle::BrowSorrow);
    let outer = 0.025 * pose.of_muscle(Muscle::BrowSorrow) - 0.010 * pose.of_muscle(Muscle::BrowKnit);
    let ends = if side == 0 { [outer, inner] } else { [inner, outer] };
    let middle = 0.5 * (ends[0] + ends[1]);
    [[-0.075, 0.012 - raise + ends[0]], [0.0, -0.012 - raise + middle], [0.075, 0.012 - raise + ends[1]]]
}

impl Drawing {
    /// Draws the whole face; the skin below is plain already.
    pub(in crate::engine) fn cute_face(&mut self, features: &Features, look: &Look) {
        let anchors = self.anchors;
        let [right, left] = anchors.eyes;
        let (dx, dy) = (left[0] - right[0], left[1] - right[1]);
        let norm = crate::engine::raster::plane::length(dx, dy).max(1e-3);
        let along = [dx / norm, dy / norm];
        let unit = self.unit;
        let grid = |middle: Point| Grid { middle, along, unit };
        for side in 0..2 {
            let eye = grid(grid(anchors.eyes[side]).at(0.0, LOWERED));
            let is_arched = look.pose.of_muscle(Muscle::LidArch) > 0.3;
            if look.pose.has(Prop::HeartEyes) {
                // The hearts are the eyes.
            } else if anchors.open[side] && look.pose.lid_close(side) < SHUT {
                self.big_eye(&eye, side, features, look);
            } else {
                if look.pose.lid_close(side) > 0.0 {
                    self.cover_eye(&grid(anchors.eyes[side]), features, look);
                }
                let bend = if is_arched { -0.9 } else { 1.0 };
                let lid = [[-0.085, -0.01], [-0.05, 0.03], [0.0, 0.042], [0.05, 0.03], [0.085, -0.01]];
                let lid = eye.line(&lid.map(|[x, y]| [x, bend * y]));
                self.strokes.push(Shape::line(&lid, 0.013 * unit, [0.5, 0.5], look.ink_colour, look.strokes));
            }
            let brow = grid(grid(anchors.brows[side]).at(0.0, -0.015));
            let arc = brow.line(&brow_arc(side, look));
            let [l, a, b] = features.brow;
            let colour = [l.max(0.25).min(features.skin[0] - 0.15).max(0.10), a, b];
            self.strokes.push(Shape::line(&arc, 0.010 * unit, [0.35, 0.35], colour, 0.8 * look.strokes));
            self.cheek(&grid(self.cheeks[side]), features, look);
        }
        let nose = grid(anchors.nose).line(&[[-0.014, -0.022], [0.0, -0.014], [0.014, -0.022]]);
        self.strokes.push(Shape::line(&nose, 0.006 * unit, [0.5, 0.5], look.ink_colour, 0.6 * look.strokes));
        let mouth = grid(grid(anchors.mouth).at(0.0, -0.03));
        if look.pose.moves_mouth() {
            self.cute_mouth(&mouth, features, look);
        } else {
            self.small_mouth(&mouth, anchors.is_mouth_open, features, look);
        }
    }

    /// Skin over the photo's open eye, of which the plain skin leaves something.
    fn cover_eye(&mut self, eye: &Grid, features: &Features, look: &Look) {
        let unit = self.unit;
        let [l, a, b] = features.skin;
        let skin = Paint::Skin([l, a * look.skin_chroma, b * look.skin_chroma]);
        let angle = eye.along[1].atan2(eye.along[0]);
        let cover = Shape::ellipse(eye.middle, [0.105 * unit, 0.060 * unit], angle, skin);
        self.fills.push(cover.softened(0.02 * unit).over_ink().faded(look.fills));
    }

    fn big_eye(&mut self, eye: &Grid, side: usize, features: &Features, look: &Look) {
        let unit = self.unit;
        // Outward is to the left of the picture for the right eye.
        let outward = if side == 0 { -1.0 } else { 1.0 };
        let size = (1.0 + GROWTH * look.caricature) * look.own_face.unwrap_or(1.0);
        let pose = &look.pose;
        let opened = 1.0 + 0.12 * pose.of_muscle(Muscle::LidWiden) - 0.75 * pose.lid_close(side);
        let gaze = [0.30 * pose.of_muscle(Muscle::GazeAside), -0.25 * pose.of_muscle(Muscle::GazeUp)];
        let [width, height] = EYE.map(|half| half * size);
        let height = height * opened;
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
        let lower = eye.at(gaze[0] * width, (0.30 + gaze[1]) * height);
        let body = Shape::ellipse(lower, [half[0] * 0.86, half[1] * 0.66], angle, Paint::Plain(iris));
        self.fills.push(inside(body.softened(0.08 * half[1])));
        let glow = eye.at(gaze[0] * width, (0.62 + gaze[1]) * height);
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
            let place = eye.at((side * x + gaze[0]) * width, (y + gaze[1]) * height);
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

    /// The mouth of a mood: a line, a kiss, or open.
    fn cute_mouth(&mut self, mouth: &Grid, features: &Features, look: &Look) {
        let pose = &look.pose;
        let unit = self.unit;
        let (smiles, frown) = ([pose.smile(0), pose.smile(1)], pose.of_muscle(Muscle::Frown));
        let (jaw, pucker) = (pose.of_muscle(Muscle::JawOpen), pose.of_muscle(Muscle::Pucker));
        if jaw > 0.12 {
            self.open_cute_mouth(mouth, features, look);
        } else if pucker > 0.6 {
            // A kiss from the front is two small arcs.
            let kiss = [
                [-0.016, -0.040],
                [0.020, -0.030],
                [0.018, -0.008],
                [-0.008, 0.0],
                [0.022, 0.008],
                [0.022, 0.032],
                [-0.016, 0.042],
            ];
            let kiss = mouth.line(&kiss);
            self.strokes.push(Shape::line(&kiss, 0.011 * unit, [0.6, 0.6], look.ink_colour, look.strokes));
        } else {
            let width = 0.085 * (1.0 - 0.4 * pucker);
            let corner = |side: usize| 0.030 * frown - 0.032 * smiles[side] + 0.006;
            let dip = 0.020 * smiles[0].max(smiles[1]) - 0.022 * frown;
            let line = [
                [-width, corner(0)],
                [-0.55 * width, 0.35 * corner(0) + 0.75 * dip],
                [0.0, dip],
                [0.55 * width, 0.35 * corner(1) + 0.75 * dip],
                [width, corner(1)],
            ];
            self.strokes.push(Shape::line(&mouth.line(&line), 0.010 * unit, [0.5, 0.5], look.ink_colour, look.strokes));
        }
    }

    /// An open mouth: round, laughing or wailing.
    fn open_cute_mouth(&mut self, mouth: &Grid, features: &Features, look: &Look) {
        let pose = &look.pose;
        let unit = self.unit;
        let smile = pose.smile(0).max(pose.smile(1)).min(1.0);
        let frown = pose.of_muscle(Muscle::Frown).min(1.0);
        let jaw = pose.of_muscle(Muscle::JawOpen);
        let width = 0.066 + 0.046 * smile + 0.020 * frown - 0.020 * pose.of_muscle(Muscle::Pucker);
        let height = 0.030 + 0.070 * jaw;
        // A smile hangs from a flat line, grief stands on one, surprise is round.
        let (top, bottom) = (1.0 - 0.75 * smile, 1.0 - 0.60 * frown * (1.0 - smile));
        let outline: Vec<[f32; 2]> = (0..16)
            .map(|i| {
                let (sine, cosine) = (i as f32 * std::f32::consts::TAU / 16.0).sin_cos();
                let y = if sine < 0.0 { top * sine } else { bottom * sine };
                [width * cosine, height * y + 0.02 * jaw]
            })
            .collect();
        let outline = mouth.line(&outline);
        let tint = features.tint;
        let inside = |shape: Shape| shape.clipped(&outline);
        self.fills.push(Shape::area(&outline, Paint::Plain([0.36, 0.10 * tint, 0.04 * tint]), 1.0).over_ink());
        let tongue = [0.68, 0.13 * tint, 0.05 * tint];
        let floor = mouth.at(0.0, height * bottom + 0.02 * jaw);
        self.fills.push(inside(Shape::disc(floor, 0.62 * width * unit, tongue, 1.0)));
        if smile > 0.3 {
            let edge = -height * top + 0.02 * jaw;
            let teeth = [
                [-width, edge - 0.03],
                [width, edge - 0.03],
                [0.8 * width, edge + 0.26 * height],
                [0.0, edge + 0.34 * height],
                [-0.8 * width, edge + 0.26 * height],
            ];
            let white = Paint::Plain([features.white + 0.02, 0.0, 0.005 * tint]);
            self.fills.push(inside(Shape::area(&mouth.line(&teeth), white, 1.0)));
        }
        let mut rim = outline.clone();
        rim.extend([outline[0], outline[1]]);
        self.strokes.push(Shape::line(&rim, 0.0075 * unit, [0.9, 0.9], look.ink_colour, look.strokes));
        if pose.of_muscle(Muscle::Tongue) > 0.0 {
            let reach = height + 0.075 * pose.of_muscle(Muscle::Tongue);
            let hanging = [
                [-0.045, 0.3 * height],
                [-0.050, reach - 0.03],
                [-0.025, reach],
                [0.025, reach],
                [0.050, reach - 0.03],
                [0.045, 0.3 * height],
            ];
            let hanging = mouth.line(&hanging);
            self.glints.push(Shape::line(&hanging, 0.008 * unit, [0.6, 0.6], look.ink_colour, look.strokes));
            self.glints.push(Shape::area(&hanging, Paint::Plain(tongue), 1.0));
        }
    }
}
