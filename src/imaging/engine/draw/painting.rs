//! The photo painted over: calm areas, combed hair, shaded skin, and the places for ink.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::lines::darkness;
use crate::engine::analysis::Analysis;
use crate::engine::raster::colour::Lab;
use crate::engine::raster::filter::gaussian;
use crate::engine::raster::flow::Flow;
use crate::engine::raster::noise::noise;
use crate::engine::raster::plane::{Plane, mix, smoothstep};
use crate::engine::raster::smoothing::{Direction, LabImage, Pass, combed, smoothed};
use crate::engine::{Control, EngineError, Stage};

/// Fields kept for each pixel of the working square.
pub(in crate::engine) const LANES: usize = 12;

/// After so many rounds of calm the lines that ink follows begin to fade, so it follows what was there then.
const INKED_ROUNDS: usize = 4;
/// How far the direction of hair is smoothed, in face heights.
const HAIR_FLOW: f32 = 0.06;
/// How broad the light on a face is whose range is made smaller, in face heights.
const BROAD_LIGHT: f32 = 0.10;
/// The share of its range that is kept below the skin's own tone, and above: where hard light falls on a face, its shade is
/// the larger part, and what is lit shall not become as dark.
const LIGHT_KEPT: [f32; 2] = [0.5, 0.75];
/// The most that lightness is changed by it.
const MOST_RELIT: f32 = 0.30;
/// What differs by less than the first in lightness is texture, and by more than the second it is something to be drawn.
const TEXTURE: [f32; 2] = [0.06, 0.12];
/// The same of hair, whose strands are texture too.
const HAIR_TEXTURE: [f32; 2] = [0.16, 0.26];
/// The share of what is to be drawn that stays on skin, so that brows and hairlines do not grow into foreheads.
const KEPT_SHARE: f32 = 0.75;
/// How broad the light and shade of hair is, in face heights.
const BROAD_SHADE: f32 = 0.11;
/// What is narrower than this is a strand, in face heights.
const STRAND_WIDTH: f32 = 0.11;
/// The spread of lightness that strands should have.
const STRAND_SPREAD: f32 = 0.062;

/// What the lanes of a pixel mean.
pub(in crate::engine) mod lane {
    /// Painted lightness; `a` and `b` follow.
    pub(in crate::engine) const PAINTED: usize = 0;
    /// The photo's toned lightness; `a` and `b` follow.
    pub(in crate::engine) const PHOTO: usize = 3;
    /// How much a pixel asks for ink.
    pub(in crate::engine) const INK: usize = 6;
    /// Distance from the silhouette in pixels of the working square.
    pub(in crate::engine) const DISTANCE: usize = 7;
    /// Share of skin.
    pub(in crate::engine) const SKIN: usize = 8;
    /// Share of hair.
    pub(in crate::engine) const HAIR: usize = 9;
    /// Eyes, brows, lips, nose.
    pub(in crate::engine) const FEATURES: usize = 10;
    /// Darkness of the shadow under the sticker; filled in when drawing.
    pub(in crate::engine) const SHADOW: usize = 11;
}

/// A painted photo.
#[derive(Debug)]
pub(in crate::engine) struct Painting {
    /// [`LANES`] numbers for each pixel of the working square, see [`lane`].
    pub(in crate::engine) lanes: Vec<[f32; LANES]>,
    /// The direction of hair.
    pub(in crate::engine) hair_flow: Flow,
    /// Colours of the skin, of the hair and of everything else, for their tones.
    pub(in crate::engine) samples: [Vec<Lab>; 3],
    /// The latest strands with their seed.
    strands: Mutex<Option<(u64, Arc<Plane>)>>,
}

impl Painting {
    /// Paints with `steps` (1 to 50) steps: few keep texture, many make large calm areas.
    pub(in crate::engine) fn of(analysis: &Analysis, steps: u32, control: &Control) -> Result<Self, EngineError> {
        let unit = analysis.frame.unit;
        let regions = &analysis.regions;
        let share = steps as f32 / 20.0;
        let mask = analysis.distance.map(|d| f32::from(d < 0.07 * unit));
        // Hair is combed from the photo itself, so only its border needs calm.
        let not_hair = mask.zip(&regions.hair, |mask, hair| mask * f32::from(hair < 0.93));
        let [calm, inked] = calm(analysis, (share * 3.0).round() as usize, &not_hair, control)?;
        control.report(Stage::Stylise, 0.5)?;
        let relit = relit(analysis);
        let lit = |image: &LabImage| {
            let mut planes = image.split();
            planes[0] = planes[0].zip(&relit, |l, change| l + change);
            planes
        };
        let planes = lit(&calm);
        let hair_mask = mask.zip(&regions.hair, |mask, hair| mask * f32::from(hair > 0.12));
        let hair_flow = Flow::of(&analysis.lab, HAIR_FLOW * unit);
        let hair = combed_hair(analysis, &hair_flow, share, &hair_mask, control)?;
        let skin = shaded_skin(analysis, &planes[0], (0.008 + 0.026 * share) * unit);
        let photo = analysis.lab[0].zip(&relit, |l, change| l + change);
        let is_cloth = |i: usize| f32::from(regions.skin.values[i] + regions.hair.values[i] < 0.97) * mask.values[i];
        let cloth_mask = Plane::from_index(mask.width, mask.height, is_cloth);
        let cloth = clothes(&calm, &cloth_mask, unit, share, control)?;
        control.report(Stage::Stylise, 0.6)?;
        let painted = joined(analysis, &hair, &skin, &planes, &cloth.split(), &photo);
        let ink = ink(analysis, &painted, &lit(&inked), &hair_flow, &mask, control)?;
        let samples = samples(analysis, &painted);
        let lanes = interleaved(analysis, &painted, &ink);
        Ok(Self { lanes, hair_flow, samples, strands: Mutex::new(None) })
    }

    /// Lighter and darker strands in the hair, from -1 to 1 and mostly near 0; made unless they are the latest.
    pub(in crate::engine) fn strands(&self, analysis: &Analysis, seed: u64) -> Arc<Plane> {
        let mut latest = self.strands.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((made_with, strands)) = latest.as_ref()
            && *made_with == seed
        {
            return Arc::clone(strands);
        }
        let strands = Arc::new(strands(analysis, &self.hair_flow, seed));
        *latest = Some((seed, Arc::clone(&strands)));
        strands
    }
}

/// Bilateral passes across and along the flow, which is looked at again after two rounds; with it comes what ink follows.
fn calm(analysis: &Analysis, rounds: usize, mask: &Plane, control: &Control) -> Result<[LabImage; 2], EngineError> {
    let unit = analysis.frame.unit;
    let mut flow = Flow::of(&analysis.lab, 0.012 * unit);
    let mut image = LabImage::join(&analysis.lab);
    let spatial = 0.011 * unit;
    let mut inked = None;
    for round in 0..rounds {
        if round == INKED_ROUNDS {
            inked = Some(image.clone());
        }
        if round == 2 {
            flow = Flow::of(&image.split(), 0.014 * unit);
        }
        for direction in [Direction::Across, Direction::Along] {
            control.check()?;
            image = smoothed(&image, &flow, Pass { direction, spatial, range: 0.075 }, mask);
        }
    }
    let inked = inked.unwrap_or_else(|| image.clone());
    Ok([image, inked])
}

/// Hair as broad light and shade with strands on them: each is smoothed along the strands, so that no blotch is left
/// even where the photo has only a few pixels for it.
fn combed_hair(
    analysis: &Analysis,
    flow: &Flow,
    share: f32,
    mask: &Plane,
    control: &Control,
) -> Result<Plane, EngineError> {
    let unit = analysis.frame.unit;
    let hair = analysis.regions.hair.map(|hair| smoothstep(0.2, 0.8, hair).max(1e-4));
    let broad = |plane: &Plane, sigma: f32| {
        let sum = gaussian(&plane.zip(&hair, |value, hair| value * hair), sigma);
        sum.zip(&gaussian(&hair, sigma), |sum, weight| sum / weight.max(1e-5))
    };
    let shade = broad(&analysis.lab[0], BROAD_SHADE * unit);
    control.check()?;
    let along = (0.03 + 0.11 * share.min(1.5)) * unit;
    let once = combed(&analysis.lab[0], flow, along, mask);
    control.check()?;
    let twice = combed(&once, flow, 0.5 * along, mask);
    control.check()?;
    let strands = twice.zip(&broad(&twice, STRAND_WIDTH * unit), |value, mean| value - mean);
    // Tiny sources have hardly any strands and noisy ones too many: their spread is brought near one that draws well.
    let inside: Vec<f32> =
        (0..strands.values.len()).filter(|&i| hair.values[i] > 0.9).map(|i| strands.values[i]).collect();
    let square: f32 = inside.iter().map(|value| value * value).sum();
    let spread = (square / inside.len().max(1) as f32).sqrt();
    let gain = (STRAND_SPREAD / spread.max(1e-3)).clamp(0.6, 1.7);
    Ok(shade.zip(&strands, |shade, strand| shade + gain * strand))
}

/// Noise combed along the hair.
fn strands(analysis: &Analysis, hair_flow: &Flow, seed: u64) -> Plane {
    let side = analysis.frame.side;
    let unit = analysis.frame.unit;
    let hair = &analysis.regions.hair;
    let cell = 0.030 * unit;
    let seed = seed ^ 0xA1;
    let raw = Plane::from_fn(side, side, |x, y| {
        if hair.values[y * side + x] < 0.2 {
            return 0.0;
        }
        let (u, v) = (x as f32 / cell, y as f32 / cell);
        noise(u, v, seed) + 0.5 * noise(u * 0.35, v * 0.35, seed ^ 9)
    });
    let combed = combed(&raw, hair_flow, 0.20 * unit, &hair.map(|h| f32::from(h > 0.2)));
    combed.zip(hair, |value, hair| value * smoothstep(0.4, 0.9, hair))
}

/// What is to be added to lightness so that light and shade on the face have less range around the skin's own tone, in the
/// same directions.
fn relit(analysis: &Analysis) -> Plane {
    let unit = analysis.frame.unit;
    let regions = &analysis.regions;
    let plain = regions.skin.zip(&regions.features, |skin, features| (skin * (1.0 - features)).max(1e-4));
    let sigma = BROAD_LIGHT * unit;
    let total = gaussian(&plain, sigma);
    let light = gaussian(&analysis.lab[0].zip(&plain, |l, weight| l * weight), sigma)
        .zip(&total, |sum, weight| sum / weight.max(1e-5));
    let share = gaussian(&regions.skin.zip(&regions.features, f32::max), 0.02 * unit);
    let tone = analysis.features.skin[0];
    let kept = |light: f32| if light < tone { LIGHT_KEPT[0] } else { LIGHT_KEPT[1] };
    light.zip(&share, |light, share| share * ((1.0 - kept(light)) * (tone - light)).clamp(-MOST_RELIT, MOST_RELIT))
}

/// Skin without texture: blurred within itself, away from eyes, brows and lips.
fn shaded_skin(analysis: &Analysis, lightness: &Plane, sigma: f32) -> Plane {
    let regions = &analysis.regions;
    let weight = regions
        .skin
        .zip(&regions.features, |skin, features| (smoothstep(0.3, 0.9, skin) * (1.0 - 0.85 * features)).max(1e-4));
    let sum = gaussian(&lightness.zip(&weight, |l, w| l * w), sigma);
    sum.zip(&gaussian(&weight, sigma), |sum, weight| sum / weight.max(1e-5))
}

/// Long strokes along the folds.
fn clothes(calm: &LabImage, mask: &Plane, unit: f32, share: f32, control: &Control) -> Result<LabImage, EngineError> {
    let flow = Flow::of(&calm.split(), 0.026 * unit);
    let mut image = calm.clone();
    let along = Pass { direction: Direction::Along, spatial: 0.034 * unit, range: 0.17 };
    for _ in 0..(3.0 * share).round() as usize {
        control.check()?;
        image = smoothed(&image, &flow, along, mask);
    }
    control.check()?;
    Ok(smoothed(&image, &flow, Pass { direction: Direction::Across, spatial: 0.008 * unit, range: 0.10 }, mask))
}

/// From 0 to 1: how much what is smoothed away was more than texture. Frames of glasses, beards, masks and the edges of hard
/// light stay, whatever region they were taken for.
fn unlike(smooth: f32, calm: f32, texture: [f32; 2]) -> f32 {
    smoothstep(texture[0], texture[1], (smooth - calm).abs())
}

/// Each region from its own painting.
fn joined(
    analysis: &Analysis,
    hair: &Plane,
    skin: &Plane,
    calm: &[Plane; 3],
    cloth: &[Plane; 3],
    photo: &Plane,
) -> [Plane; 3] {
    let regions = &analysis.regions;
    let unit = analysis.frame.unit;
    let side = analysis.frame.side;
    // Within the hair alone, so that neither skin nor background stains its edge.
    let weight = regions.hair.map(|hair| smoothstep(0.4, 0.9, hair) + 1e-4);
    let total = gaussian(&weight, 0.04 * unit);
    let hair_hue: [Plane; 2] = [1, 2].map(|c: usize| {
        let sum = gaussian(&calm[c].zip(&weight, |hue, weight| hue * weight), 0.04 * unit);
        sum.zip(&total, |sum, total| sum / total.max(1e-6))
    });
    let weights = |i: usize| {
        let (skin, hair) = (regions.skin.values[i], regions.hair.values[i]);
        (skin, hair, (1.0 - skin - hair).max(0.0))
    };
    let lightness = Plane::from_index(side, side, |i| {
        let (skin_share, hair_share, other) = weights(i);
        // Eyes and lips keep half of what calm takes away.
        let features = regions.features.values[i];
        let [skin, hair, calm] = [skin, hair, &calm[0]].map(|plane| plane.values[i]);
        let detailed = f32::midpoint(calm, photo.values[i]);
        let face = mix(skin, detailed, features.max(KEPT_SHARE * unlike(skin, calm, TEXTURE)));
        let hair = mix(hair, calm, unlike(hair, calm, HAIR_TEXTURE));
        let sum = skin_share * face + hair_share * hair + other * cloth[0].values[i];
        sum / (skin_share + hair_share + other).max(1e-4)
    });
    let [a, b] = [1, 2].map(|c: usize| {
        Plane::from_index(side, side, |i| {
            let (skin_share, hair_share, other) = weights(i);
            let hair = hair_hue[c - 1].values[i];
            let sum = skin_share * calm[c].values[i] + hair_share * hair + other * cloth[c].values[i];
            sum / (skin_share + hair_share + other).max(1e-4)
        })
    });
    [lightness, a, b]
}

/// Dark lines: fine ones in the features, long ones in the hair, bold ones elsewhere, few on plain skin.
fn ink(
    analysis: &Analysis,
    painted: &[Plane; 3],
    calm: &[Plane; 3],
    hair_flow: &Flow,
    mask: &Plane,
    control: &Control,
) -> Result<Plane, EngineError> {
    let unit = analysis.frame.unit;
    let side = analysis.frame.side;
    let regions = &analysis.regions;
    let flow = Flow::of(calm, 0.012 * unit);
    let sharp = gaussian(&analysis.lab[0], 0.002 * unit).zip(&calm[0], f32::midpoint);
    let near_features = regions.features.map(|features| f32::from(features > 0.0));
    let fine = darkness(&sharp, &flow, 0.0046 * unit, 0.012 * unit, &near_features);
    control.report(Stage::Stylise, 0.68)?;
    let not_hair = mask.zip(&regions.hair, |mask, hair| mask * f32::from(hair < 0.99));
    let coarse = darkness(&calm[0], &flow, 0.0070 * unit, 0.024 * unit, &not_hair);
    control.report(Stage::Stylise, 0.74)?;
    let in_hair = mask.zip(&regions.hair, |mask, hair| mask * f32::from(hair > 0.7));
    let strands = darkness(&painted[0], hair_flow, 0.0085 * unit, 0.10 * unit, &in_hair);
    Ok(Plane::from_index(side, side, |i| {
        let (skin, hair) = (regions.skin.values[i], regions.hair.values[i]);
        let features = regions.features.values[i];
        let inner_hair = smoothstep(0.75, 0.98, hair);
        let plain_skin = smoothstep(0.6, 0.95, skin) * (1.0 - features);
        let general = coarse.values[i] * mix(0.8, 0.45, plain_skin);
        let outside = mix(general, strands.values[i] * 1.1, inner_hair);
        mix(outside, fine.values[i] * 1.3, features)
    }))
}

/// Every few pixels' colour, sorted by region.
fn samples(analysis: &Analysis, painted: &[Plane; 3]) -> [Vec<Lab>; 3] {
    let regions = &analysis.regions;
    let mut samples = [Vec::new(), Vec::new(), Vec::new()];
    for i in (0..analysis.distance.values.len()).step_by(5) {
        if analysis.distance.values[i] > -0.01 * analysis.frame.unit {
            continue;
        }
        let colour = [painted[0].values[i], painted[1].values[i], painted[2].values[i]];
        let (skin, hair) = (regions.skin.values[i], regions.hair.values[i]);
        if skin > 0.7 && regions.features.values[i] < 0.3 {
            samples[0].push(colour);
        } else if hair > 0.7 {
            samples[1].push(colour);
        } else if skin + hair < 0.3 {
            samples[2].push(colour);
        }
    }
    samples
}

fn interleaved(analysis: &Analysis, painted: &[Plane; 3], ink: &Plane) -> Vec<[f32; LANES]> {
    let regions = &analysis.regions;
    let planes: [&Plane; LANES - 1] = [
        &painted[0],
        &painted[1],
        &painted[2],
        &analysis.lab[0],
        &analysis.lab[1],
        &analysis.lab[2],
        ink,
        &analysis.distance,
        &regions.skin,
        &regions.hair,
        &regions.features,
    ];
    let width = ink.width;
    let mut lanes = vec![[0.0; LANES]; ink.values.len()];
    lanes.par_chunks_exact_mut(width).enumerate().for_each(|(y, row)| {
        let planes = planes.map(|plane| plane.row(y));
        for (x, pixel) in row.iter_mut().enumerate() {
            for (lane, plane) in pixel.iter_mut().zip(planes) {
                *lane = plane[x];
            }
        }
    });
    lanes
}
