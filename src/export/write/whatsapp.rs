//! WhatsApp: the folder that its sample apps take, and an archive for apps that fetch stickers for it.

use serde_json::json;

use super::pictures::Pictures;
use super::{Written, add_zip, json};
use crate::rules::Part;
use crate::words::Words;
use crate::{ExportError, Files, Options};

/// The list of packs.
pub(crate) const CONTENTS: &str = "contents.json";

/// Ends the name of the archive.
pub(crate) const ARCHIVE_END: &str = ".wastickers";

/// The tray icon's file.
const TRAY: &str = "tray.png";

pub(super) fn write(
    written: &mut Written,
    words: &Words,
    pictures: &Pictures,
    options: Options,
) -> Result<(), ExportError> {
    let folder = &words.identifier;
    let mut archive = Files::default();
    let mut stickers = Vec::new();
    for (said, picture) in words.stickers.iter().zip(pictures.stickers.iter().flatten()) {
        let file = format!("{}.{}", said.name, picture.extension());
        written.losses.extend(picture.loss().map(|loss| (file.clone(), loss)));
        written.files.add(format!("{folder}/{file}"), picture.encoded.bytes.clone());
        archive.add(file.clone(), picture.encoded.bytes.clone());
        let mut sticker = json!({ "image_file": file, "emojis": said.emoji });
        if !said.alt.is_empty() {
            sticker["accessibility_text"] = json!(said.alt);
        }
        stickers.push(sticker);
    }
    if let Some(tray) = pictures.extra(Part::Tray) {
        written.files.add(format!("{folder}/{TRAY}"), tray.encoded.bytes.clone());
        archive.add("cover.png", tray.encoded.bytes.clone());
    }
    archive.add("title.txt", words.title.as_bytes());
    archive.add("author.txt", words.author.as_bytes());
    add_zip(&mut written.files, &format!("{folder}{ARCHIVE_END}"), &archive)?;
    let pack = json!({
        "identifier": words.identifier,
        "name": words.title,
        "publisher": words.author,
        "tray_image_file": TRAY,
        "image_data_version": options.version.to_string(),
        "publisher_website": "",
        "privacy_policy_website": "",
        "license_agreement_website": "",
        "animated_sticker_pack": false,
        "stickers": stickers,
    });
    let contents = json!({ "android_play_store_link": "", "ios_app_store_link": "", "sticker_packs": [pack] });
    written.files.add(CONTENTS, json::pretty(&contents));
    Ok(())
}
