//! Points, smooth curves and polygons.

use super::plane::{Plane, length, smoothstep};

/// A position `[x, y]`.
pub(in crate::engine) type Point = [f32; 2];

/// Distance of two points.
#[inline]
pub(in crate::engine) fn distance(a: Point, b: Point) -> f32 {
    length(a[0] - b[0], a[1] - b[1])
}

/// The point between two.
#[inline]
pub(in crate::engine) fn between(a: Point, b: Point, t: f32) -> Point {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

/// The mean of some points.
pub(in crate::engine) fn centroid(points: &[Point]) -> Point {
    let sum = points.iter().fold([0.0; 2], |sum, p| [sum[0] + p[0], sum[1] + p[1]]);
    sum.map(|v| v / points.len().max(1) as f32)
}

/// `left, top, right, bottom` of some points, widened by `margin`.
pub(in crate::engine) fn bounds(points: &[Point], margin: f32) -> [f32; 4] {
    points.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[left, top, right, bottom], &[x, y]| {
        [left.min(x - margin), top.min(y - margin), right.max(x + margin), bottom.max(y + margin)]
    })
}

/// A Catmull-Rom curve through the points, `steps` pieces between each two.
pub(in crate::engine) fn smooth(points: &[Point], is_closed: bool, steps: usize) -> Vec<Point> {
    let count = points.len() as isize;
    let at = |i: isize| {
        let index = if is_closed { i.rem_euclid(count) } else { i.clamp(0, count - 1) };
        points[index as usize]
    };
    let pieces = if is_closed { count } else { count - 1 };
    let mut out = Vec::with_capacity(pieces as usize * steps + 1);
    for i in 0..pieces {
        let corners = [at(i - 1), at(i), at(i + 1), at(i + 2)];
        out.extend((0..steps).map(|step| {
            let t = step as f32 / steps as f32;
            [0, 1].map(|axis| {
                let [a, b, c, d] = corners.map(|corner| corner[axis]);
                let square = (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t;
                0.5 * (2.0 * b + (c - a) * t + square + (3.0 * (b - c) + d - a) * t * t * t)
            })
        }));
    }
    if !is_closed {
        out.push(at(count - 1));
    }
    out
}

/// How far `point` lies from the piece `a` to `b`, and where along it (0 to 1) the nearest point is.
#[inline]
pub(in crate::engine) fn from_segment(point: Point, a: Point, b: Point) -> (f32, f32) {
    let (ex, ey) = (b[0] - a[0], b[1] - a[1]);
    let t = (((point[0] - a[0]) * ex + (point[1] - a[1]) * ey) / (ex * ex + ey * ey).max(1e-6)).clamp(0.0, 1.0);
    (length(point[0] - a[0] - t * ex, point[1] - a[1] - t * ey), t)
}

/// The square of the distance from a piece, of which only the root of the least is wanted.
#[inline]
fn square_from_segment(point: Point, a: Point, [ex, ey]: Point) -> f32 {
    let (px, py) = (point[0] - a[0], point[1] - a[1]);
    let t = ((px * ex + py * ey) / (ex * ex + ey * ey).max(1e-6)).clamp(0.0, 1.0);
    let (dx, dy) = (px - t * ex, py - t * ey);
    dx * dx + dy * dy
}

/// The edges of a polygon, each as its start and the way to its end.
fn edges(polygon: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    let starts = polygon.iter().cycle().skip(polygon.len() - 1);
    starts.zip(polygon).map(|(a, b)| (*a, [b[0] - a[0], b[1] - a[1]]))
}

/// Where the edge crosses the row `y`, if it does.
#[inline]
fn crossing((a, [ex, ey]): (Point, Point), y: f32) -> Option<f32> {
    ((a[1] > y) != (a[1] + ey > y)).then(|| ex * (y - a[1]) / ey + a[0])
}

/// A polygon as one row sees it, where only distances up to some reach matter: most edges are farther away.
#[derive(Debug)]
pub(in crate::engine) struct PolygonRow {
    y: f32,
    near: Vec<(Point, Point)>,
    crossings: Vec<f32>,
}

impl PolygonRow {
    /// The polygon from the row `y`.
    pub(in crate::engine) fn new(polygon: &[Point], y: f32, reach: f32) -> Self {
        let near = |&([_, top], [_, down]): &(Point, Point)| {
            y >= top.min(top + down) - reach && y <= top.max(top + down) + reach
        };
        Self {
            y,
            near: edges(polygon).filter(near).collect(),
            crossings: edges(polygon).filter_map(|edge| crossing(edge, y)).collect(),
        }
    }

    /// Signed distance at the column `x`, negative inside; a greater one where it is beyond the reach.
    #[inline]
    pub(in crate::engine) fn distance(&self, x: f32) -> f32 {
        let is_inside = self.crossings.iter().filter(|&&crossing| x < crossing).count() % 2 == 1;
        let square = |&(a, edge): &(Point, Point)| square_from_segment([x, self.y], a, edge);
        let nearest = self.near.iter().map(square).fold(f32::MAX, f32::min).sqrt();
        if is_inside { -nearest } else { nearest }
    }
}

/// Signed distances from a polygon in a square of `side` pixels, right up to `reach` and greater beyond.
pub(in crate::engine) fn polygon_distance(side: usize, polygon: &[Point], reach: f32) -> Plane {
    let [_, top, _, bottom] = bounds(polygon, reach);
    Plane::from_rows(side, side, |y, row| {
        row.fill(f32::MAX);
        let y = y as f32;
        if y < top || y > bottom {
            return;
        }
        let polygon = PolygonRow::new(polygon, y, reach);
        let column = |x: f32| x.clamp(0.0, side as f32) as usize;
        // Edge by edge, each only where it is within reach.
        for &(a, edge) in &polygon.near {
            let (left, right) = (a[0].min(a[0] + edge[0]) - reach, a[0].max(a[0] + edge[0]) + reach);
            let first = column(left);
            for (x, square) in row[first..column(right + 1.0).max(first)].iter_mut().enumerate() {
                *square = square.min(square_from_segment([(first + x) as f32, y], a, edge));
            }
        }
        for value in row.iter_mut() {
            *value = value.sqrt();
        }
        for &crossing in &polygon.crossings {
            for value in &mut row[..column(crossing.ceil())] {
                *value = -*value;
            }
        }
    })
}

/// What lies inside as a mask, grown by `grow` and with an edge `2 × soft` wide, in pixels.
pub(in crate::engine) fn mask(distance: &Plane, grow: f32, soft: f32) -> Plane {
    distance.map(|distance| smoothstep(soft, -soft, distance - grow))
}

/// A polygon as a mask, grown by `grow` and with an edge `2 × soft` wide, in pixels.
pub(in crate::engine) fn polygon_mask(side: usize, polygon: &[Point], grow: f32, soft: f32) -> Plane {
    mask(&polygon_distance(side, polygon, grow.abs() + soft + 1.0), grow, soft)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Point; 4] = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];

    #[test]
    fn the_distance_from_a_square_is_signed() {
        assert_eq!(PolygonRow::new(&SQUARE, 4.0, f32::MAX).distance(5.0), -4.0);
        assert_eq!(PolygonRow::new(&SQUARE, 5.0, f32::MAX).distance(13.0), 3.0);
    }

    #[test]
    fn a_row_knows_the_distances_up_to_its_reach() {
        let (row, whole) = (PolygonRow::new(&SQUARE, 1.0, 3.0), PolygonRow::new(&SQUARE, 1.0, f32::MAX));
        for x in [-2.0, 0.5, 5.0, 9.5, 12.0] {
            assert_eq!(row.distance(x), whole.distance(x), "{x}");
        }
        assert_eq!(PolygonRow::new(&SQUARE, -2.0, 3.0).distance(5.0), 2.0);
        assert!(PolygonRow::new(&SQUARE, -4.0, 3.0).distance(5.0) > 3.0);
    }

    #[test]
    fn a_smooth_curve_passes_through_its_points() {
        let curve = smooth(&SQUARE, false, 4);
        assert_eq!(curve.len(), 13);
        assert_eq!(curve[4], SQUARE[1]);
        assert_eq!(smooth(&SQUARE, true, 4).len(), 16);
    }
}
