//! The lists beside pictures that some platforms ask for.

use imaging::picture::{Format, decode_sticker, sniff};
use serde_json::Value;

use super::{PictureFile, json, text, texts};
use crate::files::stem_of;
use crate::lights::Measured;
use crate::rules::{About, Part};
use crate::words::{StickerSaid, Words};
use crate::write::{DISCORD_LIST, MATRIX_LIST, MATRIX_PLACEHOLDER, TELEGRAM_LIST};
use crate::{Files, Target};

/// What a list says.
#[derive(Default)]
pub(super) struct List {
    /// Its file.
    name: &'static str,
    /// Its stickers in their order: the file of each, and what is said about it.
    stickers: Vec<(String, StickerSaid)>,
    /// What the pack is called; `None` where the list has no say in that.
    title: Option<String>,
    /// What programs call the pack.
    identifier: String,
    /// What else it says.
    facts: Vec<Measured>,
    /// What is wrong with it.
    amiss: Vec<String>,
}

/// The list of a target; `None` when it has none.
pub(super) fn read(target: Target, files: &Files) -> Option<List> {
    let (name, read): (_, fn(&Files, &Value) -> List) = match target {
        Target::Telegram | Target::TelegramEmoji => (TELEGRAM_LIST, telegram),
        Target::Discord => (DISCORD_LIST, discord),
        Target::Matrix => (MATRIX_LIST, matrix),
        _ => return None,
    };
    let list = match json(files, name) {
        Some(value) => read(files, &value),
        None => List { amiss: vec![format!("{name} is not there, or no JSON")], ..List::default() },
    };
    Some(List { name, ..list })
}

impl List {
    /// What it says, beside the texts of the folder.
    pub(super) fn words(self, texts: Words) -> Words {
        let Self { stickers, title, identifier, .. } = self;
        let stickers = stickers.into_iter().map(|(_, said)| said).collect();
        Words { title: title.unwrap_or(texts.title), author: texts.author, identifier, stickers }
    }

    /// The pictures that it names in folders below its own.
    pub(super) fn elsewhere<'a>(&self, files: &'a Files) -> Vec<PictureFile<'a>> {
        let below = self.stickers.iter().filter(|(file, _)| file.contains('/'));
        let found = |file: &String| {
            let bytes = Some(files.get(file)?);
            Some(PictureFile { part: Part::Sticker, path: file.clone(), bytes })
        };
        below.filter_map(|(file, _)| found(file)).collect()
    }

    /// What it says, and how it agrees with the pictures that are there.
    pub(super) fn facts_with(&self, pictures: &[PictureFile<'_>]) -> Vec<Measured> {
        let is_there = |file: &str| pictures.iter().any(|picture| picture.path == file);
        let is_listed = |path: &str| self.stickers.iter().any(|(file, _)| file == path);
        let missing = self.stickers.iter().map(|(file, _)| file).filter(|file| !is_there(file));
        let missing = missing.map(|file| format!("{file} is not there"));
        let more = pictures.iter().filter(|picture| picture.part == Part::Sticker && !is_listed(&picture.path));
        let more = more.map(|picture| format!("{} is not listed", picture.path));
        let amiss: Vec<String> = self.amiss.iter().cloned().chain(missing).chain(more).collect();
        let listed = Measured::text(About::Listed, self.name, amiss.join("; "));
        self.facts.iter().cloned().chain([listed]).collect()
    }
}

/// `set.json`, as Telegram's Bot API takes it.
fn telegram(_files: &Files, set: &Value) -> List {
    // What nobody names is a set of stickers.
    let kind = if set["sticker_type"].is_null() { "regular".to_owned() } else { text(set, "sticker_type") };
    let mut list = List {
        title: Some(text(set, "title")),
        identifier: text(set, "name"),
        facts: vec![Measured::text(About::SetType, TELEGRAM_LIST, kind)],
        ..List::default()
    };
    for listed in set["stickers"].as_array().into_iter().flatten() {
        let file = text(listed, "sticker").trim_start_matches("attach://").to_owned();
        list.facts.push(Measured::text(About::StatedFormat, &file, text(listed, "format")));
        let said = StickerSaid {
            name: stem_of(&file).to_owned(),
            emoji: texts(listed, "emoji_list"),
            alt: String::new(),
            tags: texts(listed, "keywords"),
        };
        list.stickers.push((file, said));
    }
    list
}

/// `stickers.json`, what Discord's form asks for.
fn discord(_files: &Files, listed: &Value) -> List {
    let said = |listed: &Value| {
        let said = StickerSaid {
            name: text(listed, "name"),
            emoji: Vec::new(),
            alt: text(listed, "description"),
            tags: text(listed, "tags").split(", ").map(str::to_owned).collect(),
        };
        (text(listed, "file"), said)
    };
    List { stickers: listed.as_array().into_iter().flatten().map(said).collect(), ..List::default() }
}

/// `pack.json`, the content of a Matrix event, as large as it is without what is only for people.
fn matrix(files: &Files, event: &Value) -> List {
    let mut list = List {
        facts: vec![Measured::number(About::EventBytes, MATRIX_LIST, event.to_string().len())],
        ..List::default()
    };
    for (shortcode, image) in event["images"].as_object().into_iter().flatten() {
        let url = text(image, "url");
        if !url.starts_with("mxc://") {
            list.amiss.push(format!("{shortcode} has no mxc:// address"));
        }
        let file = url.strip_prefix(MATRIX_PLACEHOLDER).map_or_else(|| called(files, shortcode), str::to_owned);
        if let Some(bytes) = files.get(&file) {
            list.facts.push(Measured::text(About::StatedInfo, &file, disagreement(&image["info"], bytes)));
        }
        let said = StickerSaid { name: shortcode.clone(), alt: text(image, "body"), ..StickerSaid::default() };
        list.stickers.push((file, said));
    }
    list
}

/// The picture of a shortcode that was uploaded already, so that its address does not tell its file.
fn called(files: &Files, shortcode: &str) -> String {
    let names = ["png", "webp"].map(|ending| format!("{shortcode}.{ending}"));
    let found = names.iter().find(|name| files.get(name).is_some());
    found.unwrap_or(&names[0]).clone()
}

/// Where the sizes and the format that are stated are not those of the file.
fn disagreement(info: &Value, bytes: &[u8]) -> String {
    let picture = decode_sticker(bytes).ok();
    let (width, height) = picture.map_or((0, 0), |picture| (picture.width(), picture.height()));
    let kind = match sniff(bytes) {
        Some(Format::Png) => "image/png",
        Some(Format::WebP) => "image/webp",
        _ => "something else",
    };
    let found = [("w", width.into()), ("h", height.into()), ("size", bytes.len().into()), ("mimetype", kind.into())];
    let differs = |(key, found): &(&str, Value)| !info[key].is_null() && info[key] != *found;
    let differing = found.iter().filter(|one| differs(one));
    differing.map(|(key, found)| format!("{key} {}, and it is {found}", info[key])).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat};
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_stated_of_a_picture_has_to_be_so() {
        let mut file = std::io::Cursor::new(Vec::new());
        DynamicImage::new_rgba8(3, 2).write_to(&mut file, ImageFormat::Png).unwrap();
        let file = file.into_inner();
        let sound = json!({ "w": 3, "h": 2, "size": file.len(), "mimetype": "image/png" });
        assert_eq!(disagreement(&sound, &file), "");
        assert_eq!(disagreement(&json!({}), &file), "");
        for (key, value) in [("w", json!(4)), ("h", json!("2")), ("size", json!(1)), ("mimetype", json!("image/webp"))]
        {
            let mut info = sound.clone();
            info[key] = value;
            assert!(disagreement(&info, &file).starts_with(key), "{info}");
        }
    }
}
