//! Where a photo will be cut, before anything is made of it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{LoadedPhoto, Studio, StudioError, read_once};
use crate::engine::{BuiltIn, Control, StickerEngine as _};
use crate::model::{Crop, Framing, Recipe};
use crate::photo::PhotoError;
use crate::picture::{decode_photo, outline};
use crate::vision::Networks;

/// Edge of the sticker that is made to find its outline, in pixels: small enough for the engine's quick way.
const EDGE: u32 = 384;

/// Points of the line at most.
const POINTS: usize = 240;

impl Studio {
    /// The line along which the built-in engine cuts this part of a photo, closed, in pixels of the whole photo.
    ///
    /// It is the outline of a small sticker in the usual look. Takes a while, so not on the UI thread; ends with an error
    /// soon after `stopped` is true.
    pub fn cut_line(
        &self,
        photo: &LoadedPhoto,
        face: usize,
        crop: Crop,
        stopped: Arc<AtomicBool>,
    ) -> Result<Vec<[f32; 2]>, StudioError> {
        line(read_once(&self.networks)?, photo, face, crop, &Control::stopped_by(stopped))
    }
}

fn line(
    networks: &Arc<Networks>,
    photo: &LoadedPhoto,
    face: usize,
    crop: Crop,
    control: &Control,
) -> Result<Vec<[f32; 2]>, StudioError> {
    control.check()?;
    let prepared = photo.prepare(face, crop, Framing::default().padding)?;
    let pixels = decode_photo(&prepared.jpeg).map_err(PhotoError::from)?.image;
    let recipe = Recipe { width: EDGE, height: EDGE, ..Recipe::default() };
    let sticker = BuiltIn::of(Arc::clone(networks)).make_of(&pixels, &prepared.faces, &recipe, control)?;
    let frame = sticker.frame.within(prepared.frame);
    let at = |corner: f64, along: f32| (corner + f64::from(along) * frame.scale) as f32;
    let outline = outline(&sticker.cutout, POINTS);
    Ok(outline.into_iter().map(|[x, y]| [at(frame.left, x), at(frame.top, y)]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::PickedPhoto;
    use crate::studio::SAMPLE;

    #[test]
    fn the_sample_is_cut_around_its_face_whatever_part_of_it_is_sent() {
        let networks = Arc::new(Networks::load().unwrap());
        let picked = PickedPhoto { bytes: SAMPLE.to_vec(), name: "Sample.png".to_owned(), sha256: String::new() };
        let photo = LoadedPhoto::of(&networks, picked, None, &|| false).unwrap();
        let face = &photo.faces[0];
        for padded in [false, true] {
            let line = line(&networks, &photo, 0, photo.crop(0, padded), &Control::new()).unwrap();
            assert!(line.len() > 100, "{} points", line.len());
            let reach = |axis: usize| {
                line.iter()
                    .fold([f32::MAX, f32::MIN], |[least, most], point| [least.min(point[axis]), most.max(point[axis])])
            };
            let ([left, right], [top, bottom]) = (reach(0), reach(1));
            // Hair is above the box of the face, shoulders are beside and below it.
            assert!(left < face.left && right > face.left + face.width, "{left} to {right}");
            assert!(top < face.top - 0.1 * face.height && bottom > face.top + 1.4 * face.height, "{top} to {bottom}");
            let (width, height) = (photo.size().0 as f32, photo.size().1 as f32);
            let border = 0.2 * face.height;
            assert!(left > -border && top > -border && right < width + border && bottom < height + border);
        }
    }
}
