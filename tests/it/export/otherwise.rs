//! Rules that can be broken in more than one way: each way is told as that rule and no other.

mod whatsapp;

use image::{DynamicImage, ImageFormat, RgbaImage};
use serde_json::{Value, json};
use sticker_booth::export::{About, Part, Target};

use super::breaking::{grey_png, sheet_png};
use super::files::{self, Changed};
use super::{Maker, broken, check};

/// Something done to a pack, and the rules that it breaks.
type Way = (&'static str, fn(&mut Changed), &'static [About]);

/// Checks each way of breaking a pack for a target.
fn breaks(target: Target, ways: &[Way]) {
    let maker = Maker::new();
    let base = files::read(&maker.pack(target));
    let folders: Vec<_> = (0..ways.len()).map(|number| maker.booth.path(&format!("way-{number}"))).collect();
    for ((what, change, _), folder) in ways.iter().zip(&folders) {
        let mut changed = Changed::of(target, &base);
        change(&mut changed);
        assert!(changed.files != base, "{target}, {what}: nothing was broken");
        changed.write(folder);
    }
    for ((what, _, abouts), report) in ways.iter().zip(check(&maker.booth, target, &folders)) {
        let mut wanted: Vec<&str> = abouts.iter().map(|about| about.label()).collect();
        let mut found = broken(&report);
        wanted.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, wanted, "{target}, {what}: {report}");
        assert_eq!(report["ok"], abouts.is_empty(), "{target}, {what}");
    }
}

#[test]
fn telegram_is_told_what_is_there_under_a_name_that_a_bot_can_end() {
    breaks(
        Target::Telegram,
        &[
            ("room for the longest bot", |pack| pack.json("set.json", |set| set["name"] = json!("a".repeat(28))), &[]),
            (
                "no room for the longest bot",
                |pack| pack.json("set.json", |set| set["name"] = json!("a".repeat(29))),
                &[About::Identifier],
            ),
            (
                "a long name with its bot",
                |pack| pack.json("set.json", |set| set["name"] = json!(format!("{}_by_eileen_bot", "a".repeat(50)))),
                &[],
            ),
            (
                "a name that the bot's would part by two underscores",
                |pack| pack.json("set.json", |set| set["name"] = json!("eileen_")),
                &[About::IdentifierLetters],
            ),
            (
                "no format",
                |pack| pack.json("set.json", |set| set["stickers"][3]["format"] = Value::Null),
                &[About::StatedFormat],
            ),
            ("a kind that nobody names", |pack| pack.json("set.json", |set| set["sticker_type"] = Value::Null), &[]),
            (
                "custom emoji",
                |pack| pack.json("set.json", |set| set["sticker_type"] = json!("custom_emoji")),
                &[About::SetType],
            ),
            (
                "a picture that is not listed",
                |pack| {
                    pack.json("set.json", |set| {
                        set["stickers"].as_array_mut().unwrap().pop();
                    });
                },
                &[About::Listed],
            ),
            (
                "121 stickers of one file",
                |pack| {
                    pack.json("set.json", |set| {
                        let first = set["stickers"][0].clone();
                        set["stickers"].as_array_mut().unwrap().extend(vec![first; 113]);
                    });
                },
                // Binding, and advised.
                &[About::Stickers, About::Stickers],
            ),
            (
                "no list",
                |pack| pack.keep(|path| path != "set.json"),
                &[
                    About::Stickers,
                    About::Stickers,
                    About::Emoji,
                    About::Keywords,
                    About::Tags,
                    About::Identifier,
                    About::IdentifierLetters,
                    About::SetType,
                    About::StatedFormat,
                    About::Listed,
                ],
            ),
        ],
    );
    breaks(
        Target::TelegramEmoji,
        &[(
            "a kind that nobody names",
            |pack| pack.json("set.json", |set| set["sticker_type"] = Value::Null),
            &[About::SetType],
        )],
    );
}

#[test]
fn lists_name_the_pictures_that_are_there_and_no_other() {
    breaks(
        Target::Discord,
        &[
            (
                "another file",
                |pack| pack.json("stickers.json", |list| list[0]["file"] = json!("gone.png")),
                &[About::Listed],
            ),
            (
                "a picture that is not listed",
                |pack| {
                    pack.json("stickers.json", |list| {
                        list.as_array_mut().unwrap().pop();
                    });
                },
                &[About::Listed],
            ),
        ],
    );
    breaks(
        Target::Matrix,
        &[
            ("a shortcode with a colon", |pack| rename_image(pack, "a:b"), &[About::NameLetters]),
            ("a shortcode with a slash", |pack| rename_image(pack, "a/b"), &[About::NameLetters]),
            ("a shortcode of 101 letters", |pack| rename_image(pack, &"a".repeat(101)), &[About::Name]),
            ("another height", |pack| state(pack, "h", json!(1)), &[About::StatedInfo]),
            ("another size", |pack| state(pack, "size", json!(1)), &[About::StatedInfo]),
            ("another format", |pack| state(pack, "mimetype", json!("image/webp")), &[About::StatedInfo]),
            ("another address", |pack| in_image(pack, "url", json!("https://example.com/a.png")), &[About::Listed]),
        ],
    );
}

fn in_image(pack: &mut Changed, key: &str, value: Value) {
    pack.json("pack.json", |event| {
        event["images"].as_object_mut().unwrap().values_mut().next().unwrap()[key] = value;
    });
}

fn state(pack: &mut Changed, key: &str, value: Value) {
    pack.json("pack.json", |event| {
        event["images"].as_object_mut().unwrap().values_mut().next().unwrap()["info"][key] = value;
    });
}

fn rename_image(pack: &mut Changed, shortcode: &str) {
    pack.json("pack.json", |event| {
        let images = event["images"].as_object_mut().unwrap();
        let first = images.keys().next().unwrap().clone();
        let image = images.remove(&first).unwrap();
        images.insert(shortcode.to_owned(), image);
    });
}

#[test]
fn imessage_gets_stickers_of_its_grid_and_icons_without_transparency() {
    breaks(
        Target::IMessage,
        &[
            (
                "a smaller grid",
                |pack| pack.json(".stickerpack/Contents.json", |pack| pack["properties"]["grid-size"] = json!("small")),
                &[About::GridSide],
            ),
            (
                "an icon with room for transparency",
                |pack| {
                    let mut png = std::io::Cursor::new(Vec::new());
                    let icon = DynamicImage::from(pack.picture("ipad-67x50@2x.png"));
                    icon.write_to(&mut png, ImageFormat::Png).unwrap();
                    pack.put("ipad-67x50@2x.png", png.into_inner());
                },
                &[About::Icons],
            ),
        ],
    );
}

#[test]
fn line_numbers_its_stickers_and_wants_them_in_colours() {
    breaks(
        Target::Line,
        &[
            (
                "a grey main picture",
                |pack| {
                    let grey = grey_png(&pack.picture("main.png"));
                    pack.put("main.png", grey);
                },
                &[About::Colours],
            ),
            ("a gap", |pack| pack.rename(|path| path.replace("03.png", "11.png")), &[About::Numbering]),
            ("numbers of one digit", |pack| pack.rename(|path| path.replace("03.png", "3.png")), &[About::Numbering]),
            ("a clear tab", |pack| pack.put_picture("tab.png", &RgbaImage::new(96, 74)), &[About::Seen]),
        ],
    );
}

#[test]
fn each_sticker_is_there_in_every_size() {
    breaks(
        Target::Twitch,
        &[(
            "the same size twice",
            |pack| {
                let small = pack.stickers().into_iter().find(|path| path.ends_with("-28.png")).unwrap();
                let bytes = pack.bytes(&small);
                pack.put(&small.replace("-28", "-56"), bytes);
            },
            &[About::SizesOfEach],
        )],
    );
    for target in [Target::Kick, Target::YouTube] {
        breaks(
            target,
            &[(
                "a sticker without its picture",
                |pack| pack.json("emoji.txt", |emoji| emoji["gone"] = json!("👋")),
                &[About::SizesOfEach],
            )],
        );
    }
}

#[test]
fn a_sheet_is_whole_and_measured_in_millimetres() {
    breaks(
        Target::Print,
        &[
            (
                "units of pixels",
                |pack| in_svg(pack, "viewBox=\"0 0 210 297\"", "viewBox=\"0 0 2480 3508\""),
                &[About::CutUnits],
            ),
            ("lines that are stretched", |pack| in_svg(pack, "<g ", "<g transform=\"scale(2)\" "), &[About::CutUnits]),
            (
                "another paper",
                |pack| {
                    in_svg(
                        pack,
                        "width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\"",
                        "width=\"420mm\" height=\"594mm\" viewBox=\"0 0 420 594\"",
                    );
                },
                &[About::SheetFiles],
            ),
            ("lines beside the paper", |pack| in_svg(pack, "<path d=\"M", "<path d=\"M-1,100 L"), &[About::CutLines]),
            (
                "a page of another paper",
                |pack| {
                    let pdf = pack.bytes("sheet-1.pdf");
                    let at = pdf.windows(9).position(|window| window == b"/MediaBox").unwrap() + 9;
                    let end = at + pdf[at..].iter().position(|byte| *byte == b']').unwrap();
                    pack.put("sheet-1.pdf", [&pdf[..at], b" [0 0 300 400", &pdf[end..]].concat());
                },
                &[About::SheetFiles],
            ),
            ("no sheet to print", |pack| pack.keep(|path| path != "sheet-1.png"), &[About::SheetFiles]),
            (
                "a clear sheet",
                |pack| {
                    let (width, height) = pack.picture("sheet-1.png").dimensions();
                    pack.put("sheet-1.png", sheet_png(&RgbaImage::new(width, height)));
                },
                &[About::Seen],
            ),
        ],
    );
}

#[test]
fn a_picture_in_another_format_is_no_less_a_picture() {
    for target in [Target::Slack, Target::DiscordEmoji, Target::Png] {
        breaks(
            target,
            &[(
                "a JPEG beside the stickers",
                |pack| {
                    let mut jpeg = std::io::Cursor::new(Vec::new());
                    let picture = DynamicImage::from(pack.picture(&pack.stickers()[0])).into_rgb8();
                    picture.write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
                    pack.files.add("more.jpg", jpeg.into_inner());
                },
                &[About::Format(Part::Sticker)],
            )],
        );
    }
}

fn in_svg(pack: &mut Changed, old: &str, new: &str) {
    let text = String::from_utf8(pack.bytes("sheet-1-cut.svg")).unwrap();
    pack.put("sheet-1-cut.svg", text.replace(old, new).into_bytes());
}
