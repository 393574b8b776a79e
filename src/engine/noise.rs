//! Smooth random numbers from a seed.

use super::plane::{mix, smoothstep};

/// A number from -1 to 1 for a lattice point (xor-shift and multiply, after `SplitMix64`).
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
fn floor(x: f32) -> i32 {
    let towards_zero = x as i32;
    towards_zero - i32::from(x < towards_zero as f32)
}

/// Value noise from -1 to 1; its cells are one unit wide.
pub(super) fn noise(x: f32, y: f32, seed: u64) -> f32 {
    Walk::new(seed).at(x, y)
}

/// The same noise for one place after the other: the corners of a cell are kept while the places stay in it.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    seed: u64,
    cell: Option<[i32; 2]>,
    /// Upper left, upper right, lower left, lower right.
    corners: [f32; 4],
}

impl Walk {
    pub(super) const fn new(seed: u64) -> Self {
        Self { seed, cell: None, corners: [0.0; 4] }
    }

    /// The noise at a place.
    pub(super) fn at(&mut self, x: f32, y: f32) -> f32 {
        let (i, j) = (floor(x), floor(y));
        if self.cell != Some([i, j]) {
            let corner = |di: i32, dj: i32| lattice(i + di, j + dj, self.seed);
            let [_, upper, _, lower] = self.corners;
            // A step to the right brings only two new corners.
            let left = if self.cell == Some([i - 1, j]) { [upper, lower] } else { [corner(0, 0), corner(0, 1)] };
            self.corners = [left[0], corner(1, 0), left[1], corner(1, 1)];
            self.cell = Some([i, j]);
        }
        let (u, v) = (smoothstep(0.0, 1.0, x - i as f32), smoothstep(0.0, 1.0, y - j as f32));
        let [upper_left, upper_right, lower_left, lower_right] = self.corners;
        mix(mix(upper_left, upper_right, u), mix(lower_left, lower_right, u), v)
    }
}

/// A number from -1 to 1 that depends on the seed and on `what` it is for.
pub(super) fn choice(seed: u64, what: i32) -> f32 {
    lattice(what, 7919, seed.wrapping_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_finds_the_noise_of_each_place_wherever_it_goes() {
        let mut walk = Walk::new(3);
        for step in 0..400 {
            let (x, y) = ((step % 37) as f32 * 0.31 - 4.0, (step / 37) as f32 * 0.7 - 2.0);
            assert_eq!(walk.at(x, y), noise(x, y, 3), "{x} {y}");
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
