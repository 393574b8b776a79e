//! Drives one job: decides by the table, writes the journal, and only then acts.

use std::mem;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::remote::{Carried, Note, Remote};
use super::{Shared, is_work, jitter};
use crate::hosting::without_signatures;
use crate::jobs::error::JobsError;
use crate::jobs::job::Job;
use crate::jobs::schedule;
use crate::jobs::state::{Effect, Input, State, step};
use crate::jobs::table::{Control, Problem};
use crate::model::JobId;

/// The longest raw answer that is kept, in bytes.
const LONGEST_RAW: usize = 64 * 1024;

/// How a driver begins.
pub(in crate::jobs) enum Start {
    /// With something that happens to the job.
    Input(Input),
    /// With what the journal's last step asked for.
    Effects(Vec<Effect>),
}

/// The task behind one job.
pub(super) struct Driver {
    shared: Arc<Shared>,
    job: Job,
    controls: mpsc::Receiver<Control>,
    carried: Carried,
    closing: bool,
    /// A person stopped the job while its row could not be written.
    stop_unheard: bool,
    has_left: bool,
}

/// The row belongs to somebody else, or the program closes before it could be written.
struct Abandoned;

type Next = Result<Option<Effect>, Abandoned>;

impl Driver {
    pub(super) fn new(shared: Arc<Shared>, job: Job, controls: mpsc::Receiver<Control>) -> Self {
        let carried = Carried::default();
        Self { shared, job, controls, carried, closing: false, stop_unheard: false, has_left: false }
    }

    /// Drives the job until it rests.
    pub(super) async fn run(mut self, start: Start) {
        let mut next = match start {
            Start::Input(input) => self.take(input, Note::default()).await,
            Start::Effects(effects) => {
                // Asked about first thing: it may have been at the service for long.
                self.carried = Carried::of_an_earlier_run();
                Ok(effects.into_iter().find(is_work))
            }
        };
        while !self.has_left {
            next = match next {
                Ok(_) if mem::take(&mut self.stop_unheard) => self.take(Input::Stop, Note::default()).await,
                Ok(Some(effect)) if !self.closing => self.perform(effect).await,
                Ok(_) if !self.closing => match self.leave() {
                    Some(Control::Stop) => self.take(Input::Stop, Note::default()).await,
                    Some(_) => Ok(None),
                    None => return,
                },
                Ok(_) | Err(Abandoned) => {
                    self.closing = true;
                    if self.leave().is_none() {
                        return;
                    }
                    Err(Abandoned)
                }
            };
        }
    }

    /// Lets the job go, unless a person has said something that was not heard yet.
    fn leave(&mut self) -> Option<Control> {
        let mut unheard = None;
        self.shared.table.update(&self.job.id, |entry| {
            unheard = self.controls.try_recv().ok();
            if unheard.is_none() {
                entry.driver = None;
            }
        });
        self.shared.nudge.notify_one();
        unheard
    }

    /// Performs one effect while listening to people, and takes what comes of it.
    async fn perform(&mut self, effect: Effect) -> Next {
        let carried = mem::take(&mut self.carried);
        let remote = Remote { shared: Arc::clone(&self.shared), job: self.job.clone(), carried };
        let mut work = pin!(remote.perform(effect.clone()));
        let outcome = loop {
            tokio::select! {
                biased;
                outcome = &mut work => break outcome,
                Some(control) = self.controls.recv() => match (control, &effect) {
                    // Its bytes may have left: only the answer tells, so it is waited for.
                    (Control::Stop, Effect::Submit) => {
                        self.take(Input::Stop, Note::default()).await?;
                    }
                    (Control::GiveUp, Effect::Submit) => {
                        let note = Note::error("the request was sent, and its answer was not waited for");
                        return self.take(Input::GiveUp, note).await;
                    }
                    // Brought to its end; a folder that cannot be written is not waited for.
                    (Control::Close, Effect::Submit) => self.closing = true,
                    (Control::Close, Effect::Store) if !self.waits_out_a_fault() => self.closing = true,
                    (Control::Close, _) => {
                        self.closing = true;
                        return Ok(None);
                    }
                    (Control::Stop, Effect::Store) | (Control::GiveUp, _) => {}
                    (Control::Stop, _) => return self.take(Input::Stop, Note::default()).await,
                },
            }
        };
        self.carried = outcome.carried;
        self.take(outcome.input, outcome.note).await
    }

    fn waits_out_a_fault(&self) -> bool {
        let retry = self.shared.table.lock().entries.get(&self.job.id).and_then(|entry| entry.live.retry);
        retry.is_some_and(|at| at > self.shared.clock.instant())
    }

    /// Decides, writes, and tells what is to be done next.
    async fn take(&mut self, input: Input, note: Note) -> Next {
        let shared = Arc::clone(&self.shared);
        let before = self.job.state.clone();
        let (state, effects) = step(before.clone(), input, self.job.rules(shared.on_refused_key));
        let changed = state != before;
        let mut job = self.job.clone();
        if let Some(raw) = note.raw {
            // Services repeat requests in their answers, and the photo's link may be a secret.
            job.raw_answer = Some(shortened(without_signatures(&raw)));
        }
        if changed {
            let now = shared.now();
            job.updated_at = now;
            job.error = note.error.map(|error| without_signatures(&error));
            job.accepted_at = state.ticket().is_some().then(|| job.accepted_at.unwrap_or(now));
            job.owner = (!state.status().is_final()).then(|| shared.journal.owner().to_owned());
            job.state = state;
            job.revision = self.save(&job, &before, &effects).await?;
        }
        self.job = job;
        for effect in &effects {
            if let Effect::HoldLine(why) = effect {
                shared.hold_line(self.job.engine, *why).await;
            }
        }
        let work = effects.into_iter().find(is_work);
        if changed {
            self.show_news(note.wait);
        }
        self.publish(work.as_ref());
        Ok(work)
    }

    /// What was known of the last state no longer holds; a job that is back in line may have to stay there for `wait`.
    fn show_news(&self, wait: Option<Duration>) {
        let back_in_line = self.job.state == State::Queued;
        let retry = wait.filter(|_| back_in_line).map(|wait| self.shared.clock.instant() + wait);
        if let Some(entry) = self.shared.table.lock().entries.get_mut(&self.job.id) {
            let live = &mut entry.live;
            live.problem = None;
            live.retry = retry;
            live.progress = live.progress.filter(|_| !back_in_line);
            live.failures = if retry.is_some() { live.failures + 1 } else { 0 };
        }
    }

    /// Shows the job as it is now; one that has nothing more to do is let go in the same moment, so that whoever sees
    /// it can act on it. While a request is out there is something to do: its answer is waited for.
    fn publish(&mut self, work: Option<&Effect>) {
        let is_out = matches!(self.job.state, State::Submitting { .. });
        let lets_go = work.is_none() && self.controls.is_empty() && !is_out && !self.stop_unheard;
        self.shared.table.update(&self.job.id, |entry| {
            // Its place in line may have changed meanwhile, which is no business of its driver.
            entry.take(Job { position: entry.job.position, ..self.job.clone() });
            entry.elsewhere = false;
            if lets_go {
                entry.driver = None;
            }
        });
        if lets_go {
            self.has_left = true;
            self.shared.tidy_nudge.notify_one();
            self.shared.nudge.notify_one();
        }
    }

    /// Writes the row and its lines of the ledger; what was decided is not acted upon before it is durable.
    ///
    /// A journal that cannot be written is tried again for ever, since the row may hold the only copy of an id. For the
    /// answer of a paid submit that goes on while the program closes, until a person gives up or the time for closing is
    /// over.
    async fn save(&mut self, job: &Job, before: &State, effects: &[Effect]) -> Result<i64, Abandoned> {
        // What costs nothing is asked for again.
        let is_answer = matches!(before, State::Submitting { .. }) && !job.price.is_zero();
        let mut failures = 0;
        loop {
            let error = match self.shared.journal.save(job.clone(), before.clone(), effects.to_vec()).await {
                Ok(revision) => return Ok(revision),
                Err(JobsError::DrivenElsewhere | JobsError::Unknown(_)) => return Err(Abandoned),
                Err(error) => error,
            };
            failures += 1;
            tracing::error!(%error, job = %job.id, "the journal could not be written");
            if self.shared.room.make_for(&error) {
                continue;
            }
            let wait = schedule::backoff(failures, jitter());
            let problem = Problem { sentence: error.to_string(), needs_room: error.is_disk_full() };
            self.shared.show_problem(&job.id, problem, wait);
            tokio::select! {
                () = self.shared.clock.sleep(wait) => {}
                Some(control) = self.controls.recv() => match control {
                    Control::Stop => self.stop_unheard = true,
                    Control::Close if is_answer => self.closing = true,
                    Control::Close | Control::GiveUp => {
                        if let Some(ticket) = job.state.ticket().filter(|_| is_answer) {
                            // The last place where the id can still be found.
                            let request_id = &ticket.request_id;
                            tracing::error!(job = %job.id, request_id, "an accepted request could not be written down");
                        }
                        return Err(Abandoned);
                    }
                },
            }
        }
    }
}

impl Shared {
    /// Shows a fault that is waited out.
    pub(super) fn show_problem(&self, id: &JobId, mut problem: Problem, wait: Duration) {
        let retry = self.clock.instant() + wait;
        problem.sentence = without_signatures(&problem.sentence);
        self.table.set_live(id, |live| {
            live.problem = Some(problem);
            live.retry = Some(retry);
        });
    }

    /// The fault is over.
    pub(super) fn clear_problem(&self, id: &JobId) {
        self.table.set_live(id, |live| {
            live.problem = None;
            live.retry = None;
        });
    }
}

/// A raw answer of at most [`LONGEST_RAW`] bytes.
fn shortened(mut raw: String) -> String {
    if raw.len() > LONGEST_RAW {
        let end = (0..=LONGEST_RAW).rev().find(|end| raw.is_char_boundary(*end)).unwrap_or(0);
        raw.truncate(end);
    }
    raw
}
