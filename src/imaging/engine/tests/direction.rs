//! In which direction each parameter works.

use image::{RgbImage, RgbaImage};

use super::{Control, Detail, Look, OnceLock, Sticker, engine, portrait, recipe, render};
use crate::engine::Analysis;
use crate::engine::raster::colour;
use crate::vision::Networks;
use crate::vision::landmarks::{CHIN, FOREHEAD, NOSE_TIP};
use model::Recipe;

/// Big enough for the mesh to be found on the drawing.
fn drawn(change: impl FnOnce(&mut Recipe)) -> Sticker {
    static ANALYSIS: OnceLock<Analysis> = OnceLock::new();
    let analysis = ANALYSIS.get_or_init(|| engine().analyse(&portrait(), &[], Detail::Full, &Control::new()).unwrap());
    let recipe = recipe(|r| {
        (r.width, r.height) = (512, 512);
        change(r);
    });
    render(analysis, &Look::of(&recipe), (512, 512), &Control::new()).unwrap()
}

/// How far the points of the mesh on the sticker lie from those on the photo, as a share of the face's height.
fn strayed(sticker: &Sticker, networks: &Networks) -> f64 {
    let own = networks.faces(&portrait()).remove(0);
    let drawn = networks.faces(&sticker.opaque).into_iter().next().unwrap();
    let frame = sticker.frame;
    let mut sum = 0.0;
    for (photo, sticker) in own.points.iter().zip(&drawn.points) {
        let x = frame.left + f64::from(sticker[0]) * frame.scale - f64::from(photo[0]);
        let y = frame.top + f64::from(sticker[1]) * frame.scale - f64::from(photo[1]);
        sum += x.hypot(y);
    }
    let height = f64::from(own.points[CHIN][1] - own.points[FOREHEAD][1]);
    sum / own.points.len() as f64 / height
}

#[test]
fn instant_id_strength_1_keeps_the_landmarks_in_place_and_lower_moves_them() {
    let networks = Networks::load().unwrap();
    let [likeness, between, caricature] =
        [1.0, 0.5, 0.0].map(|strength| strayed(&drawn(|r| r.instant_id_strength = strength), &networks));
    assert!(likeness < 0.03, "{likeness}");
    assert!(between > 0.9 * likeness && caricature > 1.2 * likeness, "{likeness} {between} {caricature}");
}

/// Mean difference of each pixel from the mean of its four neighbours.
fn roughness(picture: &RgbImage) -> f64 {
    let (width, height) = picture.dimensions();
    let green = |x: u32, y: u32| f64::from(picture.get_pixel(x, y)[1]);
    let mut sum = 0.0;
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            let around = green(x - 1, y) + green(x + 1, y) + green(x, y - 1) + green(x, y + 1);
            sum += (green(x, y) - around / 4.0).abs();
        }
    }
    sum / f64::from((width - 2) * (height - 2))
}

#[test]
fn noise_raises_the_energy_of_fine_detail() {
    let [calm, some, most] = [0.0, 0.5, 1.0].map(|noise| roughness(&drawn(|r| r.ip_adapter_noise = noise).opaque));
    assert!(some > calm && most > 1.15 * calm, "{calm} {some} {most}");
}

#[test]
fn every_quarter_of_hand_and_grain_shows_also_below_the_middle() {
    let drawn: Vec<RgbaImage> =
        [0.0, 0.25, 0.5, 0.75, 1.0].map(|noise| drawn(|r| r.ip_adapter_noise = noise).cutout).into();
    for (step, pair) in drawn.windows(2).enumerate() {
        let share = super::changed(&pair[0], &pair[1]);
        assert!(share > 0.05, "quarter {step} changes only {:.1} %", share * 100.0);
    }
}

#[test]
fn the_most_smoothing_is_as_crisp_as_the_usual() {
    let [usual, most] = [20, 50].map(|steps| roughness(&drawn(|r| r.steps = steps).opaque));
    assert!(most > 0.9 * usual, "{usual} became {most}");
}

#[test]
fn a_face_of_its_own_has_none_of_the_photos_features_between_its_own() {
    // Where the photo's own mouth and cheeks are, plain skin is one colour; at less strength nothing shines through.
    for strength in [3.5, 5.0, 7.0] {
        let sticker = drawn(|r| {
            (r.prompt, r.prompt_strength) = ("kawaii".to_owned(), strength);
            r.negative_prompt = "blush, grain, lines".to_owned();
            (r.ip_adapter_noise, r.instant_id_strength) = (0.0, 1.0);
        });
        let near_nose = |dy: i32| {
            let face = Networks::load().unwrap().faces(&portrait()).remove(0);
            let [x, y] = face.points[NOSE_TIP];
            let place = [f64::from(x) - sticker.frame.left, f64::from(y) + f64::from(dy) - sticker.frame.top];
            let [x, y] = place.map(|value| (value / sticker.frame.scale) as u32);
            *sticker.cutout.get_pixel(x, y)
        };
        let (here, above) = (near_nose(-6), near_nose(-14));
        assert!(here.0.iter().zip(above.0).all(|(a, b)| a.abs_diff(b) <= 3), "{strength}: {here:?} {above:?}");
    }
}

/// Mean chroma in Oklab of what is opaque and no border.
fn chroma(cutout: &RgbaImage) -> f64 {
    let body = cutout.pixels().filter(|pixel| pixel[3] == 255 && pixel.0[..3].iter().any(|&value| value < 245));
    let (mut sum, mut count) = (0.0, 0.0);
    for pixel in body {
        let [_, a, b] = colour::from_srgb([pixel[0], pixel[1], pixel[2]].map(|value| f32::from(value) / 255.0));
        sum += f64::from(a.hypot(b));
        count += 1.0;
    }
    sum / count
}

#[test]
fn weight_1_keeps_the_mean_chroma_of_the_photo_and_lower_leaves_it() {
    let photo = chroma(&drawn(|r| r.prompt_strength = 0.0).cutout);
    // Lines are nearly black, so they are left out of the comparison.
    let at = |weight: f64| {
        let sticker = drawn(|r| (r.ip_adapter_weight, r.negative_prompt) = (weight, "lines".to_owned()));
        (chroma(&sticker.cutout) / photo - 1.0).abs()
    };
    let (own, designed, pure) = (at(1.0), at(0.2), at(0.0));
    assert!(own < 0.15, "weight 1 is {own} off the photo's chroma");
    assert!(designed > own && pure > own, "{own} {designed} {pure}");
}

#[test]
fn weight_0_draws_in_the_persons_own_palette_alone() {
    let own = [[20_u8, 30, 80], [240, 120, 90], [250, 230, 200]];
    let words: Vec<String> = own.iter().map(|[r, g, b]| format!("{r:02x}{g:02x}{b:02x}")).collect();
    let sticker = drawn(|r| {
        r.prompt = format!("flat, palette {}", words.join(" "));
        r.negative_prompt = "lines, border, shadow, glints".to_owned();
        r.ip_adapter_weight = 0.0;
    });
    let body: Vec<_> = sticker.cutout.pixels().filter(|pixel| pixel[3] == 255).collect();
    let is_own = |pixel: &image::Rgba<u8>| {
        own.iter().any(|colour| colour.iter().zip(pixel.0).all(|(own, drawn)| own.abs_diff(drawn) <= 6))
    };
    let share = body.iter().filter(|pixel| is_own(pixel)).count() as f64 / body.len() as f64;
    assert!(share > 0.9, "only {share:.2} of the sticker is in the palette");
}

#[test]
fn a_named_part_goes_with_the_negative_prompt() {
    let whole = drawn(|_| {});
    let opaque = |sticker: &Sticker| sticker.cutout.pixels().filter(|pixel| pixel[3] == 255).count();
    let faint = |sticker: &Sticker| sticker.cutout.pixels().filter(|pixel| (1..100).contains(&pixel[3])).count();
    let dark = |sticker: &Sticker| sticker.cutout.pixels().filter(|pixel| pixel[3] == 255 && pixel[0] < 40).count();
    let without = |part: &str| drawn(|r| r.negative_prompt = part.to_owned());
    assert!(faint(&without("shadow")) * 3 < faint(&whole));
    assert!(dark(&without("outline")) < dark(&whole) && dark(&without("lines")) < dark(&without("outline")));
    // Fitted into the same canvas, a sticker without a border shows more of the person and no white ring.
    let white = |sticker: &Sticker| sticker.cutout.pixels().filter(|pixel| pixel.0 == [255; 4]).count();
    assert!(white(&without("border")) * 4 < white(&whole) && opaque(&whole) > 0);
    let background = |sticker: &Sticker| *sticker.opaque.get_pixel(3, 3);
    assert_eq!(background(&without("background")).0, [255; 3]);
}
