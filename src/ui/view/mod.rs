//! What panels borrow to draw: small plain values that the window builds anew for each frame.

mod dialogs;
mod gallery;
mod jobs;
mod recipe;
mod shell;
mod topbar;
mod viewer;

pub use dialogs::{JobDetailsView, KeyCheckView, KeyDialogView, SettingsView};
pub use gallery::{Card, Cards, GalleryView};
pub(crate) use jobs::clock;
pub use jobs::{BannerView, JobView, JobsView, Ticking, Trouble};
pub use recipe::{Crop, FaceState, PhotoRemark, PhotoView, RecipeView, UseOfSeed};
pub use shell::{DialogView, ShellView};
pub(crate) use topbar::key_words;
pub use topbar::{Budget, TopBarView};
pub use viewer::{Difference, StickerView, ViewerView};

use egui::{TextureHandle, TextureId, Vec2};

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
    },
    /// Its file is gone or unreadable.
    Missing,
}

impl Picture {
    /// The size, once it is known.
    pub const fn size(&self) -> Option<Vec2> {
        match self {
            Self::Ready { size, .. } => Some(*size),
            Self::Loading | Self::Missing => None,
        }
    }
}

impl From<&TextureHandle> for Picture {
    fn from(texture: &TextureHandle) -> Self {
        Self::Ready { id: texture.id(), size: texture.size_vec2() }
    }
}

/// Something that is fetched or worked out elsewhere; it keeps what was there before, so that nothing flickers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Remote<T> {
    /// Nobody asked for it.
    #[default]
    NotAsked,
    /// It is on its way.
    Loading {
        /// What was there before.
        previous: Option<T>,
    },
    /// It is here.
    Ready(T),
    /// It did not come.
    Failed {
        /// What was there before.
        previous: Option<T>,
        /// What happened, as a sentence.
        error: String,
    },
}

impl<T> Remote<T> {
    /// What there is to show, old or new.
    pub const fn shown(&self) -> Option<&T> {
        match self {
            Self::NotAsked => None,
            Self::Ready(value) => Some(value),
            Self::Loading { previous } | Self::Failed { previous, .. } => previous.as_ref(),
        }
    }

    /// Is it on its way?
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// What went wrong, if it did.
    pub fn error(&self) -> Option<&str> {
        match self {
            Self::Failed { error, .. } => Some(error),
            _ => None,
        }
    }
}
