//! iMessage's asset catalog.

use imaging::picture::{Format, decode_sticker, sniff};

use super::{Found, PictureFile, json, text};
use crate::files::{name_of, stem_of};
use crate::lights::Measured;
use crate::measure::png::has_alpha;
use crate::rules::{About, Part};
use crate::words::{StickerSaid, Words};
use crate::write::{CATALOG, ICONS};
use crate::{Files, Grid};

pub(super) fn read(files: &Files) -> Found<'_> {
    let mut found = Found::default();
    let mut amiss = Vec::new();
    let packs = files.ending(".stickerpack/Contents.json").filter(|(path, _)| path.starts_with(CATALOG));
    for (path, _) in packs {
        read_pack(&mut found, &mut amiss, files, path);
    }
    if found.packs.is_empty() {
        found.packs.push(super::texts_of(files));
        found.facts.push(Measured::text(About::Tree, CATALOG, "no sticker pack"));
        return found;
    }
    let listed: usize = found.packs.iter().map(|pack| pack.stickers.len()).sum();
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

fn read_pack<'a>(found: &mut Found<'a>, amiss: &mut Vec<String>, files: &'a Files, path: &str) {
    let folder = path.trim_end_matches("/Contents.json");
    let pack = json(files, path).unwrap_or_default();
    let word = text(&pack["properties"], "grid-size");
    found.facts.push(Measured::text(About::GridSize, name_of(folder), &word));
    let mut stickers = Vec::new();
    for listed in pack["stickers"].as_array().into_iter().flatten() {
        let sticker = text(listed, "filename");
        let contents = json(files, &format!("{folder}/{sticker}/Contents.json")).unwrap_or_default();
        let properties = &contents["properties"];
        let file = text(properties, "filename");
        if contents["info"]["version"] != 1 || file.is_empty() {
            amiss.push(format!("{sticker} has no Contents.json that names its picture"));
        }
        let path = format!("{folder}/{sticker}/{file}");
        stickers.push(StickerSaid {
            name: stem_of(&sticker).to_owned(),
            alt: text(properties, "accessibility-label"),
            ..StickerSaid::default()
        });
        let bytes = files.get(&path);
        let other = bytes.map_or_else(String::new, |bytes| other_grid(&word, bytes));
        found.facts.push(Measured::text(About::GridSide, name_of(&path), other));
        found.pictures.push(PictureFile { part: Part::Sticker, bytes, path });
    }
    found.packs.push(Words { stickers, ..super::texts_of(files) });
}

/// What is wrong with a picture that is as large as another word for the grid says.
///
/// A size that no word says, and a word that says no size, are told by rules of their own.
fn other_grid(word: &str, bytes: &[u8]) -> String {
    let side = decode_sticker(bytes).map_or(0, |picture| picture.width());
    let grid_of = |is_it: &dyn Fn(Grid) -> bool| Grid::ALL.into_iter().find(|grid| is_it(*grid));
    match (grid_of(&|grid| grid.word() == word), grid_of(&|grid| grid.side() == side)) {
        (Some(said), Some(found)) if said != found => {
            format!("{side} px, which is {}, where {word} is {} px", found.word(), said.side())
        }
        _ => String::new(),
    }
}

/// How many of the icons are listed, there, of their size and opaque, without even room for transparency.
fn sound_icons(files: &Files) -> usize {
    let end = ".stickersiconset/Contents.json";
    let Some((path, _)) = files.ending(end).next() else { return 0 };
    let folder = path.trim_end_matches("Contents.json");
    let contents = json(files, path).unwrap_or_default();
    let listed: Vec<String> =
        contents["images"].as_array().into_iter().flatten().map(|image| text(image, "filename")).collect();
    let is_sound = |file: &String, size: (u32, u32)| {
        files.get(&format!("{folder}{file}")).is_some_and(|bytes| {
            let picture = decode_sticker(bytes).ok();
            sniff(bytes) == Some(Format::Png)
                && !has_alpha(bytes)
                && picture.is_some_and(|picture| (picture.width(), picture.height()) == size)
        })
    };
    ICONS.iter().filter(|icon| listed.contains(&icon.file()) && is_sound(&icon.file(), icon.size())).count()
}
