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
        let mut outputs = network.run(SIDE, photo.read(patch, SIDE, [0.0, 1.0]), is_stopped)?;
        let values = network.pick(&mut outputs, SIDE * SIDE)?;
        Ok(Self { rectangle, values })
    }
}
