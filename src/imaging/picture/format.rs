//! Which picture format some bytes are, by their first bytes alone.

use std::fmt;

/// A picture format that is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP, lossy or lossless.
    WebP,
    /// Graphics Interchange Format.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// Tagged Image File Format.
    Tiff,
    /// High Efficiency Image File: recognised so that it can be named, not read.
    Heic,
    /// AV1 Image File: recognised so that it can be named, not read.
    Avif,
}

impl Format {
    /// The usual file extension, without a dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
            Self::Heic => "heic",
            Self::Avif => "avif",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
        }
    }
}

/// The format's usual name.
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
        })
    }
}

/// The format that the first bytes announce, or `None` for anything else.
pub fn sniff(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Format::Png),
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        // 42 is the classic TIFF version, 43 that of BigTIFF.
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Format::Tiff),
        // "BM" alone is too weak; the size of the header that follows settles it.
        [b'B', b'M', _, _, _, _, _, _, _, _, _, _, _, _, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0, ..] => {
            Some(Format::Bmp)
        }
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => sniff_iso_media(bytes),
        _ => None,
    }
}

/// HEIC or AVIF by the brands of an ISO media file's `ftyp` box (ISO/IEC 23008-12).
fn sniff_iso_media(bytes: &[u8]) -> Option<Format> {
    let size = u32::from_be_bytes(*bytes.first_chunk::<4>()?) as usize;
    let end = size.clamp(16, 256).min(bytes.len());
    let major = bytes.get(8..12)?;
    // The four bytes after the major brand are its version, then come the compatible brands.
    let compatible = bytes.get(16..end).unwrap_or_default().chunks_exact(4);
    let mut brands = std::iter::once(major).chain(compatible);
    let avif: [&[u8]; 2] = [b"avif", b"avis"];
    let heic: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    if brands.clone().any(|brand| avif.contains(&brand)) {
        return Some(Format::Avif);
    }
    brands.any(|brand| heic.contains(&brand)).then_some(Format::Heic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_known_by_its_first_bytes() {
        let bmp = [b"BM".as_slice(), &[0; 12], &[40, 0, 0, 0], &[0; 4]].concat();
        for (bytes, format) in [
            (b"\x89PNG\r\n\x1a\n".as_slice(), Format::Png),
            (b"\xff\xd8\xff\xe0".as_slice(), Format::Jpeg),
            (b"RIFF\x10\0\0\0WEBPVP8 ".as_slice(), Format::WebP),
            (b"GIF89a".as_slice(), Format::Gif),
            (b"GIF87a".as_slice(), Format::Gif),
            (bmp.as_slice(), Format::Bmp),
            (b"II*\0".as_slice(), Format::Tiff),
            (b"MM\0*".as_slice(), Format::Tiff),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), Format::Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic".as_slice(), Format::Heic),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf".as_slice(), Format::Avif),
            (b"\0\0\0\x14ftypavif\0\0\0\0avif".as_slice(), Format::Avif),
        ] {
            assert_eq!(sniff(bytes), Some(format));
        }
    }

    #[test]
    fn other_files_are_no_pictures() {
        for bytes in [
            b"".as_slice(),
            b"BM is how this text begins",
            b"RIFF\x10\0\0\0WAVEfmt ",
            b"\0\0\0\x18ftypisom\0\0\0\0isommp42",
            b"<!DOCTYPE html>",
            b"\xff\xd8",
        ] {
            assert_eq!(sniff(bytes), None);
        }
    }
}
