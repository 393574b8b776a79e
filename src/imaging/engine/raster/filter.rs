//! Blurs.

use rayon::prelude::*;

use super::plane::Plane;

/// Columns that are blurred together: their sums fit the cache and the widest registers.
const STRIPE: usize = 32;

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

/// The same for each column, once for each radius.
fn box_columns(plane: &mut Plane, radii: &[usize]) {
    let Plane { width, height, .. } = *plane;
    let stripes: Vec<Vec<[f32; STRIPE]>> = (0..width.div_ceil(STRIPE))
        .into_par_iter()
        .map(|stripe| {
            let left = stripe * STRIPE;
            let columns = STRIPE.min(width - left);
            let row = |y: usize| {
                let mut row = [0.0; STRIPE];
                row[..columns].copy_from_slice(&plane.row(y)[left..][..columns]);
                row
            };
            let mut rows: Vec<[f32; STRIPE]> = (0..height).map(row).collect();
            let mut before = Vec::new();
            for &radius in radii {
                before.clone_from(&rows);
                box_stripe(&before, radius, &mut rows);
            }
            rows
        })
        .collect();
    plane.values.par_chunks_exact_mut(width).enumerate().for_each(|(y, row)| {
        for (target, stripe) in row.chunks_mut(STRIPE).zip(&stripes) {
            target.copy_from_slice(&stripe[y][..target.len()]);
        }
    });
}

/// Running means down the columns of a stripe.
fn box_stripe(source: &[[f32; STRIPE]], radius: usize, target: &mut [[f32; STRIPE]]) {
    let scale = 1.0 / (2 * radius + 1) as f32;
    let last = source.len() - 1;
    let mut sums = [0.0_f64; STRIPE];
    for place in 0..=2 * radius {
        for (sum, &value) in sums.iter_mut().zip(&source[place.saturating_sub(radius + 1).min(last)]) {
            *sum += value as f64;
        }
    }
    for (y, means) in target.iter_mut().enumerate() {
        let leaving = &source[y.saturating_sub(radius + 1)];
        let entering = &source[(y + radius).min(last)];
        for (((sum, mean), &leaving), &entering) in sums.iter_mut().zip(means).zip(leaving).zip(entering) {
            *sum += (entering - leaving) as f64;
            *mean = *sum as f32 * scale;
        }
    }
}

/// Mean over a square of `2 × radius + 1` pixels.
pub(in crate::engine) fn box_blur(plane: &Plane, radius: usize) -> Plane {
    let mut out = plane.clone();
    if radius > 0 {
        box_rows(&mut out, radius);
        box_columns(&mut out, &[radius]);
    }
    out
}

/// Gaussian blur; wide ones are three box blurs (Wells, 1986).
pub(in crate::engine) fn gaussian(plane: &Plane, sigma: f32) -> Plane {
    if sigma < 0.3 {
        return plane.clone();
    }
    if sigma > 4.0 {
        let mut out = plane.clone();
        let radii = box_radii(sigma);
        for radius in radii {
            box_rows(&mut out, radius);
        }
        box_columns(&mut out, &radii);
        return out;
    }
    let kernel = half_kernel(sigma, (sigma * 3.0).ceil() as usize);
    convolved_columns(&convolved_rows(plane, &kernel), &kernel)
}

/// Slope and offset at each pixel by which a guided filter (He, Sun and Tang, 2010) reads `mask` off its guide; variances
/// of the guide below `epsilon` are no edges.
pub(in crate::engine) fn guided(mask: &Plane, guide: &Plane, radius: usize, epsilon: f32) -> [Plane; 2] {
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
pub(in crate::engine) fn half_kernel(sigma: f32, radius: usize) -> Vec<f32> {
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

fn convolved_columns(plane: &Plane, kernel: &[f32]) -> Plane {
    let last = plane.height - 1;
    Plane::from_rows(plane.width, plane.height, |y, row| {
        for (target, &value) in row.iter_mut().zip(plane.row(y)) {
            *target = value * kernel[0];
        }
        for (i, &weight) in kernel.iter().enumerate().skip(1) {
            let (above, below) = (plane.row(y.saturating_sub(i)), plane.row((y + i).min(last)));
            for ((target, &a), &b) in row.iter_mut().zip(above).zip(below) {
                *target += (a + b) * weight;
            }
        }
    })
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
