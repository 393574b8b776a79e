//! The connected part of a mask that holds the face.

use super::geometry::Point;
use super::plane::Plane;

/// Where a pixel belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Place {
    /// Connected to the outside, or an island without the face.
    Outside,
    /// Connected to the face.
    Part,
    /// Surrounded by the part.
    Hole,
}

/// Sorts the pixels of `mask`: those above `threshold` that hang together with one of the `seeds` are the part.
pub(in crate::engine) fn around(mask: &Plane, threshold: f32, seeds: &[Point]) -> Vec<Place> {
    let (width, height) = (mask.width, mask.height);
    let is_in = |&[x, y]: &Point| x >= 0.0 && y >= 0.0 && (x as usize) < width && (y as usize) < height;
    let mut places = vec![Place::Hole; width * height];
    let starts: Vec<usize> = seeds
        .iter()
        .filter(|seed| is_in(seed))
        .map(|seed| seed[1] as usize * width + seed[0] as usize)
        .filter(|&index| mask.values[index] > threshold)
        .collect();
    flood(&mut places, width, starts, Place::Part, |index| mask.values[index] > threshold);
    let top_and_bottom = (0..width).flat_map(|x| [x, (height - 1) * width + x]);
    let sides = (0..height).flat_map(|y| [y * width, y * width + width - 1]);
    flood(&mut places, width, top_and_bottom.chain(sides).collect(), Place::Outside, |_| true);
    places
}

/// Spreads `place` from `starts` over all pixels not placed yet that `may_enter` lets in; which these were.
fn flood(
    places: &mut [Place],
    width: usize,
    starts: Vec<usize>,
    place: Place,
    may_enter: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let (mut open, mut placed) = (Vec::new(), Vec::new());
    for start in starts {
        if places[start] == Place::Hole {
            places[start] = place;
            open.push(start);
        }
    }
    while let Some(index) = open.pop() {
        placed.push(index);
        let x = index % width;
        let left = (x > 0).then(|| index - 1);
        let right = (x + 1 < width).then(|| index + 1);
        let above = index.checked_sub(width);
        let below = Some(index + width).filter(|&i| i < places.len());
        for next in [left, right, above, below].into_iter().flatten() {
            if places[next] == Place::Hole && may_enter(next) {
                places[next] = place;
                open.push(next);
            }
        }
    }
    placed
}

/// The pieces of `mask` above `threshold` that hang together, each as the places of its pixels in reading order of their
/// first.
pub(in crate::engine) fn pieces(mask: &Plane, threshold: f32) -> Vec<Vec<usize>> {
    let mut places: Vec<Place> =
        mask.values.iter().map(|&value| if value > threshold { Place::Hole } else { Place::Outside }).collect();
    let mut pieces = Vec::new();
    for start in 0..places.len() {
        let piece = flood(&mut places, mask.width, vec![start], Place::Part, |_| true);
        if !piece.is_empty() {
            pieces.push(piece);
        }
    }
    pieces
}

/// `mask` without islands, its holes filled.
pub(in crate::engine) fn only(mask: &Plane, threshold: f32, seeds: &[Point]) -> Plane {
    let places = around(mask, threshold, seeds);
    // Soft edges reach a little beyond the threshold and belong to the part as well.
    let near = super::filter::box_blur(
        &Plane::from_index(mask.width, mask.height, |i| f32::from(places[i] == Place::Part)),
        2,
    );
    Plane::from_index(mask.width, mask.height, |i| match places[i] {
        Place::Part => mask.values[i],
        Place::Hole => 1.0,
        Place::Outside if near.values[i] > 1e-3 => mask.values[i].min(threshold),
        Place::Outside => 0.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn islands_go_and_holes_are_filled() {
        let picture = [
            ".........", //
            ".#####.#.",
            ".#...#.#.",
            ".#...#.#.",
            ".#####...",
            ".........",
        ];
        let mask = Plane::from_fn(9, 6, |x, y| f32::from(picture[y].as_bytes()[x] == b'#'));
        let places = around(&mask, 0.5, &[[1.5, 1.5]]);
        assert_eq!(places[2 * 9 + 3], Place::Hole);
        assert_eq!(places[9 + 7], Place::Outside);
        assert_eq!(places.iter().filter(|&&place| place == Place::Part).count(), 14);
        assert_eq!(pieces(&mask, 0.5).iter().map(Vec::len).collect::<Vec<_>>(), [14, 3]);
    }
}
