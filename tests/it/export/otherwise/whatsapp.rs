//! What WhatsApp refuses of several packs, of what it is told of one, and of an archive.

use image::RgbaImage;
use serde_json::{Value, json};
use sticker_booth::export::{About, Files, Target};

use super::super::files::Changed;
use super::breaks;

/// Adds a pack to WhatsApp's list after it was changed.
fn add_pack(pack: &mut Changed, change: impl FnOnce(&mut Value)) {
    pack.json("contents.json", |contents| {
        let mut second = contents["sticker_packs"][0].clone();
        change(&mut second);
        contents["sticker_packs"].as_array_mut().unwrap().push(second);
    });
}

/// The same with the files of the first pack under its name.
fn add_whole_pack(pack: &mut Changed, change: impl FnOnce(&mut Value)) {
    let files: Vec<(String, Vec<u8>)> =
        pack.files.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
    for (path, bytes) in files {
        if let Some(file) = path.strip_prefix("eileen-says/") {
            pack.files.add(format!("second/{file}"), bytes);
        }
    }
    add_pack(pack, |second| {
        second["identifier"] = json!("second");
        change(second);
    });
}

fn in_pack(pack: &mut Changed, key: &str, value: Value) {
    pack.json("contents.json", |contents| contents["sticker_packs"][0][key] = value);
}

/// As many stickers in the archive as this.
fn in_archive(pack: &mut Changed, count: usize) {
    pack.wastickers(|content| {
        let sticker = content.get("01.webp").unwrap().to_vec();
        let others = content.iter().filter(|(path, _)| !path.ends_with(".webp"));
        let others = others.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
        *content = others.collect::<Files>();
        (0..count).for_each(|number| content.add(format!("{number:02}.webp"), sticker.clone()));
    });
}

#[test]
fn every_pack_of_a_whatsapp_list_is_measured() {
    breaks(
        Target::WhatsApp,
        &[
            ("a second sound pack", |pack| add_whole_pack(pack, |_| {}), &[]),
            (
                "a second pack of one sticker without a name",
                |pack| {
                    add_whole_pack(pack, |second| {
                        second["name"] = json!("");
                        second["stickers"].as_array_mut().unwrap().truncate(1);
                    });
                },
                &[About::Stickers, About::Title],
            ),
            (
                "a second pack that is marked as animated",
                |pack| add_whole_pack(pack, |second| second["animated_sticker_pack"] = json!(true)),
                &[About::MarkedAnimated],
            ),
            (
                "a second pack that links nowhere",
                |pack| add_whole_pack(pack, |second| second["publisher_website"] = json!("nowhere")),
                &[About::Links],
            ),
            ("the same pack again", |pack| add_pack(pack, |_| {}), &[About::Contents]),
            (
                "a field that nobody knows",
                |pack| pack.json("contents.json", |contents| contents["version"] = json!(1)),
                &[About::Contents],
            ),
        ],
    );
}

#[test]
fn what_whatsapp_is_told_of_a_pack_has_to_be_so() {
    breaks(
        Target::WhatsApp,
        &[
            ("an address", |pack| in_pack(pack, "publisher_email", json!("eileen@example.com")), &[]),
            ("no address", |pack| in_pack(pack, "publisher_email", json!("eileen@example")), &[About::Email]),
            ("a list of addresses", |pack| in_pack(pack, "publisher_email", json!(["a@example.com"])), &[About::Email]),
            (
                "a word for whether it moves",
                |pack| in_pack(pack, "animated_sticker_pack", json!("false")),
                &[About::MarkedAnimated],
            ),
            ("a link that is no text", |pack| in_pack(pack, "publisher_website", json!({})), &[About::Links]),
            ("a version that is a number", |pack| in_pack(pack, "image_data_version", json!(1)), &[About::DataVersion]),
            ("a clear tray icon", |pack| pack.put_picture("tray.png", &RgbaImage::new(96, 96)), &[About::Seen]),
        ],
    );
}

#[test]
fn the_archive_for_whatsapp_keeps_the_same_rules_as_its_folder() {
    breaks(
        Target::WhatsApp,
        &[
            ("three stickers", |pack| in_archive(pack, 3), &[]),
            ("two stickers", |pack| in_archive(pack, 2), &[About::Stickers]),
            ("31 stickers", |pack| in_archive(pack, 31), &[About::Stickers]),
            ("no title", |pack| pack.wastickers(|content| content.add("title.txt", "\n")), &[About::Title]),
            (
                "a long title",
                |pack| pack.wastickers(|content| content.add("title.txt", "a".repeat(129))),
                &[About::Title],
            ),
            ("no author", |pack| pack.wastickers(|content| content.add("author.txt", "")), &[About::Author]),
            (
                "a long author",
                |pack| pack.wastickers(|content| content.add("author.txt", "👋".repeat(65))),
                &[About::Author],
            ),
            (
                "a second archive that is none",
                |pack| pack.files.add("second.wastickers", "no archive"),
                &[About::ArchiveFiles],
            ),
        ],
    );
}
