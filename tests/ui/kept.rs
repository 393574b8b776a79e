//! The pictures that are kept in `screenshots/`: written small, and compared with what is drawn.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use color_quant::NeuQuant;
use image::RgbaImage;

/// The share of pixels that may differ from a kept picture, and by how much in a channel.
const TOLERANCE: (f64, u8) = (0.005, 24);

/// Colours of a kept picture, and how many of them are the window's own commonest ones, taken exactly.
const COLOURS: usize = 256;
const EXACT: usize = 128;

/// Every how many pixels the quantiser learns from (1 to 30).
const SAMPLING: i32 = 3;

/// Where the kept pictures lie.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots")
}

/// Writes an opaque picture with a palette, which a window fits with a quarter of the bytes: its areas and letters have
/// few colours, and photos in it do with the others.
pub(crate) fn write(folder: &Path, name: &str, image: &RgbaImage) {
    std::fs::create_dir_all(folder).unwrap();
    let (palette, indices) = in_palette(image);
    let file = BufWriter::new(File::create(folder.join(format!("{name}.png"))).unwrap());
    let mut encoder = png::Encoder::new(file, image.width(), image.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(&indices).unwrap();
}

/// The palette as RGB triples, and the place in it of each pixel's colour.
fn in_palette(image: &RgbaImage) -> (Vec<u8>, Vec<u8>) {
    let mut counts: HashMap<[u8; 4], usize> = HashMap::new();
    for pixel in image.pixels() {
        *counts.entry(pixel.0).or_default() += 1;
    }
    let mut common: Vec<_> = counts.into_iter().collect();
    common.sort_unstable_by_key(|&(colour, count)| (std::cmp::Reverse(count), colour));
    common.truncate(if common.len() > COLOURS { EXACT } else { COLOURS });
    let exact: Vec<[u8; 4]> = common.into_iter().map(|(colour, _)| colour).collect();
    let mut known: HashMap<[u8; 4], u8> = (0..=u8::MAX).zip(&exact).map(|(index, colour)| (*colour, index)).collect();
    let rest: Vec<u8> =
        image.pixels().filter(|pixel| !known.contains_key(&pixel.0)).flat_map(|pixel| pixel.0).collect();
    let mut palette = exact;
    if !rest.is_empty() {
        let learned = NeuQuant::new(SAMPLING, COLOURS - palette.len(), &rest).color_map_rgba();
        palette.extend(learned.as_chunks::<4>().0);
    }
    let nearest = |colour: [u8; 4]| {
        let far = |other: &[u8; 4]| (0..3).map(|c| i32::from(colour[c].abs_diff(other[c])).pow(2)).sum::<i32>();
        (0..=u8::MAX).zip(&palette).min_by_key(|(_, other)| far(other)).map_or(0, |(index, _)| index)
    };
    let indices = image.pixels().map(|pixel| *known.entry(pixel.0).or_insert_with(|| nearest(pixel.0))).collect();
    (palette.iter().flat_map(|colour| colour[..3].to_vec()).collect(), indices)
}

/// Says what is wrong when the picture that is kept under this name is missing or differs.
pub(crate) fn difference(name: &str, image: &RgbaImage) -> Option<String> {
    let Ok(kept) = image::open(folder().join(format!("{name}.png"))) else {
        return Some(format!("{name} is not kept in screenshots/"));
    };
    let share = differing(image, &kept.to_rgba8());
    (share > TOLERANCE.0).then(|| format!("{name} differs in {:.2} % of its pixels", share * 100.0))
}

/// The share of pixels that differ visibly.
fn differing(one: &RgbaImage, other: &RgbaImage) -> f64 {
    if one.dimensions() != other.dimensions() {
        return 1.0;
    }
    let visibly = |pair: &(&image::Rgba<u8>, &image::Rgba<u8>)| {
        pair.0.0.iter().zip(pair.1.0).any(|(a, b)| a.abs_diff(b) > TOLERANCE.1)
    };
    let count = one.pixels().zip(other.pixels()).filter(visibly).count();
    count as f64 / f64::from(one.width() * one.height())
}

/// Removes pictures that nobody draws.
pub(crate) fn remove_all_but(known: &[&str]) {
    for entry in std::fs::read_dir(folder()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !known.iter().any(|known| name == format!("{known}.png")) {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
}

#[test]
fn a_kept_picture_that_is_missing_or_has_changed_is_told() {
    let image = RgbaImage::from_pixel(20, 20, image::Rgba([1, 2, 3, 255]));
    assert_eq!(difference("never drawn", &image), Some("never drawn is not kept in screenshots/".to_owned()));
    assert!(difference("main-dark", &image).is_some_and(|what| what.contains("differs in 100.00 %")));
}

#[test]
fn a_picture_with_a_palette_is_the_same_to_the_eye() {
    let image = RgbaImage::from_fn(300, 200, |x, y| {
        let red = if x < 100 { 40 } else { (x % 256) as u8 };
        image::Rgba([red, if x < 100 { 40 } else { (y % 200) as u8 }, 90, 255])
    });
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "two", &image);
    let back = image::open(folder.path().join("two.png")).unwrap().to_rgba8();
    assert_eq!(back.get_pixel(50, 50).0, [40, 40, 90, 255]);
    assert!(differing(&image, &back) <= TOLERANCE.0);
}
