//! The person network: which pixels belong to people.

use super::network::Network;
use super::pyramid::{Patch, Pyramid};
use super::{IsStopped, VisionError};

/// Edge of the network's input and output in pixels.
const SIDE: usize = 256;

/// How sure the network is of a person at each cell of a rectangle of the photo.
#[derive(Clone, Debug)]
pub struct PersonMask {
    /// The rectangle `left, top, right, bottom` in photo pixels.
    pub rectangle: [f32; 4],
    /// Rows of [`Self::SIDE`] values from 0 (nobody) to 1 (a person).
    pub values: Vec<f32>,
    /// The same where the network is as sure of the mirrored picture: the lower of the two answers.
    pub agreed: Vec<f32>,
}

impl PersonMask {
    /// Cells in each direction.
    pub const SIDE: usize = SIDE;

    /// Runs the network on the rectangle, stretched to a square.
    pub(super) fn of(
        network: &Network,
        photo: &Pyramid<'_>,
        rectangle: [f32; 4],
        is_stopped: IsStopped<'_>,
    ) -> Result<Self, VisionError> {
        let [left, top, right, bottom] = rectangle;
        let patch = Patch {
            centre: [f32::midpoint(left, right), f32::midpoint(top, bottom)],
            size: [right - left, bottom - top],
            angle: 0.0,
        };
        let pixels = photo.read(patch, SIDE, [0.0, 1.0]);
        let mirrored = mirrored(&pixels);
        let answer = |pixels| network.pick(&mut network.run(SIDE, pixels, is_stopped)?, SIDE * SIDE);
        // What it takes for a person in one picture alone is mostly lights and leaves behind.
        let (plain, mirrored) = rayon::join(|| answer(pixels), || answer(mirrored));
        let (plain, mirrored) = (plain?, mirrored?);
        let back = mirrored.chunks_exact(SIDE).flat_map(|row| row.iter().rev().copied());
        let (values, agreed) =
            plain.iter().zip(back).map(|(&plain, back)| (f32::midpoint(plain, back), plain.min(back))).unzip();
        Ok(Self { rectangle, values, agreed })
    }

    /// The mean of [`Self::values`] within half a width and half a height of a place of the photo.
    pub(super) fn mean_around(&self, [x, y]: [f32; 2], [half_width, half_height]: [f32; 2]) -> f32 {
        let [left, top, right, bottom] = self.rectangle;
        let cells = |at: f32, low: f32, high: f32| {
            ((at - low) / (high - low) * SIDE as f32).clamp(0.0, SIDE as f32 - 1.0) as usize
        };
        let (first, last) = (cells(x - half_width, left, right), cells(x + half_width, left, right));
        let rows = cells(y - half_height, top, bottom)..=cells(y + half_height, top, bottom);
        let values: Vec<f32> = rows.flat_map(|row| self.values[row * SIDE..][first..=last].iter().copied()).collect();
        values.iter().sum::<f32>() / values.len().max(1) as f32
    }
}

/// Rows of [`SIDE`] RGB triples from right to left.
fn mirrored(pixels: &[f32]) -> Vec<f32> {
    let mut mirrored = pixels.to_vec();
    for row in mirrored.chunks_exact_mut(SIDE * 3) {
        row.as_chunks_mut::<3>().0.reverse();
    }
    mirrored
}
