//! Photos as large as cameras make them, lying as cameras hold them, in the colours of phones, as panoramas and as
//! screenshots: the same face becomes the same sticker.

use image::{Rgb, RgbImage, RgbaImage, imageops};
use moxcms::{ColorProfile, Layout, TransformOptions};
use serde_json::Value;

use crate::photos::compose::{exif, icc_segment, with_segment};
use crate::support::booth::Booth;
use sticker_booth::picture::encode_jpeg;

/// A portrait that may be committed.
const HOPPER: &[u8] = include_bytes!("people/hopper.jpg");

/// A wall of this size with the portrait in it, this many times as large, its middle at this share of the wall.
fn with_portrait((width, height): (u32, u32), factor: f32, (x, y): (f32, f32)) -> RgbImage {
    let portrait = image::load_from_memory(HOPPER).unwrap().to_rgb8();
    let size = |edge: u32| (edge as f32 * factor) as u32;
    let (wide, high) = (size(portrait.width()), size(portrait.height()));
    let portrait = imageops::resize(&portrait, wide, high, imageops::FilterType::Triangle);
    let mut wall = RgbImage::from_fn(width, height, |x, y| {
        let shade = ((x / 97 + y / 89) % 5) as u8;
        Rgb([150 + shade, 160 + shade, 168 + shade])
    });
    let left = (width as f32 * x) as i64 - i64::from(wide) / 2;
    let top = (height as f32 * y) as i64 - i64::from(high) / 2;
    imageops::replace(&mut wall, &portrait, left, top);
    wall
}

/// The picture as a camera stores it that notes this orientation: shown by it, it stands upright.
fn stored(upright: &RgbImage, orientation: u16) -> RgbImage {
    match orientation {
        2 => imageops::flip_horizontal(upright),
        3 => imageops::rotate180(upright),
        4 => imageops::flip_vertical(upright),
        5 => imageops::rotate270(&imageops::flip_horizontal(upright)),
        6 => imageops::rotate270(upright),
        7 => imageops::rotate90(&imageops::flip_horizontal(upright)),
        8 => imageops::rotate90(upright),
        _ => upright.clone(),
    }
}

fn photo(upright: &RgbImage, orientation: u16) -> Vec<u8> {
    with_segment(&encode_jpeg(&stored(upright, orientation), 92).unwrap(), 0xe1, &exif(orientation, b""))
}

/// Stickers of these photos, made together with one seed.
fn stickers(photos: &[(String, Vec<u8>)]) -> Vec<RgbaImage> {
    let booth = Booth::new();
    let mut words = vec!["make".to_owned()];
    for (name, bytes) in photos {
        booth.put(name, bytes);
        words.push(name.clone());
    }
    words.extend(["--seed", "7", "--width", "512", "--height", "512", "--json"].map(str::to_owned));
    let told = booth.run(&words).ends_with(0).json();
    assert_eq!(told.len(), photos.len());
    let path = |told: &Value| booth.path(told["path"].as_str().unwrap());
    told.iter().map(|told| image::open(path(told)).unwrap().to_rgba8()).collect()
}

/// How much two stickers differ: the mean of how far their channels are apart, in levels.
fn difference(one: &RgbaImage, other: &RgbaImage) -> f64 {
    let sum: f64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    sum / one.as_raw().len() as f64
}

/// More than this, in levels, is another picture: compression alone makes them differ by less.
const ALIKE: f64 = 8.0;

#[test]
fn twelve_megapixels_become_the_same_sticker_however_the_camera_was_held() {
    let upright = with_portrait((3024, 4032), 3.0, (0.45, 0.4));
    let photos: Vec<(String, Vec<u8>)> =
        (1..=8).map(|orientation| (format!("turned-{orientation}.jpg"), photo(&upright, orientation))).collect();
    let stickers = stickers(&photos);
    for ((name, _), sticker) in photos.iter().zip(&stickers).skip(1) {
        let off = difference(&stickers[0], sticker);
        assert!(off < ALIKE, "{name} is off by {off:.1}");
    }
    let mirrored = imageops::flip_horizontal(&stickers[0]);
    assert!(difference(&stickers[0], &mirrored) > 2.0 * ALIKE, "any sticker would have passed");
}

#[test]
fn fifty_megapixels_a_panorama_and_a_screenshot_become_stickers_of_their_faces() {
    let screenshot = {
        let mut screen = with_portrait((1170, 2532), 1.1, (0.5, 0.5));
        for (top, height) in [(0, 140), (2400, 132)] {
            imageops::replace(&mut screen, &RgbImage::from_pixel(1170, height, Rgb([20, 20, 24])), 0, top);
        }
        screen
    };
    let mut png = std::io::Cursor::new(Vec::new());
    screenshot.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let photos = [
        ("small.jpg".to_owned(), photo(&with_portrait((900, 1000), 1.1, (0.5, 0.5)), 1)),
        ("large.jpg".to_owned(), photo(&with_portrait((8160, 6120), 6.0, (0.6, 0.5)), 6)),
        ("panorama.jpg".to_owned(), photo(&with_portrait((12_000, 2400), 2.0, (0.8, 0.5)), 1)),
        ("screenshot.png".to_owned(), png.into_inner()),
    ];
    let stickers = stickers(&photos);
    for ((name, _), sticker) in photos.iter().zip(&stickers).skip(1) {
        // Finer skin in a larger photo is drawn too, so they are only much alike.
        let off = difference(&stickers[0], sticker);
        assert!(off < 2.0 * ALIKE, "{name} is off by {off:.1}");
    }
}

#[test]
fn a_photo_in_the_colours_of_a_phone_becomes_the_same_sticker_as_in_srgb() {
    let upright = with_portrait((1512, 2016), 2.0, (0.5, 0.5));
    let (srgb, p3) = (ColorProfile::new_srgb(), ColorProfile::new_display_p3());
    let transform = srgb.create_transform_8bit(Layout::Rgb, &p3, Layout::Rgb, TransformOptions::default()).unwrap();
    let mut wide = RgbImage::new(upright.width(), upright.height());
    transform.transform(upright.as_raw(), &mut wide).unwrap();
    let tagged = with_segment(&encode_jpeg(&wide, 95).unwrap(), 0xe2, &icc_segment(&p3.encode().unwrap()));
    let photos = [
        ("srgb.jpg".to_owned(), encode_jpeg(&upright, 95).unwrap()),
        ("phone.jpg".to_owned(), tagged),
        ("untagged.jpg".to_owned(), encode_jpeg(&wide, 95).unwrap()),
    ];
    let stickers = stickers(&photos);
    let off = difference(&stickers[0], &stickers[1]);
    assert!(off < 4.0, "off by {off:.1}");
    assert!(off < difference(&stickers[0], &stickers[2]), "the profile made no difference");
}
