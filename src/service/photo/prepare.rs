//! Makes the JPEG that is sent: turned, cropped, at most 1536 pixels long, without metadata.

use std::borrow::Cow;

use image::{Rgb, RgbImage, imageops};

use super::PhotoError;
use crate::model::FaceFrame;
use crate::picture::{Photo, Region, encode_jpeg, resize_region};

/// The longer edge of a prepared photo in pixels, at most.
pub const LONGEST_EDGE: u32 = 1536;

/// JPEG quality of a prepared photo.
const QUALITY: u8 = 92;

/// How a photo is to be prepared.
#[derive(Clone, Debug, PartialEq)]
pub struct Preparation {
    /// Quarter turns clockwise, made before the crop.
    pub quarter_turns: u8,
    /// The part to send, in pixels of the turned photo.
    pub crop: Region,
    /// The colour of what lies beyond the photo, sRGB.
    pub padding: [u8; 3],
    /// The file's name without its extension: random, so that it tells nothing and cannot be guessed.
    pub stem: String,
}

/// Exactly what is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The bytes of the JPEG file.
    pub jpeg: Vec<u8>,
    /// Its file name.
    pub name: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Where it lies in the photo (upright, turned): its pixel `(x, y)` shows the photo at
    /// `(left + x · scale, top + y · scale)`, and the scale is at least 1.
    pub placement: FaceFrame,
}

/// Prepares a decoded photo for sending; the same input gives the same bytes.
pub fn prepare(photo: &Photo, preparation: &Preparation) -> Result<Prepared, PhotoError> {
    let image = turned(&photo.image, preparation.quarter_turns);
    let (placement, size) = place(preparation.crop).ok_or(PhotoError::EmptyCrop)?;
    let pixels = draw(&image, placement, size, preparation.padding).ok_or(PhotoError::EmptyCrop)?;
    Ok(Prepared {
        jpeg: encode_jpeg(&pixels, QUALITY)?,
        name: format!("{}.jpg", preparation.stem),
        width: size.0,
        height: size.1,
        placement,
    })
}

/// Width and height that a crop will have when it is prepared; `None` when nothing can come of it.
pub fn prepared_size(crop: Region) -> Option<(u32, u32)> {
    place(crop).map(|(_, size)| size)
}

/// The picture after so many quarter turns clockwise.
pub fn turned(image: &RgbImage, quarter_turns: u8) -> Cow<'_, RgbImage> {
    match quarter_turns % 4 {
        0 => Cow::Borrowed(image),
        1 => Cow::Owned(imageops::rotate90(image)),
        2 => Cow::Owned(imageops::rotate180(image)),
        _ => Cow::Owned(imageops::rotate270(image)),
    }
}

/// Where a crop's pixels come to lie, and how many they are.
///
/// Without shrinking, the crop snaps to whole pixels so that none is blurred. With it, the crop loses
/// less than a prepared pixel on its right and bottom, so that the scale is the same both ways.
fn place(crop: Region) -> Option<(FaceFrame, (u32, u32))> {
    let longest = crop.width.max(crop.height);
    let is_sane =
        [crop.left, crop.top, crop.width, crop.height].iter().all(|edge| edge.is_finite() && edge.abs() < 1e6)
            && crop.width.min(crop.height) > 0.0;
    if !is_sane {
        return None;
    }
    let scale = (longest / f64::from(LONGEST_EDGE)).max(1.0);
    let (left, top) = if scale > 1.0 { (crop.left, crop.top) } else { (crop.left.round(), crop.top.round()) };
    // The longer edge divides to 1536 but for rounding, which must not cost a pixel.
    let count = |edge: f64| ((edge / scale + 1e-6).floor() as u32).clamp(1, LONGEST_EDGE);
    Some((FaceFrame { left, top, scale }, (count(crop.width), count(crop.height))))
}

/// Draws the placed part of `image`, `padding` beyond its edges; `None` when no pixel of it is inside.
fn draw(image: &RgbImage, placement: FaceFrame, size: (u32, u32), padding: [u8; 3]) -> Option<RgbImage> {
    let columns = covered(placement.left, placement.scale, size.0, image.width())?;
    let rows = covered(placement.top, placement.scale, size.1, image.height())?;
    let (width, height) = (columns.1 - columns.0, rows.1 - rows.0);
    let region = Region {
        left: placement.left + f64::from(columns.0) * placement.scale,
        top: placement.top + f64::from(rows.0) * placement.scale,
        width: f64::from(width) * placement.scale,
        height: f64::from(height) * placement.scale,
    };
    let part = if placement.scale > 1.0 {
        resize_region(image, region, (width, height))
    } else {
        imageops::crop_imm(image, region.left as u32, region.top as u32, width, height).to_image()
    };
    if (width, height) == size {
        return Some(part);
    }
    let mut canvas = RgbImage::from_pixel(size.0, size.1, Rgb(padding));
    imageops::replace(&mut canvas, &part, i64::from(columns.0), i64::from(rows.0));
    Some(canvas)
}

/// The first prepared pixel along one edge that lies wholly inside the photo, and the first that no longer does.
fn covered(start: f64, scale: f64, count: u32, photo_edge: u32) -> Option<(u32, u32)> {
    let first = (-start / scale).ceil().max(0.0);
    let end = ((f64::from(photo_edge) - start) / scale + 1e-6).floor().min(f64::from(count));
    (first < end).then_some((first as u32, end as u32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Format, decode_photo};

    fn photo(width: u32, height: u32) -> Photo {
        // Red rises to the right and green downwards, so that a pixel's colour tells where it was.
        let image =
            RgbImage::from_fn(width, height, |x, y| Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 128]));
        Photo { image, format: Format::Png, stored_size: (width, height), orientation: 1 }
    }

    fn preparation(quarter_turns: u8, crop: [f64; 4]) -> Preparation {
        let [left, top, width, height] = crop;
        let crop = Region { left, top, width, height };
        Preparation { quarter_turns, crop, padding: [255; 3], stem: "abc".into() }
    }

    #[test]
    fn a_small_crop_keeps_its_pixels() {
        let prepared = prepare(&photo(400, 300), &preparation(0, [40.2, 30.0, 200.0, 100.0])).unwrap();
        assert_eq!((prepared.width, prepared.height, prepared.name.as_str()), (200, 100, "abc.jpg"));
        assert_eq!(prepared.placement, FaceFrame { left: 40.0, top: 30.0, scale: 1.0 });
        let back = decode_photo(&prepared.jpeg).unwrap().image;
        assert!(back.get_pixel(0, 0).0[0].abs_diff(25) < 6 && back.get_pixel(199, 99).0[1].abs_diff(109) < 6);
    }

    #[test]
    fn a_large_crop_becomes_1536_pixels_long_and_its_placement_leads_back() {
        let photo = photo(4000, 3000);
        let prepared = prepare(&photo, &preparation(0, [500.0, 300.0, 3001.0, 2000.0])).unwrap();
        assert_eq!(prepared.width, 1536);
        assert_eq!(prepared.height, 1023);
        let back = decode_photo(&prepared.jpeg).unwrap().image;
        let FaceFrame { left, top, scale } = prepared.placement;
        for (x, y) in [(3, 3), (700, 500), (1530, 1020)] {
            let (photo_x, photo_y) = (left + (f64::from(x) + 0.5) * scale, top + (f64::from(y) + 0.5) * scale);
            let (here, there) = (back.get_pixel(x, y).0, photo.image.get_pixel(photo_x as u32, photo_y as u32).0);
            assert!(here[0].abs_diff(there[0]) < 5 && here[1].abs_diff(there[1]) < 5, "{here:?} {there:?}");
        }
    }

    #[test]
    fn a_frame_in_the_prepared_photo_is_translated_to_the_photo() {
        let placement = FaceFrame { left: 100.0, top: 50.0, scale: 2.0 };
        let frame = FaceFrame { left: 10.0, top: -5.0, scale: 0.5 }.within(placement);
        assert_eq!(frame, FaceFrame { left: 120.0, top: 40.0, scale: 1.0 });
    }

    #[test]
    fn what_lies_beyond_the_photo_is_white() {
        for (size, width) in [((100, 80), 200), ((4000, 3200), 1536)] {
            let (photo_width, photo_height) = (f64::from(size.0), f64::from(size.1));
            let crop = [-photo_width / 2.0, -photo_height / 2.0, photo_width * 2.0, photo_height * 2.0];
            let prepared = prepare(&photo(size.0, size.1), &preparation(0, crop)).unwrap();
            assert_eq!(prepared.width, width);
            let back = decode_photo(&prepared.jpeg).unwrap().image;
            assert!(back.get_pixel(5, 5).0.iter().all(|level| *level > 250));
            let (x, y) = (width / 4 + 3, prepared.height / 4 + 3);
            assert!(back.get_pixel(x, y).0[0] < 60, "{:?}", back.get_pixel(x, y));
        }
    }

    #[test]
    fn padding_has_the_chosen_colour_and_the_size_is_known_before() {
        let crop = [-50.0, -40.0, 200.0, 160.0];
        let preparation = Preparation { padding: [20, 40, 200], ..preparation(0, crop) };
        let prepared = prepare(&photo(100, 80), &preparation).unwrap();
        assert_eq!(prepared_size(preparation.crop), Some((prepared.width, prepared.height)));
        let corner = decode_photo(&prepared.jpeg).unwrap().image.get_pixel(3, 3).0;
        assert!(corner[0].abs_diff(20) < 6 && corner[1].abs_diff(40) < 6 && corner[2].abs_diff(200) < 6, "{corner:?}");
    }

    #[test]
    fn a_turn_comes_before_the_crop() {
        let prepared = prepare(&photo(300, 200), &preparation(1, [0.0, 0.0, 200.0, 300.0])).unwrap();
        assert_eq!((prepared.width, prepared.height), (200, 300));
        // Turned clockwise, the old left edge is on top: red rises downwards now.
        let back = decode_photo(&prepared.jpeg).unwrap().image;
        assert!(back.get_pixel(100, 5).0[0] < 20 && back.get_pixel(100, 295).0[0] > 235);
    }

    #[test]
    fn a_crop_without_a_pixel_of_the_photo_is_refused() {
        for crop in [
            [500.0, 0.0, 50.0, 50.0],
            [-60.0, 0.0, 50.0, 50.0],
            [0.0, 0.0, 0.0, 10.0],
            [f64::NAN, 0.0, 10.0, 10.0],
            [0.0, 0.0, f64::INFINITY, 10.0],
        ] {
            assert_eq!(prepare(&photo(100, 100), &preparation(0, crop)), Err(PhotoError::EmptyCrop));
        }
    }
}
