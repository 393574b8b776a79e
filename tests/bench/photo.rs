//! What a photo of 12 megapixels costs after it was decoded: the checks, and making the file that is sent.
//!
//! `cargo bench --bench photo`

use divan::Bencher;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use sticker_booth::photo::{Preparation, check, check_pixels, prepare, whole};
use sticker_booth::picture::{Format, Photo, decode_photo};
use sticker_booth::studio::SAMPLE;
use sticker_booth::vision::Networks;

fn main() {
    divan::main();
}

/// Width and height of the photo.
const SIZE: (u32, u32) = (4000, 3000);

/// A photo with the sample portrait so many pixels high in its middle; 0 leaves the person out.
#[expect(clippy::expect_used, reason = "a bench without its data should stop at once")]
fn photo(portrait: u32) -> RgbImage {
    // Not flat, so that the detector has something to look at.
    let mut photo = RgbImage::from_fn(SIZE.0, SIZE.1, |x, y| {
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 27;
        Rgb([(x / 24) as u8, (y / 16) as u8, 90].map(|level: u8| level.saturating_add(grain as u8)))
    });
    if portrait > 0 {
        let sample = decode_photo(SAMPLE).expect("bundled portrait").image;
        let person = imageops::resize(&sample, portrait, portrait, FilterType::Triangle);
        let middle = |length: u32| i64::from(length / 2) - i64::from(portrait / 2);
        imageops::overlay(&mut photo, &person, middle(SIZE.0), middle(SIZE.1));
    }
    photo
}

/// All checks: where the faces are, what speaks against them, blur and light of each.
#[divan::bench(args = [2600, 900, 360, 0])]
#[expect(clippy::expect_used, reason = "a bench without its data should stop at once")]
fn checks(bencher: Bencher<'_, '_>, portrait: u32) {
    let networks = Networks::load().expect("bundled networks");
    let photo = photo(portrait);
    bencher.bench(|| {
        let faces = networks.faces(&photo);
        let mut findings = check(whole(SIZE), &faces);
        findings.extend(faces.iter().flat_map(|face| check_pixels(&photo, face)));
        (faces.len(), findings)
    });
}

/// The JPEG that is sent: turned, cropped, padded, shrunk.
#[divan::bench(args = [0, 1])]
fn prepared(bencher: Bencher<'_, '_>, quarter_turns: u8) {
    let photo = Photo { image: photo(2600), format: Format::Jpeg, stored_size: SIZE, orientation: 1 };
    let crop = sticker_booth::picture::Region { left: 500.0, top: -200.0, width: 2400.0, height: 3000.0 };
    let preparation = Preparation { quarter_turns, crop, padding: [255; 3], stem: "bench".to_owned() };
    bencher.bench(|| prepare(&photo, &preparation));
}
