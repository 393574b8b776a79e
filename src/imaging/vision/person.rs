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
        let mirrored = pixels.chunks_exact(SIDE * 3).flat_map(|row| row.rchunks_exact(3).flatten().copied()).collect();
        let answer = |pixels| network.pick(&mut network.run(SIDE, pixels, is_stopped)?, SIDE * SIDE);
        // What it takes for a person in one picture alone is mostly lights and leaves behind.
        let (plain, mirrored) = rayon::join(|| answer(pixels), || answer(mirrored));
        let (plain, mirrored) = (plain?, mirrored?);
        let back = mirrored.chunks_exact(SIDE).flat_map(|row| row.iter().rev().copied());
        let (values, agreed) =
            plain.iter().zip(back).map(|(&plain, back)| (f32::midpoint(plain, back), plain.min(back))).unzip();
        Ok(Self { rectangle, values, agreed })
    }
}
