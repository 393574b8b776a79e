//! Which pixels are skin, hair or clothes, from the place and colour of each.
//!
//! Colour decides, and place only says what is likely: skin is learned on cheeks and nose, hair on what differs from it
//! around the oval and on the brows. No place has an edge of its own, so none becomes visible; where colours part, a
//! guided filter lets the border follow them.

mod models;

use rayon::prelude::*;

use self::models::{Model, Models};
use super::frame::Frame;
use crate::engine::raster::colour::Lab;
use crate::engine::raster::component::pieces;
use crate::engine::raster::filter::{gaussian, guided};
use crate::engine::raster::geometry::{Point, centroid, distance as apart, mask, polygon_distance, polygon_mask};
use crate::engine::raster::plane::{Plane, smoothstep};
use crate::vision::landmarks::{CHIN, FOREHEAD, LEFT_BROW, LEFT_EYE, LIPS, NOSE_LOWER, OVAL, RIGHT_BROW, RIGHT_EYE};

/// How much detail brows have: less than eyes, since they are drawn.
const BROWS: f32 = 0.35;
/// Variances of the guide below this are no border.
const GUIDED_EPSILON: f32 = 6e-4;

/// Farther from the oval than this all places are alike, in face heights.
const FAR: f32 = 1.3;
/// Farther outside the silhouette than this nothing is sorted, in face heights.
const NEAR: f32 = 0.1;

/// Hair of this share hangs together.
const ISLAND: f32 = 0.4;
/// Smaller than this nothing is a lock of hair, in squares of the face's height.
const LOCK: f32 = 0.004;
/// Smaller than this, in squares of the face's height, skin above and beside the face is a light on hair.
const LIGHT_SPOT: f32 = 0.03;
/// A moustache reaches so far above the mouth, in face heights.
const BEARD: f32 = 0.16;
/// Half the width and height of the largest lens, in face heights.
const LENS: [f32; 2] = [0.25, 0.20];

/// Soft maps of the working square, 0 to 1.
#[derive(Debug)]
pub(in crate::engine) struct Regions {
    /// Face, ears and neck.
    pub(in crate::engine) skin: Plane,
    /// Hair of the head, and a beard.
    pub(in crate::engine) hair: Plane,
    /// The oval of the face without a fringe or a beard.
    pub(in crate::engine) face: Plane,
    /// Eyes, brows, lips and the nose's lower half, where detail matters.
    pub(in crate::engine) features: Plane,
    /// The median colour of the cheeks: the person's own skin.
    pub(in crate::engine) tone: Lab,
}

/// The square in the head's own directions.
struct Axes {
    middle: Point,
    /// From the chin to the hairline, one face height long.
    up: Point,
    unit: f32,
}

impl Axes {
    fn of(frame: &Frame) -> Self {
        let (top, chin) = (frame.points[FOREHEAD], frame.points[CHIN]);
        let length = apart(top, chin).max(1.0);
        let up = [(top[0] - chin[0]) / length, (top[1] - chin[1]) / length];
        Self { middle: centroid(&frame.line(OVAL)), up, unit: frame.unit }
    }

    /// How far a place lies to the right of the middle of the face, and above it, in face heights.
    fn of_place(&self, [x, y]: Point) -> Point {
        let [dx, dy] = [(x - self.middle[0]) / self.unit, (y - self.middle[1]) / self.unit];
        [dy * self.up[0] - dx * self.up[1], dx * self.up[0] + dy * self.up[1]]
    }
}

/// How likely skin and hair are at a place, before its colour is seen; what is left is something else.
fn expected(axes: &Axes, at: Point, from_oval: f32, mouth: f32) -> [f32; 2] {
    let [across, above] = axes.of_place(at);
    let outward = from_oval / axes.unit;
    // Inside the oval: skin, but for locks at its rim, a fringe from above and a beard from below.
    let rim = smoothstep(-0.12, 0.02, outward);
    let fringe = smoothstep(0.0, 0.40, above) * smoothstep(-0.45, -0.05, outward);
    let beard = smoothstep(mouth + 0.16, mouth - 0.02, above);
    let hair_inside = 0.015 + 0.30 * rim * smoothstep(-0.25, 0.1, above) + 0.28 * fringe + 0.13 * beard;
    let inside = [1.0 - hair_inside, hair_inside];
    // Outside: hair above and beside, skin of ears and neck, clothes farther down.
    let below = smoothstep(-0.30, -0.75, above);
    let neck = below * smoothstep(0.62, 0.30, across.abs());
    let far = smoothstep(0.55, 1.2, outward);
    let body = smoothstep(-0.55, -1.05, above);
    let hair_outside = (0.62 - 0.34 * below) * (1.0 - 0.85 * neck) * (1.0 - 0.6 * far * below) * (1.0 - 0.6 * body);
    let skin_outside = (0.24 + 0.42 * neck) * (1.0 - 0.75 * far) * (1.0 - 0.45 * body);
    let share = smoothstep(-0.05, 0.07, outward);
    [0, 1].map(|i: usize| inside[i] + ([skin_outside, hair_outside][i] - inside[i]) * share)
}

/// What is looked at: colours and places of the square inside the silhouette.
struct Sight<'a> {
    frame: &'a Frame,
    /// The colours, a little blurred.
    soft: [Plane; 3],
    /// Distance from the silhouette, negative inside.
    distance: &'a Plane,
    /// Distance from the face's oval, negative inside.
    from_face: Plane,
    axes: Axes,
}

impl Sight<'_> {
    fn colour(&self, i: usize) -> Lab {
        [0, 1, 2].map(|c: usize| self.soft[c].values[i])
    }

    fn at(&self, i: usize) -> Point {
        [(i % self.frame.side) as f32, (i / self.frame.side) as f32]
    }

    /// The colours inside the silhouette where `is_wanted` says so.
    fn colours(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<Lab> {
        let count = self.distance.values.len();
        (0..count).filter(|&i| self.distance.values[i] < 0.0 && is_wanted(i)).map(|i| self.colour(i)).collect()
    }

    /// The colours inside any of these outlines.
    fn colours_within(&self, outlines: &[&[usize]]) -> Vec<Lab> {
        let side = self.frame.side;
        let masks: Vec<Plane> =
            outlines.iter().map(|outline| polygon_mask(side, &self.frame.line(outline), 0.0, 0.5)).collect();
        self.colours(|i| masks.iter().any(|mask| mask.values[i] > 0.5))
    }
}

impl Regions {
    /// Sorts the pixels inside the silhouette, whose colours are `lab`.
    pub(in crate::engine) fn of(frame: &Frame, lab: &[Plane; 3], distance: &Plane) -> Self {
        let (side, unit) = (frame.side, frame.unit);
        let sight = Sight {
            frame,
            soft: [0, 1, 2].map(|c: usize| gaussian(&lab[c], 0.010 * unit)),
            distance,
            from_face: polygon_distance(side, &frame.line(OVAL), FAR * unit),
            axes: Axes::of(frame),
        };
        let features = features(frame);
        let models = Models::of(&sight, &features);
        let mouth = sight.axes.of_place(centroid(&frame.line(LIPS)))[1];
        let is_near = |i: usize| distance.values[i] <= NEAR * unit;
        let likely: Vec<[f32; 2]> = (0..side * side)
            .into_par_iter()
            .map(|i| if is_near(i) { models.likely(&sight, i, mouth) } else { [0.0; 2] })
            .collect();
        let guide = guide(&sight.soft, &models.skin, models.hair.or(models.brow).as_ref());
        let [skin, hair] = [0, 1].map(|region: usize| {
            let raw = Plane::from_index(side, side, |i| likely[i][region]);
            let radius = (0.035 * unit).round().max(2.0) as usize;
            let [slope, offset] = guided(&gaussian(&raw, 0.018 * unit), &guide, radius, GUIDED_EPSILON);
            let read = |i: usize| slope.values[i] * guide.values[i] + offset.values[i];
            Plane::from_index(side, side, |i| read(i).clamp(0.0, 1.0))
        });
        let [skin, hair] = without_islands([skin, hair], &sight, &features, mouth);
        let oval = mask(&sight.from_face, 0.0, 0.035 * unit);
        let face = oval.zip(&hair, |oval, hair| oval * (1.0 - smoothstep(0.3, 0.7, hair)));
        Self { skin, hair, face, features, tone: models.tone }
    }
}

/// Hair that hangs together with none outside the face, and is neither brow nor beard, is a shade on skin; and so is the
/// smallest lock of it anywhere. A light spot among hair, with no way to the face, is hair.
fn without_islands(regions: [Plane; 2], sight: &Sight<'_>, features: &Plane, mouth: f32) -> [Plane; 2] {
    let [skin, hair] = regions;
    let area = |piece: &[usize]| piece.len() as f32 / (sight.axes.unit * sight.axes.unit);
    let above = |i: usize| sight.axes.of_place(sight.at(i))[1];
    let is_shade = |piece: &[usize]| {
        let is_hair =
            |&i: &usize| sight.from_face.values[i] > 0.0 || features.values[i] > 0.2 || above(i) < mouth + BEARD;
        area(piece) < LOCK || !piece.iter().any(is_hair)
    };
    let is_light = |piece: &[usize]| {
        area(piece) < LIGHT_SPOT && piece.iter().all(|&i| sight.from_face.values[i] > 0.0 && above(i) > 0.0)
    };
    let [hair, skin] = given(&hair, &skin, sight, is_shade);
    given(&skin, &hair, sight, is_light)
}

/// Both regions after the islands of the first went to the second, each with its soft rim.
fn given(from: &Plane, to: &Plane, sight: &Sight<'_>, is_island: impl Fn(&[usize]) -> bool) -> [Plane; 2] {
    let mut island = Plane::filled(from.width, from.height, 0.0);
    for i in pieces(from, ISLAND).into_iter().filter(|piece| is_island(piece)).flatten() {
        island.values[i] = 1.0;
    }
    let island = gaussian(&island, 0.02 * sight.axes.unit).map(|share| (4.0 * share).min(1.0));
    let share = from.zip(&island, |from, island| from * island);
    [from.zip(&share, |from, share| from - share), to.zip(&share, |to, share| (to + share).min(1.0))]
}

impl Regions {
    /// Gives the lenses before these eyes back to themselves: what is much darker than skin there, or of another hue, is
    /// neither skin nor hair.
    pub(in crate::engine) fn leave_lenses(&mut self, frame: &Frame, lab: &[Plane; 3], eyes: [Point; 2], skin: Lab) {
        let axes = Axes::of(frame);
        for eye in eyes {
            let [eye_across, eye_above] = axes.of_place(eye);
            let lens = Plane::from_fn(frame.side, frame.side, |x, y| {
                let [across, above] = axes.of_place([x as f32, y as f32]);
                let radius = ((across - eye_across) / LENS[0]).hypot((above - eye_above) / LENS[1]);
                if radius > 1.1 {
                    return 0.0;
                }
                let i = y * frame.side + x;
                let dark = smoothstep(0.80, 0.62, lab[0].values[i] / skin[0].max(0.05));
                let hue = apart([lab[1].values[i], lab[2].values[i]], [skin[1], skin[2]]);
                smoothstep(1.1, 0.95, radius) * dark.max(smoothstep(0.05, 0.09, hue))
            });
            let lens = gaussian(&lens, 0.006 * frame.unit);
            for region in [&mut self.skin, &mut self.hair, &mut self.face] {
                *region = region.zip(&lens, |share, lens| share * (1.0 - lens));
            }
        }
    }
}

/// The picture along the line from skin to hair, on which both are farthest apart.
fn guide(lab: &[Plane; 3], skin: &Model, hair: Option<&Model>) -> Plane {
    let Some(hair) = hair else { return lab[0].clone() };
    let line = [0, 1, 2].map(|c: usize| hair.mean[c] - skin.mean[c]);
    let length = line.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-3);
    let line = line.map(|v| v / length);
    Plane::from_index(lab[0].width, lab[0].height, |i| (0..3).map(|c| lab[c].values[i] * line[c]).sum())
}

fn features(frame: &Frame) -> Plane {
    let unit = frame.unit;
    let parts = [(LEFT_EYE, 0.035), (RIGHT_EYE, 0.035), (LIPS, 0.02)];
    let nose = polygon_mask(frame.side, &frame.line(NOSE_LOWER), 0.02 * unit, 0.02 * unit).map(|v| v * 0.75);
    let part = |outline, grow: f32| polygon_mask(frame.side, &frame.line(outline), grow * unit, 0.02 * unit);
    let brows = part(LEFT_BROW, 0.015).zip(&part(RIGHT_BROW, 0.015), f32::max).map(|v| v * BROWS);
    parts.into_iter().fold(nose.zip(&brows, f32::max), |sum, (outline, grow)| sum.zip(&part(outline, grow), f32::max))
}
