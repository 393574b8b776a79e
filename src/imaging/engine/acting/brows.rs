//! Brows that rise are drawn where they went, and the creases that brows leave on a forehead.

use crate::engine::draw::drawn::Shape;
use crate::engine::draw::features::{Drawing, Placer};
use crate::engine::raster::geometry::{Point, between};
use crate::engine::raster::plane::smoothstep;
use crate::engine::style::look::Look;
use model::Muscle;

/// The upper and the lower edge of each brow from its head to its tail, the right brow first.
const EDGES: [[[usize; 5]; 2]; 2] =
    [[[107, 66, 105, 63, 70], [55, 65, 52, 53, 46]], [[336, 296, 334, 293, 300], [285, 295, 282, 283, 276]]];
/// The fold at the head of a knitted brow, from its head: towards the nose and up, in face heights.
const FOLD: [[f32; 2]; 3] = [[0.024, 0.050], [0.014, 0.020], [0.020, -0.012]];
/// Creases above a raised brow: how far above it, in face heights, and from where to where along it.
const CREASES: [[f32; 3]; 2] = [[0.045, 0.05, 0.80], [0.078, 0.0, 0.65]];
/// How far above a brow bare skin tells that no hat or fringe hides it, in face heights.
const BARE: f32 = 0.035;

impl Drawing {
    /// Draws what brows do that a warped photo shows too faintly.
    pub(in crate::engine) fn acted_brow(&mut self, placer: &Placer<'_>, side: usize, look: &Look) {
        let pose = &placer.acting.pose;
        let [upper, lower] = EDGES[side].map(|edge| placer.line(&edge));
        let bare = bare(placer, side);
        let raised = bare * smoothstep(0.35, 0.9, pose.brow_raise(side));
        if raised > 0.0 {
            self.raised_brow(placer, [&upper, &lower], raised, look);
            self.creases(placer, &upper, raised, look);
        }
        let knit = bare * smoothstep(0.2, 1.0, pose.of_muscle(Muscle::BrowKnit));
        if knit > 0.0 {
            let axes = placer.axes();
            let inward = if side == 0 { 1.0 } else { -1.0 };
            let fold = FOLD.map(|[x, y]| axes.at(upper[0], [inward * x, y]));
            self.strokes.push(self.crease(&fold, 0.0062, 0.85 * knit, look));
        }
    }

    /// The brow as one stroke, thick at its head.
    fn raised_brow(&mut self, placer: &Placer<'_>, [upper, lower]: [&[Point]; 2], share: f32, look: &Look) {
        let features = &placer.acting.features;
        let [l, a, b] = features.brow;
        let colour = [(l - 0.05).min(features.skin[0] - 0.18), a, b];
        let line: Vec<Point> = upper.iter().zip(lower).map(|(&a, &b)| between(a, b, 0.5)).collect();
        let thick = placer.axes().from(lower[1], upper[1])[1].abs() * 0.36 * self.unit;
        let stroke = Shape::line(&line, thick, [0.75, 0.2], colour, 0.85 * share * look.fills);
        self.fills.push(stroke.softened(0.006 * self.unit).over_ink());
    }

    /// Arches on the forehead, along the upper edge of a brow.
    fn creases(&mut self, placer: &Placer<'_>, upper: &[Point], share: f32, look: &Look) {
        let axes = placer.axes();
        for [lift, from, to] in CREASES {
            let points: Vec<Point> = (0..5)
                .map(|i| {
                    let along = (from + (to - from) * i as f32 / 4.0) * (upper.len() - 1) as f32;
                    let piece = (along as usize).min(upper.len() - 2);
                    axes.at(between(upper[piece], upper[piece + 1], along - piece as f32), [0.0, lift])
                })
                .collect();
            self.strokes.push(self.crease(&points, 0.0046, 0.25 * share, look));
        }
    }

    fn crease(&self, points: &[Point], half_width: f32, opacity: f32, look: &Look) -> Shape {
        Shape::line(points, half_width * self.unit, [0.15, 0.15], look.ink_colour, opacity * look.strokes)
    }
}

/// The share of bare skin above a brow.
fn bare(placer: &Placer<'_>, side: usize) -> f32 {
    let analysis = placer.analysis;
    let own = crate::engine::acting::Axes::of(&analysis.frame.points);
    let places = EDGES[side][0].map(|number| own.at(analysis.frame.points[number], [0.0, BARE]));
    let skin = places.map(|[x, y]| analysis.regions.skin.sample(x, y)).iter().sum::<f32>() / places.len() as f32;
    smoothstep(0.55, 0.85, skin)
}
