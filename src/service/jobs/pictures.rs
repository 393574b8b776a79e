//! From fetched bytes to the pair that the library keeps: cut-out and background told apart by alpha.

use std::path::Path;

use image::DynamicImage;
use serde::de::DeserializeOwned;

use super::state::{Kept, Missing};
use super::unfit::{AsItCame, Unfit};
use crate::model::{FaceFrame, OutOfReach, capitalised};
use crate::picture::{Format, PngText, decode_sticker, encode_png, has_alpha_cutout, read_png_text, sniff};

/// The whole, decoded pictures of one job so far, as PNG files.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pictures {
    /// The sticker cut out.
    pub(super) cutout: Option<Vec<u8>>,
    /// The sticker on its background.
    pub(super) opaque: Option<Vec<u8>>,
    /// Where the sent photo lies under them, when the engine said so.
    pub(super) frame: Option<FaceFrame>,
    /// What the engine says it left out of them.
    pub(super) left_out: Vec<OutOfReach>,
    /// What came beside them and is no sticker.
    pub(super) as_they_came: Vec<AsItCame>,
    /// Why a link that the service gave leads to nothing.
    pub(super) gone: Option<String>,
    /// Did the service say that its filter found something?
    pub(super) flagged: bool,
    /// Is one of them black all over?
    black: bool,
}

/// One result, whole and decoded.
pub(super) struct Picture {
    png: Vec<u8>,
    is_cutout: bool,
    is_black: bool,
    frame: Option<FaceFrame>,
    left_out: Vec<OutOfReach>,
}

impl Picture {
    /// Decodes a result completely: bytes that are cut off, or no picture at all, are refused and given back, and so is a
    /// black picture where the service's filter found something (`flagged`).
    pub(super) fn read(bytes: Vec<u8>, flagged: bool) -> Result<Self, (Unfit, Vec<u8>)> {
        let image = match decode_sticker(&bytes) {
            Ok(image) => image,
            Err(error) => return Err((Unfit::Picture(error), bytes)),
        };
        let is_black = is_black(&image);
        if flagged && is_black {
            return Err((Unfit::Black, bytes));
        }
        let is_cutout = has_alpha_cutout(&image);
        if sniff(&bytes) == Some(Format::Png) {
            let texts = read_png_text(&bytes).unwrap_or_default();
            let frame = said(&texts, FaceFrame::KEYWORD);
            let left_out = said(&texts, OutOfReach::KEYWORD).unwrap_or_default();
            return Ok(Self { png: bytes, is_cutout, is_black, frame, left_out });
        }
        let png = if image.color().has_alpha() {
            encode_png(&image.to_rgba8(), &[])
        } else {
            encode_png(&image.to_rgb8(), &[])
        };
        match png {
            Ok(png) => Ok(Self { png, is_cutout, is_black, frame: None, left_out: Vec::new() }),
            Err(error) => Err((Unfit::Picture(error), bytes)),
        }
    }
}

/// The lightest black, as filters draw it and JPEG keeps it.
const BLACK: u8 = 8;

/// Is there nothing to see but black?
fn is_black(image: &DynamicImage) -> bool {
    let is_dark = |colors: &[u8]| colors.iter().all(|color| *color <= BLACK);
    match image {
        DynamicImage::ImageRgba8(image) => image.pixels().all(|pixel| pixel.0[3] == 0 || is_dark(&pixel.0[..3])),
        DynamicImage::ImageRgb8(image) => image.pixels().all(|pixel| is_dark(&pixel.0)),
        _ => false,
    }
}

/// What an engine says under this keyword.
fn said<T: DeserializeOwned>(texts: &[PngText], keyword: &str) -> Option<T> {
    let text = texts.iter().find(|text| text.keyword == keyword)?;
    serde_json::from_str(&text.text).ok()
}

impl Pictures {
    /// Takes a picture; of several of one kind the first stays.
    pub(super) fn take(&mut self, picture: Picture) {
        self.black |= picture.is_black;
        let place = if picture.is_cutout { &mut self.cutout } else { &mut self.opaque };
        place.get_or_insert(picture.png);
        self.frame = self.frame.or(picture.frame);
        if self.left_out.is_empty() {
            self.left_out = picture.left_out;
        }
    }

    /// Notes what came and is no sticker; the same one may come several times.
    pub(super) fn keep(&mut self, as_it_came: AsItCame) {
        if !self.as_they_came.contains(&as_it_came) {
            self.as_they_came.push(as_it_came);
        }
    }

    /// Is there none?
    pub(super) fn is_empty(&self) -> bool {
        self.cutout.is_none() && self.opaque.is_none()
    }

    /// Where the library put them, and which one did not come.
    pub(super) fn kept_at(&self, path: &Path, background_path: Option<&Path>) -> Kept {
        let words = |path: &Path| path.to_string_lossy().into_owned();
        let (path, background_path) = (words(path), background_path.map(words));
        Kept { path, background_path, missing: self.missing(), gone: self.missing().is_some() && self.lost_one() }
    }

    const fn missing(&self) -> Option<Missing> {
        match (&self.cutout, &self.opaque) {
            (None, _) => Some(Missing::Cutout),
            (_, None) => Some(Missing::Background),
            _ => None,
        }
    }

    /// Was there another picture at the service?
    fn lost_one(&self) -> bool {
        self.gone.is_some() || !self.as_they_came.is_empty()
    }

    /// What a person has to know about these pictures, as one sentence or several; nothing when all is well.
    pub(super) fn remark(&self) -> Option<String> {
        let mut sentences = Vec::new();
        let why = self.gone.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        match self.missing() {
            Some(Missing::Cutout) if self.lost_one() => {
                sentences.push(format!("the cut-out picture did not come{why}; the one on its background is kept"));
            }
            Some(Missing::Cutout) => {
                sentences.push("the service sent no cut-out picture: this one has its background".to_owned());
            }
            Some(Missing::Background) if self.lost_one() => {
                sentences.push(format!("the picture on its background did not come{why}; the cut-out is kept"));
            }
            Some(Missing::Background) | None => {}
        }
        sentences.extend(self.as_they_came.iter().map(AsItCame::sentence));
        if self.flagged {
            sentences.push("the service's filter found the result unsafe (NSFW)".to_owned());
        } else if self.black {
            sentences.push("the picture is black all over, as from a filter of the service".to_owned());
        }
        sentences.extend(self.left_out.iter().map(ToString::to_string));
        for sentence in sentences.iter_mut().skip(1) {
            *sentence = capitalised(sentence);
        }
        (!sentences.is_empty()).then(|| sentences.join(". "))
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;
    use crate::picture::encode_jpeg;

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
                pictures.take(Picture::read(bytes.clone(), false).ok().unwrap());
            }
            assert_eq!(pictures.cutout.as_ref(), Some(&cutout));
            assert_eq!(pictures.opaque.as_ref(), Some(&background));
            assert_eq!(pictures.frame, Some(FRAME));
        }
    }

    #[test]
    fn a_result_of_another_format_becomes_a_png() {
        let mut pictures = Pictures::default();
        pictures.take(Picture::read(encode_jpeg(&opaque(), 90).unwrap(), false).ok().unwrap());
        assert_eq!(sniff(pictures.opaque.as_deref().unwrap()), Some(Format::Png));
    }

    #[test]
    fn half_a_file_and_a_page_instead_of_a_picture_are_refused() {
        let whole = cutout_png();
        assert!(Picture::read(whole[..whole.len() / 2].to_vec(), false).is_err());
        assert!(Picture::read(b"<html>Sign in</html>".to_vec(), false).is_err());
    }

    #[test]
    fn one_of_two_is_enough_and_the_missing_one_is_named() {
        let mut pictures = Pictures::default();
        assert!(pictures.is_empty());
        pictures.take(Picture::read(cutout_png(), false).ok().unwrap());
        let kept = pictures.kept_at(Path::new("a.png"), None);
        assert_eq!((kept.path.as_str(), kept.missing), ("a.png", Some(Missing::Background)));
    }

    #[test]
    fn a_missing_cut_out_is_told_as_lost_only_where_the_service_had_made_it() {
        let mut pictures = Pictures::default();
        pictures.take(Picture::read(encode_png(&opaque(), &[]).unwrap(), false).ok().unwrap());
        assert_eq!(pictures.remark().unwrap(), "the service sent no cut-out picture: this one has its background");
        assert!(!pictures.kept_at(Path::new("a.png"), None).gone);
        pictures.gone = Some("HTTP 404".into());
        assert_eq!(
            pictures.remark().unwrap(),
            "the cut-out picture did not come (HTTP 404); the one on its background is kept"
        );
        assert!(pictures.kept_at(Path::new("a.png"), None).gone);
    }

    #[test]
    fn black_is_no_sticker_where_the_service_s_filter_spoke_and_told_where_it_did_not() {
        let black = encode_png(&RgbImage::new(16, 16), &[]).unwrap();
        let (why, bytes) = Picture::read(black.clone(), true).err().unwrap();
        assert_eq!((why, &bytes), (Unfit::Black, &black));
        assert!(Picture::read(encode_png(&opaque(), &[]).unwrap(), true).is_ok());
        let mut pictures = Pictures::default();
        pictures.take(Picture::read(black, false).ok().unwrap());
        assert!(pictures.remark().unwrap().ends_with("black all over, as from a filter of the service"));
    }

    #[test]
    fn what_an_engine_left_out_is_told_once_and_words_it_does_not_say_are_passed_over() {
        let saying = |said: &str| encode_png(&opaque(), &[PngText::new(OutOfReach::KEYWORD, said)]).unwrap();
        let mut pictures = Pictures { cutout: Some(cutout_png()), ..Pictures::default() };
        for bytes in [saying(r#"["eyes","mouth"]"#), saying(r#"["mouth"]"#)] {
            pictures.take(Picture::read(bytes, false).ok().unwrap());
        }
        let told = format!("{}. {}", OutOfReach::Eyes, capitalised(&OutOfReach::Mouth.to_string()));
        assert_eq!(pictures.remark(), Some(told));
        for damaged in [r#"["wings"]"#, "eyes", "[]"] {
            assert_eq!(Picture::read(saying(damaged), false).ok().unwrap().left_out, []);
        }
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
