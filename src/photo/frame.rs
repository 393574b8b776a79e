//! Which part of a photo is sent: head and shoulders around the chosen face.

use crate::picture::Region;
use crate::vision::Face;

/// Room beside the face box on each side, in face heights: hair, ears and shoulders.
const BESIDE: f64 = 1.7;

/// Room above the face box: hair, a hat.
const ABOVE: f64 = 1.5;

/// Room below the face box: neck and chest.
const BELOW: f64 = 1.9;

/// All of a photo.
pub fn whole((width, height): (u32, u32)) -> Region {
    Region { left: 0.0, top: 0.0, width: f64::from(width), height: f64::from(height) }
}

/// Head and shoulders around `face`, as far as the photo reaches, in whole pixels.
///
/// The engine draws a square of 3.5 face heights and looks no further, so nothing it needs is lost.
pub fn around_face(photo: (u32, u32), face: &Face) -> Region {
    let wanted = padded_around_face(face);
    let all = whole(photo);
    let left = wanted.left.clamp(0.0, all.width - 1.0);
    let top = wanted.top.clamp(0.0, all.height - 1.0);
    let right = (wanted.left + wanted.width).clamp(left + 1.0, all.width);
    let bottom = (wanted.top + wanted.height).clamp(top + 1.0, all.height);
    Region { left, top, width: right - left, height: bottom - top }
}

/// Head and shoulders around `face` in whole pixels, beyond the photo's edges where it is too tight.
///
/// [`super::prepare`] fills what lies beyond with the colour of the padding.
pub fn padded_around_face(face: &Face) -> Region {
    let (left, top) = (f64::from(face.left), f64::from(face.top));
    let (right, bottom) = (left + f64::from(face.width), top + f64::from(face.height));
    let unit = f64::from(face_size(face));
    // A head that lies on its side needs the most room all around.
    let (beside, above, below) = if face.quarter_turns() == 0 { (BESIDE, ABOVE, BELOW) } else { (BELOW, BELOW, BELOW) };
    let (left, top) = ((left - beside * unit).floor(), (top - above * unit).floor());
    Region { left, top, width: (right + beside * unit).ceil() - left, height: (bottom + below * unit).ceil() - top }
}

/// Height of a face in photo pixels, however the head lies.
pub(super) fn face_size(face: &Face) -> f32 {
    face.width.max(face.height)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(left: f32, top: f32, height: f32) -> Face {
        Face { left, top, width: height * 0.8, height, score: 0.9, roll: 0.0, points: Vec::new() }
    }

    #[test]
    fn the_crop_holds_all_that_the_engine_draws() {
        let face = face(900.0, 800.0, 100.0);
        let crop = around_face((2000, 2000), &face);
        let (middle_x, middle_y, half) = (940.0, 850.0, 1.75 * 100.0);
        assert!(crop.left <= middle_x - half && crop.left + crop.width >= middle_x + half);
        assert!(crop.top <= middle_y - half && crop.top + crop.height >= middle_y + half);
    }

    #[test]
    fn the_crop_stays_within_the_photo_unless_padding_is_asked_for() {
        let face = face(10.0, 20.0, 100.0);
        let crop = around_face((120, 150), &face);
        assert_eq!(crop, Region { left: 0.0, top: 0.0, width: 120.0, height: 150.0 });
        let padded = padded_around_face(&face);
        assert!(padded.left < 0.0 && padded.top < 0.0 && padded.left + padded.width > 120.0);
    }

    #[test]
    fn a_face_beyond_the_photo_still_gives_a_pixel() {
        let crop = around_face((50, 50), &face(900.0, 900.0, 10.0));
        assert!(crop.width >= 1.0 && crop.left + crop.width <= 50.0 && crop.top + crop.height <= 50.0);
    }
}
