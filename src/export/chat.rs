//! Does a sticker read at the size at which chats show it?

use image::{Rgb, RgbImage, Rgba, RgbaImage, imageops};
use imaging::vision::Networks;
use rayon::prelude::*;

use crate::geometry::{Canvas, placed};
use crate::{ExportError, GoesOn};

/// Edges at which chats show stickers, in pixels: as an emoji in a line, as a reaction, as a sticker.
pub const SIZES: [u32; 3] = [28, 56, 128];

/// Contrast that a shape needs to be told from what is around it (WCAG 2.2, success criterion 1.4.11).
pub const LEAST_CONTRAST: f32 = 3.0;

/// Alpha from which a pixel is part of the sticker.
const HALF: u8 = 128;

/// How far inside its edge the eye still takes a line for the edge, of the sticker's size.
const EDGE_WIDTH: f32 = 0.035;

/// What a chat has behind its stickers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wallpaper {
    /// What it is called.
    pub name: &'static str,
    /// Colour at the top.
    pub top: [u8; 3],
    /// Colour at the bottom.
    pub bottom: [u8; 3],
}

/// Backgrounds like those that messengers begin with, light and dark in turn.
pub const WALLPAPERS: [Wallpaper; 6] = [
    Wallpaper { name: "white", top: [255, 255, 255], bottom: [255, 255, 255] },
    Wallpaper { name: "black", top: [0, 0, 0], bottom: [0, 0, 0] },
    Wallpaper { name: "beige", top: [239, 231, 222], bottom: [229, 221, 213] },
    Wallpaper { name: "dark teal", top: [15, 28, 36], bottom: [11, 20, 26] },
    Wallpaper { name: "green", top: [219, 221, 187], bottom: [136, 184, 132] },
    Wallpaper { name: "night blue", top: [30, 44, 82], bottom: [14, 22, 33] },
];

/// A sticker as one chat shows it.
#[derive(Clone, Debug)]
pub struct ChatLook {
    /// What is behind it.
    pub wallpaper: Wallpaper,
    /// Its edge in pixels.
    pub size: u32,
    /// What is seen.
    pub picture: RgbImage,
    /// Contrast of its edge with what is behind it, 1 to 21: half of the edge has more.
    pub contrast: f32,
    /// Is a face found in it?
    pub face: bool,
}

impl ChatLook {
    /// Does it read?
    pub fn reads(&self) -> bool {
        self.face && self.contrast >= LEAST_CONTRAST
    }
}

/// A sticker at every size on every wallpaper, sizes first; takes a while, so not on the UI thread.
pub fn looks(sticker: &RgbaImage, networks: &Networks, goes_on: GoesOn<'_>) -> Result<Vec<ChatLook>, ExportError> {
    let wanted: Vec<(u32, Wallpaper)> =
        SIZES.iter().flat_map(|size| WALLPAPERS.iter().map(move |wallpaper| (*size, *wallpaper))).collect();
    let look = |(size, wallpaper): (u32, Wallpaper)| {
        if !goes_on() {
            return Err(ExportError::Stopped);
        }
        let small = placed(sticker, Canvas { size: (size, size), margin: 0, enlarge: true });
        let picture = on_wallpaper(&small, wallpaper);
        let face = !networks.faces(&picture).is_empty();
        Ok(ChatLook { wallpaper, size, contrast: edge_contrast(&small, wallpaper), picture, face })
    };
    wanted.into_par_iter().map(look).collect()
}

/// A sheet of looks, a row for each sticker and size.
pub fn sheet(rows: &[Vec<ChatLook>]) -> RgbImage {
    const GAP: u32 = 8;
    let cell = SIZES[SIZES.len() - 1] + GAP;
    let lines: Vec<&[ChatLook]> = rows.iter().flat_map(|looks| looks.chunks(WALLPAPERS.len())).collect();
    let height = |line: &[ChatLook]| line.first().map_or(0, |look| look.size) + GAP;
    let whole = lines.iter().map(|line| height(line)).sum::<u32>() + GAP;
    let mut sheet = RgbImage::from_pixel(WALLPAPERS.len() as u32 * cell + GAP, whole, Rgb([128; 3]));
    let mut top = GAP;
    for line in lines {
        for (column, look) in line.iter().enumerate() {
            let left = GAP + column as u32 * cell;
            imageops::replace(&mut sheet, &look.picture, i64::from(left), i64::from(top));
        }
        top += height(line);
    }
    sheet
}

fn on_wallpaper(sticker: &RgbaImage, wallpaper: Wallpaper) -> RgbImage {
    let height = sticker.height();
    RgbImage::from_fn(sticker.width(), height, |x, y| {
        let [red, green, blue] = colour_at(wallpaper, y, height);
        let mut pixel = Rgba([red, green, blue, 255]);
        image::Pixel::blend(&mut pixel, sticker.get_pixel(x, y));
        Rgb([pixel.0[0], pixel.0[1], pixel.0[2]])
    })
}

fn colour_at(Wallpaper { top, bottom, .. }: Wallpaper, y: u32, height: u32) -> [u8; 3] {
    let share = y as f32 / height.saturating_sub(1).max(1) as f32;
    [0, 1, 2]
        .map(|channel| (f32::from(top[channel]) * (1.0 - share) + f32::from(bottom[channel]) * share).round() as u8)
}

/// The contrast that half of the sticker's edge has with the wallpaper, at the edge itself or just inside it: a white
/// outline on white ground reads by the drawing that it encloses.
fn edge_contrast(sticker: &RgbaImage, wallpaper: Wallpaper) -> f32 {
    let (width, height) = sticker.dimensions();
    let is_part = |x: i64, y: i64| {
        let is_there = (0..i64::from(width)).contains(&x) && (0..i64::from(height)).contains(&y);
        is_there && sticker.get_pixel(x as u32, y as u32).0[3] >= HALF
    };
    let reach = ((width as f32 * EDGE_WIDTH).ceil() as i64).max(1);
    let mut contrasts = Vec::new();
    for (x, y, _) in sticker.enumerate_pixels() {
        let (x, y) = (i64::from(x), i64::from(y));
        let is_edge =
            is_part(x, y) && [(1, 0), (-1, 0), (0, 1), (0, -1)].iter().any(|(dx, dy)| !is_part(x + dx, y + dy));
        if !is_edge {
            continue;
        }
        let behind = luminance(colour_at(wallpaper, y as u32, height));
        let around = (-reach..=reach).flat_map(|dy| (-reach..=reach).map(move |dx| (x + dx, y + dy)));
        let best = around.filter(|(x, y)| is_part(*x, *y)).map(|(x, y)| {
            let [red, green, blue, _] = sticker.get_pixel(x as u32, y as u32).0;
            contrast(luminance([red, green, blue]), behind)
        });
        contrasts.push(best.fold(1.0, f32::max));
    }
    contrasts.sort_by(f32::total_cmp);
    contrasts.get(contrasts.len() / 2).copied().unwrap_or(1.0)
}

/// Relative luminance, 0 to 1 (WCAG 2.2).
fn luminance(colour: [u8; 3]) -> f32 {
    let linear = colour.map(|value| {
        let value = f32::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// Contrast of two luminances, 1 to 21 (WCAG 2.2).
fn contrast(one: f32, other: f32) -> f32 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disc(outline: [u8; 3], inside: [u8; 3]) -> RgbaImage {
        RgbaImage::from_fn(128, 128, |x, y| {
            let distance = (x as f32 - 63.5).hypot(y as f32 - 63.5);
            let [red, green, blue] = if distance > 57.0 { outline } else { inside };
            Rgba([red, green, blue, if distance < 60.0 { 255 } else { 0 }])
        })
    }

    const WHITE: [u8; 3] = [255; 3];
    const DARK: [u8; 3] = [20, 20, 40];

    fn contrast_on(sticker: &RgbaImage, name: &str) -> f32 {
        edge_contrast(sticker, *WALLPAPERS.iter().find(|wallpaper| wallpaper.name == name).unwrap())
    }

    #[test]
    fn black_on_white_has_the_greatest_contrast() {
        assert!((contrast(luminance(WHITE), luminance([0; 3])) - 21.0).abs() < 0.01);
    }

    #[test]
    fn a_white_outline_reads_on_dark_and_by_its_drawing_on_white() {
        let outlined = disc(WHITE, DARK);
        assert!(contrast_on(&outlined, "black") > 15.0);
        assert!(contrast_on(&outlined, "white") > 10.0);
    }

    #[test]
    fn pale_on_white_and_dark_on_black_do_not_read() {
        assert!(contrast_on(&disc(WHITE, [250, 245, 240]), "white") < LEAST_CONTRAST);
        assert!(contrast_on(&disc(DARK, DARK), "black") < LEAST_CONTRAST);
        assert!(contrast_on(&disc(DARK, DARK), "white") > LEAST_CONTRAST);
    }
}
