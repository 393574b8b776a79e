//! The lists beside pictures that some platforms ask for.

use super::{json, text, texts};
use crate::Files;
use crate::files::stem_of;
use crate::lights::Measured;
use crate::rules::About;
use crate::words::Words;

/// `set.json`, as Telegram's Bot API takes it.
pub(super) fn telegram(files: &Files, words: &mut Words) {
    let Some(set) = json(files, "set.json") else { return };
    words.identifier = text(&set, "name");
    words.title = text(&set, "title");
    for listed in set["stickers"].as_array().into_iter().flatten() {
        let file = text(listed, "sticker");
        if let Some(sticker) = words.stickers.iter_mut().find(|sticker| sticker.name == stem_of(&file)) {
            sticker.emoji = texts(listed, "emoji_list");
            sticker.tags = texts(listed, "keywords");
        }
    }
}

/// `stickers.json`, what Discord's form asks for.
pub(super) fn discord(files: &Files, words: &mut Words) {
    let listed = json(files, "stickers.json").unwrap_or_default();
    for listed in listed.as_array().into_iter().flatten() {
        let file = text(listed, "file");
        if let Some(sticker) = words.stickers.iter_mut().find(|sticker| sticker.name == stem_of(&file)) {
            sticker.name = text(listed, "name");
            sticker.alt = text(listed, "description");
            sticker.tags = text(listed, "tags").split(", ").map(str::to_owned).collect();
        }
    }
}

/// `pack.json`, the content of a Matrix event, as large as it is without what is only for people.
pub(super) fn matrix(files: &Files) -> Option<Measured> {
    let event = json(files, "pack.json")?;
    Some(Measured::number(About::EventBytes, "pack.json", event.to_string().len()))
}
