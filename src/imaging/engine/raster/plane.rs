//! One channel of a picture as floating-point numbers.

use rayon::prelude::*;

/// Rows of numbers; pixel centres lie on integers.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Plane {
    /// Numbers in a row.
    pub(in crate::engine) width: usize,
    /// Rows.
    pub(in crate::engine) height: usize,
    /// All rows from the top, each from the left.
    pub(in crate::engine) values: Vec<f32>,
}

impl Plane {
    /// A plane of one value.
    pub(in crate::engine) fn filled(width: usize, height: usize, value: f32) -> Self {
        Self { width, height, values: vec![value; width * height] }
    }

    /// A plane whose row `y` is written by `write(y, row)`.
    pub(in crate::engine) fn from_rows(width: usize, height: usize, write: impl Fn(usize, &mut [f32]) + Sync) -> Self {
        let mut plane = Self::filled(width, height, 0.0);
        plane.values.par_chunks_exact_mut(width).enumerate().for_each(|(y, row)| write(y, row));
        plane
    }

    /// A plane whose value at `x, y` is `value(x, y)`.
    pub(in crate::engine) fn from_fn(width: usize, height: usize, value: impl Fn(usize, usize) -> f32 + Sync) -> Self {
        Self::from_rows(width, height, |y, row| {
            for (x, target) in row.iter_mut().enumerate() {
                *target = value(x, y);
            }
        })
    }

    /// A plane whose value at each index of a plane of this size is `value(index)`.
    pub(in crate::engine) fn from_index(width: usize, height: usize, value: impl Fn(usize) -> f32 + Sync) -> Self {
        Self::from_fn(width, height, |x, y| value(y * width + x))
    }

    /// Applies `change` to every value.
    pub(in crate::engine) fn map(&self, change: impl Fn(f32) -> f32 + Sync) -> Self {
        let mut out = self.clone();
        out.values.par_chunks_mut(self.width).for_each(|row| {
            for value in row {
                *value = change(*value);
            }
        });
        out
    }

    /// Combines two planes of equal size.
    pub(in crate::engine) fn zip(&self, other: &Self, combine: impl Fn(f32, f32) -> f32 + Sync) -> Self {
        let mut out = self.clone();
        out.values.par_chunks_mut(self.width).zip(other.values.par_chunks(self.width)).for_each(|(row, others)| {
            for (value, &other) in row.iter_mut().zip(others) {
                *value = combine(*value, other);
            }
        });
        out
    }

    /// One row.
    #[inline]
    pub(in crate::engine) fn row(&self, y: usize) -> &[f32] {
        &self.values[y * self.width..][..self.width]
    }

    /// The value at whole coordinates, the nearest edge's outside.
    #[cfg(test)]
    pub(in crate::engine) fn get(&self, x: isize, y: isize) -> f32 {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        let y = y.clamp(0, self.height as isize - 1) as usize;
        self.values[y * self.width + x]
    }

    /// The bilinear value at any coordinates, the nearest edge's outside.
    #[inline]
    pub(in crate::engine) fn sample(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, self.width as f32 - 1.001);
        let y = y.clamp(0.0, self.height as f32 - 1.001);
        let (left, top) = (x as usize, y as usize);
        let (fx, fy) = (x - left as f32, y - top as f32);
        let upper = &self.values[top * self.width + left..][..2];
        let lower = &self.values[(top + 1) * self.width + left..][..2];
        let above = upper[0] + (upper[1] - upper[0]) * fx;
        let below = lower[0] + (lower[1] - lower[0]) * fx;
        above + (below - above) * fy
    }

    /// Half the size, each value the mean of four.
    pub(in crate::engine) fn halved(&self) -> Self {
        Self::from_fn(self.width / 2, self.height / 2, |x, y| {
            let upper = &self.row(2 * y)[2 * x..2 * x + 2];
            let lower = &self.row(2 * y + 1)[2 * x..2 * x + 2];
            0.25 * (upper[0] + upper[1] + lower[0] + lower[1])
        })
    }
}

/// Length of a vector. Unlike `hypot` it is one instruction and the same on every machine.
#[inline]
pub(in crate::engine) fn length(x: f32, y: f32) -> f32 {
    let square = x * x + y * y;
    square.sqrt()
}

/// The mix of `a` and `b` at `t` from 0 to 1.
#[inline]
pub(in crate::engine) fn mix(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

/// A smooth step from 0 at `low` to 1 at `high`; `low` may be the greater.
#[inline]
pub(in crate::engine) fn smoothstep(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// The value below which the share `at` (0 to 1) of the numbers lies; `values` must be sorted and not empty.
pub(in crate::engine) fn quantile(values: &[f32], at: f32) -> f32 {
    values[((values.len() - 1) as f32 * at) as usize]
}
