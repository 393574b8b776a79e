//! WhatsApp's folder and archive.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Found, PictureFile, json, text, texts};
use crate::archive::unzip;
use crate::files::{has_ending, stem_of};
use crate::lights::Measured;
use crate::measure::{pictures, words};
use crate::rules::{About, Part};
use crate::words::{StickerSaid, Words};
use crate::write::{CONTENTS, WASTICKERS_END};
use crate::{Files, Target};

/// What the list of packs may say; WhatsApp's program reads no list that says more.
const OF_LIST: [&str; 3] = ["android_play_store_link", "ios_app_store_link", "sticker_packs"];

/// What may be said about a sticker; the same.
const OF_STICKER: [&str; 3] = ["image_file", "emojis", "accessibility_text"];

pub(super) fn read(files: &Files) -> Found<'_> {
    let mut found = Found { facts: archives(files), ..Found::default() };
    let Some(contents) = json(files, CONTENTS) else { return found };
    found.facts.extend([
        Measured::text(About::PlayStoreLink, CONTENTS, text(&contents, "android_play_store_link")),
        Measured::text(About::AppStoreLink, CONTENTS, text(&contents, "ios_app_store_link")),
        Measured::text(About::Contents, CONTENTS, amiss_with(&contents)),
    ]);
    for pack in packs(&contents) {
        read_pack(&mut found, files, pack);
    }
    found
}

fn packs(contents: &Value) -> impl Iterator<Item = &Value> {
    contents["sticker_packs"].as_array().into_iter().flatten()
}

fn stickers(pack: &Value) -> impl Iterator<Item = &Value> {
    pack["stickers"].as_array().into_iter().flatten()
}

fn read_pack<'a>(found: &mut Found<'a>, files: &'a Files, pack: &Value) {
    let folder = text(pack, "identifier");
    let of_pack = |key: &str| format!("{key} of {folder}");
    for key in ["publisher_website", "privacy_policy_website", "license_agreement_website"] {
        found.facts.push(Measured::text(About::Links, of_pack(key), text(pack, key)));
    }
    let (email, version, animated) = ("publisher_email", "image_data_version", "animated_sticker_pack");
    let is_animated = if pack[animated].is_null() { "false".to_owned() } else { pack[animated].to_string() };
    // Its documentation wants a text, so that a number is none.
    let stated_version = pack[version].as_str().unwrap_or_default();
    found.facts.extend([
        Measured::text(About::Email, of_pack(email), text(pack, email)),
        Measured::text(About::DataVersion, of_pack(version), stated_version),
        Measured::text(About::MarkedAnimated, &folder, is_animated),
    ]);
    let picture = |part, file: &str| {
        let path = format!("{folder}/{file}");
        let bytes = files.get(&path);
        PictureFile { part, path, bytes }
    };
    found.pictures.push(picture(Part::Tray, &text(pack, "tray_image_file")));
    found.pictures.extend(stickers(pack).map(|sticker| picture(Part::Sticker, &text(sticker, "image_file"))));
    let said = stickers(pack).map(|sticker| StickerSaid {
        name: stem_of(&text(sticker, "image_file")).to_owned(),
        emoji: texts(sticker, "emojis"),
        alt: text(sticker, "accessibility_text"),
        tags: Vec::new(),
    });
    let stickers = said.collect();
    found.packs.push(Words {
        title: text(pack, "name"),
        author: text(pack, "publisher"),
        stickers,
        identifier: folder,
    });
}

/// Why WhatsApp's own program would read nothing of a list of packs.
fn amiss_with(contents: &Value) -> String {
    let mut amiss: Vec<String> = unknown(contents, &OF_LIST).collect();
    let mut identifiers = BTreeSet::new();
    if packs(contents).next().is_none() {
        amiss.push("no sticker packs".to_owned());
    }
    for pack in packs(contents) {
        let identifier = text(pack, "identifier");
        for sticker in stickers(pack) {
            amiss.extend(unknown(sticker, &OF_STICKER));
            let file = text(sticker, "image_file");
            if file.contains('/') || file.contains("..") {
                amiss.push(format!("{file} lies in another folder"));
            }
        }
        if !identifiers.insert(identifier.clone()) {
            amiss.push(format!("two packs are called {identifier}"));
        }
    }
    amiss.join("; ")
}

/// The fields of an object that nobody knows.
fn unknown<'a>(object: &'a Value, known: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let fields = object.as_object().into_iter().flat_map(|fields| fields.keys());
    fields.filter(|field| !known.contains(&field.as_str())).map(|field| format!("unknown field {field}"))
}

/// The archives beside the folder.
fn archives(files: &Files) -> Vec<Measured> {
    files.ending(WASTICKERS_END).flat_map(|(name, bytes)| archive(name, bytes)).collect()
}

/// An archive's names and texts, and its pictures by the same rules as those of the folder.
fn archive(name: &str, bytes: &[u8]) -> Vec<Measured> {
    let content = match unzip(bytes) {
        Ok(content) => content,
        Err(amiss) => return vec![Measured::text(About::ArchiveFiles, name, amiss)],
    };
    let names: Vec<&str> = content.iter().map(|(path, _)| path).collect();
    let is_sticker = |path: &str| has_ending(path, "webp");
    let mut measured = vec![
        Measured::text(About::ArchiveFiles, name, names.join("\n")),
        Measured::number(About::Stickers, name, names.iter().filter(|path| is_sticker(path)).count()),
    ];
    for (about, file) in [(About::Title, "title.txt"), (About::Author, "author.txt")] {
        // Without the file the archive's names are amiss already.
        if let Some(text) = content.get(file) {
            let length = words::length(Target::WhatsApp, String::from_utf8_lossy(text).trim());
            measured.push(Measured::number(about, format!("{file} of {name}"), length));
        }
    }
    let part = |path: &str| if is_sticker(path) { Part::Sticker } else { Part::Tray };
    let pictures: Vec<_> = content
        .iter()
        .filter(|(path, _)| !has_ending(path, "txt"))
        .map(|(path, bytes)| PictureFile { part: part(path), path: path.to_owned(), bytes: Some(bytes) })
        .collect();
    measured.extend(pictures::measure(Target::WhatsApp, &pictures));
    measured
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn contents(identifier: &str, file: &str) -> Value {
        let pack = |identifier: &str| json!({ "identifier": identifier, "whatever": 1, "stickers": [{ "image_file": file, "emojis": [] }] });
        json!({ "android_play_store_link": "", "sticker_packs": [pack("one"), pack(identifier)] })
    }

    #[test]
    fn a_list_of_packs_says_what_is_known_of_packs_that_differ() {
        assert_eq!(amiss_with(&contents("two", "01.webp")), "");
        assert_eq!(amiss_with(&contents("one", "01.webp")), "two packs are called one");
        assert!(amiss_with(&contents("two", "a/01.webp")).starts_with("a/01.webp lies in another folder"));
        assert!(amiss_with(&contents("two", "..webp")).contains("another folder"));
        assert_eq!(amiss_with(&json!({ "sticker_packs": [] })), "no sticker packs");
        let mut unknown = contents("two", "01.webp");
        unknown["version"] = json!(1);
        unknown["sticker_packs"][1]["stickers"][0]["emoji"] = json!("👋");
        assert_eq!(amiss_with(&unknown), "unknown field version; unknown field emoji");
    }
}
