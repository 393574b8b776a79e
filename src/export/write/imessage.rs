//! iMessage: the asset catalog of a sticker pack, as an Xcode project takes it.

use serde_json::{Value, json};

use super::pictures::Pictures;
use super::{Written, json};
use crate::encode::encode_png;
use crate::geometry::{Canvas, on_colour, placed};
use crate::words::Words;
use crate::{ExportError, Options, Pack};

/// The catalog's folder.
pub(crate) const CATALOG: &str = "Stickers.xcstickers";

/// An icon of the pack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Icon {
    /// Apple's word for where it is shown.
    idiom: &'static str,
    /// Is it one of the wide ones, which say that they are for iOS?
    is_wide: bool,
    /// Width and height in points.
    points: (u32, u32),
    /// Pixels to a point.
    scale: u32,
}

impl Icon {
    const fn new(idiom: &'static str, is_wide: bool, points: (u32, u32), scale: u32) -> Self {
        Self { idiom, is_wide, points, scale }
    }

    /// Width and height in pixels.
    pub(crate) const fn size(self) -> (u32, u32) {
        (self.points.0 * self.scale, self.points.1 * self.scale)
    }

    /// Its file.
    pub(crate) fn file(self) -> String {
        let (width, height) = self.points;
        format!("{}-{width}x{height}@{}x.png", self.idiom, self.scale)
    }
}

/// All icons, as Xcode's own template lists them.
pub(crate) const ICONS: [Icon; 13] = [
    Icon::new("iphone", false, (29, 29), 2),
    Icon::new("iphone", false, (29, 29), 3),
    Icon::new("iphone", false, (60, 45), 2),
    Icon::new("iphone", false, (60, 45), 3),
    Icon::new("ipad", false, (29, 29), 2),
    Icon::new("ipad", false, (67, 50), 2),
    Icon::new("ipad", false, (74, 55), 2),
    Icon::new("ios-marketing", false, (1024, 1024), 1),
    Icon::new("universal", true, (27, 20), 2),
    Icon::new("universal", true, (27, 20), 3),
    Icon::new("universal", true, (32, 24), 2),
    Icon::new("universal", true, (32, 24), 3),
    Icon::new("ios-marketing", true, (1024, 768), 1),
];

/// Icons may not be transparent; white is what stickers lie on.
const ICON_BACKGROUND: [u8; 3] = [255; 3];

pub(super) fn write(
    written: &mut Written,
    pack: &Pack,
    words: &Words,
    pictures: &Pictures,
    options: Options,
) -> Result<(), ExportError> {
    let folder = format!("{CATALOG}/Sticker Pack.stickerpack");
    let mut listed = Vec::new();
    for (said, picture) in words.stickers.iter().zip(pictures.stickers.iter().flatten()) {
        let (sticker, file) = (format!("{}.sticker", said.name), format!("{}.{}", said.name, picture.extension()));
        written.losses.extend(picture.loss().map(|loss| (file.clone(), loss)));
        let mut properties = json!({ "filename": file });
        if !said.alt.is_empty() {
            properties["accessibility-label"] = json!(said.alt);
        }
        let contents = json!({ "info": info(), "properties": properties });
        written.files.add(format!("{folder}/{sticker}/Contents.json"), json::pretty(&contents));
        written.files.add(format!("{folder}/{sticker}/{file}"), picture.encoded.bytes.clone());
        listed.push(json!({ "filename": sticker }));
    }
    let properties = json!({ "grid-size": options.grid.word() });
    let contents = json!({ "info": info(), "properties": properties, "stickers": listed });
    written.files.add(format!("{folder}/Contents.json"), json::pretty(&contents));
    written.files.add(format!("{CATALOG}/Contents.json"), json::pretty(&json!({ "info": info() })));
    write_icons(written, pack)
}

fn write_icons(written: &mut Written, pack: &Pack) -> Result<(), ExportError> {
    let folder = format!("{CATALOG}/iMessage App Icon.stickersiconset");
    let cover = pack.cover().ok_or(ExportError::NoStickers)?;
    let mut listed = Vec::new();
    for icon in ICONS {
        let (width, height) = icon.size();
        let margin = width.min(height) / 12;
        let drawn = placed(&cover.picture, Canvas { size: (width, height), margin, enlarge: true });
        let file = icon.file();
        let png = encode_png(&on_colour(&drawn, ICON_BACKGROUND), &[], None).map_err(|error| error.about(&file))?;
        written.files.add(format!("{folder}/{file}"), png);
        let (wide, high) = icon.points;
        let mut entry = json!({
            "idiom": icon.idiom,
            "size": format!("{wide}x{high}"),
            "scale": format!("{}x", icon.scale),
            "filename": file,
        });
        if icon.is_wide {
            entry["platform"] = json!("ios");
        }
        listed.push(entry);
    }
    written.files.add(format!("{folder}/Contents.json"), json::pretty(&json!({ "images": listed, "info": info() })));
    Ok(())
}

fn info() -> Value {
    json!({ "version": 1, "author": "xcode" })
}
