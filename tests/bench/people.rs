//! What other people's stickers are like, by category: shares of whole heads, and how far skin is from the photo's.
//!
//! `STICKER_BOOTH_PEOPLE=FOLDER cargo bench --bench people [-- STYLE]`, where the folder holds `landmarks.json` and the
//! photos it names. `SCREENSHOTS_INTO=FOLDER` also draws a sheet of them there, each photo beside its sticker.

#![expect(clippy::disallowed_methods, reason = "tests measure by the computer's own clock")]
#![expect(clippy::expect_used, reason = "a bench without its data should stop at once")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]
#![expect(unreachable_pub, reason = "several programs share the judge")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use image::{DynamicImage, Rgba, RgbaImage, imageops};
use serde_json::Value;
use sticker_booth::engine::{BuiltIn, Control, StickerEngine as _};
use sticker_booth::model::Recipe;

use judge::{Judgement, Point, quantile};

#[path = "../support/judge.rs"]
mod judge;

/// Edge of a photo and of a sticker on the sheet, in pixels.
const CELL: u32 = 200;
/// Pairs in a row of the sheet.
const COLUMNS: u32 = 5;
/// The sheet's ground: a bluish grey, as a chat's wallpaper.
const GROUND: Rgba<u8> = Rgba([122, 149, 176, 255]);

fn main() {
    let Some(folder) = std::env::var_os("STICKER_BOOTH_PEOPLE").map(PathBuf::from) else {
        println!("STICKER_BOOTH_PEOPLE names no folder of portraits, so there is nothing to measure");
        return;
    };
    let style = std::env::args().skip(1).find(|word| !word.starts_with('-')).unwrap_or_default();
    let marks = std::fs::read(folder.join("landmarks.json")).expect("landmarks");
    let marks: Value = serde_json::from_slice(&marks).expect("landmarks");
    let engine = BuiltIn::load().expect("bundled networks");
    let mut categories: BTreeMap<String, Vec<Option<Judgement>>> = BTreeMap::new();
    let mut pairs = Vec::new();
    let begun = Instant::now();
    for (name, marks) in marks.as_object().expect("a photo a name") {
        let Some(face) = marks["faces"].get(0) else { continue };
        let points: Vec<Point> = face
            .as_array()
            .expect("points")
            .iter()
            .map(|point| [0, 1].map(|axis| point[axis].as_f64().expect("a number")))
            .collect();
        let photo = image::open(folder.join(name)).expect("photo").to_rgb8();
        let recipe = Recipe { prompt: style.clone(), width: 512, height: 512, ..Recipe::default() }.with_seed(7);
        let made = engine.make(&photo, &recipe, &Control::new()).ok();
        let judgement = made.as_ref().map(|made| judge::judge(&photo, &points, &made.cutout, made.frame));
        let stem = Path::new(name).file_stem().expect("a name").to_string_lossy().into_owned();
        let category = stem.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '-').to_owned();
        categories.entry(category).or_default().push(judgement);
        pairs.extend(made.map(|made| pair(photo, &made.cutout)));
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("{:<16} photos whole pieces  |dL| p50   p90  hue p50   p90  chroma  step p90  straight p90", "category");
    for (category, judgements) in &categories {
        print_row(category, judgements);
    }
    let all: Vec<Option<Judgement>> = categories.into_values().flatten().collect();
    print_row("all", &all);
    println!("{:.2} s a sticker", seconds / all.len().max(1) as f64);
    if let Some(into) = std::env::var_os("SCREENSHOTS_INTO") {
        sheet(&pairs).save(Path::new(&into).join("people.png")).expect("room for the sheet");
    }
}

fn print_row(category: &str, judgements: &[Option<Judgement>]) {
    let made: Vec<&Judgement> = judgements.iter().flatten().collect();
    let all = |measured: &dyn Fn(&Judgement) -> Option<f64>| -> Vec<f64> {
        made.iter().filter_map(|judgement| measured(judgement)).collect()
    };
    let lightness = all(&|judgement| judgement.lightness.map(f64::abs));
    let hue = all(&|judgement| judgement.hue);
    println!(
        "{category:<16} {:>6} {:>5} {:>6}  {:>8.3} {:>5.3}  {:>7.1} {:>5.1}  {:>6.2}  {:>8.3}  {:>12.2}",
        judgements.len(),
        made.iter().filter(|judgement| judgement.is_whole()).count(),
        made.iter().map(|judgement| judgement.pieces).max().unwrap_or_default(),
        quantile(&lightness, 0.5),
        quantile(&lightness, 0.9),
        quantile(&hue, 0.5),
        quantile(&hue, 0.9),
        quantile(&all(&|judgement| judgement.chroma), 0.5),
        quantile(&all(&|judgement| judgement.step), 0.9),
        quantile(&all(&|judgement| Some(judgement.straight)), 0.9),
    );
}

/// The photo, and beside it the sticker on a ground.
fn pair(photo: image::RgbImage, cutout: &RgbaImage) -> RgbaImage {
    let mut pair = RgbaImage::from_pixel(2 * CELL, CELL, GROUND);
    let photo = DynamicImage::from(photo).resize(CELL, CELL, imageops::FilterType::Triangle).to_rgba8();
    imageops::overlay(&mut pair, &photo, 0, 0);
    // On its ground before it is made smaller, so that nothing dark of what is transparent gets into the edge.
    let mut sticker = RgbaImage::from_pixel(cutout.width(), cutout.height(), GROUND);
    imageops::overlay(&mut sticker, cutout, 0, 0);
    let sticker = imageops::resize(&sticker, CELL, CELL, imageops::FilterType::CatmullRom);
    imageops::overlay(&mut pair, &sticker, i64::from(CELL), 0);
    pair
}

fn sheet(pairs: &[RgbaImage]) -> image::RgbImage {
    let rows = (pairs.len() as u32).div_ceil(COLUMNS);
    let mut sheet = RgbaImage::new(COLUMNS * 2 * CELL, rows * CELL);
    for (place, pair) in (0..).zip(pairs) {
        imageops::overlay(&mut sheet, pair, i64::from(place % COLUMNS * 2 * CELL), i64::from(place / COLUMNS * CELL));
    }
    DynamicImage::from(sheet).to_rgb8()
}
