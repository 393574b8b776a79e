//! From a picture's own colour space to sRGB, as its ICC profile says.

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, Transform8BitExecutor, TransformOptions};

use super::png_color::declared;

/// Pixels converted at a time; the copy of a piece this small stays in the cache.
const PIECE: usize = 4096;

/// Takes a decoded picture to 8-bit sRGB, with alpha only where it had some.
///
/// A profile that is broken, or not for the pixels as decoded (a CMYK profile: the decoder has
/// already made RGB of them), is left aside, as browsers do. Of a PNG, `png` are its bytes, which may declare a space
/// in other ways.
pub(super) fn to_srgb(image: DynamicImage, profile: Option<&[u8]>, png: Option<&[u8]>) -> DynamicImage {
    let profile = profile.and_then(|bytes| ColorProfile::new_from_slice(bytes).ok());
    if let Some(space) = png.and_then(|png| declared(png, profile.is_some())) {
        return space.convert(image);
    }
    let is_grey = !image.color().has_color();
    let image = to_8_bit(image);
    let Some(profile) = profile else { return image };
    match profile.color_space {
        DataColorSpace::Rgb if !is_grey => convert_rgb(image, &profile),
        DataColorSpace::Gray if is_grey => convert_grey(image, &profile),
        _ => image,
    }
}

pub(super) fn to_8_bit(image: DynamicImage) -> DynamicImage {
    if image.color().has_alpha() {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    }
}

fn convert_rgb(image: DynamicImage, profile: &ColorProfile) -> DynamicImage {
    let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let Ok(transform) =
        profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default())
    else {
        return image;
    };
    if changes_nothing(&*transform, layout) {
        return image;
    }
    match image {
        DynamicImage::ImageRgba8(mut pixels) => {
            apply(&*transform, &mut pixels, 4);
            DynamicImage::ImageRgba8(pixels)
        }
        DynamicImage::ImageRgb8(mut pixels) => {
            apply(&*transform, &mut pixels, 3);
            DynamicImage::ImageRgb8(pixels)
        }
        other => other,
    }
}

/// Is every colour within one step of where it was, as with the sRGB profile that most cameras embed?
fn changes_nothing(transform: &Transform8BitExecutor, layout: Layout) -> bool {
    let levels = || (0..=255_u8).step_by(51);
    let mut probe = Vec::new();
    for red in levels() {
        for green in levels() {
            for blue in levels() {
                probe.extend_from_slice(&[red, green, blue]);
                if layout == Layout::Rgba {
                    probe.push(255);
                }
            }
        }
    }
    let mut converted = vec![0; probe.len()];
    transform.transform(&probe, &mut converted).is_ok()
        && probe.iter().zip(&converted).all(|(before, after)| before.abs_diff(*after) <= 1)
}

/// Converts in place, piece by piece. It stays on this thread: see [`super::gate::enter`].
fn apply(transform: &Transform8BitExecutor, pixels: &mut [u8], channels: usize) {
    let mut copy = vec![0; PIECE * channels];
    for piece in pixels.chunks_mut(PIECE * channels) {
        let copy = &mut copy[..piece.len()];
        copy.copy_from_slice(piece);
        if transform.transform(copy, piece).is_err() {
            // Lengths are right by construction; keep the pixels as they were should it refuse all the same.
            piece.copy_from_slice(copy);
        }
    }
}

/// Grey has 256 values, so one table of them is all that a grey profile needs.
fn convert_grey(image: DynamicImage, profile: &ColorProfile) -> DynamicImage {
    let greys: Vec<u8> = (0..=255).collect();
    let mut colors = vec![0; 3 * 256];
    let converted = profile
        .create_transform_8bit(Layout::Gray, &ColorProfile::new_srgb(), Layout::Rgb, TransformOptions::default())
        .and_then(|transform| transform.transform(&greys, &mut colors));
    if converted.is_err() {
        return image;
    }
    let lookup = |grey: u8| {
        let at = 3 * usize::from(grey);
        [colors[at], colors[at + 1], colors[at + 2]]
    };
    match image {
        DynamicImage::ImageRgb8(mut pixels) => {
            recolor_rgb(&mut pixels, lookup);
            DynamicImage::ImageRgb8(pixels)
        }
        DynamicImage::ImageRgba8(mut pixels) => {
            recolor_rgba(&mut pixels, lookup);
            DynamicImage::ImageRgba8(pixels)
        }
        other => other,
    }
}

fn recolor_rgb(pixels: &mut RgbImage, lookup: impl Fn(u8) -> [u8; 3]) {
    for pixel in pixels.pixels_mut() {
        pixel.0 = lookup(pixel.0[0]);
    }
}

fn recolor_rgba(pixels: &mut RgbaImage, lookup: impl Fn(u8) -> [u8; 3]) {
    for pixel in pixels.pixels_mut() {
        let [red, green, blue] = lookup(pixel.0[0]);
        pixel.0 = [red, green, blue, pixel.0[3]];
    }
}
