//! The views of the line of jobs.

use jiff::Timestamp;

use crate::app::pictures::PictureName;
use crate::app::state::State;
use crate::app::work::with_full_stop;
use crate::jobs::{Hold, JobRow, Offer};
use crate::model::{JobStatus, Money};
use crate::platform::Clock;
use crate::studio::capitalised;
use crate::ui::action::{JobOffer, WayOut};
use crate::ui::view::{BannerView, HeldFor, JobView, Picture, Remote, Ticking, Trouble};

/// Texts of a job's row that the view borrows.
pub(in crate::app) struct JobTexts {
    error: Option<String>,
    offers: Vec<JobOffer>,
}

impl JobTexts {
    pub(in crate::app) fn of(row: &JobRow) -> Self {
        let offers = row.offers.iter().filter_map(|offer| job_offer(row, *offer)).collect();
        let error = row.error.as_ref().map(|error| with_full_stop(capitalised(error)));
        Self { error, offers }
    }
}

/// An offer as the window words it: what was never sent is dropped, and what is put aside is forgotten.
fn job_offer(row: &JobRow, offer: Offer) -> Option<JobOffer> {
    Some(match offer {
        Offer::Stop if row.status == JobStatus::Held => JobOffer::Discard,
        Offer::Stop => JobOffer::Stop,
        Offer::GoOn => JobOffer::GoOn,
        Offer::Retry => JobOffer::Retry,
        Offer::SubmitAgain => JobOffer::SubmitAgain,
        Offer::LookAgain => JobOffer::LookAgain,
        Offer::Forget => JobOffer::Forget,
        Offer::Dismiss => return None,
    })
}

/// The rows of jobs; those put aside are not shown.
pub(in crate::app) fn jobs<'a>(state: &'a State, texts: &'a [JobTexts], now: Timestamp) -> Remote<Vec<JobView<'a>>> {
    let shown = state.jobs.shown().map(|rows| {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let waiting: Vec<usize> = order.iter().copied().filter(|index| is_waiting(&rows[*index])).collect();
        let mut in_line = waiting.clone();
        in_line.sort_by_key(|index| std::cmp::Reverse(rows[*index].position));
        // The newest on top, and what waits as its turn comes, so that moving it in line can be seen.
        for (place, index) in waiting.iter().zip(&in_line) {
            order[*place] = *index;
        }
        let ahead = |index: usize| in_line.iter().rev().position(|other| *other == index).unwrap_or_default();
        let seen = order.into_iter().filter(|index| rows[*index].status != JobStatus::Dismissed);
        seen.map(|index| job(state, &rows[index], &texts[index], ahead(index), now)).collect()
    });
    super::with(&state.jobs, shown)
}

fn is_waiting(row: &JobRow) -> bool {
    row.status == JobStatus::Queued
}

fn job<'a>(state: &'a State, row: &'a JobRow, texts: &'a JobTexts, ahead: usize, now: Timestamp) -> JobView<'a> {
    // Whole seconds of the clock on the wall, so that all rows tick together.
    let between = |from: Timestamp, until: Timestamp| (until.as_second() - from.as_second()).max(0) as u64;
    let seconds = |until: Timestamp| between(row.created_at, until);
    let left =
        row.retry_at.and_then(|at| at.checked_duration_since(Clock::real().instant())).filter(|left| !left.is_zero());
    JobView {
        id: row.id.clone(),
        batch: row.batch.as_deref(),
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
        goes_on_in: left.and_then(|left| now.checked_add(left).ok()).map(|at| between(now, at)),
        busy: row.busy,
        held: row.held.map(held_for),
        asked: state.asked.contains(&row.id),
        takes_long: row.takes_long,
        error: texts.error.as_deref(),
        request_id: row.request_id.as_deref(),
        offers: &texts.offers,
    }
}

/// The picture of a job's row: its sticker when it is done, its photo before.
pub(in crate::app) fn job_picture_name(row: &JobRow) -> Option<PictureName> {
    let sticker = row.path.as_ref().map(|path| PictureName::Thumbnail(path.into()));
    sticker.or_else(|| row.photo_sha256.clone().map(PictureName::JobPhoto))
}

const fn held_for(why: Hold) -> HeldFor {
    match why {
        Hold::LastTime => HeldFor::LastTime,
        Hold::Key => HeldFor::Key,
        Hold::Credit => HeldFor::Credit,
        Hold::Access => HeldFor::Access,
    }
}

/// How many jobs are held for one of these reasons, and what they cost.
pub(in crate::app) fn held(state: &State, why: &[Hold]) -> (usize, Money) {
    let held: Vec<&JobRow> = state.rows().filter(|row| row.held.is_some_and(|hold| why.contains(&hold))).collect();
    (held.len(), held.iter().map(|row| row.price).sum())
}

/// A banner of the jobs panel, with its sentences.
pub(in crate::app) struct Banner {
    trouble: Trouble,
    head: String,
    sentence: String,
    ways: &'static [(&'static str, WayOut)],
    price: Option<Money>,
}

impl Banner {
    pub(in crate::app) fn view(&self) -> BannerView<'_> {
        let Self { trouble, head, sentence, ways, price } = self;
        BannerView { trouble: *trouble, head, sentence, ways, price: *price }
    }
}

/// What the line waits for, the most blocking first. Only what was never agreed to in this run has a price on its button.
pub(in crate::app) fn held_banner(state: &State) -> Option<Banner> {
    let why = [Hold::Key, Hold::Access, Hold::Credit, Hold::LastTime];
    let (hold, (count, price)) =
        why.into_iter().map(|why| (why, held(state, &[why]))).find(|(_, (count, _))| *count > 0)?;
    let jobs = if count == 1 { "1 job is held".to_owned() } else { format!("{count} jobs are held") };
    let banner = |trouble, head: &str, sentence: String, ways| {
        Some(Banner { trouble, head: head.to_owned(), sentence, ways, price: None })
    };
    match hold {
        Hold::Key => banner(
            Trouble::Key,
            "Pixazo does not know this key",
            format!("Nothing was charged. {jobs}. With a good key they go on by themselves."),
            &[("Enter key…", WayOut::EnterKey), ("Use this computer", WayOut::UseThisComputer)],
        ),
        Hold::Access => banner(
            Trouble::Key,
            "The key has no access",
            format!("Pixazo knows the key, but it may not make stickers. Nothing was charged. {jobs}."),
            &[("Enter key…", WayOut::EnterKey), ("Open the console", WayOut::OpenKeyPage)],
        ),
        Hold::Credit => banner(
            Trouble::Credit,
            "Pixazo says the credit is used up",
            format!("Nothing was charged. {jobs}. Add credit, then ask again."),
            &[("Open the console", WayOut::OpenCreditPage), ("Ask again", WayOut::AskForCredit)],
        ),
        Hold::LastTime => Some(Banner {
            trouble: Trouble::HeldFromLastTime,
            head: format!("{count} from last time"),
            sentence: "Never sent, and nothing was charged. They wait for your word.".to_owned(),
            ways: &[("Go on", WayOut::GoOn), ("Discard", WayOut::DiscardHeld)],
            price: Some(price),
        }),
    }
}

/// Jobs of which nobody knows whether they were charged, and their money.
pub(in crate::app) fn unsure(state: &State) -> (usize, Money) {
    let unsure: Vec<&JobRow> = state.rows().filter(|row| row.is_unsure()).collect();
    (unsure.len(), unsure.iter().map(|row| row.price).sum())
}
