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

/// Value noise from -1 to 1; its cells are one unit wide.
pub(super) fn noise(x: f32, y: f32, seed: u64) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (u, v) = (smoothstep(0.0, 1.0, x - left), smoothstep(0.0, 1.0, y - top));
    let (i, j) = (left as i32, top as i32);
    let above = mix(lattice(i, j, seed), lattice(i + 1, j, seed), u);
    let below = mix(lattice(i, j + 1, seed), lattice(i + 1, j + 1, seed), u);
    mix(above, below, v)
}

/// A number from -1 to 1 that depends on the seed and on `what` it is for.
pub(super) fn choice(seed: u64, what: i32) -> f32 {
    lattice(what, 7919, seed.wrapping_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

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
