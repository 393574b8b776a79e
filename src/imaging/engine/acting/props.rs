//! What a mood brings along, in the style's own line and palette, anchored on the mesh.

mod beside;
mod figures;
mod on_face;
mod worn;

use super::face::Axes;
use crate::engine::draw::cute;
use crate::engine::draw::drawn::{Paint, Shape};
use crate::engine::draw::features::{Drawing, Placer};
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::{Point, bounds, centroid, distance};
use crate::engine::raster::plane::mix;
use crate::engine::style::look::Look;
use crate::engine::style::styles::Style;
use crate::vision::landmarks::{
    FOREHEAD, LEFT_EYE, LEFT_LOWER_LID, MOUTH_CORNERS, NOSE_TIP, RIGHT_EYE, RIGHT_LOWER_LID,
};
use model::Prop;

/// Half the width of a prop's line, in face heights.
const LINE: f32 = 0.0075;
/// Room that is kept between a prop's border and the canvas' edge, in pixels.
const ROOM: f32 = 2.0;
/// The shadow of a prop: how far right and down it falls and how soft it is, in face heights.
const SHADOW: [f32; 3] = [0.006, 0.022, 0.028];

/// White paper.
const PAPER: Lab = [0.985, 0.0, 0.0];

/// The shapes of all props, in canvas pixels.
#[derive(Debug, Default)]
pub(in crate::engine) struct Props {
    /// Where their shadow falls.
    pub(in crate::engine) shadow: Vec<Shape>,
    /// What they add to the die-cut border.
    pub(in crate::engine) border: Vec<Shape>,
    /// Themselves, in the order of drawing.
    pub(in crate::engine) figures: Vec<Shape>,
    /// Where they are anchored, for a style that draws them itself.
    pub(in crate::engine) places: Option<Places>,
}

/// Where props are anchored, in canvas pixels.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Places {
    pub(super) axes: Axes,
    /// Middles of the eyes, the right one first.
    pub(super) eyes: [Point; 2],
    /// The sides of the face that can be seen: both, unless the head is in profile.
    pub(super) sides: Vec<usize>,
    /// Half the width of an eye.
    pub(super) eye: f32,
    /// Middles of the lower lids.
    pub(super) lower_lids: [Point; 2],
    /// The left corner of the mouth.
    pub(super) corner: Point,
    pub(super) cheeks: [Point; 2],
    pub(super) forehead: Point,
    /// The temples, the right one first.
    pub(super) temples: [Point; 2],
    /// The top of the hair above the forehead.
    pub(super) crown: Point,
    /// Width and height of the canvas.
    pub(super) canvas: [f32; 2],
    /// The drawn face's height.
    pub(super) unit: f32,
    /// The person's skin.
    pub(super) skin: Lab,
}

impl Places {
    pub(super) fn of(placer: &Placer<'_>, drawing: &Drawing, is_cute: bool) -> Self {
        let analysis = placer.analysis;
        let axes = placer.axes();
        let eye = 0.25
            * [RIGHT_EYE, LEFT_EYE]
                .iter()
                .map(|eye| {
                    let line = placer.own_line(eye);
                    distance(line[0], line[8])
                })
                .sum::<f32>();
        let [eyes, lower_lids] = if is_cute {
            let eyes = drawing.anchors.eyes.map(|eye| axes.at(eye, [0.0, -cute::LOWERED]));
            [eyes, eyes.map(|eye| axes.at(eye, [0.0, -0.9 * cute::EYE[1]]))]
        } else {
            let eyes = [RIGHT_EYE, LEFT_EYE].map(|eye| centroid(&placer.own_line(eye)));
            [eyes, [RIGHT_LOWER_LID, LEFT_LOWER_LID].map(|lid| placer.own_line(lid)[4])]
        };
        // Up from the hairline until the person ends.
        let frame = &analysis.frame;
        let own = Axes::of(&frame.points);
        let mut top = frame.points[FOREHEAD];
        for step in 0..200 {
            let next = own.at(frame.points[FOREHEAD], [0.0, step as f32 * 0.01]);
            if analysis.distance.sample(next[0], next[1]) > 0.0 || next[1] < 1.0 {
                break;
            }
            top = next;
        }
        // The near side of a profile is the one farther from the tip of the nose.
        let nose = placer.point(NOSE_TIP);
        let [right, left] = eyes.map(|eye| distance(eye, nose));
        let near = usize::from(left > right);
        let sides = if analysis.features.is_profile { vec![near] } else { vec![0, 1] };
        Self {
            axes,
            eyes,
            sides,
            eye,
            lower_lids,
            corner: placer.own_line(&MOUTH_CORNERS)[1],
            cheeks: drawing.cheeks,
            forehead: placer.own(frame.points[FOREHEAD]),
            temples: [127, 356].map(|number| placer.own(frame.points[number])),
            crown: placer.own(top),
            canvas: placer.window.size.map(|edge| edge as f32),
            unit: drawing.unit,
            skin: analysis.features.skin,
        }
    }
}

/// Draws props in the line and the palette of one look.
pub(super) struct Pen<'a> {
    look: &'a Look,
    unit: f32,
    canvas: [f32; 2],
    out: Props,
}

impl<'a> Pen<'a> {
    fn new(look: &'a Look, places: &Places) -> Self {
        Self { look, unit: places.unit, canvas: places.canvas, out: Props::default() }
    }

    /// The colour in a style without colours: black or paper.
    fn coloured(&self, [l, a, b]: Lab) -> Lab {
        if self.look.style == Style::Ink { [if l < 0.70 { 0.13 } else { 0.985 }, 0.0, 0.0] } else { [l, a, b] }
    }

    /// Half the width of the line around a prop: flat drawings have none.
    fn line_width(&self) -> f32 {
        let look = self.look;
        if look.outline <= 0.0 && look.ink <= 0.0 {
            return 0.0;
        }
        LINE * self.unit * mix(0.7, 1.35, (look.outline / 0.026).clamp(0.0, 1.0))
    }

    /// How far points have to be moved so that what is drawn with them, with its border, stays on the canvas.
    fn inward(&self, points: &[Point], swell: f32) -> Point {
        let margin = (self.look.border + swell) * self.unit + self.line_width() + ROOM;
        let [left, top, right, bottom] = bounds(points, margin);
        let [width, height] = self.canvas;
        let shift = |low: f32, high: f32, size: f32| {
            if low < 0.0 { -low } else { (size - high).min(0.0) }
        };
        [shift(left, right, width), shift(top, bottom, height)]
    }

    /// An area with a line around it and a border of its own.
    pub(super) fn area(&mut self, outline: &[Point], colour: Lab) {
        self.cut(|grow| {
            vec![Shape::area(outline, Paint::Plain([1.0, 0.0, 0.0]), 1.0), closed(outline, grow, [1.0, 0.0, 0.0])]
        });
        let line = self.line_width();
        if self.look.style == Style::Ink {
            // Black on black would be lost.
            self.out.figures.push(closed(outline, 2.6 * line, PAPER));
        }
        if line > 0.0 {
            self.out.figures.push(closed(outline, line, self.look.ink_colour));
        }
        let colour = self.coloured(colour);
        self.out.figures.push(Shape::area(outline, Paint::Plain(colour), 1.0));
        if line > 0.0 {
            self.out.figures.push(closed(outline, 0.5 * line, self.look.ink_colour));
        }
    }

    /// A thick stroke with a line around it and a border of its own.
    pub(super) fn stroke(&mut self, points: &[Point], half_width: f32, colour: Lab) {
        self.cut(|grow| vec![Shape::line(points, half_width + grow, [1.0, 1.0], [1.0, 0.0, 0.0], 1.0)]);
        let line = 1.6 * self.line_width();
        if self.look.style == Style::Ink {
            self.out.figures.push(Shape::line(points, half_width + 1.6 * line, [1.0, 1.0], PAPER, 1.0));
        }
        if line > 0.0 {
            self.out.figures.push(Shape::line(points, half_width + line, [1.0, 1.0], self.look.ink_colour, 1.0));
        }
        let colour = self.coloured(colour);
        self.out.figures.push(Shape::line(points, half_width, [1.0, 1.0], colour, 1.0));
    }

    /// A mark without a line around it: a light, a crease.
    pub(super) fn mark(&mut self, shape: Shape) {
        self.out.figures.push(shape);
    }

    /// A light or dark stroke without a line around it.
    pub(super) fn touch(&mut self, points: &[Point], half_width: f32, colour: Lab, opacity: f32) {
        let colour = self.coloured(colour);
        self.mark(Shape::line(points, half_width, [0.3, 0.3], colour, opacity));
    }

    /// Adds what shapes grown by the border cut out, and its shadow.
    fn cut(&mut self, grown: impl Fn(f32) -> Vec<Shape>) {
        let border = self.look.border * self.unit * 0.72 + self.line_width();
        self.out.border.extend(grown(border));
        if self.look.shadow > 0.0 {
            let [right, down, soft] = SHADOW.map(|v| v * self.unit);
            self.out.shadow.extend(grown(border).into_iter().map(|shape| shape.shifted([right, down]).softened(soft)));
        }
    }
}

/// A line along a closed outline.
fn closed(outline: &[Point], half_width: f32, colour: Lab) -> Shape {
    let around: Vec<Point> = outline.iter().chain(&outline[..2]).copied().collect();
    Shape::line(&around, half_width, [1.0, 1.0], colour, 1.0)
}

impl Drawing {
    /// Draws the props of the look's moods.
    pub(in crate::engine) fn props(&mut self, placer: &Placer<'_>, look: &Look) {
        if look.pose.props().is_empty() {
            return;
        }
        let places = Places::of(placer, self, look.style == Style::Kawaii && look.own_face.is_some());
        if look.style == Style::Pixel {
            self.props.places = Some(places);
            return;
        }
        let mut pen = Pen::new(look, &places);
        for &(prop, weight) in look.pose.props() {
            let size = weight.max(0.0).sqrt();
            match prop {
                Prop::HeartEyes => on_face::heart_eyes(&mut pen, &places, size),
                Prop::Heart => beside::hearts(&mut pen, &places, size),
                Prop::Tears => on_face::tears(&mut pen, &places, size),
                Prop::TearDrops => on_face::tear_drops(&mut pen, &places, size),
                Prop::SweatDrop => on_face::sweat_drop(&mut pen, &places, size),
                Prop::AngerMark => on_face::anger_mark(&mut pen, &places, size),
                Prop::Zzz => beside::zzz(&mut pen, &places, size),
                Prop::Sparkles => beside::sparkles(&mut pen, &places, size),
                Prop::QuestionMark => beside::question_mark(&mut pen, &places, size),
                Prop::Blush => self.flush(&places, [-0.03, 0.085, 0.015], true, weight),
                Prop::GreenCheeks => self.flush(&places, [-0.02, -0.085, 0.045], false, weight),
                Prop::Sunglasses => worn::sunglasses(&mut pen, &places, size),
                Prop::PartyHat => worn::party_hat(&mut pen, &places, size),
                Prop::Crown => worn::crown(&mut pen, &places, size),
                Prop::Halo => worn::halo(&mut pen, &places, size),
            }
        }
        self.props = pen.out;
    }

    /// Cheeks of another colour, given as what is added to the skin's.
    fn flush(&mut self, places: &Places, [dl, da, db]: Lab, has_strokes: bool, weight: f32) {
        let [l, a, b] = places.skin;
        let axes = &places.axes;
        let unit = self.unit;
        let angle = axes.right[1].atan2(axes.right[0]);
        for cheek in places.sides.iter().map(|&side| places.cheeks[side]) {
            let paint = Paint::OnSkin([l + dl, a + da, b + db]);
            let middle = axes.at(cheek, [0.0, -0.01]);
            let patch = Shape::ellipse(middle, [0.125 * unit, 0.085 * unit], angle, paint).softened(0.05 * unit);
            self.fills.push(patch.faded(0.75 * weight.min(1.0)));
            for x in if has_strokes { &[-0.045, 0.0, 0.045][..] } else { &[] } {
                let stroke = [axes.at(middle, [x + 0.012, 0.022]), axes.at(middle, [x - 0.012, -0.022])];
                let colour = [l - 0.16, a + 1.4 * da, b + db];
                self.fills.push(Shape::line(&stroke, 0.006 * unit, [0.6, 0.6], colour, 0.9 * weight.min(1.0)));
            }
        }
    }
}
