//! The border that a sticker came with: a band of one colour and one width along its outline.

use image::RgbaImage;

use super::contour::Field;

/// Colours differ by no more than this in each channel to be that of the border.
const ALIKE: u8 = 28;

/// A depth belongs to the border while so much of it has the border's colour.
const MOSTLY: f32 = 0.72;

/// A border that is not everywhere as wide goes on while so much still has its colour, but by no more than this share of
/// its width: white clothes are no border.
const IN_PART: f32 = 0.3;
const MORE: f32 = 0.25;

/// A border is at least this wide, in pixels, and at most this share of the longer edge.
const LEAST: usize = 3;
const MOST: f32 = 0.09;

/// How deep the border goes from the outline, in pixels; 0 when there is none.
pub(crate) fn width(image: &RgbaImage, field: &Field) -> f32 {
    let deepest = (image.width().max(image.height()) as f32 * MOST) as usize;
    let mut by_depth: Vec<Vec<[u8; 3]>> = vec![Vec::new(); deepest + 1];
    for (pixel, distance) in image.pixels().zip(&field.values) {
        let depth = -distance;
        let [red, green, blue, alpha] = pixel.0;
        if depth >= 1.0 && depth < (deepest + 1) as f32 && alpha > 250 {
            by_depth[depth as usize].push([red, green, blue]);
        }
    }
    let Some(color) = by_depth.get_mut(2).and_then(|colors| median(colors)) else { return 0.0 };
    let share = |colors: &Vec<[u8; 3]>| {
        let alike = |other: &&[u8; 3]| other.iter().zip(color).all(|(one, other)| one.abs_diff(other) <= ALIKE);
        colors.iter().filter(alike).count() as f32 / colors.len().max(1) as f32
    };
    let end = |from: usize, least: f32| (from..=deepest).find(|depth| share(&by_depth[*depth]) < least);
    let Some(sure) = end(2, MOSTLY).filter(|depth| *depth >= LEAST) else { return 0.0 };
    let last = end(sure, IN_PART).unwrap_or(deepest) as f32;
    last.min(sure as f32 * (1.0 + MORE))
}

/// The middle value of each channel.
fn median(colors: &mut [[u8; 3]]) -> Option<[u8; 3]> {
    if colors.is_empty() {
        return None;
    }
    let middle = colors.len() / 2;
    Some([0, 1, 2].map(|channel| {
        colors.select_nth_unstable_by_key(middle, |color| color[channel]);
        colors[middle][channel]
    }))
}

/// Takes so many pixels away along the outline, with a soft edge.
pub(crate) fn erode(image: &mut RgbaImage, field: &Field, width: f32) {
    for (pixel, distance) in image.pixels_mut().zip(&field.values) {
        let covered = (-distance - width + 0.5).clamp(0.0, 1.0);
        pixel.0[3] = (f32::from(pixel.0[3]) * covered + 0.5) as u8;
    }
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    fn bordered(border: f32) -> RgbaImage {
        RgbaImage::from_fn(200, 200, |x, y| {
            let distance = (x as f32 - 99.5).hypot(y as f32 - 99.5) - 80.0;
            let alpha = ((0.5 - distance).clamp(0.0, 1.0) * 255.0) as u8;
            let stripes = (x / 7 + y / 5) % 2 == 0;
            match -distance < border {
                true => Rgba([250, 250, 248, alpha]),
                false if stripes => Rgba([20, 90, 160, alpha]),
                false => Rgba([220, 160, 130, alpha]),
            }
        })
    }

    fn field(image: &RgbaImage) -> Field {
        Field::of(image.dimensions(), |index| f32::from(image.as_raw()[index * 4 + 3]) / 255.0)
    }

    #[test]
    fn a_border_is_found_to_a_pixel_and_a_picture_without_one_has_none() {
        let image = bordered(12.0);
        let found = width(&image, &field(&image));
        assert!((found - 12.0).abs() <= 1.0, "{found}");
        let image = bordered(0.0);
        assert_eq!(width(&image, &field(&image)), 0.0);
        let flat = RgbaImage::from_pixel(100, 100, Rgba([255; 4]));
        assert_eq!(width(&flat, &field(&flat)), 0.0, "a picture of one colour is no border");
    }

    #[test]
    fn what_is_taken_away_is_as_wide_as_was_said() {
        let mut image = bordered(12.0);
        let before = field(&image);
        erode(&mut image, &before, 12.0);
        let after = field(&image);
        assert!((after.at(99.5, 99.5) - before.at(99.5, 99.5) - 12.0).abs() < 0.3);
    }
}
