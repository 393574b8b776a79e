//! The views of the line of jobs.

use std::cell::RefCell;

use jiff::Timestamp;

use super::Jobs;
use super::list::{JobList, Listed};
use crate::app::context::AppContext;
use crate::app::pictures::PictureName;
use crate::app::sentence::with_full_stop;
use crate::app::shown::local_time;
use crate::jobs::JobRow;
use crate::model::{Hold, JobAction, Money};
use crate::platform::Clock;
use crate::studio::capitalised;
use crate::ui::action::{Dialog, WayOut};
use crate::ui::view::{BannerView, JobDetailsView, JobRows, JobView, JobsSum, Picture, Ticking, Trouble};

/// Texts of a job's row that the view borrows.
pub(in crate::app) struct JobTexts {
    error: Option<String>,
    offers: Vec<JobAction>,
}

impl JobTexts {
    pub(in crate::app) fn of(row: &JobRow) -> Self {
        let offers = row.offers.iter().copied().filter(|action| *action != JobAction::Dismiss).collect();
        let error = row.error.as_ref().map(|error| with_full_stop(capitalised(error)));
        Self { error, offers }
    }

    /// Is anything offered?
    pub(in crate::app) fn has_offers(&self) -> bool {
        !self.offers.is_empty()
    }

    /// Does not offer this any more.
    pub(in crate::app) fn withdraw(&mut self, action: JobAction) {
        self.offers.retain(|offered| *offered != action);
    }
}

/// The rows of jobs, each made when it comes in sight; those put aside are not shown.
pub(in crate::app) struct JobCards<'a> {
    jobs: &'a Jobs,
    cx: &'a AppContext,
    now: Timestamp,
    /// The picture of a photo that was sent as a link: there is only what the window has of it.
    of_link: &'a dyn Fn(&str) -> Option<PictureName>,
    in_sight: RefCell<Vec<PictureName>>,
}

impl<'a> JobCards<'a> {
    /// The rows as they are now.
    pub(in crate::app) const fn new(
        jobs: &'a Jobs,
        cx: &'a AppContext,
        now: Timestamp,
        of_link: &'a dyn Fn(&str) -> Option<PictureName>,
    ) -> Self {
        Self { jobs, cx, now, of_link, in_sight: RefCell::new(Vec::new()) }
    }

    /// The pictures of what was drawn.
    pub(in crate::app) fn in_sight(self) -> Vec<PictureName> {
        self.in_sight.into_inner()
    }

    /// The job that the open dialog is about.
    pub(in crate::app) fn of_dialog(&self) -> Option<JobView<'a>> {
        let Some(Dialog::Job(id) | Dialog::SubmitAgain(id)) = &self.cx.dialog else { return None };
        let jobs = self.jobs.list()?;
        Some(self.job_view(jobs, jobs.find(id)?))
    }
}

impl JobRows for JobCards<'_> {
    fn len(&self) -> usize {
        self.jobs.list().map_or(0, JobList::shown)
    }

    fn revision(&self) -> u64 {
        self.jobs.list().map_or(0, JobList::revision)
    }

    fn job(&self, place: usize) -> Option<JobView<'_>> {
        let jobs = self.jobs.list()?;
        Some(self.job_view(jobs, jobs.at(place)?))
    }

    fn sum(&self) -> JobsSum<'_> {
        let Some(jobs) = self.jobs.list() else { return JobsSum::default() };
        let open = jobs.open().filter_map(|row| Some(self.job_view(jobs, jobs.find(&row.id)?)));
        JobsSum { undecided: jobs.undecided(), ..JobsSum::of(open) }
    }

    fn is_in_sight(&self, place: usize) {
        let listed = self.jobs.list().and_then(|jobs| jobs.at(place));
        self.in_sight.borrow_mut().extend(listed.and_then(|listed| self.picture_name(&listed.row)));
    }
}

impl<'a> JobCards<'a> {
    fn job_view(&self, jobs: &JobList, listed: &'a Listed) -> JobView<'a> {
        let (now, Listed { row, texts, .. }) = (self.now, listed);
        // Whole seconds of the clock on the wall, so that all rows tick together.
        let between = |from: Timestamp, until: Timestamp| (until.as_second() - from.as_second()).max(0) as u64;
        let seconds = |until: Timestamp| between(row.created_at, until);
        let left = row
            .retry_at
            .and_then(|at| at.checked_duration_since(Clock::real().instant()))
            .filter(|left| !left.is_zero());
        JobView {
            id: row.id.clone(),
            batch: row.batch.as_deref(),
            prompt: &row.recipe.prompt,
            picture: self.picture_name(row).map_or(Picture::Missing, |name| self.cx.pictures.get(&name)),
            status: row.status,
            charged: row.charged,
            price: row.price,
            engine: row.engine,
            seed: row.recipe.seed.unwrap_or_default(),
            progress: row.progress,
            ahead: jobs.ahead(&row.id),
            elapsed: if row.rests() { Ticking::Over(seconds(row.updated_at)) } else { Ticking::Running(seconds(now)) },
            goes_on_in: left.and_then(|left| now.checked_add(left).ok()).map(|at| between(now, at)),
            busy: row.busy,
            held: row.held,
            asked: self.jobs.is_asked(&row.id),
            takes_long: row.takes_long,
            error: texts.error.as_deref(),
            request_id: row.request_id.as_deref(),
            offers: &texts.offers,
        }
    }

    /// The picture of a job's row: its sticker when it is done, its photo before.
    fn picture_name(&self, row: &JobRow) -> Option<PictureName> {
        if let Some(path) = &row.path {
            return Some(PictureName::Thumbnail(path.into()));
        }
        if let Some(sha256) = &row.photo_sha256 {
            return Some(PictureName::JobPhoto(sha256.clone()));
        }
        (self.of_link)(row.photo_name.as_deref()?)
    }
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
pub(in crate::app) fn held_banner(jobs: &Jobs) -> Option<Banner> {
    let why = [Hold::Key, Hold::Access, Hold::Credit, Hold::LastTime];
    let (hold, (count, price)) =
        why.into_iter().map(|why| (why, jobs.held(&[why]))).find(|(_, (count, _))| *count > 0)?;
    let held = if count == 1 { "1 job is held".to_owned() } else { format!("{count} jobs are held") };
    let banner = |trouble, head: &str, sentence: String, ways| {
        Some(Banner { trouble, head: head.to_owned(), sentence, ways, price: None })
    };
    match hold {
        Hold::Key => banner(
            Trouble::Key,
            "Pixazo does not know this key",
            format!("Nothing was charged. {held}. With a good key they go on by themselves."),
            &[("Enter key…", WayOut::EnterKey), ("Use this computer", WayOut::UseThisComputer)],
        ),
        Hold::Access => banner(
            Trouble::Key,
            "The key has no access",
            format!("Pixazo knows the key, but it may not make stickers. Nothing was charged. {held}."),
            &[("Enter key…", WayOut::EnterKey), ("Open the console", WayOut::OpenKeyPage)],
        ),
        Hold::Credit => banner(
            Trouble::Credit,
            "Pixazo says the credit is used up",
            format!("Nothing was charged. {held}. Add credit, then ask again."),
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

/// When the job of the open dialog was accepted and ended, in words.
#[derive(Default)]
pub(in crate::app) struct JobMoments {
    accepted_at: Option<String>,
    ended_at: Option<String>,
    raw_answer: Option<String>,
}

impl JobMoments {
    /// Of the open dialog.
    pub(in crate::app) fn of(jobs: &Jobs, cx: &AppContext) -> Self {
        let Some(Dialog::Job(id)) = &cx.dialog else { return Self::default() };
        let Some(row) = jobs.get(id) else { return Self::default() };
        Self {
            accepted_at: row.accepted_at.map(|at| local_time(&cx.zone, at)),
            ended_at: row.rests().then(|| local_time(&cx.zone, row.updated_at)),
            raw_answer: jobs.raw_answer(id).map(str::to_owned),
        }
    }

    /// What the dialog shows of this job.
    pub(in crate::app) fn details<'a>(&'a self, job: &'a JobView<'a>) -> JobDetailsView<'a> {
        JobDetailsView {
            job,
            accepted_at: self.accepted_at.as_deref(),
            ended_at: self.ended_at.as_deref(),
            raw_answer: self.raw_answer.as_deref(),
        }
    }
}
