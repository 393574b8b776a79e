//! Each style as it was last judged good, to be changed only on purpose.

use std::path::Path;

use image::RgbaImage;

use super::hard::STYLES;
use super::{draw, recipe};

/// Mean difference that other machines may show, of 255.
pub(super) const MEAN: f64 = 1.0;
/// The share of pixels that may differ by more than [`CLEARLY`].
pub(super) const SHARE: f64 = 0.005;
/// A clear difference in some channel, of 255.
const CLEARLY: u8 = 24;

/// Mean difference and share of clearly different pixels, colours counted as far as they are opaque.
pub(super) fn difference(a: &RgbaImage, b: &RgbaImage) -> (f64, f64) {
    let channels = |pixel: &image::Rgba<u8>| {
        let alpha = u16::from(pixel[3]);
        [0, 1, 2, 3].map(|c: usize| if c == 3 { pixel[3] } else { (u16::from(pixel[c]) * alpha / 255) as u8 })
    };
    let (mut sum, mut clear) = (0.0, 0.0);
    for (a, b) in a.pixels().zip(b.pixels()) {
        let apart: Vec<u8> = channels(a).iter().zip(channels(b)).map(|(a, b)| a.abs_diff(b)).collect();
        sum += apart.iter().map(|&v| f64::from(v)).sum::<f64>() / 4.0;
        clear += f64::from(u8::from(apart.iter().any(|&v| v > CLEARLY)));
    }
    let count = f64::from(a.width() * a.height());
    (sum / count, clear / count)
}

/// `UPDATE_SCREENSHOTS=1 cargo test --lib every_style_looks_as_it_did` draws them anew.
#[test]
fn every_style_looks_as_it_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let updates = std::env::var_os("UPDATE_SCREENSHOTS").is_some_and(|value| value == "1");
    for style in STYLES {
        let drawn = draw(&recipe(|r| r.prompt = style.to_owned())).cutout;
        let file = folder.join(format!("{}.png", style.replace(' ', "-")));
        if updates {
            drawn.save(&file).unwrap();
            continue;
        }
        let kept = image::open(&file).unwrap().to_rgba8();
        assert_eq!(kept.dimensions(), drawn.dimensions(), "{style}");
        let (mean, share) = difference(&kept, &drawn);
        assert!(mean <= MEAN && share <= SHARE, "{style}: mean {mean:.2}, {:.2} % clearly", share * 100.0);
    }
}
