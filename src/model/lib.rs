//! The nouns as plain values: recipe with its one parameter table, engines, jobs, stickers, money, settings as text; no I/O, no clock.

pub mod engine;
pub mod expressions;
pub mod face;
pub mod finding;
pub mod finish;
pub mod framing;
pub mod job;
pub mod key;
pub mod ledger;
pub mod money;
pub mod moods;
pub mod parameter;
pub mod photo_host;
pub mod recipe;
pub mod remote;
pub mod settings_text;
pub mod sticker;
pub mod sweep;
pub mod target;
pub mod text;
pub mod theme;
pub mod words_of_model;

pub use engine::{Engine, EngineId};
pub use face::Face;
pub use finding::{Finding, Remedy};
pub use finish::Finish;
pub use framing::{Crop, Framing, Ratio};
pub use job::{Charged, Hold, JobAction, JobId, JobStatus};
pub use key::KeyState;
pub use money::Money;
pub use moods::{Mood, Muscle, Prop};
pub use parameter::{PARAMETERS, Parameter};
pub use photo_host::{
    Disclosure, PhotoHost, PhotoHostError, PhotoHostKind, S3Addressing, S3Bucket, SharexSite, has_picture_extension,
};
pub use recipe::{Recipe, WebhookEvent};
pub use remote::Remote;
pub use sticker::{FaceFrame, Mark, OutOfReach, Sort, StickerInfo};
pub use sweep::Sweep;
pub use target::Target;
pub use text::capitalised;
pub use theme::ThemeChoice;
