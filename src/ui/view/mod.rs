//! What panels borrow to draw: small plain values that the window builds anew for each frame.

mod crop;
mod dialogs;
mod export;
mod expressions;
mod finishing;
mod gallery;
mod hosts;
mod jobs;
mod levels;
mod money;
mod recipe;
mod shell;
mod sweep;
mod topbar;
mod viewer;

pub use crop::{CropView, SentView};
pub use dialogs::{
    JobDetailsView, KeyCheckView, KeyDialogView, PlaceView, RecentPhotoView, RecentPhotosView, RenameView, SettingsView,
};
pub use export::{ExportView, Lamp, PackedView, PrintView, ReadsView, RuleView, TargetView, WrittenView};
pub use expressions::ExpressionsView;
pub use finishing::FinishingView;
pub use gallery::{Card, Cards, GalleryView};
pub use hosts::{HostChoice, HostFormView, HostsView, UploadView, Uploads, UploadsView};
pub(crate) use jobs::clock;
pub use jobs::{BannerView, JobRows, JobView, JobsSum, JobsView, Ticking, Trouble};
pub use levels::{Levels, Texture};
pub use model::Crop;
pub use money::{ClosingView, LedgerView, NoticeView, OverBudgetView};
pub use recipe::{FaceState, LookView, PhotoRemark, PhotoTab, PhotoView, PresetView, RecipeView, UseOfSeed, Weight};
pub use shell::{DialogView, ShellView};
pub use sweep::{AxisView, CellView, RunningSweep, SelectedCell, SweepSum, SweepView};
pub(crate) use topbar::key_words;
pub use topbar::{Budget, TopBarView};
pub use viewer::{Difference, StickerView, ViewerView};

use egui::{TextureId, Vec2};
use levels::MOST_COPIES;

/// A picture that may not be there yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Picture {
    /// It is being read: a flat tile, never a spinner.
    #[default]
    Loading,
    /// It is on the graphics card.
    Ready {
        /// Its texture.
        id: TextureId,
        /// Size of the whole picture in its own pixels.
        size: Vec2,
        /// Size of the texture, which may be smaller.
        stored: Vec2,
        /// The same picture, each half the size of the one before.
        copies: [Option<TextureId>; MOST_COPIES],
    },
    /// It cannot be read.
    Missing,
    /// Its file was deleted or moved by somebody else.
    Gone,
}

impl Picture {
    /// The size, once it is known.
    pub const fn size(&self) -> Option<Vec2> {
        match self {
            Self::Ready { size, .. } => Some(*size),
            Self::Loading | Self::Missing | Self::Gone => None,
        }
    }

    /// The texture to draw it with over so many pixels of the screen: the smallest that is not enlarged.
    pub fn texture(&self, pixels: Vec2) -> Option<TextureId> {
        let Self::Ready { id, stored, copies, .. } = self else { return None };
        let mut best = (*id, *stored);
        for copy in copies.iter().flatten() {
            let half = best.1 / 2.0;
            if half.x < pixels.x || half.y < pixels.y {
                break;
            }
            best = (*copy, half);
        }
        Some(best.0)
    }
}

impl From<&Texture> for Picture {
    fn from(texture: &Texture) -> Self {
        let Some(full) = texture.full() else { return Self::Missing };
        Self::Ready { id: full.id(), size: texture.size(), stored: full.size_vec2(), copies: texture.copies() }
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    #[test]
    fn a_picture_is_drawn_with_the_smallest_copy_that_is_large_enough() {
        let mut copies = [None; MOST_COPIES];
        copies[0] = Some(TextureId::User(1));
        copies[1] = Some(TextureId::User(2));
        let (size, stored) = (vec2(4096.0, 2048.0), vec2(1024.0, 512.0));
        let picture = Picture::Ready { id: TextureId::User(0), size, stored, copies };
        assert_eq!(picture.size(), Some(size));
        for (width, id) in [(2000.0, 0), (700.0, 0), (512.0, 1), (300.0, 1), (256.0, 2), (10.0, 2)] {
            assert_eq!(picture.texture(vec2(width, width / 2.0)), Some(TextureId::User(id)), "{width}");
        }
    }
}
