//! `make`: a photo goes in, a sticker comes out, and every way it can go wrong has its sentence and its code.

use std::collections::BTreeSet;
use std::path::Path;

use image::RgbaImage;
use sticker_booth::model::{Recipe, settings_text};
use sticker_booth::picture::read_png_text;

use crate::support::booth::{Booth, Served, sample};

fn sample_bytes() -> Vec<u8> {
    std::fs::read(sample()).unwrap()
}

fn open(path: impl AsRef<Path>) -> RgbaImage {
    image::open(path).unwrap().to_rgba8()
}

fn text_of(path: impl AsRef<Path>, keyword: &str) -> Option<String> {
    let chunks = read_png_text(&std::fs::read(path).unwrap()).unwrap();
    chunks.into_iter().find(|chunk| chunk.keyword == keyword).map(|chunk| chunk.text)
}

/// How many separate pieces the visible pixels form.
fn pieces(sticker: &RgbaImage) -> usize {
    let visible: BTreeSet<(u32, u32)> =
        sticker.enumerate_pixels().filter(|(_, _, pixel)| pixel[3] > 8).map(|(x, y, _)| (x, y)).collect();
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for &start in &visible {
        if !seen.insert(start) {
            continue;
        }
        count += 1;
        let mut stack = vec![start];
        while let Some((x, y)) = stack.pop() {
            for next in [(x.wrapping_sub(1), y), (x + 1, y), (x, y.wrapping_sub(1)), (x, y + 1)] {
                if visible.contains(&next) && seen.insert(next) {
                    stack.push(next);
                }
            }
        }
    }
    count
}

/// Settings of other programs, and what is said of what does not fit.
#[test]
fn settings_of_a_file_are_taken_as_far_as_they_fit_and_the_rest_is_named() {
    let booth = Booth::new();
    booth.put(
        "cfg.txt",
        b"sepia frog\nNegative prompt: worst\nSteps: 1, Sampler: Euler, CFG scale: 25, Seed: 5, Size: 256x256\nTemplate: x",
    );
    let photo = sample();
    let words = ["make", photo.to_str().unwrap(), "--settings", "cfg.txt", "-o", "out.png", "--width", "264"];
    booth
        .run(words)
        .ends_with(0)
        .says("Not all of it fits: Prompt strength 25 became 20; a line after the settings is left out.");
    let made = booth.jobs().remove(0);
    assert_eq!((made["prompt"].as_str(), made["seed"].as_u64()), (Some("sepia frog"), Some(5)));
    // A sticker's own file has settings too, and flags go before them.
    let again = ["make", photo.to_str().unwrap(), "--settings", "out.png", "-o", "again.png", "--seed", "6"];
    assert!(!booth.run(again).ends_with(0).err.contains("Not all of it fits"));
    assert_eq!(image::image_dimensions(booth.path("again.png")).unwrap(), (264, 256));
    booth.put("none.txt", b"Dear Sir or Madam");
    booth
        .run(["make", photo.to_str().unwrap(), "--settings", "none.txt"])
        .ends_with(2)
        .says("holds no sticker settings");
}

#[test]
fn the_sample_becomes_one_whole_sticker_with_clear_corners_and_its_settings_inside() {
    let booth = Booth::new();
    let photo = sample();
    let ended = booth
        .run([
            "make",
            photo.to_str().unwrap(),
            "-o",
            "out.png",
            "--both",
            "--json",
            "--seed",
            "7",
            "--width",
            "512",
            "--height",
            "448",
            "--prompt",
            "ink, bold",
        ])
        .ends_with(0);
    let told = &ended.json()[0];
    assert_eq!((told["status"].as_str(), told["seed"].as_u64()), (Some("done"), Some(7)));
    assert_eq!((told["engine"].as_str(), told["cost_usd"].as_f64()), (Some("local"), Some(0.0)));
    assert!(told["elapsed_ms"].as_u64().unwrap() > 0);

    let sticker = open(booth.path("out.png"));
    assert_eq!(sticker.dimensions(), (512, 448));
    for corner in [(0, 0), (511, 0), (0, 447), (511, 447)] {
        assert_eq!(sticker.get_pixel(corner.0, corner.1)[3], 0, "corner {corner:?}");
    }
    assert_eq!(pieces(&sticker), 1);
    assert_eq!(open(booth.path("out-background.png")).dimensions(), (512, 448));

    let wanted = Recipe { prompt: "ink, bold".into(), width: 512, height: 448, ..Recipe::default() }.with_seed(7);
    let settings = text_of(booth.path("out.png"), "parameters").unwrap();
    assert_eq!(settings_text::from_a1111(&settings).unwrap().recipe, wanted);
    assert!(text_of(booth.path("out.png"), "XML:com.adobe.xmp").unwrap().contains("algorithmicallyEnhanced"));
}

#[test]
fn a_saved_sticker_leads_back_to_nobody_and_the_librarys_own_file_knows_all() {
    let booth = Booth::new();
    booth.put("my secret face.png", &sample_bytes());
    booth.run(["make", "my secret face.png", "-o", "out.png", "--width", "256", "--height", "256"]).ends_with(0);

    let saved = std::fs::read(booth.path("out.png")).unwrap();
    assert!(!String::from_utf8_lossy(&saved).contains("secret"));
    let stickers = booth.stickers();
    let kept = text_of(stickers[0]["path"].as_str().unwrap(), "sticker-booth").unwrap();
    assert!(kept.contains("my secret face.png") && kept.contains("photo_sha256"), "{kept}");
    for word in ["request_id", "photo_name", "photo_sha256"] {
        assert!(!text_of(booth.path("out.png"), "sticker-booth").unwrap_or_default().contains(word));
    }
}

#[test]
fn without_a_name_the_sticker_lies_beside_its_photo_and_covers_nothing() {
    let booth = Booth::new();
    booth.put("me.png", &sample_bytes());
    let small = ["--width", "256", "--height", "256"];
    booth.run(["make", "me.png"].iter().chain(&small)).ends_with(0);
    booth.run(["make", "me.png", "--count", "2"].iter().chain(&small)).ends_with(0);
    assert_eq!(booth.files(), ["me-sticker-2.png", "me-sticker-3.png", "me-sticker.png", "me.png"]);
    assert_eq!(booth.stickers().len(), 3);
}

#[test]
fn the_same_settings_draw_the_same_sticker_and_count_draws_different_ones() {
    let booth = Booth::new();
    let photo = sample();
    let words = ["make", photo.to_str().unwrap(), "--width", "256", "--height", "256", "--seed", "11"];
    booth.run(words.iter().chain(&["-o", "a.png"])).ends_with(0);
    booth.run(words.iter().chain(&["-o", "b.png"])).ends_with(0);
    assert_eq!(open(booth.path("a.png")), open(booth.path("b.png")));

    let several = booth.run(words.iter().chain(&["-o", "many/", "--count", "2", "--json"])).ends_with(0).json();
    let seeds: Vec<u64> = several.iter().map(|told| told["seed"].as_u64().unwrap()).collect();
    assert_eq!(seeds, [11, 12]);
    let made = |told: &serde_json::Value| open(booth.path(told["path"].as_str().unwrap()));
    assert_ne!(made(&several[0]), made(&several[1]));
}

#[test]
fn each_bad_photo_has_its_sentence_its_code_and_leaves_no_file() {
    let whole = sample_bytes();
    let grey = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(400, 400, image::Rgb([128, 128, 128]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    };
    let mut heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    heic.resize(4096, 0);
    let huge = huge_png();
    for (name, bytes, words) in [
        ("missing.jpg", None, "missing.jpg"),
        ("cut.png", Some(&whole[..whole.len() / 2]), "cut off"),
        ("nobody.png", Some(&grey[..]), "No face"),
        ("huge.png", Some(&huge[..]), "megapixels"),
        ("notes.jpg", Some(&b"not a picture at all"[..]), "notes.jpg"),
        ("phone.heic", Some(&heic[..]), "HEIC"),
    ] {
        let booth = Booth::new();
        if let Some(bytes) = bytes {
            booth.put(name, bytes);
        }
        let before = booth.files();
        booth.run(["make", name]).ends_with(3).says(words);
        assert_eq!(booth.files(), before, "{name}");
        assert!(booth.stickers().is_empty());
    }
}

/// The beginning of a PNG that claims 20 000 × 20 000 pixels, with an end marker.
fn huge_png() -> Vec<u8> {
    let mut bytes = Vec::new();
    {
        let mut encoder = png::Encoder::new(&mut bytes, 20_000, 20_000);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().unwrap();
        writer.write_chunk(png::chunk::IDAT, &[0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]).unwrap();
    }
    bytes
}

#[test]
fn one_bad_photo_among_several_does_not_stop_the_others() {
    let booth = Booth::new();
    booth.put("good.png", &sample_bytes());
    let ended =
        booth.run(["make", "missing.png", "good.png", "--json", "--width", "256", "--height", "256"]).ends_with(3);
    let states: Vec<String> = ended.json().iter().map(|told| told["status"].as_str().unwrap().to_owned()).collect();
    assert_eq!(states, ["failed", "done"]);
    assert!(booth.path("good-sticker.png").exists());
}

#[test]
fn wrong_words_end_with_two_and_change_nothing() {
    let booth = Booth::new();
    booth.put("me.png", &sample_bytes());
    booth.run(["make", "me.png", "--width", "9000"]).ends_with(2).says("must be an integer from 256 to 2048");
    booth.run(["make", "me.png", "-o", "one.png", "--count", "2"]).ends_with(2).says("name a folder");
    booth.run(["make", "me.png", "-o", "one.webp"]).ends_with(2).says("PNG");
    booth.run(["make"]).ends_with(2);
    booth.run(["make", "me.png", "--engine", "pixazo", "--base-url", "http://example.com"]).ends_with(2).says("https");
    assert_eq!(booth.files(), ["me.png"]);
}

#[test]
fn without_a_display_the_window_names_make() {
    Booth::new().run([] as [&str; 0]).ends_with(2).says("sticker-booth make PHOTO");
}

#[test]
fn a_link_goes_to_the_hosted_engine_and_a_local_photo_says_that_hosting_is_not_set_up() {
    let server = Booth::new();
    let served = Served::start(&server, &[]);
    let booth = Booth::new().with_variable("PIXAZO_API_KEY", &served.key);
    booth.put("me.png", &sample_bytes());
    let hosted = ["--engine", "pixazo", "--base-url", &served.base, "--width", "256", "--height", "256"];

    booth.run(["make", "me.png"].iter().chain(&hosted)).ends_with(2).says("not set up");
    assert!(booth.jobs().is_empty());

    let link = crate::support::files::serve("/face.png", sample_bytes());
    let ended = booth.run(["make", &link, "--json"].iter().chain(&hosted)).ends_with(0);
    let told = &ended.json()[0];
    assert_eq!((told["engine"].as_str(), told["cost_usd"].as_f64()), (Some("pixazo"), Some(0.025)));
    assert!(booth.path("face-sticker.png").exists());
    assert_eq!(booth.jobs()[0]["charged"], "yes");
}

#[test]
fn a_pack_of_expressions_has_one_seed_and_a_file_named_by_each() {
    let booth = Booth::new();
    booth.put("me.png", &sample_bytes());
    let words = ["--width", "256", "--height", "256", "--json"];
    let pack = ["make", "me.png", "-o", "pack", "--expressions", "happy, (wink:0.8), in love"];
    let told = booth.run(pack.iter().chain(&words)).ends_with(0).json();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|one| one["seed"] == told[0]["seed"] && one["status"] == "done"), "{told:?}");
    assert_eq!(
        told.iter().filter_map(|one| one["expression"].as_str()).collect::<Vec<_>>(),
        ["happy", "(wink:0.8)", "in love"]
    );
    let pictures =
        ["me-happy.png", "me-wink-0-8.png", "me-in-love.png"].map(|name| open(booth.path("pack").join(name)));
    assert!(pictures[0] != pictures[1] && pictures[1] != pictures[2]);
    let prompts: BTreeSet<String> =
        booth.jobs().iter().filter_map(|job| job["prompt"].as_str()).map(str::to_owned).collect();
    assert!(prompts.contains("a happy person") && prompts.contains("an in love person"), "{prompts:?}");
}

#[test]
fn what_a_photo_does_not_let_a_mood_do_is_told_beside_its_sticker() {
    let booth = Booth::new();
    booth.put("awake.png", &sample_bytes());
    let asleep = ["make", "awake.png", "-o", "asleep.png", "--both", "--prompt", "sleepy", "--seed", "3"];
    let made = booth.run(asleep).ends_with(0);
    assert!(!made.err.contains("no open eye"), "{made:?}");
    let wink = ["make", "asleep-background.png", "-o", "wink.png", "--prompt", "wink", "--json"];
    let told = booth.run(wink).ends_with(0).says("no open eye is in sight, so the eyes stay as they are.").json();
    assert_eq!((told[0]["status"].as_str(), told[0]["error"].as_str()), (Some("done"), None));
    assert_eq!(told[0]["note"], "no open eye is in sight, so the eyes stay as they are");
}

#[test]
fn expressions_that_are_not_drawn_here_are_refused_before_anything_is_made() {
    let booth = Booth::new();
    booth.put("me.png", &sample_bytes());
    booth
        .run(["make", "me.png", "--expressions", "happy,flying"])
        .ends_with(2)
        .says("this computer does not draw: flying. It draws: neutral, happy, laughing");
    assert!(booth.jobs().is_empty());
    booth
        .run(["make", "me.png", "-o", "one.png", "--expressions", "happy,sad"])
        .ends_with(2)
        .says("2 stickers do not fit into one file");
}
