//! What the bundled networks find in pictures made from the sample portrait.

use image::{Rgb, RgbImage, imageops};
use sha2::{Digest as _, Sha256};

use super::*;

fn portrait() -> RgbImage {
    image::load_from_memory(include_bytes!("../../../assets/sample/portrait.png")).unwrap().to_rgb8()
}

#[test]
fn the_bundled_networks_are_the_files_the_readme_lists() {
    let readme = include_str!("../../../assets/models/README.md");
    let files: [(&str, &[u8]); 3] = [
        ("face_detection_short_range.onnx", include_bytes!("../../../assets/models/face_detection_short_range.onnx")),
        ("face_landmark.onnx", FACE_MESH),
        ("selfie_segmentation.onnx", include_bytes!("../../../assets/models/selfie_segmentation.onnx")),
    ];
    for (name, bytes) in files {
        let row = readme.lines().find(|line| line.contains(name)).unwrap();
        let listed = row.rsplit('`').nth(1).unwrap();
        let sum: Vec<u8> = (0..32).map(|i| u8::from_str_radix(&listed[2 * i..2 * i + 2], 16).unwrap()).collect();
        assert_eq!(Sha256::digest(bytes).to_vec(), sum, "{name}");
    }
}

#[test]
fn the_portrait_has_one_upright_face_of_about_a_hundred_pixels() {
    let faces = Networks::load().unwrap().faces(&portrait());
    assert_eq!(faces.len(), 1);
    let face = &faces[0];
    assert!((80.0..130.0).contains(&face.height), "{}", face.height);
    assert!(face.roll.abs() < 0.2 && face.quarter_turns() == 0);
    assert_eq!(face.points.len(), 468);
}

#[test]
fn a_plain_picture_has_no_face() {
    let grey = RgbImage::from_pixel(300, 200, Rgb([128; 3]));
    assert!(Networks::load().unwrap().faces(&grey).is_empty());
}

#[test]
fn sideways_faces_are_found_and_know_the_turn_that_helps() {
    let networks = Networks::load().unwrap();
    let upright = portrait();
    let cases =
        [(imageops::rotate270(&upright), 1), (imageops::rotate180(&upright), 2), (imageops::rotate90(&upright), 3)];
    for (photo, turns) in cases {
        let faces = networks.faces(&photo);
        assert_eq!(faces.first().map(Face::quarter_turns), Some(turns));
    }
}

#[test]
fn faces_come_biggest_first() {
    let portrait = portrait();
    let mut wall = RgbImage::from_pixel(700, 340, Rgb([200, 200, 196]));
    let small = imageops::thumbnail(&portrait, 200, 201);
    imageops::replace(&mut wall, &small, 20, 60);
    imageops::replace(&mut wall, &portrait, 350, 4);
    let faces = Networks::load().unwrap().faces(&wall);
    assert_eq!(faces.len(), 2);
    assert!(faces[0].area() > faces[1].area() && faces[0].left > 350.0);
}

#[test]
fn a_small_face_in_a_wide_photo_is_found_on_a_tile() {
    let mut wall = RgbImage::from_pixel(1600, 900, Rgb([120, 130, 140]));
    imageops::replace(&mut wall, &portrait(), 1100, 400);
    let faces = Networks::load().unwrap().faces(&wall);
    assert_eq!(faces.len(), 1);
}

#[test]
fn a_strip_of_a_picture_costs_no_more_than_a_few_dozen_looks() {
    let networks = Networks::load().unwrap();
    let looks = std::sync::atomic::AtomicUsize::new(0);
    for (width, height) in [(1, 5000), (19, 400), (40, 8000), (8000, 40)] {
        looks.store(0, std::sync::atomic::Ordering::Relaxed);
        let strip = RgbImage::from_pixel(width, height, image::Rgb([120, 110, 100]));
        let counted = || {
            looks.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            false
        };
        assert!(networks.faces_in(&Pyramid::of(&strip), &counted).unwrap().is_empty());
        let looks = looks.load(std::sync::atomic::Ordering::Relaxed);
        assert!(looks <= 160, "{width} x {height}: {looks}");
    }
}
