//! The jobs in memory: what the journal has, what is known only now, and who listens.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{broadcast, mpsc, watch};

use super::job::{Job, KeptPhoto};
use super::reading::Memory;
use super::row::{JobEvent, JobRow};
use super::schedule::Gate;
use super::state::{OnRefusedKey, State, can_look_again, can_retry_in_place, can_stop, can_submit_again};
use crate::model::{EngineId, JobAction, JobId, JobStatus};

/// Events that a slow listener may fall behind before it must read the list again.
const EVENTS: usize = 1024;

/// A job's own wait and its engine's are counted one after the other for the same answer of a busy service.
const SAME_MOMENT: Duration = Duration::from_secs(2);

/// What a driver is told while it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// A person stops the job.
    Stop,
    /// A person no longer waits for the answer of a submit.
    GiveUp,
    /// The program closes: leave the job as the journal has it.
    Close,
}

/// One job in memory.
pub(super) struct Entry {
    /// What the journal has; of a job that is over without the service's answer, which may be long and is read when
    /// somebody asks for it.
    pub(super) job: Job,
    /// Does the journal have an answer of the service?
    pub(super) has_raw_answer: bool,
    /// What is known only now.
    pub(super) live: Live,
    /// The task that drives it, if there is one.
    pub(super) driver: Option<mpsc::Sender<Control>>,
    /// Somebody changes its row in the journal at this moment.
    pub(super) busy: bool,
    /// Does another living process drive it?
    pub(super) elsewhere: bool,
    /// When memory got to know it, in the count of [`Memory`].
    pub(super) came: u64,
}

impl Entry {
    /// The journal has the job like this now.
    pub(super) fn take(&mut self, mut job: Job) {
        self.has_raw_answer = job.raw_answer.is_some();
        if job.state.status().is_final() {
            job.raw_answer = None;
        }
        self.job = job;
    }

    /// Does the journal have it as memory does? `job` is given back as it came.
    pub(super) fn is_as(&self, job: &mut Job) -> bool {
        let answer = job.state.status().is_final().then(|| job.raw_answer.take()).flatten();
        let is_same = self.job == *job;
        job.raw_answer = answer.or_else(|| job.raw_answer.take());
        is_same
    }
}

/// What is known of a job only while the program runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    /// How far the service says it is.
    pub(super) progress: Option<f32>,
    /// Faults in a row.
    pub(super) failures: u32,
    /// The last fault, as a sentence.
    pub(super) problem: Option<Problem>,
    /// When it goes on by itself, on the clock that is never set.
    pub(super) retry: Option<Instant>,
    /// Has it been at the service for longer than is usual?
    pub(super) takes_long: bool,
}

/// A fault that is waited out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// What is the matter, as a sentence.
    pub(super) sentence: String,
    /// Is it a full disk, which only a person can mend?
    pub(super) needs_room: bool,
}

impl Problem {
    /// A fault that may pass by itself.
    pub(super) fn passing(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), needs_room: false }
    }
}

/// Everything behind the one lock.
#[derive(Default)]
pub(super) struct Line {
    /// Every job.
    pub(super) entries: HashMap<JobId, Entry>,
    /// Which of them came or went while the journal was read.
    pub(super) memory: Memory,
    /// One gate for all jobs of an engine.
    pub(super) gates: HashMap<EngineId, Gate>,
    /// When each gate opens, for the countdown of every row that waits for it.
    pub(super) busy_until: HashMap<EngineId, Instant>,
    /// No new job begins.
    pub(super) paused: bool,
    /// The program closes: no new job begins, ever.
    pub(super) closing: bool,
}

/// The jobs in memory.
pub(super) struct Table {
    line: Mutex<Line>,
    events: broadcast::Sender<JobEvent>,
    revision: watch::Sender<u64>,
    waker: Arc<dyn Fn() + Send + Sync>,
    on_refused_key: OnRefusedKey,
}

impl Table {
    pub(super) fn new(waker: Arc<dyn Fn() + Send + Sync>, on_refused_key: OnRefusedKey) -> Self {
        let (events, _) = broadcast::channel(EVENTS);
        Self { line: Mutex::default(), events, revision: watch::Sender::new(0), waker, on_refused_key }
    }

    /// Never held across a wait, a file or the journal.
    pub(super) fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<JobEvent> {
        self.events.subscribe()
    }

    /// Counts up with every change.
    pub(super) fn revisions(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// Takes a job as the journal has it now, and tells everybody.
    pub(super) fn put(&self, job: Job, elsewhere: bool) {
        let row = {
            let mut line = self.lock();
            let Line { entries, memory, .. } = &mut *line;
            let id = job.id.clone();
            let entry = entries.entry(id.clone()).or_insert_with(|| Entry {
                job: job.clone(),
                has_raw_answer: false,
                live: Live::default(),
                driver: None,
                busy: false,
                elsewhere,
                came: memory.came(),
            });
            entry.elsewhere = elsewhere;
            entry.take(job);
            self.row_of(&line, &id)
        };
        self.tell_changed(row);
    }

    /// Changes a job in memory, and tells everybody; a change that nobody can see wakes only those who wait for one.
    pub(super) fn update(&self, id: &JobId, change: impl FnOnce(&mut Entry)) {
        let (before, row) = {
            let mut line = self.lock();
            let before = self.row_of(&line, id);
            let Some(entry) = line.entries.get_mut(id) else { return };
            change(entry);
            (before, self.row_of(&line, id))
        };
        if before == row {
            self.revision.send_modify(|revision| *revision += 1);
        } else {
            self.tell_changed(row);
        }
    }

    /// Changes what is known only now, and tells everybody.
    pub(super) fn set_live(&self, id: &JobId, change: impl FnOnce(&mut Live)) {
        self.update(id, |entry| change(&mut entry.live));
    }

    pub(super) fn remove(&self, id: &JobId) {
        {
            let mut line = self.lock();
            line.entries.remove(id);
            line.memory.deleted(id);
        }
        self.tell(JobEvent::Forgotten(id.clone()));
    }

    pub(super) fn tell(&self, event: JobEvent) {
        // Nobody listening is fine: lists are read from here.
        _ = self.events.send(event);
        self.revision.send_modify(|revision| *revision += 1);
        (self.waker)();
    }

    pub(super) fn get(&self, id: &JobId) -> Option<Arc<JobRow>> {
        self.row_of(&self.lock(), id).map(Arc::new)
    }

    fn tell_changed(&self, row: Option<JobRow>) {
        if let Some(row) = row {
            self.tell(JobEvent::Changed(Arc::new(row)));
        }
    }

    fn row_of(&self, line: &Line, id: &JobId) -> Option<JobRow> {
        line.entries.get(id).map(|entry| self.row(line, entry))
    }

    /// Every row, newest first.
    pub(super) fn rows(&self) -> Vec<Arc<JobRow>> {
        let line = self.lock();
        let mut rows: Vec<Arc<JobRow>> = line.entries.values().map(|entry| Arc::new(self.row(&line, entry))).collect();
        drop(line);
        rows.sort_by(|a, b| a.newer_first(b));
        rows
    }

    fn row(&self, line: &Line, entry: &Entry) -> JobRow {
        let Entry { job, live, .. } = entry;
        let own = live.retry;
        let waits = own.is_some() || job.state == State::Queued;
        let busy = line.busy_until.get(&job.engine).copied().filter(|_| waits);
        let retry_at = own.max(busy);
        let kept = job.state.kept();
        let at_the_service = matches!(job.state.status(), JobStatus::Accepted | JobStatus::Working);
        JobRow {
            id: job.id.clone(),
            batch: job.batch.clone(),
            position: job.position,
            status: job.state.status(),
            failure: job.state.failure(),
            charged: job.state.charged(job.resend()),
            price: job.price,
            request_id: job
                .state
                .ticket()
                .map(|ticket| ticket.request_id.clone())
                .filter(|request_id| !request_id.is_empty()),
            engine: job.engine,
            base_url: job.base_url.clone(),
            recipe: job.recipe.clone(),
            photo_sha256: job.photo.sha256().map(str::to_owned),
            sent_sha256: job.photo.sent_sha256(),
            photo_name: match &job.photo {
                KeptPhoto::Link { url } => Some(url.clone()),
                KeptPhoto::Prepared { name, .. } => name.clone(),
            },
            path: kept.map(|kept| kept.path.clone()),
            background_path: kept.and_then(|kept| kept.background_path.clone()),
            missing: kept.and_then(|kept| kept.missing),
            lost: kept.filter(|kept| kept.gone).and_then(|kept| kept.missing),
            held: match job.state {
                State::Held { why } => Some(why),
                _ => None,
            },
            error: live.problem.as_ref().map(|problem| problem.sentence.clone()).or_else(|| job.error.clone()),
            needs_room: live.problem.as_ref().is_some_and(|problem| problem.needs_room),
            has_raw_answer: entry.has_raw_answer,
            progress: live.progress.filter(|_| at_the_service),
            retry_at,
            busy: busy.zip(retry_at).is_some_and(|(busy, at)| at.saturating_duration_since(busy) < SAME_MOMENT),
            takes_long: live.takes_long && at_the_service,
            driven_elsewhere: entry.elsewhere,
            created_at: job.created_at,
            updated_at: job.updated_at,
            accepted_at: job.accepted_at,
            offers: if entry.elsewhere { Vec::new() } else { self.offers(job) },
        }
    }

    fn offers(&self, job: &Job) -> Vec<JobAction> {
        let rules = job.rules(self.on_refused_key);
        let status = job.state.status();
        let all = [
            (JobAction::Stop, can_stop(&job.state) && status != JobStatus::Held),
            (JobAction::GoOn, status == JobStatus::Held),
            (JobAction::Discard, can_stop(&job.state) && status == JobStatus::Held),
            (JobAction::Retry, can_retry_in_place(&job.state, rules)),
            (JobAction::SubmitAgain, can_submit_again(&job.state, rules)),
            // What this computer drew is here or nowhere.
            (JobAction::LookAgain, job.engine != EngineId::Local && can_look_again(&job.state)),
            (JobAction::Dismiss, status.is_final() && status != JobStatus::Dismissed),
            (JobAction::Forget, status.is_final()),
        ];
        all.into_iter().filter(|(_, can)| *can).map(|(action, _)| action).collect()
    }
}

impl Line {
    /// Jobs of an engine that are under way and without trouble; one that only waits out a fault holds up nobody.
    fn under_way(&self, engine: EngineId) -> usize {
        self.entries
            .values()
            .filter(|entry| entry.job.engine == engine && entry.driver.is_some() && entry.live.retry.is_none())
            .count()
    }

    /// The jobs that may begin now, in the order of the line, and how long until another one may.
    pub(super) fn ready(
        &self,
        owner: &str,
        now: Instant,
        concurrency: impl Fn(EngineId) -> usize,
    ) -> (Vec<JobId>, Option<Duration>) {
        if self.paused || self.closing {
            return (Vec::new(), None);
        }
        let mut waiting: Vec<&Entry> = self.entries.values().filter(|entry| is_waiting(entry, owner)).collect();
        waiting.sort_by_key(|entry| entry.job.position);
        let mut ready: Vec<&Entry> = Vec::new();
        let mut soonest: Option<Duration> = None;
        for entry in waiting {
            let engine = entry.job.engine;
            let gate = self.gates.get(&engine).and_then(|gate| gate.closed_for(now));
            let own = entry.live.retry.map(|due| due.saturating_duration_since(now)).filter(|wait| !wait.is_zero());
            if let Some(wait) = gate.max(own) {
                soonest = Some(soonest.map_or(wait, |other| other.min(wait)));
                continue;
            }
            let taken = self.under_way(engine) + ready.iter().filter(|other| other.job.engine == engine).count();
            if taken < concurrency(engine) {
                ready.push(entry);
            }
        }
        (ready.into_iter().map(|entry| entry.job.id.clone()).collect(), soonest)
    }
}

/// In line, ours, and nobody has a hand on it.
pub(super) fn is_waiting(entry: &Entry, owner: &str) -> bool {
    entry.job.state == State::Queued
        && entry.job.owner.as_deref() == Some(owner)
        && entry.driver.is_none()
        && !entry.busy
}

/// A job of nobody, for tests of what is in memory.
#[cfg(test)]
pub(super) fn sample_job(id: &str) -> Job {
    use crate::model::{Engine, Recipe};

    let engine = Engine::local();
    Job {
        id: JobId(id.to_owned()),
        click: id.to_owned(),
        batch: None,
        position: 0,
        engine: engine.id,
        base_url: engine.base,
        on_loopback: engine.allows_loopback,
        price: engine.price,
        recipe: Recipe::default(),
        photo: KeptPhoto::Link { url: "https://example.com/me.jpg".to_owned() },
        state: State::Queued,
        revision: 0,
        owner: None,
        error: None,
        raw_answer: None,
        created_at: jiff::Timestamp::UNIX_EPOCH,
        updated_at: jiff::Timestamp::UNIX_EPOCH,
        accepted_at: None,
    }
}
