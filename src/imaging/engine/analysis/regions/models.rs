//! What one person's skin and hair look like, and how likely a place is either.

use std::ops::Range;

use super::{FAR, Sight, expected};
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::distance as apart;
use crate::engine::raster::plane::{Plane, mix, quantile, smoothstep};
use crate::vision::landmarks::{CHEEKS, LEFT_BROW, NOSE_TIP, RIGHT_BROW};

/// How far the colours of skin and of hair spread at least.
const SKIN_SPREAD: Lab = [0.085, 0.016, 0.018];
/// See [`SKIN_SPREAD`].
const HAIR_SPREAD: Lab = [0.085, 0.018, 0.020];
/// The share of the cheeks that is darker than the tone of the skin: half, and a little less of very dark skin, on which
/// eyes and teeth are drawn lighter.
const LIT: [f32; 2] = [0.45, 0.50];
/// Skin that shines has at least this share of its chroma, and lightness then spreads so many times as far.
const SHINE_CHROMA: f32 = 0.35;
/// So far inside the oval, in face heights, what shines is a forehead, and no white hair.
const SHINE_INSIDE: f32 = 0.04;
/// So far above the middle of the face, in face heights, begins the neck.
const SHINE_BELOW: f32 = -0.55;
/// See [`SHINE_CHROMA`].
const SHINE_SPREAD: f32 = 1.8;
/// Colours farther than this from skin, in spreads, are something else.
const NOT_SKIN: f32 = 2.2;
/// Colours farther than this from a forehead, in its least spreads, are not of it.
const NOT_FOREHEAD: f32 = 2.0;
/// From this share of such colours above the forehead on, hair grows there.
const MOST_ABOVE: f32 = 0.55;
/// Below this share of other colours around the oval, the head is bald or shaved.
const LEAST_HAIR: f32 = 0.12;
/// How likely any place is skin, hair or neither, whatever its colour says.
const LEAST_FIT: f32 = 0.012;
/// Skin of which nothing can be seen.
const USUAL_SKIN: Lab = [0.7, 0.03, 0.04];

/// A colour with its spread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Model {
    pub(super) mean: Lab,
    pub(super) spread: Lab,
}

impl Model {
    /// Median and spread (from the median deviation) of some colours; spreads are at least `least`.
    pub(super) fn of(colours: &[Lab], least: Lab) -> Option<Self> {
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

/// Skin, of which shade may be much darker as long as its hue stays, and what shines may be lighter and have less hue.
fn skin_distance(model: &Model, [l, a, b]: Lab, may_shine: bool) -> f32 {
    let lighter = l - model.mean[0];
    if may_shine && lighter > 0.0 {
        let [_, mean_a, mean_b] = model.mean;
        let along = (a * mean_a + b * mean_b) / (mean_a * mean_a + mean_b * mean_b).max(1e-6);
        let hue = along.clamp(SHINE_CHROMA, 1.1);
        let spread = [SHINE_SPREAD * model.spread[0], model.spread[1], model.spread[2]];
        return Model { mean: [model.mean[0], mean_a * hue, mean_b * hue], spread }.distance([l, a, b]);
    }
    let darker = (model.mean[0] - l).max(0.0);
    // Less light scales all of Oklab, so the chroma of shade is smaller in proportion.
    let scale = (l / model.mean[0].max(0.05)).clamp(0.25, 1.1);
    let shaded = Model {
        mean: [model.mean[0], model.mean[1] * scale, model.mean[2] * scale],
        spread: [model.spread[0] * if darker > 0.0 { 1.15 } else { 1.0 }, model.spread[1], model.spread[2]],
    };
    shaded.distance([l, a, b])
}

/// The colours of one person.
pub(super) struct Models {
    /// The median colour of the cheeks.
    pub(super) tone: Lab,
    pub(super) skin: Model,
    /// The skin of the forehead, where hair has the hue of shaded skin.
    forehead: Option<Model>,
    /// None of a bald head.
    pub(super) hair: Option<Model>,
    pub(super) brow: Option<Model>,
    is_bald: bool,
}

/// A forehead, and hair that has the hue of it in shade.
struct Alike {
    forehead: Model,
    hair: Model,
}

impl Alike {
    /// None where what lies above the forehead looks like it, or no forehead is to be seen.
    fn of(sight: &Sight<'_>, features: &Plane) -> Option<Self> {
        let unit = sight.axes.unit;
        let within = |outward: Range<f32>, height: Range<f32>| {
            sight.colours(|i| {
                outward.contains(&(sight.from_face.values[i] / unit))
                    && height.contains(&sight.axes.of_place(sight.at(i))[1])
                    && features.values[i] < 0.05
            })
        };
        let forehead = Model::of(&within(-1.0..-0.05, 0.10..0.42), SKIN_SPREAD)?;
        let forehead = Model { mean: forehead.mean, spread: SKIN_SPREAD };
        let above = within(0.05..0.35, 0.35..FAR);
        let count = above.len() as f32;
        let other: Vec<Lab> = above.into_iter().filter(|&colour| forehead.distance(colour) > NOT_FOREHEAD).collect();
        if (other.len() as f32) < MOST_ABOVE * count {
            return None;
        }
        Some(Self { forehead, hair: Model::of(&other, HAIR_SPREAD)? })
    }
}

impl Models {
    pub(super) fn of(sight: &Sight<'_>, features: &Plane) -> Self {
        let unit = sight.axes.unit;
        let cheeks = sight.colours_within(&CHEEKS);
        // Of a face at the photo's edge only a part may be there.
        let middle_of_face = || sight.colours(|i| sight.from_face.values[i] < -0.10 * unit && features.values[i] < 0.1);
        let tone = Model::of(&cheeks, SKIN_SPREAD).or_else(|| Model::of(&middle_of_face(), SKIN_SPREAD));
        let tone = lit_tone(&cheeks, tone.map_or(USUAL_SKIN, |model| model.mean));
        let nose = sight.frame.points[NOSE_TIP];
        let mut plain = cheeks;
        plain.extend(sight.colours(|i| apart(sight.at(i), nose) < 0.09 * unit));
        let skin = Model::of(&plain, SKIN_SPREAD).unwrap_or(Model { mean: tone, spread: SKIN_SPREAD });
        let is_other = |colour: Lab| skin_distance(&skin, colour, false) > NOT_SKIN;
        let ring = sight.colours(|i| {
            let outward = sight.from_face.values[i] / unit;
            (0.04..0.42).contains(&outward) && sight.axes.of_place(sight.at(i))[1] > -0.05
        });
        let other: Vec<Lab> = ring.iter().copied().filter(|&colour| is_other(colour)).collect();
        let no_other = (other.len() as f32) < LEAST_HAIR * ring.len() as f32;
        // Hair may have the hue of skin, and then only differs from the forehead below it.
        let alike = if no_other { Alike::of(sight, features) } else { None };
        let is_bald = no_other && alike.is_none();
        let hair = match &alike {
            Some(alike) => Some(alike.hair),
            None if is_bald => None,
            None => Model::of(&other, HAIR_SPREAD),
        };
        let forehead = alike.map(|alike| alike.forehead);
        // The darker half: between the hairs there is skin.
        let mut brow = sight.colours_within(&[LEFT_BROW, RIGHT_BROW]);
        brow.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
        brow.truncate(brow.len() / 2);
        let brow = Model::of(&brow, HAIR_SPREAD).filter(|model| is_other(model.mean));
        Self { tone, skin, forehead, hair, brow, is_bald }
    }

    /// How likely a place inside the silhouette is skin, and hair.
    pub(super) fn likely(&self, sight: &Sight<'_>, i: usize, mouth: f32) -> [f32; 2] {
        let unit = sight.axes.unit;
        let (colour, at, from_face) = (sight.colour(i), sight.at(i), sight.from_face.values[i]);
        let [skin_place, hair_place] = expected(&sight.axes, at, from_face.min(FAR * unit), mouth);
        let [_, above] = sight.axes.of_place(at);
        // Beside and above the face, or where hair is lighter than skin, what shines may well be hair.
        let is_bare = from_face < -SHINE_INSIDE * unit || above < SHINE_BELOW;
        let may_shine = is_bare && self.hair.is_none_or(|hair| hair.mean[0] < self.skin.mean[0]);
        let skin_fit = (-0.5 * skin_distance(&self.skin, colour, may_shine).powi(2)).exp();
        let skin_fit = match &self.forehead {
            // Above and beside the face, what is no forehead is hair, however like shaded skin.
            Some(forehead) => {
                let outside = smoothstep(-0.04, 0.04, from_face / unit) * smoothstep(-0.15, 0.25, above);
                mix(skin_fit, skin_fit.min(forehead.fit(colour)), outside)
            }
            None => skin_fit,
        };
        let skin_fit = skin_fit.max(LEAST_FIT);
        let fit = |model: &Option<Model>| model.as_ref().map_or(0.0, |model| model.fit(colour));
        let inside = smoothstep(0.1 * unit, -0.05 * unit, from_face);
        // A head of many colours: what is neither skin nor known is still hair close to the head.
        let least = if self.is_bald { 0.0 } else { 1.6 * LEAST_FIT };
        let hair_fit = fit(&self.hair).max(inside * fit(&self.brow)).max(least);
        let other_fit = (3.0 + 5.0 * smoothstep(-0.6, -0.95, above)) * LEAST_FIT;
        let [skin, hair] = [skin_fit * skin_place, hair_fit * hair_place];
        let total = skin + hair + other_fit * (1.0 - skin_place - hair_place).max(0.0) + 1e-6;
        [skin / total, hair / total]
    }
}

/// The tone of skin with the lightness of its lit part.
fn lit_tone(cheeks: &[Lab], tone: Lab) -> Lab {
    let mut lightness: Vec<f32> = cheeks.iter().map(|colour| colour[0]).collect();
    if lightness.is_empty() {
        return tone;
    }
    lightness.sort_unstable_by(f32::total_cmp);
    [quantile(&lightness, mix(LIT[0], LIT[1], smoothstep(0.25, 0.45, tone[0]))), tone[1], tone[2]]
}
