//! The chunks of a WebP file as byte ranges, without decoding them (RFC 9649).

/// "RIFF", the size of the container and "WEBP" come before the first chunk, in bytes.
pub(super) const HEADER: usize = 12;

/// Walks over the chunks, each with its head; ends at the first one that is not whole.
#[derive(Clone, Debug)]
pub struct RiffChunks<'a> {
    rest: &'a [u8],
}

impl<'a> RiffChunks<'a> {
    /// The chunks of a WebP file, whatever its header says of its size.
    pub fn of(webp: &'a [u8]) -> Self {
        Self { rest: webp.get(HEADER..).unwrap_or_default() }
    }
}

impl<'a> Iterator for RiffChunks<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let size = u32::from_le_bytes(*self.rest.get(4..)?.first_chunk::<4>()?) as usize;
        let end = size.checked_add(8)?;
        let chunk = self.rest.get(..end)?;
        // Chunks begin at even places; some writers leave out the last one's padding.
        self.rest = self.rest.get(end + end % 2..).unwrap_or_default();
        Some(chunk)
    }
}
