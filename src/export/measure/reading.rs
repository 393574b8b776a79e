//! Finds out what the files of a folder are, by the target that they are meant for.

mod imessage;
mod lists;
mod print;
mod whatsapp;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::pictures::{PictureFile, sticker_of};
use crate::archive::{untar_gz, unzip};
use crate::files::{is_picture_at_top, stem_of};
use crate::lights::Measured;
use crate::rules::{About, Part};
use crate::words::{StickerSaid, Words};
use crate::write::{EMOJI, LINE_ARCHIVE, MASTODON_ARCHIVE_END, extra_of};
use crate::{Files, Target, emoji};

/// What was found in a folder.
#[derive(Default)]
pub(super) struct Found<'a> {
    /// What each pack in it says about itself.
    pub packs: Vec<Words>,
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
    let mut pictures: Vec<_> = files
        .iter()
        .filter(|(path, bytes)| is_picture_at_top(path, bytes))
        .map(|(path, bytes)| PictureFile {
            part: extra_of(path).unwrap_or(Part::Sticker),
            path: path.to_owned(),
            bytes: Some(bytes),
        })
        .collect();
    let list = lists::read(target, files);
    pictures.extend(list.iter().flat_map(|list| list.elsewhere(files)));
    let mut facts = match &list {
        Some(list) => list.facts_with(&pictures),
        None => named_only(target, files, &pictures),
    };
    if target == Target::Mastodon {
        facts.extend(mastodon_archives(files));
    }
    let texts = texts_of(files);
    let words = match list {
        Some(list) => list.words(texts),
        None => Words { stickers: stickers_of(&pictures, files), ..texts },
    };
    Found { packs: vec![words], pictures, facts }
}

/// What there is to say about the stickers of a folder without a list.
fn stickers_of(pictures: &[PictureFile<'_>], files: &Files) -> Vec<StickerSaid> {
    let emoji = emoji_of(files);
    let stickers = pictures.iter().filter(|picture| picture.part == Part::Sticker);
    let said = |picture: &PictureFile<'_>| {
        let name = stem_of(&picture.path).to_owned();
        let emoji = emoji.get(&name).cloned().unwrap_or_default();
        StickerSaid { name, emoji, ..StickerSaid::default() }
    };
    stickers.map(said).collect()
}

/// What is amiss with the stickers that have an emoji and no picture.
fn named_only(target: Target, files: &Files, pictures: &[PictureFile<'_>]) -> Vec<Measured> {
    let drawn: BTreeSet<&str> = pictures.iter().map(|picture| sticker_of(target, stem_of(&picture.path))).collect();
    let missing: Vec<String> = emoji_of(files).into_keys().filter(|name| !drawn.contains(name.as_str())).collect();
    let mut facts: Vec<_> = missing.iter().map(|name| Measured::number(About::SizesOfEach, name, 0)).collect();
    let amiss: Vec<String> = missing.iter().map(|name| format!("no picture is called {name}")).collect();
    facts.push(Measured::text(About::Listed, EMOJI, amiss.join("; ")));
    facts
}

/// LINE's pictures lie in its archive.
fn read_line(files: &Files) -> Found<'static> {
    let texts = texts_of(files);
    let Some(archive) = files.get(LINE_ARCHIVE) else { return Found { packs: vec![texts], ..Found::default() } };
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
    let words = Words { stickers: stickers.collect(), ..texts };
    let names = content.iter().map(|(path, _)| path).filter(|path| part(path) == Part::Sticker);
    facts.push(Measured::text(About::Numbering, LINE_ARCHIVE, amiss_with_numbers(&names.collect::<Vec<_>>())));
    // The archive's content does not outlive this function, so it is measured here.
    let pictures: Vec<_> = content
        .iter()
        .map(|(path, bytes)| PictureFile { part: part(path), path: path.to_owned(), bytes: Some(bytes) })
        .collect();
    facts.extend(super::pictures::measure(Target::Line, &pictures));
    Found { packs: vec![words], facts, pictures: Vec::new() }
}

/// What is wrong with the names of stickers that are numbered from `01.png` without a gap.
fn amiss_with_numbers(names: &[&str]) -> String {
    let wanted: Vec<String> = (1..=names.len()).map(|number| format!("{number:02}.png")).collect();
    let missing = wanted.iter().find(|name| !names.contains(&name.as_str()));
    let other = names.iter().find(|name| !wanted.iter().any(|wanted| wanted == *name));
    missing.zip(other).map_or_else(String::new, |(missing, other)| format!("{other} where {missing} should be"))
}

/// What is wrong with each archive for Mastodon's administrator: it holds exactly the folder's stickers.
fn mastodon_archives(files: &Files) -> Vec<Measured> {
    let stickers: Files = files
        .iter()
        .filter(|(path, bytes)| is_picture_at_top(path, bytes))
        .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
        .collect();
    let amiss = |archive: &[u8]| match untar_gz(archive) {
        Ok(content) if content == stickers => String::new(),
        Ok(_) => "other pictures than beside it".to_owned(),
        Err(amiss) => amiss,
    };
    let archives = files.ending(MASTODON_ARCHIVE_END);
    archives.map(|(name, archive)| Measured::text(About::ArchiveFiles, name, amiss(archive))).collect()
}

/// The pack's name and author, from the texts beside it.
fn texts_of(files: &Files) -> Words {
    let text = |name| files.get(name).map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned()).unwrap_or_default();
    Words { title: text("title.txt"), author: text("author.txt"), ..Words::default() }
}

/// The emoji of each sticker, from the list beside them.
fn emoji_of(files: &Files) -> BTreeMap<String, Vec<String>> {
    let listed: Option<BTreeMap<String, String>> =
        files.get(EMOJI).and_then(|bytes| serde_json::from_slice(bytes).ok());
    listed.unwrap_or_default().into_iter().map(|(name, text)| (name, each_emoji(&text))).collect()
}

/// The emoji of a text; the text itself when it is none, so that it shows.
fn each_emoji(text: &str) -> Vec<String> {
    emoji::only_emoji(text).unwrap_or_else(|| vec![text.to_owned()])
}

/// A JSON file.
fn json(files: &Files, path: &str) -> Option<Value> {
    serde_json::from_slice(files.get(path)?).ok()
}

/// A text of an object; empty when there is none, and as JSON when it is something else, so that it shows.
fn text(object: &Value, key: &str) -> String {
    match &object[key] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The texts of a list of an object.
fn texts(object: &Value, key: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    object[key].as_array().into_iter().flatten().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_begin_at_one_and_leave_none_out() {
        assert_eq!(amiss_with_numbers(&["01.png", "02.png"]), "");
        assert_eq!(amiss_with_numbers(&["02.png", "03.png"]), "03.png where 01.png should be");
        assert_eq!(amiss_with_numbers(&["01.png", "03.png"]), "03.png where 02.png should be");
        assert_eq!(amiss_with_numbers(&["1.png"]), "1.png where 01.png should be");
        assert_eq!(amiss_with_numbers(&["a/01.png"]), "a/01.png where 01.png should be");
    }
}
