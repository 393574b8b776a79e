//! Which commands can do something now; a menu of all of them dims the others.

use super::action::Command;
use super::view::ShellView;
use model::EngineId;

/// Can this command do anything, as the window is?
pub(super) fn is_able(command: Command, view: &ShellView<'_>) -> bool {
    let on_sweep = view.sweep.is_some();
    if on_sweep && super::sweep::leaves_alone(command) {
        return false;
    }
    match command {
        Command::Make => match &view.sweep {
            Some(sweep) => sweep.blocked.is_none() && !sweep.submitting,
            None => view.recipe.blocked.is_none() && !view.recipe.submitting,
        },
        Command::Undo => view.topbar.can_undo,
        Command::Redo => view.topbar.can_redo,
        Command::PickPalette => view.recipe.engine == EngineId::Local,
        Command::AddPadding | Command::CropPhoto | Command::TurnPhoto | Command::ResetCrop | Command::ForgetPhoto => {
            view.recipe.photo.shown().is_some() && !on_sweep
        }
        Command::SaveAs
        | Command::CopySticker
        | Command::Reveal
        | Command::ToggleStar
        | Command::ToggleReject
        | Command::Trash
        | Command::UseSeed
        | Command::Peek
        | Command::NextPartner
        | Command::PreviousPartner => view.viewer.sticker.shown().is_some(),
        Command::UseSettings => match &view.sweep {
            Some(sweep) => sweep.selected.is_some(),
            None => view.viewer.sticker.shown().is_some(),
        },
        Command::NextSticker | Command::PreviousSticker | Command::JumpToNewest => {
            view.gallery.cards.shown().is_some_and(|cards| !cards.is_empty())
        }
        // It is about a key that is held down.
        Command::HoldToCompare => false,
        _ => true,
    }
}
