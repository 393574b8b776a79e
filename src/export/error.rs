//! Why stickers could not be exported.

use crate::Target;
use crate::lights::Light;
use crate::rules::grouped;

/// Why stickers could not be exported; nothing was written then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// There is nothing to export.
    #[error("there are no stickers to export; name some")]
    NoStickers,
    /// The pack as it is would be refused.
    #[error("{target} would refuse this: {}; change that and export again", sentences(broken))]
    Refused {
        /// By whom.
        target: Target,
        /// The rules that it breaks.
        broken: Vec<Light>,
    },
    /// A picture is too large whatever is done.
    #[error(
        "{file} cannot be made to fit: it has {} bytes at the least, and {} are allowed; use a plainer picture",
        grouped(*least),
        grouped(*most)
    )]
    CannotFit {
        /// The file that was meant to be.
        file: String,
        /// The fewest bytes that were reached.
        least: u64,
        /// The most that are allowed.
        most: u64,
    },
    /// A picture could not be written.
    #[error("the file {file} could not be written, make the picture smaller and try again: {detail}")]
    Encode {
        /// The file that was meant to be.
        file: String,
        /// What the encoder said.
        detail: String,
    },
    /// An archive could not be written.
    #[error("the file {file} could not be written, export fewer stickers and try again: {detail}")]
    Archive {
        /// The file that was meant to be.
        file: String,
        /// What the archiver said.
        detail: String,
    },
    /// A sticker of which nothing can be seen.
    #[error("nothing of sticker {sticker} can be seen, so there is nothing to cut; leave it out")]
    NothingToCut {
        /// Which one, counted from 1.
        sticker: usize,
    },
    /// A sticker is larger than what can be printed on.
    #[error("sticker {sticker} does not fit on {paper} with its bleed and the margins; print it smaller")]
    LargerThanPaper {
        /// Which one, counted from 1.
        sticker: usize,
        /// On which paper.
        paper: &'static str,
    },
    /// Somebody asked to stop.
    #[error("stopped")]
    Stopped,
}

fn sentences(broken: &[Light]) -> String {
    broken.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
