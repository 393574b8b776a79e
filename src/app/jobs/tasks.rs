//! What the window asks of the line of jobs and of the ledger.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use tokio::sync::broadcast::{self, error::TryRecvError};

use super::JobsEvent;
use super::list::JobsChange;
use super::run::{OverBudget, Refused, Run, Spend};
use crate::app::newest::locked;
use crate::app::sentence::sentence;
use crate::app::worker::Worker;
use crate::jobs::{JobEvent, Jobs, JobsError, NewJob, SoftBudget};
use crate::model::{Charged, JobAction, JobId, Money};
use crate::platform::random_hex_128;
use crate::studio::{Studio, StudioError};

/// What is asked of the line of jobs.
#[derive(Clone)]
pub(super) struct Tasks {
    worker: Worker<JobsEvent>,
    /// What is told about jobs; held until it was passed on, so that no old row comes after a new one.
    told: Arc<Mutex<Option<broadcast::Receiver<JobEvent>>>>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) fn new(worker: Worker<JobsEvent>) -> Self {
        Self { worker, told: Arc::default() }
    }

    /// Puts a run in line.
    pub(super) fn run(&self, run: Run, soft_budget: SoftBudget) {
        self.worker.spawn_to_the_end(move |studio, teller| {
            let outcome = submit(studio, &run, soft_budget).map_err(|error| {
                let price = run.engine.price * run.stickers() as u32;
                match error {
                    StudioError::Jobs(JobsError::SoftBudget { soft: limit, after }) => {
                        Refused::Ask(OverBudget { spend: Spend::Run(Box::new(run)), price, limit, after })
                    }
                    error => Refused::Because(sentence(&error)),
                }
            });
            teller.send(JobsEvent::Submitted(outcome));
        });
    }

    /// Tells what changed about jobs since this was asked last, all of them at first, and what they cost.
    pub(super) fn follow(&self) {
        let tasks = self.clone();
        self.worker.spawn(move |_, _| tasks.send_jobs());
    }

    /// The same on this thread, which may wait.
    fn send_jobs(&self) {
        let mut told = locked(&self.told);
        let change = changed(self.worker.studio().jobs(), &mut told);
        match self.worker.studio().spending() {
            Ok(spent) => self.worker.teller().send(JobsEvent::Changed(change, spent)),
            Err(error) => {
                // What was not passed on is in the next list of all.
                *told = None;
                self.worker.teller().fail(&error);
            }
        }
    }

    /// Reads what the service has answered about a job.
    pub(super) fn read_raw_answer(&self, id: JobId) {
        self.worker.spawn(move |studio, teller| match studio.jobs().raw_answer(&id) {
            Ok(answer) => teller.send(JobsEvent::RawAnswer(id, answer)),
            Err(error) => teller.fail(&error),
        });
    }

    /// Does what a person asked with these jobs, one after the other, until one cannot.
    pub(super) fn act(&self, ids: Vec<JobId>, action: JobAction, soft_budget: SoftBudget) {
        let tasks = self.clone();
        self.worker.spawn_to_the_end(move |studio, teller| {
            let outcome = follow_all(studio.jobs(), &ids, action, soft_budget);
            // The rows first: what can be done with them has changed.
            tasks.send_jobs();
            teller.send(JobsEvent::Acted(ids, outcome));
        });
    }

    /// Pauses the line, or lets it go on.
    pub(super) fn pause(&self, paused: bool) {
        self.worker.spawn(move |studio, _| studio.jobs().pause(paused));
    }

    /// Puts these waiting jobs, the first to go first, before another one or at the end of the line.
    pub(super) fn reorder(&self, ids: Vec<JobId>, before: Option<JobId>) {
        self.worker.spawn_to_the_end(move |studio, teller| {
            let outcome = ids.iter().try_for_each(|id| match studio.jobs().reorder(id, before.as_ref()) {
                // Its turn came meanwhile.
                Err(JobsError::NotOffered) => Ok(()),
                outcome => outcome,
            });
            if let Err(error) = outcome {
                teller.fail(&error);
            }
        });
    }

    /// No longer waits for the answers of submits that are under way.
    pub(super) fn give_up(&self) {
        self.worker.spawn(|studio, _| studio.jobs().give_up());
    }
}

/// What was told about jobs since the last time; all of them at first, after a change of the line, or when too much
/// was told to be remembered.
fn changed(jobs: &Jobs, told: &mut Option<broadcast::Receiver<JobEvent>>) -> JobsChange {
    let Some(events) = told else {
        // Listening comes first: what changes meanwhile is told once more.
        *told = Some(jobs.subscribe());
        return JobsChange::All(jobs.list());
    };
    let (mut changed, mut gone) = (HashMap::new(), HashSet::new());
    let mut all = false;
    loop {
        match events.try_recv() {
            Ok(JobEvent::Changed(row)) => {
                gone.remove(&row.id);
                changed.insert(row.id.clone(), row);
            }
            Ok(JobEvent::Forgotten(id)) => {
                changed.remove(&id);
                gone.insert(id);
            }
            Ok(JobEvent::LineChanged) | Err(TryRecvError::Lagged(_)) => all = true,
            Err(TryRecvError::Empty | TryRecvError::Closed) => break,
        }
    }
    if all { JobsChange::All(jobs.list()) } else { JobsChange::Some { changed: changed.into_values().collect(), gone } }
}

fn submit(studio: &Studio, run: &Run, soft_budget: SoftBudget) -> Result<(), StudioError> {
    let batch = (run.stickers() > 1).then(|| format!("{}{}", run.kind, random_hex_128()));
    let mut jobs = Vec::new();
    for (sent, recipes) in &run.of_photos {
        let photo = sent.to_job_photo(studio, &run.engine)?;
        for recipe in recipes {
            jobs.push(NewJob {
                click: format!("{}-{}", run.click, jobs.len()),
                batch: batch.clone(),
                engine: run.engine.clone(),
                recipe: recipe.clone(),
                photo: photo.clone(),
            });
        }
    }
    studio.jobs().submit_all(jobs, soft_budget)?;
    Ok(())
}

/// Follows with each job; when the person is to be asked, the question is about all that are left.
fn follow_all(jobs: &Jobs, ids: &[JobId], action: JobAction, soft_budget: SoftBudget) -> Result<(), Refused> {
    let several = ids.len() > 1;
    for (number, id) in ids.iter().enumerate() {
        match follow(jobs, id, action, soft_budget) {
            Ok(()) => {}
            // Among several, one that has moved on holds up nobody.
            Err(JobsError::NotOffered | JobsError::DrivenElsewhere) if several => {}
            Err(JobsError::SoftBudget { soft: limit, after }) => {
                let left = &ids[number..];
                let prices: Vec<Money> = left.iter().filter_map(|id| jobs.get(id)).map(|row| row.price).collect();
                let price = prices.iter().copied().sum();
                let first = prices.first().copied().unwrap_or_default();
                let spend = Spend::Actions(left.to_vec(), action);
                return Err(Refused::Ask(OverBudget { spend, price, limit, after: after + price - first }));
            }
            Err(error) => return Err(Refused::Because(sentence(&error))),
        }
    }
    Ok(())
}

/// Does what a person asked with a job.
fn follow(jobs: &Jobs, id: &JobId, action: JobAction, soft_budget: SoftBudget) -> Result<(), JobsError> {
    match action {
        JobAction::Stop => jobs.stop(id),
        JobAction::GoOn => jobs.go_on(id),
        JobAction::Discard => discard(jobs, id),
        JobAction::Retry => jobs.retry(id, soft_budget),
        JobAction::SubmitAgain => jobs.submit_again(id, soft_budget).map(drop),
        JobAction::LookAgain => jobs.look_again(id),
        JobAction::Dismiss => jobs.dismiss(id),
        JobAction::Forget => jobs.forget(id),
    }
}

/// Stops a job and forgets it, unless it cost something meanwhile.
fn discard(jobs: &Jobs, id: &JobId) -> Result<(), JobsError> {
    match jobs.stop(id) {
        Err(JobsError::NotOffered) => {}
        outcome => outcome?,
    }
    match jobs.get(id) {
        Some(row) if row.can(JobAction::Forget) && row.charged == Charged::No => jobs.forget(id),
        _ => Ok(()),
    }
}
