//! Shapes that follow the mesh: irises, brows, lips, lids, nostrils, lights in the eyes.

use std::ops::Range;

use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::{Point, PolygonRow, bounds, distance, from_segment, smooth};
use crate::engine::raster::plane::smoothstep;

/// What decides a shape's colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) enum Paint {
    /// One colour.
    Plain(Lab),
    /// One colour where the photo is darker than the first lightness, none where it is lighter than the second.
    WhereDark(Lab, [f32; 2]),
    /// The first colour where the photo is lighter than a limit, the second where it is darker.
    TwoTone(Lab, Lab, f32),
    /// One colour where there is skin; it takes the palette of skin.
    OnSkin(Lab),
    /// Skin that the photo does not have; it takes the palette of skin.
    Skin(Lab),
}

impl Paint {
    /// Does it take the palette of skin?
    pub(in crate::engine) const fn is_skin(self) -> bool {
        matches!(self, Self::OnSkin(_) | Self::Skin(_))
    }

    /// The colour and its opacity over a photo of this lightness with this share of skin.
    pub(in crate::engine) fn over(self, photo_lightness: f32, skin: f32) -> (Lab, f32) {
        match self {
            Self::Plain(colour) | Self::Skin(colour) => (colour, 1.0),
            Self::WhereDark(colour, [dark, light]) => (colour, smoothstep(light, dark, photo_lightness)),
            Self::TwoTone(light, dark, limit) => {
                let share = smoothstep(limit - 0.10, limit + 0.06, photo_lightness);
                (crate::engine::raster::colour::mixed(dark, light, share), 1.0)
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
pub(in crate::engine) struct Shape {
    outline: Outline,
    clip: Option<Vec<Point>>,
    soft: f32,
    /// Opacity from 0 to 1.
    pub(in crate::engine) opacity: f32,
    /// Does it hide lines found in the photo?
    pub(in crate::engine) hides_ink: bool,
    /// Is it free of halftone dots?
    pub(in crate::engine) is_plain: bool,
    /// Its colour.
    pub(in crate::engine) paint: Paint,
    /// `left, top, right, bottom`.
    bounds: [f32; 4],
}

/// Half the width of an anti-aliased edge in pixels.
const EDGE: f32 = 0.75;

/// The thinnest line, in pixels.
const LEAST_HALF_WIDTH: f32 = 0.45;

impl Shape {
    /// With sharp edges, over the ink's lines, and dotted like the photo.
    const fn new(outline: Outline, paint: Paint, opacity: f32, bounds: [f32; 4]) -> Self {
        Self { outline, clip: None, soft: EDGE, opacity, hides_ink: false, is_plain: false, paint, bounds }
    }

    /// A smooth closed area through the points.
    pub(in crate::engine) fn area(points: &[Point], paint: Paint, opacity: f32) -> Self {
        let points = smooth(points, true, 3);
        let bounds = bounds(&points, EDGE + 1.0);
        Self::new(Outline::Area(points), paint, opacity, bounds)
    }

    /// An ellipse with these half axes, turned by `angle` in radians.
    pub(in crate::engine) fn ellipse(
        centre: Point,
        [half_width, half_height]: [f32; 2],
        angle: f32,
        paint: Paint,
    ) -> Self {
        Self::area(&ellipse(centre, [half_width, half_height], angle), paint, 1.0)
    }

    /// A smooth line through the points that swells to `half_width` in the middle.
    pub(in crate::engine) fn line(
        points: &[Point],
        half_width: f32,
        ends: [f32; 2],
        colour: Lab,
        opacity: f32,
    ) -> Self {
        let points = smooth(points, false, 4);
        // A line thinner than a pixel becomes a pale one.
        let opacity = opacity * (half_width / LEAST_HALF_WIDTH).min(1.0);
        let half_width = half_width.max(LEAST_HALF_WIDTH);
        let bounds = bounds(&points, half_width + EDGE + 1.0);
        let outline = Outline::Line { points, half_width, ends };
        Self::new(outline, Paint::Plain(colour), opacity, bounds)
    }

    /// A disc.
    pub(in crate::engine) fn disc(centre: Point, radius: f32, colour: Lab, opacity: f32) -> Self {
        let bounds = bounds(&[centre], radius + EDGE + 1.0);
        let outline = Outline::Disc { centre, radius };
        Self::new(outline, Paint::Plain(colour), opacity, bounds)
    }

    /// With this opacity.
    pub(in crate::engine) fn faded(mut self, opacity: f32) -> Self {
        self.opacity *= opacity;
        self
    }

    /// Moved by so many pixels.
    pub(in crate::engine) fn shifted(mut self, [dx, dy]: Point) -> Self {
        let shift = |points: &mut Vec<Point>| points.iter_mut().for_each(|p| *p = [p[0] + dx, p[1] + dy]);
        match &mut self.outline {
            Outline::Area(points) | Outline::Line { points, .. } => shift(points),
            Outline::Disc { centre, .. } => *centre = [centre[0] + dx, centre[1] + dy],
        }
        self.clip.as_mut().map(shift).unwrap_or_default();
        let [left, top, right, bottom] = self.bounds;
        self.bounds = [left + dx, top + dy, right + dx, bottom + dy];
        self
    }

    /// Only inside this area.
    pub(in crate::engine) fn clipped(mut self, points: &[Point]) -> Self {
        self.clip = Some(smooth(points, true, 3));
        self
    }

    /// Drawn over the lines found in the photo.
    pub(in crate::engine) fn over_ink(mut self) -> Self {
        self.hides_ink = true;
        self
    }

    /// Without halftone dots.
    pub(in crate::engine) fn plain(mut self) -> Self {
        self.is_plain = true;
        self
    }

    /// With an edge at least this many pixels wide to both sides.
    pub(in crate::engine) fn softened(mut self, soft: f32) -> Self {
        let soft = soft.max(EDGE);
        let grow = soft - self.soft;
        self.bounds = [self.bounds[0] - grow, self.bounds[1] - grow, self.bounds[2] + grow, self.bounds[3] + grow];
        self.soft = soft;
        self
    }

    /// The columns of the canvas row `y` that the shape touches, with its opacity there.
    pub(in crate::engine) fn covers(&self, y: usize, width: usize) -> impl Iterator<Item = (usize, f32)> {
        let row = self.row(y as f32 + 0.5, width);
        row.into_iter().flat_map(move |(columns, row)| {
            columns.map(move |x| (x, row.coverage(x as f32 + 0.5) * self.opacity)).filter(|&(_, cover)| cover > 0.0)
        })
    }

    /// The columns that the shape may touch in the row with its middle at `y`, and what of it lies near.
    fn row(&self, y: f32, width: usize) -> Option<(Range<usize>, Row<'_>)> {
        let [left, top, right, bottom] = self.bounds;
        if y < top || y > bottom || right < 0.0 {
            return None;
        }
        let end = (right.ceil().max(0.0) as usize).min(width);
        let columns = (left.floor().max(0.0) as usize).min(end)..end;
        let part = match &self.outline {
            Outline::Area(points) => Part::Area(PolygonRow::new(points, y, self.soft)),
            Outline::Line { points, half_width, ends } => {
                let reach = half_width + self.soft;
                let is_near =
                    |(_, [a, b]): &(usize, [Point; 2])| y >= a[1].min(b[1]) - reach && y <= a[1].max(b[1]) + reach;
                let count = points.len() - 1;
                let pieces = points.windows(2).map(|pair| [pair[0], pair[1]]).enumerate().filter(is_near).collect();
                Part::Line { pieces, count, half_width: *half_width, ends: *ends }
            }
            Outline::Disc { centre, radius } => Part::Disc { centre: *centre, radius: *radius },
        };
        let clip = self.clip.as_ref().map(|clip| PolygonRow::new(clip, y, EDGE));
        Some((columns, Row { shape: self, y, part, clip }))
    }
}

/// What one row of the canvas sees of a shape: pieces that lie too far above or below are left out.
struct Row<'a> {
    shape: &'a Shape,
    y: f32,
    part: Part,
    clip: Option<PolygonRow>,
}

/// An [`Outline`] as one row sees it.
enum Part {
    Area(PolygonRow),
    /// Of `count` pieces those that are near, with their places in the line.
    Line {
        pieces: Vec<(usize, [Point; 2])>,
        count: usize,
        half_width: f32,
        ends: [f32; 2],
    },
    Disc {
        centre: Point,
        radius: f32,
    },
}

impl Row<'_> {
    /// How much of the pixel with its centre at the column `x` is covered, 0 to 1.
    fn coverage(&self, x: f32) -> f32 {
        let at = [x, self.y];
        let distance = match &self.part {
            Part::Area(polygon) => polygon.distance(x),
            Part::Line { pieces, count, half_width, ends } => from_line(at, pieces, *count, *half_width, *ends),
            Part::Disc { centre, radius } => distance(at, *centre) - radius,
        };
        let cover = smoothstep(self.shape.soft, -self.shape.soft, distance);
        if cover <= 0.0 {
            return 0.0;
        }
        let clip = self.clip.as_ref().map_or(1.0, |clip| smoothstep(EDGE, -EDGE, clip.distance(x)));
        cover.min(clip)
    }
}

/// Points around an ellipse.
pub(in crate::engine) fn ellipse(centre: Point, [half_width, half_height]: [f32; 2], angle: f32) -> Vec<Point> {
    let (sine, cosine) = angle.sin_cos();
    (0..12)
        .map(|i| {
            let (up, along) = (i as f32 * std::f32::consts::TAU / 12.0).sin_cos();
            let (x, y) = (half_width * along, half_height * up);
            [centre[0] + x * cosine - y * sine, centre[1] + x * sine + y * cosine]
        })
        .collect()
}

/// Distance from some of the `count` pieces of a line of changing width.
fn from_line(at: Point, pieces: &[(usize, [Point; 2])], count: usize, half_width: f32, ends: [f32; 2]) -> f32 {
    let mut nearest = f32::MAX;
    for &(i, [a, b]) in pieces {
        let (distance, t) = from_segment(at, a, b);
        let along = (i as f32 + t) / count as f32;
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

    /// The opacity of a shape in one pixel.
    fn cover(shape: &Shape, x: usize, y: usize) -> f32 {
        shape.covers(y, 200).find(|&(column, _)| column == x).map_or(0.0, |(_, cover)| cover)
    }

    #[test]
    fn a_line_is_thick_in_the_middle_and_thin_at_its_ends() {
        let line = Shape::line(&[[0.0, 10.0], [50.0, 10.0], [100.0, 10.0]], 5.0, [0.1, 0.1], BLACK, 1.0);
        assert_eq!(cover(&line, 50, 12), 1.0);
        assert_eq!(cover(&line, 3, 12), 0.0);
        assert_eq!(line.covers(30, 100).count(), 0);
        assert!(line.covers(10, 40).all(|(x, _)| x < 40));
    }

    #[test]
    fn a_clipped_disc_stays_inside_its_clip() {
        let clip = [[0.0, 0.0], [20.0, 0.0], [20.0, 10.0], [0.0, 10.0]];
        let disc = Shape::disc([10.0, 10.0], 6.0, BLACK, 1.0).clipped(&clip);
        assert_eq!(cover(&disc, 9, 6), 1.0);
        assert_eq!(cover(&disc, 9, 13), 0.0);
    }
}
