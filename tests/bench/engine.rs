//! What a sticker costs, by stage and size: `cargo bench --bench engine`.

use divan::Bencher;
use image::RgbImage;
use sticker_booth::engine::{Analysis, BuiltIn, Control, Detail, EngineError, Look, StickerEngine as _, render};
use sticker_booth::model::Recipe;
use sticker_booth::picture::decode_photo;
use sticker_booth::studio::SAMPLE;

fn main() {
    divan::main();
}

/// The engine and the sample portrait; without them there is nothing to measure.
#[expect(clippy::expect_used, reason = "a bench without its data should stop at once")]
fn booth() -> (BuiltIn, RgbImage) {
    (BuiltIn::load().expect("bundled networks"), decode_photo(SAMPLE).expect("bundled portrait").image)
}

#[divan::bench(args = [512, 1024, 2048])]
fn whole_sticker(bencher: Bencher<'_, '_>, side: u32) {
    let (engine, photo) = booth();
    let recipe = Recipe { width: side, height: side, ..Recipe::default() }.with_seed(1);
    bencher.bench(|| engine.make(&photo, &recipe, &Control::new()));
}

#[divan::bench]
fn analysis(bencher: Bencher<'_, '_>) {
    let (engine, photo) = booth();
    bencher.bench(|| engine.analyse(&photo, Detail::Full, &Control::new()));
}

#[divan::bench(args = [384, 768, 1024])]
fn style_only(bencher: Bencher<'_, '_>, side: u32) {
    let (engine, photo) = booth();
    let detail = if side <= 400 { Detail::Draft } else { Detail::Full };
    let analysis: Result<Analysis, EngineError> = engine.analyse(&photo, detail, &Control::new());
    let look = Look::of(&Recipe::default().with_seed(1));
    bencher.bench(|| analysis.as_ref().map(|analysis| render(analysis, &look, (side, side), &Control::new())));
}
