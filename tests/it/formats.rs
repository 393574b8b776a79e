//! Every kind of picture file is read as a person sees it, or named as what it is; nobody is told of damage that is none.

mod compose;
mod spaces;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, imageops};
use sticker_booth::picture::{PictureError, check_whole, decode_photo, decode_sticker, encode_jpeg};

use crate::photos::compose::{animated_gif, png_chunk, with_segment};
use crate::support::booth::{Booth, Ended};
use compose::{STRIPS, TILES, file, grey_samples, packed, plain_tiff, tiff};

fn portrait() -> RgbImage {
    image::load_from_memory(sticker_booth::studio::SAMPLE).unwrap().to_rgb8()
}

/// The portrait in many scans, as web sites send it.
const PROGRESSIVE: &[u8] = include_bytes!("formats/progressive.jpg");

/// All files that these tests are made with, and whether they are damaged.
pub(crate) fn all() -> Vec<(String, Vec<u8>, bool)> {
    let whole = endless().into_iter().map(|(name, bytes)| (name.to_owned(), bytes, false));
    let unread = unread().into_iter().map(|(name, bytes, _)| (format!("unread-{name}"), bytes, false));
    let cut = cut().into_iter().map(|(name, bytes)| (format!("cut-{name}"), bytes, true));
    whole.chain(unread).chain(cut).collect()
}

/// Has the program make a small sticker of a file.
fn made(name: &str, bytes: &[u8]) -> Ended {
    let booth = Booth::new();
    booth.put(name, bytes);
    let ended = booth.run(["make", name, "-o", "out.png", "--width", "256", "--height", "256"]);
    assert_eq!(ended.code == Some(0), booth.path("out.png").exists(), "{name}: {ended:?}");
    assert!(!ended.err.contains("panicked") && !ended.err.contains(".rs:"), "{name}: {ended:?}");
    ended
}

/// Whole pictures whose files lack their end, with their names.
fn endless() -> Vec<(&'static str, Vec<u8>)> {
    let portrait = portrait();
    let dynamic = DynamicImage::ImageRgb8(portrait.clone());
    let jpeg = encode_jpeg(&portrait, 90).unwrap();
    let without_end = jpeg[..jpeg.len() - 2].to_vec();
    let png = file(&dynamic, ImageFormat::Png);
    let gif = animated_gif(&[dynamic.to_rgba8()]);
    let webp = file(&dynamic, ImageFormat::WebP);
    let bmp = file(&dynamic, ImageFormat::Bmp);
    // The container claims more than there is, and one more chunk begins that never ends.
    let mut longer = [&webp[..], b"EXIF\xff\0\0\0MM"].concat();
    longer[4..8].copy_from_slice(&(webp.len() as u32 + 300).to_le_bytes());
    vec![
        ("plain.jpg", without_end.clone()),
        ("one-byte-of-the-mark.jpg", jpeg[..jpeg.len() - 1].to_vec()),
        ("with-a-trailer.jpg", [&without_end[..], b"\0\0SEFH\x6b\0\0\0\x01\0\0\0SEFT"].concat()),
        ("many-scans.jpg", PROGRESSIVE[..PROGRESSIVE.len() - 2].to_vec()),
        ("no-end-chunk.png", png[..png.len() - 12].to_vec()),
        ("half-an-end-chunk.png", png[..png.len() - 5].to_vec()),
        ("no-checksum.png", png[..png.len() - 14].to_vec()),
        ("no-trailer.gif", gif[..gif.len() - 1].to_vec()),
        ("claims-more.webp", longer),
        ("no-padding.bmp", bmp[..bmp.len() - 1].to_vec()),
    ]
}

#[test]
fn a_bmp_that_claims_no_plane_is_read_as_others_read_it() {
    let bmp = file(&DynamicImage::ImageRgb8(portrait()), ImageFormat::Bmp);
    let claims_none = [&bmp[..26], &[0, 0], &bmp[28..]].concat();
    assert!(decode_photo(&claims_none).unwrap().image == decode_photo(&bmp).unwrap().image);
    made("no-plane.bmp", &claims_none).ends_with(0);
}

#[test]
fn a_file_without_its_end_mark_is_taken_when_every_row_is_there() {
    for (name, bytes) in endless() {
        made(name, &bytes).ends_with(0);
        let photo = decode_photo(&bytes).unwrap();
        let off = |x: u32, y: u32| {
            let (here, there) = (photo.image.get_pixel(x, y).0, portrait().get_pixel(x, y).0);
            (0..3).map(|channel| here[channel].abs_diff(there[channel])).max().unwrap()
        };
        let (right, bottom) = (photo.image.width() - 1, photo.image.height() - 1);
        // The last row is the picture's own, and not painted over.
        let mean = (0..=right).map(|x| u32::from(off(x, bottom))).sum::<u32>() / (right + 1);
        assert!(mean < 20, "{name}: the last row is off by {mean} on average");
    }
}

#[test]
fn what_was_paid_for_must_have_its_end_mark_all_the_same() {
    for (name, bytes) in endless().into_iter().filter(|(name, _)| !name.ends_with("gif") && !name.ends_with("bmp")) {
        assert!(matches!(check_whole(&bytes), Err(PictureError::Truncated { .. })), "{name}");
        assert!(matches!(decode_sticker(&bytes), Err(PictureError::Truncated { .. })), "{name}");
    }
}

/// Pictures that lack rows, with their names.
fn cut() -> Vec<(&'static str, Vec<u8>)> {
    let portrait = portrait();
    let dynamic = DynamicImage::ImageRgb8(portrait.clone());
    let jpeg = encode_jpeg(&portrait, 90).unwrap();
    let is_scan = |(_, two): &(usize, &[u8])| *two == [0xff, 0xda];
    let scans: Vec<usize> = PROGRESSIVE.windows(2).enumerate().filter(is_scan).map(|(at, _)| at).collect();
    let with_thumbnail = with_segment(&jpeg, 0xe1, &[b"Exif\0\0", &jpeg[..jpeg.len().min(30_000)]].concat());
    vec![
        ("half.jpg", jpeg[..jpeg.len() / 2].to_vec()),
        ("all-but-a-little.jpg", jpeg[..jpeg.len() - 40].to_vec()),
        ("only-the-head.jpg", jpeg[..300].to_vec()),
        ("inside-the-thumbnail.jpg", with_thumbnail[..20_000].to_vec()),
        ("between-two-scans.jpg", PROGRESSIVE[..scans[4]].to_vec()),
        ("inside-the-last-scan.jpg", PROGRESSIVE[..PROGRESSIVE.len() - 60].to_vec()),
        ("half.png", file(&dynamic, ImageFormat::Png)[..60_000].to_vec()),
        ("half.gif", animated_gif(&[dynamic.to_rgba8()])[..20_000].to_vec()),
        ("half.webp", file(&dynamic, ImageFormat::WebP)[..40_000].to_vec()),
        ("half.bmp", file(&dynamic, ImageFormat::Bmp)[..100_000].to_vec()),
        ("half.tif", file(&dynamic, ImageFormat::Tiff)[..100_000].to_vec()),
    ]
}

#[test]
fn a_file_that_lacks_rows_is_called_cut_off() {
    for (name, bytes) in cut() {
        let ended = made(name, &bytes).ends_with(3);
        // The list of a TIFF's tags is at its end, and without it nothing is known of the picture.
        assert!(ended.err.contains("cut off") || name.ends_with("tif"), "{name}: {}", ended.err);
    }
}

#[test]
fn tiffs_with_a_palette_or_few_bits_of_grey_are_drawn() {
    let image = imageops::crop_imm(&portrait(), 0, 0, 299, 300).to_image();
    let (width, height) = image.dimensions();
    for bits in [1, 2, 4, 8] {
        let samples = grey_samples(&image, bits);
        let rows = packed(width, &samples, bits);
        let most = (1_u32 << bits) - 1;
        let expected = |sample: u8| (u32::from(sample) * 255 / most) as u8;
        // A palette that runs from light to dark, so that indices taken for levels would show.
        let level = |index: u32| (most - index) * 65535 / most;
        let palette: Vec<u32> = (0..3).flat_map(|_| (0..=most).map(level)).collect();
        let negative: Vec<u8> = rows.iter().map(|byte| !byte).collect();
        for (name, bytes) in [
            ("palette", plain_tiff((width, height), bits, 3, &[(320, &palette)], &negative)),
            ("black is zero", plain_tiff((width, height), bits, 1, &[], &rows)),
            ("white is zero", plain_tiff((width, height), bits, 0, &[], &negative)),
        ] {
            let photo = decode_photo(&bytes).unwrap_or_else(|error| panic!("{bits} bits, {name}: {error}"));
            assert_eq!((photo.image.dimensions(), photo.stored_size), ((width, height), (width, height)));
            for (pixel, sample) in photo.image.pixels().zip(&samples) {
                // Of bits beyond the row's end nothing is drawn.
                assert!(pixel.0[0].abs_diff(expected(*sample)) <= 1, "{bits} bits, {name}: {pixel:?} for {sample}");
            }
            if bits >= 4 {
                made("photo.tif", &bytes).ends_with(0);
            }
        }
    }
}

#[test]
fn colours_of_a_tiff_palette_and_its_tiles_come_out_where_they_belong() {
    // Sixteen colours in 4 bits, on tiles of 32 × 16 pixels over 40 × 20.
    let color = |index: u32| [index * 4096, (15 - index) * 4096, (index * 7 % 16) * 4096];
    let palette: Vec<u32> = (0..3).flat_map(|channel| (0..16).map(move |index| color(index)[channel])).collect();
    let sample = |x: u32, y: u32| if x < 40 && y < 20 { ((x / 3 + y / 2) % 16) as u8 } else { 0 };
    let tile = |left: u32, top: u32| {
        let samples: Vec<u8> = (0..16 * 32).map(|at| sample(left + at % 32, top + at / 32)).collect();
        packed(32, &samples, 4)
    };
    let tags: compose::Tags<'_> = &[
        (256, &[40]),
        (257, &[20]),
        (258, &[4]),
        (259, &[1]),
        (262, &[3]),
        (277, &[1]),
        (320, &palette),
        (322, &[32]),
        (323, &[16]),
    ];
    let bytes = tiff(tags, TILES, &[tile(0, 0), tile(32, 0), tile(0, 16), tile(32, 16)]);
    let photo = decode_photo(&bytes).unwrap();
    assert_eq!(photo.image.dimensions(), (40, 20));
    for (x, y, pixel) in photo.image.enumerate_pixels() {
        let expected = color(sample(x, y).into()).map(|level| (level >> 8) as u8);
        assert_eq!(pixel, &Rgb(expected), "{x}, {y}");
    }
}

/// A BMP header of this size with this compression, and some pixels.
fn bmp(header: u32, compression: u32) -> Vec<u8> {
    let fields = [header, 64, 64, 1 | 24 << 16, compression, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let body: Vec<u8> = fields.iter().flat_map(|field| field.to_le_bytes()).collect();
    [b"BM\0\0\0\0\0\0\0\0\x4e\0\0\0", body.as_slice(), &[0; 64 * 64 * 3]].concat()
}

/// Kinds of JPEG and PNG that are not read, with their names and what they are called.
fn unread_kinds() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let portrait = portrait();
    let jpeg = encode_jpeg(&portrait, 90).unwrap();
    let frame = jpeg.windows(2).position(|two| two == [0xff, 0xc0]).unwrap() + 1;
    let with_frame = |marker: u8| [&jpeg[..frame], &[marker], &jpeg[frame + 1..]].concat();
    let mut deep = jpeg.clone();
    deep[frame + 3] = 12;
    let png = file(&DynamicImage::ImageRgb8(portrait.clone()), ImageFormat::Png);
    let cgbi = [&png[..8], &png_chunk(*b"CgBI", &[0x50, 0, 0x20, 2]), &png[8..]].concat();
    vec![
        ("arithmetic.jpg", with_frame(0xc9), "arithmetic coding"),
        ("arithmetic-scans.jpg", with_frame(0xca), "arithmetic coding"),
        ("lossless.jpg", with_frame(0xc3), "without loss"),
        ("hierarchical.jpg", with_frame(0xc5), "layers"),
        ("deep.jpg", deep, "more than 8 bits"),
        ("medical.jpg", with_frame(0xf7), "JPEG-LS"),
        ("iphone.png", cgbi, "CgBI"),
    ]
}

/// Kinds of TIFF that are not read, with their names and what they are called.
fn unread_tiffs() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let size = (64, 64);
    let rgb: compose::Tags<'_> = &[(258, &[8, 8, 8]), (277, &[3])];
    let rows = vec![90; 64 * 64 * 3];
    let with =
        |photometric: u32, more: compose::Tags<'_>| plain_tiff(size, 8, photometric, &[rgb, more].concat(), &rows);
    let plain: compose::Tags<'_> =
        &[(256, &[64]), (257, &[64]), (258, &[8, 8, 8]), (259, &[1]), (262, &[2]), (277, &[3])];
    let in_planes =
        tiff(&[plain, &[(284, &[2]), (322, &[48]), (323, &[48])]].concat(), TILES, &vec![vec![90; 48 * 48]; 12]);
    // A small picture first, and the real one only below it, as most cameras write.
    let (before, after): (compose::Tags<'_>, compose::Tags<'_>) = (&[(254, &[1])], &[(278, &[64]), (330, &[8])]);
    let thumbnail = tiff(&[before, plain, after].concat(), STRIPS, std::slice::from_ref(&rows));
    vec![
        ("planes.tif", in_planes, "tiles in separate planes"),
        ("zstd.tif", with(2, &[(259, &[50000])]), "Zstandard"),
        ("lzma.tif", with(2, &[(259, &[34925])]), "LZMA"),
        ("old.tif", with(2, &[(259, &[6])]), "JPEG compression"),
        ("unknown.tif", with(2, &[(259, &[60001])]), "unusual compression"),
        ("lab.tif", with(8, &[]), "Lab"),
        ("icc-lab.tif", with(9, &[]), "Lab"),
        ("ycbcr.tif", with(6, &[(530, &[1, 1])]), "YCbCr"),
        ("logluv.tif", with(32845, &[]), "logarithms"),
        ("signed.tif", with(2, &[(339, &[2, 2, 2])]), "signed"),
        ("twelve.tif", plain_tiff(size, 12, 1, &[], &[0; 64 * 96]), "unusual depth"),
        ("dng.tif", with(2, &[(50706, &[1, 4])]), "camera raw"),
        ("preview.nef", thumbnail, "camera raw"),
        ("mosaic.tif", with(32803, &[]), "camera raw"),
    ]
}

/// Formats that are not read, with the names of files and what they are called.
fn unread_formats() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let container = |brand: &[u8]| [b"\0\0\0\x18ftyp", brand, b"\0\0\0\0mif1", brand, &[0; 64]].concat();
    let tga = [&[0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 64, 0, 24, 0][..], &[90; 64 * 64 * 3]].concat();
    vec![
        ("canon.cr2", [b"II*\0\x10\0\0\0CR\x02\0", &[0; 90][..]].concat(), "camera raw"),
        ("canon.cr3", container(b"crx "), "camera raw"),
        ("fuji.raf", [&b"FUJIFILMCCD-RAW 0201"[..], &[0; 90]].concat(), "camera raw"),
        ("phone.heic", container(b"heic"), "HEIC"),
        ("web.avif", container(b"avif"), "AVIF"),
        ("scan.jp2", b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ".to_vec(), "JPEG 2000"),
        ("new.jxl", b"\xff\x0a\xfa\x1f\x41\x91\x08\x06\x01\0".to_vec(), "JPEG XL"),
        ("boxed.jxl", b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl ".to_vec(), "JPEG XL"),
        ("old.tga", tga, "TGA"),
        ("icon.ico", [&b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0"[..], &[0; 90]].concat(), "ICO"),
        ("layers.psd", [&b"8BPS\0\x01"[..], &[0; 90]].concat(), "PSD"),
        ("drawing.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "SVG"),
        ("os2.bmp", bmp(64, 0), "OS/2"),
        ("os2-short.bmp", bmp(16, 0), "OS/2"),
        ("holds-jpeg.bmp", bmp(40, 4), "hold a JPEG"),
        ("runs.bmp", bmp(40, 1), "run lengths"),
        ("no-head.dib", bmp(40, 0)[14..].to_vec(), "DIB"),
    ]
}

/// All of these.
fn unread() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    [unread_kinds(), unread_tiffs(), unread_formats()].concat()
}

#[test]
fn what_is_not_read_is_named_with_what_to_do_and_never_called_damaged() {
    for (name, bytes, words) in unread() {
        let ended = made(name, &bytes).ends_with(3);
        let said = ended.err.replace("Camera raw", "camera raw");
        assert!(said.contains(words) && said.contains("cannot be read here"), "{name}: {said}");
        assert!(said.contains("open it in another program, save it as"), "{name}: {said}");
        assert!(!said.contains("damaged") && !said.contains("cut off"), "{name}: {said}");
    }
}

#[test]
fn a_decoder_that_breaks_down_is_told_in_one_sentence_and_nothing_else_reaches_the_terminal() {
    // Planes whose strips are shorter than they claim bring the decoder to an assertion, or to an error: either is told.
    let bits: &[u32] = &[8, 8, 8];
    for (rows_of_strip, strips) in [(64, 3), (30, 9), (64, 2)] {
        let rows_of_strip = [rows_of_strip];
        let bytes = tiff(
            &[
                (256, &[64]),
                (257, &[64]),
                (258, bits),
                (259, &[1]),
                (262, &[2]),
                (277, &[3]),
                (278, &rows_of_strip),
                (284, &[2]),
            ],
            STRIPS,
            &vec![vec![90; 64 * 30]; strips],
        );
        let ended = made("strips.tif", &bytes);
        assert!(ended.code == Some(0) || ended.code == Some(3), "{ended:?}");
        assert!(ended.err.lines().count() <= 1, "{}", ended.err);
    }
}
