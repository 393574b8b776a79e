//! What the panel shows as one row: a job, or the jobs of one click.

use std::collections::HashMap;

use crate::action::JobOffer;
use crate::view::{HeldFor, JobView};
use model::{JobId, JobStatus, Money};

/// One row of the panel.
#[derive(Clone, Debug)]
pub(super) enum Unit<'v, 'a> {
    /// A job of its own.
    Single(&'v JobView<'a>),
    /// Several jobs of one click, in the order of the list.
    Batch(&'a str, Vec<&'v JobView<'a>>),
}

impl<'v, 'a> Unit<'v, 'a> {
    /// The rows of these jobs; a batch stands where its newest job does.
    pub(super) fn all(jobs: &'v [JobView<'a>]) -> Vec<Self> {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut groups: Vec<(Option<&'a str>, Vec<&'v JobView<'a>>)> = Vec::new();
        for job in jobs {
            match job.batch {
                None => groups.push((None, vec![job])),
                Some(batch) => {
                    let place = *places.entry(batch).or_insert(groups.len());
                    if place == groups.len() {
                        groups.push((Some(batch), Vec::new()));
                    }
                    groups[place].1.push(job);
                }
            }
        }
        groups
            .into_iter()
            .map(|(batch, jobs)| match (batch, jobs.as_slice()) {
                (Some(batch), [_, _, ..]) => Self::Batch(batch, jobs),
                _ => Self::Single(jobs[0]),
            })
            .collect()
    }

    /// Its jobs.
    pub(super) fn jobs(&self) -> &[&'v JobView<'a>] {
        match self {
            Self::Single(job) => std::slice::from_ref(job),
            Self::Batch(_, jobs) => jobs,
        }
    }

    /// Those that wait in line, the first to go first: a list shows the newest first.
    pub(super) fn waiting(&self) -> Vec<JobId> {
        self.jobs().iter().rev().filter(|job| job.is_waiting()).map(|job| job.id.clone()).collect()
    }
}

/// What the jobs of a batch come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) jobs: usize,
    pub(super) done: usize,
    pub(super) working: usize,
    pub(super) waiting: usize,
    pub(super) held: usize,
    pub(super) stopped: usize,
    pub(super) need_you: usize,
    /// What all of them cost when all are accepted.
    pub(super) price: Money,
}

impl Summary {
    pub(super) fn of(jobs: &[&JobView<'_>]) -> Self {
        let mut summary = Self { jobs: jobs.len(), ..Self::default() };
        for job in jobs {
            summary.price = summary.price + job.price;
            let count = match job.status {
                JobStatus::Done => &mut summary.done,
                JobStatus::Queued => &mut summary.waiting,
                JobStatus::Held => &mut summary.held,
                _ if job.needs_decision() => &mut summary.need_you,
                _ if job.status.is_final() => &mut summary.stopped,
                _ => &mut summary.working,
            };
            *count += 1;
        }
        summary
    }

    /// As a person reads it: `1 done, 2 working`. How many there are stands beside the prompt.
    pub(super) fn words(&self) -> String {
        if self.done == self.jobs {
            return format!("{} done", self.jobs);
        }
        let need = if self.need_you == 1 { "needs you" } else { "need you" };
        let parts = [
            (self.need_you, need),
            (self.working, "working"),
            (self.waiting, "waiting"),
            (self.held, "held"),
            (self.stopped, "stopped"),
        ];
        let mut words = Vec::new();
        if self.done > 0 {
            words.push(format!("{} done", self.done));
        }
        words.extend(parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
        words.join(", ")
    }
}

/// The jobs of a batch with which this can be done, and what that may cost.
pub(super) fn with_offer(jobs: &[&JobView<'_>], offer: JobOffer) -> (Vec<JobId>, Money) {
    let fits = |job: &&&JobView<'_>| match offer {
        // What waits for key or credit goes on with its own banner.
        JobOffer::GoOn => job.can(offer) && job.held == Some(HeldFor::LastTime),
        _ => job.can(offer),
    };
    let fitting: Vec<_> = jobs.iter().filter(fits).collect();
    let price = fitting.iter().map(|job| job.price).sum();
    // The first to go first.
    (fitting.iter().rev().map(|job| job.id.clone()).collect(), price)
}
