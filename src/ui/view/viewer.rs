//! What the viewer shows.

use crate::action::StickerId;
use model::{Crop, EngineId, FaceFrame, Money, Parameter, Remote};

use super::{CropView, FinishingView, Picture};

/// The viewer.
#[derive(Clone, Debug)]
pub struct ViewerView<'a> {
    /// The sticker; [`Remote::NotAsked`] when there is none yet.
    pub sticker: &'a Remote<StickerView<'a>>,
    /// A sticker to compare with; its differences are those between the one shown and it.
    pub other: Option<&'a StickerView<'a>>,
    /// The photo of the form, shown when there is no sticker and under a live draft.
    pub photo: Option<Picture>,
    /// The part of it that is sent, in its pixels; the whole when `None`.
    pub photo_crop: Option<Crop>,
    /// The crop that is being drawn; then nothing else is shown.
    pub crop: Option<CropView<'a>>,
    /// Where the cut will be, in pixels of the photo: a closed line of at least three points, or nothing.
    pub cut_line: &'a [egui::Pos2],
    /// Is that photo the bundled sample?
    pub photo_is_sample: bool,
    /// A small sticker of the settings as they are being moved.
    pub draft: Option<Picture>,
    /// How the sticker is finished, once that is known.
    pub finishing: Option<FinishingView<'a>>,
    /// How many stickers are chosen.
    pub chosen: usize,
    /// May a file be dropped onto the window in this session?
    pub can_drop: bool,
}

/// A sticker in the viewer.
#[derive(Clone, Debug, PartialEq)]
pub struct StickerView<'a> {
    /// Which one.
    pub id: StickerId,
    /// Its name; empty when it was given none.
    pub name: &'a str,
    /// Its picture.
    pub picture: Picture,
    /// Width and height of its canvas before upscaling, in pixels.
    pub canvas: (u32, u32),
    /// The photo it was made from, when it is at hand.
    pub photo: Option<Picture>,
    /// How photo and sticker lie over each other; without it they stand side by side.
    pub frame: Option<FaceFrame>,
    /// Its seed, when known.
    pub seed: Option<u32>,
    /// Who made it.
    pub engine: EngineId,
    /// What it cost.
    pub cost: Money,
    /// Is it starred?
    pub starred: bool,
    /// Settings that differ: from the form to this sticker.
    pub differences: &'a [Difference<'a>],
}

/// One setting that differs between two sets of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    /// Which setting.
    pub parameter: Parameter,
    /// Its name on screen.
    pub label: &'a str,
    /// Its value in the first, such as the form.
    pub from: &'a str,
    /// Its value in the second, such as a sticker.
    pub to: &'a str,
}
