//! What the photo shows and the posed face does not is painted over with what lies around it.
//!
//! A closed eye is skin where the photo has an iris, and pursed lips leave skin where the photo has the corners of a
//! mouth. Each place of such a feature is read from the two places above and below it where the feature ends, so that
//! tones, shade and hair go on through it as they do beside it.

use crate::engine::draw::painting::{LANES, lane};
use crate::engine::raster::geometry::{Point, between, distance};
use crate::engine::raster::plane::{mix, smoothstep};

/// Over how much of its height a cover fades at its edges.
const FADES_OVER: f32 = 0.10;
/// How far to both sides of its column a place is read, as a share of the length.
const SIDEWAYS: f32 = 0.09;

/// A feature of the photo that is painted over.
#[derive(Clone, Debug)]
pub(super) struct Cover {
    /// The end with the coordinate 0, and the way along the feature to the end with 1, in pixels of the working square.
    start: Point,
    along: Point,
    length: f32,
    /// The upper and the lower edge: coordinate along, and height above the line between the ends in pixels.
    edges: [Vec<[f32; 2]>; 2],
    /// How far it reaches beyond both ends, fading, as a share of the length.
    beyond: f32,
}

impl Cover {
    /// Covers what lies between an upper and a lower edge that run from the same first to the same last point, grown by
    /// so many pixels up and down in the middle, and by the share `beyond` of the length at both ends.
    pub(super) fn of([upper, lower]: [Vec<Point>; 2], [up, down]: [f32; 2], beyond: f32) -> Self {
        let (start, end) = (upper[0], upper[upper.len() - 1]);
        let length = distance(start, end).max(1.0);
        let along = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
        let mut cover = Self { start, along, length, edges: [Vec::new(), Vec::new()], beyond };
        // Above is to the left of a way to the right.
        let sign = if along[0] >= 0.0 { 1.0 } else { -1.0 };
        cover.edges = [(upper, sign * up), (lower, -sign * down)].map(|(edge, by)| cover.grown(&edge, by));
        cover
    }

    /// An edge in coordinates of the cover, moved by `by` pixels in its middle and by half of that at its ends.
    fn grown(&self, edge: &[Point], by: f32) -> Vec<[f32; 2]> {
        let mut grown: Vec<[f32; 2]> = edge
            .iter()
            .map(|&at| {
                let [u, v] = self.local(at);
                let bulge = 0.55 + 0.45 * (std::f32::consts::PI * u.clamp(0.0, 1.0)).sin();
                [0.5 + (u - 0.5) * (1.0 + 2.0 * self.beyond), v + by * bulge]
            })
            .collect();
        grown.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
        grown
    }

    /// Coordinate along, and height above the line between the ends in pixels; above is to the left of the way.
    fn local(&self, [x, y]: Point) -> [f32; 2] {
        let (dx, dy) = (x - self.start[0], y - self.start[1]);
        [(dx * self.along[0] + dy * self.along[1]) / self.length, dx * self.along[1] - dy * self.along[0]]
    }

    fn place(&self, [u, v]: [f32; 2]) -> Point {
        let (du, [x, y]) = (u * self.length, self.along);
        [self.start[0] + du * x + v * y, self.start[1] + du * y - v * x]
    }

    /// Changes what is read at a place of the photo; `read` reads the places around.
    pub(super) fn paint(&self, at: Point, lanes: &mut [f32; LANES], read: &impl Fn(Point) -> [f32; LANES]) {
        let [u, v] = self.local(at);
        let [near, far] = [-self.beyond, 1.0 + self.beyond];
        if u <= near || u >= far {
            return;
        }
        let [top, bottom] = self.edges_at(u);
        let height = top - bottom;
        let across = (top - v) / height.max(1e-3);
        if !(0.0..=1.0).contains(&across) {
            return;
        }
        let ends = smoothstep(0.0, self.beyond, (u - near).min(far - u));
        let share = ends * smoothstep(0.0, FADES_OVER, across.min(1.0 - across));
        let mut around = [0.0; LANES];
        for step in [-1.0, 0.0, 1.0] {
            let u = (u + SIDEWAYS * step).clamp(near, far);
            for (v, weight) in self.edges_at(u).into_iter().zip([1.0 - across, across]) {
                for (sum, value) in around.iter_mut().zip(read(self.place([u, v]))) {
                    *sum += weight * value / 3.0;
                }
            }
        }
        around[lane::INK] = 0.0;
        around[lane::FEATURES] = 0.0;
        around[lane::DISTANCE] = lanes[lane::DISTANCE];
        for (value, around) in lanes.iter_mut().zip(around) {
            *value = mix(*value, around, share);
        }
    }

    /// The heights of both edges at a coordinate, the higher first.
    fn edges_at(&self, u: f32) -> [f32; 2] {
        let [a, b] = [0, 1].map(|side: usize| {
            let edge = &self.edges[side];
            let i = edge.partition_point(|point| point[0] < u).clamp(1, edge.len() - 1);
            let (from, to) = (edge[i - 1], edge[i]);
            let t = ((u - from[0]) / (to[0] - from[0]).max(1e-3)).clamp(0.0, 1.0);
            between(from, to, t)[1]
        });
        [a.max(b), a.min(b)]
    }
}
