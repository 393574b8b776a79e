//! Whole heads and the person's own skin, on people whom nobody tuned the engine to.
//!
//! What is true of a face is what somebody else's network says: MediaPipe's mesh of each photo.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage, imageops};
use serde_json::Value;
use sticker_booth::model::{FaceFrame, StickerInfo};
use sticker_booth::picture::read_png_text;

use crate::judge::{self, Judgement, Point, quantile};
use crate::support::booth::Booth;
use crate::support::needs;

/// Photos that one run of `make` gets: few enough for its patience.
const AT_ONCE: usize = 20;

/// A photo with the points of its biggest face.
struct Portrait {
    name: String,
    photo: RgbImage,
    points: Vec<Point>,
}

fn points(value: &Value) -> Vec<Point> {
    let number = |value: &Value| value.as_f64().unwrap();
    value.as_array().unwrap().iter().map(|point| [number(&point[0]), number(&point[1])]).collect()
}

/// The folder with other people's portraits and the points of their faces.
fn folder() -> Option<PathBuf> {
    std::env::var_os("STICKER_BOOTH_PEOPLE").map(PathBuf::from).filter(|folder| folder.join("landmarks.json").exists())
}

/// Makes a sticker of each photo with the program as it is started from a terminal, and judges it.
fn judged(portraits: &[Portrait], words: &[&str]) -> BTreeMap<String, Result<Judgement, String>> {
    let mut judgements = BTreeMap::new();
    for some in portraits.chunks(AT_ONCE) {
        let booth = Booth::new();
        let out = booth.path("out");
        std::fs::create_dir(&out).unwrap();
        let files: Vec<PathBuf> = some
            .iter()
            .map(|portrait| {
                let path = booth.path(&format!("{}.png", portrait.name));
                portrait.photo.save(&path).unwrap();
                path
            })
            .collect();
        let mut command = vec!["make".to_owned()];
        command.extend(files.iter().map(|file| file.to_str().unwrap().to_owned()));
        command.extend(
            ["-o", out.to_str().unwrap(), "--seed", "7", "--width", "512", "--height", "512"].map(str::to_owned),
        );
        command.extend(words.iter().map(|word| (*word).to_owned()));
        let ended = booth.run(&command);
        let made: BTreeMap<String, (PathBuf, FaceFrame)> =
            booth.run(["library", "list", "--json"]).json().iter().map(kept).collect();
        for portrait in some {
            let judgement = made.get(&portrait.name).ok_or_else(|| ended.err.clone()).map(|(file, frame)| {
                judge::judge(&portrait.photo, &portrait.points, &image::open(file).unwrap().to_rgba8(), *frame)
            });
            judgements.insert(portrait.name.clone(), judgement);
        }
    }
    judgements
}

/// The photo's name of a sticker of the library, the sticker's file, and how the photo lies under it.
fn kept(listed: &Value) -> (String, (PathBuf, FaceFrame)) {
    let file = PathBuf::from(listed["path"].as_str().unwrap());
    let chunks = read_png_text(&std::fs::read(&file).unwrap()).unwrap();
    let text = chunks.into_iter().find(|chunk| chunk.keyword == "sticker-booth").unwrap().text;
    let info: StickerInfo = serde_json::from_str(&text).unwrap();
    let name = info.photo_name.unwrap().trim_end_matches(".png").to_owned();
    (name, (file, info.frame.unwrap()))
}

#[test]
fn other_people_are_whole_in_one_piece_and_in_their_own_skin() {
    let folder = folder();
    if !needs("portraits in the folder STICKER_BOOTH_PEOPLE", folder.is_some()) {
        return;
    }
    let folder = folder.unwrap();
    let marks: Value = serde_json::from_slice(&std::fs::read(folder.join("landmarks.json")).unwrap()).unwrap();
    let portraits: Vec<Portrait> = marks
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, marks)| name.starts_with("people/") && !marks["faces"].as_array().unwrap().is_empty())
        .map(|(name, marks)| Portrait {
            name: Path::new(name).file_stem().unwrap().to_str().unwrap().to_owned(),
            photo: image::open(folder.join(name)).unwrap().to_rgb8(),
            points: points(&marks["faces"][0]),
        })
        .collect();
    assert!(portraits.len() > 100, "only {} portraits", portraits.len());
    let judgements = judged(&portraits, &[]);
    let made: Vec<&Judgement> = judgements.values().filter_map(|judgement| judgement.as_ref().ok()).collect();
    let with = |is_bad: &dyn Fn(&Judgement) -> bool| -> Vec<&str> {
        let is_bad = |judgement: &Result<Judgement, String>| judgement.as_ref().is_ok_and(is_bad);
        judgements.iter().filter(|(_, judgement)| is_bad(judgement)).map(|(name, _)| name.as_str()).collect()
    };
    let beheaded = with(&|judgement| !judgement.is_whole());
    let share = 1.0 - (portraits.len() - made.len() + beheaded.len()) as f64 / portraits.len() as f64;
    assert!(share >= 0.99, "{share:.3} are whole, {} of {} were made, cut: {beheaded:?}", made.len(), portraits.len());
    let torn = with(&|judgement| judgement.pieces != 1);
    assert!(torn.is_empty(), "in pieces: {torn:?}");
    let straight = with(&|judgement| judgement.straight > MOST_STRAIGHT);
    assert!(straight.is_empty(), "cut straight: {straight:?}");
    let all = |measured: &dyn Fn(&Judgement) -> Option<f64>| -> Vec<f64> {
        made.iter().filter_map(|judgement| measured(judgement)).collect()
    };
    let change = all(&|judgement| judgement.lightness);
    let away: Vec<f64> = change.iter().map(|change| change.abs()).collect();
    let (half, most) = (quantile(&away, 0.5), quantile(&away, 0.9));
    assert!(half <= 0.025 && most <= 0.06, "skin is off in lightness by {half:.3}, and {most:.3} at the worst tenth");
    let mean = change.iter().sum::<f64>() / change.len() as f64;
    assert!(mean >= -0.01, "skin is darker by {:.3} on average", -mean);
    let hue = all(&|judgement| judgement.hue);
    assert!(quantile(&hue, 0.5) <= 5.0 && quantile(&hue, 0.9) <= 12.0, "hue is off by {:.1}°", quantile(&hue, 0.9));
    let chroma = quantile(&all(&|judgement| judgement.chroma), 0.5);
    assert!((0.95..=1.2).contains(&chroma), "chroma is {chroma:.2} of the photo's");
    let step = quantile(&all(&|judgement| judgement.step), 0.9);
    assert!(step <= MOST_STEP, "an edge of {step:.3} lies across foreheads");
}

/// The longest level or upright straight stretch of a silhouette, in face heights. Straight hair has some.
const MOST_STRAIGHT: f64 = 0.70;
/// The strongest edge across all but the worst tenth of foreheads, in lightness; brows, fringes, brims and hard light reach
/// into it, which are drawn as the photo has them.
const MOST_STEP: f64 = 0.085;

/// A portrait that may be committed, with the points of its face.
fn hopper() -> Portrait {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/people");
    let marks: Value = serde_json::from_slice(&std::fs::read(folder.join("hopper.json")).unwrap()).unwrap();
    let photo = image::open(folder.join("hopper.jpg")).unwrap().to_rgb8();
    Portrait { name: "hopper".to_owned(), photo, points: points(&marks["points"]) }
}

impl Portrait {
    /// The part of the photo between these edges; beyond the photo there is a wall.
    fn part(&self, name: &str, [left, top, right, bottom]: [i64; 4]) -> Self {
        let mut photo = RgbImage::from_pixel((right - left) as u32, (bottom - top) as u32, Rgb([150, 160, 168]));
        imageops::replace(&mut photo, &self.photo, -left, -top);
        let points = self.points.iter().map(|&[x, y]| [x - left as f64, y - top as f64]).collect();
        Self { name: name.to_owned(), photo, points }
    }

    /// So many times as large.
    fn enlarged(&self, name: &str, factor: u32) -> Self {
        let size = (self.photo.width() * factor, self.photo.height() * factor);
        let photo = imageops::resize(&self.photo, size.0, size.1, imageops::FilterType::Triangle);
        let points = self.points.iter().map(|point| point.map(|value| value * f64::from(factor))).collect();
        Self { name: name.to_owned(), photo, points }
    }
}

#[test]
fn a_head_stays_whole_however_the_photo_is_cut_or_how_large_it_is() {
    let hopper = hopper();
    let portraits = [
        hopper.part("as-it-is", [0, 0, 512, 600]),
        hopper.part("shoulders-at-both-edges", [80, 0, 440, 480]),
        hopper.part("one-shoulder-at-the-edge", [110, 0, 512, 520]),
        hopper.part("cap-at-the-edge", [40, 40, 480, 600]),
        hopper.part("with-a-wall-around", [-300, -200, 900, 800]),
        hopper.enlarged("twelve-megapixels", 6),
    ];
    for (name, judgement) in judged(&portraits, &[]) {
        let judgement = judgement.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(judgement.is_whole(), "{name}: only {:.2} of the face is there", judgement.covered);
        assert_eq!(judgement.pieces, 1, "{name}");
        let lightness = judgement.lightness.unwrap();
        assert!(lightness.abs() <= 0.06, "{name}: skin changed by {lightness:.3}");
    }
}

#[test]
fn every_style_leaves_the_head_whole() {
    for style in ["ink", "pop", "watercolour", "flat", "neon", "vintage", "kawaii", "pixel"] {
        let judgements = judged(&[hopper()], &["--prompt", style]);
        let judgement = judgements["hopper"].as_ref().unwrap_or_else(|error| panic!("{style}: {error}"));
        assert!(judgement.is_whole() && judgement.pieces == 1, "{style}: {judgement:?}");
    }
}

#[test]
fn a_face_that_the_first_look_finds_is_drawn_without_a_second_one() {
    // On exactly what is sent of this photo, a second look finds nobody.
    let booth = Booth::new();
    let file = booth.put("me.png", include_bytes!("people/found-once.png"));
    let ended = booth.run(["make", file.to_str().unwrap(), "-o", "out.png", "--width", "512", "--height", "512"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let sticker = image::open(booth.path("out.png")).unwrap().to_rgba8();
    assert!(sticker.pixels().filter(|pixel| pixel[3] > 128).count() > 512 * 512 / 5);
    // Nothing of the face is left in what is kept for people.
    let text = read_png_text(&std::fs::read(booth.path("out.png")).unwrap()).unwrap();
    assert!(text.iter().all(|chunk| !chunk.text.contains("points")));
}
