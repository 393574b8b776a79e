//! The views of the panels. What a view borrows and no feature owns is put together for the frame first, as texts.

use super::parts;
use crate::app::blocked::Blocked;
use crate::app::jobs::{self, JobList};
use crate::app::photo::{self, Remark, SentTexts};
use crate::app::pictures::PictureName;
use crate::app::presets::BUILT_IN;
use crate::app::state::State;
use crate::model::{Crop, EngineId, Remote};
use crate::ui::view::{
    JobRows, JobsView, LookView, PhotoTab, PhotoView, PresetView, RecipeView, StickerView, TopBarView, ViewerView,
};

/// What is said of the photo in the well.
pub(super) struct WellTexts {
    faces: Vec<Crop>,
    remark: Option<Remark>,
    sent: SentTexts,
}

impl WellTexts {
    /// As the photo is used now.
    pub(super) fn of(state: &State) -> Self {
        let (well, used) = (state.photos.well(), state.photo_use());
        Self { faces: photo::faces(well), remark: Remark::of(well, used), sent: SentTexts::of(well, used) }
    }

    /// The photo in the well.
    pub(super) fn photo<'a>(&'a self, state: &'a State) -> Remote<PhotoView<'a>> {
        let (well, used) = (state.photos.well(), state.photo_use());
        photo::photo(well, used, &state.cx, &self.faces, self.remark.as_ref(), &self.sent)
    }
}

/// What stands in the form beside its values.
pub(super) struct RecipeTexts<'a> {
    presets: Vec<PresetView<'static>>,
    own_presets: Option<Vec<PresetView<'a>>>,
    photo_goes: String,
    tabs: Vec<PhotoTab<'a>>,
    left_out: String,
    styles: Vec<LookView>,
    moods: Vec<LookView>,
    blocked: Option<Blocked>,
    blocked_why: Option<String>,
}

impl<'a> RecipeTexts<'a> {
    /// As they are now, when `blocked` keeps the ticket from being pressed.
    pub(super) fn of(state: &'a State, blocked: Option<Blocked>) -> Self {
        let used = state.photo_use();
        let (tabs, left_out) = state.photos.tabs(used, &state.cx);
        let [styles, moods] = state.recipe.look_views();
        let forbidding = || state.photos.well().forbidding(used).filter(|_| state.photos.several().is_empty());
        let blocked_why = blocked.and_then(|_| forbidding()).map(|finding| photo::forbidden(finding).1);
        Self {
            presets: BUILT_IN.iter().map(|preset| preset.view()).collect(),
            own_presets: state.presets.view(),
            photo_goes: parts::photo_goes(state),
            tabs,
            left_out,
            styles,
            moods,
            blocked,
            blocked_why: blocked_why.or_else(|| parts::why_over_budget(state)),
        }
    }

    /// The form, above it this photo.
    pub(super) fn view(&'a self, state: &'a State, photo: &'a Remote<PhotoView<'a>>) -> RecipeView<'a> {
        let form = &state.recipe.form;
        let (preset, preset_edited) = state.presets.in_use(&form.preset, &form.recipe);
        RecipeView {
            recipe: &form.recipe,
            last_run: form.last_run.as_ref(),
            engine: form.engine,
            photo,
            photo_goes: &self.photo_goes,
            preset,
            preset_edited,
            presets: &self.presets,
            own_presets: self.own_presets.as_deref(),
            words_understood: &state.recipe.words().known.0,
            words_ignored: &state.recipe.words().known.1,
            moods_left_out: &state.recipe.draft.left_out,
            palette: &state.recipe.words().palette,
            styles: &self.styles,
            moods: &self.moods,
            seed: form.seed,
            recent_seeds: &form.recent_seeds,
            count: form.count,
            stickers: state.of_all_photos(form.count),
            photos: &self.tabs,
            left_out: &self.left_out,
            price_each: form.engine.price(),
            blocked: self.blocked.map(Blocked::words),
            opens: self.blocked.and_then(Blocked::way_on).is_some(),
            blocked_why: self.blocked_why.as_deref(),
            submitting: state.jobs.is_submitting(),
        }
    }
}

/// The bar above everything.
pub(super) fn topbar(state: &State) -> TopBarView<'_> {
    let engine = state.recipe.form.engine;
    TopBarView {
        engine,
        price: engine.price(),
        spent_today: state.money.spent().today.spent,
        budget: state.money.budget(&state.cx),
        key: state.key.state().clone(),
        can_undo: state.history.can_undo(),
        can_redo: state.history.can_redo(),
        can_export: state.can_export(),
        exports: state.export.open,
        promise: "Free, and your photo stays here",
    }
}

/// The large picture: this sticker, or the photo.
pub(super) fn viewer<'a>(
    state: &'a State,
    texts: &'a WellTexts,
    sticker: &'a Remote<StickerView<'a>>,
    other: Option<&'a StickerView<'a>>,
    can_drop: bool,
) -> ViewerView<'a> {
    let (well, used) = (state.photos.well(), state.photo_use());
    ViewerView {
        sticker,
        other,
        photo: well.loaded.shown().map(|_| state.cx.pictures.get(&PictureName::Photo(well.number))),
        photo_is_sample: well.is_sample,
        draft: state.recipe.draft.picture(),
        can_drop,
        photo_crop: well.crop(used),
        crop: photo::cropping(well, used, &state.cx, &texts.faces, &texts.sent),
        cut_line: state.photos.cut_line(),
        finishing: parts::finishing(state),
        chosen: state.gallery.count_chosen(),
    }
}

/// The jobs, with what all of them wait for.
pub(super) fn jobs<'a>(
    state: &'a State,
    jobs: &'a Remote<&'a dyn JobRows>,
    banner: Option<&'a jobs::Banner>,
) -> JobsView<'a> {
    let list = state.jobs.list();
    JobsView {
        jobs,
        paused: state.jobs.is_paused(),
        banner: banner.map(jobs::Banner::view),
        spent_today: state.money.spent().today.spent,
        unsure: list.map(JobList::unsure).unwrap_or_default(),
        has_key: state.key.state().has_key(),
        offer_hosted: state.recipe.form.engine == EngineId::Local && list.is_some_and(JobList::is_empty),
    }
}
