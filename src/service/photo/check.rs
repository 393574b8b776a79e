//! What speaks against a photo before a cent is spent: one sentence and one way out each.

use image::RgbImage;

use super::LONGEST_EDGE;
use super::frame::face_size;
use crate::model::finding::{Finding, LEAST_FACE_PIXELS};
use crate::picture::{Region, resize_region};
use crate::vision::Face;

/// Faces lower than this are drawn, but coarsely, in pixels of what is sent.
pub const SMALL_FACE_PIXELS: u32 = 48;

/// Room that a face needs, in face heights: hair above, ears beside, chin below.
const ROOM_ABOVE: f64 = 0.3;
const ROOM_BESIDE: f64 = 0.15;
const ROOM_BELOW: f64 = 0.1;

/// Height of the copy of a face on which sharpness and light are measured, in pixels.
const MEASURED_HEIGHT: u32 = 96;

/// The level, 0 to 255, that the brightest part of a face must reach to have light on it.
///
/// Not the mean: that tells the colour of a skin. Eyes and highlights are bright in every lit face.
const LIT_LEVEL: f32 = 56.0;

/// The share of a face's pixels that are its brightest part.
const BRIGHTEST_SHARE: f32 = 0.02;

/// Share of the contrast in the finest detail below which a face is blurred.
const BLURRED_SHARE: f32 = 0.006;

/// What speaks against sending this part of a photo with these faces, the most blocking first.
///
/// The first face is the one that is meant; all of it is in photo pixels.
pub fn check(sent: Region, faces: &[Face]) -> Vec<Finding> {
    let Some(meant) = faces.first() else { return vec![Finding::NoFace] };
    if !shows(sent, meant) {
        return vec![Finding::FaceOutside];
    }
    let mut findings = Vec::new();
    let shrunk = (sent.width.max(sent.height) / f64::from(LONGEST_EDGE)).max(1.0);
    let pixels = (f64::from(face_size(meant)) / shrunk).round() as u32;
    if pixels < LEAST_FACE_PIXELS {
        findings.push(Finding::FaceTooSmall { pixels });
    }
    let quarter_turns = meant.quarter_turns() as u8;
    if quarter_turns != 0 {
        findings.push(Finding::Sideways { quarter_turns });
    }
    if is_too_tight(meant, sent, quarter_turns) {
        findings.push(Finding::TooTight);
    }
    let others = || faces.iter().skip(1).filter(|face| shows(sent, face));
    if others().any(|face| face.area() > meant.area()) {
        findings.push(Finding::AnotherIsBigger);
    }
    if (LEAST_FACE_PIXELS..SMALL_FACE_PIXELS).contains(&pixels) {
        findings.push(Finding::FaceSmall { pixels });
    }
    if faces.len() > 1 {
        findings.push(Finding::SeveralFaces { count: faces.len() });
    }
    findings
}

/// Is the middle of a face in this part of the photo?
pub fn shows(part: Region, face: &Face) -> bool {
    let (x, y) = (f64::from(face.left + face.width / 2.0), f64::from(face.top + face.height / 2.0));
    (part.left..part.left + part.width).contains(&x) && (part.top..part.top + part.height).contains(&y)
}

/// Is there less room around the face than its hair, ears and chin need?
fn is_too_tight(face: &Face, sent: Region, quarter_turns: u8) -> bool {
    let unit = f64::from(face_size(face));
    let (left, top) = (f64::from(face.left) - sent.left, f64::from(face.top) - sent.top);
    let right = sent.width - left - f64::from(face.width);
    let bottom = sent.height - top - f64::from(face.height);
    let mut room = [top, right, bottom, left].map(|edge| edge / unit);
    // Above, right, below, left: after turning clockwise, what was left is above.
    room.rotate_right(usize::from(quarter_turns));
    let [above, right, below, left] = room;
    above < ROOM_ABOVE || left < ROOM_BESIDE || right < ROOM_BESIDE || below < ROOM_BELOW
}

/// What the pixels of a face say against it: blur and darkness.
pub fn check_pixels(photo: &RgbImage, face: &Face) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(levels) = measured_levels(photo, face) else { return findings };
    // Enlarging makes no detail, so a small face would always seem blurred; its size is told already.
    if face.height >= MEASURED_HEIGHT as f32 * 0.75 && fine_detail_share(&levels) < BLURRED_SHARE {
        findings.push(Finding::Blurred);
    }
    if brightest_level(&levels) < LIT_LEVEL {
        findings.push(Finding::Dark);
    }
    findings
}

/// The level above which only the brightest part of the face lies.
fn brightest_level(levels: &[Vec<f32>]) -> f32 {
    let mut all: Vec<f32> = levels.iter().flatten().copied().collect();
    let rank = ((all.len() as f32 * (1.0 - BRIGHTEST_SHARE)) as usize).min(all.len() - 1);
    *all.select_nth_unstable_by(rank, f32::total_cmp).1
}

/// Rec. 601 luma of the face, 0 to 255, as rows of a copy of fixed height.
fn measured_levels(photo: &RgbImage, face: &Face) -> Option<Vec<Vec<f32>>> {
    let left = face.left.clamp(0.0, photo.width() as f32);
    let top = face.top.clamp(0.0, photo.height() as f32);
    let width = (face.left + face.width).min(photo.width() as f32) - left;
    let height = (face.top + face.height).min(photo.height() as f32) - top;
    if !(width >= 8.0 && height >= 8.0) {
        return None;
    }
    let columns = (MEASURED_HEIGHT as f32 * width / height).round().clamp(8.0, 1024.0) as u32;
    let region = Region { left: left.into(), top: top.into(), width: width.into(), height: height.into() };
    let copy = resize_region(photo, region, (columns, MEASURED_HEIGHT));
    let luma =
        |[red, green, blue]: [u8; 3]| 0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue);
    Some(copy.rows().map(|row| row.map(|pixel| luma(pixel.0)).collect()).collect())
}

/// Mean square of the Laplacian over that of the deviation from the mean: how much of the contrast is fine detail.
///
/// The variance of the Laplacian (Pech-Pacheco et al., 2000), made independent of light and contrast.
fn fine_detail_share(levels: &[Vec<f32>]) -> f32 {
    let (height, width) = (levels.len(), levels[0].len());
    let count = ((height - 2) * (width - 2)) as f32;
    let mean = levels.iter().flatten().sum::<f32>() / (height * width) as f32;
    let (mut detail, mut contrast) = (0.0, 0.0);
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            let here = levels[y][x];
            let around = levels[y - 1][x] + levels[y + 1][x] + levels[y][x - 1] + levels[y][x + 1];
            detail += (around - 4.0 * here).powi(2);
            contrast += (here - mean).powi(2);
        }
    }
    // A face without any contrast has no detail either.
    (detail / count) / (contrast / count).max(1.0)
}

#[cfg(test)]
mod tests {
    use std::f32::consts::FRAC_PI_2;

    use super::*;
    use crate::model::Remedy;

    /// A photo of a thousand pixels each way.
    const ALL: Region = Region { left: 0.0, top: 0.0, width: 1000.0, height: 1000.0 };

    fn face(left: f32, top: f32, height: f32) -> Face {
        Face { left, top, width: height * 0.8, height, score: 0.9, roll: 0.0, points: Vec::new() }
    }

    #[test]
    fn a_face_with_room_around_it_has_nothing_against_it() {
        assert_eq!(check(ALL, &[face(400.0, 400.0, 200.0)]), []);
    }

    #[test]
    fn each_fault_is_found_and_the_most_blocking_comes_first() {
        assert_eq!(check(ALL, &[]), [Finding::NoFace]);
        assert_eq!(check(ALL, &[face(400.0, 400.0, 19.0)]), [Finding::FaceTooSmall { pixels: 19 }]);
        assert_eq!(check(ALL, &[face(400.0, 400.0, 47.0)]), [Finding::FaceSmall { pixels: 47 }]);
        assert_eq!(check(ALL, &[face(400.0, 400.0, 48.0)]), []);
        assert_eq!(
            check(ALL, &[face(0.0, 0.0, 30.0), face(500.0, 500.0, 20.0)]),
            [Finding::TooTight, Finding::FaceSmall { pixels: 30 }, Finding::SeveralFaces { count: 2 }]
        );
    }

    #[test]
    fn hair_ears_and_chin_each_need_room() {
        for (left, top) in [(400.0, 50.0), (20.0, 400.0), (820.0, 400.0), (400.0, 790.0)] {
            assert_eq!(check(ALL, &[face(left, top, 200.0)]), [Finding::TooTight], "{left} {top}");
        }
    }

    #[test]
    fn what_is_sent_counts_and_not_what_the_photo_holds() {
        let beside = Region { left: 0.0, top: 0.0, width: 300.0, height: 300.0 };
        assert_eq!(check(beside, &[face(400.0, 400.0, 200.0)]), [Finding::FaceOutside]);
        let close = Region { left: 395.0, top: 300.0, width: 300.0, height: 400.0 };
        assert_eq!(check(close, &[face(400.0, 400.0, 200.0)]), [Finding::TooTight]);
        // Padding beyond the photo is room too.
        let padded = Region { left: -100.0, top: -100.0, width: 500.0, height: 500.0 };
        assert_eq!(check(padded, &[face(0.0, 0.0, 200.0)]), []);
        // Shrunk to 1536, 60 pixels of 4000 are 23.
        let large = Region { left: 0.0, top: 0.0, width: 4000.0, height: 3000.0 };
        assert_eq!(check(large, &[face(2000.0, 1000.0, 60.0)]), [Finding::FaceSmall { pixels: 23 }]);
    }

    #[test]
    fn a_bigger_face_that_is_sent_too_is_told() {
        let faces = [face(200.0, 400.0, 100.0), face(600.0, 400.0, 200.0)];
        assert_eq!(check(ALL, &faces), [Finding::AnotherIsBigger, Finding::SeveralFaces { count: 2 }]);
        let around = Region { left: 0.0, top: 200.0, width: 500.0, height: 500.0 };
        assert_eq!(check(around, &faces), [Finding::SeveralFaces { count: 2 }]);
    }

    #[test]
    fn a_head_on_its_side_is_turned_upright_and_its_hair_is_looked_for_where_it_is() {
        // The person's left eye is lower: the head is tilted clockwise, its hair on the right.
        let lying = |left: f32| Face { roll: FRAC_PI_2, width: 200.0, height: 160.0, ..face(left, 400.0, 160.0) };
        let sideways = Finding::Sideways { quarter_turns: 3 };
        assert_eq!(check(ALL, &[lying(400.0)]), [sideways]);
        assert_eq!(sideways.remedy(), Remedy::Turn { quarter_turns: 3 });
        assert_eq!(check(ALL, &[lying(760.0)]), [sideways, Finding::TooTight]);
        assert_eq!(check(ALL, &[lying(40.0)]), [sideways]);
    }

    #[test]
    fn every_finding_is_one_sentence() {
        for finding in [
            Finding::NoFace,
            Finding::FaceOutside,
            Finding::AnotherIsBigger,
            Finding::FaceTooSmall { pixels: 9 },
            Finding::Sideways { quarter_turns: 1 },
            Finding::TooTight,
            Finding::FaceSmall { pixels: 30 },
            Finding::SeveralFaces { count: 3 },
            Finding::Blurred,
            Finding::Dark,
        ] {
            let sentence = finding.sentence();
            assert!(sentence.ends_with('.') && sentence.matches(". ").count() == 0, "{sentence}");
            assert!(sentence.contains("; "), "{sentence}");
        }
    }
}
