//! The view of the open dialog.

use std::path::Path;

use super::parts;
use crate::app::blocked::Blocked;
use crate::app::hosts::Choices;
use crate::app::jobs::{self, JobMoments};
use crate::app::recipe::Listed;
use crate::app::state::State;
use crate::model::Remote;
use crate::model::ledger::LedgerEntry;
use crate::ui::action::Dialog;
use crate::ui::view::{
    DialogView, JobView, LookView, RecentPhotoView, RecentPhotosView, SettingsView, StickerView, Uploads,
};

/// What dialogs borrow and no feature owns.
pub(super) struct DialogTexts<'a> {
    dialog: &'a Dialog,
    choices: Choices,
    moments: JobMoments,
    listed: Listed,
    looks: Vec<LookView>,
    recent: Vec<RecentPhotoView<'a>>,
    photos_go: String,
    library: String,
}

/// What else they show.
pub(super) struct Shown<'a> {
    /// When a line of the ledger was written, local time.
    pub(super) at: &'a dyn Fn(&LedgerEntry) -> String,
    pub(super) job: Option<&'a JobView<'a>>,
    pub(super) sticker: &'a Remote<StickerView<'a>>,
    pub(super) uploads: &'a Remote<&'a dyn Uploads>,
    pub(super) blocked: Option<Blocked>,
}

impl<'a> DialogTexts<'a> {
    /// For the dialog that is open, if one is; `library` is the folder of the stickers, once it is known.
    pub(super) fn of(state: &'a State, library: Option<&Path>) -> Option<Self> {
        let dialog = state.cx.dialog.as_ref()?;
        let is_recent = *dialog == Dialog::RecentPhotos;
        let lists = state.recipe.expressions.wanted;
        Some(Self {
            dialog,
            choices: Choices::of(&state.hosts),
            moments: JobMoments::of(&state.jobs, &state.cx),
            listed: if lists { state.recipe.expressions_listed() } else { Listed::default() },
            looks: if lists { state.recipe.expression_looks() } else { Vec::new() },
            recent: if is_recent { state.photos.recent_photos(&state.cx) } else { Vec::new() },
            photos_go: state.hosts.goes(&state.cx),
            library: library.map(|library| library.display().to_string()).unwrap_or_default(),
        })
    }

    /// The open dialog, if what it is about is still there.
    pub(super) fn view(&'a self, state: &'a State, shown: &Shown<'a>) -> Option<DialogView<'a>> {
        let submitting = state.jobs.is_submitting();
        let settings = || parts::settings(state, &self.library, &self.photos_go);
        Some(match self.dialog {
            Dialog::Key => DialogView::Key(state.key.view(state.jobs.held(jobs::KEY))),
            Dialog::Place(what) => DialogView::Place(state.files.view(*what)),
            Dialog::PhotoHosts => {
                DialogView::PhotoHosts(state.hosts.view(&self.choices, parts::run(state), submitting, &state.cx))
            }
            Dialog::SetUpHost(form) => DialogView::SetUpHost(state.hosts.form_view(*form)),
            Dialog::Uploads => DialogView::Uploads(state.hosts.uploads_view(shown.uploads)),
            Dialog::RecentPhotos => {
                let is_on = state.cx.settings.recent_photos;
                DialogView::RecentPhotos(RecentPhotosView { photos: &self.recent, is_on })
            }
            Dialog::Rename => DialogView::Rename(state.gallery.renaming()?),
            Dialog::EmptyBin => DialogView::EmptyBin(state.gallery.binned()),
            Dialog::Peek => DialogView::Peek(shown.sticker.shown()?),
            Dialog::Expressions => {
                let (recipe, count) = (&state.recipe, state.stickers());
                DialogView::Expressions(self.listed.view(recipe, &self.looks, count, shown.blocked, submitting))
            }
            Dialog::Help => DialogView::Help,
            Dialog::Commands => DialogView::Commands,
            Dialog::Budget => DialogView::Settings(SettingsView { at_budget: true, ..settings() }),
            Dialog::Settings => DialogView::Settings(settings()),
            Dialog::Job(_) => DialogView::Job(self.moments.details(shown.job?)),
            Dialog::SubmitAgain(_) => DialogView::SubmitAgain(shown.job?),
            Dialog::Ledger => DialogView::Ledger(state.money.view(shown.at)),
            Dialog::OverBudget => DialogView::OverBudget(state.jobs.over_budget()?),
            Dialog::HostedNotice => DialogView::HostedNotice(parts::notice(state)),
            Dialog::Closing => DialogView::Closing(state.window.closing_view(state.jobs.unanswered(), &state.cx)),
        })
    }
}
