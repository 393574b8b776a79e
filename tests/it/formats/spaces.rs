//! Colours of PNG files that declare their space without a profile come out as browsers show them.

use image::{DynamicImage, ImageBuffer, Luma, Rgb, RgbImage};
use moxcms::ColorProfile;
use sticker_booth::picture::decode_photo;

use super::compose::png_in_space;
use super::portrait;
use crate::support::booth::Booth;

/// Linear light of an sRGB level, 0 to 1 (IEC 61966-2-1).
fn light(level: u8) -> f64 {
    let level = f64::from(level) / 255.0;
    if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}

/// `gAMA` of this exponent.
fn gamma(exponent: f64) -> Vec<u8> {
    ((exponent * 100_000.0).round() as u32).to_be_bytes().to_vec()
}

/// `cHRM` of these: white, red, green and blue.
fn primaries(points: [f64; 8]) -> Vec<u8> {
    points.iter().flat_map(|point| ((point * 100_000.0).round() as u32).to_be_bytes()).collect()
}

const P3: [f64; 8] = [0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060];
const SRGB: [f64; 8] = [0.3127, 0.3290, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060];

/// What one colour becomes in a PNG with these chunks.
fn shown(color: [u8; 3], chunks: &[([u8; 4], &[u8])]) -> [u8; 3] {
    let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(8, 8, Rgb(color)));
    decode_photo(&png_in_space(&image, chunks)).unwrap().image.get_pixel(4, 4).0
}

#[track_caller]
fn assert_near(found: [u8; 3], expected: [u8; 3], tolerance: u8) {
    let is_near = (0..3).all(|channel| found[channel].abs_diff(expected[channel]) <= tolerance);
    assert!(is_near, "{found:?} is not {expected:?}");
}

#[test]
fn samples_of_another_gamma_become_srgb() {
    for exponent in [1.0, 0.55556, 0.3] {
        let gamma = gamma(exponent);
        for level in [20, 90, 128, 200, 250] {
            let sample = (light(level).powf(exponent) * 255.0).round() as u8;
            // One step of the sample may be several of the level where it is dark.
            let tolerance = if exponent > 0.9 && level < 60 { 8 } else { 3 };
            assert_near(shown([sample; 3], &[(*b"gAMA", &gamma)]), [level; 3], tolerance);
        }
    }
}

#[test]
fn sixteen_bits_of_linear_light_lose_no_dark_level() {
    let levels: Vec<u8> = (0..=255).collect();
    let grey = ImageBuffer::from_fn(256, 1, |x, _| Luma([(light(x as u8) * 65535.0).round() as u16]));
    let rgb = ImageBuffer::from_fn(256, 1, |x, _| Rgb([(light(x as u8) * 65535.0).round() as u16; 3]));
    let gamma = gamma(1.0);
    for image in [DynamicImage::ImageLuma16(grey), DynamicImage::ImageRgb16(rgb)] {
        let photo = decode_photo(&png_in_space(&image, &[(*b"gAMA", &gamma)])).unwrap();
        for (level, pixel) in levels.iter().zip(photo.image.pixels()) {
            assert_near(pixel.0, [*level; 3], 1);
        }
    }
}

#[test]
fn the_usual_gamma_and_what_srgb_or_a_profile_overrules_change_nothing() {
    let color = [200, 90, 60];
    let (usual, linear) = (gamma(1.0 / 2.2), gamma(1.0));
    let (srgb, p3) = (primaries(SRGB), primaries(P3));
    assert_eq!(shown(color, &[]), color);
    assert_eq!(shown(color, &[(*b"gAMA", &usual)]), color);
    assert_near(shown(color, &[(*b"gAMA", &usual), (*b"cHRM", &srgb)]), color, 1);
    assert_eq!(shown(color, &[(*b"gAMA", &linear), (*b"sRGB", &[0])]), color);
    assert_eq!(shown(color, &[(*b"gAMA", &linear), (*b"cHRM", &p3), (*b"sRGB", &[0])]), color);
    assert_eq!(shown(color, &[(*b"gAMA", &[0, 0, 0, 0])]), color, "no gamma at all");
    assert_eq!(shown(color, &[(*b"cHRM", &[0; 32])]), color, "no primaries at all");
    let profile = icc(&ColorProfile::new_srgb().encode().unwrap());
    assert_near(shown(color, &[(*b"gAMA", &linear), (*b"iCCP", &profile)]), color, 1);
    let broken = icc(b"no profile at all");
    assert_ne!(shown(color, &[(*b"gAMA", &linear), (*b"iCCP", &broken)]), color);
}

/// The content of an `iCCP` chunk.
fn icc(profile: &[u8]) -> Vec<u8> {
    // Stored without compression: one last block, its length, the same turned over, and the Adler-32 sum.
    let length = profile.len() as u16;
    let (a, b) = profile.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (b + a) % 65521)
    });
    let sum = (b << 16 | a).to_be_bytes();
    [b"p\0\0\x78\x01\x01", &length.to_le_bytes()[..], &(!length).to_le_bytes(), profile, &sum].concat()
}

#[test]
fn wide_primaries_and_code_points_are_converted_as_the_profile_of_the_same_space_is() {
    let p3 = primaries(P3);
    let usual = gamma(1.0 / 2.2);
    let profile = icc(&ColorProfile::new_display_p3().encode().unwrap());
    for color in [[200, 90, 60], [60, 180, 90], [128, 128, 128], [30, 40, 200]] {
        let expected = shown(color, &[(*b"iCCP", &profile)]);
        assert_near(shown(color, &[(*b"cHRM", &p3)]), expected, 2);
        assert_near(shown(color, &[(*b"gAMA", &usual), (*b"cHRM", &p3)]), expected, 2);
        // Display P3 with the curve of sRGB, by the code points of ITU-T H.273.
        assert_near(shown(color, &[(*b"cICP", &[12, 13, 0, 1])]), expected, 2);
        // sRGB by code points, whatever else the file says.
        let linear = gamma(1.0);
        let others: [([u8; 4], &[u8]); 3] = [(*b"cICP", &[1, 13, 0, 1]), (*b"iCCP", &profile), (*b"gAMA", &linear)];
        assert_near(shown(color, &others), color, 1);
    }
    assert_ne!(shown([200, 90, 60], &[(*b"cHRM", &p3)]), [200, 90, 60], "the colours above would pass as they are");
}

#[test]
fn code_points_tell_video_levels_linear_light_and_bright_light() {
    assert_near(shown([16; 3], &[(*b"cICP", &[1, 13, 0, 0])]), [0; 3], 1);
    assert_near(shown([235; 3], &[(*b"cICP", &[1, 13, 0, 0])]), [255; 3], 1);
    assert_near(shown([55; 3], &[(*b"cICP", &[1, 8, 0, 1])]), [128; 3], 2);
    // Grey stays grey in wide primaries, and the white of a page is neither dark nor burnt in bright light.
    for (transfer, page) in [(16, 148), (18, 191)] {
        let [red, green, blue] = shown([page; 3], &[(*b"cICP", &[9, transfer, 0, 1])]);
        assert!(red.abs_diff(green) <= 1 && green.abs_diff(blue) <= 1);
        assert!((165..=240).contains(&red), "{transfer}: {red}");
        let [brighter, ..] = shown([page + 30; 3], &[(*b"cICP", &[9, transfer, 0, 1])]);
        assert!(brighter > red, "what is brighter than a page stays brighter");
    }
    // What is not for RGB says nothing.
    assert_eq!(shown([200, 90, 60], &[(*b"cICP", &[9, 16, 9, 0])]), [200, 90, 60]);
}

#[test]
fn transparency_stays_as_it_is_in_another_space() {
    let clear = image::RgbaImage::from_fn(8, 8, |x, _| image::Rgba([55, 55, 55, if x < 4 { 0 } else { 255 }]));
    let gamma = gamma(1.0);
    let photo = decode_photo(&png_in_space(&clear.into(), &[(*b"gAMA", &gamma)])).unwrap();
    assert_near(photo.image.get_pixel(1, 1).0, [255; 3], 0);
    assert_near(photo.image.get_pixel(6, 1).0, [128; 3], 2);
}

#[test]
fn a_portrait_in_linear_light_becomes_the_same_sticker_as_in_srgb() {
    let portrait = portrait();
    let deep = ImageBuffer::from_fn(portrait.width(), portrait.height(), |x, y| {
        Rgb(portrait.get_pixel(x, y).0.map(|level| (light(level) * 65535.0).round() as u16))
    });
    let gamma = gamma(1.0);
    let booth = Booth::new();
    booth.put("srgb.png", &png_in_space(&DynamicImage::ImageRgb8(portrait), &[]));
    booth.put("linear.png", &png_in_space(&DynamicImage::ImageRgb16(deep), &[(*b"gAMA", &gamma)]));
    let words = ["make", "srgb.png", "linear.png", "--seed", "7", "--width", "256", "--height", "256"];
    booth.run(words).ends_with(0);
    let [one, other] =
        ["srgb-sticker.png", "linear-sticker.png"].map(|name| image::open(booth.path(name)).unwrap().to_rgba8());
    let off: f64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    let off = off / one.as_raw().len() as f64;
    assert!(off < 2.0, "they differ by {off:.1} levels on average");
}
