//! Photos of every kind are read as a person sees them, and nothing but pixels leaves.

pub(crate) mod compose;
mod leaving;
mod preflight;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use image::{
    DynamicImage, ExtendedColorType, ImageBuffer, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage, imageops,
};
use moxcms::ColorProfile;
use proptest::prelude::*;
use sticker_booth::net::Reach;
use sticker_booth::photo::{
    self, Finding, PhotoError, PhotoSource, PickedPhoto, Preparation, around_face, check, check_pixels,
    may_stay_linked, prepare, read_file, whole,
};
use sticker_booth::picture::{
    Format, PictureError, PngText, check_whole, decode_photo, decode_sticker, encode_png, has_alpha_cutout,
    is_as_written, read_png_text, with_png_text, with_png_text_alone,
};
use sticker_booth::vision::Networks;

use compose::{
    animated_gif, cmyk_jpeg, exif, file, icc_segment, jpeg, palette_png, png_chunk, png_with_profile, quarters,
    with_jpeg_size, with_png_size, with_segment, xmp,
};

const SAMPLE: &[u8] = include_bytes!("../../assets/sample/portrait.png");

fn assert_near(found: Rgb<u8>, expected: [u8; 3], tolerance: u8) {
    for channel in 0..3 {
        assert!(found.0[channel].abs_diff(expected[channel]) <= tolerance, "{found:?} is not {expected:?}");
    }
}

/// The colours of the four corners: top left, top right, bottom left, bottom right.
fn corners(image: &RgbImage) -> [char; 4] {
    let (right, bottom) = (image.width() - 2, image.height() - 2);
    [(1, 1), (right, 1), (1, bottom), (right, bottom)].map(|(x, y)| match image.get_pixel(x, y).0 {
        [red, green, blue] if red > 200 && green > 200 && blue > 200 => 'w',
        [red, ..] if red > 200 => 'r',
        [_, green, _] if green > 200 => 'g',
        _ => 'b',
    })
}

#[test]
fn all_eight_orientations_come_out_upright() {
    let stored = jpeg(&quarters(64, 32));
    for (orientation, expected) in [
        (1, ['r', 'g', 'b', 'w']),
        (2, ['g', 'r', 'w', 'b']),
        (3, ['w', 'b', 'g', 'r']),
        (4, ['b', 'w', 'r', 'g']),
        (5, ['r', 'b', 'g', 'w']),
        (6, ['b', 'r', 'w', 'g']),
        (7, ['w', 'g', 'b', 'r']),
        (8, ['g', 'w', 'r', 'b']),
    ] {
        let photo = decode_photo(&with_segment(&stored, 0xe1, &exif(orientation, b""))).unwrap();
        let size = if orientation < 5 { (64, 32) } else { (32, 64) };
        assert_eq!(photo.image.dimensions(), size, "orientation {orientation}");
        assert_eq!(corners(&photo.image), expected, "orientation {orientation}");
        assert_eq!((photo.stored_size, u16::from(photo.orientation)), ((64, 32), orientation));
    }
}

#[test]
fn every_format_and_depth_shows_the_same_picture() {
    let image = quarters(40, 24);
    let rgb = DynamicImage::ImageRgb8(image.clone());
    let deep = DynamicImage::ImageRgb16(ImageBuffer::from_fn(40, 24, |x, y| {
        Rgb(image.get_pixel(x, y).0.map(|level| u16::from(level) * 257))
    }));
    for (bytes, format) in [
        (jpeg(&image), Format::Jpeg),
        (file(&rgb, ImageFormat::Png), Format::Png),
        (file(&deep, ImageFormat::Png), Format::Png),
        (file(&rgb, ImageFormat::WebP), Format::WebP),
        (file(&rgb, ImageFormat::Bmp), Format::Bmp),
        (file(&rgb, ImageFormat::Tiff), Format::Tiff),
        (file(&deep, ImageFormat::Tiff), Format::Tiff),
    ] {
        let photo = decode_photo(&bytes).unwrap();
        assert_eq!((photo.format, photo.image.dimensions(), photo.orientation), (format, (40, 24), 1));
        assert_eq!(corners(&photo.image), ['r', 'g', 'b', 'w'], "{format}");
    }
}

#[test]
fn an_animated_gif_shows_its_first_frame() {
    let frames = [Rgba([240, 20, 20, 255]), Rgba([20, 20, 240, 255])].map(|c| RgbaImage::from_pixel(30, 20, c));
    let photo = decode_photo(&animated_gif(&frames)).unwrap();
    assert_eq!((photo.format, photo.image.dimensions()), (Format::Gif, (30, 20)));
    assert_near(*photo.image.get_pixel(10, 10), [240, 20, 20], 8);
}

#[test]
fn grey_and_palette_become_rgb_and_transparency_becomes_white() {
    let grey = ImageBuffer::from_pixel(9, 9, Luma([77_u8]));
    let photo = decode_photo(&file(&DynamicImage::ImageLuma8(grey), ImageFormat::Png)).unwrap();
    assert_near(*photo.image.get_pixel(4, 4), [77; 3], 0);

    let photo = decode_photo(&palette_png(10, 4)).unwrap();
    assert_near(*photo.image.get_pixel(1, 1), [200, 30, 40], 0);
    assert_near(*photo.image.get_pixel(8, 1), [127; 3], 1);

    let clear = RgbaImage::from_pixel(9, 9, Rgba([0, 0, 0, 0]));
    let photo = decode_photo(&file(&DynamicImage::ImageRgba8(clear), ImageFormat::Png)).unwrap();
    assert_near(*photo.image.get_pixel(4, 4), [255; 3], 0);
}

#[test]
fn cmyk_is_read_in_adobes_inverted_form() {
    // Inverted, 255 is no ink: without magenta and yellow ink there is cyan and so on.
    for (channels, expected) in [
        ([true, false, false, true], [255, 0, 0]),
        ([false, true, true, true], [0, 255, 255]),
        ([true, true, true, true], [255, 255, 255]),
        ([true, true, true, false], [0, 0, 0]),
    ] {
        let photo = decode_photo(&cmyk_jpeg(channels)).unwrap();
        assert_eq!(photo.image.dimensions(), (8, 8));
        assert_near(*photo.image.get_pixel(3, 3), expected, 6);
    }
}

/// Display P3 to sRGB by the published matrix, both with the sRGB curve.
fn p3_to_srgb(color: [u8; 3]) -> [u8; 3] {
    let [red, green, blue] = color.map(|level| {
        let level = f64::from(level) / 255.0;
        if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
    });
    let linear = [
        1.22494 * red - 0.22494 * green,
        -0.04206 * red + 1.04206 * green,
        -0.01964 * red - 0.07864 * green + 1.09828 * blue,
    ];
    linear.map(|level| {
        let level = level.clamp(0.0, 1.0);
        let encoded = if level <= 0.003_130_8 { level * 12.92 } else { 1.055 * level.powf(1.0 / 2.4) - 0.055 };
        (encoded * 255.0).round() as u8
    })
}

#[test]
fn a_wide_profile_is_converted_to_srgb() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    for color in [[200, 90, 60], [60, 180, 90], [128, 128, 128]] {
        let image = RgbImage::from_pixel(16, 16, Rgb(color));
        let expected = p3_to_srgb(color);
        let as_jpeg = with_segment(&jpeg(&image), 0xe2, &icc_segment(&profile));
        assert_near(*decode_photo(&as_jpeg).unwrap().image.get_pixel(8, 8), expected, 4);
        let as_png = png_with_profile(image.as_raw(), (16, 16), ExtendedColorType::Rgb8, profile.clone());
        assert_near(*decode_photo(&as_png).unwrap().image.get_pixel(8, 8), expected, 2);
    }
    assert!(p3_to_srgb([200, 90, 60])[0] > 205, "the colours above would pass without conversion");
}

#[test]
fn a_grey_profile_is_converted_and_a_broken_one_left_aside() {
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let bytes = png_with_profile(&[55; 64], (8, 8), ExtendedColorType::L8, linear);
    assert_near(*decode_photo(&bytes).unwrap().image.get_pixel(4, 4), [128; 3], 3);

    let bytes = png_with_profile(&[55; 64], (8, 8), ExtendedColorType::L8, b"no profile at all".to_vec());
    assert_near(*decode_photo(&bytes).unwrap().image.get_pixel(4, 4), [55; 3], 0);
}

#[test]
fn a_file_cut_anywhere_is_refused_as_truncated() {
    let image = DynamicImage::ImageRgb8(quarters(48, 48));
    let with_thumbnail = with_segment(&jpeg(&quarters(48, 48)), 0xe1, &exif(1, &jpeg(&quarters(8, 8))));
    let gif = animated_gif(&[image.to_rgba8(), image.to_rgba8()]);
    for (whole, format) in [
        (with_thumbnail, Format::Jpeg),
        (file(&image, ImageFormat::Png), Format::Png),
        (file(&image, ImageFormat::WebP), Format::WebP),
        (gif, Format::Gif),
    ] {
        assert_eq!(check_whole(&whole), Ok(format));
        // The first 16 bytes suffice to know any format.
        for length in 16..whole.len() {
            assert_eq!(check_whole(&whole[..length]), Err(PictureError::Truncated { format }), "{format} at {length}");
        }
        let half = &whole[..whole.len() / 2];
        assert_eq!(decode_photo(half).unwrap_err(), PictureError::Truncated { format });
        let trailing = [whole.as_slice(), b"appended by a camera"].concat();
        assert_eq!(check_whole(&trailing), Ok(format));
        assert_eq!(corners(&decode_photo(&trailing).unwrap().image), ['r', 'g', 'b', 'w']);
    }
    for format in [ImageFormat::Bmp, ImageFormat::Tiff] {
        let whole = file(&image, format);
        assert!(decode_photo(&whole[..whole.len() / 2]).is_err(), "{format:?}");
    }
}

#[test]
fn a_header_that_claims_too_much_is_refused_before_decoding() {
    let png = file(&DynamicImage::ImageRgb8(quarters(8, 8)), ImageFormat::Png);
    let claims = with_png_size(&png, 20_000, 5_001);
    assert_eq!(
        decode_photo(&claims).unwrap_err(),
        PictureError::TooManyPixels { width: 20_000, height: 5_001, limit: 100_000_000 }
    );
    assert_eq!(
        decode_sticker(&with_png_size(&png, 5000, 4000)).unwrap_err(),
        PictureError::TooManyPixels { width: 5000, height: 4000, limit: 17_000_000 }
    );
    let claims = with_jpeg_size(&jpeg(&quarters(16, 16)), 65_500, 65_500);
    assert!(matches!(decode_photo(&claims), Err(PictureError::TooManyPixels { .. })));

    let rgba = file(&DynamicImage::ImageRgba8(RgbaImage::new(8, 8)), ImageFormat::Png);
    assert_eq!(
        decode_photo(&with_png_size(&rgba, 10_000, 10_000)).unwrap_err(),
        PictureError::TooMuchMemory { bytes: 400_000_000, limit: 320_000_000 }
    );
}

#[test]
fn heic_and_avif_are_named_with_what_to_do() {
    for (bytes, name) in [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and so on".as_slice(), "HEIC"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1miafavif and so on".as_slice(), "AVIF"),
    ] {
        let sentence = decode_photo(bytes).unwrap_err().to_string();
        assert!(sentence.starts_with(name) && sentence.contains("JPEG"), "{sentence}");
    }
    assert_eq!(decode_photo(b"a letter").unwrap_err(), PictureError::NotAPicture);
    assert_eq!(decode_photo(b"").unwrap_err(), PictureError::NotAPicture);
}

#[test]
fn every_refusal_is_one_sentence() {
    let format = Format::Heic;
    for error in [
        PictureError::NotAPicture,
        PictureError::Unsupported { format },
        PictureError::NotForStickers { format: Format::Gif },
        PictureError::Truncated { format: Format::Jpeg },
        PictureError::FileTooLarge { bytes: 70 << 20, limit: 64 << 20 },
        PictureError::TooManyPixels { width: 20_000, height: 10_000, limit: 100_000_000 },
        PictureError::TooMuchMemory { bytes: 400_000_000, limit: 320_000_000 },
        PictureError::Keyword { keyword: " x".into() },
    ] {
        let sentence = error.to_string();
        assert!(sentence.contains("; ") && !sentence.ends_with('.') && !sentence.contains(". "), "{sentence}");
    }
    let sentence = PictureError::FileTooLarge { bytes: 70 << 20, limit: 64 << 20 }.to_string();
    assert!(sentence.contains("70 MiB") && sentence.contains("64 MiB"), "{sentence}");
}

#[test]
fn nothing_but_pixels_is_in_a_prepared_photo() {
    let image = quarters(200, 100);
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let mut bytes = with_segment(&jpeg(&image), 0xe2, &icc_segment(&profile));
    bytes = with_segment(&bytes, 0xe1, &xmp());
    bytes = with_segment(&bytes, 0xfe, b"COMMENT-SECRET");
    bytes = with_segment(&bytes, 0xe1, &exif(6, &jpeg(&quarters(16, 16))));
    let photo = decode_photo(&bytes).unwrap();
    let crop = whole(photo.image.dimensions());
    let preparation = Preparation { quarter_turns: 0, crop, padding: [255; 3], stem: "0123".into() };
    let prepared = prepare(&photo, &preparation).unwrap();

    for secret in [b"SECRET".as_slice(), b"Exif", b"xmpmeta", b"ICC_PROFILE"] {
        assert!(bytes.windows(secret.len()).any(|part| part == secret), "the source lacks what is looked for");
        assert!(!prepared.jpeg.windows(secret.len()).any(|part| part == secret));
    }
    assert_eq!(segments(&prepared.jpeg), [0xe0], "only JFIF's own application segment may be there");
    assert_eq!(prepare(&photo, &preparation).unwrap(), prepared);
    let back = decode_photo(&prepared.jpeg).unwrap();
    assert_eq!((back.orientation, corners(&back.image)), (1, ['b', 'r', 'w', 'g']));
}

/// The application and comment markers before a JPEG's pixels.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let mut markers = Vec::new();
    let mut at = 2;
    while jpeg[at + 1] != 0xda {
        if matches!(jpeg[at + 1], 0xe0..=0xef | 0xfe) {
            markers.push(jpeg[at + 1]);
        }
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    markers
}

#[test]
fn the_sample_portrait_passes_and_its_face_is_found_again_in_what_is_sent() {
    let networks = Networks::load().unwrap();
    let photo = decode_photo(SAMPLE).unwrap();
    let faces = networks.faces(&photo.image);
    let findings = [check(whole(photo.image.dimensions()), &faces), check_pixels(&photo.image, &faces[0])].concat();
    assert_eq!(findings, []);

    let crop = around_face(photo.image.dimensions(), &faces[0]);
    let prepared =
        prepare(&photo, &Preparation { quarter_turns: 0, crop, padding: [255; 3], stem: "a".into() }).unwrap();
    let sent = decode_photo(&prepared.jpeg).unwrap();
    assert_eq!(sent.image.dimensions(), (prepared.width, prepared.height));
    let again = &networks.faces(&sent.image)[0];
    let left = prepared.placement.left + f64::from(again.left) * prepared.placement.scale;
    let top = prepared.placement.top + f64::from(again.top) * prepared.placement.scale;
    let tolerance = f64::from(faces[0].height) * 0.06;
    assert!((left - f64::from(faces[0].left)).abs() < tolerance && (top - f64::from(faces[0].top)).abs() < tolerance);
}

#[test]
fn a_blurred_a_dark_and_a_lying_portrait_are_told() {
    let networks = Networks::load().unwrap();
    let sharp = decode_photo(SAMPLE).unwrap().image;
    let face = networks.faces(&sharp).remove(0);
    let blurred = imageops::fast_blur(&sharp, face.height * 0.04);
    assert_eq!(check_pixels(&blurred, &face), [Finding::Blurred]);

    let mut dark = sharp.clone();
    for pixel in dark.pixels_mut() {
        pixel.0 = pixel.0.map(|level| level / 6);
    }
    assert_eq!(check_pixels(&dark, &face), [Finding::Dark]);

    for (turns, back) in [(1, 3), (2, 2), (3, 1)] {
        let lying = photo::turned(&sharp, turns).into_owned();
        let faces = networks.faces(&lying);
        let findings = check(whole(lying.dimensions()), &faces);
        assert!(findings.contains(&Finding::Sideways { quarter_turns: back }), "turned {turns}: {findings:?}");
    }
}

#[test]
fn a_missing_file_a_folder_and_a_file_too_large_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("me.png");
    assert_eq!(read_file(&path), Err(PhotoError::Missing { path: path.clone() }));
    assert_eq!(read_file(folder.path()), Err(PhotoError::NotAFile { path: folder.path().to_owned() }));

    // A sparse file costs no disk.
    std::fs::File::create(&path).unwrap().set_len((64 << 20) + 1).unwrap();
    assert!(matches!(read_file(&path), Err(PhotoError::Picture(PictureError::FileTooLarge { .. }))));

    std::fs::write(&path, b"abc").unwrap();
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
    let picked = PickedPhoto { bytes: b"abc".to_vec(), name: "me.png".into(), sha256 };
    assert_eq!(read_file(&path).unwrap(), picked);
    assert_eq!(read(PhotoSource::File(path), Reach::Public).unwrap(), picked);
    let pasted = PhotoSource::Bytes { bytes: b"abc".to_vec(), name: r"C:\Users\me\face.jpg".into() };
    assert_eq!(read(pasted, Reach::Public).unwrap().name, "face.jpg");
}

/// Reads on a runtime of its own.
fn read(source: PhotoSource, reach: Reach) -> Result<PickedPhoto, PhotoError> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(photo::read(source, reach))
}

/// A server on loopback that answers once, with these bytes.
fn served_once(body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let _length = stream.read(&mut request).unwrap();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
    });
    format!("http://{address}")
}

#[test]
fn a_linked_photo_is_fetched_only_where_the_link_may_lead() {
    let bytes = jpeg(&quarters(16, 16));
    let link = format!("{}/folder/me.jpg?token=secret", served_once(bytes.clone()));
    let refusal = read(PhotoSource::Link(link.clone()), Reach::Public).unwrap_err();
    assert!(matches!(refusal, PhotoError::Link { .. }) && !refusal.to_string().contains("secret"), "{refusal}");
    let picked = read(PhotoSource::Link(link), Reach::PublicAndLoopback).unwrap();
    assert_eq!((picked.name.as_str(), picked.bytes), ("me.jpg", bytes));

    let page = PhotoSource::Link(served_once(b"<!DOCTYPE html><title>An album</title>".to_vec()));
    assert_eq!(read(page, Reach::PublicAndLoopback), Err(PhotoError::LinkIsNoPicture));
}

#[test]
fn a_photo_stays_linked_only_upright_and_with_a_known_extension() {
    let upright = decode_photo(&jpeg(&quarters(16, 16))).unwrap();
    let turned = decode_photo(&with_segment(&jpeg(&quarters(16, 16)), 0xe1, &exif(6, b""))).unwrap();
    for (link, stays) in [
        ("https://example.com/me.JPG?width=3", true),
        ("https://example.com/me.webp#top", true),
        ("https://example.com/photo?file=me.jpg", false),
        ("https://example.com/me.gif", false),
    ] {
        assert_eq!(may_stay_linked(link, &upright), stays, "{link}");
        assert!(!may_stay_linked(link, &turned), "{link}");
    }
}

#[test]
fn results_keep_their_alpha_and_only_web_formats_are_taken() {
    let cutout = RgbaImage::from_fn(32, 32, |x, _| if x < 8 { Rgba([9, 9, 9, 0]) } else { Rgba([200, 20, 20, 255]) });
    let opaque = RgbaImage::from_pixel(32, 32, Rgba([200, 20, 20, 255]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let found = decode_sticker(&file(&DynamicImage::ImageRgba8(cutout.clone()), format)).unwrap();
        assert_eq!(found.as_rgba8(), Some(&cutout));
        assert!(has_alpha_cutout(&found));
        let found = decode_sticker(&file(&DynamicImage::ImageRgba8(opaque.clone()), format)).unwrap();
        assert!(!has_alpha_cutout(&found));
    }
    assert!(!has_alpha_cutout(&decode_sticker(&jpeg(&quarters(16, 16))).unwrap()));
    let bmp = file(&DynamicImage::ImageRgb8(quarters(8, 8)), ImageFormat::Bmp);
    assert_eq!(decode_sticker(&bmp).unwrap_err(), PictureError::NotForStickers { format: Format::Bmp });
}

#[test]
fn png_texts_are_written_read_and_replaced_without_touching_the_pixels() {
    let image = RgbaImage::from_fn(50, 40, |x, y| Rgba([x as u8, y as u8, 7, (x * 5) as u8]));
    let first = PngText::new("parameters", "a cat\nSteps: 20, Größe: ∞");
    let second = PngText::new("sticker-booth", "{\"version\":1}");
    let png = encode_png(&image, &[first.clone(), second.clone()]).unwrap();
    assert_eq!(read_png_text(&png).unwrap(), [first.clone(), second.clone()]);
    assert_eq!(decode_sticker(&png).unwrap().into_rgba8(), image);

    let newer = PngText::new("sticker-booth", "{\"version\":2}");
    let xmp = PngText::new("XML:com.adobe.xmp", "<x:xmpmeta/>");
    let changed = with_png_text(&png, &[newer.clone(), xmp.clone()]).unwrap();
    assert_eq!(read_png_text(&changed).unwrap(), [first, newer, xmp]);
    assert_eq!(decode_sticker(&changed).unwrap().into_rgba8(), image);
    let pixels = |png: &[u8]| png[png.windows(4).position(|bytes| bytes == b"IDAT").unwrap() - 4..].to_vec();
    assert_eq!(pixels(&changed), pixels(&png));
    assert_eq!(with_png_text(&png, &[second]).unwrap().len(), png.len());
}

#[test]
fn a_picture_written_here_keeps_its_packed_pixels_and_one_of_another_program_is_told_apart() {
    let png = encode_png(&quarters(8, 8), &[PngText::new("secret", "grandma")]).unwrap();
    let pixels = |png: &[u8]| png[png.windows(4).position(|bytes| bytes == b"IDAT").unwrap() - 4..].to_vec();
    assert!(is_as_written(&png));
    let copy = with_png_text_alone(&png, &[PngText::new("Software", "this")]).unwrap();
    assert_eq!(read_png_text(&copy).unwrap(), [PngText::new("Software", "this")]);
    assert_eq!(pixels(&copy), pixels(&png));

    let mut damaged = png.clone();
    let place = damaged.len() - 20;
    damaged[place] ^= 1;
    assert!(matches!(with_png_text_alone(&damaged, &[]), Err(PictureError::Damaged { .. })));
    let with_profile = [&png[..33], &png_chunk(*b"iCCP", b"name\0\0"), &png[33..]].concat();
    let grey = file(&DynamicImage::ImageLuma8(image::GrayImage::new(8, 8)), ImageFormat::Png);
    for other in [with_profile.as_slice(), &grey, &png[..40], &jpeg(&quarters(8, 8)), b""] {
        assert!(!is_as_written(other));
    }
}

#[test]
fn all_three_kinds_of_png_text_of_other_programs_are_read() {
    let png = file(&DynamicImage::ImageRgb8(quarters(8, 8)), ImageFormat::Png);
    // "hello" deflated without compression, with its Adler-32.
    let zlib = b"\x78\x01\x01\x05\x00\xfa\xffhello\x06\x2c\x02\x15";
    let chunks = [
        png_chunk(*b"tEXt", b"parameters\0Latin \xe9"),
        png_chunk(*b"tEXt", "Comment\0UTF-8 é".as_bytes()),
        png_chunk(*b"zTXt", &[b"packed\0\0".as_slice(), zlib].concat()),
        png_chunk(*b"iTXt", &[b"packed too\0\x01\0de\0\0".as_slice(), zlib].concat()),
        png_chunk(*b"zTXt", b"broken\0\0nothing"),
        png_chunk(*b"tEXt", &[b"too long\0".as_slice(), &vec![b'x'; 2 << 20]].concat()),
    ]
    .concat();
    let end = png.len() - 12;
    let png = [&png[..end], &chunks, &png[end..]].concat();
    let expected = [("parameters", "Latin é"), ("Comment", "UTF-8 é"), ("packed", "hello"), ("packed too", "hello")];
    assert_eq!(read_png_text(&png).unwrap(), expected.map(|(keyword, text)| PngText::new(keyword, text)));
    // Written anew, a text takes the place of any of its keyword, also of those behind the pixels.
    let changed = with_png_text(&png, &[PngText::new("packed", "new")]).unwrap();
    let packed: Vec<_> = read_png_text(&changed).unwrap().into_iter().filter(|text| text.keyword == "packed").collect();
    assert_eq!(packed, [PngText::new("packed", "new")]);
}

#[test]
fn a_keyword_against_the_rules_is_refused() {
    let png = encode_png(&quarters(8, 8), &[]).unwrap();
    for keyword in ["", " x", "x ", "a  b", "日本", "a\nb", &"x".repeat(80)] {
        let text = [PngText::new(keyword, "text")];
        assert!(matches!(with_png_text(&png, &text), Err(PictureError::Keyword { .. })), "{keyword:?}");
        assert!(matches!(encode_png(&quarters(8, 8), &text), Err(PictureError::Keyword { .. })), "{keyword:?}");
    }
    assert!(matches!(with_png_text(&png[..60], &[]), Err(PictureError::Truncated { .. })));
}

#[test]
fn several_decodes_at_once_all_end() {
    let bytes = jpeg(&quarters(400, 300));
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..6).map(|_| scope.spawn(|| decode_photo(&bytes).map(|photo| photo.stored_size))).collect();
        for worker in workers {
            assert_eq!(worker.join().unwrap(), Ok((400, 300)));
        }
    });
}

/// Small valid files of every format, to be damaged.
fn seeds() -> Vec<Vec<u8>> {
    let image = DynamicImage::ImageRgb8(quarters(16, 16));
    let formats = [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Bmp, ImageFormat::Tiff];
    let mut seeds: Vec<Vec<u8>> = formats.iter().map(|format| file(&image, *format)).collect();
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let tagged = with_segment(&jpeg(&quarters(16, 16)), 0xe1, &exif(6, b""));
    seeds.push(with_segment(&tagged, 0xe2, &icc_segment(&profile)));
    seeds.push(animated_gif(&[image.to_rgba8()]));
    seeds.push(cmyk_jpeg([true; 4]));
    seeds.push(palette_png(16, 16));
    seeds
}

/// Reads bytes in every way there is; what comes back is within the limits.
fn read_in_every_way(bytes: &[u8]) {
    if let Ok(photo) = decode_photo(bytes) {
        let pixels = u64::from(photo.stored_size.0) * u64::from(photo.stored_size.1);
        // Only the end may be missing.
        let is_all_there = matches!(check_whole(bytes), Ok(_) | Err(PictureError::Truncated { .. }));
        assert!(pixels <= 100_000_000 && is_all_there);
    }
    if let Ok(sticker) = decode_sticker(bytes) {
        assert!(u64::from(sticker.width()) * u64::from(sticker.height()) <= 17_000_000);
    }
    if let Ok(texts) = read_png_text(bytes) {
        assert!(texts.len() <= 64);
    }
    if let Ok(changed) = with_png_text(bytes, &[PngText::new("a", "b")]) {
        assert!(check_whole(&changed).is_ok());
    }
}

proptest! {
    // Failures are reported, not written into the tree.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(start in 0..8_usize, rest in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = seeds()[start][..16].to_vec();
        bytes.extend(&rest);
        read_in_every_way(&rest);
        read_in_every_way(&bytes);
    }

    #[test]
    fn damaged_files_never_panic(
        which in 0..8_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = seeds().swap_remove(which);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_in_every_way(&bytes);
    }
}
