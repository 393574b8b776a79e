//! Light for photos that had far too little of it, and tone for skin that had far too much.
//!
//! Scaling linear light by `g` scales all of Oklab by the cube root of `g`, so a factor on `L`, `a` and `b` is what a
//! longer or a shorter exposure would have done to everything alike.

use super::frame::Frame;
use super::regions::Regions;
use crate::engine::raster::colour::from_srgb;
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
/// A face whose lit part is darker than this stands before the light and hardly shows; that part is brought here.
///
/// Highlights are lighter on every lit face, however dark its skin.
const LIT_FACE: f32 = 0.26;
/// The share of the face that lies below its lit part.
const LIT_SHARE: f32 = 0.92;
/// The greatest factor for it.
const GREATEST_FACE_GAIN: f32 = 2.0;
/// Every so many pixels of the face are looked at.
const FACE_STRIDE: usize = 7;
/// Components from here on count as clipped.
const CLIPPED: f32 = 0.985;
/// From the first to the second share of clipped skin, the exposure is mended more and more.
const CLIPPED_SHARE: [f32; 2] = [0.12, 0.45];
/// Where the skin of an overexposed face is brought, so that there is room for light and shade.
const SKIN: f32 = 0.86;

/// The factor of Oklab that lights an underexposed photo, or a face of which hardly anything is seen; 1 for any other.
pub(in crate::engine) fn gain(frame: &Frame) -> f32 {
    let photo = frame.on_photo();
    let face = polygon_mask(frame.side, &frame.line(OVAL), 0.0, 0.5).zip(&photo, f32::min);
    let lit = |mask: &Plane, stride: usize, share: f32, wanted: f32, most: f32| {
        let mut lightness: Vec<f32> = (0..frame.side * frame.side)
            .filter(|&i| mask.values[i] > 0.5)
            .step_by(stride)
            .map(|i| from_srgb([0, 1, 2].map(|c: usize| frame.rgb[c].values[i]))[0])
            .collect();
        lightness.sort_unstable_by(f32::total_cmp);
        if lightness.is_empty() { 1.0 } else { (wanted / quantile(&lightness, share).max(0.01)).clamp(1.0, most) }
    };
    lit(&photo, PHOTO_STRIDE, 0.995, LIGHTEST, GREATEST_GAIN).max(lit(
        &face,
        FACE_STRIDE,
        LIT_SHARE,
        LIT_FACE,
        GREATEST_FACE_GAIN,
    ))
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
