//! The checks before a cent is spent: what is wrong is found, and what is right is left alone.
//!
//! A false alarm is worse than a miss, so most of these photos are merely unusual.

use image::imageops::{self, FilterType};
use image::{GrayImage, Luma, Rgb, RgbImage};
use sticker_booth::photo::{Finding, PickedPhoto, check_pixels};
use sticker_booth::picture::{decode_photo, encode_jpeg, encode_png};
use sticker_booth::studio::LoadedPhoto;
use sticker_booth::vision::Networks;

use super::SAMPLE;

fn portrait() -> RgbImage {
    decode_photo(SAMPLE).unwrap().image
}

/// What the window is told of a photo when it has just been read.
fn told(networks: &Networks, photo: &RgbImage) -> Vec<Finding> {
    let picked = PickedPhoto::new(encode_png(photo, &[]).unwrap(), "a.png");
    let loaded = LoadedPhoto::of(networks, picked, None, &|| false).unwrap();
    loaded.findings(0, loaded.crop(0, false))
}

/// The portrait so many pixels wide on a large photo, its left top corner there.
fn on_a_wall(side: u32, size: (u32, u32), (left, top): (i64, i64)) -> RgbImage {
    let mut photo = RgbImage::from_fn(size.0, size.1, |x, y| Rgb([150 + (x / 60) as u8, 140 + (y / 60) as u8, 130]));
    let person = imageops::resize(&portrait(), side, side, FilterType::CatmullRom);
    imageops::overlay(&mut photo, &person, left, top);
    photo
}

/// The portrait with every level changed.
fn with_levels(change: impl Fn(f32) -> f32) -> RgbImage {
    let mut photo = portrait();
    for pixel in photo.pixels_mut() {
        pixel.0 = pixel.0.map(|level| (change(f32::from(level) / 255.0) * 255.0).round().clamp(0.0, 255.0) as u8);
    }
    photo
}

fn recompressed(photo: &RgbImage, quality: u8) -> RgbImage {
    decode_photo(&encode_jpeg(photo, quality).unwrap()).unwrap().image
}

fn grainy(photo: &RgbImage, strength: i32) -> RgbImage {
    let mut photo = photo.clone();
    let mut state = 1_u32;
    for level in photo.iter_mut() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (state >> 16) as i32 % (2 * strength + 1) - strength;
        *level = (i32::from(*level) + noise).clamp(0, 255) as u8;
    }
    photo
}

#[test]
fn photos_that_are_merely_unusual_raise_no_alarm() {
    let networks = Networks::load().unwrap();
    let plain = portrait();
    let grey = image::DynamicImage::ImageRgb8(plain.clone()).into_luma8();
    let deep = with_levels(|level| level.powf(3.4));
    let photos: Vec<(String, RgbImage)> = [
        ("plain", plain.clone()),
        ("mirrored", imageops::flip_horizontal(&plain)),
        ("grey", image::DynamicImage::ImageLuma8(grey).into_rgb8()),
        ("deep skin", deep),
        ("dim", with_levels(|level| level * 0.55)),
        ("bright", with_levels(|level| level * 1.3)),
        ("flat", with_levels(|level| 0.3 + level * 0.4)),
        ("hard", with_levels(|level| (level - 0.5) * 1.5 + 0.5)),
    ]
    .map(|(name, photo)| (name.to_owned(), photo))
    .into_iter()
    .chain([30, 50, 80].map(|quality| (format!("JPEG {quality}"), recompressed(&plain, quality))))
    .chain([8, 20].map(|strength| (format!("grain {strength}"), grainy(&plain, strength))))
    .chain([2, 3, 5, 8].map(|times| {
        let side = plain.width() * times;
        (format!("enlarged {times}"), imageops::resize(&plain, side, side, FilterType::CatmullRom))
    }))
    .chain(
        [(400, (1600, 1200), (0, 0)), (500, (3000, 1000), (2300, 300)), (900, (1200, 2400), (150, 1400))]
            .map(|(side, size, at)| (format!("{side} on {size:?} at {at:?}"), on_a_wall(side, size, at))),
    )
    .collect();
    let alarms: Vec<String> = photos
        .iter()
        .map(|(name, photo)| (name, told(&networks, photo)))
        .filter(|(_, findings)| !findings.is_empty())
        .map(|(name, findings)| format!("{name}: {findings:?}"))
        .collect();
    assert_eq!((photos.len(), alarms), (20, Vec::<String>::new()));
}

#[test]
fn deep_skin_with_light_on_it_is_not_called_dark() {
    let networks = Networks::load().unwrap();
    let face = networks.faces(&portrait()).remove(0);
    // As dark on the whole as a face gets, but eyes and highlights are there.
    let deep = with_levels(|level| level.powf(5.0));
    let part = imageops::crop_imm(&deep, face.left as u32, face.top as u32, face.width as u32, face.height as u32);
    let grey: GrayImage = imageops::grayscale(&part.to_image());
    let mean = grey.pixels().map(|Luma([level])| f32::from(*level)).sum::<f32>() / grey.len() as f32;
    assert!(mean < 50.0, "{mean}");
    assert_eq!(check_pixels(&deep, &face), []);
    assert_eq!(check_pixels(&with_levels(|level| level / 6.0), &face), [Finding::Dark]);
}

#[test]
fn what_would_waste_the_price_is_told_first() {
    let networks = Networks::load().unwrap();
    let plain = portrait();
    let face = networks.faces(&plain).remove(0);
    let tight = imageops::crop_imm(
        &plain,
        face.left as u32,
        face.top as u32,
        face.width.ceil() as u32,
        face.height.ceil() as u32,
    );
    let wall = on_a_wall(1, (900, 700), (0, 0));
    let two = {
        let mut photo = on_a_wall(420, (1400, 700), (60, 140));
        imageops::overlay(&mut photo, &imageops::resize(&plain, 300, 300, FilterType::CatmullRom), 900, 200);
        photo
    };
    let tight = imageops::resize(&tight.to_image(), 400, 460, FilterType::CatmullRom);
    let first = |photo: &RgbImage| told(&networks, photo).first().copied();
    assert_eq!(first(&wall), Some(Finding::NoFace));
    assert_eq!(first(&tight), Some(Finding::TooTight));
    assert_eq!(first(&two), Some(Finding::SeveralFaces { count: 2 }));
    assert_eq!(first(&imageops::rotate180(&plain)), Some(Finding::Sideways { quarter_turns: 2 }));
    assert_eq!(first(&imageops::rotate90(&plain)), Some(Finding::Sideways { quarter_turns: 3 }));
    let small = on_a_wall(100, (420, 320), (150, 100));
    assert!(matches!(first(&small), Some(Finding::FaceSmall { pixels: 24..40 })), "{:?}", first(&small));
}

#[test]
fn one_turn_sets_a_lying_photo_upright_and_one_padding_gives_a_tight_face_room() {
    let networks = Networks::load().unwrap();
    let plain = portrait();
    let picked = PickedPhoto::new(encode_png(&imageops::rotate90(&plain), &[]).unwrap(), "a.png");
    let lying = LoadedPhoto::of(&networks, picked, None, &|| false).unwrap();
    let Some(Finding::Sideways { quarter_turns }) = lying.findings(0, lying.crop(0, false)).first().copied() else {
        panic!("it was not told")
    };
    let upright = lying.turned(&networks, quarter_turns, &|| false).unwrap();
    assert_eq!((upright.quarter_turns, upright.size()), (3, plain.dimensions()));
    assert_eq!(upright.findings(0, upright.crop(0, false)), []);
    assert_ne!(upright.identity(), lying.identity(), "its frame would be laid under the wrong pixels");
    assert_eq!(lying.clone().upright(&networks, &|| false).unwrap().quarter_turns, 3);

    let face = networks.faces(&plain).remove(0);
    let close = imageops::crop_imm(&plain, face.left as u32, face.top as u32, face.width as u32, face.height as u32);
    let close = imageops::resize(&close.to_image(), 400, 460, FilterType::CatmullRom);
    let picked = PickedPhoto::new(encode_png(&close, &[]).unwrap(), "a.png");
    let close = LoadedPhoto::of(&networks, picked, None, &|| false).unwrap();
    assert_eq!(close.findings(0, close.crop(0, false)), [Finding::TooTight]);
    assert_eq!(close.findings(0, close.crop(0, true)), []);
}

#[test]
fn a_crop_without_the_face_is_told_before_it_is_paid_for() {
    let networks = Networks::load().unwrap();
    let picked = PickedPhoto::new(SAMPLE.to_vec(), "a.png");
    let loaded = LoadedPhoto::of(&networks, picked, None, &|| false).unwrap();
    let corner = sticker_booth::model::Crop { left: 0.0, top: 0.0, width: 60.0, height: 60.0 };
    assert_eq!(loaded.findings(0, corner), [Finding::FaceOutside]);
    assert!(Finding::FaceOutside.refuses());
}

#[test]
fn a_small_drawn_mascot_is_nobody_s_face() {
    let networks = Networks::load().unwrap();
    let mascot = decode_photo(include_bytes!("mascot.png")).unwrap().image;
    assert!(networks.faces(&mascot).is_empty());
    // A face of the same size is one.
    let small = imageops::resize(&portrait(), 100, 101, FilterType::CatmullRom);
    let mut wall = RgbImage::from_pixel(400, 300, Rgb([255; 3]));
    imageops::replace(&mut wall, &small, 160, 100);
    assert_eq!(networks.faces(&wall).len(), 1);
}
