//! Finds out what the files of a folder are, by the target that they are meant for.

mod imessage;
mod lists;
mod print;
mod whatsapp;

use std::collections::BTreeMap;

use serde_json::Value;

use super::pictures::PictureFile;
use crate::archive::{untar_gz, unzip};
use crate::files::{is_at_top, stem_of};
use crate::lights::Measured;
use crate::rules::{About, Part};
use crate::words::{StickerSaid, Words};
use crate::write::{LINE_ARCHIVE, MASTODON_ARCHIVE_END, extra_of};
use crate::{Files, Target, emoji};

/// What was found in a folder.
#[derive(Default)]
pub(super) struct Found<'a> {
    /// What it says about itself.
    pub words: Words,
    /// Its pictures.
    pub pictures: Vec<PictureFile<'a>>,
    /// What else was measured.
    pub facts: Vec<Measured>,
}

pub(super) fn read(target: Target, files: &Files) -> Found<'_> {
    match target {
        Target::WhatsApp => whatsapp::read(files),
        Target::IMessage => imessage::read(files),
        Target::Line => read_line(files),
        Target::Print => print::read(files),
        _ => read_folder(target, files),
    }
}

/// A folder of pictures with lists beside them.
fn read_folder(target: Target, files: &Files) -> Found<'_> {
    let pictures = files.iter().filter(|(path, _)| is_at_top(path, &["png", "webp"])).map(|(path, bytes)| {
        PictureFile { part: extra_of(path).unwrap_or(Part::Sticker), path: path.to_owned(), bytes: Some(bytes) }
    });
    let pictures: Vec<_> = pictures.collect();
    let emoji = emoji_of(files);
    let stickers = pictures.iter().filter(|picture| picture.part == Part::Sticker).map(|picture| {
        let name = stem_of(&picture.path).to_owned();
        StickerSaid { emoji: emoji.get(&name).cloned().unwrap_or_default(), name, ..StickerSaid::default() }
    });
    let mut words = Words { stickers: stickers.collect(), ..texts_of(files) };
    let mut facts = Vec::new();
    match target {
        Target::Telegram | Target::TelegramEmoji => lists::telegram(files, &mut words),
        Target::Discord => lists::discord(files, &mut words),
        Target::Matrix => facts.extend(lists::matrix(files)),
        Target::Mastodon => facts.extend(mastodon_archive(files)),
        _ => {}
    }
    Found { words, pictures, facts }
}

/// LINE's pictures lie in its archive.
fn read_line(files: &Files) -> Found<'static> {
    let Some(archive) = files.get(LINE_ARCHIVE) else { return Found { words: texts_of(files), ..Found::default() } };
    let mut facts = vec![Measured::number(About::ArchiveBytes, LINE_ARCHIVE, archive.len())];
    let content = unzip(archive).unwrap_or_else(|amiss| {
        facts.push(Measured::text(About::Format(Part::Sticker), LINE_ARCHIVE, amiss));
        Files::default()
    });
    let part = |path: &str| match path {
        "main.png" => Part::Main,
        "tab.png" => Part::Tab,
        _ => Part::Sticker,
    };
    let stickers = content.iter().filter(|(path, _)| part(path) == Part::Sticker);
    let stickers = stickers.map(|(path, _)| StickerSaid { name: stem_of(path).to_owned(), ..StickerSaid::default() });
    let words = Words { stickers: stickers.collect(), ..texts_of(files) };
    // The archive's content does not outlive this function, so it is measured here.
    let pictures: Vec<_> = content
        .iter()
        .map(|(path, bytes)| PictureFile { part: part(path), path: path.to_owned(), bytes: Some(bytes) })
        .collect();
    facts.extend(super::pictures::measure(Target::Line, &pictures));
    Found { words, facts, pictures: Vec::new() }
}

/// What is wrong with the archive for Mastodon's administrator: it holds exactly the folder's stickers.
fn mastodon_archive(files: &Files) -> Option<Measured> {
    let (name, archive) = files.ending(MASTODON_ARCHIVE_END).next()?;
    let stickers: Files = files
        .iter()
        .filter(|(path, _)| is_at_top(path, &["png", "webp"]))
        .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
        .collect();
    let amiss = match untar_gz(archive) {
        Ok(content) if content == stickers => String::new(),
        Ok(_) => "other pictures than beside it".to_owned(),
        Err(amiss) => amiss,
    };
    Some(Measured::text(About::ArchiveFiles, name, amiss))
}

/// The pack's name and author, from the texts beside it.
fn texts_of(files: &Files) -> Words {
    let text = |name| files.get(name).map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned()).unwrap_or_default();
    Words { title: text("title.txt"), author: text("author.txt"), ..Words::default() }
}

/// The emoji of each sticker, from the list beside them.
fn emoji_of(files: &Files) -> BTreeMap<String, Vec<String>> {
    let listed: Option<BTreeMap<String, String>> =
        files.get("emoji.txt").and_then(|bytes| serde_json::from_slice(bytes).ok());
    listed.unwrap_or_default().into_iter().map(|(name, text)| (name, each_emoji(&text))).collect()
}

/// The emoji of a text; the text itself when it is none, so that it shows.
fn each_emoji(text: &str) -> Vec<String> {
    let found = emoji::emoji_in(text);
    if found.concat() == text { found } else { vec![text.to_owned()] }
}

/// A JSON file.
fn json(files: &Files, path: &str) -> Option<Value> {
    serde_json::from_slice(files.get(path)?).ok()
}

/// A text of an object; empty when there is none.
fn text(object: &Value, key: &str) -> String {
    object[key].as_str().unwrap_or_default().to_owned()
}

/// The texts of a list of an object.
fn texts(object: &Value, key: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    object[key].as_array().into_iter().flatten().map(text).collect()
}
