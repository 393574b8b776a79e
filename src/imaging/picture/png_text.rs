//! The text chunks of a PNG file: read with bounds, replaced without touching the pixels.

use png::StreamingDecoder;

use super::png_chunks::{Chunk, Chunks, SIGNATURE, write_chunk};
use super::{Format, PictureError};

/// The longest text that is read, in bytes; longer ones (another program's whole workflow) are passed over.
const MAX_TEXT_BYTES: usize = 1 << 20;

/// The most texts that are read from one file.
const MAX_TEXTS: usize = 64;

/// A text in a PNG file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PngText {
    /// What the text is, such as `parameters`: 1 to 79 Latin-1 characters.
    pub keyword: String,
    /// The text.
    pub text: String,
}

impl PngText {
    /// A text with its keyword.
    pub fn new(keyword: impl Into<String>, text: impl Into<String>) -> Self {
        Self { keyword: keyword.into(), text: text.into() }
    }
}

/// Reads the texts of a PNG file (`tEXt`, `zTXt`, `iTXt`) in their order, without decoding its pixels.
///
/// Texts that are damaged or longer than 1 MiB are passed over, and no more than 64 are read.
pub fn read_png_text(bytes: &[u8]) -> Result<Vec<PngText>, PictureError> {
    let chunks = Chunks::of(bytes).ok_or(PictureError::NotAPicture)?;
    Ok(chunks
        .take_while(|chunk| chunk.kind != *b"IEND")
        .filter(|chunk| is_text(chunk.kind) && chunk.data.len() <= MAX_TEXT_BYTES)
        .filter_map(|chunk| parse(chunk.whole))
        .take(MAX_TEXTS)
        .collect())
}

/// The same PNG file with these texts as `iTXt` chunks before the pixels, in place of any of the same keywords.
///
/// All other chunks, the compressed pixels among them, stay byte for byte as they are; bytes after
/// the end of the picture are dropped.
pub fn with_png_text(bytes: &[u8], text: &[PngText]) -> Result<Vec<u8>, PictureError> {
    let is_replaced =
        |chunk: &Chunk<'_>| is_text(chunk.kind) && text.iter().any(|text| has_keyword(chunk.data, &text.keyword));
    rewritten(bytes, text, |chunk| Ok(!is_replaced(chunk)))
}

/// The same picture with these texts and nothing else beside the pixels, which stay byte for byte as they are.
///
/// For files that are [as written here](is_as_written): the colours of others may depend on what is dropped. A chunk
/// whose checksum is wrong is damage.
pub fn with_png_text_alone(bytes: &[u8], text: &[PngText]) -> Result<Vec<u8>, PictureError> {
    rewritten(bytes, text, |chunk| {
        let is_kept = WRITTEN.contains(&chunk.kind);
        if is_kept && !chunk.is_sound() {
            return Err(PictureError::Damaged { format: Format::Png, detail: "a checksum is wrong".to_owned() });
        }
        Ok(is_kept)
    })
}

/// Is this a file as [`encode_png`](super::encode_png) writes it, whatever texts it has?
pub fn is_as_written(bytes: &[u8]) -> bool {
    let mut kinds: Vec<[u8; 4]> = Vec::new();
    for chunk in Chunks::of(bytes).into_iter().flatten() {
        let is_plain = match chunk.kind {
            // 8 bits of RGB, with alpha or without, not interlaced.
            [b'I', b'H', b'D', b'R'] => matches!(chunk.data, [_, _, _, _, _, _, _, _, 8, 2 | 6, 0, 0, 0]),
            kind => WRITTEN.contains(&kind) || is_text(kind),
        };
        if !is_plain {
            return false;
        }
        kinds.push(chunk.kind);
    }
    [*b"IHDR", *b"sRGB", *b"IDAT", *b"IEND"].iter().all(|kind| kinds.contains(kind))
}

/// The chunk kinds that are written beside texts.
const WRITTEN: [[u8; 4]; 6] = [*b"IHDR", *b"sRGB", *b"gAMA", *b"cHRM", *b"IDAT", *b"IEND"];

/// A PNG file of the chunks that `keeps` keeps, with these texts before the pixels.
fn rewritten(
    bytes: &[u8],
    text: &[PngText],
    keeps: impl Fn(&Chunk<'_>) -> Result<bool, PictureError>,
) -> Result<Vec<u8>, PictureError> {
    for PngText { keyword, .. } in text {
        check_keyword(keyword)?;
    }
    let chunks = Chunks::of(bytes).ok_or(PictureError::NotAPicture)?;
    let added: usize = text.iter().map(|text| text.keyword.len() + text.text.len() + 17).sum();
    let mut png = Vec::with_capacity(bytes.len() + added);
    png.extend_from_slice(&SIGNATURE);
    let mut is_written = false;
    for chunk in chunks {
        if !keeps(&chunk)? {
            continue;
        }
        if chunk.kind == *b"IDAT" && !is_written {
            is_written = true;
            for text in text {
                write_text(&mut png, text);
            }
        }
        png.extend_from_slice(chunk.whole);
        if chunk.kind == *b"IEND" {
            let damaged = || PictureError::Damaged { format: Format::Png, detail: "it has no pixels".to_owned() };
            return is_written.then_some(png).ok_or_else(damaged);
        }
    }
    Err(PictureError::Truncated { format: Format::Png })
}

/// Is `keyword` allowed (PNG specification, 11.3.4.2)?
pub(super) fn check_keyword(keyword: &str) -> Result<(), PictureError> {
    let is_printable = |letter: char| matches!(letter, ' '..='~' | '\u{a1}'..='\u{ff}');
    let is_fine = (1..=79).contains(&keyword.chars().count())
        && keyword.chars().all(is_printable)
        && keyword.trim() == keyword
        && !keyword.contains("  ");
    if is_fine { Ok(()) } else { Err(PictureError::Keyword { keyword: keyword.to_owned() }) }
}

fn is_text(kind: [u8; 4]) -> bool {
    [*b"tEXt", *b"zTXt", *b"iTXt"].contains(&kind)
}

/// In all three kinds of chunk the keyword comes first, as Latin-1, and ends with a zero byte.
fn has_keyword(data: &[u8], keyword: &str) -> bool {
    data.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).eq(keyword.chars())
}

/// Appends an uncompressed `iTXt` chunk without language.
fn write_text(png: &mut Vec<u8>, text: &PngText) {
    let mut data: Vec<u8> = text.keyword.chars().map(|letter| letter as u8).collect();
    // End of the keyword, not compressed, method 0, no language, no translated keyword.
    data.extend_from_slice(&[0, 0, 0, 0, 0]);
    data.extend_from_slice(text.text.as_bytes());
    write_chunk(png, *b"iTXt", &data);
}

/// Reads one text chunk with the decoder of the `png` crate, given a file that has nothing else.
fn parse(chunk: &[u8]) -> Option<PngText> {
    const ONE_GREY_PIXEL: [u8; 13] = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let mut file = SIGNATURE.to_vec();
    write_chunk(&mut file, *b"IHDR", &ONE_GREY_PIXEL);
    file.extend_from_slice(chunk);

    let mut decoder = StreamingDecoder::new();
    let mut rest = file.as_slice();
    while !rest.is_empty() {
        let (used, _) = decoder.update(rest, None).ok()?;
        rest = rest.get(used..).filter(|_| used > 0)?;
    }
    let info = decoder.info()?;
    if let Some(found) = info.uncompressed_latin1_text.first() {
        return Some(PngText::new(found.keyword.clone(), mend_latin1(&found.text)));
    }
    if let Some(found) = info.compressed_latin1_text.first() {
        let mut found = found.clone();
        found.decompress_text_with_limit(MAX_TEXT_BYTES).ok()?;
        return Some(PngText::new(found.keyword.clone(), mend_latin1(&found.get_text().ok()?)));
    }
    let mut found = info.utf8_text.first()?.clone();
    found.decompress_text_with_limit(MAX_TEXT_BYTES).ok()?;
    Some(PngText::new(found.keyword.clone(), found.get_text().ok()?))
}

/// Some programs write UTF-8 where the format asks for Latin-1. Latin-1 that happens to be UTF-8 is
/// hardly ever meant, so such text is read as UTF-8.
fn mend_latin1(text: &str) -> String {
    let bytes: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
