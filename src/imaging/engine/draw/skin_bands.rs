//! The steps of tone of one person's skin.

use super::bands::Bands;
use crate::engine::raster::colour::{Lab, turned};
use crate::engine::raster::noise::choice;
use crate::engine::raster::plane::quantile;
use crate::engine::style::look::Look;

/// How much darker the shade on skin of middling lightness is, and how much lighter the light.
const SKIN_STEPS: [f32; 2] = [0.105, 0.070];
/// The tone itself reaches at least this far to both sides, and over this share of the skin.
const TONE_REACH: [f32; 2] = [0.060, 0.050];
/// See [`TONE_REACH`].
const TONE_SHARE: [f32; 2] = [0.22, 0.86];

/// How far limits between tones of skin wander from seed to seed.
const LIMIT_SPREAD: f32 = 0.022;

/// An illustrator's steps of one person's skin: the tone itself, shade below it and light above, all of one hue.
pub(in crate::engine) fn skin_bands(samples: &[Lab], tone: Lab, look: &Look) -> Bands {
    let mut lightness: Vec<f32> = samples.iter().map(|&[l, ..]| contrasted(l, look.contrast, tone[0])).collect();
    lightness.sort_unstable_by(f32::total_cmp);
    let at = |share: f32| if lightness.is_empty() { tone[0] } else { quantile(&lightness, share) };
    let steps = look.skin_tones.max(1);
    // Half of the steps are shade, and of an odd number one more is light.
    let shades = steps / 2;
    let lights = steps - 1 - shades;
    // Dark skin has smaller steps, and pale skin less room for light.
    let depth = SKIN_STEPS[0] * (1.0 + 0.5 * look.contrast.clamp(0.0, 1.4)) * (tone[0] / 0.65).clamp(0.60, 1.0);
    let height = SKIN_STEPS[1].min(0.6 * (1.0 - tone[0])) * (tone[0] / 0.50).clamp(0.40, 1.0);
    let step = |level: usize| {
        let away = level as f32 - shades as f32;
        let (change, chroma, turn) = if away < 0.0 {
            (depth * away / shades as f32, 1.0 - 0.06 * away / shades as f32, 0.05 * away / shades as f32)
        } else if away > 0.0 {
            (height * away / lights as f32, 1.0 - 0.10 * away / lights as f32, 0.02 * away / lights as f32)
        } else {
            (0.0, 1.0, 0.0)
        };
        let [_, a, b] = turned(tone, turn);
        [tone[0] + change, a * chroma, b * chroma]
    };
    let first_shade = (tone[0] - TONE_REACH[0]).min(at(TONE_SHARE[0]));
    let first_light = (tone[0] + TONE_REACH[1]).max(at(TONE_SHARE[1]));
    let limits = (0..steps - 1)
        .map(|i| {
            if i < shades {
                first_shade - 0.07 * (shades - 1 - i) as f32
            } else {
                first_light + 0.05 * (i - shades) as f32
            }
        })
        .enumerate()
        .map(|(i, limit)| limit + LIMIT_SPREAD * choice(look.seed, 20 + i as i32))
        .collect();
    Bands { limits, colours: (0..steps).map(step).collect() }
}

/// An S-curve around the skin's own lightness that deepens shade more than it lifts light.
pub(in crate::engine) fn contrasted(lightness: f32, amount: f32, pivot: f32) -> f32 {
    let from_pivot = lightness - pivot;
    let room = (1.0 - 1.1 * from_pivot.abs()).max(0.0);
    let share = if from_pivot > 0.0 { 0.22 } else { 0.42 };
    (lightness + amount * share * from_pivot * room).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_leaves_the_skin_as_light_as_it_is() {
        for pivot in [0.3, 0.5, 0.8] {
            assert_eq!(contrasted(pivot, 1.0, pivot), pivot);
            assert!(contrasted(pivot - 0.1, 1.0, pivot) < pivot - 0.1);
        }
    }
}
