//! The colour space that a PNG file declares without a profile, and the way from there to sRGB (PNG specification, 11.3.2).
//!
//! As browsers do: `cICP` comes before a profile, a profile before `sRGB`, and that before `gAMA` and `cHRM`.

use image::DynamicImage;

use super::cicp::{Curve, Primaries, Toner};
use super::color::to_8_bit;
use super::png_chunks::Chunks;

/// A gamma within this share of 1 / 2.2 is meant as sRGB.
const SAME_GAMMA: f64 = 0.01;

/// How far off a level may be where nothing is converted.
const SAME_LEVEL: f64 = 1.0;

/// Values of linear light that are told apart on the way to sRGB.
const LIGHTS: usize = 1 << 14;

/// A colour space other than sRGB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Space {
    primaries: Primaries,
    curve: Curve,
    /// Are the levels those of video, which leave room below black and above white?
    is_narrow: bool,
}

/// The space that the chunks before the pixels declare, where it counts: `has_profile` tells whether there is a profile
/// that can be used. `None` is what the profile says, or sRGB.
pub(super) fn declared(png: &[u8], has_profile: bool) -> Option<Space> {
    let (mut cicp, mut gamma, mut primaries, mut is_srgb) = (None, None, None, false);
    for chunk in Chunks::of(png)?.take_while(|chunk| chunk.kind != *b"IDAT") {
        match &chunk.kind {
            b"cICP" => cicp = cicp.or_else(|| Space::of_cicp(chunk.data)),
            b"gAMA" => gamma = gamma.or_else(|| gamma_of(chunk.data)),
            b"cHRM" => primaries = primaries.or_else(|| primaries_of(chunk.data)),
            b"sRGB" => is_srgb = true,
            _ => {}
        }
    }
    if cicp.is_some() {
        return cicp;
    }
    if has_profile || is_srgb || (gamma.is_none() && primaries.is_none()) {
        return None;
    }
    let curve = gamma.filter(|gamma| (gamma * 2.2 - 1.0).abs() > SAME_GAMMA).map(|gamma| Curve::Power(1.0 / gamma));
    Some(Space {
        primaries: primaries.unwrap_or(Primaries::BT709),
        curve: curve.unwrap_or(Curve::Srgb),
        is_narrow: false,
    })
}

/// The exponent between light and sample.
fn gamma_of(data: &[u8]) -> Option<f64> {
    let gamma = hundred_thousandths(data)?;
    (0.01..=100.0).contains(&gamma).then_some(gamma)
}

fn primaries_of(data: &[u8]) -> Option<Primaries> {
    let numbers: Option<Vec<f64>> = data.chunks_exact(4).map(hundred_thousandths).collect();
    let numbers = numbers?;
    let &[wx, wy, rx, ry, gx, gy, bx, by] = numbers.as_slice() else { return None };
    let primaries = Primaries { white: [wx, wy], red: [rx, ry], green: [gx, gy], blue: [bx, by] };
    primaries.to_srgb().is_some().then_some(primaries)
}

fn hundred_thousandths(data: &[u8]) -> Option<f64> {
    Some(f64::from(u32::from_be_bytes(*data.first_chunk::<4>()?)) / 100_000.0)
}

impl Space {
    /// By the code points of ITU-T H.273; only those for RGB say something here.
    fn of_cicp(data: &[u8]) -> Option<Self> {
        let &[primaries, transfer, 0, range @ (0 | 1)] = data else { return None };
        let (primaries, curve) = (Primaries::of_code(primaries)?, Curve::of_code(transfer)?);
        Some(Self { primaries, curve, is_narrow: range == 0 })
    }

    /// Takes a decoded picture of 8 or 16 bits from this space to 8-bit sRGB, with alpha only where it had some.
    pub(super) fn convert(&self, image: DynamicImage) -> DynamicImage {
        let has_alpha = image.color().has_alpha();
        let is_deep = image.color().bytes_per_pixel() / image.color().channel_count() > 1;
        let converter = Converter::of(self, if is_deep { 1 << 16 } else { 1 << 8 });
        let Some(converter) = converter.filter(|converter| !converter.changes_nothing()) else {
            return to_8_bit(image);
        };
        match (is_deep, has_alpha) {
            (false, false) => {
                let mut pixels = image.into_rgb8();
                pixels.pixels_mut().for_each(|pixel| pixel.0 = converter.color(pixel.0.map(usize::from)));
                pixels.into()
            }
            (false, true) => {
                let mut pixels = image.into_rgba8();
                for pixel in pixels.pixels_mut() {
                    let [red, green, blue, alpha] = pixel.0;
                    let [red, green, blue] = converter.color([red, green, blue].map(usize::from));
                    pixel.0 = [red, green, blue, alpha];
                }
                pixels.into()
            }
            (true, _) => converter.deep(&image, has_alpha),
        }
    }
}

/// A space with all that is the same for each of its pixels.
struct Converter {
    /// The light of each level.
    light: Vec<f32>,
    toner: Option<Toner>,
    matrix: [[f32; 3]; 3],
    /// The sRGB level of so much light.
    level: Vec<u8>,
}

impl Converter {
    fn of(space: &Space, levels: usize) -> Option<Self> {
        let most = (levels - 1) as f64;
        let position = |level: usize| {
            let eight_bits = level as f64 / most * 255.0;
            if space.is_narrow { ((eight_bits - 16.0) / 219.0).clamp(0.0, 1.0) } else { eight_bits / 255.0 }
        };
        Some(Self {
            light: (0..levels).map(|level| space.curve.light(position(level)) as f32).collect(),
            toner: space.curve.toner(),
            matrix: space.primaries.to_srgb()?.map(|row| row.map(|share| share as f32)),
            level: (0..LIGHTS).map(|light| srgb_level(light as f64 / (LIGHTS - 1) as f64).round() as u8).collect(),
        })
    }

    fn color(&self, levels: [usize; 3]) -> [u8; 3] {
        let mut light = levels.map(|level| self.light[level]);
        if let Some(toner) = &self.toner {
            light = toner.toned(light);
        }
        self.matrix.map(|row| {
            let sum: f32 = row.iter().zip(light).map(|(share, light)| share * light).sum();
            self.level[(sum.clamp(0.0, 1.0) * (LIGHTS - 1) as f32 + 0.5) as usize]
        })
    }

    /// A picture of 16 bits, of which the dark levels would be lost if it became one of 8 before.
    fn deep(&self, image: &DynamicImage, has_alpha: bool) -> DynamicImage {
        if has_alpha {
            let deep = image.to_rgba16();
            let pixels = image::RgbaImage::from_fn(deep.width(), deep.height(), |x, y| {
                let [red, green, blue, alpha] = deep.get_pixel(x, y).0;
                let [red, green, blue] = self.color([red, green, blue].map(usize::from));
                image::Rgba([red, green, blue, ((u32::from(alpha) + 128) / 257) as u8])
            });
            return pixels.into();
        }
        let deep = image.to_rgb16();
        let pixels = image::RgbImage::from_fn(deep.width(), deep.height(), |x, y| {
            image::Rgb(self.color(deep.get_pixel(x, y).0.map(usize::from)))
        });
        pixels.into()
    }

    /// Is every colour within one step of where it was?
    fn changes_nothing(&self) -> bool {
        let most = self.light.len() - 1;
        let steps: Vec<usize> = (0..=5).map(|step| step * most / 5).collect();
        let is_same = |levels: [usize; 3]| {
            let expected = levels.map(|level| level as f64 / most as f64 * 255.0);
            let found = self.color(levels);
            (0..3).all(|channel| (f64::from(found[channel]) - expected[channel]).abs() <= SAME_LEVEL)
        };
        let colors = steps.iter().flat_map(|red| steps.iter().map(move |green| (*red, *green)));
        colors.into_iter().all(|(red, green)| steps.iter().all(|blue| is_same([red, green, *blue])))
    }
}

/// The sRGB level, 0 to 255, of so much light (IEC 61966-2-1).
fn srgb_level(light: f64) -> f64 {
    let level = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    level * 255.0
}
