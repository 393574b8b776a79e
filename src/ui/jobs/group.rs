//! What the panel shows as one row: a job, or the jobs of one click.

use std::collections::HashMap;

use crate::view::JobView;
use model::{Hold, JobAction, JobId, JobStatus, Money};

/// One row of the panel: a job of its own, or several of one click.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The name of the batch; none for a job of its own.
    pub(super) batch: Option<String>,
    /// The places of its jobs, in the order of the list.
    pub(super) places: Vec<usize>,
    /// The height of the row that stands for a batch.
    pub(super) height: f32,
    /// Does one of them need a decision?
    pub(super) needs_decision: bool,
}

impl Group {
    /// The rows of these jobs; a batch stands where its newest job does.
    pub(super) fn all(jobs: &[JobView<'_>]) -> Vec<Self> {
        let mut found: HashMap<&str, usize> = HashMap::new();
        let mut groups: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        for (place, job) in jobs.iter().enumerate() {
            let group = job.batch.map(|batch| *found.entry(batch).or_insert(groups.len()));
            match group.and_then(|group| groups.get_mut(group)) {
                Some((_, places)) => places.push(place),
                None => groups.push((job.batch, vec![place])),
            }
        }
        let group = |(batch, places): (Option<&str>, Vec<usize>)| {
            let of_unit: Vec<&JobView<'_>> = places.iter().map(|place| &jobs[*place]).collect();
            Self {
                batch: batch.filter(|_| places.len() > 1).map(str::to_owned),
                height: if places.len() > 1 { super::batch::height(&of_unit) } else { 0.0 },
                needs_decision: of_unit.iter().any(|job| job.needs_decision()),
                places,
            }
        };
        groups.into_iter().map(group).collect()
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
pub(super) fn with_action(jobs: &[&JobView<'_>], action: JobAction) -> (Vec<JobId>, Money) {
    let fits = |job: &&&JobView<'_>| match action {
        // What waits for key or credit goes on with its own banner.
        JobAction::GoOn => job.can(action) && job.held == Some(Hold::LastTime),
        _ => job.can(action),
    };
    let fitting: Vec<_> = jobs.iter().filter(fits).collect();
    let price = fitting.iter().map(|job| job.price).sum();
    // The first to go first.
    (fitting.iter().rev().map(|job| job.id.clone()).collect(), price)
}
