//! Tones: a few levels of lightness, each with the mean colour of what it replaces.

use crate::engine::raster::colour::{Lab, mixed};
use crate::engine::raster::plane::{mix, quantile, smoothstep};

/// Rounds of Lloyd's algorithm.
const ROUNDS: usize = 12;

/// Levels from dark to light.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct Bands {
    /// Lightness at which one level gives way to the next.
    pub(in crate::engine) limits: Vec<f32>,
    /// The colour of each level; one more than there are limits.
    pub(in crate::engine) colours: Vec<Lab>,
}

impl Bands {
    /// Sorts `colours` into `count` levels by 1-D k-means over lightness.
    pub(in crate::engine) fn of(colours: &[Lab], count: usize) -> Self {
        if colours.is_empty() || count < 2 {
            return Self { limits: Vec::new(), colours: vec![mean(colours)] };
        }
        let mut lightness: Vec<f32> = colours.iter().map(|colour| colour[0]).collect();
        lightness.sort_unstable_by(f32::total_cmp);
        let (low, high) = (quantile(&lightness, 0.02), quantile(&lightness, 0.985));
        let mut centres: Vec<f32> = (0..count)
            .map(|i| {
                let at = (i as f32 + 0.5) / count as f32;
                // Between equally many pixels and equally wide steps.
                0.5 * quantile(&lightness, at) + 0.5 * mix(low, high, at)
            })
            .collect();
        for _ in 0..ROUNDS {
            let limits = middles(&centres);
            let mut sums = vec![(0.0_f64, 0_u32); count];
            for &value in &lightness {
                let level = limits.partition_point(|&limit| limit < value);
                sums[level].0 += value as f64;
                sums[level].1 += 1;
            }
            for (centre, (sum, number)) in centres.iter_mut().zip(sums) {
                if number > 0 {
                    *centre = f32::midpoint(*centre, (sum / number as f64) as f32);
                }
            }
            centres.sort_unstable_by(f32::total_cmp);
        }
        let limits = middles(&centres);
        let mut levels = vec![Vec::new(); count];
        for &colour in colours {
            levels[limits.partition_point(|&limit| limit < colour[0])].push(colour);
        }
        let overall = mean(colours);
        let colours = levels
            .iter()
            .zip(centres)
            .map(|(level, centre)| {
                let [_, a, b] = if level.is_empty() { overall } else { mean(level) };
                [centre, a, b]
            })
            .collect();
        Self { limits, colours }
    }

    /// The colour for a lightness. Levels meet over `half_width` to both sides of a limit.
    #[inline]
    pub(in crate::engine) fn colour(&self, lightness: f32, half_width: f32) -> Lab {
        let mut colour = self.colours[0];
        for (&limit, &next) in self.limits.iter().zip(&self.colours[1..]) {
            let share = smoothstep(-half_width, half_width, lightness - limit);
            if share <= 0.0 {
                break;
            }
            colour = mixed(colour, next, share);
        }
        colour
    }
}

fn middles(centres: &[f32]) -> Vec<f32> {
    centres.windows(2).map(|pair| f32::midpoint(pair[0], pair[1])).collect()
}

fn mean(colours: &[Lab]) -> Lab {
    let sum = colours.iter().fold([0.0_f64; 3], |sum, colour| {
        [sum[0] + colour[0] as f64, sum[1] + colour[1] as f64, sum[2] + colour[2] as f64]
    });
    sum.map(|v| (v / colours.len().max(1) as f64) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_heaps_of_lightness_become_two_levels() {
        let colours: Vec<Lab> =
            (0..200).map(|i| [if i % 2 == 0 { 0.2 } else { 0.8 } + (i % 7) as f32 * 0.005, 0.1, 0.0]).collect();
        let bands = Bands::of(&colours, 2);
        assert!((bands.limits[0] - 0.515).abs() < 0.05);
        assert!((bands.colour(0.1, 0.01)[0] - 0.215).abs() < 0.02);
        assert!((bands.colour(0.9, 0.01)[0] - 0.815).abs() < 0.02);
    }

    #[test]
    fn no_colours_at_all_are_one_level() {
        assert_eq!(Bands::of(&[], 4).colours.len(), 1);
    }
}
