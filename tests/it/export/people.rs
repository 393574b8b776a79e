//! Packs of other people in every style, through every target, judged by others. It takes minutes, so it runs by name:
//!
//! `STICKER_BOOTH_PEOPLE=FOLDER cargo test --test it packs_of_other_people -- --ignored`

use std::path::PathBuf;

use sticker_booth::export::Target;
use sticker_booth::studio::STYLES;

use super::broken;
use super::judges::{are_here, pillow_agrees, verifier_agrees, webpinfo_agrees};
use crate::support::booth::{Booth, sample};

/// Portraits of a pack, beside the sample.
const PEOPLE: usize = 10;

/// As many stickers as LINE takes of a pack of this size.
const OF_LINE: usize = 8;

/// Portraits from all over the folder.
fn portraits() -> Vec<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("STICKER_BOOTH_PEOPLE").unwrap()).join("people");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.extension().is_some_and(|extension| extension == "jpg" || extension == "png"));
    all.sort();
    let step = all.len() / PEOPLE;
    all.into_iter().step_by(step).take(PEOPLE).chain([sample()]).collect()
}

/// The stickers of everybody in one style; a portrait in which no face is found gives none.
fn stickers(booth: &Booth, style: &str) -> Vec<String> {
    let mut words = vec!["make".to_owned()];
    words.extend(portraits().iter().map(|path| path.to_string_lossy().into_owned()));
    words.extend(["--prompt", style, "--seed", "7", "-o", style, "--json"].map(str::to_owned));
    std::fs::create_dir(booth.path(style)).unwrap();
    let ended = booth.run(words);
    let made = ended.json();
    made.iter().filter_map(|made| Some(made["path"].as_str()?.to_owned())).collect()
}

#[test]
#[ignore = "minutes of drawing"]
fn packs_of_other_people_in_every_style_are_what_every_platform_and_every_judge_wants() {
    assert!(are_here(), "Pillow, sticker-convert and webpinfo judge this");
    let booth = Booth::new();
    for style in STYLES {
        let stickers = stickers(&booth, style);
        assert!(stickers.len() >= PEOPLE, "{style}: only {stickers:?}");
        for target in Target::ALL {
            let of_pack = if target == Target::Line { OF_LINE } else { stickers.len() };
            let mut words = vec!["export".to_owned()];
            words.extend(stickers[..of_pack].iter().cloned());
            words.extend(["--to", target.id(), "--title", style, "--author", "Sample studio"].map(str::to_owned));
            words.extend(["--emoji", "👋", "--alt", "A face", "-o", "out", "--json"].map(str::to_owned));
            let reports = booth.run(words).ends_with(0).json();
            assert_eq!(reports[0]["ok"], true, "{style}, {target}: {:?}", broken(&reports[0]));
            let folder = booth.path(reports[0]["folder"].as_str().unwrap());
            if target != Target::Print {
                pillow_agrees(target, &folder);
                verifier_agrees(target, &folder);
                webpinfo_agrees(target, &folder);
            }
        }
    }
}
