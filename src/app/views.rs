//! The parts of the views, each made from the state by one function.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::pictures::PictureName;
use super::state::{State, ToastAnswer, ToastState};
use super::work::with_full_stop;
use crate::jobs::{JobRow, Offer};
use crate::library::{Mark, StickerRow};
use crate::model::parameter::Kind;
use crate::model::{Charged, JobStatus, Money, PARAMETERS, Parameter, Recipe};
use crate::studio::capitalised;
use crate::ui::action::{JobOffer, StickerId, WayOut};
use crate::ui::view::{
    BannerView, Budget, Difference, JobDetailsView, JobView, Picture, Remote, SettingsView, StickerView, Ticking,
    Trouble,
};
use crate::ui::widgets::toast::{About, Toast};

/// What has changed, for the settings dialog.
const CHANGES: &str = include_str!("../../assets/CHANGELOG.md");

/// A remote value with other content.
pub(super) fn with<T, U>(remote: &Remote<T>, shown: Option<U>) -> Remote<U> {
    match remote {
        Remote::NotAsked => Remote::NotAsked,
        Remote::Loading { .. } => Remote::Loading { previous: shown },
        Remote::Ready(_) => shown.map_or(Remote::NotAsked, Remote::Ready),
        Remote::Failed { error, .. } => Remote::Failed { previous: shown, error: error.clone() },
    }
}

/// The gallery's cards in the state of its rows.
pub(super) fn with_rows<'a, T, U: ?Sized>(rows: &Remote<T>, cards: &'a U) -> Remote<&'a U> {
    with(rows, rows.shown().map(|_| cards))
}

/// Texts of a job's row that the view borrows.
pub(super) struct JobTexts {
    error: Option<String>,
    offers: Vec<JobOffer>,
}

impl JobTexts {
    pub(super) fn of(row: &JobRow) -> Self {
        let offers = row.offers.iter().map(|offer| job_offer(*offer)).collect();
        let error = row.error.as_ref().map(|error| with_full_stop(capitalised(error)));
        Self { error, offers }
    }
}

const fn job_offer(offer: Offer) -> JobOffer {
    match offer {
        Offer::Stop => JobOffer::Stop,
        Offer::GoOn => JobOffer::GoOn,
        Offer::Retry => JobOffer::Retry,
        Offer::SubmitAgain => JobOffer::SubmitAgain,
        Offer::LookAgain => JobOffer::LookAgain,
        Offer::Dismiss => JobOffer::Dismiss,
        Offer::Forget => JobOffer::Forget,
    }
}

/// The rows of jobs; those put aside are not shown.
pub(super) fn jobs<'a>(state: &'a State, texts: &'a [JobTexts], now: Timestamp) -> Remote<Vec<JobView<'a>>> {
    let shown = state.jobs.shown().map(|rows| {
        let waiting = |row: &JobRow| row.status == JobStatus::Queued;
        let positions: Vec<i64> = rows.iter().filter(|row| waiting(row)).map(|row| row.position).collect();
        rows.iter()
            .zip(texts)
            .filter(|(row, _)| row.status != JobStatus::Dismissed)
            .map(|(row, texts)| {
                let ahead = positions.iter().filter(|position| **position < row.position).count();
                job(state, row, texts, if waiting(row) { ahead } else { 0 }, now)
            })
            .collect()
    });
    with(&state.jobs, shown)
}

fn job<'a>(state: &'a State, row: &'a JobRow, texts: &'a JobTexts, ahead: usize, now: Timestamp) -> JobView<'a> {
    let seconds = |until: Timestamp| until.duration_since(row.created_at).as_secs().max(0) as u64;
    JobView {
        id: row.id.clone(),
        prompt: &row.recipe.prompt,
        picture: job_picture_name(row).map_or(Picture::Missing, |name| state.pictures.get(&name)),
        status: row.status,
        charged: row.charged,
        price: row.price,
        engine: row.engine,
        seed: row.recipe.seed.unwrap_or_default(),
        progress: row.progress,
        ahead,
        elapsed: if row.rests() { Ticking::Over(seconds(row.updated_at)) } else { Ticking::Running(seconds(now)) },
        goes_on_in: row.retry_at.map(|at| at.duration_since(now).as_secs().max(0) as u64),
        takes_long: row.takes_long,
        error: texts.error.as_deref(),
        request_id: row.request_id.as_deref(),
        offers: &texts.offers,
    }
}

/// The picture of a job's row: its sticker when it is done, its photo before.
pub(super) fn job_picture_name(row: &JobRow) -> Option<PictureName> {
    let sticker = row.path.as_ref().map(|path| PictureName::Thumbnail(path.into()));
    sticker.or_else(|| row.photo_sha256.clone().map(PictureName::JobPhoto))
}

/// A banner of the jobs panel, with its sentences.
pub(super) struct Banner {
    trouble: Trouble,
    head: String,
    sentence: &'static str,
    ways: &'static [(&'static str, WayOut)],
}

impl Banner {
    pub(super) fn view(&self) -> BannerView<'_> {
        BannerView { trouble: self.trouble, head: &self.head, sentence: self.sentence, ways: self.ways }
    }
}

/// What the line waits for, the most blocking first.
pub(super) fn held_banner(state: &State) -> Option<Banner> {
    use crate::jobs::state::Hold;
    let rows = state.jobs.shown()?;
    let held = |why: Hold| rows.iter().filter(|row| row.held == Some(why)).count();
    let total = |why: Hold| rows.iter().filter(|row| row.held == Some(why)).map(|row| row.price).sum::<Money>();
    if held(Hold::Key) + held(Hold::Access) > 0 {
        return Some(Banner {
            trouble: Trouble::Key,
            head: "Pixazo does not accept the key".to_owned(),
            sentence: "Nothing was charged, and the jobs are kept. Check the key, then let them go on.",
            ways: &[("Go on", WayOut::GoOn), ("Get a key", WayOut::OpenKeyPage)],
        });
    }
    if held(Hold::Credit) > 0 {
        return Some(Banner {
            trouble: Trouble::Credit,
            head: "The credit at Pixazo is used up".to_owned(),
            sentence: "Nothing was charged, and the jobs are kept. Add credit, then let them go on.",
            ways: &[("Go on", WayOut::AskForCredit), ("Add credit", WayOut::OpenCreditPage)],
        });
    }
    let count = held(Hold::LastTime);
    (count > 0).then(|| Banner {
        trouble: Trouble::HeldFromLastTime,
        head: format!("{count} from last time, {}", total(Hold::LastTime)),
        sentence: "They were never sent, so nothing was charged. Go on pays for them.",
        ways: &[("Go on", WayOut::GoOn), ("Discard", WayOut::DiscardHeld)],
    })
}

/// Jobs of which nobody knows whether they were charged, and their money.
pub(super) fn unsure(state: &State) -> (usize, Money) {
    let rows = state.jobs.shown().into_iter().flatten();
    let unsure: Vec<&JobRow> =
        rows.filter(|row| row.charged == Charged::Unknown && row.status != JobStatus::Dismissed).collect();
    (unsure.len(), unsure.iter().map(|row| row.price).sum())
}

/// The monthly budget, when there is one.
pub(super) fn budget(state: &State) -> Option<Budget> {
    let limits = &state.settings.budget;
    let limit = limits.refuse_above.or(limits.ask_above)?;
    Some(Budget { limit, committed: state.money.month.committed() })
}

/// A setting that differs, with its values in words.
pub(super) struct DifferenceTexts {
    parameter: Parameter,
    in_form: String,
    in_sticker: String,
}

impl DifferenceTexts {
    pub(super) fn view(&self) -> Difference<'_> {
        Difference { parameter: self.parameter, in_form: &self.in_form, in_sticker: &self.in_sticker }
    }
}

/// What differs between the form and a sticker; the seed, which always does, aside.
pub(super) fn differences(form: &Recipe, sticker: &Recipe) -> Vec<DifferenceTexts> {
    PARAMETERS
        .iter()
        .map(|spec| spec.parameter)
        .filter(|parameter| !matches!(parameter, Parameter::Image | Parameter::Seed | Parameter::Webhook))
        .filter(|parameter| form.get(*parameter) != sticker.get(*parameter))
        .map(|parameter| DifferenceTexts {
            parameter,
            in_form: value_words(parameter, form),
            in_sticker: value_words(parameter, sticker),
        })
        .collect()
}

/// A setting's value as its control shows it.
fn value_words(parameter: Parameter, recipe: &Recipe) -> String {
    let value = recipe.get(parameter);
    match (parameter.spec().kind, &value) {
        (Kind::Real { decimals, .. }, number) => format!("{:.decimals$}", number.as_f64().unwrap_or_default()),
        (Kind::Toggle { .. }, on) => if on.as_bool() == Some(true) { "on" } else { "off" }.to_owned(),
        (Kind::Text { .. }, text) => match text.as_str().unwrap_or_default() {
            "" => "none".to_owned(),
            words => words.to_owned(),
        },
        _ => value.to_string(),
    }
}

/// The sticker in the viewer, in the state of the gallery.
pub(super) fn sticker<'a>(
    state: &'a State,
    row: Option<&'a StickerRow>,
    differences: &'a [Difference<'a>],
) -> Remote<StickerView<'a>> {
    match row {
        Some(row) => Remote::Ready(sticker_view(state, row, differences)),
        None => match &state.gallery.rows {
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
    let photo = state.photo.loaded.shown().filter(|photo| row.info.photo_sha256 == Some(photo.identity()));
    StickerView {
        id: StickerId(row.id),
        picture: state.gallery.picture(row, &state.pictures),
        canvas: (row.info.recipe.width, row.info.recipe.height),
        photo: photo.map(|_| state.pictures.get(&PictureName::Photo(state.photo.number))),
        frame: row.info.frame,
        seed: row.seed,
        engine: row.engine,
        cost: state.job_of(row).map_or(Money::ZERO, |job| job.price),
        starred: row.mark == Mark::Star,
        differences,
    }
}

/// A toast as it is drawn.
pub(super) fn toast(toast: &ToastState) -> Toast<'_> {
    let answer = toast.answer.as_ref().map(|(word, _)| word.as_str());
    let about = match &toast.answer {
        _ if toast.failed => About::Broken,
        Some((_, ToastAnswer::Restore(_))) => About::Trash,
        Some((_, ToastAnswer::Reveal(_))) => About::Done,
        Some((_, ToastAnswer::TypePath)) | None => About::Note,
    };
    Toast { id: toast.id, about, sentence: &toast.sentence, answer }
}

/// When the job of the open dialog was accepted and ended, in words.
#[derive(Default)]
pub(super) struct JobMoments {
    accepted_at: Option<String>,
    ended_at: Option<String>,
    raw_answer: Option<String>,
}

impl JobMoments {
    pub(super) fn of(state: &State) -> Self {
        let Some(crate::ui::action::Dialog::Job(id)) = &state.dialog else { return Self::default() };
        let Some(row) = state.job(id) else {
            return Self::default();
        };
        Self {
            accepted_at: row.accepted_at.map(local_time),
            ended_at: row.rests().then(|| local_time(row.updated_at)),
            raw_answer: row.raw_answer.clone(),
        }
    }

    pub(super) fn details<'a>(&'a self, job: &'a JobView<'a>) -> JobDetailsView<'a> {
        JobDetailsView {
            job,
            accepted_at: self.accepted_at.as_deref(),
            ended_at: self.ended_at.as_deref(),
            raw_answer: self.raw_answer.as_deref(),
        }
    }
}

fn local_time(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The preferences.
pub(super) fn settings<'a>(state: &'a State, library: &'a str) -> SettingsView<'a> {
    let settings = &state.settings;
    SettingsView {
        theme: settings.theme,
        scale: settings.scale_percent as f32 / 100.0,
        reduce_motion: settings.reduce_motion,
        notifications: settings.notifications,
        soft_budget: settings.budget.ask_above,
        hard_budget: settings.budget.refuse_above,
        concurrency: settings.concurrency as u32,
        library,
        key: &state.key,
        version: env!("CARGO_PKG_VERSION"),
        changes: CHANGES,
    }
}
