//! Runs the line: begins jobs when there is room, adopts those of dead processes, sees what other processes write.
//!
//! This folder is the only asynchronous part of `jobs`. A job has at most one driver, a task that
//! owns its in-memory truth; people talk to it through its controls.

mod driver;
mod fetch;
mod host;
mod remote;
mod store;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::runtime::Handle;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;

use super::error::JobsError;
use super::job::Job;
use super::journal::{Journal, Stepped};
use super::new_job::Budgets;
use super::reading::Reading;
use super::results::Results;
use super::room::Room;
use super::row::JobEvent;
use super::state::{Effect, Input, OnRefusedKey};
use super::table::{Control, Entry, Table, is_waiting};
use crate::api::Network;
use crate::hosting::Hosts;
use crate::keys::Keys;
use crate::library::Library;
use crate::model::{EngineId, Hold, JobId};
use crate::platform::{Clock, ProcessLock, random_seed};
use driver::Driver;

pub(super) use driver::Start;
pub(super) use remote::LOCAL_KEY_HEADER;

/// How often the journal is looked at for what other processes did.
const LOOK_AROUND: Duration = Duration::from_secs(1);

/// Controls that a driver may have waiting; a person clicks no faster.
const CONTROLS: usize = 16;

/// The embedded gateway of this run.
#[derive(Clone, Debug)]
pub struct LocalEngine {
    /// Its base URL, on loopback; the port changes each run.
    pub base_url: String,
    /// The key of this run.
    pub key: SecretString,
}

/// Whose jobs a process takes care of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adopt {
    /// Its own, and those that dead processes left: right for the window and `jobs resume`.
    Orphans,
    /// Its own alone: right for `make` and for commands that only look.
    Nothing,
}

/// What the handle, the dispatcher and the drivers share.
pub(super) struct Shared {
    pub(super) journal: Journal,
    pub(super) table: Table,
    pub(super) library: Arc<Library>,
    pub(super) keys: Keys,
    pub(super) hosts: Hosts,
    pub(super) local: Option<LocalEngine>,
    pub(super) network: Network,
    pub(super) clock: Clock,
    pub(super) results: Results,
    pub(super) room: Room,
    pub(super) on_refused_key: OnRefusedKey,
    pub(super) adopt: Adopt,
    pub(super) hosted_concurrency: AtomicUsize,
    pub(super) budgets: Mutex<Budgets>,
    pub(super) runtime: Handle,
    pub(super) tasks: Mutex<JoinSet<()>>,
    pub(super) nudge: Notify,
    /// A photo at a host may have become needless.
    pub(super) tidy_nudge: Notify,
    /// Does this process take photos back from hosts?
    pub(super) tidies: AtomicBool,
    /// Held while photos are taken back from their hosts, so that none is taken back twice at once.
    pub(super) tidying: tokio::sync::Mutex<()>,
    /// Held for as long as any task may write: only then are our jobs anybody else's.
    pub(super) _lock: ProcessLock,
}

/// Begins jobs when there is room, until the line closes.
pub(super) async fn dispatch(shared: Arc<Shared>) {
    let mut version = None;
    while !shared.table.lock().closing {
        let soonest = shared.launch_ready();
        let pause = soonest.map_or(LOOK_AROUND, |wait| wait.min(LOOK_AROUND));
        if shared.clock.timeout(pause, shared.nudge.notified()).await.is_some() {
            continue;
        }
        if let Err(error) = shared.look_around(&mut version).await {
            tracing::warn!(%error, "the journal could not be looked at");
        }
    }
}

impl Shared {
    /// Begins every job that may, and tells how long until the next may.
    fn launch_ready(self: &Arc<Self>) -> Option<Duration> {
        let (ready, soonest) =
            self.table.lock().ready(self.journal.owner(), self.clock.instant(), |engine| self.concurrency(engine));
        for id in ready {
            self.drive(&id, Start::Input(Input::Turn));
        }
        soonest
    }

    fn concurrency(&self, engine: EngineId) -> usize {
        match engine {
            EngineId::Local => 1,
            EngineId::Pixazo => self.hosted_concurrency.load(Ordering::Relaxed).max(1),
        }
    }

    /// Gives a job a driver, unless it has one.
    pub(super) fn drive(self: &Arc<Self>, id: &JobId, start: Start) {
        let (controls, heard) = mpsc::channel(CONTROLS);
        let job = {
            let mut line = self.table.lock();
            let closing = line.closing;
            let Some(entry) = line.entries.get_mut(id) else { return };
            let taken = entry.driver.is_some() || (entry.busy && matches!(start, Start::Input(_)));
            if taken || closing {
                return;
            }
            entry.driver = Some(controls);
            entry.live.retry = None;
            entry.job.clone()
        };
        let driver = Driver::new(Arc::clone(self), job, heard);
        self.spawn(driver.run(start));
    }

    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        // Forget the finished ones, so that the set stays as small as what is under way.
        while tasks.try_join_next().is_some() {}
        tasks.spawn_on(task, &self.runtime);
    }

    /// Takes what the journal made of a job, and gives it a driver if there is something to do.
    pub(super) fn accept(self: &Arc<Self>, stepped: Stepped) {
        let id = stepped.job.id.clone();
        self.table.put(stepped.job, false);
        if stepped.effects.iter().any(is_work) {
            self.drive(&id, Start::Effects(stepped.effects));
        }
        self.nudge.notify_one();
    }

    /// Sees what other processes did, and adopts what dead ones left.
    async fn look_around(self: &Arc<Self>, version: &mut Option<i64>) -> Result<(), JobsError> {
        let now_at = self.journal.version().await?;
        if version.replace(now_at) != Some(now_at) {
            let reading = Reading::begin(&self.table);
            let jobs = self.journal.all_async().await?;
            self.merge(&reading, jobs);
        }
        if self.adopt == Adopt::Orphans && self.has_orphans() {
            for stepped in self.journal.adopt_async(self.now()).await? {
                self.accept(stepped);
            }
        }
        Ok(())
    }

    /// Reads the journal into memory. Not for async tasks.
    pub(super) fn reread(&self) -> Result<(), JobsError> {
        let reading = Reading::begin(&self.table);
        let jobs = self.journal.all()?;
        self.merge(&reading, jobs);
        Ok(())
    }

    /// Puts what the journal had into memory, except where memory is newer.
    fn merge(&self, reading: &Reading<'_>, jobs: Vec<Job>) {
        for id in reading.gone(&jobs.iter().map(|job| &job.id).collect()) {
            self.table.remove(&id);
        }
        for job in jobs.into_iter().filter(|job| !reading.is_outdated(&job.id)) {
            let elsewhere = self.journal.is_driven_elsewhere(&job);
            let job = self.journal.as_found(job);
            self.put_unless_driven(job, elsewhere);
        }
    }

    /// Takes a job as the journal had it, unless its driver or a person is just changing it.
    pub(super) fn put_unless_driven(&self, mut job: Job, elsewhere: bool) {
        let is_news = {
            let mut line = self.table.lock();
            match line.entries.get_mut(&job.id) {
                Some(entry) if entry.driver.is_some() || entry.busy => {
                    entry.job.position = job.position;
                    false
                }
                // What was read may be older than what memory has by now.
                Some(entry) => {
                    let is_newer = job.revision >= entry.job.revision;
                    is_newer && (!entry.is_as(&mut job) || entry.elsewhere != elsewhere)
                }
                None => true,
            }
        };
        if is_news {
            self.table.put(job, elsewhere);
        }
    }

    fn has_orphans(&self) -> bool {
        let owner = self.journal.owner();
        let candidates: Vec<Job> = {
            let line = self.table.lock();
            let is_candidate =
                |entry: &&Entry| !entry.job.state.status().is_final() && entry.job.owner.as_deref() != Some(owner);
            line.entries.values().filter(is_candidate).map(|entry| entry.job.clone()).collect()
        };
        candidates.iter().any(|job| !self.journal.is_driven_elsewhere(job))
    }

    /// Holds every job of an engine that waits in line: a person has to mend something first.
    pub(super) async fn hold_line(self: &Arc<Self>, engine: EngineId, why: Hold) {
        let waiting: Vec<JobId> = {
            let mut line = self.table.lock();
            let owner = self.journal.owner();
            let theirs =
                line.entries.iter_mut().filter(|(_, entry)| entry.job.engine == engine && is_waiting(entry, owner));
            theirs
                .map(|(id, entry)| {
                    entry.busy = true;
                    id.clone()
                })
                .collect()
        };
        for id in waiting {
            let held = self.journal.apply_async(id.clone(), Input::LineHeld(why), self.now()).await;
            if let Some(entry) = self.table.lock().entries.get_mut(&id) {
                entry.busy = false;
            }
            match held {
                Ok(stepped) => self.accept(stepped),
                // It stays in line, and is held when its own turn meets the same refusal.
                Err(error) => tracing::warn!(%error, "a job could not be held"),
            }
        }
    }

    /// Closes the engine's gate for all its jobs; every row that waits for it shows the countdown.
    pub(super) fn close_gate(&self, engine: EngineId, wait: Duration) {
        let now = self.clock.instant();
        let opens_at = now + wait;
        {
            let mut line = self.table.lock();
            line.gates.entry(engine).or_default().close(now, wait);
            let shown = line.busy_until.entry(engine).or_insert(opens_at);
            *shown = opens_at.max(*shown);
        }
        self.table.tell(JobEvent::LineChanged);
    }

    /// How long the engine's gate stays closed.
    pub(super) fn gate_closed_for(&self, engine: EngineId) -> Option<Duration> {
        self.table.lock().gates.get(&engine).and_then(|gate| gate.closed_for(self.clock.instant()))
    }

    /// The date, as exact as the journal keeps it: a row read back equals the one that was written.
    pub(super) fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// Tells every driver to leave its job as the journal has it.
    pub(super) fn close_all(&self) {
        self.tell_drivers(Control::Close);
    }

    pub(super) fn tell_drivers(&self, control: Control) {
        let line = self.table.lock();
        for controls in line.entries.values().filter_map(|entry| entry.driver.as_ref()) {
            // A full queue means that it has been told often enough.
            _ = controls.try_send(control);
        }
    }
}

/// A number in `0..=1`, so that jobs that failed together do not return together.
fn jitter() -> f64 {
    f64::from(random_seed()) / f64::from(u32::MAX)
}

/// Does it take a driver?
pub(super) const fn is_work(effect: &Effect) -> bool {
    !matches!(effect, Effect::Record(_) | Effect::HoldLine(_))
}
