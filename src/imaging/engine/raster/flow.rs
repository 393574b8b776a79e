//! The direction in which edges run, from the smoothed structure tensor (Kyprianidis and Döllner, 2008).

use rayon::prelude::*;

use super::filter::gaussian;
use super::plane::{Plane, length};

/// A unit vector along the edges at each pixel.
#[derive(Debug)]
pub(in crate::engine) struct Flow {
    /// `[x, y]` of each pixel; the sign means nothing.
    pub(in crate::engine) tangents: Vec<[f32; 2]>,
}

impl Flow {
    /// The flow of a Lab picture, smoothed over `sigma` pixels. Differences of hue count more than those of lightness.
    pub(in crate::engine) fn of(lab: &[Plane; 3], sigma: f32) -> Self {
        let (width, height) = (lab[0].width, lab[0].height);
        let mut tensor = [0, 1, 2].map(|_| Plane::filled(width, height, 0.0));
        for (plane, weight) in lab.iter().zip([1.0, 1.5, 1.5]) {
            add_gradients(plane, weight, &mut tensor);
        }
        let [xx, xy, yy] = tensor.map(|plane| gaussian(&plane, sigma));
        let mut tangents = vec![[0.0, 1.0]; width * height];
        tangents.par_chunks_exact_mut(width).enumerate().for_each(|(y, row)| {
            let (xx, xy, yy) = (xx.row(y), xy.row(y), yy.row(y));
            for (x, tangent) in row.iter_mut().enumerate() {
                let (e, f, g) = (xx[x], xy[x], yy[x]);
                let spread = ((e - g) * (e - g) + 4.0 * f * f).sqrt();
                let greatest = (e + g + spread) / 2.0;
                let (tx, ty) = (greatest - e, -f);
                let norm = length(tx, ty);
                *tangent = if norm > 1e-9 {
                    [tx / norm, ty / norm]
                } else if e >= g {
                    [0.0, 1.0]
                } else {
                    [1.0, 0.0]
                };
            }
        });
        Self { tangents }
    }
}

/// Adds the products of the derivatives, by a rotation-invariant 3 × 3 operator (Jähne).
fn add_gradients(plane: &Plane, weight: f32, tensor: &mut [Plane; 3]) {
    const SIDE: f32 = 0.182;
    const MIDDLE: f32 = 0.636;
    let (width, height) = (plane.width, plane.height);
    let [xx, xy, yy] = tensor;
    let rows = xx.values.par_chunks_exact_mut(width).zip(xy.values.par_chunks_exact_mut(width));
    rows.zip(yy.values.par_chunks_exact_mut(width)).enumerate().for_each(|(y, ((xx, xy), yy))| {
        let above = plane.row(y.saturating_sub(1));
        let here = plane.row(y);
        let below = plane.row((y + 1).min(height - 1));
        for x in 0..width {
            let (left, right) = (x.saturating_sub(1), (x + 1).min(width - 1));
            let gx = 0.5
                * (SIDE * (above[right] - above[left])
                    + MIDDLE * (here[right] - here[left])
                    + SIDE * (below[right] - below[left]));
            let gy = 0.5
                * (SIDE * (below[left] - above[left])
                    + MIDDLE * (below[x] - above[x])
                    + SIDE * (below[right] - above[right]));
            xx[x] += weight * gx * gx;
            xy[x] += weight * gx * gy;
            yy[x] += weight * gy * gy;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flow_of_a_vertical_edge_is_vertical() {
        let edge = Plane::from_fn(32, 32, |x, _| f32::from(x >= 16));
        let flat = Plane::filled(32, 32, 0.0);
        let flow = Flow::of(&[edge, flat.clone(), flat], 2.0);
        let [x, y] = flow.tangents[16 * 32 + 16];
        assert!(x.abs() < 0.01 && y.abs() > 0.99);
    }
}
