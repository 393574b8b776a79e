//! The people of a whole picture, for one that came without transparency.

use image::{GrayImage, Luma, RgbImage};

use crate::engine::raster::filter::{gaussian, guided};
use crate::engine::raster::plane::{Plane, smoothstep};
use crate::engine::raster::resample::resized;
use crate::picture::shrink;
use crate::vision::{IsStopped, Networks, PersonMask, Pyramid, VisionError};

/// Longest edge at which the edges of the picture are looked at, in pixels.
const EDGE: u32 = 512;

/// Radius within which the mask follows the picture, in pixels of that.
const RADIUS: usize = 5;

/// Variances of luminance below this are no edges.
const EPSILON: f32 = 2e-4;

/// Below the first there is nobody, from the second on there is somebody.
const SURE: [f32; 2] = [0.25, 0.75];

/// How much of each pixel of a picture belongs to people: 0 nothing, 255 all of it; as large as the picture.
///
/// The network sees the whole picture at once and the result follows the picture's own edges. Where it finds nobody, all
/// is 0.
pub fn person_matte(
    networks: &Networks,
    picture: &RgbImage,
    is_stopped: IsStopped<'_>,
) -> Result<GrayImage, VisionError> {
    let (width, height) = picture.dimensions();
    if width.min(height) < 2 {
        return Ok(GrayImage::new(width, height));
    }
    let mask = networks.people(&Pyramid::of(picture), [0.0, 0.0, width as f32, height as f32], is_stopped)?;
    let cells = gaussian(&Plane { width: PersonMask::SIDE, height: PersonMask::SIDE, values: mask.values }, 0.6);
    let small = shrink(picture, EDGE);
    let guide = luma(&small);
    let steps = [PersonMask::SIDE as f32 / guide.width as f32, PersonMask::SIDE as f32 / guide.height as f32];
    let seen = Plane::from_fn(guide.width, guide.height, |x, y| {
        cells.sample((x as f32 + 0.5) * steps[0] - 0.5, (y as f32 + 0.5) * steps[1] - 0.5).clamp(0.0, 1.0)
    });
    let [slope, offset] =
        guided(&seen, &guide, RADIUS, EPSILON).map(|plane| resized(&plane, width as usize, height as usize));
    let full = luma(picture);
    Ok(GrayImage::from_fn(width, height, |x, y| {
        let index = y as usize * width as usize + x as usize;
        let share = slope.values[index] * full.values[index] + offset.values[index];
        Luma([(smoothstep(SURE[0], SURE[1], share) * 255.0 + 0.5) as u8])
    }))
}

/// Luma of each pixel (Rec. 601), 0 to 1.
fn luma(picture: &RgbImage) -> Plane {
    let width = picture.width() as usize;
    Plane::from_fn(width, picture.height() as usize, |x, y| {
        let [red, green, blue] = picture.get_pixel(x as u32, y as u32).0.map(|value| f32::from(value) / 255.0);
        0.299 * red + 0.587 * green + 0.114 * blue
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::decode_photo;

    #[test]
    fn the_sample_is_cut_around_its_person_and_nobody_is_cut_out_of_a_plain_picture() {
        let networks = Networks::load().unwrap();
        let sample = decode_photo(include_bytes!("../../../../assets/sample/portrait.png")).unwrap().image;
        let matte = person_matte(&networks, &sample, &|| false).unwrap();
        assert_eq!(matte.dimensions(), sample.dimensions());
        let faces = networks.faces(&sample);
        let face = &faces[0];
        let (x, y) = ((face.left + face.width / 2.0) as u32, (face.top + face.height / 2.0) as u32);
        assert!(matte.get_pixel(x, y).0[0] > 250, "the face is the person's");
        let corner = matte.get_pixel(2, 2).0[0];
        assert!(corner < 20, "{corner} in the corner");
        let plain = person_matte(&networks, &RgbImage::from_pixel(300, 200, image::Rgb([120; 3])), &|| false).unwrap();
        let found = plain.pixels().filter(|pixel| pixel.0[0] > 127).count();
        assert!(found < 3000, "{found} of 60000 pixels");
    }
}
