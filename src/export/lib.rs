//! Writes stickers as each platform wants them, and measures what was written by one table of rules.
//!
//! ```text
//! Pack ─▶ words (names, emoji in the platform's form) ─▶ pictures (geometry, fit) ─▶ write ─▶ Files
//!                         │                                                                  │
//!                         └──────────────── lights ◀── rules (the table) ◀── measure ◀───────┘
//! ```
//!
//! Everything happens in memory: who calls this writes the files, reads them back and has them measured. What is
//! measured comes from the files alone and never from what the writer meant.

pub mod archive;
pub mod chat;
mod emoji;
mod encode;
mod error;
mod files;
mod geometry;
mod last_metre;
mod lights;
mod measure;
mod pack;
pub mod print;
pub mod rules;
mod words;
mod write;

pub use emoji::{emoji_in, only_emoji};
pub use encode::Loss;
pub use error::ExportError;
pub use files::Files;
pub use last_metre::last_metre;
pub use lights::{Light, Measured};
pub use measure::measure;
pub use model::Target;
pub use pack::{Grid, Options, Pack, Sticker, StickerWords};
pub use rules::{About, Allowed, Part, RULES, Rule, Value, Weight};
pub use words::{Words, emoji_for, folder_name};
pub use write::{GoesOn, Written, carries_texts, lights_so_far, write};
