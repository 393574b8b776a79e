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
    /// Any other format by its usual name: recognised so that it can be named, not read.
    Other(&'static str),
}

/// What a camera's sensor gave, before it was made a picture.
const RAW: &str = "camera raw";
const CAMERA_RAW: Format = Format::Other(RAW);

/// Formats that are named and not read, with the bytes that their files begin with.
const SIGNATURES: [(&[u8], &str); 39] = [
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"II\xbc\x01", "JPEG XR"),
    (b"\0\0\x01\0", "ICO"),
    (b"\0\0\x02\0\x01\0", "CUR"),
    (b"icns\0", "ICNS"),
    (b"8BPS", "PSD"),
    (b"gimp xcf", "XCF"),
    (b"%PDF-", "PDF"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\x76\x2f\x31\x01", "OpenEXR"),
    (b"#?RADIANCE", "Radiance HDR"),
    (b"#?RGBE", "Radiance HDR"),
    (b"qoif", "QOI"),
    (b"farbfeld", "farbfeld"),
    (b"DDS ", "DDS"),
    (b"\x8aMNG\r\n\x1a\n", "MNG"),
    (b"\x8bJNG\r\n\x1a\n", "JNG"),
    (b"FLIF", "FLIF"),
    (b"BPG\xfb", "BPG"),
    (b"AT&TFORM", "DjVu"),
    (b"\xab\x4b\x54\x58 ", "KTX"),
    (b"\x01\xda\0\x01", "SGI"),
    (b"\x01\xda\x01\x01", "SGI"),
    (b"\x59\xa6\x6a\x95", "Sun raster"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"/* XPM */", "XPM"),
    (b"SIMPLE  =", "FITS"),
    (b"FUJIFILMCCD-RAW", RAW),
    (b"IIU\0", RAW),
    (b"IIRO", RAW),
    (b"IIRS", RAW),
    (b"MMOR", RAW),
    (b"FOVb", RAW),
    (b"\0MRM", RAW),
    (b"II\x1a\0\0\0HEAPCCDR", RAW),
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
            Self::Other(name) => name,
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
        _ => sniff_other(bytes).map(Format::Other),
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
fn sniff_other(bytes: &[u8]) -> Option<&'static str> {
    let signed = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, name)) = signed {
        return Some(name);
    }
    match bytes {
        [b'P', b'1'..=b'7', b' ' | b'\t' | b'\r' | b'\n', b'#' | b'0'..=b'9' | b'W' | b'\n', ..] => Some("PNM"),
        [b'P', b'f' | b'F', b'\n', b'0'..=b'9', ..] => Some("PFM"),
        [10, 0 | 2..=5, 1, 1 | 2 | 4 | 8, ..] => Some("PCX"),
        _ if bytes.get(40..44) == Some(b" EMF") => Some("EMF"),
        _ if bytes.get(128..132) == Some(b"DICM") => Some("DICOM"),
        _ if is_svg(bytes) => Some("SVG"),
        _ if is_tga(bytes) => Some("TGA"),
        _ => None,
    }
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
            (b"\0\0\0\x0cjP  \r\n\x87\n".as_slice(), Format::Other("JPEG 2000")),
            (b"\xff\x0a\xfa\x1f".as_slice(), Format::Other("JPEG XL")),
            (b"\0\0\x01\0\x01\0\x10\x10".as_slice(), Format::Other("ICO")),
            (tga.as_slice(), Format::Other("TGA")),
            (b"<?xml version='1.0'?>\n<svg xmlns=''>".as_slice(), Format::Other("SVG")),
            (b"P6\n640 480\n255\n".as_slice(), Format::Other("PNM")),
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
