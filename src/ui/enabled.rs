//! Which commands can do something now; a menu of all of them dims the others.

use super::action::{Command, FinishTool};
use super::view::ShellView;
use model::EngineId;

impl Command {
    /// Is it done to the stickers that are chosen?
    pub const fn is_about_stickers(self) -> bool {
        matches!(
            self,
            Self::SaveAs
                | Self::CopySticker
                | Self::Rename
                | Self::Reveal
                | Self::ToggleStar
                | Self::ToggleReject
                | Self::Trash
                | Self::Restore
                | Self::UseSeed
                | Self::UseSettings
                | Self::Peek
        )
    }
}

/// Is this command about what is not in sight, because sweep or export take its place? It does nothing then.
pub(super) const fn is_out_of_sight(command: Command, view: &ShellView<'_>) -> bool {
    let (sweep, export) = (view.sweep.is_some(), view.export.is_some());
    if !sweep && !export {
        return false;
    }
    // Settings are taken from the chosen cell of a sweep.
    let is_of_stickers = command.is_about_stickers() && !(sweep && matches!(command, Command::UseSettings));
    is_of_stickers
        || (export && matches!(command, Command::Make))
        || matches!(
            command,
            Command::ShowBin
                | Command::EmptyBin
                | Command::SelectAll
                | Command::NextSticker
                | Command::PreviousSticker
                | Command::NextPartner
                | Command::PreviousPartner
                | Command::HoldToCompare
                | Command::Finish
                | Command::SmallerBrush
                | Command::LargerBrush
                | Command::ZoomFit
                | Command::ZoomActual
                | Command::ZoomIn
                | Command::ZoomOut
                | Command::Search
                | Command::JumpToNewest
                | Command::ToggleRecipe
                | Command::ToggleJobs
                | Command::ExpandGallery
        )
}

/// Can this command do anything, as the window is?
pub(super) fn is_enabled(command: Command, view: &ShellView<'_>) -> bool {
    let on_sweep = view.sweep.is_some();
    if is_out_of_sight(command, view) {
        return false;
    }
    match command {
        Command::Make => match &view.sweep {
            Some(sweep) => (sweep.blocked.is_none() || sweep.opens) && !sweep.submitting,
            None => (view.recipe.blocked.is_none() || view.recipe.opens) && !view.recipe.submitting,
        },
        Command::Undo => view.topbar.can_undo,
        Command::Redo => view.topbar.can_redo,
        Command::PickPalette => view.recipe.engine == EngineId::Local,
        Command::AddPadding | Command::CropPhoto | Command::TurnPhoto | Command::ResetCrop | Command::ForgetPhoto => {
            view.recipe.photo.shown().is_some() && !on_sweep && view.export.is_none()
        }
        Command::NextPartner | Command::PreviousPartner | Command::Finish => shows_sticker(view),
        Command::Export => view.topbar.can_export,
        Command::SmallerBrush | Command::LargerBrush => {
            view.viewer.finishing.is_some_and(|finishing| finishing.tool == Some(FinishTool::Brush))
        }
        Command::Trash => shows_sticker(view) && !view.gallery.in_bin,
        Command::Restore => shows_sticker(view) && view.gallery.in_bin,
        Command::EmptyBin => view.gallery.binned > 0,
        Command::UseSettings => match &view.sweep {
            Some(sweep) => sweep.selected.is_some(),
            None => shows_sticker(view),
        },
        Command::NextSticker | Command::PreviousSticker | Command::JumpToNewest | Command::SelectAll => {
            view.gallery.cards.shown().is_some_and(|cards| !cards.is_empty())
        }
        command if command.is_about_stickers() => shows_sticker(view),
        // It is about a key that is held down.
        Command::HoldToCompare => false,
        _ => true,
    }
}

/// Is a sticker on the screen, and nothing in its place?
fn shows_sticker(view: &ShellView<'_>) -> bool {
    let viewer = &view.viewer;
    viewer.sticker.shown().is_some() && viewer.crop.is_none() && viewer.draft.is_none()
}
