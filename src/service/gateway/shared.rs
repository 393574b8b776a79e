//! What every request at the gateway shares.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use secrecy::ExposeSecret as _;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use crate::engine::StickerEngine;
use crate::net::{BuildError, FetchLimits, Fetcher, Notifier, Reach};
use crate::platform::Clock;

use super::GatewayOptions;
use super::guard::digest;
use super::job::Job;
use super::rate::Rate;
use super::refused::Refused;
use super::{outputs, run, webhooks};

/// Requests that may be unfinished at once.
const QUEUE: usize = 32;

/// Of those, how many may hold their photo in memory.
const PHOTOS_IN_MEMORY: usize = 4;

/// How long a finished request and its pictures are kept.
const KEPT: Duration = Duration::from_hours(1);

/// How often what is older is thrown away.
const SWEEP: Duration = Duration::from_mins(1);

/// What a client is told to wait when the queue is full.
const FULL: Duration = Duration::from_secs(5);

/// The engine, the requests and what they need.
pub(super) struct Shared {
    pub(super) engine: Arc<dyn StickerEngine>,
    pub(super) clock: Clock,
    pub(super) key_digest: [u8; 32],
    pub(super) base_url: String,
    pub(super) folder: PathBuf,
    pub(super) fetcher: Fetcher,
    pub(super) notifier: Notifier,
    /// Turns true when the gateway is to stop.
    pub(super) stopped: watch::Receiver<bool>,
    /// One permit: the engine works on one sticker at a time, in the order of asking.
    pub(super) engine_turn: Arc<Semaphore>,
    pub(super) photo_turn: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    rate: Option<Mutex<Rate>>,
    jobs: Mutex<HashMap<String, Arc<Job>>>,
    runtime: Handle,
    /// Stickers that were begun.
    begun: AtomicU64,
    running: Mutex<JoinSet<()>>,
    webhooks: Mutex<JoinSet<()>>,
}

/// How long the engine keeps what the next sticker of the same photo could use.
const KEPT_FOR: Duration = Duration::from_secs(20);

impl Shared {
    /// Counts a sticker that is begun.
    pub(super) fn begins(&self) {
        self.begun.fetch_add(1, Ordering::Relaxed);
    }

    /// Lets the engine forget the photo when no other sticker is begun for a while.
    pub(super) fn rests(self: &Arc<Self>) {
        let (begun, clock, shared) = (self.begun.load(Ordering::Relaxed), self.clock.clone(), Arc::downgrade(self));
        drop(self.runtime.spawn(async move {
            clock.sleep(KEPT_FOR).await;
            if let Some(shared) = shared.upgrade().filter(|shared| shared.begun.load(Ordering::Relaxed) == begun) {
                shared.engine.forget();
            }
        }));
    }

    pub(super) fn new(
        options: &GatewayOptions,
        base_url: String,
        folder: PathBuf,
        runtime: Handle,
        stopped: watch::Receiver<bool>,
    ) -> Result<Self, BuildError> {
        Ok(Self {
            engine: Arc::clone(&options.engine),
            clock: options.clock.clone(),
            key_digest: digest(options.key.expose_secret().as_bytes()),
            base_url,
            folder,
            // The caller is on this computer, so its links may lead there.
            fetcher: Fetcher::new(Reach::PublicAndLoopback, FetchLimits::PHOTO)?,
            notifier: Notifier::new()?,
            stopped,
            engine_turn: Arc::new(Semaphore::new(1)),
            photo_turn: Arc::new(Semaphore::new(PHOTOS_IN_MEMORY)),
            queue: Arc::new(Semaphore::new(QUEUE)),
            rate: options.rate.map(|most| Mutex::new(Rate::new(most))),
            jobs: Mutex::default(),
            runtime,
            begun: AtomicU64::new(0),
            running: Mutex::default(),
            webhooks: Mutex::default(),
        })
    }

    /// Counts a sticker request against the rate.
    pub(super) fn admit(&self, now: Instant) -> Result<(), Refused> {
        self.rate.as_ref().map_or(Ok(()), |rate| lock(rate).admit(now).map_err(Refused::rate))
    }

    /// A place in the queue, kept until it is dropped.
    pub(super) fn place(&self) -> Result<OwnedSemaphorePermit, Refused> {
        Arc::clone(&self.queue).try_acquire_owned().map_err(|_full| Refused::full(FULL))
    }

    /// Takes a request on: from now on it is known, and it runs when its turn comes.
    pub(super) fn take_on(self: &Arc<Self>, job: Job, source: run::Source, place: OwnedSemaphorePermit) -> Arc<Job> {
        let job = Arc::new(job);
        lock(&self.jobs).insert(job.id.clone(), Arc::clone(&job));
        if let Some(webhook) = webhooks::Webhook::of(&job.recipe) {
            let telling = webhooks::tell(self.notifier.clone(), Arc::clone(&job), webhook);
            spawn(&self.webhooks, telling, &self.runtime);
        }
        let (shared, running) = (Arc::clone(self), Arc::clone(&job));
        let work = async move {
            run::run(&shared, &running, source).await;
            drop(place);
        };
        spawn(&self.running, work, &self.runtime);
        job
    }

    /// The request with this id, while it is kept.
    pub(super) fn job(&self, id: &str) -> Option<Arc<Job>> {
        lock(&self.jobs).get(id).map(Arc::clone)
    }

    /// Throws away what has been over for an hour, now and then.
    pub(super) async fn sweep_for_ever(self: Arc<Self>) {
        while !*self.stopped.borrow() {
            self.clock.sleep(SWEEP).await;
            for id in self.forget(self.clock.instant()) {
                outputs::remove(&self.folder, &id).await;
            }
        }
    }

    /// Forgets the requests that have been over for an hour; their ids.
    fn forget(&self, now: Instant) -> Vec<String> {
        let mut jobs = lock(&self.jobs);
        let old: Vec<String> =
            jobs.values().filter(|job| job.is_over_for(KEPT, now)).map(|job| job.id.clone()).collect();
        for id in &old {
            jobs.remove(id);
        }
        old
    }

    /// Ends when no request is running any more.
    pub(super) async fn jobs_ended(&self) {
        ended(&self.running).await;
    }

    /// Ends when every webhook was told.
    pub(super) async fn webhooks_ended(&self) {
        ended(&self.webhooks).await;
    }

    /// Cuts off whatever is still running.
    pub(super) fn abort(&self) {
        lock(&self.running).abort_all();
        lock(&self.webhooks).abort_all();
    }
}

/// Spawns into a set, taking out what has ended meanwhile.
fn spawn(set: &Mutex<JoinSet<()>>, task: impl Future<Output = ()> + Send + 'static, runtime: &Handle) {
    let mut set = lock(set);
    while set.try_join_next().is_some() {}
    set.spawn_on(task, runtime);
}

async fn ended(set: &Mutex<JoinSet<()>>) {
    let mut tasks = std::mem::take(&mut *lock(set));
    while tasks.join_next().await.is_some() {}
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
