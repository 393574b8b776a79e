//! The sample portrait and stickers that the built-in engine made of it.

use std::path::Path;
use std::sync::OnceLock;

use egui::{ColorImage, Context, Pos2, pos2};
use image::{RgbImage, RgbaImage, imageops};
use sticker_booth::engine::{BuiltIn, Control, Sticker, StickerEngine as _};
use sticker_booth::model::{FaceFrame, Recipe};
use sticker_booth::ui::view::{Crop, Levels, Picture, Texture};

/// Pictures on the graphics card.
#[derive(Clone)]
pub(crate) struct Pictures {
    photo: Texture,
    pub(crate) thumbnail: Texture,
    stickers: Vec<Texture>,
}

/// Width and height of the sample portrait.
pub(crate) const SIZE: (u32, u32) = (330, 332);

/// The part of the sample portrait that is sent.
pub(crate) const CROP: Crop = Crop { left: 12.0, top: 0.0, width: 306.0, height: 306.0 };

/// The face in it.
pub(crate) const FACES: [Crop; 1] = [Crop { left: 116.0, top: 66.0, width: 92.0, height: 106.0 }];

/// Prompts of the stickers, each in another style.
const PROMPTS: [(&str, u32); 7] = [
    ("bold pop art portrait, vibrant", 77),
    ("cartoon, vibrant", 21),
    ("ink portrait", 402),
    ("neon portrait", 61),
    ("flat, pastel", 8),
    ("vintage portrait", 5),
    ("watercolour", 12),
];

/// The portrait and its stickers, made once by the built-in engine.
struct Made {
    photo: RgbImage,
    stickers: Vec<Sticker>,
}

/// How the portrait lies under its first sticker.
pub(crate) fn frame() -> FaceFrame {
    made().stickers[0].frame
}

/// Made once for all tests.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/portrait.png");
        let photo = image::open(path).unwrap().to_rgb8();
        let engine = BuiltIn::load().unwrap();
        let stickers = PROMPTS
            .iter()
            .map(|(prompt, seed)| {
                let mut recipe = Recipe::default().with_seed(*seed);
                recipe.prompt = (*prompt).to_owned();
                (recipe.width, recipe.height) = (512, 512);
                engine.make(&photo, &recipe, &Control::new()).unwrap()
            })
            .collect();
        Made { photo, stickers }
    })
}

impl Pictures {
    /// Puts the portrait and its stickers on the graphics card.
    pub(crate) fn load(ctx: &Context) -> Self {
        let Made { photo, stickers } = made();
        let (left, top) = (CROP.left as u32, CROP.top as u32);
        let part = imageops::crop_imm(photo, left, top, CROP.width as u32, CROP.height as u32).to_image();
        let small = imageops::resize(&part, 80, 80, imageops::FilterType::Triangle);
        Self {
            photo: upload_photo(ctx, "photo", photo),
            thumbnail: upload_photo(ctx, "thumbnail", &small),
            stickers: stickers.iter().enumerate().map(|(index, one)| upload(ctx, index, &one.cutout)).collect(),
        }
    }

    pub(crate) fn photo(&self) -> Picture {
        Picture::from(&self.photo)
    }

    pub(crate) fn sticker(&self, index: usize) -> Picture {
        Picture::from(&self.stickers[index % self.stickers.len()])
    }
}

/// The sticker of the README.
pub(crate) fn sticker() -> RgbaImage {
    made().stickers[1].cutout.clone()
}

/// One sticker of each style that the README names, on one sheet.
pub(crate) fn styles() -> RgbaImage {
    const STYLES: [&str; 8] = ["cartoon", "ink", "pop", "watercolour", "flat", "neon", "vintage", "kawaii"];
    const GROUND: [u8; 4] = [0x77, 0x95, 0xB0, 0xFF];
    let (side, columns) = (300, 4);
    let engine = BuiltIn::load().unwrap();
    let rows = (STYLES.len() as u32).div_ceil(columns);
    let mut sheet = RgbaImage::new(columns * side, rows * side);
    for (place, style) in (0..).zip(STYLES) {
        let mut recipe = Recipe::default().with_seed(21);
        recipe.prompt = style.to_owned();
        // A full sticker made smaller shows more than a small one.
        (recipe.width, recipe.height) = (2 * side, 2 * side);
        let made = engine.make(&made().photo, &recipe, &Control::new()).unwrap().cutout;
        // On a ground before it is made smaller, so that nothing dark of what is transparent gets into the edge.
        let mut on_ground = RgbaImage::from_pixel(made.width(), made.height(), image::Rgba(GROUND));
        imageops::overlay(&mut on_ground, &made, 0, 0);
        let small = imageops::resize(&on_ground, side, side, imageops::FilterType::Triangle);
        imageops::replace(&mut sheet, &small, i64::from(place % columns * side), i64::from(place / columns * side));
    }
    sheet
}

/// Where the sample portrait will be cut: the outline of its sticker, in pixels of the photo.
pub(crate) fn cut_line() -> Vec<Pos2> {
    let Sticker { cutout, frame, .. } = &made().stickers[1];
    let photo = |corner: f64, along: f32| (corner + f64::from(along) * frame.scale) as f32;
    let line = sticker_booth::picture::outline(cutout, 240);
    line.into_iter().map(|[x, y]| pos2(photo(frame.left, x), photo(frame.top, y))).collect()
}

fn upload(ctx: &Context, index: usize, image: &RgbaImage) -> Texture {
    let size = [image.width() as usize, image.height() as usize];
    let pixels = ColorImage::from_rgba_unmultiplied(size, image.as_raw());
    Texture::load(ctx, &format!("sticker {index}"), Levels::of(pixels))
}

fn upload_photo(ctx: &Context, name: &str, image: &RgbImage) -> Texture {
    let size = [image.width() as usize, image.height() as usize];
    Texture::load(ctx, name, Levels::of(ColorImage::from_rgb(size, image.as_raw())))
}
