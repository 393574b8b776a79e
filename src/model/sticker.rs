//! What is known about a finished sticker: the content of the `sticker-booth` chunk of its PNG.

use serde::{Deserialize, Serialize};

use super::{EngineId, Recipe};

/// Where the photo lies under the sticker, so that the two can be compared.
///
/// A photo pixel `(x, y)` (upright, before the crop) is drawn at sticker pixel
/// `((x - left) / scale, (y - top) / scale)` of the first, not upscaled, canvas.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaceFrame {
    /// Photo x of the canvas' left edge, in photo pixels.
    pub left: f64,
    /// Photo y of the canvas' top edge, in photo pixels.
    pub top: f64,
    /// Photo pixels per canvas pixel.
    pub scale: f64,
}

impl FaceFrame {
    /// Keyword of the PNG text in which the gateway's pictures carry their frame as JSON.
    pub const KEYWORD: &str = "sticker-booth-frame";

    /// The same in a picture around the photo that it speaks of, when `photo` says where that photo lies in it.
    #[must_use]
    pub fn within(self, photo: Self) -> Self {
        Self {
            left: photo.left + self.left * photo.scale,
            top: photo.top + self.top * photo.scale,
            scale: self.scale * photo.scale,
        }
    }
}

/// A part of a mood that an engine leaves out or draws only nearly, because the photo does not show what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum OutOfReach {
    /// The head is turned too far for anything but what is drawn beside it.
    #[error("the head is turned too far to the side, so the face stays as it is; a photo from the front can do it")]
    Profile,
    /// Both eyes are hidden or shut, so lids can neither close nor widen.
    #[error("no open eye is in sight, so the eyes stay as they are")]
    Eyes,
    /// A wide open mouth is drawn shut, which the cheeks and the chin of the photo do not follow.
    #[error("the mouth is wide open in the photo, so its lips are drawn and the cheeks stay")]
    Mouth,
}

impl OutOfReach {
    /// Keyword of the PNG text in which the gateway's pictures carry what was left out, as a JSON list.
    pub const KEYWORD: &str = "sticker-booth-left-out";

    /// Is it drawn, though not as a photo without this would let it be?
    pub const fn is_drawn_nearly(self) -> bool {
        matches!(self, Self::Mouth)
    }
}

/// Everything that is written into a library file about its sticker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StickerInfo {
    /// Version of this record.
    pub version: u32,
    /// Which engine made it.
    pub engine: EngineId,
    /// The request's settings, with the seed that was used.
    pub recipe: Recipe,
    /// The service's id of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Our id of the job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    /// When it was finished, RFC 3339 in UTC.
    pub created_at: String,
    /// SHA-256 of the photo's bytes as picked, lower-case hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_sha256: Option<String>,
    /// SHA-256 of what was sent of it, the JPEG's bytes or the link, lower-case hex: with the same and the same recipe, the
    /// request is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_sha256: Option<String>,
    /// The photo's file name without its folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_name: Option<String>,
    /// How photo and sticker lie over each other, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<FaceFrame>,
}

impl StickerInfo {
    /// The version that this program writes.
    pub const VERSION: u32 = 1;

    /// The same without anything that leads back to the photo or the request, for files that leave the library.
    #[must_use]
    pub fn for_export(&self) -> Self {
        Self {
            request_id: None,
            job_id: None,
            photo_sha256: None,
            sent_sha256: None,
            photo_name: None,
            frame: None,
            ..self.clone()
        }
    }
}

/// What a person thinks of a sticker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Nothing yet.
    #[default]
    Plain,
    /// A favourite.
    Star,
    /// Not good enough.
    Reject,
}

impl Mark {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Star => "star",
            Self::Reject => "reject",
        }
    }

    /// The mark with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Plain, Self::Star, Self::Reject].into_iter().find(|mark| mark.word() == word)
    }
}

/// The order of the gallery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// By seed, the smallest first.
    Seed,
    /// By prompt, from A to Z.
    Prompt,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Seed, Self::Prompt];

    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Newest => "Newest",
            Self::Oldest => "Oldest",
            Self::Seed => "Seed",
            Self::Prompt => "Prompt",
        }
    }
}
