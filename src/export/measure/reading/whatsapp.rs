//! WhatsApp's folder and archive.

use serde_json::Value;

use super::{Found, PictureFile, json, text, texts};
use crate::Files;
use crate::Target;
use crate::archive::unzip;
use crate::files::{has_ending, stem_of};
use crate::lights::Measured;
use crate::measure::pictures;
use crate::rules::{About, Part};
use crate::words::{StickerSaid, Words};
use crate::write::{CONTENTS, WASTICKERS_END};

pub(super) fn read(files: &Files) -> Found<'_> {
    let mut found = Found { facts: archive(files), ..Found::default() };
    let Some(contents) = json(files, CONTENTS) else { return found };
    found.facts.extend([
        Measured::text(About::PlayStoreLink, CONTENTS, text(&contents, "android_play_store_link")),
        Measured::text(About::AppStoreLink, CONTENTS, text(&contents, "ios_app_store_link")),
    ]);
    let pack = &contents["sticker_packs"][0];
    for key in ["publisher_website", "privacy_policy_website", "license_agreement_website"] {
        found.facts.push(Measured::text(About::Links, key, text(pack, key)));
    }
    found.facts.push(Measured::text(About::DataVersion, CONTENTS, text(pack, "image_data_version")));
    let folder = text(pack, "identifier");
    let picture = |part, file: &str| {
        let path = format!("{folder}/{file}");
        let bytes = files.get(&path);
        PictureFile { part, path, bytes }
    };
    found.pictures.push(picture(Part::Tray, &text(pack, "tray_image_file")));
    let listed: Vec<&Value> = pack["stickers"].as_array().into_iter().flatten().collect();
    found.pictures.extend(listed.iter().map(|sticker| picture(Part::Sticker, &text(sticker, "image_file"))));
    let said = listed.iter().map(|sticker| StickerSaid {
        name: stem_of(&text(sticker, "image_file")).to_owned(),
        emoji: texts(sticker, "emojis"),
        alt: text(sticker, "accessibility_text"),
        tags: Vec::new(),
    });
    found.words = Words {
        title: text(pack, "name"),
        author: text(pack, "publisher"),
        stickers: said.collect(),
        identifier: folder,
    };
    found
}

/// The archive beside the folder: its names, and its pictures by the same rules.
fn archive(files: &Files) -> Vec<Measured> {
    let Some((name, bytes)) = files.ending(WASTICKERS_END).next() else { return Vec::new() };
    let content = match unzip(bytes) {
        Ok(content) => content,
        Err(amiss) => return vec![Measured::text(About::ArchiveFiles, name, amiss)],
    };
    let names: Vec<&str> = content.iter().map(|(path, _)| path).collect();
    let mut measured = vec![Measured::text(About::ArchiveFiles, name, names.join("\n"))];
    let part = |path: &str| if has_ending(path, "webp") { Part::Sticker } else { Part::Tray };
    let pictures: Vec<_> = content
        .iter()
        .filter(|(path, _)| !has_ending(path, "txt"))
        .map(|(path, bytes)| PictureFile { part: part(path), path: path.to_owned(), bytes: Some(bytes) })
        .collect();
    measured.extend(pictures::measure(Target::WhatsApp, &pictures));
    measured
}
