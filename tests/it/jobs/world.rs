//! A data folder, an engine and the program's services around them, which can be torn down and begun again.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use image::{Rgb, RgbImage, Rgba, RgbaImage};
use jiff::Timestamp;
use secrecy::SecretString;
use sticker_booth::api::Network;
use sticker_booth::gateway::{Gateway, GatewayOptions};
use sticker_booth::jobs::{
    Adopt, Budgets, JobPhoto, JobRow, Jobs, JobsOptions, LocalEngine, NewJob, OnRefusedKey, PreparedPhoto,
};
use sticker_booth::keys::{Account, Keys, KeysOptions};
use sticker_booth::library::Library;
use sticker_booth::model::{Engine, FaceFrame, JobId, JobStatus, Recipe};
use sticker_booth::picture::{encode_jpeg, encode_png};
use sticker_booth::platform::{Clock, Folders};
use tokio::runtime::Runtime;

use crate::support::fake_engine::FakeEngine;

/// The key of the hosted service in these tests; it must never reach a file.
pub(super) const KEY: &str = "the-secret-key-of-the-tests";

/// Longer than any of these tests should wait; only a failing one gets here.
const PATIENCE: Duration = Duration::from_secs(20);

/// How much faster than ours the time of jobs runs: what they wait for, they wait for at once.
pub(super) const HASTE: u32 = 20;

/// A data folder that outlives the processes in it.
pub(super) struct World {
    pub(super) root: tempfile::TempDir,
    pub(super) engine: FakeEngine,
    /// What the next process goes by.
    pub(super) clock: Clock,
}

/// What one process of the program holds. Dropping it is a crash: nothing is waited for.
pub(super) struct Process {
    pub(super) jobs: Jobs,
    _gateway: Gateway,
    pub(super) runtime: Runtime,
}

/// How a process differs from the window.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub(super) on_refused_key: OnRefusedKey,
    pub(super) adopt: Adopt,
    pub(super) budgets: Budgets,
}

impl Manner {
    pub(super) const WINDOW: Self =
        Self { on_refused_key: OnRefusedKey::Hold, adopt: Adopt::Orphans, budgets: Budgets { soft: None, hard: None } };
    pub(super) const MAKE: Self = Self { on_refused_key: OnRefusedKey::Fail, adopt: Adopt::Nothing, ..Self::WINDOW };
}

impl World {
    pub(super) fn new() -> Self {
        Self::with(FakeEngine::new())
    }

    pub(super) fn with(engine: FakeEngine) -> Self {
        Self { root: tempfile::tempdir().unwrap(), engine, clock: Clock::running(Timestamp::now(), HASTE) }
    }

    pub(super) fn folders(&self) -> Folders {
        Folders::at(self.root.path())
    }

    /// A process that has the key of the service at `base`.
    pub(super) fn start(&self, base: &str, manner: Manner) -> Process {
        self.start_on(Network::default(), base, manner)
    }

    /// The same on a network that is used in another way than usual.
    pub(super) fn start_on(&self, network: Network, base: &str, manner: Manner) -> Process {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let gateway =
            Gateway::start(GatewayOptions::embedded(Arc::new(self.engine.clone())), runtime.handle()).unwrap();
        let folders = self.folders();
        folders.create().unwrap();
        let keys = Keys::start(KeysOptions::in_memory()).unwrap();
        if let Some(account) = Account::engine_at_url(base) {
            keys.set_for_session(account, &SecretString::from(KEY)).unwrap();
        }
        let options = JobsOptions {
            library: Arc::new(Library::open(folders.library(), &folders.index()).unwrap()),
            folders,
            keys,
            local: Some(LocalEngine { base_url: gateway.base_url(), key: gateway.key().clone() }),
            photo_hosts: Vec::new(),
            budgets: manner.budgets,
            hosted_concurrency: 2,
            on_refused_key: manner.on_refused_key,
            adopt: manner.adopt,
            network,
            clock: self.clock.clone(),
            waker: Arc::new(|| {}),
            runtime: runtime.handle().clone(),
        };
        let jobs = Jobs::start(options).unwrap().jobs;
        Process { jobs, _gateway: gateway, runtime }
    }

    pub(super) fn window(&self) -> Process {
        self.start("", Manner::WINDOW)
    }

    /// Every PNG in the library.
    pub(super) fn library_files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        walk(self.folders().library(), &mut files);
        files.retain(|path| path.extension().is_some_and(|extension| extension == "png"));
        files
    }

    /// Files anywhere below the data folder that contain `needle`.
    pub(super) fn files_with(&self, needle: &str) -> Vec<PathBuf> {
        let mut files = Vec::new();
        walk(self.root.path(), &mut files);
        let contains = |path: &PathBuf| {
            let bytes = std::fs::read(path).unwrap_or_default();
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        };
        files.retain(contains);
        files
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

impl Process {
    /// Waits until a job's row is as asked.
    pub(super) fn until(&self, id: &JobId, what: &str, is: impl Fn(&JobRow) -> bool) -> JobRow {
        let start = Instant::now();
        loop {
            let row = self.jobs.get(id);
            if let Some(row) = row.as_ref().filter(|row| is(row)) {
                return JobRow::clone(row);
            }
            assert!(start.elapsed() < PATIENCE, "not {what}: {row:#?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(super) fn until_status(&self, id: &JobId, status: JobStatus) -> JobRow {
        self.until(id, status.word(), |row| row.status == status)
    }

    /// Waits until the job rests.
    pub(super) fn rest(&self, id: &JobId) -> JobRow {
        let wait = async { tokio::time::timeout(PATIENCE, self.jobs.wait(id)).await };
        let row = self.runtime.block_on(wait);
        assert!(row.is_ok(), "no rest: {:#?}", self.jobs.get(id));
        JobRow::clone(&row.unwrap().unwrap())
    }

    /// The service's last answer about a job as it is kept.
    pub(super) fn raw_answer(&self, id: &JobId) -> Option<String> {
        self.jobs.raw_answer(id).unwrap()
    }
}

/// A job for the built-in engine.
pub(super) fn local(click: &str) -> NewJob {
    let image = RgbImage::from_pixel(64, 64, Rgb([200, 150, 120]));
    let photo = PreparedPhoto {
        jpeg: encode_jpeg(&image, 92).unwrap(),
        frame: FaceFrame { left: 100.0, top: 50.0, scale: 2.0 },
        faces: Vec::new(),
        name: Some("me.jpg".into()),
        picked_sha256: Some("ab".repeat(32)),
    };
    NewJob {
        click: click.to_owned(),
        batch: None,
        engine: Engine::local(),
        recipe: Recipe { width: 256, height: 256, steps: 1, ..Recipe::default() },
        photo: JobPhoto::Prepared(photo),
    }
}

/// A job with a price for the service at `base`.
pub(super) fn paid(click: &str, base: &str) -> NewJob {
    NewJob {
        engine: Engine::pixazo(base, true),
        photo: JobPhoto::Link(crate::support::files::linked_photo().to_owned()),
        ..local(click)
    }
}

/// A small sticker, cut out.
pub(super) fn cutout() -> Vec<u8> {
    encode_png(&RgbaImage::from_fn(32, 32, |x, _| Rgba([9, 9, 9, if x < 16 { 0 } else { 255 }])), &[]).unwrap()
}

/// A small sticker on its background.
pub(super) fn background() -> Vec<u8> {
    encode_png(&RgbImage::from_pixel(32, 32, Rgb([9, 9, 9])), &[]).unwrap()
}
