//! Blurs.

use rayon::prelude::*;

use super::plane::Plane;

/// Swaps rows and columns, in blocks that fit the cache.
fn transposed(plane: &Plane) -> Plane {
    const BLOCK: usize = 16;
    let (width, height) = (plane.width, plane.height);
    let mut out = Plane::filled(height, width, 0.0);
    out.values.par_chunks_mut(height * BLOCK).enumerate().for_each(|(block, rows)| {
        for y0 in (0..height).step_by(BLOCK) {
            for (i, row) in rows.chunks_exact_mut(height).enumerate() {
                let x = block * BLOCK + i;
                for (y, target) in row.iter_mut().enumerate().skip(y0).take(BLOCK) {
                    *target = plane.values[y * width + x];
                }
            }
        }
    });
    out
}

/// Running mean over `2 × radius + 1` values of each row, edges repeated.
fn box_rows(plane: &mut Plane, radius: usize) {
    let width = plane.width;
    let scale = 1.0 / (2 * radius + 1) as f32;
    plane.values.par_chunks_exact_mut(width).for_each_init(Vec::new, |padded: &mut Vec<f32>, row| {
        padded.clear();
        padded.extend(std::iter::repeat_n(row[0], radius + 1));
        padded.extend_from_slice(row);
        padded.extend(std::iter::repeat_n(row[width - 1], radius));
        let mut sum: f64 = padded[..=2 * radius].iter().map(|&v| v as f64).sum();
        for ((target, &leaving), &entering) in row.iter_mut().zip(&*padded).zip(&padded[2 * radius + 1..]) {
            sum += (entering - leaving) as f64;
            *target = sum as f32 * scale;
        }
    });
}

/// Mean over a square of `2 × radius + 1` pixels.
pub(super) fn box_blur(plane: &Plane, radius: usize) -> Plane {
    if radius == 0 {
        return plane.clone();
    }
    let mut out = plane.clone();
    box_rows(&mut out, radius);
    let mut turned = transposed(&out);
    box_rows(&mut turned, radius);
    transposed(&turned)
}

/// Gaussian blur; wide ones are three box blurs (Wells, 1986).
pub(super) fn gaussian(plane: &Plane, sigma: f32) -> Plane {
    if sigma < 0.3 {
        return plane.clone();
    }
    if sigma > 4.0 {
        let mut out = plane.clone();
        for radius in box_radii(sigma) {
            box_rows(&mut out, radius);
        }
        let mut turned = transposed(&out);
        for radius in box_radii(sigma) {
            box_rows(&mut turned, radius);
        }
        return transposed(&turned);
    }
    let kernel = half_kernel(sigma, (sigma * 3.0).ceil() as usize);
    let rows = convolved_rows(plane, &kernel);
    transposed(&convolved_rows(&transposed(&rows), &kernel))
}

/// Slope and offset at each pixel by which a guided filter (He, Sun and Tang, 2010) reads `mask` off its guide; variances
/// of the guide below `epsilon` are no edges.
pub(super) fn guided(mask: &Plane, guide: &Plane, radius: usize, epsilon: f32) -> [Plane; 2] {
    let mean_guide = box_blur(guide, radius);
    let mean_mask = box_blur(mask, radius);
    let mean_square = box_blur(&guide.map(|v| v * v), radius);
    let mean_product = box_blur(&guide.zip(mask, |a, b| a * b), radius);
    let (width, height) = (mask.width, mask.height);
    let slope = Plane::from_index(width, height, |i| {
        let (guide, mask) = (mean_guide.values[i], mean_mask.values[i]);
        let covariance = mean_product.values[i] - guide * mask;
        let variance = mean_square.values[i] - guide * guide;
        covariance / (variance + epsilon)
    });
    let offset = Plane::from_index(width, height, |i| mean_mask.values[i] - slope.values[i] * mean_guide.values[i]);
    [box_blur(&slope, radius), box_blur(&offset, radius)]
}

/// Radii of three boxes that together have the variance of a Gaussian.
fn box_radii(sigma: f32) -> [usize; 3] {
    let ideal = (4.0 * sigma * sigma + 1.0).sqrt();
    let mut narrow = ideal.floor() as usize;
    if narrow.is_multiple_of(2) {
        narrow -= 1;
    }
    let n = narrow as f32;
    let narrow_ones = ((12.0 * sigma * sigma - 3.0 * n * n - 12.0 * n - 9.0) / (-4.0 * n - 4.0)).round();
    [0, 1, 2].map(|i| if (i as f32) < narrow_ones { narrow / 2 } else { narrow / 2 + 1 })
}

/// The right half of a Gaussian kernel with its middle; the whole sums to 1.
pub(super) fn half_kernel(sigma: f32, radius: usize) -> Vec<f32> {
    let mut kernel: Vec<f32> = (0..=radius).map(|i| (-((i * i) as f32) / (2.0 * sigma * sigma)).exp()).collect();
    let total = kernel[0] + 2.0 * kernel[1..].iter().sum::<f32>();
    for value in &mut kernel {
        *value /= total;
    }
    kernel
}

fn convolved_rows(plane: &Plane, kernel: &[f32]) -> Plane {
    let radius = kernel.len() - 1;
    let width = plane.width;
    let mut out = Plane::filled(width, plane.height, 0.0);
    out.values.par_chunks_exact_mut(width).enumerate().for_each_init(Vec::new, |padded: &mut Vec<f32>, (y, row)| {
        let source = plane.row(y);
        padded.clear();
        padded.extend(std::iter::repeat_n(source[0], radius));
        padded.extend_from_slice(source);
        padded.extend(std::iter::repeat_n(source[width - 1], radius));
        for (target, &value) in row.iter_mut().zip(source) {
            *target = value * kernel[0];
        }
        for (i, &weight) in kernel.iter().enumerate().skip(1) {
            let left = &padded[radius - i..];
            let right = &padded[radius + i..];
            for ((target, &a), &b) in row.iter_mut().zip(left).zip(right) {
                *target += (a + b) * weight;
            }
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blur_keeps_a_flat_plane_flat_and_the_sum_of_a_dot() {
        let mut dot = Plane::filled(61, 47, 0.0);
        dot.values[23 * 61 + 30] = 1.0;
        let flat = Plane::filled(61, 47, 0.7);
        for blur in [|p: &Plane| box_blur(p, 3), |p: &Plane| gaussian(p, 1.5), |p: &Plane| gaussian(p, 5.0)] {
            assert!(blur(&flat).values.iter().all(|v| (v - 0.7).abs() < 1e-4));
            let sum: f32 = blur(&dot).values.iter().sum();
            assert!((sum - 1.0).abs() < 1e-3, "{sum}");
        }
    }

    #[test]
    fn three_boxes_have_the_variance_of_the_gaussian() {
        for sigma in [4.5, 7.0, 12.0_f32] {
            let variance: f32 =
                box_radii(sigma).iter().map(|&r| (((2 * r + 1) * (2 * r + 1)) as f32 - 1.0) / 12.0).sum();
            assert!((variance.sqrt() - sigma).abs() < 0.35, "{sigma}: {}", variance.sqrt());
        }
    }
}
