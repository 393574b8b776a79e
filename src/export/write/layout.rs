//! Targets that take a folder of pictures, some with a list beside them.

use serde_json::{Map, Value, json};

use super::pictures::{Picture, Pictures};
use super::{Written, json};
use crate::rules::Part;
use crate::words::Words;
use crate::{ExportError, Files, Target, archive};

/// Ends the name of Mastodon's archive.
pub(crate) const MASTODON_ARCHIVE_END: &str = ".tar.gz";

/// Telegram's list of stickers.
pub(crate) const TELEGRAM_LIST: &str = "set.json";

/// Discord's list of stickers.
pub(crate) const DISCORD_LIST: &str = "stickers.json";

/// The content of Matrix' event.
pub(crate) const MATRIX_LIST: &str = "pack.json";

/// What stands for the address that a Matrix server gives a picture once it is uploaded.
pub(crate) const MATRIX_PLACEHOLDER: &str = "mxc://REPLACE/";

/// The file of each picture besides the stickers.
const EXTRAS: [(Part, &str); 2] = [(Part::Cover, "cover.png"), (Part::Thumbnail, "thumbnail.png")];

/// Which picture besides the stickers a file is.
pub(crate) fn extra_of(path: &str) -> Option<Part> {
    EXTRAS.iter().find(|(_, name)| *name == path).map(|(part, _)| *part)
}

pub(super) fn write(
    written: &mut Written,
    target: Target,
    words: &Words,
    pictures: &Pictures,
) -> Result<(), ExportError> {
    let mut stickers = Files::default();
    let mut listed = Vec::new();
    for (said, sizes) in words.stickers.iter().zip(&pictures.stickers) {
        for picture in sizes {
            let size = if sizes.len() > 1 { format!("-{}", picture.size.0) } else { String::new() };
            let file = format!("{}{size}.{}", said.name, picture.extension());
            written.losses.extend(picture.loss().map(|loss| (file.clone(), loss)));
            stickers.add(file.clone(), picture.encoded.bytes.clone());
            listed.push((said, file, picture));
        }
    }
    for (part, name) in EXTRAS {
        if let Some(picture) = pictures.extra(part) {
            written.files.add(name, picture.encoded.bytes.clone());
        }
    }
    match target {
        Target::Telegram | Target::TelegramEmoji => {
            written.files.add(TELEGRAM_LIST, json::pretty(&telegram_set(target, words, &listed)));
        }
        Target::Discord => written.files.add(DISCORD_LIST, json::pretty(&discord_stickers(&listed))),
        Target::Matrix => written.files.add(MATRIX_LIST, json::pretty(&matrix_event(words, &listed))),
        Target::Mastodon => {
            let name = format!("{}{MASTODON_ARCHIVE_END}", words.identifier);
            written.files.add(name.clone(), archive::tar_gz(&name, &stickers)?);
        }
        _ => {}
    }
    for (path, bytes) in stickers.iter() {
        written.files.add(path, bytes);
    }
    Ok(())
}

type Listed<'a> = (&'a crate::words::StickerSaid, String, &'a Picture);

/// What `createNewStickerSet` of Telegram's Bot API is told, its name without the end that the bot's own name is.
fn telegram_set(target: Target, words: &Words, listed: &[Listed<'_>]) -> Value {
    let sticker = |(said, file, _): &Listed<'_>| json!({ "sticker": file, "format": "static", "emoji_list": said.emoji, "keywords": said.tags });
    json!({
        "name": words.identifier,
        "title": words.title,
        "sticker_type": if target == Target::TelegramEmoji { "custom_emoji" } else { "regular" },
        "stickers": listed.iter().map(sticker).collect::<Vec<_>>(),
    })
}

/// What Discord's form asks for.
fn discord_stickers(listed: &[Listed<'_>]) -> Value {
    let sticker = |(said, file, _): &Listed<'_>| json!({ "file": file, "name": said.name, "description": said.alt, "tags": said.tags.join(", ") });
    listed.iter().map(sticker).collect()
}

/// The content of an `m.room.image_pack` event, its addresses to be filled in after the upload.
fn matrix_event(words: &Words, listed: &[Listed<'_>]) -> Value {
    let image = |(said, file, picture): &Listed<'_>| {
        let body = if said.alt.is_empty() { &said.name } else { &said.alt };
        let (width, height) = picture.size;
        let info = json!({ "w": width, "h": height, "size": picture.encoded.bytes.len(), "mimetype": "image/png" });
        (
            said.name.clone(),
            json!({ "url": format!("{MATRIX_PLACEHOLDER}{file}"), "body": body, "info": info, "usage": ["sticker"] }),
        )
    };
    let images: Map<String, Value> = listed.iter().map(image).collect();
    let mut pack = Map::new();
    pack.insert("usage".to_owned(), json!(["sticker"]));
    for (key, text) in [("display_name", &words.title), ("attribution", &words.author)] {
        if !text.is_empty() {
            pack.insert(key.to_owned(), json!(text));
        }
    }
    json!({ "images": images, "pack": pack })
}
