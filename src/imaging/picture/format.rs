//! Which picture format some bytes are, by their first bytes.

use std::fmt;

use super::tiff_tags;

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
    /// Any other format: recognised so that it can be named, not read.
    Other {
        /// Its usual name.
        name: &'static str,
        /// The usual file extension, without a dot.
        extension: &'static str,
    },
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
            Self::Other { extension, .. } => extension,
        }
    }
}

const fn other(name: &'static str, extension: &'static str) -> Format {
    Format::Other { name, extension }
}

/// What a camera's sensor gave, before it was made a picture.
const CAMERA_RAW: Format = other("camera raw", "raw");

/// Formats that are named and not read, with the bytes that their files begin with.
const SIGNATURES: [(&[u8], Format); 39] = [
    (b"\0\0\0\x0cjP  \r\n\x87\n", other("JPEG 2000", "jp2")),
    (b"\xff\x4f\xff\x51", other("JPEG 2000", "jp2")),
    (b"\0\0\0\x0cJXL \r\n\x87\n", other("JPEG XL", "jxl")),
    (b"\xff\x0a", other("JPEG XL", "jxl")),
    (b"II\xbc\x01", other("JPEG XR", "jxr")),
    (b"\0\0\x01\0", other("ICO", "ico")),
    (b"\0\0\x02\0\x01\0", other("CUR", "cur")),
    (b"icns\0", other("ICNS", "icns")),
    (b"8BPS", other("PSD", "psd")),
    (b"gimp xcf", other("XCF", "xcf")),
    (b"%PDF-", other("PDF", "pdf")),
    (b"%!PS", other("PostScript", "ps")),
    (b"\xc5\xd0\xd3\xc6", other("EPS", "eps")),
    (b"\x76\x2f\x31\x01", other("OpenEXR", "exr")),
    (b"#?RADIANCE", other("Radiance HDR", "hdr")),
    (b"#?RGBE", other("Radiance HDR", "hdr")),
    (b"qoif", other("QOI", "qoi")),
    (b"farbfeld", other("farbfeld", "ff")),
    (b"DDS ", other("DDS", "dds")),
    (b"\x8aMNG\r\n\x1a\n", other("MNG", "mng")),
    (b"\x8bJNG\r\n\x1a\n", other("JNG", "jng")),
    (b"FLIF", other("FLIF", "flif")),
    (b"BPG\xfb", other("BPG", "bpg")),
    (b"AT&TFORM", other("DjVu", "djvu")),
    (b"\xab\x4b\x54\x58 ", other("KTX", "ktx")),
    (b"\x01\xda\0\x01", other("SGI", "sgi")),
    (b"\x01\xda\x01\x01", other("SGI", "sgi")),
    (b"\x59\xa6\x6a\x95", other("Sun raster", "ras")),
    (b"\xd7\xcd\xc6\x9a", other("WMF", "wmf")),
    (b"/* XPM */", other("XPM", "xpm")),
    (b"SIMPLE  =", other("FITS", "fits")),
    (b"FUJIFILMCCD-RAW", CAMERA_RAW),
    (b"IIU\0", CAMERA_RAW),
    (b"IIRO", CAMERA_RAW),
    (b"IIRS", CAMERA_RAW),
    (b"MMOR", CAMERA_RAW),
    (b"FOVb", CAMERA_RAW),
    (b"\0MRM", CAMERA_RAW),
    (b"II\x1a\0\0\0HEAPCCDR", CAMERA_RAW),
];

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
            Self::Other { name, .. } => name,
        })
    }
}

/// The format that the bytes of a file announce, or `None` for anything else.
pub fn sniff(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Format::Png),
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        // 42 is the classic TIFF version, 43 that of BigTIFF.
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => {
            Some(if tiff_tags::is_camera_raw(bytes) { CAMERA_RAW } else { Format::Tiff })
        }
        // "BM" alone is too weak; the size of the header that follows settles it.
        [b'B', b'M', _, _, _, _, _, _, _, _, _, _, _, _, 12 | 16..=64 | 108 | 124, 0, 0, 0, ..] => Some(Format::Bmp),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => sniff_iso_media(bytes),
        _ => sniff_other(bytes),
    }
}

/// HEIC, AVIF or camera raw by the brands of an ISO media file's `ftyp` box (ISO/IEC 23008-12).
fn sniff_iso_media(bytes: &[u8]) -> Option<Format> {
    let size = u32::from_be_bytes(*bytes.first_chunk::<4>()?) as usize;
    let end = size.clamp(16, 256).min(bytes.len());
    let major = bytes.get(8..12)?;
    // The four bytes after the major brand are its version, then come the compatible brands.
    let compatible = bytes.get(16..end).unwrap_or_default().chunks_exact(4);
    let mut brands = std::iter::once(major).chain(compatible);
    let avif: [&[u8]; 2] = [b"avif", b"avis"];
    let heic: [&[u8]; 10] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif", b"mif1", b"mif2", b"msf1"];
    if brands.clone().any(|brand| avif.contains(&brand)) {
        return Some(Format::Avif);
    }
    if brands.clone().any(|brand| brand == b"crx ") {
        return Some(CAMERA_RAW);
    }
    brands.any(|brand| heic.contains(&brand)).then_some(Format::Heic)
}

/// Formats that are named and not read.
fn sniff_other(bytes: &[u8]) -> Option<Format> {
    let signed = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, format)) = signed {
        return Some(*format);
    }
    Some(match bytes {
        [b'P', b'1'..=b'7', b' ' | b'\t' | b'\r' | b'\n', b'#' | b'0'..=b'9' | b'W' | b'\n', ..] => other("PNM", "pnm"),
        [b'P', b'f' | b'F', b'\n', b'0'..=b'9', ..] => other("PFM", "pfm"),
        [10, 0 | 2..=5, 1, 1 | 2 | 4 | 8, ..] => other("PCX", "pcx"),
        // A bitmap without the head of its file, as the clipboard of Windows holds it.
        [40 | 108 | 124, 0, 0, 0, _, _, _, _, _, _, _, _, 1, 0, 1 | 4 | 8 | 16 | 24 | 32, 0, ..] => other("DIB", "dib"),
        _ if bytes.get(40..44) == Some(b" EMF") => other("EMF", "emf"),
        _ if bytes.get(128..132) == Some(b"DICM") => other("DICOM", "dcm"),
        _ if is_svg(bytes) => other("SVG", "svg"),
        _ if is_tga(bytes) => other("TGA", "tga"),
        _ => return None,
    })
}

/// Is this markup whose first element is a drawing?
fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let is_markup = ["<?xml", "<!--", "<!DOCTYPE svg", "<svg"].iter().any(|start| head.starts_with(start));
    is_markup && head.contains("<svg")
}

/// TGA files have no signature at their beginning, newer ones have one at their end; the header of others makes sense.
fn is_tga(bytes: &[u8]) -> bool {
    if bytes.ends_with(b"TRUEVISION-XFILE.\0") {
        return true;
    }
    let Some(&[_, map, kind, f0, f1, c0, c1, entry, _, _, _, _, w0, w1, h0, h1, depth, flags]) = bytes.first_chunk()
    else {
        return false;
    };
    let is_unmapped = map == 0 && [f0, f1, c0, c1, entry] == [0; 5];
    let is_sized = [w0, w1] != [0; 2] && [h0, h1] != [0; 2] && flags & 0xc0 == 0;
    is_sized
        && match kind {
            1 | 9 => map == 1 && matches!(entry, 15 | 16 | 24 | 32) && depth == 8,
            2 | 10 => is_unmapped && matches!(depth, 15 | 16 | 24 | 32),
            3 | 11 => is_unmapped && matches!(depth, 8 | 16),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_known_by_its_first_bytes() {
        let bmp = |header: u8| [b"BM".as_slice(), &[0; 12], &[header, 0, 0, 0], &[0; 4]].concat();
        let (core, info, os2) = (bmp(12), bmp(40), bmp(64));
        let tga = [&[0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 16, 0, 24, 0x20], [0; 40].as_slice()].concat();
        for (bytes, format) in [
            (b"\x89PNG\r\n\x1a\n".as_slice(), Format::Png),
            (b"\xff\xd8\xff\xe0".as_slice(), Format::Jpeg),
            (b"RIFF\x10\0\0\0WEBPVP8 ".as_slice(), Format::WebP),
            (b"GIF89a".as_slice(), Format::Gif),
            (b"GIF87a".as_slice(), Format::Gif),
            (core.as_slice(), Format::Bmp),
            (info.as_slice(), Format::Bmp),
            (os2.as_slice(), Format::Bmp),
            (b"II*\0".as_slice(), Format::Tiff),
            (b"MM\0*".as_slice(), Format::Tiff),
            (b"II*\0\x10\0\0\0CR\x02\0".as_slice(), CAMERA_RAW),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), Format::Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic".as_slice(), Format::Heic),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf".as_slice(), Format::Avif),
            (b"\0\0\0\x14ftypavif\0\0\0\0avif".as_slice(), Format::Avif),
            (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom".as_slice(), CAMERA_RAW),
            (b"\0\0\0\x0cjP  \r\n\x87\n".as_slice(), other("JPEG 2000", "jp2")),
            (b"\xff\x0a\xfa\x1f".as_slice(), other("JPEG XL", "jxl")),
            (b"\0\0\x01\0\x01\0\x10\x10".as_slice(), other("ICO", "ico")),
            (tga.as_slice(), other("TGA", "tga")),
            (b"<?xml version='1.0'?>\n<svg xmlns=''>".as_slice(), other("SVG", "svg")),
            (b"P6\n640 480\n255\n".as_slice(), other("PNM", "pnm")),
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
            b"<?xml version='1.0'?><note>",
            b"P3 is a wide gamut",
            b"PK\x03\x04\x14\0\0\0\0\0",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0",
            b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            b"\xff\xd8",
        ] {
            assert_eq!(sniff(bytes), None, "{bytes:?}");
        }
    }
}
