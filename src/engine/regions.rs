//! Which pixels are skin, hair or clothes, from the place and colour of each.

use super::colour::Lab;
use super::filter::gaussian;
use super::frame::Frame;
use super::geometry::{centroid, mask, polygon_distance, polygon_mask};
use super::plane::{Plane, smoothstep};
use crate::vision::landmarks::{CHIN, LEFT_BROW, LEFT_EYE, LIPS, NOSE_LOWER, OVAL, RIGHT_BROW, RIGHT_EYE};

/// Soft maps of the working square, 0 to 1.
#[derive(Debug)]
pub(super) struct Regions {
    /// Face, ears and neck.
    pub(super) skin: Plane,
    /// Hair of the head.
    pub(super) hair: Plane,
    /// The oval of the face without a fringe.
    pub(super) face: Plane,
    /// Eyes, brows, lips and the nose's lower half, where detail matters.
    pub(super) features: Plane,
}

/// A colour with its spread.
struct Model {
    mean: Lab,
    spread: Lab,
}

impl Model {
    /// Mean and spread of some colours; spreads are at least `least`.
    fn of(colours: impl Iterator<Item = Lab>, least: Lab) -> Option<Self> {
        let (mut count, mut sum, mut squares) = (0.0_f64, [0.0_f64; 3], [0.0_f64; 3]);
        for colour in colours {
            count += 1.0;
            for channel in 0..3 {
                sum[channel] += colour[channel] as f64;
                squares[channel] += (colour[channel] as f64).powi(2);
            }
        }
        if count < 20.0 {
            return None;
        }
        let mean = sum.map(|v| v / count);
        let spread =
            [0, 1, 2].map(|c: usize| ((squares[c] / count - mean[c] * mean[c]).max(0.0).sqrt() as f32).max(least[c]));
        Some(Self { mean: mean.map(|v| v as f32), spread })
    }

    /// How well a colour fits, 0 to 1.
    fn fit(&self, colour: Lab) -> f32 {
        let square: f32 = (0..3).map(|c| ((colour[c] - self.mean[c]) / self.spread[c]).powi(2)).sum();
        (-0.5 * square).exp()
    }
}

impl Regions {
    /// Sorts the pixels inside the silhouette, whose colours are `lab`.
    pub(super) fn of(frame: &Frame, lab: &[Plane; 3], distance: &Plane) -> Self {
        let (side, unit) = (frame.side, frame.unit);
        let soft: [Plane; 3] = [0, 1, 2].map(|c: usize| gaussian(&lab[c], 0.012 * unit));
        let colour = |i: usize| [soft[0].values[i], soft[1].values[i], soft[2].values[i]];
        let features = features(frame);
        let from_face = polygon_distance(side, &frame.line(OVAL), 0.45 * unit);
        let oval = mask(&from_face, 0.0, 0.035 * unit);
        let inner = mask(&from_face, -0.10 * unit, 0.02 * unit);
        let around = mask(&from_face, 0.42 * unit, 0.02 * unit);
        let close = mask(&from_face, 0.09 * unit, 0.02 * unit);
        let eye_line = centroid(&frame.line(RIGHT_EYE))[1].max(centroid(&frame.line(LEFT_EYE))[1]);
        let brow_line = centroid(&frame.line(RIGHT_BROW))[1].min(centroid(&frame.line(LEFT_BROW))[1]);
        let chin = frame.points[CHIN];
        let row = |i: usize| (i / side) as f32;
        let skin_samples = (0..side * side)
            .filter(|&i| inner.values[i] > 0.9 && features.values[i] < 0.1 && row(i) > brow_line)
            .map(colour);
        let skin_model = Model::of(skin_samples, [0.13, 0.022, 0.022]);
        let hair_samples = (0..side * side)
            .filter(|&i| {
                around.values[i] > 0.5 && close.values[i] < 0.1 && row(i) < eye_line && distance.values[i] < 0.0
            })
            .map(colour);
        let hair_model = Model::of(hair_samples, [0.10, 0.016, 0.018]);
        let mut skin = Plane::filled(side, side, 0.0);
        let mut hair = Plane::filled(side, side, 0.0);
        for i in 0..side * side {
            if distance.values[i] > 0.1 * unit {
                continue;
            }
            let (x, y) = ((i % side) as f32, row(i));
            let fit = |model: &Option<Model>| model.as_ref().map_or(0.0, |model| model.fit(colour(i)));
            let beside = (x - chin[0]).abs();
            // Inside the oval only a fringe above the brows and locks at its edge can be hair.
            let above_brows = smoothstep(brow_line + 0.05 * unit, brow_line - 0.12 * unit, y);
            let beside_cheeks = (1.0 - inner.values[i]) * smoothstep(chin[1] - 0.25 * unit, chin[1] - 0.45 * unit, y);
            let fringe = above_brows.max(beside_cheeks);
            let neck = smoothstep(0.54 * unit, 0.42 * unit, beside)
                * smoothstep(chin[1] - 0.15 * unit, chin[1] - 0.02 * unit, y);
            let hair_place = (1.0 - 0.97 * neck)
                * (1.0 - oval.values[i] * (1.0 - fringe))
                * smoothstep(chin[1] + 0.9 * unit, chin[1], y);
            let below_brows = smoothstep(brow_line - 0.15 * unit, brow_line + 0.10 * unit, y);
            let skin_place = below_brows
                * smoothstep(0.95 * unit, 0.60 * unit, beside)
                * smoothstep(chin[1] + 0.8 * unit, chin[1] + 0.25 * unit, y);
            let skin_fit = fit(&skin_model).max(0.002) * skin_place.max(oval.values[i] * (1.0 - fringe));
            let face_fit = oval.values[i] * (1.0 - fringe) * 0.8;
            let hair_fit = fit(&hair_model).max(0.004) * hair_place;
            // Clothes may reach up to the ears; hair that looks like the rest of the hair still wins there.
            let other_fit = 0.05 * smoothstep(chin[1] - 0.7 * unit, chin[1] + 0.1 * unit, y) * (1.0 - oval.values[i]);
            let total = skin_fit + face_fit + hair_fit + other_fit + 1e-6;
            skin.values[i] = (skin_fit + face_fit) / total;
            hair.values[i] = hair_fit / total;
        }
        let skin = gaussian(&skin, 0.014 * unit);
        let hair = gaussian(&hair, 0.014 * unit);
        let face = oval.zip(&hair, |oval, hair| oval * (1.0 - smoothstep(0.3, 0.7, hair)));
        Self { skin, hair, face, features }
    }
}

fn features(frame: &Frame) -> Plane {
    let unit = frame.unit;
    let parts = [(LEFT_EYE, 0.035), (RIGHT_EYE, 0.035), (LEFT_BROW, 0.015), (RIGHT_BROW, 0.015), (LIPS, 0.02)];
    let nose = polygon_mask(frame.side, &frame.line(NOSE_LOWER), 0.02 * unit, 0.02 * unit).map(|v| v * 0.75);
    parts.into_iter().fold(nose, |sum, (part, grow)| {
        sum.zip(&polygon_mask(frame.side, &frame.line(part), grow * unit, 0.02 * unit), f32::max)
    })
}
