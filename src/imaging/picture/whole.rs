//! Tells a whole picture file from one that was cut off, by its end marker.
//!
//! That a file decodes proves little: of JPEGs cut in half, most still do.

use super::jpeg_segments::{self, Segments};
use super::png_chunks::{Chunks, SIGNATURE};
use super::webp_chunks::{HEADER, RiffChunks};
use super::{Format, PictureError, sniff};

/// The format of `bytes`, if the file is there to its end.
///
/// Bytes after the end marker are tolerated, as cameras and messengers append some. BMP and TIFF
/// have no end marker; whether they are whole shows in decoding them.
pub fn check_whole(bytes: &[u8]) -> Result<Format, PictureError> {
    let format = sniff(bytes).ok_or(PictureError::NotAPicture)?;
    let end = match format {
        Format::Png => png_end(bytes),
        Format::Jpeg => jpeg_end(bytes),
        Format::WebP => webp_end(bytes),
        Format::Gif => gif_end(bytes),
        Format::Bmp | Format::Tiff => Some(bytes.len()),
        Format::Heic | Format::Avif | Format::Other { .. } => return Err(PictureError::Unsupported { format }),
    };
    end.map(|_| format).ok_or(PictureError::Truncated { format })
}

/// Where the `IEND` chunk ends.
fn png_end(bytes: &[u8]) -> Option<usize> {
    let mut end = SIGNATURE.len();
    for chunk in Chunks::of(bytes)? {
        end += chunk.whole.len();
        if chunk.kind == *b"IEND" {
            return Some(end);
        }
    }
    None
}

/// Where the end-of-image marker of the main picture stands.
fn jpeg_end(bytes: &[u8]) -> Option<usize> {
    Segments::of(bytes).find(|segment| segment.marker == jpeg_segments::END).map(|segment| segment.end)
}

/// Where the RIFF container ends, if all of its chunks lie inside it.
fn webp_end(bytes: &[u8]) -> Option<usize> {
    let size_at = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk::<4>()?) as usize);
    let end = size_at(4)?.checked_add(8).filter(|end| *end <= bytes.len())?;
    // The chunks must fill the container; the last one's padding may be missing.
    let chunks = RiffChunks::of(&bytes[..end]).fold(HEADER, |at, chunk| at + chunk.len() + chunk.len() % 2);
    (chunks + 8 > end).then_some(end)
}

/// Where a GIF file's trailer ends (GIF specification, version 89a).
fn gif_end(bytes: &[u8]) -> Option<usize> {
    // Six bytes of signature, then the logical screen with its flags at byte 10.
    let mut at = 13 + color_table_bytes(*bytes.get(10)?);
    loop {
        match *bytes.get(at)? {
            0x3b => return Some(at + 1),
            0x21 => at = skip_sub_blocks(bytes, at + 2)?,
            0x2c => {
                let flags = *bytes.get(at + 9)?;
                // The descriptor, its colour table, then one byte of code size before the data.
                at = skip_sub_blocks(bytes, at + 10 + color_table_bytes(flags) + 1)?;
            }
            // Stray bytes between blocks are skipped, as decoders do.
            _ => at += 1,
        }
    }
}

/// Size of the colour table that a GIF's flags announce.
fn color_table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Position after a run of length-prefixed blocks and the empty one that ends it.
fn skip_sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
