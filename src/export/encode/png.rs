//! PNG, small rather than fast, and with a palette where it has to be smaller still.

use image::RgbaImage;
use imaging::picture::PngText;
use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, SrgbRenderingIntent, Unit};

use super::palette::Palette;
use super::{EncodeError, Encoded, Loss, highest_fitting};

/// The fewest colours that a sticker is drawn with.
const FEWEST_COLOURS: u32 = 16;

/// The most colours that a palette holds.
const MOST_COLOURS: u32 = 256;

/// How many pixels lie along one metre of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Density(pub u32);

/// Writes a picture into at most `most` bytes.
pub(super) fn fitting(picture: &RgbaImage, texts: &[PngText], most: Option<u64>) -> Result<Encoded, EncodeError> {
    let whole = encode(picture, texts, None)?;
    let Some(most) = most.filter(|most| whole.len() as u64 > *most) else {
        return Ok(Encoded { bytes: whole, loss: Loss::None });
    };
    let attempt = |colours| encode_indexed(&Palette::of(picture, colours as usize), texts);
    match highest_fitting(FEWEST_COLOURS, MOST_COLOURS, most, attempt)? {
        Ok((colours, bytes)) => Ok(Encoded { bytes, loss: Loss::Colours(colours as u16) }),
        Err(least) => Err(EncodeError::CannotFit { least, most }),
    }
}

/// Writes every pixel as it is, with its texts before them.
pub(crate) fn encode(picture: &RgbaImage, texts: &[PngText], density: Option<Density>) -> Result<Vec<u8>, EncodeError> {
    let is_opaque = picture.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let (color, pixels) = if is_opaque {
        (ColorType::Rgb, picture.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect())
    } else {
        (ColorType::Rgba, picture.as_raw().clone())
    };
    write(picture.dimensions(), texts, &pixels, |encoder| {
        encoder.set_color(color);
        encoder.set_filter(Filter::Adaptive);
        if let Some(Density(pixels)) = density {
            encoder.set_pixel_dims(Some(PixelDimensions { xppu: pixels, yppu: pixels, unit: Unit::Meter }));
        }
    })
}

fn encode_indexed(indexed: &Palette, texts: &[PngText]) -> Result<Vec<u8>, EncodeError> {
    write(indexed.size, texts, &indexed.pixels, |encoder| {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(indexed.colours.clone());
        encoder.set_trns(indexed.alphas.clone());
        encoder.set_filter(Filter::NoFilter);
    })
}

fn write(
    (width, height): (u32, u32),
    texts: &[PngText],
    pixels: &[u8],
    set_up: impl FnOnce(&mut Encoder<'_, &mut Vec<u8>>),
) -> Result<Vec<u8>, EncodeError> {
    let refused = |error: png::EncodingError| EncodeError::Refused(error.to_string());
    let mut file = Vec::with_capacity(pixels.len() / 2 + 1024);
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    set_up(&mut encoder);
    for PngText { keyword, text } in texts {
        encoder.add_itxt_chunk(keyword.clone(), text.clone()).map_err(refused)?;
    }
    let mut writer = encoder.write_header().map_err(refused)?;
    writer.write_image_data(pixels).map_err(refused)?;
    writer.finish().map_err(refused)?;
    // Files of many sheets wait for the last one, and room for what they might have been would wait with them.
    file.shrink_to_fit();
    Ok(file)
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    fn gradient(side: u32) -> RgbaImage {
        RgbaImage::from_fn(side, side, |x, y| Rgba([(x * 7) as u8, (y * 5) as u8, (x * y) as u8, (x ^ y) as u8]))
    }

    #[test]
    fn what_fits_keeps_every_pixel_and_its_texts() {
        let picture = gradient(64);
        let file = fitting(&picture, &[PngText::new("Comment", "été")], Some(1 << 20)).unwrap();
        assert_eq!(file.loss, Loss::None);
        assert_eq!(image::load_from_memory(&file.bytes).unwrap().into_rgba8(), picture);
        assert_eq!(imaging::picture::read_png_text(&file.bytes).unwrap(), [PngText::new("Comment", "été")]);
    }

    #[test]
    fn what_does_not_fit_gets_a_palette_with_alpha() {
        let picture = gradient(128);
        let whole = fitting(&picture, &[], None).unwrap().bytes.len() as u64;
        let file = fitting(&picture, &[], Some(whole - 1)).unwrap();
        assert!((file.bytes.len() as u64) < whole);
        let Loss::Colours(colours) = file.loss else { panic!("{:?}", file.loss) };
        assert!(colours >= 16, "{colours}");
        let read = image::load_from_memory(&file.bytes).unwrap().into_rgba8();
        let off = |a: u8, b: u8| u64::from(a.abs_diff(b));
        let total: u64 = read.as_raw().iter().zip(picture.as_raw()).map(|(a, b)| off(*a, *b)).sum();
        assert!(total / (picture.as_raw().len() as u64) < 32, "{}", total as f64 / picture.as_raw().len() as f64);
    }

    #[test]
    fn what_cannot_fit_names_both_numbers() {
        let Err(EncodeError::CannotFit { least, most }) = fitting(&gradient(128), &[], Some(200)) else { panic!() };
        assert!(most == 200 && least > 200 && least < 20_000, "{least}");
    }
}
