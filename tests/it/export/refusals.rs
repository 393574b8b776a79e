//! What cannot be exported is refused with a sentence, and nothing is written.

use super::pictures::{noise, sticker_png};
use super::{Maker, broken};
use crate::support::booth::Booth;
use sticker_booth::export::Target;
use sticker_booth::picture::encode_png;

#[test]
fn a_pack_that_a_platform_would_refuse_is_refused_first_with_both_numbers() {
    let booth = Booth::new();
    for index in 0..2 {
        booth.put(&format!("{index}.png"), &sticker_png(index));
    }
    let before = booth.files();
    booth
        .run(["export", "0.png", "1.png", "--to", "whatsapp", "--title", "Two", "--author", "Eileen"])
        .ends_with(2)
        .says("WhatsApp would refuse this: Stickers: 2, allowed 3 to 30");
    booth
        .run(["export", "0.png", "--to", "signal", "--title", "One"])
        .ends_with(2)
        .says("Author: 0 letters, allowed at least 1");
    booth
        .run(["export", "0.png", "--to", "line", "--title", "T", "--author", "A"])
        .ends_with(2)
        .says("8, 16, 24, 32 or 40");
    assert_eq!(booth.files(), before);
}

#[test]
fn a_sticker_of_which_nothing_is_seen_goes_nowhere() {
    let booth = Booth::new();
    booth.put("clear.png", &encode_png(&image::RgbaImage::new(512, 512), &[]).unwrap());
    let before = booth.files();
    let clear = ["clear.png"; 8];
    for target in Target::ALL {
        let words = ["--to", target.id(), "--title", "Nothing", "--author", "Nobody", "--emoji", "👋"];
        let ended = booth.run(std::iter::once("export").chain(clear).chain(words)).ends_with(2);
        let said = match target {
            Target::Print => "Nothing of sticker 1 can be seen",
            _ => "Pixels that are seen of sticker 1: 0 px, allowed at least 1",
        };
        ended.says(said);
    }
    assert_eq!(booth.files(), before);
}

#[test]
fn one_refusal_does_not_keep_the_other_targets_from_their_packs() {
    let booth = Booth::new();
    booth.put("a.png", &sticker_png(1));
    let ended = booth.run(["export", "a.png", "--to", "whatsapp,slack,discord", "--json", "-o", "out"]).ends_with(2);
    let sound: Vec<bool> = ended.json().iter().map(|report| report["ok"] == true).collect();
    assert_eq!(sound, [false, true, true]);
    assert!(booth.path("out/stickers-slack/a-1.png").exists(), "{ended:?}");
}

#[test]
fn what_is_missing_or_no_picture_is_named() {
    let booth = Booth::new();
    booth.put("text.png", b"hello");
    booth.put("pack.json", b"{}");
    booth.run(["export", "gone.png", "--to", "png"]).ends_with(3).says("gone.png");
    booth.run(["export", "text.png", "--to", "png"]).ends_with(3).says("text.png");
    booth.run(["export", "77", "--to", "png"]).ends_with(3).says("77");
    booth.run(["export", "--pack", "pack.json", "--to", "png"]).ends_with(2).says("pack.json");
    booth.run(["export", "check", "gone", "--to", "png"]).ends_with(3);
    booth.run(["export", "text.png", "--to", "myspace"]).ends_with(2);
    booth.run(["export", "text.png"]).ends_with(2);
    booth.run(["export", "text.png", "--to", "png", "--emoji", "hello"]).ends_with(2).says("is not an emoji");
    booth.run(["export", "text.png", "--to", "png", "--cover", "2"]).ends_with(2);
    assert_eq!(booth.files(), ["pack.json", "text.png"]);
}

#[test]
fn the_worst_pictures_fit_everywhere() {
    let booth = Booth::new();
    booth.put("noise.png", &encode_png(&noise(1024, 1024), &[]).unwrap());
    booth.put("dot.png", &encode_png(&noise(1, 1), &[]).unwrap());
    booth.put("wide.png", &encode_png(&noise(1500, 20), &[]).unwrap());
    let opaque = image::RgbImage::from_fn(600, 900, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
    booth.put("opaque.png", &encode_png(&opaque, &[]).unwrap());
    let mut words = vec!["export"];
    for _ in 0..2 {
        words.extend(["noise.png", "dot.png", "wide.png", "opaque.png"]);
    }
    let targets = Target::ALL.map(Target::id).join(",");
    words.extend(["--to", &targets, "--title", "Worst", "--author", "Nobody", "--json", "-o", "out"]);
    for report in booth.run(words).json() {
        // Signal writes pictures anew with a quality of its own: noise can be too large then, which is said.
        let is_told =
            report["target"] == "signal" && report["error"].as_str().is_some_and(|said| said.contains("300,000"));
        // Opaque corners are advised against, not refused.
        assert!(report["ok"] == true || is_told, "{} breaks {:?}: {report}", report["target"], broken(&report));
    }
}

#[test]
fn a_disk_that_is_a_file_is_an_error_and_leaves_nothing() {
    let maker = Maker::new();
    maker.booth.put("out", b"a file");
    let before = maker.booth.files();
    let mut words = maker.words();
    words.extend(["--to", "png", "-o", "out"].map(str::to_owned));
    maker.booth.run(words).ends_with(1).says("out");
    assert_eq!(maker.booth.files(), before);
}
