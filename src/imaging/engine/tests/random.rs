//! Whatever the settings and however broken the photo, there is a sticker or a sentence.

use image::RgbImage;
use proptest::collection::vec;
use proptest::prelude::*;

use super::{Control, EngineError, Look, analysis, engine, portrait, recipe, render};
use crate::engine::StickerEngine as _;
use model::Recipe;

fn prompts() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        Just("ink"),
        Just("pop art"),
        Just("watercolour"),
        Just("flat"),
        Just("neon"),
        Just("vintage"),
        Just("kawaii"),
        Just("pixel"),
        Just("bold"),
        Just("soft"),
        Just("pink border"),
        Just("no lines"),
        Just("palette 102030 ffeedd"),
        Just("grainy"),
        Just("big eyes"),
        Just("ÄÖ \u{1F600}"),
    ];
    vec(words, 0..4).prop_map(|words| words.join(", "))
}

/// Lightens pixels by up to this much, without a pattern that the eye sees.
fn add_grain(photo: &mut RgbImage, most: u8) {
    for (x, y, pixel) in photo.enumerate_pixels_mut() {
        let grain = (x.wrapping_mul(31) ^ y.wrapping_mul(17)).wrapping_mul(2_654_435_761) >> 24;
        let grain = (grain * u32::from(most) / 255) as u8;
        pixel.0 = pixel.0.map(|value| value.saturating_add(grain));
    }
}

prop_compose! {
    fn recipes()(
        prompt in prompts(),
        negative in prop_oneof![Just(""), Just("border"), Just("outline, shadow"), Just("colour, grain")],
        numbers in (0.0..=20.0, 0.0..=1.0, 0.0..=1.0, 0.0..=1.0),
        counts in (1_u32..=50, any::<bool>(), 1_u32..=50, any::<u32>()),
    ) -> Recipe {
        let mut recipe = Recipe::default();
        (recipe.prompt, recipe.negative_prompt) = (prompt, negative.to_owned());
        (recipe.prompt_strength, recipe.instant_id_strength) = (numbers.0, numbers.1);
        (recipe.ip_adapter_weight, recipe.ip_adapter_noise) = (numbers.2, numbers.3);
        (recipe.steps, recipe.upscale, recipe.upscale_steps, recipe.seed) = (counts.0, counts.1, counts.2, Some(counts.3));
        recipe
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_settings_give_a_sticker_with_clear_corners(recipe in recipes(), width in 40_u32..=128, height in 40_u32..=128) {
        let sticker = render(analysis(), &Look::of(&recipe), (width, height), &Control::new()).unwrap();
        prop_assert_eq!(sticker.cutout.dimensions(), (width, height));
        for (x, y) in [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)] {
            prop_assert_eq!(sticker.cutout.get_pixel(x, y)[3], 0);
        }
        let opaque = sticker.cutout.pixels().filter(|pixel| pixel[3] > 200).count();
        prop_assert!(opaque * 20 > (width.min(height) * width.min(height)) as usize, "only {} pixels", opaque);
        let again = render(analysis(), &Look::of(&recipe), (width, height), &Control::new()).unwrap();
        prop_assert!(again.cutout == sticker.cutout && again.opaque == sticker.opaque);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_photo_gives_a_sticker_or_a_reason(
        damage in vec((0_u32..330, 0_u32..332, 1_u32..160, 1_u32..160, any::<[u8; 3]>()), 0..6),
        crop in (0_u32..200, 0_u32..200, 8_u32..330, 8_u32..330),
        noise in 0_u8..120,
    ) {
        let mut photo = portrait();
        for (left, top, width, height, colour) in damage {
            for y in top..(top + height).min(photo.height()) {
                for x in left..(left + width).min(photo.width()) {
                    photo.put_pixel(x, y, image::Rgb(colour));
                }
            }
        }
        add_grain(&mut photo, noise);
        let (left, top, width, height) = crop;
        let photo: RgbImage = image::imageops::crop_imm(&photo, left, top, width, height).to_image();
        match engine().make(&photo, &recipe(|r| (r.width, r.height) = (64, 64)), &Control::new()) {
            Ok(sticker) => prop_assert!(sticker.cutout.pixels().any(|pixel| pixel[3] == 255)),
            Err(error) => prop_assert!(matches!(error, EngineError::NoFace | EngineError::FaceTooSmall { .. }), "{}", error),
        }
    }
}

#[test]
fn of_a_strip_of_a_face_the_face_itself_is_cut_out() {
    let mut photo = portrait();
    add_grain(&mut photo, 21);
    let strip = image::imageops::crop_imm(&photo, 169, 80, 50, 252).to_image();
    let made = engine().make(&strip, &recipe(|r| (r.width, r.height) = (64, 64)), &Control::new()).unwrap();
    assert_eq!(super::components(&made.cutout), 1);
}
