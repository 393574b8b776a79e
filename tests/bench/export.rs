//! How fast stickers are made to fit a platform, how many bytes they have and how true they stay, beside
//! `sticker-convert` where that is installed: `cargo bench --bench export`.
//!
//! `STICKER_CONVERT=PROGRAM` names it when it is not on the path; `STICKER_BOOTH_PEOPLE=FOLDER` takes ten portraits of
//! that folder beside the sample. Both programs get the same files: as large as the platform wants them, so that what
//! comes out is compared with what went in, and twice as large, as a library has them. SSIM is of lightness over grey, in
//! windows of 8 × 8 pixels; of the larger ones it also counts that each program centres them in its own way.

#![expect(clippy::disallowed_methods, reason = "tests measure by the computer's own clock")]
#![expect(clippy::expect_used, reason = "a bench without its data should stop at once")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use image::{RgbaImage, imageops};
use sticker_booth::engine::{BuiltIn, Control, StickerEngine as _};
use sticker_booth::export::{Options, Pack, Sticker, StickerWords, Target, write};
use sticker_booth::model::Recipe;
use sticker_booth::picture::decode_photo;
use sticker_booth::studio::SAMPLE;

/// Each target with its preset there, the side of its canvas, the clear margin, and the ending of our files.
const TARGETS: [(Target, &str, u32, u32, &str); 3] = [
    (Target::WhatsApp, "whatsapp", 512, 16, "webp"),
    (Target::Telegram, "telegram", 512, 0, "webp"),
    (Target::Discord, "discord", 320, 0, "png"),
];

/// So many times as large as the platform wants them.
const TIMES: [u32; 2] = [1, 2];

/// Portraits that are taken beside the sample.
const PORTRAITS: usize = 10;

/// What one program made of all stickers.
struct Fit {
    seconds: f64,
    bytes: Vec<u64>,
    ssim: Vec<f64>,
}

fn main() {
    let stickers = stickers();
    println!("{} stickers", stickers.len());
    println!(
        "{:10} {:16} {:>9} {:>9} {:>9} {:>7} {:>7}",
        "target", "by", "seconds", "bytes", "largest", "SSIM", "least"
    );
    for ((target, preset, side, margin, ending), times) in
        TARGETS.into_iter().flat_map(|one| TIMES.map(|times| (one, times)))
    {
        println!("{} × {}", target.id(), times * side);
        let laid_out = |sticker| laid(sticker, times * side, times * margin);
        let inputs: Vec<RgbaImage> = stickers.iter().map(laid_out).collect();
        let wanted: Vec<RgbaImage> =
            inputs.iter().map(|input| imageops::resize(input, side, side, imageops::FilterType::Lanczos3)).collect();
        let ours = ours(&inputs, &wanted, target, ending);
        print(target, "sticker-booth", &ours);
        match theirs(&inputs, &wanted, preset) {
            Some(theirs) => {
                print(target, "sticker-convert", &theirs);
                println!("{:10} {:.1} times as fast", target.id(), theirs.seconds / ours.seconds);
            }
            None => println!("{:10} sticker-convert is not installed, or made nothing", target.id()),
        }
    }
}

fn stickers() -> Vec<RgbaImage> {
    let engine = BuiltIn::load().expect("bundled networks");
    let mut photos = vec![decode_photo(SAMPLE).expect("bundled portrait").image];
    if let Some(folder) = std::env::var_os("STICKER_BOOTH_PEOPLE").map(PathBuf::from) {
        let entries = fs::read_dir(folder.join("people")).expect("portraits");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a portrait").path()).collect();
        paths.sort();
        let pictures = paths.iter().filter_map(|path| image::open(path).ok());
        photos.extend(pictures.take(PORTRAITS).map(|picture| picture.to_rgb8()));
    }
    let make = |(seed, photo): (usize, &image::RgbImage)| {
        let recipe = Recipe { width: 1024, height: 1024, ..Recipe::default() }.with_seed(seed as u32);
        engine.make(photo, &recipe, &Control::new()).ok().map(|made| made.cutout)
    };
    photos.iter().enumerate().filter_map(make).collect()
}

/// The sticker on its canvas, touching the margin.
fn laid(sticker: &RgbaImage, side: u32, margin: u32) -> RgbaImage {
    let seen: Vec<(u32, u32)> =
        sticker.enumerate_pixels().filter(|(.., pixel)| pixel.0[3] > 8).map(|(x, y, _)| (x, y)).collect();
    let edge = |pick: fn(&(u32, u32)) -> u32| {
        let values = || seen.iter().map(pick);
        (values().min().unwrap_or(0), values().max().unwrap_or(1) + 1)
    };
    let ((left, right), (top, bottom)) = (edge(|place| place.0), edge(|place| place.1));
    let cut = imageops::crop_imm(sticker, left, top, right - left, bottom - top).to_image();
    let scale = f64::from(side - 2 * margin) / f64::from(cut.width().max(cut.height()));
    let scaled = |edge: u32| ((f64::from(edge) * scale).round() as u32).max(1);
    let drawn = imageops::resize(&cut, scaled(cut.width()), scaled(cut.height()), imageops::FilterType::CatmullRom);
    let mut canvas = RgbaImage::new(side, side);
    let corner = ((side - drawn.width()) / 2, (side - drawn.height()) / 2);
    imageops::replace(&mut canvas, &drawn, i64::from(corner.0), i64::from(corner.1));
    canvas
}

fn ours(inputs: &[RgbaImage], wanted: &[RgbaImage], target: Target, ending: &str) -> Fit {
    let sticker = |(place, picture): (usize, &RgbaImage)| Sticker {
        picture: Arc::new(picture.clone()),
        words: StickerWords { name: format!("sticker {place:02}"), emoji: vec!["😊".into()], alt: String::new() },
        texts: Vec::new(),
    };
    let stickers = inputs.iter().enumerate().map(sticker).collect();
    let pack = Pack { title: "Bench".into(), author: "Bench".into(), stickers, cover: 0 };
    let began = Instant::now();
    let written = write(&pack, target, Options::default(), &|| true).expect("a pack");
    let seconds = began.elapsed().as_secs_f64();
    let mut files: Vec<(&str, &[u8])> = written.files.ending(ending).collect();
    // Those that are no stickers have other names.
    files.retain(|(path, _)| !["cover", "tray", "thumbnail"].iter().any(|word| path.contains(word)));
    let files: Vec<Vec<u8>> = files.into_iter().map(|(_, bytes)| bytes.to_vec()).collect();
    fit(seconds, wanted, &files)
}

fn theirs(inputs: &[RgbaImage], wanted: &[RgbaImage], preset: &str) -> Option<Fit> {
    let program = std::env::var_os("STICKER_CONVERT").unwrap_or_else(|| "sticker-convert".into());
    let folder = tempfile::tempdir().expect("a folder");
    let [from, to] = ["in", "out"].map(|name| folder.path().join(name));
    for folder in [&from, &to] {
        fs::create_dir(folder).expect("a folder");
    }
    for (place, picture) in inputs.iter().enumerate() {
        picture.save(from.join(format!("{place:03}.png"))).expect("a file");
    }
    let mut command = Command::new(program);
    command.args(["--no-confirm", "--no-progress", "--preset", preset, "--title", "Bench", "--author", "Bench"]);
    command.arg("--input-dir").arg(&from).arg("--output-dir").arg(&to);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let began = Instant::now();
    command.status().ok()?;
    let seconds = began.elapsed().as_secs_f64();
    let files: Option<Vec<Vec<u8>>> = (0..inputs.len()).map(|place| fs::read(made(&to, place)?).ok()).collect();
    Some(fit(seconds, wanted, &files?))
}

/// The file that came of the input at this place.
fn made(folder: &Path, place: usize) -> Option<PathBuf> {
    let named = |ending| folder.join(format!("{place:03}.{ending}"));
    ["webp", "png"].map(named).into_iter().find(|path| path.exists())
}

fn fit(seconds: f64, wanted: &[RgbaImage], files: &[Vec<u8>]) -> Fit {
    assert_eq!(wanted.len(), files.len(), "a file a sticker");
    let ssim = wanted.iter().zip(files).map(|(wanted, file)| {
        let picture = image::load_from_memory(file).expect("a picture").into_rgba8();
        ssim(wanted, &picture)
    });
    Fit { seconds, ssim: ssim.collect(), bytes: files.iter().map(|file| file.len() as u64).collect() }
}

fn print(target: Target, by: &str, fit: &Fit) {
    let count = fit.bytes.len().max(1);
    let mean = fit.bytes.iter().sum::<u64>() / count as u64;
    let largest = fit.bytes.iter().max().copied().unwrap_or_default();
    let ssim = fit.ssim.iter().sum::<f64>() / count as f64;
    let least = fit.ssim.iter().copied().fold(1.0, f64::min);
    println!("{:10} {by:16} {:9.2} {mean:9} {largest:9} {ssim:7.4} {least:7.4}", target.id(), fit.seconds);
}

/// Structural similarity, 1 when nothing differs (Wang et al. 2004, with windows side by side).
fn ssim(one: &RgbaImage, other: &RgbaImage) -> f64 {
    const WINDOW: u32 = 8;
    if one.dimensions() != other.dimensions() {
        return 0.0;
    }
    let (light, dark) = ((0.01_f64 * 255.0).powi(2), (0.03_f64 * 255.0).powi(2));
    let lightness = |picture: &RgbaImage, x: u32, y: u32| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(f64::from);
        let over = |channel: f64| (channel * alpha + 128.0 * (255.0 - alpha)) / 255.0;
        0.299 * over(red) + 0.587 * over(green) + 0.114 * over(blue)
    };
    let (mut sum, mut windows) = (0.0, 0.0);
    for top in (0..one.height() - WINDOW).step_by(WINDOW as usize) {
        for left in (0..one.width() - WINDOW).step_by(WINDOW as usize) {
            let places = (top..top + WINDOW).flat_map(|y| (left..left + WINDOW).map(move |x| (x, y)));
            let values: Vec<[f64; 2]> = places.map(|(x, y)| [lightness(one, x, y), lightness(other, x, y)]).collect();
            let mean = |axis: usize| values.iter().map(|value| value[axis]).sum::<f64>() / values.len() as f64;
            let [mean_one, mean_other] = [mean(0), mean(1)];
            let spread = |first: usize, second: usize| {
                let means = [mean_one, mean_other];
                let product = |value: &[f64; 2]| (value[first] - means[first]) * (value[second] - means[second]);
                values.iter().map(product).sum::<f64>() / (values.len() - 1) as f64
            };
            sum += ((2.0 * mean_one * mean_other + light) * (2.0 * spread(0, 1) + dark))
                / ((mean_one.powi(2) + mean_other.powi(2) + light) * (spread(0, 0) + spread(1, 1) + dark));
            windows += 1.0;
        }
    }
    sum / f64::max(windows, 1.0)
}
