//! Where a sticker lies in the picture that a platform wants.

use image::{Rgba, RgbaImage, imageops};
use imaging::picture::{Region, resize_region};

/// Alpha below this is seen by nobody, and made clear.
pub(crate) const FAINT: u8 = 4;

const CLEAR: Rgba<u8> = Rgba([0; 4]);

/// How a sticker is laid into a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Canvas {
    /// Width and height of the picture, in pixels.
    pub size: (u32, u32),
    /// Clear pixels around the sticker.
    pub margin: u32,
    /// Draw a small sticker larger than it is?
    pub enlarge: bool,
}

/// The smallest rectangle around all that can be seen, as left, top, width and height; `None` when nothing can.
pub(crate) fn content(picture: &RgbaImage) -> Option<[u32; 4]> {
    let (width, height) = picture.dimensions();
    let (mut left, mut top, mut right, mut bottom) = (width, height, 0, 0);
    for (y, row) in picture.as_raw().chunks_exact(4 * width.max(1) as usize).enumerate() {
        let is_seen = |pixel: &[u8]| pixel[3] >= FAINT;
        let Some(first) = row.chunks_exact(4).position(is_seen) else { continue };
        let last = width as usize - 1 - row.chunks_exact(4).rev().position(is_seen).unwrap_or_default();
        left = left.min(first as u32);
        right = right.max(last as u32 + 1);
        top = top.min(y as u32);
        bottom = y as u32 + 1;
    }
    (right > left).then(|| [left, top, right - left, bottom - top])
}

/// How many pixels can be seen.
pub(crate) fn seen(picture: &RgbaImage) -> usize {
    picture.pixels().filter(|pixel| pixel.0[3] >= FAINT).count()
}

/// The sticker in the middle of its picture, as large as its margins allow.
///
/// It is trimmed first, and never drawn larger than it is unless that is asked for. Alpha is premultiplied while it is
/// resized, so no colour from under clear pixels gets into its edge.
pub(crate) fn placed(sticker: &RgbaImage, canvas: Canvas) -> RgbaImage {
    let Canvas { size: (width, height), margin, enlarge } = canvas;
    let mut picture = RgbaImage::new(width, height);
    let Some([left, top, wide, high]) = content(sticker) else { return picture };
    let room = |edge: u32| f64::from(edge.saturating_sub(2 * margin).max(1));
    let fitting = (room(width) / f64::from(wide)).min(room(height) / f64::from(high));
    let scale = if enlarge { fitting } else { fitting.min(1.0) };
    let scaled = |edge: u32| ((f64::from(edge) * scale).round() as u32).max(1);
    let mut drawn = if scale == 1.0 {
        imageops::crop_imm(sticker, left, top, wide, high).to_image()
    } else {
        let [left, top, width, height] = [left, top, wide, high].map(f64::from);
        resize_region(sticker, Region { left, top, width, height }, (scaled(wide), scaled(high)))
    };
    drawn.pixels_mut().filter(|pixel| pixel.0[3] < FAINT).for_each(|pixel| *pixel = CLEAR);
    let (x, y) = ((width - drawn.width().min(width)) / 2, (height - drawn.height().min(height)) / 2);
    imageops::replace(&mut picture, &drawn, i64::from(x), i64::from(y));
    picture
}

/// The same without transparency, on a colour.
pub(crate) fn on_colour(picture: &RgbaImage, [red, green, blue]: [u8; 3]) -> RgbaImage {
    let mut opaque = RgbaImage::from_pixel(picture.width(), picture.height(), Rgba([red, green, blue, 255]));
    imageops::overlay(&mut opaque, picture, 0, 0);
    make_opaque(&mut opaque);
    opaque
}

/// Blending rounds, and what lies on paper is opaque to the last bit.
pub(crate) fn make_opaque(picture: &mut RgbaImage) {
    picture.pixels_mut().for_each(|pixel| pixel.0[3] = u8::MAX);
}

/// The fewest clear pixels between what can be seen and an edge of the picture.
pub(crate) fn margin_of(picture: &RgbaImage) -> u32 {
    let (width, height) = picture.dimensions();
    let Some([left, top, wide, high]) = content(picture) else { return width.min(height) };
    left.min(top).min(width - left - wide).min(height - top - high)
}

/// The highest alpha of the four corners.
pub(crate) fn corner_alpha(picture: &RgbaImage) -> u8 {
    let (Some(right), Some(bottom)) = (picture.width().checked_sub(1), picture.height().checked_sub(1)) else {
        return 0;
    };
    let corners = [(0, 0), (right, 0), (0, bottom), (right, bottom)];
    corners.map(|(x, y)| picture.get_pixel(x, y).0[3]).into_iter().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A white disc with a dark green background under its clear pixels.
    fn disc(side: u32, radius: f32) -> RgbaImage {
        let middle = side as f32 / 2.0;
        RgbaImage::from_fn(side, side, |x, y| {
            let distance = (x as f32 + 0.5 - middle).hypot(y as f32 + 0.5 - middle);
            if distance < radius { Rgba([255, 255, 255, 255]) } else { Rgba([0, 40, 0, 0]) }
        })
    }

    const WHATSAPP: Canvas = Canvas { size: (512, 512), margin: 16, enlarge: false };

    #[test]
    fn a_sticker_fills_the_room_within_its_margins() {
        let picture = placed(&disc(1024, 400.0), WHATSAPP);
        assert_eq!(picture.dimensions(), (512, 512));
        assert_eq!(content(&picture), Some([16, 16, 480, 480]));
        assert_eq!((margin_of(&picture), corner_alpha(&picture)), (16, 0));
    }

    #[test]
    fn no_dark_comes_into_a_white_edge() {
        for (radius, size) in [(400.0, 512), (371.0, 128), (500.0, 96), (333.3, 320)] {
            let picture = placed(&disc(1024, radius), Canvas { size: (size, size), margin: 4, enlarge: false });
            let seen = picture.pixels().filter(|pixel| pixel.0[3] >= 16);
            let darkest = seen.flat_map(|pixel| pixel.0[..3].to_vec()).min().unwrap();
            assert!(darkest >= 240, "{darkest} at {size}");
        }
    }

    #[test]
    fn on_a_colour_nothing_is_clear() {
        let opaque = on_colour(&disc(100, 30.5), [255, 254, 253]);
        assert!(opaque.pixels().all(|pixel| pixel.0[3] == u8::MAX));
    }

    #[test]
    fn a_small_sticker_is_enlarged_only_when_that_is_asked_for() {
        let small = disc(64, 20.0);
        assert_eq!(content(&placed(&small, WHATSAPP)), Some([236, 236, 40, 40]));
        let large = placed(&small, Canvas { enlarge: true, ..WHATSAPP });
        assert_eq!(content(&large).map(|content| content[2]), Some(480));
    }

    #[test]
    fn a_very_wide_sticker_keeps_its_shape() {
        let wide = RgbaImage::from_pixel(2000, 20, Rgba([9, 9, 9, 255]));
        assert_eq!(content(&placed(&wide, WHATSAPP)), Some([16, 253, 480, 5]));
    }

    #[test]
    fn one_pixel_and_none_are_stickers_too() {
        let mut one = RgbaImage::new(9, 9);
        one.put_pixel(3, 8, Rgba([1, 2, 3, 255]));
        assert_eq!(content(&placed(&one, WHATSAPP)), Some([255, 255, 1, 1]));
        assert_eq!(content(&placed(&RgbaImage::new(9, 9), WHATSAPP)), None);
        assert_eq!(content(&placed(&RgbaImage::new(0, 0), WHATSAPP)), None);
    }

    #[test]
    fn a_sticker_that_fits_already_keeps_its_pixels() {
        let fitting = disc(512, 240.0);
        let picture = placed(&fitting, WHATSAPP);
        assert!(picture.pixels().zip(fitting.pixels()).all(|(new, old)| new == old || old.0[3] == 0));
    }

    #[test]
    fn what_nobody_sees_is_made_clear() {
        let mut faint = RgbaImage::from_pixel(100, 100, Rgba([0, 0, 0, FAINT - 1]));
        faint.put_pixel(50, 50, Rgba([255; 4]));
        assert_eq!(placed(&faint, WHATSAPP).pixels().filter(|pixel| pixel.0[3] > 0).count(), 1);
    }
}
