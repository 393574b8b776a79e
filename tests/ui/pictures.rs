//! The sample portrait and stickers that the built-in engine made of it.

use std::path::Path;
use std::sync::OnceLock;

use egui::{ColorImage, Context, Pos2, TextureHandle, TextureOptions, pos2};
use image::{RgbImage, RgbaImage, imageops};
use sticker_booth::engine::{BuiltIn, Control, Sticker, StickerEngine as _};
use sticker_booth::model::{FaceFrame, Recipe};
use sticker_booth::ui::view::{Crop, Picture};

/// Pictures on the graphics card.
#[derive(Clone)]
pub(crate) struct Pictures {
    photo: TextureHandle,
    pub(crate) thumbnail: TextureHandle,
    stickers: Vec<TextureHandle>,
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

/// Where the sample portrait will be cut: the outline of its sticker, seen from the middle, in pixels of the photo.
pub(crate) fn cut_line() -> Vec<Pos2> {
    let sticker = &made().stickers[1];
    let (width, height) = sticker.cutout.dimensions();
    let middle = pos2(width as f32 * 0.5, height as f32 * 0.55);
    let is_cut_out = |point: Pos2| {
        let inside = point.x >= 0.0 && point.y >= 0.0 && point.x < width as f32 && point.y < height as f32;
        inside && sticker.cutout.get_pixel(point.x as u32, point.y as u32).0[3] > 127
    };
    let steps = 180;
    (0..steps)
        .map(|step| {
            let angle = std::f32::consts::TAU * step as f32 / steps as f32;
            let direction = egui::vec2(angle.sin(), -angle.cos());
            let reach = (0..width).rev().find(|reach| is_cut_out(middle + direction * *reach as f32)).unwrap_or(0);
            let point = middle + direction * reach as f32;
            let frame = &sticker.frame;
            let photo = |corner: f64, along: f32| (corner + f64::from(along) * frame.scale) as f32;
            pos2(photo(frame.left, point.x), photo(frame.top, point.y))
        })
        .collect()
}

fn upload(ctx: &Context, index: usize, image: &RgbaImage) -> TextureHandle {
    let size = [image.width() as usize, image.height() as usize];
    let pixels = ColorImage::from_rgba_unmultiplied(size, image.as_raw());
    let smooth = TextureOptions::LINEAR.with_mipmap_mode(Some(egui::TextureFilter::Linear));
    ctx.load_texture(format!("sticker {index}"), pixels, smooth)
}

fn upload_photo(ctx: &Context, name: &str, image: &RgbImage) -> TextureHandle {
    let size = [image.width() as usize, image.height() as usize];
    let smooth = TextureOptions::LINEAR.with_mipmap_mode(Some(egui::TextureFilter::Linear));
    ctx.load_texture(name, ColorImage::from_rgb(size, image.as_raw()), smooth)
}
