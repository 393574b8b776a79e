//! The nouns as plain values: recipe with its one parameter table, engines, jobs, stickers, money, settings as text; no I/O, no clock.

pub mod engine;
pub mod framing;
pub mod job;
pub mod key;
pub mod money;
pub mod parameter;
pub mod recipe;
pub mod settings_text;
pub mod sticker;
pub mod theme;

pub use engine::{Engine, EngineId};
pub use framing::{Crop, Framing, Ratio};
pub use job::{Charged, JobId, JobStatus};
pub use key::KeyState;
pub use money::Money;
pub use parameter::{PARAMETERS, Parameter};
pub use recipe::{Recipe, WebhookEvent};
pub use sticker::{FaceFrame, StickerInfo};
pub use theme::ThemeChoice;
