//! Outlines of hearts, drops and stars, in face heights around their middles.

use crate::engine::acting::Axes;
use crate::engine::raster::geometry::Point;

/// Places outlines on the canvas: scaled, turned and moved.
pub(super) struct At<'a> {
    pub(super) axes: &'a Axes,
    pub(super) middle: Point,
    pub(super) size: f32,
    /// Turned to the person's left by so many radians.
    pub(super) turn: f32,
}

impl At<'_> {
    /// A place in units of the figure's size, to the person's left and up.
    pub(super) fn at(&self, [x, y]: [f32; 2]) -> Point {
        let (sine, cosine) = self.turn.sin_cos();
        let place = [x * cosine + y * sine, y * cosine - x * sine].map(|v| v * self.size);
        self.axes.at(self.middle, place)
    }

    /// Some places.
    pub(super) fn line(&self, points: &[[f32; 2]]) -> Vec<Point> {
        points.iter().map(|&point| self.at(point)).collect()
    }

    /// A heart two units wide.
    pub(super) fn heart(&self) -> Vec<Point> {
        (0..28)
            .map(|i| {
                let t = i as f32 * std::f32::consts::TAU / 28.0;
                let y = 13.0 * t.cos() - 5.0 * (2.0 * t).cos() - 2.0 * (3.0 * t).cos() - (4.0 * t).cos();
                self.at([t.sin().powi(3), (y + 2.5) / 16.0])
            })
            .collect()
    }

    /// A drop that hangs from its tip, two units wide and three high.
    pub(super) fn drop(&self) -> Vec<Point> {
        self.line(&[
            [0.0, 1.85],
            [0.0, 1.85],
            [0.42, 0.95],
            [0.86, 0.10],
            [0.98, -0.42],
            [0.70, -0.95],
            [0.0, -1.18],
            [-0.70, -0.95],
            [-0.98, -0.42],
            [-0.86, 0.10],
            [-0.42, 0.95],
        ])
    }

    /// A star of four points, two units wide.
    pub(super) fn star(&self) -> Vec<Point> {
        let mut points = Vec::new();
        for i in 0..4 {
            let angle = i as f32 * std::f32::consts::FRAC_PI_2;
            let (sine, cosine) = angle.sin_cos();
            points.extend([self.at([sine, cosine]), self.at([sine, cosine])]);
            let (sine, cosine) = (angle + std::f32::consts::FRAC_PI_4).sin_cos();
            points.push(self.at([0.26 * sine, 0.26 * cosine]));
        }
        points
    }
}
