//! Which pixels are skin, hair or clothes, from the place and colour of each.
//!
//! Colour decides, and place only says what is likely: skin is learned on cheeks and nose, hair on what differs from it
//! around the oval and on the brows. No place has an edge of its own, so none becomes visible; where colours part, a
//! guided filter lets the border follow them.

use super::colour::Lab;
use super::filter::{gaussian, guided};
use super::frame::Frame;
use super::geometry::{Point, centroid, distance as apart, mask, polygon_distance, polygon_mask};
use super::plane::{Plane, mix, quantile, smoothstep};
use crate::vision::landmarks::{
    CHEEKS, CHIN, FOREHEAD, LEFT_BROW, LEFT_EYE, LIPS, NOSE_LOWER, NOSE_TIP, OVAL, RIGHT_BROW, RIGHT_EYE,
};

/// How far the colours of skin and of hair spread at least.
const SKIN_SPREAD: Lab = [0.085, 0.016, 0.018];
/// See [`SKIN_SPREAD`].
const HAIR_SPREAD: Lab = [0.085, 0.018, 0.020];
/// The share of the cheeks that is darker than the tone of the skin: half, and a little less of very dark skin, on which
/// eyes and teeth are drawn lighter.
const LIT: [f32; 2] = [0.45, 0.50];
/// Colours farther than this from skin, in spreads, are something else.
const NOT_SKIN: f32 = 2.2;
/// Below this share of other colours around the oval, the head is bald or shaved.
const LEAST_HAIR: f32 = 0.12;
/// How likely any place is skin, hair or neither, whatever its colour says.
const LEAST_FIT: f32 = 0.012;
/// How much detail brows have: less than eyes, since they are drawn.
const BROWS: f32 = 0.35;
/// Variances of the guide below this are no border.
const GUIDED_EPSILON: f32 = 6e-4;

/// Soft maps of the working square, 0 to 1.
#[derive(Debug)]
pub(super) struct Regions {
    /// Face, ears and neck.
    pub(super) skin: Plane,
    /// Hair of the head, and a beard.
    pub(super) hair: Plane,
    /// The oval of the face without a fringe or a beard.
    pub(super) face: Plane,
    /// Eyes, brows, lips and the nose's lower half, where detail matters.
    pub(super) features: Plane,
    /// The median colour of the cheeks: the person's own skin.
    pub(super) tone: Lab,
}

/// A colour with its spread.
#[derive(Clone, Copy, Debug)]
struct Model {
    mean: Lab,
    spread: Lab,
}

impl Model {
    /// Median and spread (from the median deviation) of some colours; spreads are at least `least`.
    fn of(colours: &[Lab], least: Lab) -> Option<Self> {
        if colours.len() < 20 {
            return None;
        }
        let median = |values: &mut Vec<f32>| {
            values.sort_unstable_by(f32::total_cmp);
            quantile(values, 0.5)
        };
        let mean = [0, 1, 2].map(|c: usize| median(&mut colours.iter().map(|colour| colour[c]).collect()));
        let spread = [0, 1, 2].map(|c: usize| {
            let mut away = colours.iter().map(|colour| (colour[c] - mean[c]).abs()).collect();
            (1.5 * median(&mut away)).clamp(least[c], 1.6 * least[c])
        });
        Some(Self { mean, spread })
    }

    /// How many spreads away a colour is.
    fn distance(&self, colour: Lab) -> f32 {
        (0..3).map(|c| ((colour[c] - self.mean[c]) / self.spread[c]).powi(2)).sum::<f32>().sqrt()
    }

    /// How well a colour fits, 0 to 1.
    fn fit(&self, colour: Lab) -> f32 {
        (-0.5 * self.distance(colour).powi(2)).exp()
    }
}

/// Skin, of which shade may be much darker as long as its hue stays.
fn skin_distance(model: &Model, [l, a, b]: Lab) -> f32 {
    let darker = (model.mean[0] - l).max(0.0);
    // Less light scales all of Oklab, so the chroma of shade is smaller in proportion.
    let scale = (l / model.mean[0].max(0.05)).clamp(0.25, 1.1);
    let shaded = Model {
        mean: [model.mean[0], model.mean[1] * scale, model.mean[2] * scale],
        spread: [model.spread[0] * if darker > 0.0 { 1.15 } else { 1.0 }, model.spread[1], model.spread[2]],
    };
    shaded.distance([l, a, b])
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

impl Regions {
    /// Sorts the pixels inside the silhouette, whose colours are `lab`.
    pub(super) fn of(frame: &Frame, lab: &[Plane; 3], distance: &Plane) -> Self {
        let (side, unit) = (frame.side, frame.unit);
        let soft: [Plane; 3] = [0, 1, 2].map(|c: usize| gaussian(&lab[c], 0.010 * unit));
        let colour = |i: usize| [soft[0].values[i], soft[1].values[i], soft[2].values[i]];
        let features = features(frame);
        let axes = Axes::of(frame);
        let from_face = polygon_distance(side, &frame.line(OVAL), 1.3 * unit);
        let at = |i: usize| [(i % side) as f32, (i / side) as f32];
        let chosen = |wanted: &dyn Fn(usize) -> bool| -> Vec<Lab> {
            (0..side * side).filter(|&i| distance.values[i] < 0.0 && wanted(i)).map(colour).collect()
        };
        let cheeks = CHEEKS.map(|cheek| polygon_mask(side, &frame.line(cheek), 0.0, 0.5));
        let cheek_colours = chosen(&|i| cheeks.iter().any(|cheek| cheek.values[i] > 0.5));
        // Of a face at the photo's edge only a part may be there.
        let middle_of_face = chosen(&|i| from_face.values[i] < -0.10 * unit && features.values[i] < 0.1);
        let tone = Model::of(&cheek_colours, SKIN_SPREAD).or_else(|| Model::of(&middle_of_face, SKIN_SPREAD));
        let tone = tone.map_or([0.7, 0.03, 0.04], |model| model.mean);
        let mut lightness: Vec<f32> = cheek_colours.iter().map(|colour| colour[0]).collect();
        lightness.sort_unstable_by(f32::total_cmp);
        let tone = if lightness.is_empty() {
            tone
        } else {
            [quantile(&lightness, mix(LIT[0], LIT[1], smoothstep(0.25, 0.45, tone[0]))), tone[1], tone[2]]
        };
        let nose = frame.points[NOSE_TIP];
        let mut plain = cheek_colours;
        plain.extend(chosen(&|i| apart(at(i), nose) < 0.09 * unit));
        let skin_model = Model::of(&plain, SKIN_SPREAD).unwrap_or(Model { mean: tone, spread: SKIN_SPREAD });
        let is_other = |colour: Lab| skin_distance(&skin_model, colour) > NOT_SKIN;
        let ring = chosen(&|i| {
            let outward = from_face.values[i] / unit;
            (0.04..0.42).contains(&outward) && axes.of_place(at(i))[1] > -0.05
        });
        let other: Vec<Lab> = ring.iter().copied().filter(|&colour| is_other(colour)).collect();
        let is_bald = (other.len() as f32) < LEAST_HAIR * ring.len() as f32;
        let hair_model = if is_bald { None } else { Model::of(&other, HAIR_SPREAD) };
        let brows = [LEFT_BROW, RIGHT_BROW].map(|brow| polygon_mask(side, &frame.line(brow), 0.0, 0.5));
        let mut brow = chosen(&|i| brows.iter().any(|brow| brow.values[i] > 0.5));
        brow.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
        brow.truncate(brow.len() / 2);
        let brow_model = Model::of(&brow, HAIR_SPREAD).filter(|model| is_other(model.mean));
        let mouth = axes.of_place(centroid(&frame.line(LIPS)))[1];
        let likely: Vec<[f32; 2]> = {
            let mut likely = vec![[0.0; 2]; side * side];
            rayon::iter::ParallelIterator::for_each(
                rayon::iter::IndexedParallelIterator::enumerate(rayon::slice::ParallelSliceMut::par_chunks_exact_mut(
                    likely.as_mut_slice(),
                    side,
                )),
                |(y, row)| {
                    for (x, target) in row.iter_mut().enumerate() {
                        let i = y * side + x;
                        if distance.values[i] > 0.1 * unit {
                            continue;
                        }
                        let colour = colour(i);
                        let [skin_place, hair_place] =
                            expected(&axes, [x as f32, y as f32], from_face.values[i].min(1.3 * unit), mouth);
                        let [_, above] = axes.of_place([x as f32, y as f32]);
                        let skin_fit = (-0.5 * skin_distance(&skin_model, colour).powi(2)).exp().max(LEAST_FIT);
                        let fit = |model: &Option<Model>| model.as_ref().map_or(0.0, |model| model.fit(colour));
                        let inside = smoothstep(0.1 * unit, -0.05 * unit, from_face.values[i]);
                        let hair_fit = fit(&hair_model).max(inside * fit(&brow_model));
                        // A head of many colours: what is neither skin nor known is still hair close to the head.
                        let hair_fit = hair_fit.max(if is_bald { 0.0 } else { 1.6 * LEAST_FIT });
                        let other_fit = (3.0 + 5.0 * smoothstep(-0.6, -0.95, above)) * LEAST_FIT;
                        let skin = skin_fit * skin_place;
                        let hair = hair_fit * hair_place;
                        let other = other_fit * (1.0 - skin_place - hair_place).max(0.0);
                        let total = skin + hair + other + 1e-6;
                        *target = [skin / total, hair / total];
                    }
                },
            );
            likely
        };
        let guide = guide(&soft, &skin_model, hair_model.or(brow_model).as_ref());
        let [skin, hair] = [0, 1].map(|region: usize| {
            let raw = Plane::from_index(side, side, |i| likely[i][region]);
            let radius = (0.035 * unit).round().max(2.0) as usize;
            let [slope, offset] = guided(&gaussian(&raw, 0.018 * unit), &guide, radius, GUIDED_EPSILON);
            let read = |i: usize| slope.values[i] * guide.values[i] + offset.values[i];
            Plane::from_index(side, side, |i| read(i).clamp(0.0, 1.0))
        });
        let oval = mask(&from_face, 0.0, 0.035 * unit);
        let face = oval.zip(&hair, |oval, hair| oval * (1.0 - smoothstep(0.3, 0.7, hair)));
        Self { skin, hair, face, features, tone }
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
