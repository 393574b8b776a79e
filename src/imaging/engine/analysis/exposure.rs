//! Light for photos that had far too little of it, and tone for skin that had far too much.
//!
//! Scaling linear light by `g` scales all of Oklab by the cube root of `g`, so a factor on `L`, `a` and `b` is what a
//! longer or a shorter exposure would have done to everything alike. A face in the shade of a photo that is light
//! elsewhere is lifted by a power of lightness instead, as one does by hand, so that nothing clips.

use super::frame::Frame;
use super::regions::Regions;
use crate::engine::raster::colour::{Lab, from_srgb};
use crate::engine::raster::geometry::polygon_mask;
use crate::engine::raster::plane::{Plane, mix, quantile, smoothstep};
use crate::vision::landmarks::OVAL;

/// A photo whose lightest place is darker than this was exposed too little; that place is brought here.
///
/// The place may lie anywhere in the photo, so that a dark person in good light stays as dark as they are.
const LIGHTEST: f32 = 0.50;
/// The greatest factor of lightness, beyond which there is more noise than picture.
const GREATEST_GAIN: f32 = 1.6;
/// Every so many pixels of the square are looked at for [`LIGHTEST`].
const PHOTO_STRIDE: usize = 29;
/// A face whose middle tone is darker than this is lifted, unless there is enough light on it: in good light the darkest skin
/// is about as light as this, and stays so.
const DIM_FACE: f32 = 0.38;
/// The share of a face that lies below its lit part.
const LIT_SHARE: f32 = 0.92;
/// From the first to the second lightness of its lit part there is more and more light on a face, however dark its skin.
const LIT_FACE: [f32; 2] = [0.40, 0.55];
/// From the first to the second, the lit part is so many times as light as the middle that only an edge of the face is lit.
const EDGE_LIT: [f32; 2] = [1.9, 2.4];
/// The share of what it lacks that is added.
const DIM_SHARE: f32 = 0.75;
/// The greatest factor for it.
const GREATEST_FACE_GAIN: f32 = 2.0;
/// The power of that factor by which colours grow.
const LIFTED_CHROMA: f32 = 0.6;
/// Every so many pixels of the face are looked at.
const FACE_STRIDE: usize = 7;
/// Components from here on count as clipped.
const CLIPPED: f32 = 0.985;
/// From the first to the second share of clipped skin, the exposure is mended more and more.
const CLIPPED_SHARE: [f32; 2] = [0.12, 0.45];
/// Where the skin of an overexposed face is brought, so that there is room for light and shade.
const SKIN: f32 = 0.86;

/// What lights an underexposed photo, and a face that stands in the shade of its photo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) struct Exposure {
    /// A factor of all of Oklab.
    gain: f32,
    /// The power of lightness that lifts shadows and leaves white as it is.
    gamma: f32,
}

impl Exposure {
    /// What this photo lacks: nothing for most.
    pub(in crate::engine) fn of(frame: &Frame) -> Self {
        let photo = frame.on_photo();
        let [lightest] = lightness_at([0.995], frame, &photo, PHOTO_STRIDE).unwrap_or([LIGHTEST]);
        let gain = (LIGHTEST / lightest.max(0.01)).clamp(1.0, GREATEST_GAIN);
        let face = polygon_mask(frame.side, &frame.line(OVAL), 0.0, 0.5).zip(&photo, f32::min);
        let [middle, lit] = lightness_at([0.5, LIT_SHARE], frame, &face, FACE_STRIDE).unwrap_or([DIM_FACE; 2]);
        let [middle, lit] = [middle, lit].map(|lightness| (gain * lightness).max(0.01));
        let in_light =
            smoothstep(LIT_FACE[0], LIT_FACE[1], lit) * (1.0 - smoothstep(EDGE_LIT[0], EDGE_LIT[1], lit / middle));
        let missing = (1.0 - in_light) * (DIM_FACE - middle).max(0.0);
        let wanted = (middle + DIM_SHARE * missing).min(GREATEST_FACE_GAIN * middle);
        Self { gain, gamma: if wanted > middle { wanted.ln() / middle.ln() } else { 1.0 } }
    }

    /// A colour as this exposure would have taken it. What is lifted has less colour than a longer exposure gives, since the
    /// noise of shadows is coloured.
    pub(in crate::engine) fn of_colour(self, [l, a, b]: Lab) -> Lab {
        let lightness = self.gain * l;
        if self.gamma >= 1.0 || lightness <= 0.0 {
            return [lightness, self.gain * a, self.gain * b];
        }
        let lift = lightness.powf(self.gamma - 1.0).min(GREATEST_FACE_GAIN);
        let colour = self.gain * lift.powf(LIFTED_CHROMA);
        [lightness * lift, a * colour, b * colour]
    }
}

/// The lightness below which each of these shares of the masked photo lies; nothing if it has no pixel.
fn lightness_at<const N: usize>(shares: [f32; N], frame: &Frame, mask: &Plane, stride: usize) -> Option<[f32; N]> {
    let mut lightness: Vec<f32> = (0..frame.side * frame.side)
        .filter(|&i| mask.values[i] > 0.5)
        .step_by(stride)
        .map(|i| from_srgb([0, 1, 2].map(|c: usize| frame.rgb[c].values[i]))[0])
        .collect();
    lightness.sort_unstable_by(f32::total_cmp);
    (!lightness.is_empty()).then(|| shares.map(|share| quantile(&lightness, share)))
}

/// Gives a face whose skin is mostly clipped to white a tone again: a shorter exposure, and the hue of what skin was
/// not clipped.
pub(in crate::engine) fn recover(lab: &mut [Plane; 3], rgb: &[Plane; 3], regions: &mut Regions) {
    let clipped = |i: usize| smoothstep(CLIPPED - 0.06, CLIPPED, rgb.iter().map(|c| c.values[i]).fold(1.0, f32::min));
    let skin: Vec<usize> = (0..lab[0].values.len())
        .step_by(3)
        .filter(|&i| regions.face.values[i] > 0.9 && regions.features.values[i] < 0.1)
        .collect();
    let share = skin.iter().map(|&i| clipped(i)).sum::<f32>() / skin.len().max(1) as f32;
    let strength = smoothstep(CLIPPED_SHARE[0], CLIPPED_SHARE[1], share);
    if strength <= 0.0 {
        return;
    }
    let mut lightness: Vec<f32> = skin.iter().map(|&i| lab[0].values[i]).collect();
    lightness.sort_unstable_by(f32::total_cmp);
    let factor = mix(1.0, (SKIN / quantile(&lightness, 0.5)).min(1.0), strength);
    let left: Vec<usize> = skin.into_iter().filter(|&i| clipped(i) <= 0.0).collect();
    let hue = [1, 2].map(|c: usize| left.iter().map(|&i| lab[c].values[i]).sum::<f32>() / left.len().max(1) as f32);
    let [l, a, b] = regions.tone;
    regions.tone = [l, mix(a, hue[0], strength), mix(b, hue[1], strength)].map(|value| value * factor);
    for i in 0..lab[0].values.len() {
        let lost = strength * clipped(i) * regions.skin.values[i];
        for (channel, hue) in [(1, hue[0]), (2, hue[1])] {
            lab[channel].values[i] = mix(lab[channel].values[i], hue, lost);
        }
        for plane in lab.iter_mut() {
            plane.values[i] *= factor;
        }
    }
}
