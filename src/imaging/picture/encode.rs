//! Writes PNG with text and JPEG without metadata.

use image::codecs::jpeg::JpegEncoder;
use image::{RgbImage, RgbaImage};

use super::png_text::check_keyword;
use super::{PictureError, PngText};

/// The pixels of a PNG file to be: 8-bit sRGB, alpha straight.
#[derive(Clone, Copy, Debug)]
pub enum PngPixels<'a> {
    /// Without alpha.
    Rgb(&'a RgbImage),
    /// With alpha.
    Rgba(&'a RgbaImage),
}

impl<'a> From<&'a RgbImage> for PngPixels<'a> {
    fn from(image: &'a RgbImage) -> Self {
        Self::Rgb(image)
    }
}

impl<'a> From<&'a RgbaImage> for PngPixels<'a> {
    fn from(image: &'a RgbaImage) -> Self {
        Self::Rgba(image)
    }
}

/// Writes a PNG file, fast rather than small, with each of `text` as an `iTXt` chunk before the pixels.
pub fn encode_png<'a>(pixels: impl Into<PngPixels<'a>>, text: &[PngText]) -> Result<Vec<u8>, PictureError> {
    let (width, height, color, bytes) = match pixels.into() {
        PngPixels::Rgb(image) => (image.width(), image.height(), png::ColorType::Rgb, image.as_raw()),
        PngPixels::Rgba(image) => (image.width(), image.height(), png::ColorType::Rgba, image.as_raw()),
    };
    let mut file = Vec::with_capacity(bytes.len() / 2 + 1024);
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    for PngText { keyword, text } in text {
        check_keyword(keyword)?;
        encoder.add_itxt_chunk(keyword.clone(), text.clone())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(bytes)?;
    writer.finish()?;
    Ok(file)
}

/// Writes a JPEG file of `quality` (1 to 100) that holds pixels and nothing else.
pub fn encode_jpeg(image: &RgbImage, quality: u8) -> Result<Vec<u8>, PictureError> {
    let mut file = Vec::with_capacity(image.as_raw().len() / 8 + 1024);
    JpegEncoder::new_with_quality(&mut file, quality)
        .encode_image(image)
        .map_err(|error| PictureError::Encode { detail: error.to_string() })?;
    Ok(file)
}

impl From<png::EncodingError> for PictureError {
    fn from(error: png::EncodingError) -> Self {
        Self::Encode { detail: error.to_string() }
    }
}
