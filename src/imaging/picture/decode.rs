//! From untrusted bytes to upright sRGB pixels, within limits that are checked before a pixel is decoded.

use std::borrow::Cow;
use std::io::{Cursor, ErrorKind};

use image::codecs::{bmp::BmpDecoder, gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, tiff::TiffDecoder, webp};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits, RgbImage, RgbaImage};

use super::tiff_depth::Disguised;
use super::{Format, PictureError, check_whole, color, endless, gate, kinds, png_chunks, quiet, sniff};

/// The largest photo file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// The most pixels a photo may have.
pub const MAX_PHOTO_PIXELS: u64 = 100_000_000;

/// The most pixels a result of an engine may have: 4096 × 4096 and some.
pub const MAX_STICKER_PIXELS: u64 = 17_000_000;

/// The most memory that the decoded pixels of one picture may take, in bytes.
pub const MAX_DECODED_BYTES: u64 = 320_000_000;

/// Photos of more pixels than this are halved, so that turning one never takes more than [`MAX_DECODED_BYTES`].
const HALVED_ABOVE_PIXELS: u64 = 48_000_000;

/// What a decoder may allocate besides the pixels, in bytes: profiles, lines, metadata.
const DECODER_OVERHEAD: u64 = 64 << 20;

/// A decoded photo: upright, 8-bit sRGB, alpha flattened on white, first frame.
#[derive(Clone, Debug)]
pub struct Photo {
    /// Its pixels; photos above 48 megapixels come at half their width and height.
    pub image: RgbImage,
    /// The format of its file.
    pub format: Format,
    /// Width and height as stored in the file, before it was turned upright.
    pub stored_size: (u32, u32),
    /// The EXIF orientation that was applied, 1 (none) to 8.
    pub orientation: u8,
}

/// Decodes a photo that somebody picked.
///
/// Reads JPEG, PNG, WebP, GIF, BMP and TIFF of at most 64 MiB, 100 megapixels and 320 MB decoded. A file without its end
/// is taken if every row of the picture is there.
/// It may wait for other pictures under decoding and belongs on a worker thread, but not inside a
/// parallel loop over photos.
pub fn decode_photo(bytes: &[u8]) -> Result<Photo, PictureError> {
    check_size(bytes)?;
    let decoded = match check_whole(bytes) {
        Ok(format) => decode(bytes, format, MAX_PHOTO_PIXELS)?,
        Err(PictureError::Truncated { format }) => endless::decode(bytes, format, MAX_PHOTO_PIXELS)?,
        Err(error) => return Err(error),
    };
    let mut image = flatten_on_white(decoded.image);
    if pixel_count(image.dimensions()) > HALVED_ABOVE_PIXELS {
        image = halve(image);
    }
    let mut image = DynamicImage::ImageRgb8(image);
    image.apply_orientation(decoded.orientation);
    Ok(Photo {
        image: image.into_rgb8(),
        format: decoded.format,
        stored_size: decoded.stored_size,
        orientation: decoded.orientation.to_exif(),
    })
}

/// Decodes a result of an engine: PNG, JPEG or WebP of at most 17 megapixels, there to the end of its file.
///
/// The picture is 8-bit sRGB, [`DynamicImage::ImageRgba8`] when the file has alpha, else
/// [`DynamicImage::ImageRgb8`].
pub fn decode_sticker(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    if let Some(format @ (Format::Gif | Format::Bmp | Format::Tiff)) = sniff(bytes) {
        return Err(PictureError::NotForStickers { format });
    }
    check_size(bytes)?;
    let decoded = decode(bytes, check_whole(bytes)?, MAX_STICKER_PIXELS)?;
    let mut image = decoded.image;
    image.apply_orientation(decoded.orientation);
    Ok(image)
}

/// Is this a sticker cut out of its background, rather than an opaque picture?
///
/// At least one pixel in a thousand has to be all but transparent: an alpha channel alone says nothing.
pub fn has_alpha_cutout(image: &DynamicImage) -> bool {
    if !image.color().has_alpha() {
        return false;
    }
    let is_clear = |alpha: u8| alpha < 16;
    let clear = match image {
        DynamicImage::ImageRgba8(pixels) => pixels.pixels().filter(|pixel| is_clear(pixel.0[3])).count(),
        other => other.to_rgba8().pixels().filter(|pixel| is_clear(pixel.0[3])).count(),
    };
    clear > 0 && clear as u64 * 1000 >= pixel_count((image.width(), image.height()))
}

/// A picture decoded to 8-bit sRGB but not yet turned.
pub(super) struct Decoded {
    pub image: DynamicImage,
    format: Format,
    stored_size: (u32, u32),
    orientation: Orientation,
}

fn check_size(bytes: &[u8]) -> Result<(), PictureError> {
    let size = bytes.len() as u64;
    if size > MAX_FILE_BYTES {
        return Err(PictureError::FileTooLarge { bytes: size, limit: MAX_FILE_BYTES });
    }
    Ok(())
}

/// Decodes a file of this format that has its end.
pub(super) fn decode(bytes: &[u8], format: Format, max_pixels: u64) -> Result<Decoded, PictureError> {
    if let Some(kind) = kinds::never_read(bytes, format) {
        return Err(PictureError::UnsupportedKind { format, kind });
    }
    quiet::catch(|| decode_whole(bytes, format, max_pixels)).unwrap_or_else(|| {
        Err(match kinds::not_read(bytes, format) {
            Some(kind) => PictureError::UnsupportedKind { format, kind },
            None => PictureError::Unreadable { format },
        })
    })
}

fn decode_whole(bytes: &[u8], format: Format, max_pixels: u64) -> Result<Decoded, PictureError> {
    let disguised = if format == Format::Tiff { Disguised::of(bytes) } else { None };
    let plain = plain(bytes, format);
    let file = disguised.as_ref().map_or(&*plain, |disguised| &disguised.file);
    let refused = |error: ImageError| refusal(bytes, format, &error);
    let mut decoder = open(file, format).map_err(refused)?;
    let (width, height) = disguised.as_ref().map_or_else(|| decoder.dimensions(), |disguised| disguised.size);
    let pixels = pixel_count((width, height));
    if pixels > max_pixels {
        return Err(PictureError::TooManyPixels { width, height, limit: max_pixels });
    }
    let total = decoder.total_bytes().max(pixels.saturating_mul(3));
    if total > MAX_DECODED_BYTES {
        return Err(PictureError::TooMuchMemory { bytes: total, limit: MAX_DECODED_BYTES });
    }
    decoder.set_limits(limits(total + DECODER_OVERHEAD)).map_err(refused)?;
    let permit = gate::enter(pixels);
    // Metadata that cannot be read is no reason to refuse the pixels.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let mut image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    if let Some(disguised) = disguised {
        image = disguised.revealed(image);
    }
    let png = Some(bytes).filter(|_| format == Format::Png);
    let image = color::to_srgb(image, profile.as_deref(), png);
    drop(permit);
    Ok(Decoded { image, format, stored_size: (width, height), orientation })
}

/// The file without what the decoder gives up on although the picture is there.
fn plain(bytes: &[u8], format: Format) -> Cow<'_, [u8]> {
    match format {
        // Code points that it does not know; they are read apart from it.
        Format::Png => png_chunks::without(bytes, &[*b"cICP"]),
        Format::Bmp => Cow::Owned(plain_bmp(bytes)),
        _ => Cow::Borrowed(bytes),
    }
}

/// A BMP with the padding of its last row, up to three bytes, which some writers leave out, and with the one plane that
/// all have, whatever its header says: other programs read it too.
fn plain_bmp(bytes: &[u8]) -> Vec<u8> {
    const CORE_HEADER: u8 = 12;
    let mut file = [bytes, &[0; 3]].concat();
    let planes = if bytes.get(14) == Some(&CORE_HEADER) { 22 } else { 26 };
    if let Some(planes) = file.get_mut(planes..planes + 2) {
        planes.copy_from_slice(&1_u16.to_le_bytes());
    }
    file
}

/// A decoder that has read the header and nothing else.
fn open<'a>(bytes: &'a [u8], format: Format) -> Result<Box<dyn ImageDecoder + 'a>, ImageError> {
    let reader = Cursor::new(bytes);
    Ok(match format {
        Format::Png => Box::new(PngDecoder::with_limits(reader, limits(DECODER_OVERHEAD))?),
        Format::Jpeg => Box::new(JpegDecoder::new(reader)?),
        Format::WebP => Box::new(webp::WebPDecoder::new(reader)?),
        Format::Gif => Box::new(GifDecoder::new(reader)?),
        Format::Bmp => Box::new(BmpDecoder::new(reader)?),
        Format::Tiff => Box::new(TiffDecoder::new(reader)?),
        Format::Heic | Format::Avif | Format::Other { .. } => {
            return Err(ImageError::IoError(ErrorKind::Unsupported.into()));
        }
    })
}

fn limits(bytes: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(bytes);
    limits
}

/// What a decoder's error means to a person.
fn refusal(bytes: &[u8], format: Format, error: &ImageError) -> PictureError {
    let named = |kind: &'static str| PictureError::UnsupportedKind { format, kind };
    match (error, kinds::read_in_part(bytes, format)) {
        (ImageError::Unsupported(_), _) => named(kinds::not_read(bytes, format).unwrap_or(kinds::UNNAMED)),
        (_, Some(kind)) => named(kind),
        (ImageError::Limits(_), None) => named("that need so much memory"),
        (ImageError::IoError(cause), None) if cause.kind() == ErrorKind::UnexpectedEof => {
            PictureError::Truncated { format }
        }
        (_, None) => PictureError::Damaged { format, detail: error.to_string() },
    }
}

fn pixel_count((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// Lays a picture on white, in its own memory.
fn flatten_on_white(image: DynamicImage) -> RgbImage {
    let DynamicImage::ImageRgba8(image) = image else { return image.into_rgb8() };
    let (width, height) = image.dimensions();
    let mut bytes = RgbaImage::into_raw(image);
    let count = bytes.len() / 4;
    for index in 0..count {
        let alpha = u32::from(bytes[4 * index + 3]);
        for channel in 0..3 {
            let color = u32::from(bytes[4 * index + channel]);
            // Rounded to the nearest; 255 / 2 is the half.
            bytes[3 * index + channel] = ((color * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
    }
    bytes.truncate(3 * count);
    bytes.shrink_to_fit();
    RgbImage::from_raw(width, height, bytes).expect("three bytes were kept of each pixel")
}

/// Halves width and height in the picture's own memory, each new pixel the mean of four.
fn halve(image: RgbImage) -> RgbImage {
    let (width, height) = (image.width() as usize / 2, image.height() as usize / 2);
    let stride = image.width() as usize * 3;
    let mut bytes = image.into_raw();
    for y in 0..height {
        for x in 0..width * 3 {
            let from = 2 * y * stride + x / 3 * 6 + x % 3;
            let sum: u32 =
                [from, from + 3, from + stride, from + stride + 3].iter().map(|at| u32::from(bytes[*at])).sum();
            bytes[y * width * 3 + x] = ((sum + 2) / 4) as u8;
        }
    }
    bytes.truncate(width * height * 3);
    bytes.shrink_to_fit();
    RgbImage::from_raw(width as u32, height as u32, bytes).expect("a quarter of the pixels was kept")
}

#[cfg(test)]
mod tests {
    use image::{Rgb, Rgba};

    use super::*;

    #[test]
    fn transparency_becomes_white_and_half_of_it_the_mean() {
        let image = RgbaImage::from_vec(3, 1, vec![10, 20, 30, 0, 10, 20, 30, 255, 0, 100, 200, 128]).unwrap();
        let flat = flatten_on_white(DynamicImage::ImageRgba8(image));
        assert_eq!(flat.into_raw(), [255, 255, 255, 10, 20, 30, 127, 177, 227]);
    }

    #[test]
    fn halving_takes_the_mean_of_four_and_drops_an_odd_edge() {
        let image = RgbImage::from_fn(5, 3, |x, y| Rgb([(x * 10) as u8, (y * 10) as u8, 8]));
        let half = halve(image);
        assert_eq!(half.dimensions(), (2, 1));
        assert_eq!(half.into_raw(), [5, 5, 8, 25, 5, 8]);
    }

    #[test]
    fn an_alpha_channel_without_holes_is_no_cutout() {
        let mut image = RgbaImage::from_pixel(100, 100, Rgba([9, 9, 9, 255]));
        assert!(!has_alpha_cutout(&DynamicImage::ImageRgba8(image.clone())));
        for x in 0..10 {
            image.put_pixel(x, 0, Rgba([0, 0, 0, 0]));
        }
        assert!(has_alpha_cutout(&DynamicImage::ImageRgba8(image.clone())));
        assert!(!has_alpha_cutout(&DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(image).into_rgb8())));
    }
}
