//! Measures picture files.

use std::collections::{BTreeMap, BTreeSet};

use image::RgbaImage;
use imaging::picture::{Format, PngChunks, RiffChunks, decode_sticker, sniff};
use rayon::prelude::*;

use super::png;
use crate::Target;
use crate::encode::written_anew;
use crate::files::{name_of, stem_of};
use crate::geometry::{corner_alpha, margin_of, seen};
use crate::lights::Measured;
use crate::rules::{About, Allowed, Part, Size, Value, rule};

/// A picture file of a pack.
pub(super) struct PictureFile<'a> {
    /// Which picture it is.
    pub part: Part,
    /// Where it lies.
    pub path: String,
    /// The file; `None` when something names it and it is not there.
    pub bytes: Option<&'a [u8]>,
}

/// Measures all that the target has rules for.
pub(super) fn measure(target: Target, files: &[PictureFile<'_>]) -> Vec<Measured> {
    let mut measured: Vec<Measured> = files.par_iter().flat_map_iter(|file| of_file(target, file)).collect();
    if rule(target, About::Sizes).is_some() {
        let sizes: BTreeSet<(u32, u32)> = measured.iter().filter_map(sticker_size).collect();
        measured.push(Measured::number(About::Sizes, "", sizes.len()));
    }
    if rule(target, About::SizesOfEach).is_some() {
        let sizes = sizes_of_each(target, &measured);
        measured.extend(sizes);
    }
    measured.retain(|measured| rule(target, measured.about).is_some());
    measured
}

fn sticker_size(measured: &Measured) -> Option<(u32, u32)> {
    match measured {
        Measured { about: About::Pixels(Part::Sticker), value: Value::Size(width, height), .. } => {
            Some((*width, *height))
        }
        _ => None,
    }
}

/// In how many sizes each sticker is there.
fn sizes_of_each(target: Target, measured: &[Measured]) -> Vec<Measured> {
    let mut of_each: BTreeMap<&str, BTreeSet<(u32, u32)>> = BTreeMap::new();
    for (of, size) in measured.iter().filter_map(|measured| Some((&measured.subject, sticker_size(measured)?))) {
        of_each.entry(sticker_of(target, stem_of(of))).or_default().insert(size);
    }
    of_each.into_iter().map(|(name, sizes)| Measured::number(About::SizesOfEach, name, sizes.len())).collect()
}

/// The sticker that a file is a picture of: its name without the size, where each sticker has several.
pub(super) fn sticker_of(target: Target, stem: &str) -> &str {
    let Some(Allowed::Size(Size::Squares(sides))) = rule(target, About::Pixels(Part::Sticker)).map(|rule| rule.allowed)
    else {
        return stem;
    };
    let without = |side: &u32| Some(stem.strip_suffix(&side.to_string())?.trim_end_matches(['-', '_']));
    sides.iter().find_map(without).filter(|name| !name.is_empty()).unwrap_or(stem)
}

fn of_file(target: Target, file: &PictureFile<'_>) -> Vec<Measured> {
    let PictureFile { part, path, bytes } = file;
    let name = name_of(path);
    let Some(bytes) = *bytes else { return vec![Measured::text(About::Format(*part), name, "no file")] };
    let mut measured = vec![
        Measured::text(About::Format(*part), name, format_of(bytes, name)),
        Measured::number(About::Bytes(*part), name, bytes.len()),
    ];
    measured.extend(png::colours(bytes).map(|colours| Measured::text(About::Colours, name, colours)));
    if *part == Part::Sticker {
        measured.push(Measured::number(About::Frames, name, frames(bytes)));
        if sniff(bytes) == Some(Format::WebP) {
            measured.push(Measured::text(About::Chunks, name, webp_chunks(bytes)));
        }
    }
    let Ok(picture) = decode_sticker(bytes) else {
        measured.extend([About::Pixels(*part), About::Seen].map(|about| Measured::text(about, name, "unreadable")));
        return measured;
    };
    let picture = picture.into_rgba8();
    measured.push(Measured::number(About::Seen, name, seen(&picture)));
    measured.push(Measured::new(About::Pixels(*part), name, Value::Size(picture.width(), picture.height())));
    if *part == Part::Sticker {
        measured.extend(of_sticker(target, name, &picture));
    }
    measured
}

fn of_sticker(target: Target, name: &str, picture: &RgbaImage) -> Vec<Measured> {
    let mut measured = vec![
        Measured::number(About::Margin, name, margin_of(picture) as usize),
        Measured::number(About::Corners, name, corner_alpha(picture) as usize),
    ];
    if rule(target, About::WrittenAnew).is_some() {
        let bytes = written_anew(picture).map_or_else(|_refused| Value::Text("unwritable".to_owned()), Value::Number);
        measured.push(Measured::new(About::WrittenAnew, name, bytes));
    }
    measured
}

/// The format of a file, which its name has to tell too.
fn format_of(bytes: &[u8], name: &str) -> String {
    let Some(format) = sniff(bytes) else { return "no picture".to_owned() };
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if ending.eq_ignore_ascii_case(format.extension()) {
        format.to_string()
    } else {
        format!("{format} named .{ending}")
    }
}

/// How many frames a PNG or WebP file has.
fn frames(bytes: &[u8]) -> usize {
    if let Some(chunks) = PngChunks::of(bytes) {
        // Of an animated PNG the control chunk says how many.
        let control = chunks.take_while(|chunk| chunk.kind != *b"IDAT").find(|chunk| chunk.kind == *b"acTL");
        return control
            .and_then(|chunk| chunk.data.first_chunk::<4>().copied())
            .map_or(1, |count| u32::from_be_bytes(count) as usize);
    }
    RiffChunks::of(bytes).filter(|chunk| chunk.starts_with(b"ANMF")).count().max(1)
}

/// The names of a WebP file's chunks one after the other, and what is wrong with its container.
///
/// A lossy picture with alpha is `VP8X ALPH VP8 `, one without is `VP8 `; a lossless one is `VP8L`.
fn webp_chunks(bytes: &[u8]) -> String {
    let stated = bytes.get(4..8).and_then(|size| size.first_chunk::<4>()).map_or(0, |size| u32::from_le_bytes(*size));
    let end = stated as usize + 8;
    let names: Vec<_> = RiffChunks::of(bytes.get(..end).unwrap_or(bytes))
        .map(|chunk| String::from_utf8_lossy(&chunk[..4]).into_owned())
        .collect();
    let amiss = match bytes.len().checked_sub(end) {
        Some(0) => String::new(),
        Some(more) => format!(" and {more} bytes after the end"),
        None => " and cut off".to_owned(),
    };
    format!("{}{amiss}", names.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_end_of_a_webp_file_is_seen() {
        let mut file = b"RIFF\x10\0\0\0WEBPVP8L\x04\0\0\0data".to_vec();
        assert_eq!(webp_chunks(&file), "VP8L");
        file.push(0);
        assert_eq!(webp_chunks(&file), "VP8L and 1 bytes after the end");
        assert!(webp_chunks(&file[..20]).ends_with("cut off"));
    }

    #[test]
    fn a_sticker_is_called_as_its_files_without_their_sizes() {
        for (stem, name) in
            [("wave-28", "wave"), ("wave_112", "wave"), ("wave", "wave"), ("wave-29", "wave-29"), ("56", "56")]
        {
            assert_eq!(sticker_of(Target::Twitch, stem), name);
        }
        assert_eq!(sticker_of(Target::Kick, "wave-28"), "wave-28");
    }

    #[test]
    fn a_name_has_to_tell_the_format() {
        assert_eq!(format_of(b"\x89PNG\r\n\x1a\n", "a.png"), "PNG");
        assert_eq!(format_of(b"\x89PNG\r\n\x1a\n", "a.webp"), "PNG named .webp");
        assert_eq!(format_of(b"nothing", "a.png"), "no picture");
    }
}
