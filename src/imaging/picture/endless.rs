//! Decodes files that lack their end, if every row of the picture is there.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::decode::{self, Decoded};
use super::{Format, PictureError, jpeg_segments, mend};

/// Decodes a file of this format without its end.
pub(super) fn decode(bytes: &[u8], format: Format, max_pixels: u64) -> Result<Decoded, PictureError> {
    let decoded = match format {
        Format::Jpeg => return jpeg(bytes, max_pixels),
        Format::Png => decode::decode(&mend::png(bytes), format, max_pixels),
        Format::WebP => decode::decode(&mend::webp(bytes), format, max_pixels),
        // Only the first frame is read, and that to its end.
        _ => decode::decode(bytes, format, max_pixels),
    };
    decoded.map_err(|error| as_cut(error, format))
}

/// The decoder paints over rows that are missing and does not tell. So it is tried what difference it makes what comes
/// after the end: a picture that is there in full is the same whatever does.
fn jpeg(bytes: &[u8], max_pixels: u64) -> Result<Decoded, PictureError> {
    let format = Format::Jpeg;
    let with_tail = |tail: &[u8]| {
        decode::decode(&[bytes, tail].concat(), format, max_pixels).map_err(|error| as_cut(error, format))
    };
    let [last, others @ ..] = mend::JPEG_TAILS;
    // Of large pictures only one is held at a time.
    let sum_with = |tail: &&[u8]| with_tail(tail).map(|decoded| sum_of(&decoded));
    let sums: Vec<u64> = others.iter().map(sum_with).collect::<Result<_, _>>()?;
    let decoded = with_tail(last)?;
    let sum = sum_of(&decoded);
    let is_whole = jpeg_segments::has_all_scans(bytes) && sums.iter().all(|other| *other == sum);
    if is_whole { Ok(decoded) } else { Err(PictureError::Truncated { format }) }
}

fn sum_of(decoded: &Decoded) -> u64 {
    let mut hasher = DefaultHasher::new();
    decoded.image.as_bytes().hash(&mut hasher);
    hasher.finish()
}

/// What is wrong with a file that was cut off is that it was cut off, unless it would be refused whole too.
fn as_cut(error: PictureError, format: Format) -> PictureError {
    if error.is_final() { error } else { PictureError::Truncated { format } }
}
