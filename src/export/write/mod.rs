//! Writes a pack as its target wants it, in memory.

mod imessage;
mod json;
mod layout;
mod line;
mod pictures;
mod whatsapp;

pub(crate) use imessage::{CATALOG, ICONS};
pub(crate) use layout::{DISCORD_LIST, MASTODON_ARCHIVE_END, MATRIX_LIST, MATRIX_PLACEHOLDER, TELEGRAM_LIST, extra_of};
pub(crate) use line::ARCHIVE as LINE_ARCHIVE;
pub(crate) use whatsapp::{ARCHIVE_END as WASTICKERS_END, CONTENTS};

use crate::encode::{Encoding, Loss};
use crate::lights::{Light, Measured, judge_so_far};
use crate::measure::measure_words;
use crate::words::Words;
use crate::{About, ExportError, Files, Options, Pack, Part, Sticker, Target, archive, geometry, print};
use pictures::Pictures;

/// The emoji of each sticker by its name, for people.
pub(crate) const EMOJI: &str = "emoji.txt";

/// Asked before each picture; false ends the work with [`ExportError::Stopped`].
pub type GoesOn<'a> = &'a (dyn Fn() -> bool + Sync);

/// A pack as its target wants it.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Its files.
    pub files: Files,
    /// The files that lost something to fit, with what.
    pub losses: Vec<(String, Loss)>,
}

/// The rules that can be told before any picture is written: how many stickers, which emoji, texts and names, and
/// whether there are pixels enough for paper.
pub fn lights_so_far(pack: &Pack, target: Target, options: &Options) -> Vec<Light> {
    let mut measured = measure_words(target, "", &Words::of(pack, target));
    if target == Target::Print {
        let dpi = |(index, sticker): (usize, &Sticker)| {
            let dpi = print::dpi(&sticker.picture, &options.print);
            Measured::number(About::Dpi, format!("sticker {}", index + 1), dpi as usize)
        };
        measured.extend(pack.stickers.iter().enumerate().map(dpi));
    }
    judge_so_far(target, &measured)
}

/// Writes a pack for a target; takes a while, so not on the UI thread.
///
/// A pack that the target would refuse for what it says is refused here, before a picture is written.
pub fn write(pack: &Pack, target: Target, options: Options, goes_on: GoesOn<'_>) -> Result<Written, ExportError> {
    if pack.stickers.is_empty() {
        return Err(ExportError::NoStickers);
    }
    let lights = lights_so_far(pack, target, &options).into_iter().chain(judge_so_far(target, &all_seen(pack, target)));
    let broken: Vec<Light> = lights.filter(Light::refuses).collect();
    if !broken.is_empty() {
        return Err(ExportError::Refused { target, broken });
    }
    if target == Target::Print {
        let files = print::write_sheets(pack, &options.print, goes_on)?;
        return Ok(Written { files, losses: Vec::new() });
    }
    let words = Words::of(pack, target);
    let pictures = Pictures::of(pack, target, options, goes_on)?;
    let mut written = Written::default();
    match target {
        Target::WhatsApp => whatsapp::write(&mut written, &words, &pictures, options)?,
        Target::IMessage => imessage::write(&mut written, pack, &words, &pictures, options)?,
        Target::Line => line::write(&mut written, &words, &pictures)?,
        _ => layout::write(&mut written, target, &words, &pictures)?,
    }
    add_texts(&mut written.files, &words);
    Ok(written)
}

/// How much can be seen of each sticker; for paper its cutter says that.
fn all_seen(pack: &Pack, target: Target) -> Vec<Measured> {
    if target == Target::Print {
        return Vec::new();
    }
    let seen = |(index, sticker): (usize, &Sticker)| {
        Measured::number(About::Seen, format!("sticker {}", index + 1), geometry::seen(&sticker.picture))
    };
    pack.stickers.iter().enumerate().map(seen).collect()
}

/// What a person copies from when a platform asks for it.
fn add_texts(files: &mut Files, words: &Words) {
    files.add(EMOJI, json::pretty(&words.emoji_by_name()));
    for (name, text) in [("title.txt", &words.title), ("author.txt", &words.author)] {
        if !text.is_empty() {
            files.add(name, text.as_bytes());
        }
    }
}

/// Do the pictures for this target say how they were made? Only PNG files of single stickers have room for that.
pub fn carries_texts(target: Target) -> bool {
    target != Target::Print && pictures::encoding_of(target, Part::Sticker) == Encoding::Png
}

/// Adds an archive of these files.
fn add_zip(files: &mut Files, name: &str, content: &Files) -> Result<(), ExportError> {
    files.add(name, archive::zip(name, content)?);
    Ok(())
}
