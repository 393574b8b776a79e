//! A mouth in its pose: lips, and what the photo does not have: the dark inside, teeth, a tongue.

use super::Pose;
use crate::engine::analysis::measure::Features;
use crate::engine::draw::drawn::{Paint, Shape};
use crate::engine::draw::features::{Drawing, Placer};
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::{Point, between, distance};
use crate::engine::raster::plane::smoothstep;
use crate::engine::style::look::Look;
use crate::engine::style::styles::Style;
use crate::vision::landmarks::{LOWER_LIP_RINGS, UPPER_LIP_RINGS};
use model::Muscle;

/// A gap between the lips narrower than this is a line, in face heights.
const LINE: f32 = 0.012;
/// The height of a row of teeth at most, in face heights, and as a share of the gap.
const TEETH: [f32; 2] = [0.058, 0.40];

/// The lips of one face, each edge from the right corner to the left.
struct Lips {
    upper: [Vec<Point>; 2],
    lower: [Vec<Point>; 2],
    /// Half of the mouth's width and the gap in its middle, in face heights.
    half_width: f32,
    gap: f32,
}

impl Lips {
    fn of(placer: &Placer<'_>, unit: f32) -> Self {
        let edges = |rings: &[&[usize]]| [placer.line(rings[0]), placer.line(rings[rings.len() - 1])];
        let (upper, lower) = (edges(UPPER_LIP_RINGS), edges(LOWER_LIP_RINGS));
        let half_width = 0.5 * distance(upper[0][0], upper[0][10]) / unit;
        let gap = distance(upper[1][5], lower[1][5]) / unit;
        Self { upper, lower, half_width, gap }
    }

    /// The opening as a closed outline.
    fn opening(&self) -> Vec<Point> {
        ring(&self.upper[1], &self.lower[1])
    }

    /// The line where closed lips meet.
    fn line(&self) -> Vec<Point> {
        self.upper[1].iter().zip(&self.lower[1]).map(|(&a, &b)| between(a, b, 0.5)).collect()
    }

    /// From the upper inner edge this share of the way to the lower one, but at most so many pixels.
    fn below_upper(&self, share: f32, most: f32) -> Vec<Point> {
        let step = |(&a, &b): (&Point, &Point)| {
            let gap = distance(a, b);
            between(a, b, share.min(most / gap.max(1e-3)))
        };
        self.upper[1].iter().zip(&self.lower[1]).map(step).collect()
    }
}

/// There along one line and back along the other.
fn ring(there: &[Point], back: &[Point]) -> Vec<Point> {
    there.iter().chain(back[1..back.len() - 1].iter().rev()).copied().collect()
}

impl Drawing {
    /// Draws the mouth of a face whose mouth moves.
    pub(in crate::engine) fn acted_mouth(&mut self, placer: &Placer<'_>, features: &Features, look: &Look) {
        let unit = self.unit;
        let lips = Lips::of(placer, unit);
        self.lips(&lips, features, look);
        let ink = look.ink_colour;
        let strength = look.strokes.max(0.6 * (1.0 - look.photo));
        if lips.gap < LINE {
            self.strokes.push(Shape::line(&lips.line(), 0.0074 * unit, [0.70, 0.70], ink, strength));
        } else {
            self.inside_of_mouth(&lips, features, &placer.acting.pose);
            self.strokes.push(Shape::line(&lips.upper[1], 0.0064 * unit, [0.75, 0.75], ink, strength));
            self.strokes.push(Shape::line(&lips.lower[1], 0.0046 * unit, [0.90, 0.90], ink, 0.8 * strength));
        }
        let pose = &placer.acting.pose;
        if pose.of_muscle(Muscle::Tongue) > 0.0 {
            self.tongue_out(placer, &lips, features, look);
        }
        self.smile_folds(placer, &lips, look);
    }

    fn lips(&mut self, lips: &Lips, features: &Features, look: &Look) {
        let [l, a, b] = features.lip;
        let tint = look.blush.min(1.0) * features.tint;
        let lip = |darker: f32| [l - darker, a * 1.12 + 0.022 * tint, b * 1.05];
        let upper = ring(&lips.upper[0], &lips.upper[1]);
        let lower = ring(&lips.lower[0], &lips.lower[1]);
        self.fills.push(Shape::area(&upper, Paint::Plain(lip(0.055)), 0.92).over_ink());
        self.fills.push(Shape::area(&lower, Paint::Plain(lip(0.0)), 0.92).over_ink());
        let under: Vec<Point> = lips.lower[0][3..8].to_vec();
        let opacity = 0.30 * look.strokes;
        self.strokes.push(Shape::line(&under, 0.0042 * self.unit, [0.1, 0.1], look.ink_colour, opacity));
    }

    fn inside_of_mouth(&mut self, lips: &Lips, features: &Features, pose: &Pose) {
        let unit = self.unit;
        let tint = features.tint;
        let opening = lips.opening();
        let inside = |shape: Shape| shape.clipped(&opening).over_ink().plain();
        let dark: Lab = [0.25, 0.07 * tint, 0.03 * tint];
        self.fills.push(Shape::area(&opening, Paint::Plain(dark), 1.0).over_ink().plain());
        let tongue: Lab = [0.60, 0.12 * tint, 0.045 * tint];
        let floor = lips.lower[1][5];
        let roof = lips.upper[1][5];
        if lips.gap > 0.05 {
            let middle = between(floor, roof, 0.10);
            let half = [0.58 * lips.half_width * unit, 0.42 * lips.gap * unit];
            let turn = (lips.upper[1][10][1] - lips.upper[1][0][1]).atan2(lips.upper[1][10][0] - lips.upper[1][0][0]);
            self.fills.push(inside(Shape::ellipse(middle, half, turn, Paint::Plain(tongue))));
        }
        let share = show_of_teeth(pose);
        if share > 0.0 {
            let white: Lab = [features.white.clamp(0.90, 0.955), 0.002 * tint, 0.012 * tint];
            // A narrow gap is all teeth.
            let of_gap = if lips.gap < 0.055 { 0.92 } else { TEETH[1] };
            let edge = lips.below_upper(of_gap, TEETH[0] * unit);
            let teeth = ring(&lips.upper[1], &edge);
            self.fills.push(inside(Shape::area(&teeth, Paint::Plain(white), share)));
        }
    }

    /// The tongue over the lower lip.
    fn tongue_out(&mut self, placer: &Placer<'_>, lips: &Lips, features: &Features, look: &Look) {
        let unit = self.unit;
        let axes = placer.axes();
        let size = placer.acting.pose.of_muscle(Muscle::Tongue).min(1.2);
        let width = 0.50 * lips.half_width;
        let root = between(lips.lower[1][5], lips.upper[1][5], 0.35);
        let length = (0.35 * lips.gap + 0.105) * size;
        let place = |x: f32, y: f32| axes.at(root, [x * width, -y * length]);
        let outline = [
            place(-0.86, 0.0),
            place(-1.0, 0.40),
            place(-0.93, 0.75),
            place(-0.55, 0.97),
            place(0.0, 1.03),
            place(0.55, 0.97),
            place(0.93, 0.75),
            place(1.0, 0.40),
            place(0.86, 0.0),
            place(0.0, -0.12),
        ];
        let tint = features.tint;
        let light = if look.style == Style::Ink { 0.95 } else { 0.66 };
        let pink: Lab = [light, 0.135 * tint, 0.055 * tint];
        let mut rim = outline[..9].to_vec();
        rim.dedup();
        self.glints.push(Shape::line(&rim, 0.0075 * unit, [0.6, 0.6], look.ink_colour, look.strokes));
        self.glints.push(Shape::area(&outline, Paint::Plain(pink), 1.0));
        let crease = [place(0.0, 0.10), place(0.02, 0.40), place(0.0, 0.68)];
        let dark: Lab = [0.50, 0.13 * tint, 0.05 * tint];
        self.glints.push(Shape::line(&crease, 0.0060 * unit, [0.6, 0.2], dark, 0.9));
    }

    /// The folds beside the corners of a smiling mouth.
    fn smile_folds(&mut self, placer: &Placer<'_>, lips: &Lips, look: &Look) {
        let axes = placer.axes();
        for side in 0..2 {
            let smile = placer.acting.pose.smile(side);
            let corner = lips.upper[0][10 * side];
            let outward = if side == 0 { -1.0 } else { 1.0 };
            let fold =
                [[0.016, 0.040], [0.031, 0.014], [0.026, -0.018]].map(|[x, y]| axes.at(corner, [outward * x, y]));
            let opacity = 0.75 * smoothstep(0.2, 1.0, smile) * look.strokes;
            if opacity > 0.0 {
                self.strokes.push(Shape::line(&fold, 0.0050 * self.unit, [0.2, 0.15], look.ink_colour, opacity));
            }
        }
    }
}

/// How much of the upper teeth shows: of a smile all, of a round mouth none.
fn show_of_teeth(pose: &Pose) -> f32 {
    let smile = pose.smile(0).max(pose.smile(1));
    smoothstep(0.15, 0.4, smile)
}
