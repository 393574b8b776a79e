//! Files that lack their end: what a picture needs to be decoded all the same, where it may be there in full.
//!
//! Some cameras, scanners and messengers leave the end marker out. Whether every row is there shows in decoding.

use super::png_chunks::{Chunks, SIGNATURE, write_chunk};
use super::webp_chunks::{self, RiffChunks};

/// What is appended to a JPEG that ends inside of its data: bits of zeros, of ones, or of both, and the end marker.
///
/// A picture whose data are there in full looks at none of them; one that was cut decodes to another picture with each.
pub(super) const JPEG_TAILS: [&[u8]; 3] = [
    b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xd9",
    b"\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\xd9",
    b"\x9d\x2b\x6e\x51\xd3\x4a\xb7\x1c\x65\xe8\x93\x5a\x2d\xc6\x79\xb4\xff\xd9",
];

/// The PNG file with an `IEND` chunk after the last chunk of which anything is there.
pub(super) fn png(bytes: &[u8]) -> Vec<u8> {
    let whole: usize = Chunks::of(bytes).into_iter().flatten().map(|chunk| chunk.whole.len()).sum();
    let end = (SIGNATURE.len() + whole).min(bytes.len());
    let mut mended = bytes[..end].to_vec();
    let rest = &bytes[end..];
    if let Some((head, data)) = rest.split_first_chunk::<8>()
        && head[4..] == *b"IDAT"
    {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        write_chunk(&mut mended, *b"IDAT", &data[..data.len().min(length)]);
    }
    write_chunk(&mut mended, *b"IEND", b"");
    mended
}

/// The WebP file of those chunks that are there in full.
pub(super) fn webp(bytes: &[u8]) -> Vec<u8> {
    let mut mended = bytes.get(..webp_chunks::HEADER).unwrap_or(bytes).to_vec();
    for chunk in RiffChunks::of(bytes) {
        mended.extend_from_slice(chunk);
        if mended.len() % 2 == 1 {
            mended.push(0);
        }
    }
    let size = (mended.len().saturating_sub(8) as u32).to_le_bytes();
    if let Some(place) = mended.get_mut(4..8) {
        place.copy_from_slice(&size);
    }
    mended
}
