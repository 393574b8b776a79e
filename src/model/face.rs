//! A face in a photo, as it was found and chosen.

use serde::{Deserialize, Serialize};

use crate::FaceFrame;

/// A face in photo pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Face {
    /// Left edge of the upright box around the face, forehead to chin without hair.
    pub left: f32,
    /// Top edge of the box.
    pub top: f32,
    /// Width of the box.
    pub width: f32,
    /// Height of the box.
    pub height: f32,
    /// How sure the mesh network is that this is a face, 0.5 to 1.
    pub score: f32,
    /// How far the head is tilted, in radians: 0 upright, positive when the person's left eye is lower.
    pub roll: f32,
    /// The 468 points of the face mesh as `[x, y]`, in the order of MediaPipe's canonical face model.
    pub points: Vec<[f32; 2]>,
}

impl Face {
    /// Points of the mesh.
    pub const POINTS: usize = 468;

    /// Area of the box in square pixels.
    pub fn area(&self) -> f32 {
        self.width * self.height
    }

    /// Quarter turns clockwise (0 to 3) of the photo that bring the face closest to upright.
    pub fn quarter_turns(&self) -> u32 {
        let turns = (-self.roll / std::f32::consts::FRAC_PI_2).round();
        (turns as i32).rem_euclid(4) as u32
    }

    /// The same face in a picture under which this photo lies as `frame` says, to a sixteenth of a pixel.
    #[must_use]
    pub fn seen_in(&self, frame: FaceFrame) -> Self {
        let fine = |value: f64| ((value * 16.0).round() / 16.0) as f32;
        let x = |value: f32| fine((f64::from(value) - frame.left) / frame.scale);
        let y = |value: f32| fine((f64::from(value) - frame.top) / frame.scale);
        let length = |value: f32| fine(f64::from(value) / frame.scale);
        Self {
            left: x(self.left),
            top: y(self.top),
            width: length(self.width),
            height: length(self.height),
            score: self.score,
            roll: self.roll,
            points: self.points.iter().map(|&[px, py]| [x(px), y(py)]).collect(),
        }
    }

    /// The same face after the photo of this width and height was turned clockwise by so many quarters.
    #[must_use]
    pub fn turned(&self, quarter_turns: u32, (width, height): (u32, u32)) -> Self {
        let (width, height) = (width as f32, height as f32);
        let place = |[x, y]: [f32; 2]| match quarter_turns % 4 {
            0 => [x, y],
            1 => [height - y, x],
            2 => [width - x, height - y],
            _ => [y, width - x],
        };
        let corners = [[self.left, self.top], [self.left + self.width, self.top + self.height]].map(place);
        let [left, top] = [0, 1].map(|axis: usize| corners[0][axis].min(corners[1][axis]));
        let [right, bottom] = [0, 1].map(|axis: usize| corners[0][axis].max(corners[1][axis]));
        let roll = self.roll + quarter_turns as f32 * std::f32::consts::FRAC_PI_2;
        Self {
            left,
            top,
            width: right - left,
            height: bottom - top,
            score: self.score,
            roll: roll.sin().atan2(roll.cos()),
            points: self.points.iter().map(|&point| place(point)).collect(),
        }
    }

    /// May this be drawn by in a picture of this width and height, whoever says so?
    pub fn is_sound(&self, (width, height): (u32, u32)) -> bool {
        // A face may reach beyond the edges, as far as it is large itself.
        let limit = 2.0 * width.max(height) as f32;
        let is_near = |value: f32| value.is_finite() && value.abs() <= limit;
        let box_is_sound = [self.left, self.top, self.width, self.height].into_iter().all(is_near)
            && self.width > 0.0
            && self.height > 0.0
            && self.roll.is_finite();
        box_is_sound && self.points.len() == Self::POINTS && self.points.iter().flatten().copied().all(is_near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face() -> Face {
        let points = vec![[30.0, 20.0]; Face::POINTS];
        Face { left: 20.0, top: 10.0, width: 20.0, height: 30.0, score: 0.9, roll: 0.0, points }
    }

    #[test]
    fn a_face_keeps_its_place_in_a_crop_and_its_size_in_a_smaller_picture() {
        let seen = face().seen_in(FaceFrame { left: 10.0, top: 6.0, scale: 2.0 });
        assert_eq!((seen.left, seen.top, seen.width, seen.height), (5.0, 2.0, 10.0, 15.0));
        assert_eq!(seen.points[7], [10.0, 7.0]);
    }

    #[test]
    fn four_quarter_turns_bring_a_face_back() {
        let mut size = (100, 60);
        let mut turned = face();
        for _ in 0..4 {
            turned = turned.turned(1, size);
            size = (size.1, size.0);
        }
        assert!((turned.roll - face().roll).abs() < 1e-5);
        assert_eq!(Face { roll: 0.0, ..turned }, face());
        let once = face().turned(1, (100, 60));
        assert_eq!((once.left, once.top, once.width, once.height), (20.0, 20.0, 30.0, 20.0));
        assert_eq!(once.quarter_turns(), 3);
    }

    #[test]
    fn what_is_no_face_is_not_sound() {
        assert!(face().is_sound((100, 60)));
        assert!(!Face { points: Vec::new(), ..face() }.is_sound((100, 60)));
        assert!(!Face { left: f32::NAN, ..face() }.is_sound((100, 60)));
        assert!(!Face { top: 1e9, ..face() }.is_sound((100, 60)));
    }
}
