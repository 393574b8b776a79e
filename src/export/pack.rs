//! What is exported: stickers with what is said about them.

use std::sync::Arc;

use image::RgbaImage;
use imaging::picture::PngText;
use serde::{Deserialize, Serialize};

use crate::print::PrintOptions;

/// Several stickers that belong together.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// What it is called.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// The stickers in their order.
    pub stickers: Vec<Sticker>,
    /// The sticker that stands for the pack, counted from 0.
    pub cover: usize,
}

/// One sticker.
#[derive(Clone, Debug)]
pub struct Sticker {
    /// Its pixels, alpha straight.
    pub picture: Arc<RgbaImage>,
    /// What is said about it.
    pub words: StickerWords,
    /// What its PNG files say about how it was made.
    pub texts: Vec<PngText>,
}

/// What is said about a sticker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickerWords {
    /// What it is called; made up where it is empty.
    #[serde(default)]
    pub name: String,
    /// What it stands for, the first ones first.
    #[serde(default)]
    pub emoji: Vec<String>,
    /// What it shows, for those who cannot see it.
    #[serde(default)]
    pub alt: String,
}

/// What becomes of the pictures, besides what each platform wants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Draw small pictures larger than they are?
    pub enlarge: bool,
    /// How large stickers are for iMessage.
    pub grid: Grid,
    /// By which WhatsApp sees that a pack has changed: higher each time, such as the time in seconds.
    pub version: u64,
    /// How stickers are printed and cut.
    pub print: PrintOptions,
}

impl Default for Options {
    fn default() -> Self {
        Self { enlarge: false, grid: Grid::default(), version: 1, print: PrintOptions::default() }
    }
}

/// How large stickers are for iMessage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grid {
    /// 300 pixels, three to four in a row.
    Small,
    /// 408 pixels, three in a row.
    #[default]
    Regular,
    /// 618 pixels, two in a row.
    Large,
}

impl Grid {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Small, Self::Regular, Self::Large];

    /// Apple's word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Regular => "regular",
            Self::Large => "large",
        }
    }

    /// Edge of a sticker in pixels.
    pub const fn side(self) -> u32 {
        match self {
            Self::Small => 300,
            Self::Regular => 408,
            Self::Large => 618,
        }
    }
}

impl Pack {
    /// The sticker that stands for the pack; `None` when it has no stickers.
    pub fn cover(&self) -> Option<&Sticker> {
        self.stickers.get(self.cover).or_else(|| self.stickers.first())
    }
}
