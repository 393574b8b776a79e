//! Ink lines: the flow-based difference of Gaussians (Kang, Lee and Chui, 2007; Winnemöller, 2011).

use crate::engine::raster::filter::half_kernel;
use crate::engine::raster::flow::Flow;
use crate::engine::raster::plane::Plane;
use crate::engine::raster::smoothing::combed;

/// The surround is this much wider than the centre.
const SURROUND: f32 = 1.6;

/// How much darker than its surroundings each pixel is, across the flow, then smoothed along it.
///
/// `width` is the standard deviation of a line's half in pixels, `length` that of the smoothing along it.
pub(in crate::engine) fn darkness(lightness: &Plane, flow: &Flow, width: f32, length: f32, mask: &Plane) -> Plane {
    let radius = (2.2 * width * SURROUND).ceil() as usize;
    let centre = half_kernel(width, radius);
    let surround = half_kernel(width * SURROUND, radius);
    let kernel: Vec<f32> = surround.iter().zip(&centre).map(|(s, c)| s - c).collect();
    let side = lightness.width;
    let across = Plane::from_fn(side, lightness.height, |x, y| {
        let index = y * side + x;
        if mask.values[index] <= 0.0 {
            return 0.0;
        }
        let [tx, ty] = flow.tangents[index];
        let (x, y) = (x as f32, y as f32);
        let mut sum = lightness.values[index] * kernel[0];
        for (k, &weight) in kernel.iter().enumerate().skip(1) {
            let (dx, dy) = (-ty * k as f32, tx * k as f32);
            sum += weight * (lightness.sample(x + dx, y + dy) + lightness.sample(x - dx, y - dy));
        }
        sum
    });
    combed(&across, flow, length, mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dark_line_is_dark_and_its_neighbourhood_is_not() {
        let line = Plane::from_fn(48, 48, |x, _| if (23..=24).contains(&x) { 0.2 } else { 0.8 });
        let flat = Plane::filled(48, 48, 0.0);
        let flow = Flow::of(&[line.clone(), flat.clone(), flat], 2.0);
        let found = darkness(&line, &flow, 1.5, 4.0, &Plane::filled(48, 48, 1.0));
        assert!(found.get(23, 24) > 0.05 && found.get(30, 24) < 0.01);
    }
}
