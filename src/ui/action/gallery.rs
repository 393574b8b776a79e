//! What can be asked of the stickers of the library.

use model::Sort;

use super::{Command, StickerId};

/// Something about the stickers of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GalleryAction {
    /// A command about the sticker of this card, or about all that are chosen when it is one of them.
    RunOn(StickerId, Command),
    /// Show this sticker in the viewer, and choose no other.
    Select(StickerId),
    /// Choose this one too, or no longer; the first that was chosen stays in the viewer.
    Toggle(StickerId),
    /// Choose everything from the one in the viewer to this one.
    ExtendTo(StickerId),
    /// Choose these, or these too.
    Choose {
        /// Which ones.
        ids: Vec<StickerId>,
        /// Do those stay chosen that are?
        more: bool,
    },
    /// The pointer drags this one, or all that are chosen when it is one of them, and may let go over another program.
    DragOut(StickerId),
    /// Compare the one in the viewer with this one.
    CompareWith(StickerId),
    /// Call the stickers so that the dialog is about; an empty name takes theirs away.
    Rename(String),
    /// Move what lies in the bin into the system's trash.
    EmptyBin,
    /// Star this sticker, or take the star away.
    SetStar(StickerId, bool),
    /// Reject this sticker, or take that back.
    SetReject(StickerId, bool),
    /// Show cut-outs, or the pictures with their background.
    ShowBackgrounds(bool),
    /// Show only stickers that fit these words.
    Search(String),
    /// Show only starred stickers, or all.
    ShowStarredOnly(bool),
    /// Show stickers in this order.
    Sort(Sort),
    /// These places are in sight, first and behind the last: load their pictures.
    InSight(usize, usize),
}

impl GalleryAction {
    /// Is another sticker in the viewer after it, or are others chosen?
    pub const fn is_choice(&self) -> bool {
        matches!(
            self,
            Self::Select(_) | Self::Toggle(_) | Self::ExtendTo(_) | Self::Choose { .. } | Self::CompareWith(_)
        )
    }
}
