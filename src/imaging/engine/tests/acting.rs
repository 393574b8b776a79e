//! What moods do to the sample portrait's sticker.

use std::path::Path;

use image::{RgbaImage, imageops};

use super::golden::{MEAN, SHARE, difference};
use super::{Control, Look, analysis, changed, draw, recipe, render};
use crate::engine::acting::Pose;
use crate::engine::{BuiltIn, Detail, Sticker, StickerEngine as _, out_of_reach};
use crate::vision::Networks;
use crate::vision::landmarks::{
    CHIN, FOREHEAD, LEFT_EYE_OUTER, LEFT_LOWER_LID, LEFT_UPPER_LID, RIGHT_CHEEK, RIGHT_EYE_OUTER, RIGHT_LOWER_LID,
    RIGHT_UPPER_LID, TEMPLES,
};
use model::moods::{MOODS, PACK};
use model::{OutOfReach, Prop};

fn of(prompt: &str) -> Sticker {
    draw(&recipe(|r| r.prompt = prompt.to_owned()))
}

/// Where a point of the mesh lies on a sticker.
fn place(sticker: &Sticker, number: usize) -> [f64; 2] {
    let [x, y] = analysis().frame.to_photo(analysis().frame.points[number]).map(f64::from);
    let frame = sticker.frame;
    [(x - frame.left) / frame.scale, (y - frame.top) / frame.scale]
}

/// The pixels that differ clearly.
fn differing(a: &RgbaImage, b: &RgbaImage) -> Vec<[f64; 2]> {
    let differ = |(a, b): (&image::Rgba<u8>, &image::Rgba<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 16);
    let places = a.enumerate_pixels().zip(b.pixels());
    places.filter(|((.., a), b)| differ((a, b))).map(|((x, y, _), _)| [f64::from(x), f64::from(y)]).collect()
}

#[test]
fn no_weight_and_no_muscle_are_exactly_the_neutral_picture() {
    let neutral = of("a person").cutout;
    for prompt in ["neutral person", "a person, (wink:0)", "a person, (crying:0.0)", "a happy person, no smile"] {
        assert!(of(prompt).cutout == neutral, "{prompt}");
    }
    let banned = draw(&recipe(|r| (r.prompt, r.negative_prompt) = ("angry".to_owned(), "angry".to_owned())));
    assert!(banned.cutout == neutral);
}

#[test]
fn every_mood_shows_in_every_style_and_no_two_look_alike() {
    for style in super::hard::STYLES {
        let neutral = of(style).cutout;
        let moods: Vec<_> =
            MOODS[1..].iter().map(|mood| (mood.word, of(&format!("{style}, {}", mood.word)).cutout)).collect();
        for (i, (word, drawn)) in moods.iter().enumerate() {
            assert!(changed(&neutral, drawn) > 0.003, "{word} in {style} changes nothing");
            for (other, before) in &moods[..i] {
                assert!(changed(before, drawn) > 0.001, "{word} and {other} in {style} look alike");
            }
        }
    }
}

#[test]
fn weights_scale_what_moods_do_and_moods_combine() {
    let neutral = of("a person").cutout;
    let share = |prompt: &str| changed(&neutral, &of(prompt).cutout);
    assert!(share("(laughing:0.4)") > 0.0 && share("(laughing:0.4)") < share("laughing"));
    assert!(share("happy, cool") > share("cool"));
    assert!(of("happy, cool").cutout == of("cool and happy").cutout);
}

#[test]
fn beyond_the_head_not_a_pixel_changes() {
    let neutral = of("a person");
    let [top, chin] = [FOREHEAD, CHIN].map(|number| place(&neutral, number));
    let middle = [f64::midpoint(top[0], chin[0]), f64::midpoint(top[1], chin[1])];
    let height = (top[0] - chin[0]).hypot(top[1] - chin[1]);
    for word in PACK {
        let drawn = of(word);
        assert_eq!(drawn.frame, neutral.frame, "{word}");
        let far = differing(&neutral.cutout, &drawn.cutout)
            .into_iter()
            .filter(|[x, y]| (x - middle[0]).hypot(y - middle[1]) > 1.2 * height)
            .count();
        assert_eq!(far, 0, "{word}");
    }
}

#[test]
fn each_prop_lies_where_it_is_anchored() {
    let neutral = of("cartoon");
    let [right_eye, left_eye, temple, cheek] =
        [RIGHT_EYE_OUTER, LEFT_EYE_OUTER, TEMPLES[1], RIGHT_CHEEK].map(|number| place(&neutral, number));
    let [top, chin] = [FOREHEAD, CHIN].map(|number| place(&neutral, number));
    let unit = chin[1] - top[1];
    let between_eyes = [f64::midpoint(right_eye[0], left_eye[0]), f64::midpoint(right_eye[1], left_eye[1])];
    // Each prop with the middle of what it changes, and how far off that may be, in face heights.
    let cases = [
        (Prop::HeartEyes, between_eyes, 0.06),
        (Prop::Heart, [temple[0] + 0.1 * unit, top[1] + 0.66 * unit], 0.15),
        (Prop::Tears, [between_eyes[0], top[1] + 0.52 * unit], 0.12),
        (Prop::TearDrops, [between_eyes[0], between_eyes[1] + 0.03 * unit], 0.10),
        (Prop::SweatDrop, [temple[0], temple[1] - 0.12 * unit], 0.15),
        (Prop::AngerMark, [top[0] + 0.22 * unit, top[1] + 0.08 * unit], 0.12),
        (Prop::Zzz, [temple[0] + 0.2 * unit, temple[1] - 0.4 * unit], 0.25),
        (Prop::Sparkles, [between_eyes[0] + 0.2 * unit, top[1]], 0.40),
        (Prop::Blush, [between_eyes[0], cheek[1]], 0.10),
        (Prop::GreenCheeks, [between_eyes[0], cheek[1]], 0.10),
        (Prop::Sunglasses, between_eyes, 0.08),
        (Prop::QuestionMark, [temple[0] + 0.2 * unit, temple[1] - 0.4 * unit], 0.30),
        (Prop::PartyHat, [top[0], top[1] - 0.25 * unit], 0.35),
        (Prop::Crown, [top[0], top[1] - 0.25 * unit], 0.30),
        (Prop::Halo, [top[0], top[1] - 0.25 * unit], 0.30),
    ];
    assert_eq!(cases.len(), Prop::ALL.len());
    for (prop, expected, reach) in cases {
        let mut look = Look::of(&recipe(|r| r.prompt = "cartoon".to_owned()));
        look.pose = Pose::default().with(prop);
        let drawn = render(analysis(), &look, (256, 256), &Control::new()).unwrap();
        let pixels = differing(&neutral.cutout, &drawn.cutout);
        assert!(pixels.len() > 20, "{prop:?} draws {} pixels", pixels.len());
        let middle = [0, 1].map(|axis: usize| pixels.iter().map(|p| p[axis]).sum::<f64>() / pixels.len() as f64);
        let off = (middle[0] - expected[0]).hypot(middle[1] - expected[1]) / unit;
        assert!(off < reach, "{prop:?} lies {off:.2} face heights off, at {middle:?} instead of {expected:?}");
    }
}

#[test]
fn a_mood_is_the_same_on_one_thread_and_on_four() {
    let make = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let laughing = recipe(|r| r.prompt = "laughing, party".to_owned());
        pool.install(|| BuiltIn::load().unwrap().make(&super::portrait(), &laughing, &Control::new()).unwrap())
    };
    assert!(make(1).cutout == make(4).cutout);
}

/// `UPDATE_SCREENSHOTS=1 cargo test -p sticker-booth-imaging every_mood_looks_as_it_did` draws them anew.
#[test]
fn every_mood_looks_as_it_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/moods");
    let updates = std::env::var_os("UPDATE_SCREENSHOTS").is_some_and(|value| value == "1");
    for style in ["cartoon", "ink", "kawaii", "pixel art"] {
        let mut sheet = RgbaImage::new(5 * 256, 4 * 256);
        for (i, mood) in MOODS.iter().enumerate() {
            let drawn = of(&format!("{style}, {}", mood.word)).cutout;
            let [column, row] = [i % 5, i / 5].map(|place| 256 * place as i64);
            imageops::replace(&mut sheet, &drawn, column, row);
        }
        let file = folder.join(format!("{}.png", style.replace(' ', "-")));
        if updates {
            sheet.save(&file).unwrap();
            continue;
        }
        let (mean, share) = difference(&image::open(&file).unwrap().to_rgba8(), &sheet);
        assert!(mean <= MEAN && share <= SHARE, "{style}: mean {mean:.2}, {:.2} % clearly", share * 100.0);
    }
}

#[test]
fn lowered_lids_stay_shut_and_a_wink_of_them_is_left_out() {
    let photo = imageops::resize(&super::portrait(), 1200, 1200, imageops::FilterType::CatmullRom);
    let face = Networks::load().unwrap().faces(&photo).remove(0);
    let mut lowered = photo.clone();
    for (upper, lower, cheek) in [(RIGHT_UPPER_LID, RIGHT_LOWER_LID, 50), (LEFT_UPPER_LID, LEFT_LOWER_LID, 280)] {
        let [x, y] = face.points[cheek].map(|v| v as u32);
        let skin = *photo.get_pixel(x, y);
        let [left, right] = [upper[0], upper[upper.len() - 1]].map(|corner| face.points[corner][0]);
        let height = (face.points[lower[4]][1] - face.points[upper[4]][1]).abs();
        let [top, bottom] = [face.points[upper[4]][1] - 0.6 * height, face.points[lower[4]][1] + 0.4 * height];
        for x in left.min(right) as u32..=left.max(right) as u32 {
            for y in top as u32..=bottom as u32 {
                let is_lash = y as f32 > bottom - 0.7 * height;
                lowered.put_pixel(x, y, if is_lash { image::Rgb([30, 20, 20]) } else { skin });
            }
        }
    }
    let engine = BuiltIn::load().unwrap();
    let studied = |photo: &image::RgbImage| {
        engine.analyse(photo, std::slice::from_ref(&face), Detail::Full, &Control::new()).unwrap()
    };
    let (open, shut) = (studied(&photo), studied(&lowered));
    assert!(open.features.eyes.iter().all(|eye| eye.is_open()));
    assert!(shut.features.eyes.iter().all(|eye| !eye.is_open()));
    let wink = Look::of(&recipe(|r| r.prompt = "a person, wink".to_owned()));
    assert_eq!(out_of_reach(&open, &wink), []);
    assert_eq!(out_of_reach(&shut, &wink), [OutOfReach::Eyes]);
}
