//! The parts of the views, each made from the state by one function.

use crate::app::pictures::PictureName;
use crate::app::shown::value_words;
use crate::app::state::State;
use crate::app::sweep::Around;
use crate::app::toasts::{ToastAnswer, ToastState};
use crate::library::{Mark, StickerRow};
use crate::model::{EngineId, Money, PARAMETERS, Parameter, Recipe, Remote};
use crate::ui::action::StickerId;
use crate::ui::view::{Difference, FinishingView, NoticeView, Picture, SettingsView, StickerView};
use crate::ui::widgets::toast::{About, Toast};

/// What has changed, for the settings dialog.
const CHANGES: &str = include_str!("../../../assets/CHANGELOG.md");

/// Where the photo goes, as one sentence.
pub(super) fn photo_goes(state: &State) -> String {
    if state.recipe.form.engine == EngineId::Local {
        return "Stays on this computer".to_owned();
    }
    if state.photos.well().as_linked(state.photo_use()).is_some() {
        return "Sent as linked".to_owned();
    }
    state.hosts.goes(&state.cx)
}

/// What the rail of finishing shows; a picture with its background is not finished.
pub(super) fn finishing(state: &State) -> Option<FinishingView<'_>> {
    let gallery = &state.gallery;
    state.finishing.view(gallery.selected().filter(|_| !gallery.shows_backgrounds()), gallery.count_chosen())
}

/// What stands around the sweep.
pub(super) fn around_sweep(state: &State) -> Around<'_> {
    Around {
        engine: state.recipe.form.engine,
        recipe: &state.recipe.form.recipe,
        photo: state.photos.well().loaded.shown().map(|photo| photo.picked.name.as_str()),
        jobs: state.jobs.list(),
        gallery: &state.gallery,
        money: &state.money,
        cx: &state.cx,
    }
}

/// The picture of a photo that was sent as this link: what the window has of it.
pub(super) fn picture_of_link(state: &State, link: &str) -> Option<PictureName> {
    let in_the_well = state.photos.well().loaded.shown().is_some_and(|photo| photo.link.as_deref() == Some(link));
    let recent = || state.photos.recent().all().iter().find(|photo| photo.link.as_deref() == Some(link));
    if in_the_well {
        Some(PictureName::Photo(state.photos.well().number))
    } else {
        recent().map(|photo| PictureName::Recent(photo.sha256.clone()))
    }
}

/// How many stickers the next run makes, and what they cost.
pub(super) fn run(state: &State) -> (u32, Money) {
    let count = state.run_count();
    (count, state.recipe.form.engine.price() * count)
}

/// A setting that differs, with its values in words.
pub(super) struct DifferenceTexts {
    parameter: Parameter,
    label: &'static str,
    from: String,
    to: String,
}

impl DifferenceTexts {
    pub(super) fn view(&self) -> Difference<'_> {
        Difference { parameter: self.parameter, label: self.label, from: &self.from, to: &self.to }
    }
}

/// What differs between the form and a sticker; the seed, which always does, aside.
/// Settings are called as the form calls them with `engine`.
pub(super) fn differences(engine: EngineId, form: &Recipe, sticker: &Recipe) -> Vec<DifferenceTexts> {
    PARAMETERS
        .iter()
        .map(|spec| spec.parameter)
        .filter(|parameter| !matches!(parameter, Parameter::Image | Parameter::Seed | Parameter::Webhook))
        .filter(|parameter| form.get(*parameter) != sticker.get(*parameter))
        .map(|parameter| DifferenceTexts {
            parameter,
            label: parameter.spec().label(engine),
            from: value_words(parameter, form),
            to: value_words(parameter, sticker),
        })
        .collect()
}

/// The sticker in the viewer, in the state of the gallery.
pub(super) fn sticker<'a>(
    state: &'a State,
    row: Option<&'a StickerRow>,
    differences: &'a [Difference<'a>],
) -> Remote<StickerView<'a>> {
    match row {
        Some(row) => Remote::Ready(sticker_view(state, row, differences)),
        None => match state.gallery.rows() {
            Remote::Loading { .. } => Remote::Loading { previous: None },
            Remote::Failed { error, .. } => Remote::Failed { previous: None, error: error.clone() },
            Remote::NotAsked | Remote::Ready(_) => Remote::NotAsked,
        },
    }
}

/// One sticker; the photo lies under it while it is the one in the form.
pub(super) fn sticker_view<'a>(
    state: &'a State,
    row: &'a StickerRow,
    differences: &'a [Difference<'a>],
) -> StickerView<'a> {
    let photo = state.photos.well().loaded.shown().filter(|photo| row.info.photo_sha256 == Some(photo.identity()));
    StickerView {
        id: StickerId(row.id),
        name: &row.name,
        picture: picture(state, row),
        canvas: (row.info.recipe.width, row.info.recipe.height),
        photo: photo.map(|_| state.cx.pictures.get(&PictureName::Photo(state.photos.well().number))),
        frame: row.info.frame,
        seed: row.seed,
        engine: row.engine,
        cost: state.job_of(row).map_or(Money::ZERO, |job| job.price),
        starred: row.mark == Mark::Star,
        differences,
    }
}

/// The picture of a sticker: as it is being finished, else as it is kept.
fn picture(state: &State, row: &StickerRow) -> Picture {
    let live = state.finishing.picture(StickerId(row.id)).filter(|_| !state.gallery.shows_backgrounds());
    live.unwrap_or_else(|| state.gallery.picture(row, &state.cx.pictures))
}

/// A toast as it is drawn.
pub(super) fn toast(toast: &ToastState) -> Toast<'_> {
    let answer = toast.answer.as_ref().map(|(word, _)| word.as_str());
    let about = match &toast.answer {
        _ if toast.failed => About::Broken,
        Some((_, ToastAnswer::Restore(_) | ToastAnswer::RestorePreset(..))) => About::Trash,
        Some((_, ToastAnswer::Reveal(_) | ToastAnswer::Export(_))) => About::Done,
        Some((_, ToastAnswer::TypePath | ToastAnswer::BackTo(_))) | None => About::Note,
    };
    Toast { id: toast.id, about, sentence: &toast.sentence, answer }
}

/// The preferences.
pub(super) fn settings<'a>(state: &'a State, library: &'a str, photos_go: &'a str) -> SettingsView<'a> {
    let settings = &state.cx.settings;
    SettingsView {
        theme: settings.theme,
        scale: settings.scale_percent as f32 / 100.0,
        reduce_motion: settings.reduce_motion,
        notifications: settings.notifications,
        soft_budget: settings.budget.ask_above,
        hard_budget: settings.budget.refuse_above,
        concurrency: settings.concurrency as u32,
        address: settings.base_url.as_deref().unwrap_or_default(),
        at_budget: false,
        recent_photos: settings.recent_photos,
        settings_in_copies: settings.settings_in_exports,
        label_copies: settings.label_exports,
        library,
        key: state.key.state(),
        photos_go,
        version: env!("CARGO_PKG_VERSION"),
        changes: CHANGES,
    }
}

/// Why the ticket says that the budget is used up.
pub(super) fn why_over_budget(state: &State) -> Option<String> {
    state.is_over_budget().then(|| state.money.why_above(&state.cx)).flatten()
}

/// What is said once before the first hosted sticker.
pub(super) fn notice(state: &State) -> NoticeView {
    let count = state.run_count();
    NoticeView { count, price: EngineId::Pixazo.price() * count, asks_for_host: state.lacks_host() }
}
