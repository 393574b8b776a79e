//! What the built-in engine promises about its stickers, on the sample portrait.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use image::{Rgb, RgbImage, Rgba, RgbaImage, imageops};

use super::raster::colour;
use super::*;

mod acting;
mod direction;
mod golden;
mod hard;
mod random;

fn portrait() -> RgbImage {
    image::load_from_memory(include_bytes!("../../../assets/sample/portrait.png")).unwrap().to_rgb8()
}

fn engine() -> &'static BuiltIn {
    static ENGINE: OnceLock<BuiltIn> = OnceLock::new();
    ENGINE.get_or_init(|| BuiltIn::load().unwrap())
}

/// The portrait, analysed once for all tests.
pub(super) fn analysis() -> &'static Analysis {
    static ANALYSIS: OnceLock<Analysis> = OnceLock::new();
    ANALYSIS.get_or_init(|| engine().analyse(&portrait(), &[], Detail::Draft, &Control::new()).unwrap())
}

fn recipe(change: impl FnOnce(&mut Recipe)) -> Recipe {
    let mut recipe = Recipe { width: 256, height: 256, ..Recipe::default() }.with_seed(1);
    change(&mut recipe);
    recipe
}

fn draw(recipe: &Recipe) -> Sticker {
    render(analysis(), &Look::of(recipe), recipe.output_size(), &Control::new()).unwrap()
}

fn is_opaque(pixel: Rgba<u8>) -> bool {
    pixel[3] >= 128
}

/// Parts of the opaque pixels that hang together.
fn components(picture: &RgbaImage) -> usize {
    let (width, height) = picture.dimensions();
    let mut is_seen = vec![false; (width * height) as usize];
    let mut count = 0;
    for start in 0..width * height {
        if is_seen[start as usize] || !is_opaque(*picture.get_pixel(start % width, start / width)) {
            continue;
        }
        count += 1;
        let mut open = vec![start];
        is_seen[start as usize] = true;
        while let Some(index) = open.pop() {
            let (x, y) = (index % width, index / width);
            let right = (x + 1 < width).then(|| index + 1);
            let below = (y + 1 < height).then(|| index + width);
            let left = (x > 0).then(|| index - 1);
            for next in [left, right, index.checked_sub(width), below].into_iter().flatten() {
                if !is_seen[next as usize] && is_opaque(*picture.get_pixel(next % width, next / width)) {
                    is_seen[next as usize] = true;
                    open.push(next);
                }
            }
        }
    }
    count
}

/// Share of the pixels of two stickers that differ by more than 8 of 255 in some channel.
fn changed(a: &RgbaImage, b: &RgbaImage) -> f64 {
    let over_grey = |pixel: &Rgba<u8>| {
        let alpha = pixel[3] as i32;
        [0, 1, 2].map(|c| (pixel[c] as i32 * alpha + 128 * (255 - alpha)) / 255)
    };
    let (mut differ, mut total) = (0.0, 0.0);
    for (a, b) in a.pixels().zip(b.pixels()) {
        if a[3] == 0 && b[3] == 0 {
            continue;
        }
        total += 1.0;
        let far = over_grey(a).iter().zip(over_grey(b)).any(|(a, b)| (a - b).abs() > 8);
        differ += f64::from(u8::from(far));
    }
    differ / total
}

#[test]
fn every_canvas_gets_its_size_clear_corners_and_one_piece() {
    for (width, height, is_upscaled) in [(256, 256, false), (384, 256, false), (256, 320, true)] {
        let recipe = recipe(|r| (r.width, r.height, r.upscale) = (width, height, is_upscaled));
        let sticker = draw(&recipe);
        let (width, height) = recipe.output_size();
        assert_eq!(sticker.cutout.dimensions(), (width, height));
        assert_eq!(sticker.opaque.dimensions(), (width, height));
        for (x, y) in [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)] {
            assert_eq!(sticker.cutout.get_pixel(x, y)[3], 0);
        }
        assert_eq!(components(&sticker.cutout), 1);
    }
}

#[test]
fn every_style_is_drawn_in_one_piece_and_differs_from_the_others() {
    let prompts = ["", "ink", "pop art", "watercolour", "flat", "neon", "vintage", "kawaii", "pixel art"];
    let stickers: Vec<Sticker> = prompts.iter().map(|p| draw(&recipe(|r| r.prompt = (*p).to_owned()))).collect();
    for (i, sticker) in stickers.iter().enumerate() {
        assert_eq!(components(&sticker.cutout), 1, "{}", prompts[i]);
        for other in &stickers[..i] {
            assert!(changed(&sticker.cutout, &other.cutout) > 0.15, "{}", prompts[i]);
        }
    }
}

#[test]
fn a_white_border_runs_all_around() {
    let cutout = draw(&recipe(|_| {})).cutout;
    // Towards the middle, the first opaque pixels of each row and column are white.
    let mut checked = 0;
    for y in 20..230 {
        let Some(x) = (0..256).find(|&x| cutout.get_pixel(x, y)[3] == 255) else { continue };
        let pixel = cutout.get_pixel(x + 1, y);
        assert!(pixel.0[..3].iter().all(|&v| v > 240), "row {y}: {pixel:?}");
        checked += 1;
    }
    assert!(checked > 150);
    let bare = draw(&recipe(|r| r.negative_prompt = "border".to_owned())).cutout;
    assert!(changed(&cutout, &bare) > 0.05);
}

#[test]
fn every_parameter_changes_at_least_five_percent_of_the_sticker() {
    type Change = fn(&mut Recipe);
    let cases: [(&str, Change, Change); 9] = [
        ("prompt", |_| {}, |r| r.prompt = "vibrant bold".to_owned()),
        ("negative_prompt", |_| {}, |r| r.negative_prompt = "outline, border".to_owned()),
        ("steps", |r| r.steps = 1, |r| r.steps = 50),
        ("seed", |r| r.seed = Some(1), |r| r.seed = Some(2)),
        ("prompt_strength", |r| r.prompt_strength = 0.0, |r| r.prompt_strength = 20.0),
        ("instant_id_strength", |r| r.instant_id_strength = 1.0, |r| r.instant_id_strength = 0.0),
        ("ip_adapter_weight", |r| r.ip_adapter_weight = 0.0, |r| r.ip_adapter_weight = 0.2),
        ("ip_adapter_noise", |r| r.ip_adapter_noise = 0.0, |r| r.ip_adapter_noise = 1.0),
        ("upscale_steps", |r| (r.upscale, r.upscale_steps) = (true, 1), |r| (r.upscale, r.upscale_steps) = (true, 50)),
    ];
    for (name, one, other) in cases {
        let share = changed(&draw(&recipe(one)).cutout, &draw(&recipe(other)).cutout);
        assert!(share > 0.05, "{name} changes only {:.1} %", share * 100.0);
    }
}

#[test]
fn neighbouring_seeds_are_clearly_different_siblings() {
    let first = draw(&recipe(|r| r.seed = Some(10))).cutout;
    for seed in [11, 12, 13, 4_000_000_003] {
        assert!(changed(&first, &draw(&recipe(|r| r.seed = Some(seed))).cutout) > 0.15, "{seed}");
    }
}

#[test]
fn one_thread_and_four_threads_write_the_same_bytes() {
    let make = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| BuiltIn::load().unwrap().make(&portrait(), &recipe(|_| {}), &Control::new()).unwrap())
    };
    let (one, four) = (make(1), make(4));
    assert!(one.cutout == four.cutout && one.opaque == four.opaque);
    assert_eq!(one.frame, four.frame);
}

#[test]
fn the_frame_puts_the_photo_under_the_sticker() {
    let networks = crate::vision::Networks::load().unwrap();
    let face = networks.faces(&portrait()).remove(0);
    let sticker = draw(&recipe(|r| r.prompt_strength = 0.0));
    // At strength 0 the sticker is the photo; the colours of both agree over the face.
    let photo = portrait();
    let (mut difference, mut count) = (0.0, 0.0);
    for step in 0..100 {
        let x = face.left + face.width * (0.25 + 0.05 * (step % 10) as f32);
        let y = face.top + face.height * (0.25 + 0.05 * (step / 10) as f32);
        let to_canvas = |photo: f32, edge: f64| ((photo as f64 - edge) / sticker.frame.scale) as u32;
        let drawn = sticker.cutout.get_pixel(to_canvas(x, sticker.frame.left), to_canvas(y, sticker.frame.top));
        let own = photo.get_pixel(x as u32, y as u32);
        difference += (0..3).map(|c| (drawn[c] as f64 - own[c] as f64).abs()).sum::<f64>() / 3.0;
        count += 1.0;
    }
    assert!(difference / count < 16.0, "{}", difference / count);
}

/// Mean Oklab lightness of the middle of the portrait's face in a picture whose pixels lie on the photo as `frame` says.
fn face_lightness(picture: &RgbImage, frame: FaceFrame) -> f32 {
    let mut sum = 0.0;
    for step in 0..400 {
        let (u, v) = ((step % 20) as f64 / 20.0, (step / 20) as f64 / 20.0);
        let (x, y) = (130.0 + 70.0 * u, 95.0 + 75.0 * v);
        let (x, y) = ((x - frame.left) / frame.scale, (y - frame.top) / frame.scale);
        sum += colour::from_srgb(picture.get_pixel(x as u32, y as u32).0.map(|value| value as f32 / 255.0))[0];
    }
    sum / 400.0
}

/// The same of a photo as large as the portrait, and of its sticker.
fn face_before_and_after(photo: &RgbImage) -> [f32; 2] {
    let sticker = engine().make(photo, &recipe(|_| {}), &Control::new()).unwrap();
    let before = face_lightness(photo, FaceFrame { left: 0.0, top: 0.0, scale: 1.0 });
    [before, face_lightness(&sticker.opaque, sticker.frame)]
}

/// The portrait with all but a wall at the left in this share of its light.
fn beside_a_lit_wall(light: f32) -> RgbImage {
    let mut photo = portrait();
    for (_, _, pixel) in photo.enumerate_pixels_mut().filter(|(x, ..)| *x > 24) {
        *pixel = Rgb(pixel.0.map(|value| (value as f32 * light) as u8));
    }
    photo
}

#[test]
fn skin_is_never_lightened() {
    // Darker skin has darker skin on the sticker as well.
    for darkness in [1.0, 0.6, 0.35] {
        let [before, after] = face_before_and_after(&beside_a_lit_wall(darkness));
        assert!(after <= before + 0.02, "{darkness}: {before} became {after}");
    }
}

#[test]
fn darker_skin_with_light_on_it_stays_as_dark() {
    let mut photo = portrait();
    for pixel in photo.pixels_mut() {
        // A quarter of the light of its middle tones, with the highlights, teeth and eye whites of everybody.
        *pixel = Rgb(pixel.0.map(|value| {
            let shine = ((value as f32 - 205.0) / 50.0).clamp(0.0, 1.0);
            (value as f32 * (0.24 + 0.76 * shine)) as u8
        }));
    }
    let [before, after] = face_before_and_after(&photo);
    assert!(before < 0.5 && after <= before + 0.02, "{before} became {after}");
}

#[test]
fn a_face_that_stands_before_the_light_is_exposed_first() {
    let [good, _] = face_before_and_after(&portrait());
    let [before, after] = face_before_and_after(&beside_a_lit_wall(0.22));
    assert!(after > before + 0.05 && after < 0.6 * good, "{before} became {after}, {good} in good light");
}

#[test]
fn a_photo_without_light_is_lit_but_not_as_far_as_a_good_one() {
    let [good, _] = face_before_and_after(&portrait());
    let mut photo = portrait();
    photo.pixels_mut().for_each(|pixel| *pixel = Rgb(pixel.0.map(|value| (value as f32 * 0.22) as u8)));
    let [before, after] = face_before_and_after(&photo);
    assert!(after > 1.2 * before && after < 0.7 * good, "{before} became {after}, {good} in good light");
}

#[test]
fn a_face_clipped_to_white_has_a_tone_again() {
    let mut photo = portrait();
    photo.pixels_mut().for_each(|pixel| *pixel = Rgb(pixel.0.map(|v| (v as f32 * 1.5 + 50.0).min(255.0) as u8)));
    let [before, after] = face_before_and_after(&photo);
    assert!(before > 0.96 && after < 0.92, "{before} became {after}");
}

#[test]
fn a_grey_photo_gives_a_grey_sticker() {
    let grey: RgbImage = image::DynamicImage::from(imageops::grayscale(&portrait())).to_rgb8();
    let sticker = engine().make(&grey, &recipe(|r| r.prompt = "flat".to_owned()), &Control::new()).unwrap();
    let spread = |pixel: &Rgba<u8>| pixel[0].max(pixel[1]).max(pixel[2]) - pixel[0].min(pixel[1]).min(pixel[2]);
    let coloured = sticker.cutout.pixels().filter(|pixel| is_opaque(**pixel) && spread(pixel) > 24).count();
    assert!(coloured < 60, "{coloured} pixels have a colour");
}

#[test]
fn half_a_face_is_drawn_only_inside_its_outline() {
    let half = imageops::crop_imm(&portrait(), 150, 0, 180, 332).to_image();
    let cutout = engine().make(&half, &recipe(|_| {}), &Control::new()).unwrap().cutout;
    assert_eq!(components(&cutout), 1);
    for y in 20..230 {
        let Some(x) = (0..256).find(|&x| cutout.get_pixel(x, y)[3] == 255) else { continue };
        assert!(cutout.get_pixel(x + 2, y).0[..3].iter().all(|&v| v > 240), "row {y}");
    }
}

#[test]
fn a_sideways_portrait_becomes_an_upright_sticker() {
    let upright = draw(&recipe(|_| {})).cutout;
    let turned = imageops::rotate90(&portrait());
    let sticker = engine().make(&turned, &recipe(|_| {}), &Control::new()).unwrap();
    assert!(changed(&upright, &sticker.cutout) < 0.25);
}

#[test]
fn nobody_and_a_tiny_face_are_refused() {
    let grey = RgbImage::from_pixel(200, 150, Rgb([128; 3]));
    let refused = engine().make(&grey, &recipe(|_| {}), &Control::new());
    assert_eq!(refused.err(), Some(EngineError::NoFace));
    let mut wall = RgbImage::from_pixel(90, 90, Rgb([200, 200, 196]));
    imageops::replace(&mut wall, &imageops::thumbnail(&portrait(), 50, 50), 20, 20);
    let refused = engine().make(&wall, &recipe(|_| {}), &Control::new());
    assert!(matches!(refused, Err(EngineError::FaceTooSmall { pixels: 8..20, least: 20 })), "{refused:?}");
}

#[test]
fn cancelling_stops_before_the_next_report() {
    let reports = Arc::new(AtomicUsize::new(0));
    let control = Arc::new(Mutex::new(None::<Control>));
    let watched = Control::watched({
        let (reports, control) = (Arc::clone(&reports), Arc::clone(&control));
        move |stage, _| {
            reports.fetch_add(1, Ordering::Relaxed);
            if stage == Stage::Matte {
                control.lock().unwrap().iter().for_each(Control::cancel);
            }
        }
    });
    *control.lock().unwrap() = Some(watched.clone());
    let stopped = BuiltIn::load().unwrap().make(&portrait(), &recipe(|_| {}), &watched);
    assert_eq!(stopped.err(), Some(EngineError::Cancelled));
    assert_eq!(reports.load(Ordering::Relaxed), 2);
}

#[test]
fn progress_grows_through_the_stages() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let control = Control::watched({
        let seen = Arc::clone(&seen);
        move |stage, done| seen.lock().unwrap().push((stage, done))
    });
    // An engine that has studied nothing yet.
    BuiltIn::load().unwrap().make(&portrait(), &recipe(|_| {}), &control).unwrap();
    let seen = seen.lock().unwrap();
    assert!(seen.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1));
    assert!(seen.iter().any(|(stage, _)| *stage == Stage::Detect) && seen.len() > 8);
}

#[test]
fn the_first_of_known_faces_is_drawn_and_nobody_looks_again() {
    let group = hard::cases().into_iter().find(|case| case.name == "three people").unwrap().photo;
    let networks = crate::vision::Networks::load().unwrap();
    let faces = networks.faces(&group);
    assert_eq!(faces.len(), 3);
    for chosen in 0..3 {
        let mut known = faces.clone();
        known[..=chosen].rotate_right(1);
        let sticker = engine().make_of(&group, &known, &recipe(|_| {}), &Control::new()).unwrap();
        let middle = |face: &model::Face| {
            let place = [face.left + face.width / 2.0, face.top + face.height / 2.0].map(f64::from);
            [
                (place[0] - sticker.frame.left) / sticker.frame.scale,
                (place[1] - sticker.frame.top) / sticker.frame.scale,
            ]
        };
        let [x, y] = middle(&known[0]);
        assert!(is_opaque(*sticker.cutout.get_pixel(x as u32, y as u32)), "{chosen}");
        assert!((64.0..192.0).contains(&x), "face {chosen} is at {x} of 256");
    }
    // Where no network finds anybody, the word of whoever looked counts.
    let wall = RgbImage::from_pixel(group.width(), group.height(), Rgb([150, 140, 130]));
    assert!(engine().make(&wall, &recipe(|_| {}), &Control::new()).is_err());
    assert!(engine().make_of(&wall, &faces[..1], &recipe(|_| {}), &Control::new()).is_ok());
}

#[test]
fn the_next_sticker_of_a_photo_is_the_same_as_from_an_engine_that_never_saw_it() {
    let both = BuiltIn::load().unwrap();
    let first = both.make(&portrait(), &recipe(|r| r.seed = Some(3)), &Control::new()).unwrap();
    let second = both.make(&portrait(), &recipe(|r| r.seed = Some(4)), &Control::new()).unwrap();
    let alone = BuiltIn::load().unwrap().make(&portrait(), &recipe(|r| r.seed = Some(4)), &Control::new()).unwrap();
    assert!(second.cutout == alone.cutout && first.cutout != second.cutout);
}
