//! WebP by libwebp.

use image::RgbaImage;
use webp::{Encoder, WebPConfig};

use super::{EncodeError, Encoded, Loss, highest_fitting};

/// How thorough the encoder is, 0 to 6.
const METHOD: i32 = 4;

/// Below this quality colours suffer more than edges do from fewer steps of alpha.
const LEAST_WITH_WHOLE_ALPHA: u32 = 30;

/// How exactly alpha is kept, in the order in which it is tried: whole, then in fewer and fewer steps.
const ALPHA_QUALITIES: [u8; 4] = [100, 70, 40, 0];

/// How hard the encoder tries to make a lossless file small: its method, 0 to 6, and its effort, 0 to 100.
const THOROUGH: (i32, f32) = (METHOD, 75.0);

/// A quick look at how large it will be. Stickers of eight styles came out 1.04 to 1.18 times as large as thorough ones.
const QUICK: (i32, f32) = (1, 0.0);

/// So many times the limit, and no thoroughness helps.
const HOPELESS: f64 = 1.5;

/// Writes a picture into at most `most` bytes.
pub(super) fn fitting(picture: &RgbaImage, most: Option<u64>) -> Result<Encoded, EncodeError> {
    let whole = |bytes| Ok(Encoded { bytes, loss: Loss::None });
    let Some(most) = most else { return whole(lossless(picture, THOROUGH)?) };
    if lossless(picture, QUICK)?.len() as f64 <= HOPELESS * most as f64 {
        let bytes = lossless(picture, THOROUGH)?;
        if bytes.len() as u64 <= most {
            return whole(bytes);
        }
    }
    let mut least = u64::MAX;
    for alpha in ALPHA_QUALITIES {
        let lowest = if alpha == 0 { 0 } else { LEAST_WITH_WHOLE_ALPHA };
        match highest_fitting(lowest, 100, most, |quality| lossy(picture, quality as u8, alpha))? {
            Ok((quality, bytes)) => return Ok(Encoded { bytes, loss: Loss::Quality(quality as u8) }),
            Err(smallest) => least = least.min(smallest),
        }
    }
    Err(EncodeError::CannotFit { least, most })
}

/// Writes every pixel as it is, but for the colours under clear ones.
fn lossless(picture: &RgbaImage, (method, effort): (i32, f32)) -> Result<Vec<u8>, EncodeError> {
    let mut config = config()?;
    config.lossless = 1;
    // Of a lossless file this is effort.
    config.quality = effort;
    config.method = method;
    write(picture, &config)
}

/// Writes colours of a quality and alpha of another, both 0 to 100.
pub(super) fn lossy(picture: &RgbaImage, quality: u8, alpha: u8) -> Result<Vec<u8>, EncodeError> {
    let mut config = config()?;
    config.quality = f32::from(quality);
    config.alpha_quality = i32::from(alpha);
    // Coloured edges keep their place.
    config.use_sharp_yuv = 1;
    write(picture, &config)
}

fn config() -> Result<WebPConfig, EncodeError> {
    let mut config =
        WebPConfig::new().map_err(|()| EncodeError::Refused("libwebp is of another version".to_owned()))?;
    config.method = METHOD;
    Ok(config)
}

fn write(picture: &RgbaImage, config: &WebPConfig) -> Result<Vec<u8>, EncodeError> {
    let encoder = Encoder::from_rgba(picture.as_raw(), picture.width(), picture.height());
    let file = encoder.encode_advanced(config).map_err(|error| EncodeError::Refused(format!("{error:?}")))?;
    Ok(file.to_vec())
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    /// Every pixel another colour and alpha: the worst that can come.
    fn noise(side: u32) -> RgbaImage {
        let mut state = 7_u32;
        RgbaImage::from_fn(side, side, |_, _| {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            };
            Rgba([next(), next(), next(), next()])
        })
    }

    #[test]
    fn what_fits_without_loss_has_none() {
        let flat = RgbaImage::from_fn(512, 512, |x, _| Rgba([x as u8, 9, 9, 255]));
        let file = fitting(&flat, Some(100_000)).unwrap();
        assert_eq!(file.loss, Loss::None);
        let read = image::load_from_memory(&file.bytes).unwrap().into_rgba8();
        assert_eq!(read, flat);
    }

    #[test]
    fn noise_fits_with_the_highest_quality_that_does() {
        let noise = noise(512);
        let file = fitting(&noise, Some(100_000)).unwrap();
        assert!(file.bytes.len() <= 100_000, "{}", file.bytes.len());
        assert!(matches!(file.loss, Loss::Quality(_)));
        let read = image::load_from_memory(&file.bytes).unwrap();
        assert_eq!((read.width(), read.height(), read.color().has_alpha()), (512, 512, true));
    }

    #[test]
    fn what_cannot_fit_names_both_numbers() {
        let Err(EncodeError::CannotFit { least, most }) = fitting(&noise(256), Some(100)) else { panic!() };
        assert!(most == 100 && least > 100 && least < u64::MAX, "{least} of {most}");
    }

    #[test]
    fn a_gradient_of_any_size_is_written_without_loss() {
        let gradient = RgbaImage::from_fn(1024, 1024, |x, y| Rgba([(x / 4) as u8, (y / 4) as u8, 90, 255]));
        assert_eq!(fitting(&gradient, Some(60_000)).unwrap().loss, Loss::None);
    }
}
