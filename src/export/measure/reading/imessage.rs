//! iMessage's asset catalog.

use imaging::picture::decode_sticker;

use super::{Found, PictureFile, json, text};
use crate::Files;
use crate::files::{name_of, stem_of};
use crate::lights::Measured;
use crate::rules::{About, Part};
use crate::words::StickerSaid;
use crate::write::{CATALOG, ICONS};

pub(super) fn read(files: &Files) -> Found<'_> {
    let mut found = Found { words: super::texts_of(files), ..Found::default() };
    let mut amiss = Vec::new();
    let pack_end = ".stickerpack/Contents.json";
    let Some((path, _)) = files.ending(pack_end).find(|(path, _)| path.starts_with(CATALOG)) else {
        found.facts.push(Measured::text(About::Tree, CATALOG, "no sticker pack"));
        return found;
    };
    let folder = path.trim_end_matches("/Contents.json");
    let pack = json(files, path).unwrap_or_default();
    found.facts.push(Measured::text(About::GridSize, name_of(folder), text(&pack["properties"], "grid-size")));
    for listed in pack["stickers"].as_array().into_iter().flatten() {
        let sticker = text(listed, "filename");
        let contents = json(files, &format!("{folder}/{sticker}/Contents.json")).unwrap_or_default();
        let properties = &contents["properties"];
        let file = text(properties, "filename");
        if contents["info"]["version"] != 1 || file.is_empty() {
            amiss.push(format!("{sticker} has no Contents.json that names its picture"));
        }
        let path = format!("{folder}/{sticker}/{file}");
        found.words.stickers.push(StickerSaid {
            name: stem_of(&sticker).to_owned(),
            alt: text(properties, "accessibility-label"),
            ..StickerSaid::default()
        });
        found.pictures.push(PictureFile { part: Part::Sticker, bytes: files.get(&path), path });
    }
    let listed = found.words.stickers.len();
    let folders = files.iter().filter(|(path, _)| path.ends_with(".sticker/Contents.json")).count();
    if listed != folders {
        amiss.push(format!("{listed} stickers are listed and {folders} are there"));
    }
    if json(files, &format!("{CATALOG}/Contents.json")).is_none() {
        amiss.push("the catalog has no Contents.json".to_owned());
    }
    found.facts.push(Measured::text(About::Tree, CATALOG, amiss.join("; ")));
    found.facts.push(Measured::number(About::Icons, "", sound_icons(files)));
    found
}

/// How many of the icons are listed, there, of their size and opaque.
fn sound_icons(files: &Files) -> usize {
    let end = ".stickersiconset/Contents.json";
    let Some((path, _)) = files.ending(end).next() else { return 0 };
    let folder = path.trim_end_matches("Contents.json");
    let contents = json(files, path).unwrap_or_default();
    let listed: Vec<String> =
        contents["images"].as_array().into_iter().flatten().map(|image| text(image, "filename")).collect();
    let is_sound = |file: &String, size: (u32, u32)| {
        let picture = files.get(&format!("{folder}{file}")).and_then(|bytes| decode_sticker(bytes).ok());
        picture.is_some_and(|picture| {
            (picture.width(), picture.height()) == size
                && picture.into_rgba8().pixels().all(|pixel| pixel.0[3] == u8::MAX)
        })
    };
    ICONS.iter().filter(|icon| listed.contains(&icon.file()) && is_sound(&icon.file(), icon.size())).count()
}
