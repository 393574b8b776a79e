//! Kinds of pictures within the formats that are read which are not: named, so that nobody is told of damage.

use super::Format;
use super::jpeg_segments::{Segments, is_frame};
use super::png_chunks::Chunks;
use super::tiff_tags::{self, Tags};

/// What is told of a kind that no name is known for.
pub(super) const UNNAMED: &str = "of this kind";

/// The kind of a picture that no decoder here reads, or reads wrongly: asked before one is tried.
///
/// It follows the format's name and "pictures": "with arithmetic coding".
pub(super) fn never_read(bytes: &[u8], format: Format) -> Option<&'static str> {
    match format {
        Format::Jpeg => jpeg(bytes),
        // Xcode changes the compression and the order of colours, and puts this chunk before all others.
        Format::Png => {
            let kind = Chunks::of(bytes)?.next()?.kind;
            (kind == *b"CgBI").then_some("in Apple's CgBI form")
        }
        Format::Tiff => tiff(&Tags::of(bytes)?),
        Format::Bmp => bmp(bytes),
        _ => None,
    }
}

/// The kind of a picture whose decoder said that it does not read it, or broke down over it.
pub(super) fn not_read(bytes: &[u8], format: Format) -> Option<&'static str> {
    match format {
        Format::Tiff => Some(tiff_unusual(&Tags::of(bytes)?)),
        Format::Bmp => bmp_compressed(bytes),
        _ => None,
    }
}

/// The kind of a picture of which the decoder reads the usual ones only, and takes others for damage.
pub(super) fn read_in_part(bytes: &[u8], format: Format) -> Option<&'static str> {
    match format {
        Format::Tiff => {
            let tags = Tags::of(bytes)?;
            matches!(tags.number(tiff_tags::COMPRESSION, 1), 2..=4 | 7 | 32771).then(|| tiff_unusual(&tags))
        }
        Format::Bmp => bmp_compressed(bytes),
        _ => None,
    }
}

/// By the frame header, which names the coding and the depth.
fn jpeg(bytes: &[u8]) -> Option<&'static str> {
    // JPEG-LS shares the start of the file, and has a frame marker of its own.
    let frame = Segments::of(bytes).find(|segment| is_frame(segment.marker) || segment.marker == 0xf7)?;
    match frame.marker {
        0xf7 => Some("in JPEG-LS form"),
        0xc3 | 0xcb => Some("without loss"),
        0xc5..=0xc7 => Some("in layers of growing size"),
        0xcd..=0xcf => Some("with arithmetic coding, in layers of growing size"),
        0xc9 | 0xca => Some("with arithmetic coding"),
        _ if frame.data.first().is_some_and(|bits| *bits != 8) => Some("of more than 8 bits a colour"),
        _ => None,
    }
}

fn tiff(tags: &Tags<'_>) -> Option<&'static str> {
    let planes = tags.number(tiff_tags::PLANES, 1);
    match tags.number(tiff_tags::COMPRESSION, 1) {
        6 => return Some("with the JPEG compression of old"),
        50000 | 34926 => return Some("with Zstandard compression"),
        34925 => return Some("with LZMA compression"),
        34887 => return Some("with LERC compression"),
        34712 | 33003 | 33004 | 33005 => return Some("with JPEG 2000 compression"),
        34661 | 34663 | 34664 => return Some("with JBIG compression"),
        34892 => return Some("with the lossy compression of DNG"),
        22610 | 34934 => return Some("with JPEG XR compression"),
        50002 | 52546 => return Some("with JPEG XL compression"),
        34676 | 34677 => return Some("of light in logarithms"),
        32809 => return Some("with ThunderScan compression"),
        32766 => return Some("with NeXT compression"),
        _ => {}
    }
    match tags.number(tiff_tags::PHOTOMETRIC, 1) {
        4 => return Some("that are only masks"),
        6 => return Some("in YCbCr colours"),
        8..=10 => return Some("in Lab colours"),
        32844 | 32845 => return Some("of light in logarithms"),
        _ => {}
    }
    if planes == 2 && tags.number(tiff_tags::SAMPLES, 1) > 1 && tags.is_tiled() {
        return Some("of tiles in separate planes");
    }
    if tags.is_reduced() {
        return Some("that begin with a small preview");
    }
    None
}

/// What is unusual about a TIFF that was not read, as far as it can be told.
fn tiff_unusual(tags: &Tags<'_>) -> &'static str {
    let bits = tags.numbers(tiff_tags::BITS);
    let (first_bits, format) = (bits.first().copied().unwrap_or(1), tags.number(tiff_tags::SAMPLE_FORMAT, 1));
    let is_planar = tags.number(tiff_tags::PLANES, 1) == 2;
    match (tags.number(tiff_tags::COMPRESSION, 1), tags.number(tiff_tags::PHOTOMETRIC, 1)) {
        (2..=4 | 32771, _) => "with fax compression",
        (7, _) => "with JPEG compression of this kind",
        (1 | 5 | 8 | 32773 | 32946, photometric) => match photometric {
            _ if format == 2 => "of signed numbers",
            _ if format == 3 => "of fractions of this kind",
            _ if format > 3 => "of numbers of an unknown kind",
            3 => "with a palette of this kind",
            5 if is_planar => "of printing inks in separate planes",
            5 => "of printing inks of this kind",
            _ if bits.iter().any(|bits| *bits != first_bits) => "of different depths in one",
            _ if !matches!(first_bits, 8 | 16) => "of an unusual depth",
            0 | 1 if tags.number(tiff_tags::SAMPLES, 1) > 1 => "of grey and further channels",
            _ if is_planar => "in separate planes",
            _ => UNNAMED,
        },
        _ => "with an unusual compression",
    }
}

/// The header of OS/2 2 has other numbers for its compressions.
const OS2_HEADERS: std::ops::RangeInclusive<u32> = 16..=64;

fn bmp(bytes: &[u8]) -> Option<&'static str> {
    let number = |at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk::<4>).map(|bytes| u32::from_le_bytes(*bytes));
    let (header, compression) = (number(14)?, number(30).unwrap_or(0));
    match header {
        12 | 40 | 52 | 56 | 108 | 124 => match compression {
            _ if header == 12 => None,
            4 => Some("that hold a JPEG"),
            5 => Some("that hold a PNG"),
            11..=13 => Some("of printing inks"),
            _ => None,
        },
        header if OS2_HEADERS.contains(&header) => Some("in the form of OS/2"),
        _ => Some(UNNAMED),
    }
}

/// Run lengths are written in more ways than are read.
fn bmp_compressed(bytes: &[u8]) -> Option<&'static str> {
    let is_core = bytes.get(14) == Some(&12);
    (!is_core && matches!(bytes.get(30), Some(1 | 2))).then_some("with run lengths of this kind")
}
