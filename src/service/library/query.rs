//! What to look for in a library.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::EngineId;

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

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The latest first.
    #[default]
    Newest,
    /// The earliest first.
    Oldest,
}

/// Which stickers, in which order. The default finds all that are not in the bin, the latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// All of these words must occur in the prompt, the photo's name or the sticker's own; parts of words count, upper case does not.
    pub words: String,
    /// Made with this seed.
    pub seed: Option<u32>,
    /// Made by this engine.
    pub engine: Option<EngineId>,
    /// Of this width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// Made at this moment or later.
    pub from: Option<Timestamp>,
    /// Made before this moment.
    pub until: Option<Timestamp>,
    /// Marked so.
    pub mark: Option<Mark>,
    /// Those in the bin instead of those outside.
    pub is_binned: bool,
    /// The order.
    pub sort: Sort,
    /// At most this many.
    pub limit: u32,
    /// Without the first ones.
    pub offset: u32,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            words: String::new(),
            seed: None,
            engine: None,
            size: None,
            from: None,
            until: None,
            mark: None,
            is_binned: false,
            sort: Sort::Newest,
            limit: u32::MAX,
            offset: 0,
        }
    }
}
