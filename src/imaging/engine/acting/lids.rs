//! Eyes that close, widen or look elsewhere.

use crate::engine::analysis::measure::Eye;
use crate::engine::draw::drawn::{Paint, Shape};
use crate::engine::draw::features::{Drawing, Placer};
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::{Point, between};
use crate::engine::style::look::Look;
use crate::engine::style::styles::Style;
use crate::vision::landmarks::{LEFT_EYE, LEFT_LOWER_LID, LEFT_UPPER_LID, RIGHT_EYE, RIGHT_LOWER_LID, RIGHT_UPPER_LID};

/// From so far on, an eye is drawn as a line.
const SHUT: f32 = 0.80;
/// Lashes at the outer end of a closed lid: where along it they grow, and how long they are in face heights.
const LASHES: [[f32; 2]; 3] = [[0.06, 0.030], [0.20, 0.030], [0.36, 0.024]];

/// Paper around the lashes of a drawing in ink.
const PAPER: Lab = [0.985, 0.0, 0.0];

/// The points of one eye: outline, upper and lower lid.
const EYES: [[&[usize]; 3]; 2] =
    [[RIGHT_EYE, RIGHT_UPPER_LID, RIGHT_LOWER_LID], [LEFT_EYE, LEFT_UPPER_LID, LEFT_LOWER_LID]];

impl Drawing {
    /// Draws an eye that the photo shows open, in its pose.
    pub(in crate::engine) fn acted_eye(&mut self, placer: &Placer<'_>, eye: Eye, side: usize, look: &Look) {
        let pose = &placer.acting.pose;
        let [outline, upper, lower] = EYES[side];
        let close = pose.lid_close(side).min(1.0);
        let lids = [placer.line(upper), placer.line(lower)];
        if close < SHUT {
            let features = &placer.acting.features;
            let white = [features.white, 0.002 * features.tint, 0.006 * features.tint];
            let outline = placer.line(outline);
            self.fills.push(Shape::area(&outline, Paint::Plain(white), 1.0).over_ink());
            self.open_eye(placer, &outline, eye, features, look);
            self.lids(&lids, look);
        } else {
            self.shut_lid(placer, &lids, &placer.own_line(upper), look);
        }
    }

    /// A closed lid: the line of its lashes, some of them, and the fold above.
    fn shut_lid(&mut self, placer: &Placer<'_>, lids: &[Vec<Point>; 2], own_upper: &[Point], look: &Look) {
        let unit = self.unit;
        let axes = placer.axes();
        let meet: Vec<Point> = lids[0].iter().zip(&lids[1]).map(|(&a, &b)| between(a, b, 0.5)).collect();
        let strength = look.strokes.max(0.6 * (1.0 - look.photo));
        if look.style == Style::Ink {
            // Black on black would be lost.
            self.fills.push(Shape::line(&meet, 0.024 * unit, [0.45, 0.25], PAPER, 1.0).over_ink());
        }
        self.strokes.push(Shape::line(&meet, 0.0120 * unit, [0.45, 0.25], look.ink_colour, strength));
        let last = meet.len() - 1;
        let outward = axes.from(meet[last], meet[0])[0].signum();
        // Lashes point away from the eye that they close: down from a lowered lid, up from an arched one.
        let rise = axes.from(between(meet[0], meet[last], 0.5), meet[last / 2])[1];
        let down = if rise > 0.0 { 0.35 } else { -0.85 };
        for [along, long] in LASHES {
            let place = along * last as f32;
            let (i, t) = (place as usize, place.fract());
            let root = between(meet[i], meet[(i + 1).min(last)], t);
            let lean = 0.9 - along;
            let tip = axes.at(root, [outward * long * lean, down * long]);
            let half = axes.at(root, [outward * long * lean * 0.45, down * long * 0.6]);
            self.strokes.push(Shape::line(&[root, half, tip], 0.0050 * unit, [0.9, 0.1], look.ink_colour, strength));
        }
        let fold: Vec<Point> = own_upper[1..last].iter().map(|&p| axes.at(p, [0.0, 0.012])).collect();
        self.strokes.push(Shape::line(&fold, 0.0030 * unit, [0.2, 0.1], look.ink_colour, 0.25 * look.strokes));
    }
}
