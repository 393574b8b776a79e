//! `Jobs`: the line as the rest of the program holds it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, broadcast};
use tokio::task::JoinSet;

use super::error::JobsError;
use super::job::{Job, KeptPhoto};
use super::journal::{Journal, Stepped};
use super::new_job::{JobPhoto, NewJob, PreparedPhoto, SoftBudget};
use super::options::{JobsOptions, Started};
use super::photos::sha256_hex;
use super::results::Results;
use super::room::Room;
use super::row::{JobEvent, JobRow};
use super::runner::{Adopt, LOCAL_KEY_HEADER, Shared, dispatch};
use super::state::{Input, State};
use super::table::{Control, Table};
use super::uploads;
use crate::hosting::{Hosts, HostsOptions, Loopback};
use crate::model::{JobId, JobStatus};
use crate::platform::{ProcessLock, random_hex_128, random_seed};

/// The line of jobs. Dropping it leaves every job as the journal has it; [`close`](Self::close) first waits for answers.
///
/// Methods that change something write the journal (some milliseconds) and are for any thread but
/// the UI's and the runtime's workers; those that only look read memory.
pub struct Jobs {
    pub(super) shared: Arc<Shared>,
}

/// Rows of jobs that are kept; of older ones only those that are not done.
const MOST_ROWS: usize = 5000;

/// Longest wait for the answers of submits at the end.
const CLOSE_LIMIT: Duration = Duration::from_mins(1);

/// Longest wait for the last rows of the journal after that.
const LAST_ROWS_LIMIT: Duration = Duration::from_secs(5);

impl Jobs {
    /// Opens the journal, takes over what dead processes left (if asked to), and begins to work.
    ///
    /// Jobs that have an id go on by themselves; paid ones that were never submitted are held.
    pub fn start(options: JobsOptions) -> Result<Started, JobsError> {
        options.folders.create()?;
        ProcessLock::sweep(&options.folders.run());
        let lock = ProcessLock::acquire(&options.folders.run())?;
        let opened = Journal::open(&options.folders, &lock, options.on_refused_key)?;
        let journal = opened.journal;
        if options.adopt == Adopt::Orphans {
            journal.forget_old(MOST_ROWS)?;
        }
        journal.sweep_photos()?;
        let loopback = options.local.as_ref().map(|local| Loopback::new(&local.base_url, LOCAL_KEY_HEADER, &local.key));
        let (hosts, uploads_set_aside) = Hosts::open(HostsOptions {
            loopback: loopback.transpose()?,
            hosts: options.photo_hosts,
            keys: options.keys.clone(),
            ledger: options.folders.uploads(),
            clock: options.clock.clone(),
            measure: uploads::size_of,
            waker: Arc::clone(&options.waker),
        })?;
        let shared = Arc::new(Shared {
            table: Table::new(options.waker, options.on_refused_key),
            library: options.library,
            keys: options.keys,
            hosts,
            local: options.local,
            network: options.network,
            clock: options.clock,
            results: Results::at(options.folders.results()),
            room: Room::of(&options.folders),
            on_refused_key: options.on_refused_key,
            adopt: options.adopt,
            hosted_concurrency: AtomicUsize::new(options.hosted_concurrency),
            budgets: Mutex::new(options.budgets),
            runtime: options.runtime,
            tasks: Mutex::new(JoinSet::new()),
            nudge: Notify::new(),
            tidy_nudge: Notify::new(),
            tidies: AtomicBool::new(false),
            tidying: tokio::sync::Mutex::default(),
            journal,
            _lock: lock,
        });
        shared.reread()?;
        if shared.adopt == Adopt::Orphans {
            for stepped in shared.journal.adopt(shared.now())? {
                shared.accept(stepped);
            }
        }
        shared.spawn(dispatch(Arc::clone(&shared)));
        Ok(Started { jobs: Self { shared }, set_aside: opened.set_aside, uploads_set_aside })
    }

    /// Puts one job in line; the same click again is the same job.
    pub fn submit(&self, new: NewJob) -> Result<JobId, JobsError> {
        let ids = self.submit_all(vec![new], SoftBudget::Obey)?;
        ids.into_iter().next().ok_or(JobsError::NotOffered)
    }

    /// Puts jobs in line, all or none, within the budgets.
    ///
    /// When this returns, the requests and their photos are durable; nothing has been sent yet.
    pub fn submit_all(&self, new: Vec<NewJob>, soft_budget: SoftBudget) -> Result<Vec<JobId>, JobsError> {
        self.check_open()?;
        for job in &new {
            // Said before a job that could never be sent stands in line.
            match &job.photo {
                JobPhoto::Link(_) => {}
                JobPhoto::Prepared(_) => self.shared.hosts.check(&job.engine, None)?,
                JobPhoto::Hosted { host, .. } => self.shared.hosts.check(&job.engine, Some(host))?,
            }
        }
        if new.iter().any(|job| !job.engine.price.is_zero()) {
            self.shared.room.check()?;
        }
        let jobs = new.into_iter().map(|job| self.job_of(job)).collect();
        let inserted = self.shared.journal.insert(jobs, self.budgets(), soft_budget, self.month())?;
        let ids = inserted.iter().map(|job| job.id.clone()).collect();
        for job in inserted {
            let elsewhere = self.shared.journal.is_driven_elsewhere(&job);
            self.shared.put_unless_driven(job, elsewhere);
        }
        self.shared.nudge.notify_one();
        Ok(ids)
    }

    /// Stops a job; once it is accepted this only stops the waiting. While a submit is under way its answer is waited for.
    pub fn stop(&self, id: &JobId) -> Result<(), JobsError> {
        self.person(id, Input::Stop)
    }

    /// No longer waits for the answers of submits that are under way: those may have been accepted.
    pub fn give_up(&self) {
        self.shared.tell_drivers(Control::GiveUp);
    }

    /// Lets one held job go on, which may cost its price.
    pub fn go_on(&self, id: &JobId) -> Result<(), JobsError> {
        self.person(id, Input::GoOn)
    }

    /// Takes over what dead processes left, and with `pay` lets every held job go on. Tells how many jobs are under way or in line.
    pub fn resume(&self, pay: bool) -> Result<usize, JobsError> {
        for stepped in self.shared.journal.adopt(self.shared.now())? {
            self.shared.accept(stepped);
        }
        let rows = self.list();
        let held = rows.iter().filter(|row| pay && row.status == JobStatus::Held);
        for row in held {
            match self.go_on(&row.id) {
                Ok(()) | Err(JobsError::DrivenElsewhere | JobsError::NotOffered) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.list().iter().filter(|row| !row.rests()).count())
    }

    /// Runs a job that cost nothing again in its row.
    pub fn retry(&self, id: &JobId, soft_budget: SoftBudget) -> Result<(), JobsError> {
        self.check_open()?;
        let (budgets, month, now) = (self.budgets(), self.month(), self.shared.now());
        let stepped = self.shared.journal.retry(id.clone(), budgets, soft_budget, month, now)?;
        self.accept_changed(stepped)
    }

    /// Sends the same request again as a new row, which may cost again; the old one is put aside.
    pub fn submit_again(&self, id: &JobId, soft_budget: SoftBudget) -> Result<JobId, JobsError> {
        self.check_open()?;
        let (budgets, month, now) = (self.budgets(), self.month(), self.shared.now());
        let new = JobId(random_hex_128());
        let (old, fresh) =
            self.shared.journal.submit_again(id.clone(), new.clone(), budgets, soft_budget, month, now)?;
        self.shared.table.put(old, false);
        self.shared.table.put(fresh, false);
        self.shared.nudge.notify_one();
        Ok(new)
    }

    /// Has the service asked once more, for free.
    pub fn look_again(&self, id: &JobId) -> Result<(), JobsError> {
        self.person(id, Input::LookAgain)
    }

    /// Puts a finished job aside.
    pub fn dismiss(&self, id: &JobId) -> Result<(), JobsError> {
        self.person(id, Input::Dismiss)
    }

    /// Deletes a finished job's row, and its photo with the last row that names it. The ledger keeps its lines.
    pub fn forget(&self, id: &JobId) -> Result<(), JobsError> {
        self.shared.journal.forget(id.clone())?;
        self.shared.table.remove(id);
        Ok(())
    }

    /// Stops every job that waits in line or is held. Tells how many.
    pub fn clear(&self) -> Result<usize, JobsError> {
        let mut stopped = 0;
        for row in self.list().iter().filter(|row| matches!(row.status, JobStatus::Queued | JobStatus::Held)) {
            match self.stop(&row.id) {
                Ok(()) => stopped += 1,
                Err(JobsError::DrivenElsewhere | JobsError::NotOffered) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(stopped)
    }

    /// Puts a waiting job before another one, or at the end of the line.
    pub fn reorder(&self, id: &JobId, before: Option<&JobId>) -> Result<(), JobsError> {
        self.shared.journal.reorder(id.clone(), before.cloned())?;
        self.shared.reread()?;
        self.shared.table.tell(JobEvent::LineChanged);
        Ok(())
    }

    /// Holds back the beginning of new jobs, or lets them begin again; those under way go on.
    pub fn pause(&self, paused: bool) {
        self.shared.table.lock().paused = paused;
        self.shared.table.tell(JobEvent::LineChanged);
        self.shared.nudge.notify_one();
    }

    /// Every job, newest first.
    pub fn list(&self) -> Vec<Arc<JobRow>> {
        self.shared.table.rows()
    }

    /// One job.
    pub fn get(&self, id: &JobId) -> Option<Arc<JobRow>> {
        self.shared.table.get(id)
    }

    /// The service's last answer about a job as it came. Reads the journal.
    pub fn raw_answer(&self, id: &JobId) -> Result<Option<String>, JobsError> {
        self.shared.journal.raw_answer(id.clone())
    }

    /// What changes from now on. Bounded: who falls behind reads [`list`](Self::list).
    pub fn subscribe(&self) -> broadcast::Receiver<JobEvent> {
        self.shared.table.subscribe()
    }

    /// Waits until a job rests, that is, until nothing more happens without a person; `None` when it was forgotten.
    pub async fn wait(&self, id: &JobId) -> Option<Arc<JobRow>> {
        let mut revisions = self.shared.table.revisions();
        loop {
            revisions.mark_unchanged();
            let row = self.get(id)?;
            if row.rests() {
                return Some(row);
            }
            revisions.changed().await.ok()?;
        }
    }

    /// Where the prepared photo with this hash lies, for thumbnails.
    pub fn photo_path(&self, sha256: &str) -> PathBuf {
        self.shared.journal.photos().path(sha256)
    }

    /// Changes how many requests are under way at once at a hosted engine.
    pub fn set_hosted_concurrency(&self, count: usize) {
        self.shared.hosted_concurrency.store(count, Ordering::Relaxed);
        self.shared.nudge.notify_one();
    }

    /// Begins nothing more, waits for the answers of submits that are under way (at most a minute), and leaves every
    /// job as the journal has it.
    pub async fn close(&self) {
        self.shared.table.lock().closing = true;
        self.shared.close_all();
        let clock = &self.shared.clock;
        if clock.timeout(CLOSE_LIMIT, self.all_drivers_left()).await.is_none() {
            self.give_up();
            if clock.timeout(LAST_ROWS_LIMIT, self.all_drivers_left()).await.is_none() {
                tracing::error!("some jobs could not be written at the end; the next start finds out what they are");
            }
        }
        self.tidy_at_the_end().await;
    }

    async fn all_drivers_left(&self) {
        let mut revisions = self.shared.table.revisions();
        loop {
            revisions.mark_unchanged();
            let all_left = self.shared.table.lock().entries.values().all(|entry| entry.driver.is_none());
            if all_left || revisions.changed().await.is_err() {
                return;
            }
        }
    }

    /// A person does something with a job: its driver is told, or the journal changed.
    fn person(&self, id: &JobId, input: Input) -> Result<(), JobsError> {
        self.check_open()?;
        {
            let mut line = self.shared.table.lock();
            let entry = line.entries.get_mut(id).ok_or_else(|| JobsError::Unknown(id.clone()))?;
            if let Some(controls) = &entry.driver {
                if input != Input::Stop {
                    return Err(JobsError::NotOffered);
                }
                // A full queue means that it has been told often enough.
                _ = controls.try_send(Control::Stop);
                return Ok(());
            }
            if std::mem::replace(&mut entry.busy, true) {
                return Err(JobsError::NotOffered);
            }
        }
        let stepped = self.shared.journal.apply(id.clone(), input, self.shared.now());
        if let Some(entry) = self.shared.table.lock().entries.get_mut(id) {
            entry.busy = false;
        }
        self.accept_changed(stepped?)
    }

    fn accept_changed(&self, stepped: Stepped) -> Result<(), JobsError> {
        let changed = stepped.changed;
        self.shared.accept(stepped);
        if changed { Ok(()) } else { Err(JobsError::NotOffered) }
    }

    fn job_of(&self, new: NewJob) -> (Job, Option<Vec<u8>>) {
        let now = self.shared.now();
        let (photo, bytes) = match new.photo {
            JobPhoto::Link(url) => (KeptPhoto::Link { url }, None),
            JobPhoto::Prepared(prepared) => kept(prepared, None),
            JobPhoto::Hosted { photo, host } => kept(photo, Some(host)),
        };
        let seed = new.recipe.seed.unwrap_or_else(random_seed);
        let job = Job {
            id: JobId(random_hex_128()),
            click: new.click,
            batch: new.batch,
            position: 0,
            engine: new.engine.id,
            base_url: new.engine.base.clone(),
            on_loopback: new.engine.allows_loopback,
            price: new.engine.price,
            recipe: new.recipe.with_seed(seed),
            photo,
            state: State::Queued,
            revision: 0,
            owner: Some(self.shared.journal.owner().to_owned()),
            error: None,
            raw_answer: None,
            created_at: now,
            updated_at: now,
            accepted_at: None,
        };
        (job, bytes)
    }

    fn check_open(&self) -> Result<(), JobsError> {
        if self.shared.table.lock().closing { Err(JobsError::Closed) } else { Ok(()) }
    }
}

/// What is kept of a prepared photo, and its bytes.
fn kept(prepared: PreparedPhoto, host: Option<String>) -> (KeptPhoto, Option<Vec<u8>>) {
    let PreparedPhoto { jpeg, frame, faces, name, picked_sha256 } = prepared;
    // Nothing about faces is kept of what goes to somebody else.
    let faces = if host.is_none() { faces } else { Vec::new() };
    (KeptPhoto::Prepared { sha256: sha256_hex(&jpeg), frame, faces, name, picked_sha256, host }, Some(jpeg))
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.shared.table.lock().closing = true;
        self.shared.tasks.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
    }
}
