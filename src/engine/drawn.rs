//! Shapes that follow the mesh: irises, brows, lips, lids, nostrils, lights in the eyes.

use super::colour::Lab;
use super::geometry::{Point, bounds, distance, from_polygon, from_segment, smooth};
use super::plane::smoothstep;

/// What decides a shape's colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Paint {
    /// One colour.
    Plain(Lab),
    /// One colour where the photo is darker than the first lightness, none where it is lighter than the second.
    WhereDark(Lab, [f32; 2]),
    /// The first colour where the photo is lighter than a limit, the second where it is darker.
    TwoTone(Lab, Lab, f32),
    /// One colour where there is skin; it takes the palette of skin.
    OnSkin(Lab),
}

impl Paint {
    /// The colour and its opacity over a photo of this lightness with this share of skin.
    pub(super) fn over(self, photo_lightness: f32, skin: f32) -> (Lab, f32) {
        match self {
            Self::Plain(colour) => (colour, 1.0),
            Self::WhereDark(colour, [dark, light]) => (colour, smoothstep(light, dark, photo_lightness)),
            Self::TwoTone(light, dark, limit) => {
                let share = smoothstep(limit - 0.10, limit + 0.06, photo_lightness);
                (super::colour::mixed(dark, light, share), 1.0)
            }
            Self::OnSkin(colour) => (colour, smoothstep(0.4, 0.6, skin)),
        }
    }
}

/// The outline of a shape, in canvas pixels with centres on halves.
#[derive(Clone, Debug, PartialEq)]
enum Outline {
    /// A polygon.
    Area(Vec<Point>),
    /// A line that is widest in its middle; its ends keep these shares of the width.
    Line { points: Vec<Point>, half_width: f32, ends: [f32; 2] },
    /// A disc.
    Disc { centre: Point, radius: f32 },
}

/// A shape to draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    outline: Outline,
    clip: Option<Vec<Point>>,
    soft: f32,
    /// Opacity from 0 to 1.
    pub(super) opacity: f32,
    /// Does it hide lines found in the photo?
    pub(super) hides_ink: bool,
    /// Its colour.
    pub(super) paint: Paint,
    /// `left, top, right, bottom`.
    bounds: [f32; 4],
}

/// Half the width of an anti-aliased edge in pixels.
const EDGE: f32 = 0.75;

/// The thinnest line, in pixels.
const LEAST_HALF_WIDTH: f32 = 0.45;

impl Shape {
    /// A smooth closed area through the points.
    pub(super) fn area(points: &[Point], paint: Paint, opacity: f32) -> Self {
        let points = smooth(points, true, 3);
        let bounds = bounds(&points, EDGE + 1.0);
        Self { outline: Outline::Area(points), clip: None, soft: EDGE, opacity, hides_ink: false, paint, bounds }
    }

    /// An ellipse with these half axes, turned by `angle` in radians.
    pub(super) fn ellipse(centre: Point, [half_width, half_height]: [f32; 2], angle: f32, paint: Paint) -> Self {
        Self::area(&ellipse(centre, [half_width, half_height], angle), paint, 1.0)
    }

    /// A smooth line through the points that swells to `half_width` in the middle.
    pub(super) fn line(points: &[Point], half_width: f32, ends: [f32; 2], colour: Lab, opacity: f32) -> Self {
        let points = smooth(points, false, 4);
        // A line thinner than a pixel becomes a pale one.
        let opacity = opacity * (half_width / LEAST_HALF_WIDTH).min(1.0);
        let half_width = half_width.max(LEAST_HALF_WIDTH);
        let bounds = bounds(&points, half_width + EDGE + 1.0);
        let outline = Outline::Line { points, half_width, ends };
        Self { outline, clip: None, soft: EDGE, opacity, hides_ink: false, paint: Paint::Plain(colour), bounds }
    }

    /// A disc.
    pub(super) fn disc(centre: Point, radius: f32, colour: Lab, opacity: f32) -> Self {
        let bounds = bounds(&[centre], radius + EDGE + 1.0);
        let outline = Outline::Disc { centre, radius };
        Self { outline, clip: None, soft: EDGE, opacity, hides_ink: false, paint: Paint::Plain(colour), bounds }
    }

    /// With this opacity.
    pub(super) fn faded(mut self, opacity: f32) -> Self {
        self.opacity *= opacity;
        self
    }

    /// Only inside this area.
    pub(super) fn clipped(mut self, points: &[Point]) -> Self {
        self.clip = Some(smooth(points, true, 3));
        self
    }

    /// Drawn over the lines found in the photo.
    pub(super) fn over_ink(mut self) -> Self {
        self.hides_ink = true;
        self
    }

    /// With an edge at least this many pixels wide to both sides.
    pub(super) fn softened(mut self, soft: f32) -> Self {
        let soft = soft.max(EDGE);
        let grow = soft - self.soft;
        self.bounds = [self.bounds[0] - grow, self.bounds[1] - grow, self.bounds[2] + grow, self.bounds[3] + grow];
        self.soft = soft;
        self
    }

    /// The columns of the canvas row `y` that the shape may touch.
    pub(super) fn columns(&self, y: usize, width: usize) -> std::ops::Range<usize> {
        let [left, top, right, bottom] = self.bounds;
        let middle = y as f32 + 0.5;
        if middle < top || middle > bottom || right < 0.0 {
            return 0..0;
        }
        let end = (right.ceil().max(0.0) as usize).min(width);
        (left.floor().max(0.0) as usize).min(end)..end
    }

    /// How much of the pixel with its centre at `at` is covered, 0 to 1.
    pub(super) fn coverage(&self, at: Point) -> f32 {
        let distance = match &self.outline {
            Outline::Area(points) => from_polygon(at, points),
            Outline::Line { points, half_width, ends } => from_line(at, points, *half_width, *ends),
            Outline::Disc { centre, radius } => distance(at, *centre) - radius,
        };
        let cover = smoothstep(self.soft, -self.soft, distance);
        if cover <= 0.0 {
            return 0.0;
        }
        let clip = self.clip.as_ref().map_or(1.0, |clip| smoothstep(EDGE, -EDGE, from_polygon(at, clip)));
        cover.min(clip)
    }
}

/// Points around an ellipse.
pub(super) fn ellipse(centre: Point, [half_width, half_height]: [f32; 2], angle: f32) -> Vec<Point> {
    let (sine, cosine) = angle.sin_cos();
    (0..12)
        .map(|i| {
            let (up, along) = (i as f32 * std::f32::consts::TAU / 12.0).sin_cos();
            let (x, y) = (half_width * along, half_height * up);
            [centre[0] + x * cosine - y * sine, centre[1] + x * sine + y * cosine]
        })
        .collect()
}

/// Distance from a line of changing width.
fn from_line(at: Point, points: &[Point], half_width: f32, ends: [f32; 2]) -> f32 {
    let pieces = (points.len() - 1) as f32;
    let mut nearest = f32::MAX;
    for (i, pair) in points.windows(2).enumerate() {
        let (distance, t) = from_segment(at, pair[0], pair[1]);
        let along = (i as f32 + t) / pieces;
        let end = if along < 0.5 { ends[0] } else { ends[1] };
        let swell = end + (1.0 - end) * (std::f32::consts::PI * along).sin();
        nearest = nearest.min(distance - half_width * swell);
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Lab = [0.0; 3];

    #[test]
    fn a_line_is_thick_in_the_middle_and_thin_at_its_ends() {
        let line = Shape::line(&[[0.0, 10.0], [50.0, 10.0], [100.0, 10.0]], 5.0, [0.1, 0.1], BLACK, 1.0);
        assert_eq!(line.coverage([50.0, 13.0]), 1.0);
        assert_eq!(line.coverage([3.0, 13.0]), 0.0);
        assert!(line.columns(30, 100).is_empty() && line.columns(10, 40) == (0..40));
    }

    #[test]
    fn a_clipped_disc_stays_inside_its_clip() {
        let clip = [[0.0, 0.0], [20.0, 0.0], [20.0, 10.0], [0.0, 10.0]];
        let disc = Shape::disc([10.0, 10.0], 6.0, BLACK, 1.0).clipped(&clip);
        assert_eq!(disc.coverage([10.0, 7.0]), 1.0);
        assert_eq!(disc.coverage([10.0, 14.0]), 0.0);
    }
}
