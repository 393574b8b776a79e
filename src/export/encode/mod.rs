//! Writes one picture so that it fits: without loss when that fits, else with the highest quality that does.

mod palette;
mod png;
mod webp;

use image::RgbaImage;
use imaging::picture::PngText;

use crate::ExportError;

pub(crate) use png::{Density, encode as encode_png};

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// PNG, with at most 256 colours where more do not fit.
    Png,
    /// WebP, lossy where lossless does not fit.
    WebP,
}

impl Encoding {
    /// Ends the names of its files, without the dot.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }
}

/// How a picture was made to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// It was not.
    None,
    /// Lossy WebP of this quality, 0 to 100.
    Quality(u8),
    /// So many colours.
    Colours(u16),
}

/// A picture as a file.
#[derive(Clone, Debug)]
pub(crate) struct Encoded {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it cost.
    pub loss: Loss,
}

/// Writes a picture into at most `most` bytes; the error names the fewest bytes that were reached.
pub(crate) fn encode(
    picture: &RgbaImage,
    encoding: Encoding,
    texts: &[PngText],
    most: Option<u64>,
) -> Result<Encoded, EncodeError> {
    match encoding {
        Encoding::Png => png::fitting(picture, texts, most),
        Encoding::WebP => webp::fitting(picture, most),
    }
}

/// With which quality Signal's own program writes a picture anew (`processImage.ts`).
const SIGNAL_QUALITY: u8 = 80;

/// How many bytes a picture has after Signal's own program has written it anew.
pub(crate) fn written_anew(picture: &RgbaImage) -> Result<u64, EncodeError> {
    webp::lossy(picture, SIGNAL_QUALITY, 100).map(|file| file.len() as u64)
}

/// Why a picture could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EncodeError {
    /// It does not fit whatever is done.
    CannotFit {
        /// The fewest bytes that were reached.
        least: u64,
        /// The most that are allowed.
        most: u64,
    },
    /// The encoder refused it.
    Refused(String),
}

impl EncodeError {
    /// The same about a file of this name.
    pub(crate) fn about(self, file: &str) -> ExportError {
        let file = file.to_owned();
        match self {
            Self::CannotFit { least, most } => ExportError::CannotFit { file, least, most },
            Self::Refused(detail) => ExportError::Encode { file, detail },
        }
    }
}

/// Every so many attempts the middle is tried instead of the number that sizes point to, so that odd sizes end soon too.
const MIDDLE_AFTER: u32 = 3;

/// The highest of `least..=most` for which `attempt` gives a file that fits, with its file.
///
/// The best is tried first, since most stickers fit so. Files are taken to grow with the number, and each is measured; where
/// two of them lie on both sides of the limit, their sizes say where to go on. The error is the smallest file's size.
fn highest_fitting<E>(
    least: u32,
    most: u32,
    limit: u64,
    mut attempt: impl FnMut(u32) -> Result<Vec<u8>, E>,
) -> Result<Result<(u32, Vec<u8>), u64>, E> {
    let mut best: Option<(u32, Vec<u8>)> = None;
    let mut too_large: Option<(u32, u64)> = None;
    let mut smallest = u64::MAX;
    for attempts in 1_u32.. {
        let low = best.as_ref().map_or(least, |(number, _)| number + 1);
        let end = too_large.map_or(most + 1, |(number, _)| number);
        if low >= end {
            break;
        }
        let middle = low + (end - low) / 2;
        let number = match (&best, too_large) {
            (None, None) => most,
            (Some((fits, file)), Some((above, size))) if !attempts.is_multiple_of(MIDDLE_AFTER) => {
                pointed_to((*fits, file.len() as u64), (above, size), limit).clamp(low, end - 1)
            }
            _ => middle,
        };
        let file = attempt(number)?;
        let size = file.len() as u64;
        smallest = smallest.min(size);
        if size <= limit {
            best = Some((number, file));
        } else {
            too_large = Some((number, size));
        }
    }
    Ok(best.ok_or(smallest))
}

/// Where a file would be as large as the limit, if sizes grew evenly by factors from one number to another.
fn pointed_to((fits, small): (u32, u64), (above, large): (u32, u64), limit: u64) -> u32 {
    let log = |size: u64| (size.max(1) as f64).ln();
    let share = (log(limit) - log(small)) / (log(large) - log(small)).max(f64::EPSILON);
    fits + (share.clamp(0.0, 1.0) * f64::from(above - fits)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_number_that_fits_is_found() {
        for limit in 0..=102_u64 {
            let found = highest_fitting(0, 100, limit, |number| Ok::<_, ()>(vec![0; number as usize])).unwrap();
            assert_eq!(found.unwrap().0, limit.min(100) as u32);
        }
        // Sizes that jump, as those of palettes do.
        for limit in 0..=1000_u64 {
            let size = |number: u32| (number as usize / 7) * 70 + usize::from(number > 40) * 300;
            let found = highest_fitting(0, 100, limit, |number| Ok::<_, ()>(vec![0; size(number)])).unwrap();
            assert_eq!(found.unwrap().0, (0..=100).rev().find(|number| size(*number) as u64 <= limit).unwrap());
        }
        let found = highest_fitting(10, 100, 9, |number| Ok::<_, ()>(vec![0; number as usize])).unwrap();
        assert_eq!(found, Err(10));
    }
}
