//! What the jobs panel and the summary bar show.

use crate::action::{JobOffer, WayOut};
use model::{Charged, EngineId, JobId, JobStatus, Money};

use super::{Picture, Remote};

/// The jobs panel.
#[derive(Clone, Debug)]
pub struct JobsView<'a> {
    /// The rows, newest first.
    pub jobs: &'a Remote<Vec<JobView<'a>>>,
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
    pub held: Option<HeldFor>,
    /// Is something that a person asked for just being made durable?
    pub asked: bool,
    /// Has it been at the service for longer than is usual?
    pub takes_long: bool,
    /// What went wrong, as a sentence or two.
    pub error: Option<&'a str>,
    /// The service's id of the request.
    pub request_id: Option<&'a str>,
    /// What can be done with it now.
    pub offers: &'a [JobOffer],
}

/// What a held job waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeldFor {
    /// A person's word: it was never sent in an earlier session.
    LastTime,
    /// A key that the service knows.
    Key,
    /// More credit.
    Credit,
    /// Access to the service.
    Access,
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
        self.status == JobStatus::Queued && self.can(JobOffer::Stop)
    }

    /// Can this be done with it now?
    pub fn can(&self, offer: JobOffer) -> bool {
        self.offers.contains(&offer)
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
