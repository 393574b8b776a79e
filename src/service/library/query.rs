//! What to look for in a library.

use jiff::Timestamp;

use crate::model::{EngineId, Mark, Sort};

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
    /// The order; by seed and by prompt they come the newest first, for whoever sorts them.
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
