//! A picture in premultiplied colours from 0 to 1, and how such colours mix.

use model::finish::Color;

/// Red, green, blue and alpha from 0 to 1, the colours premultiplied.
pub(crate) type Pixel = [f32; 4];

/// Nothing.
pub(crate) const CLEAR: Pixel = [0.0; 4];

/// A picture of such pixels, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) pixels: Vec<Pixel>,
}

impl Layer {
    /// A clear picture.
    pub(crate) fn clear((width, height): (u32, u32)) -> Self {
        Self { pixels: vec![CLEAR; width as usize * height as usize] }
    }

    /// The alpha of a pixel.
    #[inline]
    pub(crate) fn alpha(&self, index: usize) -> f32 {
        self.pixels[index][3]
    }

    /// From premultiplied bytes.
    pub(crate) fn of_premultiplied(bytes: &[u8]) -> Self {
        let pixels = bytes.as_chunks::<4>().0.iter().map(|pixel| pixel.map(|value| f32::from(value) / 255.0)).collect();
        Self { pixels }
    }
}

/// A colour that hides this share of what is beneath.
#[inline]
pub(crate) fn inked(Color(rgb): Color, alpha: f32) -> Pixel {
    let [red, green, blue] = rgb.map(|value| f32::from(value) / 255.0 * alpha);
    [red, green, blue, alpha]
}

/// Premultiplied, from straight bytes.
#[inline]
pub(crate) fn premultiplied(pixel: [u8; 4]) -> Pixel {
    let alpha = f32::from(pixel[3]) / 255.0;
    let [red, green, blue, _] = pixel.map(|value| f32::from(value) / 255.0 * alpha);
    [red, green, blue, alpha]
}

/// Straight bytes; a pixel that rounds to clear is black, so that equal pictures are equal bytes.
#[inline]
pub(crate) fn straight([red, green, blue, alpha]: Pixel) -> [u8; 4] {
    let byte = |value: f32| (value * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
    let opacity = byte(alpha);
    if opacity == 0 {
        return [0; 4];
    }
    if alpha >= 1.0 {
        return [byte(red), byte(green), byte(blue), opacity];
    }
    [byte(red / alpha), byte(green / alpha), byte(blue / alpha), opacity]
}

/// One over another.
#[inline]
pub(crate) fn over(above: Pixel, below: Pixel) -> Pixel {
    let rest = 1.0 - above[3];
    std::array::from_fn(|channel| above[channel] + below[channel] * rest)
}

/// The same with all of it fainter.
#[inline]
pub(crate) fn faded(pixel: Pixel, share: f32) -> Pixel {
    pixel.map(|value| value * share)
}

/// Length of a vector; unlike `hypot` the same on every machine.
#[inline]
pub(crate) fn length(x: f32, y: f32) -> f32 {
    let square = x * x + y * y;
    square.sqrt()
}

/// A smooth step from 0 at `from` to 1 at `to`.
#[inline]
pub(crate) fn smoothstep(from: f32, to: f32, value: f32) -> f32 {
    let t = ((value - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
