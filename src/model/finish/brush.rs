//! Strokes of the brush on a cut-out, kept as they were drawn so that each can be taken back.

use serde::{Deserialize, Serialize};

/// What a brush does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrushMode {
    /// Brings parts of the picture back.
    Add,
    /// Cuts parts away.
    #[default]
    Erase,
}

/// A brush.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brush {
    /// What it does.
    pub mode: BrushMode,
    /// Its diameter, a share of the longer edge of the original.
    pub size: f32,
    /// The share of its radius over which it fades, 0 to 1.
    pub softness: f32,
    /// Keep to what has the colours under the brush's middle, so that it stops at edges of the picture.
    pub keeps_to_edges: bool,
}

impl Default for Brush {
    fn default() -> Self {
        Self { mode: BrushMode::Erase, size: 0.06, softness: 0.3, keeps_to_edges: false }
    }
}

impl Brush {
    /// The least and the greatest diameter.
    pub const SIZES: [f32; 2] = [0.004, 0.4];

    /// The same brush a step larger or smaller.
    #[must_use]
    pub fn resized(self, larger: bool) -> Self {
        let size = self.size * if larger { 1.2 } else { 1.0 / 1.2 };
        Self { size: size.clamp(Self::SIZES[0], Self::SIZES[1]), ..self }
    }
}

/// One stroke: a brush and the way it went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stroke {
    /// The brush.
    #[serde(flatten)]
    pub brush: Brush,
    /// Where it went: shares of the original's width and height, and the pressure, 0 to 1.
    pub points: Vec<[f32; 3]>,
}

impl Stroke {
    /// Points at most; a longer drag goes on as another stroke.
    pub const MOST_POINTS: usize = 4000;

    /// Goes on to this point, unless it is hardly further; places are kept to a hundredth of a per cent.
    pub fn push(&mut self, at: [f32; 2], pressure: f32) {
        let round = |value: f32| (value * 10_000.0).round() / 10_000.0;
        let point = [round(at[0]), round(at[1]), round(pressure.clamp(0.0, 1.0))];
        let near = self.points.last().is_some_and(|last| (last[0] - point[0]).hypot(last[1] - point[1]) < 0.001);
        if !near && self.points.len() < Self::MOST_POINTS {
            self.points.push(point);
        }
    }

    /// Brings everything within its range.
    pub(super) fn fit(&mut self) {
        let [least, most] = Brush::SIZES;
        let Brush { size, softness, .. } = &mut self.brush;
        *size = if size.is_finite() { size.clamp(least, most) } else { Brush::default().size };
        *softness = if softness.is_finite() { softness.clamp(0.0, 1.0) } else { Brush::default().softness };
        self.points.retain(|point| point.iter().all(|value| value.is_finite() && value.abs() < 4.0));
        self.points.truncate(Self::MOST_POINTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stroke_is_short_in_its_file() {
        let mut stroke = Stroke::default();
        for step in 0..50 {
            stroke.push([0.1 + step as f32 * 0.0004, 1.0 / 3.0], 1.0);
        }
        assert!(stroke.points.len() < 30, "{}", stroke.points.len());
        let json = serde_json::to_string(&stroke).unwrap();
        assert!(json.contains("[0.1,0.3333,1.0]"), "{json}");
        assert_eq!(serde_json::from_str::<Stroke>(&json).unwrap(), stroke);
    }

    #[test]
    fn a_brush_grows_and_shrinks_within_its_range() {
        let mut brush = Brush::default();
        for _ in 0..99 {
            brush = brush.resized(true);
        }
        assert_eq!(brush.size, Brush::SIZES[1]);
        assert!(brush.resized(false).size < brush.size);
    }
}
