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

/// The highest of `0..=most` for which `attempt` gives a file that fits, found by bisection, with its file.
///
/// Files are taken to grow with the number, and each is measured; the error is the smallest file's size.
fn highest_fitting<E>(
    least: u32,
    most: u32,
    limit: u64,
    mut attempt: impl FnMut(u32) -> Result<Vec<u8>, E>,
) -> Result<Result<(u32, Vec<u8>), u64>, E> {
    let fits = |file: &Vec<u8>| file.len() as u64 <= limit;
    let mut best = None;
    let (mut low, mut high) = (least, most);
    let mut smallest = u64::MAX;
    while low <= high {
        let middle = low + (high - low).div_ceil(2);
        let file = attempt(middle)?;
        smallest = smallest.min(file.len() as u64);
        if fits(&file) {
            best = Some((middle, file));
            low = middle + 1;
        } else if middle == 0 {
            break;
        } else {
            high = middle - 1;
        }
    }
    Ok(best.ok_or(smallest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bisection_finds_the_highest_number_that_fits() {
        for limit in 0..=102_u64 {
            let found = highest_fitting(0, 100, limit, |number| Ok::<_, ()>(vec![0; number as usize])).unwrap();
            assert_eq!(found.unwrap().0, limit.min(100) as u32);
        }
        let found = highest_fitting(10, 100, 9, |number| Ok::<_, ()>(vec![0; number as usize])).unwrap();
        assert_eq!(found, Err(10));
    }
}
