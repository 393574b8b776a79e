//! What leaves: photos with everything that phones and editors put into them go in, and none of it comes out.

use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ExtendedColorType, ImageBuffer, ImageFormat, Rgb, Rgba, RgbaImage};
use moxcms::ColorProfile;
use sticker_booth::model::{Crop, Framing};
use sticker_booth::photo::PickedPhoto;
use sticker_booth::picture::decode_photo;
use sticker_booth::studio::LoadedPhoto;
use sticker_booth::vision::Networks;

use super::compose::{
    animated_gif, cmyk_jpeg, exif, file, icc_segment, jpeg, png_chunk, png_with_profile, quarters, with_segment, xmp,
};
use super::{SAMPLE, segments};

/// How often something was found in files.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    gps: usize,
    xmp: usize,
    thumbnails: usize,
    exif: usize,
    profiles: usize,
    comments: usize,
}

impl Found {
    fn add(&mut self, file: &[u8]) {
        let has = |needle: &[u8]| usize::from(file.windows(needle.len()).any(|part| part == needle));
        self.gps += has(b"GPS-SECRET");
        self.xmp += has(b"XMP-SECRET");
        self.thumbnails += file.windows(3).skip(1).filter(|part| *part == [0xff, 0xd8, 0xff]).count();
        self.exif += has(b"Exif\0\0") + has(b"eXIf") + has(b"EXIF");
        self.profiles += has(b"ICC_PROFILE") + has(b"iCCP");
        self.comments += has(b"COMMENT-SECRET");
    }
}

/// A picture within the EXIF data, as cameras put it there.
fn thumbnail() -> Vec<u8> {
    jpeg(&quarters(16, 16))
}

/// The EXIF data of PNG and WebP, which have no mark of their own before it.
fn bare_exif(orientation: u16) -> Vec<u8> {
    exif(orientation, &thumbnail())[6..].to_vec()
}

/// A PNG with these chunks before its pixels.
fn png_with(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = 8 + 12 + 13;
    [&png[..header], &chunks.concat(), &png[header..]].concat()
}

/// A WebP whose container holds EXIF and XMP.
fn webp_with_metadata(image: &RgbaImage) -> Vec<u8> {
    let mut simple = Vec::new();
    WebPEncoder::new_lossless(&mut simple)
        .encode(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgba8)
        .unwrap();
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        let padding = vec![0; data.len() % 2];
        [name.as_slice(), &length, data, &padding].concat()
    };
    let edge = |length: u32| (length - 1).to_le_bytes()[..3].to_vec();
    let head = [vec![0x08 | 0x04 | 0x10, 0, 0, 0], edge(image.width()), edge(image.height())].concat();
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &head),
        simple[12..].to_vec(),
        chunk(b"EXIF", &bare_exif(1)),
        chunk(b"XMP ", &xmp()),
    ]
    .concat();
    [b"RIFF".to_vec(), u32::try_from(body.len()).unwrap().to_le_bytes().to_vec(), body].concat()
}

/// Files of every kind with everything in them.
fn files() -> Vec<(String, Vec<u8>)> {
    let image = quarters(64, 48);
    let rgb = DynamicImage::ImageRgb8(image.clone());
    let deep = DynamicImage::ImageRgb16(ImageBuffer::from_fn(64, 48, |x, y| {
        Rgb(image.get_pixel(x, y).0.map(|level| u16::from(level) * 257))
    }));
    let clear = RgbaImage::from_fn(64, 48, |x, _| Rgba([200, 30, 40, (x * 4) as u8]));
    let alpha = DynamicImage::ImageRgba8(clear.clone());
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    let loaded = |jpeg: &[u8], orientation: u16| {
        let with_profile = with_segment(jpeg, 0xe2, &icc_segment(&p3));
        let with_xmp = with_segment(&with_profile, 0xe1, &xmp());
        let with_comment = with_segment(&with_xmp, 0xfe, b"COMMENT-SECRET");
        with_segment(&with_comment, 0xe1, &exif(orientation, &thumbnail()))
    };
    let chunks = || {
        let text = [b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), &xmp()].concat();
        [
            png_chunk(*b"eXIf", &bare_exif(3)),
            png_chunk(*b"iTXt", &text),
            png_chunk(*b"tEXt", b"Comment\0COMMENT-SECRET"),
        ]
    };
    let mut files: Vec<(String, Vec<u8>)> =
        (1..=8).map(|turn| (format!("JPEG, orientation {turn}"), loaded(&jpeg(&image), turn))).collect();
    let portrait = decode_photo(SAMPLE).unwrap().image;
    files.push(("the portrait as a phone has it".to_owned(), loaded(&jpeg(&portrait), 6)));
    files.push((
        "CMYK".to_owned(),
        with_segment(&with_segment(&cmyk_jpeg([true; 4]), 0xe1, &xmp()), 0xe1, &exif(1, &thumbnail())),
    ));
    files.push(("PNG".to_owned(), png_with(&file(&rgb, ImageFormat::Png), &chunks())));
    files.push(("PNG, 16 bit".to_owned(), png_with(&file(&deep, ImageFormat::Png), &chunks())));
    files.push(("PNG, alpha".to_owned(), png_with(&file(&alpha, ImageFormat::Png), &chunks())));
    let tagged = png_with_profile(image.as_raw(), (64, 48), ExtendedColorType::Rgb8, p3.clone());
    files.push(("PNG, Display P3".to_owned(), png_with(&tagged, &chunks())));
    files.push(("WebP".to_owned(), webp_with_metadata(&clear)));
    let trailing = |mut bytes: Vec<u8>| {
        bytes.extend([xmp(), b"COMMENT-SECRET".to_vec(), exif(1, &thumbnail())].concat());
        bytes
    };
    files.push(("GIF, with more behind it".to_owned(), trailing(animated_gif(&[clear]))));
    files.push(("BMP, with more behind it".to_owned(), trailing(file(&rgb, ImageFormat::Bmp))));
    files.push(("TIFF, 16 bit, with more behind it".to_owned(), trailing(file(&deep, ImageFormat::Tiff))));
    files
}

#[test]
fn nothing_that_a_file_tells_beside_its_pixels_leaves_with_a_crop_padding_and_a_turn() {
    let networks = Networks::load().unwrap();
    let files = files();
    let (mut before, mut after) = (Found::default(), Found::default());
    let mut sizes = 0;
    for (name, bytes) in &files {
        before.add(bytes);
        let picked = PickedPhoto::new(bytes.clone(), "IMG_2041 home.jpg");
        let loaded =
            LoadedPhoto::of(&networks, picked, None, &|| false).unwrap_or_else(|error| panic!("{name}: {error}"));
        let turned = loaded.turned(&networks, 1, &|| false).unwrap();
        let (width, height) = turned.size();
        // Beyond the left and top edge, and without the last quarter.
        let (width, height) = (width as f32, height as f32);
        let crop = Crop { left: -3.0, top: -5.0, width: width * 0.75 + 3.0, height: height * 0.75 + 5.0 }.rounded();
        for photo in [
            turned.prepare(0, crop, [20, 200, 20]).unwrap(),
            loaded.prepare_as_proposed().unwrap(),
            loaded.prepare(0, Crop::whole(loaded.size()), Framing::default().padding).unwrap(),
        ] {
            after.add(&photo.jpeg);
            assert_eq!(segments(&photo.jpeg), [0xe0], "{name}: more than JFIF's own segment");
            // JFIF may hold a thumbnail of its own: its width and height are the last two of its 14 bytes.
            assert_eq!(photo.jpeg[18..20], [0, 0], "{name}: a JFIF thumbnail");
            sizes += 1;
        }
        let sent = decode_photo(&turned.prepare(0, crop, [20, 200, 20]).unwrap().jpeg).unwrap().image;
        let corner = sent.get_pixel(0, 0).0;
        assert!(corner[1] > 150 && corner[0] < 90, "{name}: the padding is {corner:?}");
        assert_eq!(sent.dimensions(), (crop.width as u32, crop.height as u32), "{name}");
    }
    assert_eq!((files.len(), sizes), (18, 54));
    assert_eq!(before, Found { gps: 18, xmp: 18, thumbnails: 18, exif: 18, profiles: 10, comments: 16 });
    assert_eq!(after, Found::default());
}
