//! How long it takes to finish a sticker: first, and again while somebody drags a slider.
//!
//! `cargo bench --bench finish`

use divan::Bencher;
use image::{Rgba, RgbaImage};
use sticker_booth::finish::{Finisher, Fonts, Source};
use sticker_booth::model::finish::{Brush, Preset, Stroke};

fn main() {
    divan::main();
}

/// Something with arms and a hole, as large as stickers are.
fn sticker() -> RgbaImage {
    RgbaImage::from_fn(1024, 1024, |x, y| {
        let (x, y) = (x as f32 - 511.5, y as f32 - 511.5);
        let angle = y.atan2(x);
        let edge = 330.0 + 60.0 * (5.0 * angle).sin() + 14.0 * (23.0 * angle).cos();
        let distance = x.hypot(y);
        let covered = (edge - distance + 0.5).clamp(0.0, 1.0) * (distance - 40.0 + 0.5).clamp(0.0, 1.0);
        Rgba([(128.0 + 0.2 * x) as u8, (128.0 - 0.2 * y) as u8, 140, (covered * 255.0) as u8])
    })
}

#[divan::bench(args = [512, 1024])]
fn a_die_cut_for_the_first_time(bencher: Bencher<'_, '_>, side: u32) {
    let (sticker, mut fonts) = (sticker(), Fonts::bundled());
    let finish = Preset::DieCut.finish();
    bencher.bench_local(|| Finisher::new(Source::of(sticker.clone())).render(&finish, side, &mut fonts));
}

#[divan::bench(args = [512, 1024])]
fn another_width_of_the_outline(bencher: Bencher<'_, '_>, side: u32) {
    let (mut finisher, mut fonts) = (Finisher::new(Source::of(sticker())), Fonts::bundled());
    let mut finish = Preset::DieCut.finish();
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        finish.outline.width = 0.01 + 0.0005 * (step % 20) as f32;
        finisher.render(&finish, side, &mut fonts)
    });
}

#[divan::bench(args = [512])]
fn another_light_on_foam(bencher: Bencher<'_, '_>, side: u32) {
    let (mut finisher, mut fonts) = (Finisher::new(Source::of(sticker())), Fonts::bundled());
    let mut finish = Preset::Puffy.finish();
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        finish.relief.puff = 0.5 + 0.01 * (step % 20) as f32;
        finisher.render(&finish, side, &mut fonts)
    });
}

#[divan::bench(args = [512])]
fn a_stroke_that_grows(bencher: Bencher<'_, '_>, side: u32) {
    let (mut finisher, mut fonts) = (Finisher::new(Source::of(sticker())), Fonts::bundled());
    let mut finish = Preset::DieCut.finish();
    finish.cutout.strokes.push(Stroke { brush: Brush::default(), points: vec![[0.2, 0.2, 1.0]] });
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        let turn = step as f32 * 0.05;
        if let Some(stroke) = finish.cutout.strokes.last_mut() {
            stroke.push([0.5 + 0.3 * turn.cos(), 0.5 + 0.3 * turn.sin()], 1.0);
        }
        finisher.render(&finish, side, &mut fonts)
    });
}
