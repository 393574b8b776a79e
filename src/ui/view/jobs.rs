//! What the jobs panel and the summary bar show.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::action::WayOut;
use model::{Charged, EngineId, Hold, JobAction, JobId, JobStatus, Money, Remote};

use super::Picture;

/// The jobs panel.
#[derive(Clone)]
pub struct JobsView<'a> {
    /// The rows, newest first.
    pub jobs: &'a Remote<&'a dyn JobRows>,
    /// Is the queue paused?
    pub paused: bool,
    /// The most blocking trouble of the queue, if any.
    pub banner: Option<BannerView<'a>>,
    /// Spent today.
    pub spent_today: Money,
    /// Jobs of which nobody knows whether they were charged, and their money.
    pub unsure: (usize, Money),
    /// Is there a key for the hosted engine?
    pub has_key: bool,
    /// Offer the hosted engine beneath an empty list?
    pub offer_hosted: bool,
}

/// A list of jobs by place; there may be thousands, so each is made when it comes in sight.
pub trait JobRows {
    /// How many there are.
    fn len(&self) -> usize;

    /// Another number whenever one of them has changed, or another came or went.
    fn revision(&self) -> u64;

    /// The one at a place below [`JobRows::len`]; must be quick, it is asked in every frame.
    fn job(&self, place: usize) -> Option<JobView<'_>>;

    /// What the jobs come to, for the line that stands for all of them.
    fn sum(&self) -> JobsSum<'_> {
        JobsSum::of((0..self.len()).filter_map(|place| self.job(place)))
    }

    /// The one at this place was drawn: its picture is wanted.
    fn is_in_sight(&self, _place: usize) {}

    /// Is the list empty?
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl JobRows for Vec<JobView<'_>> {
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn revision(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for job in self {
            (&job.id, job.batch, job.prompt, job.status, job.held, job.error, job.request_id).hash(&mut hasher);
            (job.charged, job.progress.is_some(), job.offers, job.price.mills()).hash(&mut hasher);
        }
        hasher.finish()
    }

    fn job(&self, place: usize) -> Option<JobView<'_>> {
        self.get(place).cloned()
    }
}

/// What jobs come to.
#[derive(Clone, Debug, Default)]
pub struct JobsSum<'a> {
    /// Jobs under way.
    pub running: usize,
    /// The first of them.
    pub first_running: Option<JobView<'a>>,
    /// Jobs in line.
    pub waiting: usize,
    /// Jobs that are held.
    pub held: usize,
    /// The first that waits for a busy service or for the end of a fault.
    pub busy: Option<JobView<'a>>,
    /// Jobs that need a decision.
    pub undecided: usize,
}

impl<'a> JobsSum<'a> {
    /// The sum of these.
    pub fn of(jobs: impl Iterator<Item = JobView<'a>>) -> Self {
        let mut sum = Self::default();
        for job in jobs {
            sum.held += usize::from(job.status == JobStatus::Held);
            sum.undecided += usize::from(job.needs_decision());
            if job.goes_on_in.is_some() {
                sum.busy.get_or_insert(job);
            } else if job.status == JobStatus::Queued {
                sum.waiting += 1;
            } else if !job.status.is_final() && job.status != JobStatus::Held {
                sum.running += 1;
                sum.first_running.get_or_insert(job);
            }
        }
        sum
    }
}

/// One job.
#[derive(Clone, Debug, PartialEq)]
pub struct JobView<'a> {
    /// Our id.
    pub id: JobId,
    /// What the jobs of one click have in common.
    pub batch: Option<&'a str>,
    /// The prompt.
    pub prompt: &'a str,
    /// The photo while it runs, the sticker when it is done.
    pub picture: Picture,
    /// Where it stands.
    pub status: JobStatus,
    /// Did it cost money?
    pub charged: Charged,
    /// The price of the request.
    pub price: Money,
    /// Who makes it.
    pub engine: EngineId,
    /// The seed.
    pub seed: u32,
    /// Share done, 0 to 1, only as the service reports it.
    pub progress: Option<f32>,
    /// Jobs before it in line.
    pub ahead: usize,
    /// Seconds it has taken, or took.
    pub elapsed: Ticking,
    /// Seconds until it goes on by itself.
    pub goes_on_in: Option<u64>,
    /// Is it the service that is busy until then? Otherwise there is a fault.
    pub busy: bool,
    /// What it is held for.
    pub held: Option<Hold>,
    /// Is something that a person asked for just being made durable?
    pub asked: bool,
    /// Has it been at the service for longer than is usual?
    pub takes_long: bool,
    /// What went wrong, as a sentence or two.
    pub error: Option<&'a str>,
    /// The service's id of the request.
    pub request_id: Option<&'a str>,
    /// What can be done with it now.
    pub offers: &'a [JobAction],
}

/// A time that may still run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticking {
    /// Seconds so far; it grows each second.
    Running(u64),
    /// Seconds it took.
    Over(u64),
}

impl Ticking {
    /// The seconds.
    pub const fn seconds(self) -> u64 {
        match self {
            Self::Running(seconds) | Self::Over(seconds) => seconds,
        }
    }

    /// Does it still run?
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Running(_))
    }

    /// As `0:24` or `1:02:03`.
    pub fn words(self) -> String {
        clock(self.seconds())
    }
}

/// Seconds as `0:24` or `1:02:03`.
pub(crate) fn clock(seconds: u64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}

/// Trouble of a whole panel, with at most two ways out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BannerView<'a> {
    /// What kind of trouble it is.
    pub trouble: Trouble,
    /// What happened.
    pub head: &'a str,
    /// What was kept and what to do.
    pub sentence: &'a str,
    /// Words and meaning of each way; the first is the stronger.
    pub ways: &'a [(&'a str, WayOut)],
    /// What the first way costs; it is a ticket then.
    pub price: Option<Money>,
}

/// The kinds of trouble that a banner tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No connection; nothing is lost.
    Offline,
    /// The credit is used up.
    Credit,
    /// The key is not known.
    Key,
    /// Paid work from the last session waits for a word.
    HeldFromLastTime,
    /// Something is broken.
    Broken,
}

impl JobView<'_> {
    /// Does it wait for a person? What is held has its banner, and what was stopped was a person's wish.
    pub fn needs_decision(&self) -> bool {
        matches!(self.status, JobStatus::MayHaveBeenAccepted | JobStatus::Failed | JobStatus::Lost)
            && !self.offers.is_empty()
    }

    /// Does it wait in line, where it can be moved?
    pub fn is_waiting(&self) -> bool {
        self.status == JobStatus::Queued && self.can(JobAction::Stop)
    }

    /// Can this be done with it now?
    pub fn can(&self, action: JobAction) -> bool {
        self.offers.contains(&action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_on_a_clock() {
        for (seconds, words) in [(0, "0:00"), (24, "0:24"), (250, "4:10"), (3723, "1:02:03")] {
            assert_eq!(Ticking::Over(seconds).words(), words);
        }
    }
}
