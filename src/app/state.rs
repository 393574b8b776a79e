//! Everything the window knows.

use super::blocked::Blocked;
use super::context::AppContext;
use super::export::Exporting;
use super::files::Files;
use super::finishing::Finishing;
use super::gallery::Gallery;
use super::hosts::Hosts;
use super::jobs::{JobList, Jobs};
use super::key::Key;
use super::money::Ledger;
use super::photo::{PhotoUse, Photos, Standing};
use super::presets::OwnPresets;
use super::recipe::RecipeState;
use super::router::History;
use super::sweep::{Question, Sweeping};
use super::window::Window;
use crate::jobs::JobRow;
use crate::library::StickerRow;
use crate::model::{Engine, EngineId, JobId};
use crate::studio::StudioError;

/// The window's state.
pub(super) struct State {
    /// What features share.
    pub cx: AppContext,
    /// The window itself.
    pub window: Window,
    /// The settings, and what they draw.
    pub recipe: RecipeState,
    /// How the sticker in the viewer is finished.
    pub finishing: Finishing,
    /// The sweep.
    pub sweep: Sweeping,
    /// The export.
    pub export: Exporting,
    /// The photos.
    pub photos: Photos,
    /// Where photos go.
    pub hosts: Hosts,
    /// The person's own presets.
    pub presets: OwnPresets,
    /// Stickers.
    pub gallery: Gallery,
    /// What they did, to be taken back.
    pub history: History,
    /// Jobs.
    pub jobs: Jobs,
    /// What jobs cost.
    pub money: Ledger,
    /// The key of the hosted service.
    pub key: Key,
    /// The file dialog that is open, and what is typed in place of one.
    pub files: Files,
}

impl State {
    /// An empty window with this seed and click.
    pub(super) fn new(egui: egui::Context, hands_out_files: bool, seed: u32, click: String) -> Self {
        Self {
            cx: AppContext::new(egui),
            window: Window::default(),
            recipe: RecipeState::new(seed),
            photos: Photos::default(),
            finishing: Finishing::default(),
            sweep: Sweeping::default(),
            export: Exporting::default(),
            hosts: Hosts::default(),
            presets: OwnPresets::default(),
            gallery: Gallery::waiting(hands_out_files),
            history: History::default(),
            jobs: Jobs::new(click),
            money: Ledger::default(),
            key: Key::default(),
            files: Files::default(),
        }
    }

    /// The chosen engine as the settings have it.
    pub(super) fn engine(&self) -> Result<Engine, StudioError> {
        self.cx.engine(self.recipe.form.engine)
    }

    /// Does something else stand in the viewer, so that no key may reach the sticker behind it?
    pub(super) fn is_behind(&self) -> Option<&'static str> {
        if self.photos.well().before_crop.is_some() {
            return Some("The viewer shows the crop. Press Done, or click the sticker's card, and try again.");
        }
        let draft = self.recipe.draft.picture().is_some();
        draft.then_some("The viewer shows a draft. Click the sticker's card first, so that it is on the screen.")
    }

    /// Has no sticker been made yet?
    pub(super) fn is_first_run(&self) -> bool {
        let no_jobs = self.jobs.list().is_some_and(JobList::is_empty);
        !self.window.is_hint_closed() && no_jobs && self.gallery.is_known_empty()
    }

    /// What the photo is used for now.
    pub(super) const fn photo_use(&self) -> PhotoUse {
        self.recipe.form.photo_use()
    }

    /// Brings back what was in the well.
    pub(super) fn stand_again(&mut self, standing: Standing) {
        self.photos.stand_again(standing, self.recipe.form.engine, &mut self.cx);
    }

    /// Is there a sticker to export?
    pub(super) fn can_export(&self) -> bool {
        !self.export.is_empty() || self.gallery.selected_row().is_some()
    }

    /// How many stickers the next click makes, or the list of expressions while it is about that.
    pub(super) fn stickers(&self) -> u32 {
        self.of_all_photos(self.recipe.stickers_of_each())
    }

    /// How many stickers these are when so many are made of each photo.
    pub(super) fn of_all_photos(&self, of_each: u32) -> u32 {
        of_each.saturating_mul(u32::try_from(self.photos.to_make(self.photo_use())).unwrap_or(u32::MAX))
    }

    /// Would the next click go above the amount of a month at which to stop?
    pub(super) fn is_over_budget(&self) -> bool {
        self.money.goes_above(self.recipe.form.engine.price() * self.stickers(), &self.cx)
    }

    /// Is it still to be chosen where the photo may go?
    pub(super) fn lacks_host(&self) -> bool {
        self.photos.needs_host(self.photo_use()) && self.hosts.agreed(&self.cx).is_none()
    }

    /// What the sweep asks the library for.
    pub(super) fn sweep_question(&self) -> Option<Question> {
        let (well, used) = (self.photos.well(), self.photo_use());
        let link = well.as_linked(used).map(str::to_owned);
        let sent = well.sent_key(well.crop(used)?);
        Some(Question { sent, link, engine: self.recipe.form.engine, listing: self.gallery.listing() })
    }

    /// How many stickers the next run makes.
    pub(super) fn run_count(&self) -> u32 {
        let cells = || u32::try_from(self.sweep.new_cells().len()).unwrap_or(u32::MAX);
        if self.sweep.open { cells() } else { self.stickers() }
    }

    /// The sticker in the viewer.
    pub(super) fn selected(&self) -> Option<&StickerRow> {
        self.gallery.selected_row()
    }

    /// The job that made a sticker, while its row is there.
    pub(super) fn job_of(&self, sticker: &StickerRow) -> Option<&JobRow> {
        self.jobs.get(&JobId(sticker.job_id.clone()?))
    }

    /// Why nothing can be made now; `is_open` tells whether everything runs.
    pub(super) fn blocked(&self, is_open: bool) -> Option<Blocked> {
        if self.window.is_broken() {
            return Some(Blocked::NotReady);
        }
        if !is_open {
            return Some(Blocked::Opening);
        }
        let photo = if self.photos.several().is_empty() {
            self.photo_blocked()
        } else {
            self.photos.several_blocked(self.photo_use())
        };
        if photo.is_some() {
            return photo;
        }
        if self.recipe.form.engine == EngineId::Pixazo && !self.key.state().has_key() {
            return Some(Blocked::NoKey);
        }
        self.is_over_budget().then_some(Blocked::OverBudget)
    }

    /// Why nothing can be made of the photo in the well.
    fn photo_blocked(&self) -> Option<Blocked> {
        if self.photos.well().loaded.shown().is_none() {
            return Some(Blocked::NoPhoto);
        }
        if self.photos.well().loaded.is_loading() {
            return Some(Blocked::Reading);
        }
        if self.photos.well().settled().is_none() {
            return Some(Blocked::Turning);
        }
        self.photos.well().forbidding(self.photo_use()).map(Blocked::by)
    }
}
