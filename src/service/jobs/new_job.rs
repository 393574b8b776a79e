//! What it takes to put a job in line.

use super::photos::sha256_hex;
use crate::model::{Engine, Face, FaceFrame, Money, Recipe};

/// One sticker to be made.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Names the click that asks for it, and its number when a click asks for several.
    ///
    /// Made when the button was enabled: a second job with the same name is the first one again,
    /// so a double click never pays twice.
    pub click: String,
    /// What the jobs of one click, batch or sweep have in common.
    pub batch: Option<String>,
    /// Where it is made.
    pub engine: Engine,
    /// The settings; an unset seed is drawn now.
    pub recipe: Recipe,
    /// The photo.
    pub photo: JobPhoto,
}

/// The photo of a job.
#[derive(Clone, Debug)]
pub enum JobPhoto {
    /// The person's own link, sent as it is.
    Link(String),
    /// Exactly the bytes that will be sent, for an engine on this computer.
    Prepared(PreparedPhoto),
    /// Exactly the bytes that will be sent, by way of a host.
    Hosted {
        /// The bytes.
        photo: PreparedPhoto,
        /// The host's name.
        host: String,
    },
}

impl JobPhoto {
    /// Names what is sent: the SHA-256 of the bytes, or of the link, in lower-case hex.
    pub fn sent_sha256(&self) -> String {
        match self {
            Self::Prepared(photo) | Self::Hosted { photo, .. } => sha256_hex(&photo.jpeg),
            Self::Link(link) => sha256_hex(link.as_bytes()),
        }
    }
}

/// A photo made ready to be sent: upright, sRGB, cropped, a JPEG without metadata.
#[derive(Clone, Debug)]
pub struct PreparedPhoto {
    /// The bytes to be sent.
    pub jpeg: Vec<u8>,
    /// Where the picked photo lies under the prepared one: its pixel `(x, y)` is at `((x - left) / scale, (y - top) / scale)`.
    pub frame: FaceFrame,
    /// The face that is meant and those beside it, in prepared pixels; none when nobody looked.
    pub faces: Vec<Face>,
    /// The picked file's name without its folder.
    pub name: Option<String>,
    /// SHA-256 of the picked file's bytes, lower-case hex.
    pub picked_sha256: Option<String>,
}

/// How much may be spent in a calendar month (local time).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budgets {
    /// Above this a person is asked first.
    pub soft: Option<Money>,
    /// Above this nothing is submitted.
    pub hard: Option<Money>,
}

/// Did the person agree to go above the soft budget?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoftBudget {
    /// Not asked yet: refuse, so that the person can be asked.
    Obey,
    /// The person said yes.
    Exceed,
}
