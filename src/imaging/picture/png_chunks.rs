//! The chunks of a PNG file as byte ranges, without decoding them (PNG specification, 5.3).

use std::borrow::Cow;

/// The eight bytes that every PNG file begins with.
pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// One chunk of a PNG file.
#[derive(Clone, Copy, Debug)]
pub struct Chunk<'a> {
    /// Its four-letter name.
    pub kind: [u8; 4],
    /// Its content.
    pub data: &'a [u8],
    /// All of it: length, name, content and checksum.
    pub whole: &'a [u8],
}

impl Chunk<'_> {
    /// Is its content what its checksum was made of?
    pub(super) fn is_sound(&self) -> bool {
        let [.., a, b, c, d] = *self.whole else { return false };
        crc32(&self.whole[4..self.whole.len() - 4]) == u32::from_be_bytes([a, b, c, d])
    }
}

/// Walks over the chunks after the signature; ends at the first one that is not whole.
#[derive(Clone, Debug)]
pub struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Chunks<'a> {
    /// The chunks of `png`, or `None` where the signature is missing.
    pub fn of(png: &'a [u8]) -> Option<Self> {
        png.strip_prefix(&SIGNATURE).map(|rest| Self { rest })
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Chunk<'a>> {
        let length = u32::from_be_bytes(*self.rest.first_chunk::<4>()?) as usize;
        let kind = *self.rest.get(4..8)?.first_chunk::<4>()?;
        let end = length.checked_add(12)?;
        let whole = self.rest.get(..end)?;
        self.rest = &self.rest[end..];
        Some(Chunk { kind, data: &whole[8..end - 4], whole })
    }
}

/// The file without chunks of these kinds; whatever follows its last whole chunk stays.
pub(super) fn without<'a>(png: &'a [u8], kinds: &[[u8; 4]]) -> Cow<'a, [u8]> {
    let chunks = || Chunks::of(png).into_iter().flatten();
    if !chunks().any(|chunk| kinds.contains(&chunk.kind)) {
        return Cow::Borrowed(png);
    }
    let end = SIGNATURE.len() + chunks().map(|chunk| chunk.whole.len()).sum::<usize>();
    let kept = chunks().filter(|chunk| !kinds.contains(&chunk.kind)).map(|chunk| chunk.whole);
    Cow::Owned(
        std::iter::once(&SIGNATURE[..]).chain(kept).chain(std::iter::once(&png[end..])).flatten().copied().collect(),
    )
}

/// Appends one chunk with its checksum.
pub(super) fn write_chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend_from_slice(&(data.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend_from_slice(&kind);
    png.extend_from_slice(data);
    let checksum = crc32(&png[start..]);
    png.extend_from_slice(&checksum.to_be_bytes());
}

/// CRC-32 as PNG, zlib and Ethernet use it (PNG specification, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = crc_table();
    !bytes.iter().fold(u32::MAX, |crc, byte| TABLE[((crc ^ u32::from(*byte)) & 0xff) as usize] ^ (crc >> 8))
}

const fn crc_table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut value = index as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
    }

    #[test]
    fn written_chunks_are_read_back() {
        let mut png = SIGNATURE.to_vec();
        write_chunk(&mut png, *b"teSt", b"content");
        write_chunk(&mut png, *b"IEND", b"");
        let chunks: Vec<_> = Chunks::of(&png).unwrap().map(|chunk| (chunk.kind, chunk.data)).collect();
        assert_eq!(chunks, [(*b"teSt", b"content".as_slice()), (*b"IEND", b"")]);
    }

    #[test]
    fn a_chunk_that_claims_more_than_there_is_ends_the_walk() {
        let mut png = SIGNATURE.to_vec();
        png.extend_from_slice(b"\xff\xff\xff\xffIDAT1234");
        assert_eq!(Chunks::of(&png).unwrap().count(), 0);
    }
}
