//! Signed distances to the outline of a mask, by the exact transform of Felzenszwalb and Huttenlocher (2012).

use rayon::prelude::*;

use super::filter::gaussian;
use super::plane::Plane;

/// Stands for "no such pixel"; squares of it still fit.
const FAR: f32 = 1e12;

/// Distance in pixels from each pixel to the line where `mask` crosses 0.5: negative inside.
pub(in crate::engine) fn signed_distance(mask: &Plane) -> Plane {
    let to_inside = squared_distance(&mask.map(|v| if v > 0.5 { 0.0 } else { FAR }));
    let to_outside = squared_distance(&mask.map(|v| if v > 0.5 { FAR } else { 0.0 }));
    let width = (mask.width + mask.height) as f32;
    let distance = to_inside.zip(&to_outside, |outside, inside| (outside.sqrt() - inside.sqrt()).clamp(-width, width));
    // Between the two kinds of pixel the distance jumps from -1 to 1; a touch of blur makes it a slope.
    gaussian(&distance.map(|d| d - 0.5 * d.signum()), 0.7)
}

/// Distance in pixels from each pixel of a picture, row by row, to the edge of what is `inside`: negative inside.
pub fn edge_distance((width, height): (u32, u32), inside: impl Fn(usize) -> bool + Sync) -> Vec<f32> {
    signed_distance(&Plane::from_index(width as usize, height as usize, |index| f32::from(inside(index)))).values
}

/// Squared distance of each pixel to the nearest one whose value is 0.
fn squared_distance(seeds: &Plane) -> Plane {
    let down = across_rows(&turned(seeds));
    across_rows(&turned(&down))
}

fn turned(plane: &Plane) -> Plane {
    Plane::from_fn(plane.height, plane.width, |x, y| plane.values[x * plane.width + y])
}

fn across_rows(plane: &Plane) -> Plane {
    let width = plane.width;
    let mut out = Plane::filled(width, plane.height, 0.0);
    out.values.par_chunks_exact_mut(width).enumerate().for_each_init(
        || (vec![0; width], vec![0.0; width + 1]),
        |(places, bounds), (y, row)| envelope(plane.row(y), row, places, bounds),
    );
    out
}

/// Lower envelope of the parabolas that stand on the values of `source`.
fn envelope(source: &[f32], target: &mut [f32], places: &mut [usize], bounds: &mut [f32]) {
    let crossing = |p: usize, q: usize| {
        let (a, b) = (p as f32, q as f32);
        ((source[q] + b * b) - (source[p] + a * a)) / (2.0 * (b - a))
    };
    let mut last = 0;
    places[0] = 0;
    bounds[0] = f32::NEG_INFINITY;
    bounds[1] = f32::INFINITY;
    for q in 1..source.len() {
        let mut start = crossing(places[last], q);
        while last > 0 && start <= bounds[last] {
            last -= 1;
            start = crossing(places[last], q);
        }
        if start <= bounds[last] {
            start = f32::NEG_INFINITY;
        } else {
            last += 1;
        }
        places[last] = q;
        bounds[last] = start;
        bounds[last + 1] = f32::INFINITY;
    }
    let mut current = 0;
    for (q, value) in target.iter_mut().enumerate() {
        while bounds[current + 1] < q as f32 {
            current += 1;
        }
        let offset = q as f32 - places[current] as f32;
        *value = offset * offset + source[places[current]];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_to_a_disc_is_the_radius_less() {
        let disc = Plane::from_fn(80, 80, |x, y| {
            let (dx, dy) = (x as f32 - 40.0, y as f32 - 40.0);
            f32::from(dx * dx + dy * dy < 20.0 * 20.0)
        });
        let distance = signed_distance(&disc);
        for (x, expected) in [(40, -19.5), (50, -10.0), (60, 0.0), (75, 15.0)] {
            let found = distance.get(x, 40);
            assert!((found - expected).abs() < 0.8, "{x}: {found}");
        }
    }

    #[test]
    fn an_empty_mask_is_far_from_everything() {
        assert!(signed_distance(&Plane::filled(20, 20, 0.0)).values.iter().all(|&d| d > 10.0));
    }
}
