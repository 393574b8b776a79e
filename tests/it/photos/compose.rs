//! Picture files put together byte by byte, each with the one property that a test needs.

use std::io::Cursor;

use image::codecs::{gif::GifEncoder, png::PngEncoder};
use image::{DynamicImage, ExtendedColorType, Frame, ImageEncoder as _, ImageFormat, Rgb, RgbImage, RgbaImage};
use sticker_booth::picture::encode_jpeg;

/// Four flat quarters: red, green, blue and white, so that every turn and flip shows.
pub(super) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([250, 10, 10]),
        (false, true) => Rgb([10, 250, 10]),
        (true, false) => Rgb([10, 10, 250]),
        (false, false) => Rgb([250, 250, 250]),
    })
}

/// The file in another format, as the image crate writes it.
pub(super) fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(super) fn jpeg(image: &RgbImage) -> Vec<u8> {
    encode_jpeg(image, 95).unwrap()
}

/// A JPEG with one more segment right behind its start.
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, payload, &jpeg[2..]].concat()
}

/// EXIF with an orientation, a position and a thumbnail, as a phone writes it.
pub(crate) fn exif(orientation: u16, thumbnail: &[u8]) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    // Two entries end at byte 38, where the position's own list begins with its one entry.
    let tiff = [
        b"II*\0\x08\0\0\0\x02\0".to_vec(),
        entry(0x0112, 3, 1, orientation.into()),
        entry(0x8825, 4, 1, 38),
        vec![0; 4],
        b"\x01\0".to_vec(),
        entry(0x0001, 2, 2, u32::from(b'N')),
        vec![0; 4],
        b"GPS-SECRET".to_vec(),
        thumbnail.to_vec(),
    ]
    .concat();
    [b"Exif\0\0", tiff.as_slice()].concat()
}

pub(crate) fn xmp() -> Vec<u8> {
    b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP-SECRET</x:xmpmeta>".to_vec()
}

/// An ICC profile in a JPEG's one segment.
pub(crate) fn icc_segment(profile: &[u8]) -> Vec<u8> {
    [b"ICC_PROFILE\0\x01\x01", profile].concat()
}

pub(super) fn png_with_profile(pixels: &[u8], size: (u32, u32), color: ExtendedColorType, profile: Vec<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile).unwrap();
    encoder.write_image(pixels, size.0, size.1, color).unwrap();
    bytes
}

/// A palette PNG of two colours, the second half transparent.
pub(super) fn palette_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette([200, 30, 40, 0, 0, 0].as_slice());
    encoder.set_trns([255, 128].as_slice());
    let mut writer = encoder.write_header().unwrap();
    let indices: Vec<u8> = (0..width * height).map(|index| u8::from(index % width >= width / 2)).collect();
    writer.write_image_data(&indices).unwrap();
    writer.finish().unwrap();
    bytes
}

pub(crate) fn animated_gif(frames: &[RgbaImage]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    encoder.encode_frames(frames.iter().map(|frame| Frame::new(frame.clone()))).unwrap();
    drop(encoder);
    bytes
}

/// The PNG with another size in its header and a checksum that agrees.
pub(super) fn with_png_size(png: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut png = png.to_vec();
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&checksum.to_be_bytes());
    png
}

/// The JPEG with another size in its frame header.
pub(super) fn with_jpeg_size(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = jpeg.to_vec();
    let frame = jpeg.windows(4).position(|bytes| bytes == [0xff, 0xc0, 0, 17]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

/// One chunk of a PNG file.
pub(crate) fn png_chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [kind.as_slice(), data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &body, &crc32(&body).to_be_bytes()].concat()
}

/// An 8 × 8 JPEG of four flat channels, each 0 or 255, marked as Adobe's inverted CMYK.
pub(super) fn cmyk_jpeg(channels: [bool; 4]) -> Vec<u8> {
    let mut file = b"\xff\xd8\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0".to_vec();
    // One quantisation table of eights.
    file.extend([&b"\xff\xdb\0\x43\0"[..], &[8; 64]].concat());
    // Frame: 8 bits, 8 × 8, four channels without subsampling.
    file.extend(b"\xff\xc0\0\x14\x08\0\x08\0\x08\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0");
    // DC codes: 00 for a difference of 7 bits, 01 for one of 8. AC code: 0 for the end of the block.
    file.extend([&b"\xff\xc4\0\x15\0\0\x02"[..], &[0; 14], &[7, 8]].concat());
    file.extend([&b"\xff\xc4\0\x14\x10\x01"[..], &[0; 15], &[0]].concat());
    file.extend(b"\xff\xda\0\x0e\x04\x01\0\x02\0\x03\0\x04\0\0\x3f\0");
    // 127 eights above the middle are 255, 128 below it are 0.
    let bits: String = channels.iter().map(|full| if *full { "0011111110" } else { "01011111110" }).collect();
    let padded = format!("{bits:1<48}");
    for byte in padded.as_bytes().chunks(8) {
        let byte = u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap();
        file.push(byte);
        if byte == 0xff {
            file.push(0);
        }
    }
    file.extend(b"\xff\xd9");
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}
