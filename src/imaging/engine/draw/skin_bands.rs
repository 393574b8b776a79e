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
/// It reaches no farther than this: where half of a face is lit, that half is light.
const MOST_REACH: [f32; 2] = [0.100, 0.080];
/// See [`TONE_REACH`].
const TONE_SHARE: [f32; 2] = [0.22, 0.86];

/// How far apart further steps lie, below and above.
const FURTHER: [f32; 2] = [0.11, 0.09];
/// The most of them on each side.
const MOST_FURTHER: usize = 3;
/// The share of the skin below which nothing counts as dark, and above which nothing counts as light.
const DARKEST_SHARE: f32 = 0.02;
/// See [`DARKEST_SHARE`].
const LIGHTEST_SHARE: f32 = 0.98;

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
    let first_shade = at(TONE_SHARE[0]).clamp(tone[0] - MOST_REACH[0], tone[0] - TONE_REACH[0]);
    let first_light = at(TONE_SHARE[1]).clamp(tone[0] + TONE_REACH[1], tone[0] + MOST_REACH[1]);
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
    let mut bands = Bands { limits, colours: (0..steps).map(step).collect() };
    if steps > 2 {
        deepen(&mut bands, [at(DARKEST_SHARE), at(LIGHTEST_SHARE)]);
    }
    bands
}

/// Adds steps below and above the designed ones as far as there is skin that is so dark, or so light: hard light, beards
/// and what is no skin at all keep their place between dark and light.
fn deepen(bands: &mut Bands, [darkest, lightest]: [f32; 2]) {
    for _ in 0..MOST_FURTHER {
        let Some(&limit) = bands.limits.first().filter(|limit| darkest < **limit - FURTHER[0]) else { break };
        let [l, a, b] = bands.colours[0];
        let lower = (l - FURTHER[0]).min(limit - FURTHER[0]).max(0.04);
        bands.limits.insert(0, limit - FURTHER[0]);
        bands.colours.insert(0, [lower, a * lower / l, b * lower / l]);
    }
    for _ in 0..MOST_FURTHER {
        let Some(&limit) = bands.limits.last().filter(|limit| lightest > **limit + FURTHER[1]) else { break };
        let Some(&[l, a, b]) = bands.colours.last() else { break };
        bands.limits.push(limit + FURTHER[1]);
        bands.colours.push([(l + FURTHER[1]).max(limit + FURTHER[1]).min(0.97), 0.92 * a, 0.92 * b]);
    }
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
