//! The face's features as shapes on the canvas.

use super::drawn::{Paint, Shape};
use super::field::{Field, Window};
use super::warp::Warp;
use crate::engine::acting::{Acting, Axes, Props};
use crate::engine::analysis::Analysis;
use crate::engine::analysis::measure::{Eye, Features};
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::{Point, centroid, distance};
use crate::engine::style::look::Look;
use crate::engine::style::styles::Style;
use crate::vision::landmarks::{
    CHIN, FOREHEAD, LEFT_BROW, LEFT_CHEEK, LEFT_EYE, LEFT_LOWER_LID, LEFT_UPPER_LID, LIPS, MOUTH, NOSE_BASE, OVAL,
    RIGHT_BROW, RIGHT_CHEEK, RIGHT_EYE, RIGHT_LOWER_LID, RIGHT_UPPER_LID, UNDER_LIP, UPPER_LIP_EDGE,
};

/// Irises of fewer pixels than this are dots.
const SMALLEST_IRIS: f32 = 2.0;
/// Openness from which on a mouth shows its inside.
const OPEN_MOUTH: f32 = 0.07;

/// Everything that is drawn by hand, in canvas pixels.
#[derive(Debug)]
pub(in crate::engine) struct Drawing {
    /// Areas below the ink.
    pub(in crate::engine) fills: Vec<Shape>,
    /// Lines that count as ink.
    pub(in crate::engine) strokes: Vec<Shape>,
    /// Lights above the ink.
    pub(in crate::engine) glints: Vec<Shape>,
    /// Middles of the cheeks.
    pub(in crate::engine) cheeks: [Point; 2],
    /// Pixels per face height.
    pub(in crate::engine) unit: f32,
    /// Where a face of the style's own has its features.
    pub(in crate::engine) anchors: Anchors,
    /// What a mood brings along.
    pub(in crate::engine) props: Props,
}

/// The places of a simple face, in canvas pixels.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Anchors {
    /// Middles of the irises, the right eye first.
    pub(in crate::engine) eyes: [Point; 2],
    /// Are the eyes open?
    pub(in crate::engine) open: [bool; 2],
    /// Middles of the brows.
    pub(in crate::engine) brows: [Point; 2],
    /// The tip of the nose's underside.
    pub(in crate::engine) nose: Point,
    /// The middle of the lips.
    pub(in crate::engine) mouth: Point,
    /// Does the mouth show its inside?
    pub(in crate::engine) is_mouth_open: bool,
}

impl Anchors {
    fn of(placer: &Placer<'_>, features: &Features) -> Self {
        Self {
            eyes: features.eyes.map(|eye| placer.place(eye.iris)),
            open: features.eyes.map(|eye| eye.is_open()),
            brows: [RIGHT_BROW, LEFT_BROW].map(|brow| centroid(&placer.line(brow))),
            nose: centroid(&placer.line(NOSE_BASE)),
            mouth: centroid(&placer.line(LIPS)),
            is_mouth_open: features.mouth_openness > OPEN_MOUTH,
        }
    }
}

/// Puts the points of the posed mesh on the canvas.
pub(in crate::engine) struct Placer<'a> {
    pub(in crate::engine) analysis: &'a Analysis,
    pub(in crate::engine) acting: &'a Acting,
    warp: &'a Warp,
    margin: f32,
    pub(in crate::engine) window: Window,
}

impl Placer<'_> {
    /// A place of the working square on the canvas.
    pub(in crate::engine) fn place(&self, at: Point) -> Point {
        let moved = self.warp.target(at);
        self.window.to_canvas(moved.map(|v| v + self.margin))
    }

    /// A point of the mesh on the canvas.
    pub(in crate::engine) fn point(&self, number: usize) -> Point {
        self.place(self.acting.points[number])
    }

    /// Points of the mesh on the canvas.
    pub(in crate::engine) fn line(&self, numbers: &[usize]) -> Vec<Point> {
        numbers.iter().map(|&number| self.point(number)).collect()
    }

    /// A place of the working square on the canvas, where the head leans to but no muscle of the face moves.
    pub(in crate::engine) fn own(&self, at: Point) -> Point {
        self.place(self.acting.carried(at))
    }

    /// Where these points would be if no muscle of the face moved.
    pub(in crate::engine) fn own_line(&self, numbers: &[usize]) -> Vec<Point> {
        self.analysis.frame.line(numbers).into_iter().map(|at| self.own(at)).collect()
    }

    /// The head's directions on the canvas; the unit is the height of the face whose jaw does not move.
    pub(in crate::engine) fn axes(&self) -> Axes {
        let [top, chin] = [FOREHEAD, CHIN].map(|number| self.own(self.analysis.frame.points[number]));
        Axes::between(top, chin)
    }
}

impl Drawing {
    /// The features of the analysed face in its pose.
    pub(in crate::engine) fn of(
        (analysis, acting): (&Analysis, &Acting),
        look: &Look,
        warp: &Warp,
        field: &Field,
        window: Window,
    ) -> Self {
        let placer = Placer { analysis, acting, warp, margin: field.margin, window };
        let mut drawing = Self::of_face(&placer, look);
        drawing.props(&placer, look);
        drawing
    }

    fn of_face(placer: &Placer<'_>, look: &Look) -> Self {
        let unit = placer.analysis.frame.unit / placer.window.step;
        let cheeks = [placer.point(RIGHT_CHEEK), placer.point(LEFT_CHEEK)];
        let features = &placer.acting.features;
        let anchors = Anchors::of(placer, features);
        let mut drawing = Self {
            fills: Vec::new(),
            strokes: Vec::new(),
            glints: Vec::new(),
            cheeks,
            unit,
            anchors,
            props: Props::default(),
        };
        if look.own_face.is_some() {
            let oval = placer.line(OVAL);
            drawing.plain_skin(&oval, features, look);
            if look.style == Style::Kawaii {
                drawing.cute_face(features, look);
            }
            return drawing;
        }
        if features.is_profile {
            // The photo's own edges tell more than guessed points.
            return drawing;
        }
        let eyes = [
            (RIGHT_EYE, RIGHT_UPPER_LID, RIGHT_LOWER_LID, RIGHT_BROW, features.eyes[0]),
            (LEFT_EYE, LEFT_UPPER_LID, LEFT_LOWER_LID, LEFT_BROW, features.eyes[1]),
        ];
        for (side, (outline, upper, lower, brow, eye)) in eyes.into_iter().enumerate() {
            if eye.is_hidden {
                continue;
            }
            drawing.brow(&placer.line(brow), features, look);
            drawing.acted_brow(placer, side, look);
            if eye.is_open() && placer.acting.pose.moves_eye(side) {
                drawing.acted_eye(placer, eye, side, look);
                continue;
            }
            let lids = [placer.line(upper), placer.line(lower)];
            if eye.is_open() {
                drawing.open_eye(placer, &placer.line(outline), eye, features, look);
                drawing.lids(&lids, look);
            } else {
                // A closed eye is the line where the lids meet.
                drawing.strokes.push(Shape::line(
                    &lids[1],
                    0.0085 * unit,
                    [0.3, 0.2],
                    look.ink_colour,
                    0.9 * look.strokes,
                ));
            }
        }
        if placer.acting.pose.moves_mouth() {
            drawing.acted_mouth(placer, features, look);
        } else {
            drawing.mouth(placer, features, look);
        }
        let nose = placer.line(NOSE_BASE);
        drawing.strokes.push(Shape::line(&nose, 0.0042 * unit, [0.6, 0.6], look.ink_colour, 0.75 * look.strokes));
        drawing
    }

    /// Skin without the photo's features, up to the hair.
    fn plain_skin(&mut self, oval: &[Point], features: &Features, look: &Look) {
        let [l, a, b] = features.skin;
        let skin = [l, a * look.skin_chroma, b * look.skin_chroma];
        let plain = Shape::area(oval, Paint::OnSkin(skin), look.fills).softened(0.02 * self.unit);
        self.fills.push(plain.over_ink());
    }

    fn brow(&mut self, outline: &[Point], features: &Features, look: &Look) {
        let [l, a, b] = features.brow;
        let colour = [l.min(features.skin[0] - 0.12), a, b];
        let limits = [features.skin[0] - 0.24, features.skin[0] - 0.10];
        let fill = Shape::area(outline, Paint::WhereDark(colour, limits), 0.75 * look.fills);
        self.fills.push(fill.softened(0.016 * self.unit));
    }

    pub(in crate::engine) fn open_eye(
        &mut self,
        placer: &Placer<'_>,
        outline: &[Point],
        eye: Eye,
        features: &Features,
        look: &Look,
    ) {
        let unit = self.unit;
        let centre = placer.place(eye.iris);
        // Warping changes sizes; a point on the rim tells by how much.
        let rim = placer.place([eye.iris[0] + eye.radius, eye.iris[1]]);
        let radius = distance(centre, rim);
        let white: Lab = [features.white, 0.002 * features.tint, 0.006 * features.tint];
        let [l, a, b] = features.iris;
        let iris: Lab = [(l + 0.08).clamp(0.26, 0.52), a * 1.5, b * 1.5];
        let dark: Lab = [0.13, a * 0.3, b * 0.3];
        let light: Lab = [(iris[0] + 0.14).min(0.62), a * 1.6, b * 1.6];
        let fills = look.fills;
        self.fills.push(Shape::area(outline, Paint::Plain(white), 0.85 * fills).over_ink());
        if radius < SMALLEST_IRIS {
            // Too small for details: a dark dot in the white.
            self.fills.push(Shape::disc(centre, radius.max(0.9), dark, 0.95 * fills));
            return;
        }
        let inside = |shape: Shape| shape.clipped(outline);
        self.fills.push(inside(Shape::disc(centre, radius, dark, 0.95 * fills)));
        self.fills.push(inside(Shape::disc(centre, radius * 0.86, iris, 0.95 * fills)));
        let glow = [centre[0], centre[1] + radius * 0.32];
        self.fills.push(inside(Shape::disc(glow, radius * 0.52, light, 0.75 * fills).softened(radius * 0.22)));
        self.fills.push(inside(Shape::disc(centre, radius * 0.44, [0.09, 0.0, 0.0], 0.97 * fills)));
        // The upper lid throws a shade on the eye.
        let top: Vec<Point> = outline.iter().copied().filter(|p| p[1] < centre[1]).collect();
        if top.len() > 2 {
            let lifted: Vec<Point> = top.iter().map(|p| [p[0], p[1] + 0.004 * unit]).collect();
            let mut lifted = lifted;
            lifted.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
            let shade = Shape::line(&lifted, 0.012 * unit, [0.8, 0.8], [0.35, 0.01, 0.0], 0.35 * fills);
            self.fills.push(inside(shade.softened(0.008 * unit)));
        }
        let side = look.lit_side();
        let size = look.glints.max(1.0).sqrt();
        let opacity = look.glints.min(1.0) * (1.0 - look.photo);
        let big = [centre[0] + side * radius * 0.36, centre[1] - radius * 0.38];
        let small = [centre[0] - side * radius * 0.40, centre[1] + radius * 0.42];
        let shine: Lab = [0.99, 0.0, 0.0];
        self.glints.push(inside(Shape::disc(big, radius * 0.30 * size, shine, opacity)));
        self.glints.push(inside(Shape::disc(small, radius * 0.13 * size, shine, 0.85 * opacity)));
    }

    pub(in crate::engine) fn lids(&mut self, [upper, lower]: &[Vec<Point>; 2], look: &Look) {
        let unit = self.unit;
        let ink = look.ink_colour;
        self.strokes.push(Shape::line(upper, 0.0105 * unit, [0.55, 0.18], ink, 0.97 * look.strokes));
        self.strokes.push(Shape::line(lower, 0.0032 * unit, [0.6, 0.1], ink, 0.50 * look.strokes));
        let crease: Vec<Point> = upper[1..upper.len() - 1].iter().map(|p| [p[0], p[1] - 0.030 * unit]).collect();
        self.strokes.push(Shape::line(&crease, 0.0028 * unit, [0.2, 0.1], ink, 0.40 * look.strokes));
    }

    fn mouth(&mut self, placer: &Placer<'_>, features: &Features, look: &Look) {
        let unit = self.unit;
        let (outer, inner) = (placer.line(LIPS), placer.line(MOUTH));
        // Both outlines run along the bottom from the right corner to the left one and back along the top.
        let corner = outer.len() / 2;
        let back = |line: &[Point]| line[corner..].iter().chain(&line[..1]).copied().collect::<Vec<_>>();
        let forth = |line: &[Point]| line[..=corner].to_vec();
        let ring =
            |outer: Vec<Point>, inner: Vec<Point>| outer.into_iter().chain(inner.into_iter().rev()).collect::<Vec<_>>();
        let [l, a, b] = features.lip;
        let tint = look.blush.min(1.0) * features.tint;
        let lip = |darker: f32| [l - darker, a * 1.12 + 0.022 * tint, b * 1.05];
        let upper = ring(back(&outer), back(&inner));
        let lower = ring(forth(&outer), forth(&inner));
        self.fills.push(Shape::area(&upper, Paint::Plain(lip(0.055)), 0.72 * look.fills));
        self.fills.push(Shape::area(&lower, Paint::Plain(lip(0.0)), 0.65 * look.fills));
        let is_open = features.mouth_openness > OPEN_MOUTH;
        if is_open {
            let white = [features.white.min(0.945), 0.002 * features.tint, 0.014 * features.tint];
            let dark = [0.24, 0.05 * features.tint, 0.025 * features.tint];
            // A smile that is all teeth is drawn as one clean area.
            let paint = if features.teeth > 0.5 {
                Paint::Plain(white)
            } else {
                Paint::TwoTone(white, dark, features.teeth_limit)
            };
            self.fills.push(Shape::area(&inner, paint, 0.94 * look.fills).over_ink());
        }
        let edge = placer.line(UPPER_LIP_EDGE);
        let opacity = if is_open { 0.75 } else { 0.92 };
        self.strokes.push(Shape::line(&edge, 0.0058 * unit, [0.75, 0.75], look.ink_colour, opacity * look.strokes));
        if is_open {
            let bottom = forth(&inner);
            self.strokes.push(Shape::line(&bottom, 0.0030 * unit, [0.9, 0.9], look.ink_colour, 0.45 * look.strokes));
        }
        let under = placer.line(UNDER_LIP);
        self.strokes.push(Shape::line(&under, 0.0042 * unit, [0.1, 0.1], look.ink_colour, 0.28 * look.strokes));
    }
}
