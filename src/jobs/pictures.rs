//! From fetched bytes to the pair that the library keeps: cut-out and background told apart by alpha.

use std::path::Path;

use super::state::{Kept, Missing};
use crate::model::FaceFrame;
use crate::picture::{Format, PictureError, decode_sticker, encode_png, has_alpha_cutout, read_png_text, sniff};

/// The whole, decoded pictures of one job so far, as PNG files.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pictures {
    /// The sticker cut out.
    pub(super) cutout: Option<Vec<u8>>,
    /// The sticker on its background.
    pub(super) opaque: Option<Vec<u8>>,
    /// Where the sent photo lies under them, when the engine said so.
    pub(super) frame: Option<FaceFrame>,
}

/// One result, whole and decoded.
pub(super) struct Picture {
    png: Vec<u8>,
    is_cutout: bool,
    frame: Option<FaceFrame>,
}

impl Picture {
    /// Decodes a result completely: bytes that are cut off, or no picture at all, are refused.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, PictureError> {
        let image = decode_sticker(&bytes)?;
        let is_cutout = has_alpha_cutout(&image);
        if sniff(&bytes) == Some(Format::Png) {
            let frame = read_frame(&bytes);
            return Ok(Self { png: bytes, is_cutout, frame });
        }
        let png = if image.color().has_alpha() {
            encode_png(&image.to_rgba8(), &[])?
        } else {
            encode_png(&image.to_rgb8(), &[])?
        };
        Ok(Self { png, is_cutout, frame: None })
    }
}

fn read_frame(png: &[u8]) -> Option<FaceFrame> {
    let texts = read_png_text(png).ok()?;
    let text = texts.iter().find(|text| text.keyword == FaceFrame::KEYWORD)?;
    serde_json::from_str(&text.text).ok()
}

impl Pictures {
    /// Takes a picture; of several of one kind the first stays.
    pub(super) fn take(&mut self, picture: Picture) {
        let place = if picture.is_cutout { &mut self.cutout } else { &mut self.opaque };
        place.get_or_insert(picture.png);
        self.frame = self.frame.or(picture.frame);
    }

    /// Is there none?
    pub(super) fn is_empty(&self) -> bool {
        self.cutout.is_none() && self.opaque.is_none()
    }

    /// Where the library put them, and which one did not come.
    pub(super) fn kept_at(&self, path: &Path, background_path: Option<&Path>) -> Kept {
        let missing = match (&self.cutout, &self.opaque) {
            (None, _) => Some(Missing::Cutout),
            (_, None) => Some(Missing::Background),
            _ => None,
        };
        let words = |path: &Path| path.to_string_lossy().into_owned();
        Kept { path: words(path), background_path: background_path.map(words), missing }
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;
    use crate::picture::{PngText, encode_jpeg};

    const FRAME: FaceFrame = FaceFrame { left: 10.0, top: -4.0, scale: 0.5 };

    fn opaque() -> RgbImage {
        RgbImage::from_pixel(16, 16, Rgb([200, 100, 50]))
    }

    fn cutout_png() -> Vec<u8> {
        let pixels = RgbaImage::from_fn(16, 16, |x, _| Rgba([9, 9, 9, if x < 8 { 0 } else { 255 }]));
        let frame = serde_json::to_string(&FRAME).unwrap();
        encode_png(&pixels, &[PngText::new(FaceFrame::KEYWORD, frame)]).unwrap()
    }

    #[test]
    fn the_cutout_is_told_by_its_alpha_in_whatever_order_they_come() {
        let (cutout, background) = (cutout_png(), encode_png(&opaque(), &[]).unwrap());
        for order in [[&cutout, &background], [&background, &cutout]] {
            let mut pictures = Pictures::default();
            for bytes in order {
                pictures.take(Picture::read(bytes.clone()).unwrap());
            }
            assert_eq!(pictures.cutout.as_ref(), Some(&cutout));
            assert_eq!(pictures.opaque.as_ref(), Some(&background));
            assert_eq!(pictures.frame, Some(FRAME));
        }
    }

    #[test]
    fn a_result_of_another_format_becomes_a_png() {
        let mut pictures = Pictures::default();
        pictures.take(Picture::read(encode_jpeg(&opaque(), 90).unwrap()).unwrap());
        assert_eq!(sniff(pictures.opaque.as_deref().unwrap()), Some(Format::Png));
    }

    #[test]
    fn half_a_file_and_a_page_instead_of_a_picture_are_refused() {
        let whole = cutout_png();
        assert!(Picture::read(whole[..whole.len() / 2].to_vec()).is_err());
        assert!(Picture::read(b"<html>Sign in</html>".to_vec()).is_err());
    }

    #[test]
    fn one_of_two_is_enough_and_the_missing_one_is_named() {
        let mut pictures = Pictures::default();
        assert!(pictures.is_empty());
        pictures.take(Picture::read(cutout_png()).unwrap());
        let kept = pictures.kept_at(Path::new("a.png"), None);
        assert_eq!((kept.path.as_str(), kept.missing), ("a.png", Some(Missing::Background)));
    }

    #[test]
    fn a_frame_of_the_sent_photo_is_translated_to_the_picked_one() {
        // The sent photo is the picked one from (100, 50) on, at half its size.
        let sent = FaceFrame { left: 100.0, top: 50.0, scale: 2.0 };
        let frame = FRAME.within(sent);
        // Canvas pixel (8, 8) shows sent pixel (14, 0), which is picked pixel (128, 50).
        assert_eq!((frame.left + 8.0 * frame.scale, frame.top + 8.0 * frame.scale), (128.0, 50.0));
    }
}
