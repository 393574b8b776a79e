//! For every rule of the table one pack that breaks it and nothing else.

use image::{GenericImage as _, ImageFormat, Rgba, RgbaImage};
use serde_json::{Value, json};
use sticker_booth::export::rules::{Size, rule, rules_of};
use sticker_booth::export::{About, Allowed, Part, Rule, Target, Weight};
use sticker_booth::picture::{PngText, with_png_text};

use super::files::Changed;
use super::pictures::{animated_png, animated_webp, noise, webp};
use super::{Maker, check, files};

#[test]
fn a_pack_that_breaks_one_rule_is_told_that_rule_and_no_other() {
    let maker = Maker::new();
    for target in Target::ALL {
        let base = files::read(&maker.pack(target));
        // How many pixels there are for an inch is told before anything is written.
        let rules: Vec<&Rule> = rules_of(target).filter(|rule| rule.about != About::Dpi).collect();
        let folders: Vec<_> =
            (0..rules.len()).map(|number| maker.booth.path(&format!("{}-{number}", target.id()))).collect();
        for (rule, folder) in rules.iter().zip(&folders) {
            let mut changed = Changed::of(target, &base);
            break_rule(&mut changed, rule);
            assert!(changed.files != base, "{target}: {:?} was not broken", rule.about);
            changed.write(folder);
        }
        for (rule, report) in rules.iter().zip(check(&maker.booth, target, &folders)) {
            let lights = report["lights"].as_array().unwrap();
            let broken = rules.iter().zip(lights).filter(|(_, light)| light["ok"] != true);
            let broken: Vec<(About, Weight)> = broken.map(|(rule, _)| (rule.about, rule.weight)).collect();
            assert!(broken.contains(&(rule.about, rule.weight)), "{target}: {:?} is not seen: {report}", rule.about);
            let others: Vec<_> =
                broken.iter().filter(|(about, _)| *about != rule.about && !goes_along(rule.about, *about)).collect();
            assert!(others.is_empty(), "{target}: {:?} also breaks {others:?}: {report}", rule.about);
            let refused = broken.iter().any(|(_, weight)| *weight == Weight::Must);
            assert_eq!(report["ok"], !refused, "{target}: {:?}", rule.about);
        }
    }
}

/// Can one not be broken without the other?
fn goes_along(broken: About, other: About) -> bool {
    match broken {
        // A second frame is a chunk of its own; a drawn corner has no margin; what cannot be opened holds nothing.
        About::Frames => other == About::Chunks,
        About::Corners => other == About::Margin,
        // Of one sticker less, the list beside them speaks too.
        About::Tree => other == About::Stickers,
        // Of two sizes one is not that of the grid.
        About::Sizes => other == About::GridSide,
        _ => false,
    }
}

pub fn break_rule(pack: &mut Changed, rule: &Rule) {
    if pack.target == Target::Print {
        return break_sheet(pack, rule.about);
    }
    let over = rule.allowed.most().map_or(0, |most| most as usize + 1);
    let first = pack.stickers()[0].clone();
    match rule.about {
        About::Stickers => break_count(pack, over),
        About::Format(part) => {
            let path = path_of(pack, part);
            let other = if path.ends_with(".webp") { png_of(pack, &path) } else { webp(&pack.picture(&path)) };
            pack.put(&path, other);
        }
        About::Pixels(part) => break_pixels(pack, part, rule.allowed),
        About::Bytes(part) => {
            let path = path_of(pack, part);
            let large = larger(pack, &path, over);
            pack.put(&path, large);
        }
        About::Frames => {
            let picture = pack.picture(&first);
            let animated = if first.ends_with(".webp") { animated_webp(&picture) } else { animated_png(&picture) };
            pack.put(&first, animated);
        }
        About::Chunks => {
            let mut bytes = pack.bytes(&first);
            bytes.push(0);
            pack.put(&first, bytes);
        }
        About::Margin | About::Corners => {
            let mut picture = pack.picture(&first);
            let x = if rule.about == About::Margin { picture.width() / 2 } else { 0 };
            picture.put_pixel(x, 0, Rgba([9, 9, 9, 255]));
            pack.put_picture(&first, &picture);
        }
        About::Seen => {
            let (width, height) = pack.picture(&first).dimensions();
            pack.put_picture(&first, &RgbaImage::new(width, height));
        }
        About::Colours => {
            let grey = grey_png(&pack.picture(&first));
            pack.put(&first, grey);
        }
        // Each list goes on naming it.
        About::Listed | About::SizesOfEach => pack.keep(|path| path != first),
        About::Numbering => pack.rename(|path| path.replace("08.png", "09.png")),
        About::WrittenAnew => {
            let (width, height) = pack.picture(&first).dimensions();
            pack.put_picture(&first, &noise(width, height));
        }
        About::Sizes => {
            let picture = pack.picture(&first);
            pack.put_picture(&first, &resized(&picture, (300, 300)));
        }
        About::ArchiveFiles => pack.files.add(archive_of(pack), b"no archive".as_slice()),
        About::ArchiveBytes => {
            let bytes = pack.files.get(&archive_of(pack)).unwrap().to_vec();
            pack.files.add(archive_of(pack), [vec![0; over], bytes].concat());
        }
        about => break_words(pack, about, over, &first),
    }
}

fn break_count(pack: &mut Changed, over: usize) {
    match pack.target {
        Target::WhatsApp => pack.json("contents.json", |contents| {
            let stickers = contents["sticker_packs"][0]["stickers"].as_array_mut().unwrap();
            stickers.truncate(2);
        }),
        Target::Line => pack.keep(|path| path != "08.png"),
        _ => {
            let path = pack.stickers()[0].clone();
            let bytes = pack.bytes(&path);
            for number in 0..over {
                pack.files.add(format!("more{number}.{}", path.rsplit('.').next().unwrap()), bytes.clone());
            }
            let names: Vec<String> =
                pack.stickers().iter().map(|path| path.rsplit_once('.').unwrap().0.to_owned()).collect();
            let emoji: serde_json::Map<String, Value> = names.into_iter().map(|name| (name, json!("👋"))).collect();
            pack.files.add("emoji.txt", serde_json::to_vec(&emoji).unwrap());
            if pack.files.get("set.json").is_some() {
                let listed = |file: &String| json!({ "sticker": file, "format": "static", "emoji_list": ["👋"] });
                let listed: Vec<Value> = pack.stickers().iter().map(listed).collect();
                pack.json("set.json", |set| set["stickers"] = json!(listed));
            }
        }
    }
}

fn break_pixels(pack: &mut Changed, part: Part, allowed: Allowed) {
    let Allowed::Size(size) = allowed else { panic!("{allowed}") };
    let paths = if part == Part::Sticker { pack.stickers() } else { vec![path_of(pack, part)] };
    for path in paths {
        let picture = pack.picture(&path);
        let (width, height) = match size {
            Size::AtLeast(width, height) | Size::EvenWithin(width, height) => (width - 1, height),
            Size::Square(_, most) => (most + 1, most + 1),
            Size::Squares(_) => (picture.width() + 1, picture.height() + 1),
            Size::Exactly(width, height) | Size::Within(width, height) => (width + 1, height),
            Size::OneSide(side) => (side - 1, side - 1),
        };
        pack.put_picture(&path, &resized(&picture, (width, height)));
    }
}

fn break_words(pack: &mut Changed, about: About, over: usize, first: &str) {
    let target = pack.target;
    let long = || "a".repeat(over);
    let in_contents = |pack: &mut Changed, key: &str, value: Value| {
        pack.json("contents.json", |contents| {
            let outer = contents.get(key).is_some();
            if outer { contents[key] = value } else { contents["sticker_packs"][0][key] = value }
        });
    };
    match (target, about) {
        (Target::WhatsApp, About::Title) => in_contents(pack, "name", json!(long())),
        (Target::WhatsApp, About::Author) => in_contents(pack, "publisher", json!("")),
        (Target::WhatsApp, About::Emoji) => in_sticker(pack, "emojis", &json!([])),
        (Target::WhatsApp, About::AltText) => in_sticker(pack, "accessibility_text", &json!("👋".repeat(63))),
        (Target::WhatsApp, About::Identifier | About::IdentifierLetters) => {
            let name = if about == About::Identifier { long() } else { "a..b".to_owned() };
            in_contents(pack, "identifier", json!(name));
            pack.rename(|path| path.replace("eileen-says/", &format!("{name}/")));
        }
        (Target::WhatsApp, About::PlayStoreLink) => {
            in_contents(pack, "android_play_store_link", json!("https://example.com"));
        }
        (Target::WhatsApp, About::AppStoreLink) => {
            in_contents(pack, "ios_app_store_link", json!("https://apps.apple.com/x"));
        }
        (Target::WhatsApp, About::Links) => in_contents(pack, "publisher_website", json!("example.com")),
        (Target::WhatsApp, About::Email) => in_contents(pack, "publisher_email", json!("nobody")),
        (Target::WhatsApp, About::MarkedAnimated) => in_contents(pack, "animated_sticker_pack", json!(true)),
        (Target::WhatsApp, About::Contents) => in_sticker(pack, "emoji", &json!("👋")),
        (Target::WhatsApp, About::DataVersion) => in_contents(pack, "image_data_version", json!("")),
        (Target::Telegram | Target::TelegramEmoji, _) => break_set(pack, about, over),
        (Target::Discord, about) => {
            let (key, value) = match about {
                About::Name => ("name", json!("a")),
                About::AltText => ("description", json!("a")),
                _ => ("tags", json!(long())),
            };
            pack.json("stickers.json", |list| list[0][key] = value);
        }
        (Target::Signal, About::Emoji) => pack.json("emoji.txt", |emoji| emoji["01"] = json!("👋👍")),
        (_, About::Title) => pack.files.add("title.txt", if over == 1 { String::new() } else { long() }),
        (_, About::Author) => pack.files.add("author.txt", if over == 1 { String::new() } else { long() }),
        (Target::IMessage, about) => break_catalog(pack, about, over),
        (Target::Matrix, about) => break_event(pack, about, over),
        (_, About::Name | About::NameLetters) => {
            let new = match (about, target) {
                (About::NameLetters, Target::Slack) => "Upper.png".to_owned(),
                (About::NameLetters, _) => "a b.png".to_owned(),
                _ => "a.png".to_owned(),
            };
            pack.rename(|path| if path == first { new.clone() } else { path.to_owned() });
        }
        (target, about) => panic!("no pack breaks {about:?} of {target}"),
    }
}

fn in_sticker(pack: &mut Changed, key: &str, value: &Value) {
    pack.json("contents.json", |contents| contents["sticker_packs"][0]["stickers"][0][key] = value.clone());
}

fn break_set(pack: &mut Changed, about: About, over: usize) {
    let long = "a".repeat(over);
    pack.json("set.json", |set| match about {
        About::Title => set["title"] = json!(long),
        About::Identifier => set["name"] = json!(long),
        About::IdentifierLetters => set["name"] = json!("eileen__says"),
        About::Emoji => set["stickers"][0]["emoji_list"] = json!([]),
        About::Keywords => set["stickers"][0]["keywords"] = json!(vec!["a"; over]),
        About::Tags => set["stickers"][0]["keywords"] = json!([long]),
        About::SetType => set["sticker_type"] = json!("mask"),
        About::StatedFormat => set["stickers"][0]["format"] = json!("video"),
        about => panic!("no set breaks {about:?}"),
    });
}

fn break_event(pack: &mut Changed, about: About, over: usize) {
    pack.json("pack.json", |event| {
        let images = event["images"].as_object_mut().unwrap();
        let shortcode = images.keys().next().unwrap().clone();
        match about {
            About::EventBytes => event["pack"]["attribution"] = json!("a".repeat(over)),
            About::StatedInfo => images[&shortcode]["info"]["w"] = json!(511),
            About::Name | About::NameLetters => {
                let image = images.remove(&shortcode).unwrap();
                images.insert(if about == About::Name { "é".repeat(51) } else { "a b".to_owned() }, image);
            }
            about => panic!("no event breaks {about:?}"),
        }
    });
}

fn break_catalog(pack: &mut Changed, about: About, over: usize) {
    match about {
        About::AltText => pack.json(".sticker/Contents.json", |sticker| {
            sticker["properties"]["accessibility-label"] = json!("a".repeat(over));
        }),
        About::GridSize => {
            pack.json(".stickerpack/Contents.json", |pack| pack["properties"]["grid-size"] = json!("grid"));
        }
        About::GridSide => {
            pack.json(".stickerpack/Contents.json", |pack| pack["properties"]["grid-size"] = json!("large"));
        }
        About::Tree => pack.json(".stickerpack/Contents.json", |pack| {
            pack["stickers"].as_array_mut().unwrap().pop();
        }),
        About::Icons => pack.keep(|path| !path.ends_with("ipad-67x50@2x.png")),
        about => panic!("no catalog breaks {about:?}"),
    }
}

fn break_sheet(pack: &mut Changed, about: About) {
    let text = |pack: &Changed, end: &str| String::from_utf8(pack.bytes(end)).unwrap();
    let flat = "sheet-1-flat.png";
    match about {
        // What is written anew says nothing of its density.
        About::Density => pack.put_picture("sheet-1.png", &pack.picture("sheet-1.png")),
        About::HalfClear => {
            let mut picture = pack.picture(flat);
            picture.put_pixel(0, 0, Rgba([9, 9, 9, 100]));
            pack.put(flat, sheet_png(&picture));
        }
        About::Seen => {
            let (width, height) = pack.picture(flat).dimensions();
            pack.put(flat, sheet_png(&RgbaImage::new(width, height)));
        }
        About::SheetFiles => {
            let pdf = pack.bytes("sheet-1.pdf");
            pack.files.add("sheet-99.pdf", pdf);
        }
        About::CutUnits => {
            let pixels = text(pack, "sheet-1-cut.svg").replacen("mm\"", "px\"", 2);
            pack.put("sheet-1-cut.svg", pixels.into_bytes());
        }
        About::CutLines => {
            let open = text(pack, "sheet-1-cut.svg").replacen(" Z", "", 1);
            pack.put("sheet-1-cut.svg", open.into_bytes());
        }
        About::SpotColour => {
            let pdf = pack.bytes("sheet-1.pdf");
            let at = pdf.windows(10).position(|window| window == b"CutContour").unwrap();
            pack.put("sheet-1.pdf", [&pdf[..at], b"CutOutside".as_slice(), &pdf[at + 10..]].concat());
        }
        about => panic!("no sheet breaks {about:?}"),
    }
}

/// A sheet as a PNG file of 300 DPI.
pub fn sheet_png(picture: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgba);
    let unit = png::Unit::Meter;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: 11_811, yppu: 11_811, unit }));
    encoder.write_header().unwrap().write_image_data(picture.as_raw()).unwrap();
    bytes
}

/// The same picture without colours.
pub fn grey_png(picture: &RgbaImage) -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    let grey = image::DynamicImage::from(picture.clone()).into_luma_alpha8();
    grey.write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

fn path_of(pack: &Changed, part: Part) -> String {
    match part {
        Part::Sticker => pack.stickers()[0].clone(),
        Part::Tray => "tray.png".to_owned(),
        Part::Cover => "cover.png".to_owned(),
        Part::Thumbnail => "thumbnail.png".to_owned(),
        Part::Main => "main.png".to_owned(),
        Part::Tab => "tab.png".to_owned(),
    }
}

fn archive_of(pack: &Changed) -> String {
    let is_archive = |path: &str| [".wastickers", ".zip", ".tar.gz"].iter().any(|end| path.ends_with(end));
    pack.files.iter().map(|(path, _)| path.to_owned()).find(|path| is_archive(path)).unwrap()
}

fn png_of(pack: &Changed, path: &str) -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    pack.picture(path).write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

/// The same picture in a file of more bytes than are allowed, by us and by who is more generous.
fn larger(pack: &Changed, path: &str, bytes: usize) -> Vec<u8> {
    let bytes = bytes + 20_000;
    if path.ends_with(".png") {
        return with_png_text(&pack.bytes(path), &[PngText::new("Comment", "a".repeat(bytes))]).unwrap();
    }
    if rule(pack.target, About::Chunks).is_none() {
        return with_junk(&pack.bytes(path), bytes);
    }
    // Noise within the margins that the sticker keeps.
    let (width, height) = pack.picture(path).dimensions();
    let margin = 16;
    let mut picture = RgbaImage::new(width, height);
    picture.copy_from(&noise(width - 2 * margin, height - 2 * margin), margin, margin).unwrap();
    webp(&picture)
}

/// A WebP file with a chunk at its end that nobody knows.
fn with_junk(webp: &[u8], bytes: usize) -> Vec<u8> {
    let bytes = bytes.next_multiple_of(2);
    let junk = [b"JUNK".as_slice(), &(bytes as u32).to_le_bytes(), &vec![0; bytes]].concat();
    let body = [&webp[8..], &junk].concat();
    [b"RIFF".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat()
}

/// The picture in another size, its margins grown or cut.
fn resized(picture: &RgbaImage, (width, height): (u32, u32)) -> RgbaImage {
    let mut resized = RgbaImage::new(width, height);
    let (left, top) = (i64::from(width) - i64::from(picture.width()), i64::from(height) - i64::from(picture.height()));
    image::imageops::replace(&mut resized, picture, left / 2, top / 2);
    resized
}
