//! Smooth random numbers from a seed.

use super::plane::mix;

/// A number from -1 to 1 for a lattice point (xor-shift and multiply, after `SplitMix64`).
#[inline]
fn lattice(x: i32, y: i32, seed: u64) -> f32 {
    let mut hash = (x as u32 as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ (y as u32 as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F)
        ^ seed.wrapping_mul(0x1656_67B1_9E37_79F9);
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash ^= hash >> 32;
    (hash & 0xffff) as f32 / 32767.5 - 1.0
}

/// The whole number below `x`, without the library call that `f32::floor` is on older processors.
#[inline]
fn floor(x: f32) -> i32 {
    let towards_zero = x as i32;
    towards_zero - i32::from(x < towards_zero as f32)
}

/// An S-curve through 0 to 1, level at both ends.
#[inline]
fn eased(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// Value noise from -1 to 1; its cells are one unit wide.
#[inline]
pub(in crate::engine) fn noise(x: f32, y: f32, seed: u64) -> f32 {
    RowNoise::new(seed, y).at(x)
}

/// The same noise along one row: what `y` decides is worked out once, and the sides of a cell are kept while the places
/// stay in it.
#[derive(Clone, Debug)]
pub(in crate::engine) struct RowNoise {
    seed: u64,
    row: i32,
    /// How far down in the row of cells, eased.
    down: f32,
    cell: Option<i32>,
    /// The noise at the left and at the right side of the cell.
    sides: [f32; 2],
}

impl RowNoise {
    pub(in crate::engine) fn new(seed: u64, y: f32) -> Self {
        let row = floor(y);
        Self { seed, row, down: eased(y - row as f32), cell: None, sides: [0.0; 2] }
    }

    /// The noise at a place of the row.
    #[inline]
    pub(in crate::engine) fn at(&mut self, x: f32) -> f32 {
        let cell = floor(x);
        if self.cell != Some(cell) {
            // A step to the right brings only one new side.
            let left = if self.cell == Some(cell - 1) { self.sides[1] } else { self.side(cell) };
            self.sides = [left, self.side(cell + 1)];
            self.cell = Some(cell);
        }
        mix(self.sides[0], self.sides[1], eased(x - cell as f32))
    }

    #[inline]
    fn side(&self, column: i32) -> f32 {
        mix(lattice(column, self.row, self.seed), lattice(column, self.row + 1, self.seed), self.down)
    }
}

/// A number from -1 to 1 that depends on the seed and on `what` it is for.
pub(in crate::engine) fn choice(seed: u64, what: i32) -> f32 {
    lattice(what, 7919, seed.wrapping_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noise_of_a_place_is_the_same_wherever_its_row_was_read_before() {
        let mut row = RowNoise::new(3, 0.7);
        for step in 0..400 {
            let x = (step * 29 % 37) as f32 * 0.31 - 4.0;
            assert_eq!(row.at(x), noise(x, 0.7, 3), "{x}");
        }
    }

    #[test]
    fn noise_is_continuous_bounded_and_differs_by_seed() {
        let mut differences = 0;
        for i in 0..200 {
            let x = i as f32 * 0.173;
            let here = noise(x, 0.4, 1);
            assert!(here.abs() <= 1.0 && (here - noise(x + 0.001, 0.4, 1)).abs() < 0.01);
            differences += usize::from((here - noise(x, 0.4, 2)).abs() > 0.1);
        }
        assert!(differences > 100);
    }
}
