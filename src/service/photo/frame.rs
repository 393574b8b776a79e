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

/// This part of a photo without the faces that are bigger than `meant`, as far as that one stays whole.
///
/// Who draws the biggest face then draws this one. For each of the others the edge moves that costs the least.
pub fn without_bigger(part: Region, meant: &Face, faces: &[Face]) -> Region {
    faces.iter().filter(|other| other.area() > meant.area()).fold(part, |part, other| without(part, meant, other))
}

/// Room that a face keeps beside it where another one is left out, in face heights.
const LEAST_ROOM: f64 = 0.35;

fn without(part: Region, meant: &Face, other: &Face) -> Region {
    let [left, top, right, bottom] = edges(part);
    let [meant_left, meant_top, meant_right, meant_bottom] = edges_of(meant);
    let [other_left, other_top, other_right, other_bottom] = edges_of(other);
    if other_left >= right || other_right <= left || other_top >= bottom || other_bottom <= top {
        return part;
    }
    let room = LEAST_ROOM * f64::from(face_size(meant));
    // The other's near edge, or closer to its middle where this face needs room.
    let up_to = |mine: f64, near: f64, far: f64| {
        let middle = f64::midpoint(near, far) - 1.0;
        let edge = near.max((mine + room).min(middle)).floor();
        (edge >= mine && edge <= middle).then_some(edge)
    };
    let parts = [
        up_to(meant_right, other_left, other_right).map(|edge| [left, top, edge.min(right), bottom]),
        up_to(-meant_left, -other_right, -other_left).map(|edge| [(-edge).max(left), top, right, bottom]),
        up_to(meant_bottom, other_top, other_bottom).map(|edge| [left, top, right, edge.min(bottom)]),
        up_to(-meant_top, -other_bottom, -other_top).map(|edge| [left, (-edge).max(top), right, bottom]),
    ];
    let area = |[left, top, right, bottom]: &[f64; 4]| (right - left) * (bottom - top);
    let best = parts.into_iter().flatten().max_by(|one, other| area(one).total_cmp(&area(other)));
    best.map_or(part, |[left, top, right, bottom]| Region { left, top, width: right - left, height: bottom - top })
}

fn edges(part: Region) -> [f64; 4] {
    [part.left, part.top, part.left + part.width, part.top + part.height]
}

fn edges_of(face: &Face) -> [f64; 4] {
    let (left, top) = (f64::from(face.left), f64::from(face.top));
    [left, top, left + f64::from(face.width), top + f64::from(face.height)]
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
    fn a_bigger_face_is_left_out_on_whichever_side_it_is_and_the_meant_one_stays_whole() {
        let meant = face(500.0, 500.0, 100.0);
        let around = around_face((1200, 1200), &meant);
        for (left, top) in [(600.0, 420.0), (330.0, 480.0), (480.0, 620.0), (430.0, 300.0)] {
            let bigger = face(left, top, 160.0);
            assert!(crate::photo::shows(around, &bigger), "{left}, {top}");
            let alone = without_bigger(around, &meant, &[bigger.clone(), meant.clone()]);
            assert!(!crate::photo::shows(alone, &bigger), "{left}, {top}: {alone:?}");
            let [left, top, right, bottom] = edges(alone);
            assert!(left <= 500.0 && top <= 500.0 && right >= 580.0 && bottom >= 600.0, "{alone:?}");
            assert!(alone.width * alone.height > 0.4 * around.width * around.height, "{alone:?}");
        }
        // A smaller one may stay, and so may one that lies over the face that is meant.
        assert_eq!(without_bigger(around, &meant, &[face(650.0, 500.0, 60.0)]), around);
        assert_eq!(without_bigger(around, &meant, &[face(480.0, 480.0, 150.0)]), around);
    }

    #[test]
    fn a_face_beyond_the_photo_still_gives_a_pixel() {
        let crop = around_face((50, 50), &face(900.0, 900.0, 10.0));
        assert!(crop.width >= 1.0 && crop.left + crop.width <= 50.0 && crop.top + crop.height <= 50.0);
    }
}
