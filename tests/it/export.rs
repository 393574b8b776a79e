//! Stickers for other platforms, from the terminal.

mod breaking;
mod files;
mod judges;
mod otherwise;
mod people;
mod pictures;
mod print;
mod refusals;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::booth::Booth;
use files::Changed;
use pictures::sticker_png;
use sticker_booth::export::{Files, Target};

/// As many stickers as every platform takes.
const STICKERS: usize = 8;

/// A person with stickers in the own folder.
struct Maker {
    booth: Booth,
    stickers: Vec<PathBuf>,
}

impl Maker {
    fn new() -> Self {
        let booth = Booth::new();
        let stickers =
            (0..STICKERS).map(|index| booth.put(&format!("face {index}.png"), &sticker_png(index))).collect();
        Self { booth, stickers }
    }

    /// The words of a command that every target takes, before the targets.
    fn words(&self) -> Vec<String> {
        let stickers = self.stickers.iter().map(|path| path.to_string_lossy().into_owned());
        let said = ["--title", "Eileen says", "--author", "Sample studio", "--emoji", "👋", "--alt", "A waving face"];
        std::iter::once("export".to_owned()).chain(stickers).chain(said.map(str::to_owned)).collect()
    }

    /// Exports for these targets and gives what `--json` says of each.
    fn export(&self, targets: &[Target]) -> Vec<Value> {
        let mut words = self.words();
        for target in targets {
            words.extend(["--to".to_owned(), target.id().to_owned()]);
        }
        words.extend(["-o", "out", "--json"].map(str::to_owned));
        self.booth.run(words).ends_with(0).json()
    }

    /// A folder with one target's pack, as it was exported.
    fn pack(&self, target: Target) -> PathBuf {
        let (report, files) = PACKS.iter().find(|(report, _)| report["target"] == target.id()).unwrap();
        let folder = self.booth.path(report["folder"].as_str().unwrap());
        Changed::of(target, files).write(&folder);
        folder
    }
}

/// What one export for every target said and wrote: made once for all who look at it, since it takes long.
static PACKS: LazyLock<Vec<(Value, Files)>> = LazyLock::new(|| {
    let maker = Maker::new();
    let reports = maker.export(&Target::ALL).into_iter();
    reports
        .map(|report| {
            let files = files::read(&maker.booth.path(report["folder"].as_str().unwrap()));
            (report, files)
        })
        .collect()
});

/// The lights of a report that are not as they should be.
fn broken(report: &Value) -> Vec<String> {
    let lights = report["lights"].as_array().unwrap().iter();
    lights.filter(|light| light["ok"] != true).map(|light| light["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_target_gets_a_pack_that_is_as_it_wants_it() {
    assert_eq!(PACKS.len(), Target::ALL.len());
    for ((report, written), target) in PACKS.iter().zip(Target::ALL) {
        assert_eq!((report["target"].as_str(), report["ok"].as_bool()), (Some(target.id()), Some(true)), "{report}");
        // The stickers have 700 pixels, which is less than 300 DPI on 60 mm.
        let advised: &[&str] = if target == Target::Print { &["Pixels to an inch"] } else { &[] };
        assert_eq!(broken(report), advised, "{target}");
        let folder = Path::new(report["folder"].as_str().unwrap());
        assert_eq!(folder.file_name().unwrap().to_str(), Some(format!("eileen-says-{}", target.id()).as_str()));
        for file in report["files"].as_array().unwrap() {
            let path = file["path"].as_str().unwrap();
            assert_eq!(written.get(path).map(|bytes| bytes.len() as u64), file["bytes"].as_u64(), "{target}: {path}");
        }
    }
}

#[test]
fn what_was_exported_before_stays_as_it_is() {
    let maker = Maker::new();
    let export = || maker.booth.path(maker.export(&[Target::Slack])[0]["folder"].as_str().unwrap());
    let first = export();
    let before = files::read(&first);
    let second = export();
    assert!(first != second && second.ends_with("eileen-says-slack-2"), "{}", second.display());
    assert_eq!(files::read(&first), before);
    assert_eq!(files::read(&second), before);
}

#[test]
fn a_sticker_of_the_library_goes_without_a_trace_of_its_photo() {
    let booth = Booth::new();
    let photo = booth.put("portrait.png", sticker_booth::studio::SAMPLE);
    booth.run(["make", photo.to_str().unwrap(), "--prompt", "an angry person", "--seed", "7"]).ends_with(0);
    let id = booth.stickers()[0]["id"].to_string();
    for (flag, wanted, unwanted) in [
        ("--json", vec!["algorithmicallyEnhanced"], vec!["angry person", "portrait.png"]),
        (
            "--settings",
            vec!["an angry person", "algorithmicallyEnhanced"],
            vec!["portrait.png", "photo_sha256", "request_id"],
        ),
        ("--no-label", vec![], vec!["algorithmicallyEnhanced", "angry person"]),
    ] {
        let out = booth.path(&format!("out{flag}"));
        booth.run(["export", &id, "--to", "png", "-o", out.to_str().unwrap(), flag]).ends_with(0);
        let png = std::fs::read(out.join("stickers-png/stickers-1.png")).unwrap();
        let text = String::from_utf8_lossy(&png).into_owned();
        assert!(wanted.iter().all(|words| text.contains(words)), "{flag}");
        assert!(!unwanted.iter().any(|words| text.contains(words)), "{flag}");
    }
    // The mood in the prompt suggests the emoji.
    let emoji = std::fs::read_to_string(booth.path("out--json/stickers-png/emoji.txt")).unwrap();
    assert!(emoji.contains("😠"), "{emoji}");
}

#[test]
fn a_pack_file_says_everything_at_once() {
    let maker = Maker::new();
    let sticker = |index: usize| {
        format!(r#"{{"file":"face {index}.png","name":"Wink {index}","emoji":["😉","👍"],"alt":"A wink"}}"#)
    };
    let stickers: Vec<String> = (0..3).map(sticker).collect();
    let list = format!(
        r#"{{"version":1,"title":"Año nuevo","author":"Eileen","cover":2,"stickers":[{}]}}"#,
        stickers.join(",")
    );
    maker.booth.put("pack.json", list.as_bytes());
    maker.booth.run(["export", "--pack", "pack.json", "--to", "whatsapp,signal", "-o", "out"]).ends_with(0);
    let contents = std::fs::read_to_string(maker.booth.path("out/ano-nuevo-whatsapp/contents.json")).unwrap();
    let contents: Value = serde_json::from_str(&contents).unwrap();
    let pack = &contents["sticker_packs"][0];
    assert_eq!(
        (&pack["identifier"], &pack["name"], &pack["publisher"]),
        (&"ano-nuevo".into(), &"Año nuevo".into(), &"Eileen".into())
    );
    assert_eq!(pack["stickers"][1]["emojis"], serde_json::json!(["😉", "👍"]));
    assert_eq!(pack["stickers"][1]["accessibility_text"], "A wink");
    // Signal takes one emoji each.
    let emoji = std::fs::read_to_string(maker.booth.path("out/ano-nuevo-signal/emoji.txt")).unwrap();
    assert!(emoji.contains(r#""01": "😉""#), "{emoji}");
}

#[test]
fn an_emoji_that_a_keyboard_types_as_text_is_taken_as_the_emoji() {
    let maker = Maker::new();
    let words = ["export", "face 0.png", "face 1.png", "--emoji", "❤", "--emoji", "™", "--to", "slack", "-o", "out"];
    maker.booth.run(words).ends_with(0);
    let emoji = std::fs::read_to_string(maker.booth.path("out/stickers-slack/emoji.txt")).unwrap();
    assert!(emoji.contains("\"❤\u{fe0f}\"") && emoji.contains("\"™\u{fe0f}\""), "{emoji}");
    let list = r#"{"version":1,"title":"Hearts","stickers":[{"file":"face 0.png","name":"heart","emoji":["☺","↔"]}]}"#;
    maker.booth.put("pack.json", list.as_bytes());
    maker.booth.run(["export", "--pack", "pack.json", "--to", "telegram", "-o", "out"]).ends_with(0);
    let set = std::fs::read_to_string(maker.booth.path("out/hearts-telegram/set.json")).unwrap();
    assert!(set.contains("\"☺\u{fe0f}\"") && set.contains("\"↔\u{fe0f}\""), "{set}");
}

#[test]
fn the_targets_are_listed_with_their_rules_and_who_says_so() {
    let ended = Booth::new().run(["export", "targets", "--json"]).ends_with(0);
    let listed = ended.json();
    assert_eq!(listed.len(), Target::ALL.len());
    let rules = listed[0]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["rule"] == "Largest file" && rule["wanted"] == "at most 100,000"));
    assert!(listed.iter().flat_map(|target| target["rules"].as_array().unwrap()).all(|rule| rule["source"] != ""));
}

/// Measures folders for a target, with what `--json` says of each.
fn check(booth: &Booth, target: Target, folders: &[PathBuf]) -> Vec<Value> {
    let folders = folders.iter().map(|folder: &PathBuf| Path::new(folder).to_string_lossy().into_owned());
    let words = ["export", "check"].map(str::to_owned).into_iter().chain(folders);
    booth.run(words.chain(["--to", target.id(), "--json"].map(str::to_owned))).json()
}

#[test]
fn a_sticker_is_looked_at_in_three_sizes_on_six_wallpapers() {
    let booth = Booth::new();
    let photo = crate::support::booth::sample();
    booth.run(["make", photo.to_str().unwrap(), "-o", "out.png"]).ends_with(0);
    let looks = booth.run(["export", "look", "out.png", "--json", "-o", "looks.png"]).ends_with(0).json();
    assert_eq!(looks.len(), 18);
    let large = looks.iter().filter(|look| look["size"] == 128);
    assert!(large.clone().count() == 6 && large.clone().all(|look| look["face"] == true), "{looks:?}");
    assert_eq!(image::image_dimensions(booth.path("looks.png")).unwrap().0, 6 * 136 + 8);
    // A pale disc is no face, and does not stand out from white.
    let disc = image::RgbaImage::from_fn(300, 300, |x, y| {
        let inside = (x as f32 - 150.0).hypot(y as f32 - 150.0) < 140.0;
        image::Rgba([250, 245, 240, if inside { 255 } else { 0 }])
    });
    booth.put("pale.png", &sticker_booth::picture::encode_png(&disc, &[]).unwrap());
    booth
        .run(["export", "look", "pale.png"])
        .ends_with(0)
        .says("128 px on white: contrast 1.")
        .says("no face is found");
}
