//! Pictures that stand for stickers.

use image::{Rgba, RgbaImage};
use sticker_booth::picture::encode_png;

/// A face-like sticker with a white outline on clear ground; each index another one.
pub fn sticker(index: usize) -> RgbaImage {
    const SIDE: u32 = 700;
    let hue = (index * 31 % 256) as u8;
    RgbaImage::from_fn(SIDE, SIDE, |x, y| {
        let (dx, dy) = (x as f32 - 350.0, y as f32 - 350.0);
        let distance = dx.hypot(dy * 0.85);
        if distance > 300.0 {
            Rgba([0, 60, 0, 0])
        } else if distance > 276.0 {
            Rgba([255; 4])
        } else if (dx.abs() - 90.0).hypot(dy + 60.0) < 28.0 || (dy > 70.0 && (110.0..130.0).contains(&dx.hypot(dy))) {
            Rgba([30, 20, 20, 255])
        } else {
            // In few steps, so that every encoder makes it small.
            let shade = (distance / 40.0) as u8 * 12;
            Rgba([220 - shade, 160 - shade / 2, hue / 2 + shade / 4, 255])
        }
    })
}

/// The same as a file.
pub fn sticker_png(index: usize) -> Vec<u8> {
    encode_png(&sticker(index), &[]).unwrap()
}

/// Every pixel another colour, with some alpha: nothing is harder to make small.
pub fn noise(width: u32, height: u32) -> RgbaImage {
    let mut state = 7_u32;
    RgbaImage::from_fn(width, height, |_, _| {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        Rgba([next(), next(), next(), next() | 8])
    })
}

/// A picture of two frames, as a PNG file.
pub fn animated_png(picture: &RgbaImage) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(picture.as_raw()).unwrap();
    writer.write_image_data(picture.as_raw()).unwrap();
    writer.finish().unwrap();
    file
}

/// A picture of two frames, as a WebP file.
pub fn animated_webp(picture: &RgbaImage) -> Vec<u8> {
    let whole = webp(picture);
    // The lossless chunk of the still picture becomes that of both frames.
    let chunk = &whole[12..];
    let edges = |edge: u32| (edge - 1).to_le_bytes()[..3].to_vec();
    let size = [edges(picture.width()), edges(picture.height())].concat();
    let mut body = b"WEBP".to_vec();
    let mut add = |name: &[u8; 4], data: &[u8]| {
        body.extend_from_slice(name);
        body.extend_from_slice(&(data.len() as u32).to_le_bytes());
        body.extend_from_slice(data);
        if data.len() % 2 == 1 {
            body.push(0);
        }
    };
    add(b"VP8X", &[[0x12, 0, 0, 0].as_slice(), &size].concat());
    add(b"ANIM", &[0; 6]);
    for _ in 0..2 {
        add(b"ANMF", &[[0; 6].as_slice(), &size, &[100, 0, 0, 2], chunk].concat());
    }
    [b"RIFF".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat()
}

/// A lossless WebP file.
pub fn webp(picture: &RgbaImage) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut file);
    encoder.encode(picture.as_raw(), picture.width(), picture.height(), image::ExtendedColorType::Rgba8).unwrap();
    file
}
