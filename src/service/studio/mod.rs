//! Builds and owns the running set: runtime, stores, embedded gateway, jobs; `doctor`.

mod account;
mod cut_line;
mod doctor;
mod drafts;
mod error;
pub mod exports;
mod finishing;
mod lazily;
mod ledger;
mod loaded;
mod palette;
mod parts;
mod photo_hosts;
mod photos;
mod served;
mod settings_in;

use std::future::Future;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::runtime::{Builder, Handle, Runtime};

pub use account::hosted_account;
use account::preferences;
pub use doctor::{Finding, Health, doctor};
pub use drafts::{
    DRAFT_EDGES, Draft, DraftSubject, DraftWish, Drafts, Drawn, DrawnDraft, SAMPLE_EDGE, Sample, SampleWish,
    draft_threads,
};
pub use error::StudioError;
pub use finishing::{FinishDesk, FinishedSticker};
pub use lazily::once;
use lazily::read_once;
pub use ledger::{ledger_csv, ledger_json};
pub use loaded::LoadedPhoto;
pub use palette::{PALETTE_ENDINGS, is_palette, palette_in, palette_of_file, with_colours};
pub use parts::Parts;
pub use photo_hosts::KeepSecret;
pub use served::Served;
pub use settings_in::{settings_in, settings_of_file};

use crate::api::Network;
use crate::engine::BuiltIn;
pub use crate::engine::{STYLES, moods_of, style_of, toggled};
use crate::finish::Fonts;
use crate::gateway::{Gateway, GatewayOptions};
use crate::jobs::{Adopt, Budgets, JobRow, Jobs, JobsOptions, LocalEngine, OnRefusedKey};
use crate::keys::{Keys, KeysOptions};
use crate::library::{Library, StickerRow, Thumbnails};
pub use crate::model::capitalised;
use crate::model::engine::PIXAZO_BASE;
use crate::model::{Engine, EngineId, Recipe};
use crate::net::Base;
use crate::platform::{Clock, Folders};
use crate::settings::{Loaded, PhotoHosts, Settings};
use crate::vision::Networks;

/// The bundled portrait, for a first look without a photo of one's own.
pub const SAMPLE: &[u8] = include_bytes!("../../../assets/sample/portrait.png");

/// What it is called.
pub const SAMPLE_NAME: &str = "Sample portrait.png";

/// What a studio is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Only to look: nothing goes on by itself and nothing is served.
    Look,
    /// `make`, which drives its own jobs alone.
    Make,
    /// `jobs resume`, which drives what earlier runs left.
    Resume,
    /// The window, which drives everything.
    Window,
}

/// The folders of this person, with the library where the preferences say, and the preferences.
fn places(data_dir: Option<&Path>) -> Result<(Folders, Loaded<Settings>), StudioError> {
    let (folders, settings) = preferences(data_dir)?;
    let folders = match &settings.value.library_folder {
        Some(library) => folders.with_library(library),
        None => folders,
    };
    folders.create()?;
    Ok((folders, settings))
}

/// The folders of this person, with the library where the preferences say.
pub fn folders(data_dir: Option<&Path>) -> Result<Folders, StudioError> {
    Ok(places(data_dir)?.0)
}

/// The words of a prompt that the built-in engine understands, and those it leaves aside.
pub fn words(recipe: &Recipe) -> (Vec<String>, Vec<String>) {
    let words = crate::engine::words(&recipe.prompt, &recipe.negative_prompt);
    (words.understood, words.ignored)
}

/// Does the built-in engine understand all of an expression, so that it changes the drawing?
pub fn draws(expression: &str) -> bool {
    let words = crate::engine::words(expression, "");
    !words.understood.is_empty() && words.ignored.is_empty()
}

/// The library of these folders.
pub fn library(folders: &Folders) -> Result<Library, StudioError> {
    let library = Library::open(folders.library(), &folders.index())?;
    if library.index_set_aside().is_some() {
        // Before anything is added, so that no sticker is counted as new a second time.
        library.rebuild()?;
    }
    Ok(library)
}

/// The runtime for everything that waits.
fn runtime() -> Result<Runtime, StudioError> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("studio")
        .enable_all()
        .build()
        .map_err(StudioError::Runtime)
}

/// An error with all its causes as one sentence: its first letter a capital, without a full stop.
pub fn sentence(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let words = inner.to_string();
        // A transparent error repeats its cause.
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        cause = inner.source();
    }
    capitalised(&text)
}

/// Everything that runs.
pub struct Studio {
    folders: Folders,
    library: Arc<Library>,
    /// Opened when the first one is shown, since that counts the files of the whole folder.
    thumbnails: OnceLock<Thumbnails>,
    keys: Keys,
    jobs: Jobs,
    settings: Settings,
    notes: Vec<String>,
    /// The embedded engine; none when only looking.
    gateway: Mutex<Option<Gateway>>,
    /// Those of the embedded engine, or read when the first photo comes.
    networks: OnceLock<Arc<Networks>>,
    /// Started when the first one is asked for.
    drafts: OnceLock<Drafts>,
    /// Those of captions.
    fonts: Mutex<Fonts>,
    jobs_changed: Arc<AtomicBool>,
    /// One change of the hosts' file at a time.
    hosts_turn: Mutex<()>,
    clock: Clock,
    zone: TimeZone,
    started_at: Timestamp,
    /// Dropped last: everything above runs on it.
    runtime: Runtime,
}

impl Studio {
    /// Opens the journal and the library and starts what `purpose` needs.
    ///
    /// `waker` is called from any thread when jobs or keys have changed; it must be quick.
    pub fn open(
        data_dir: Option<&Path>,
        purpose: Purpose,
        waker: Arc<dyn Fn() + Send + Sync>,
    ) -> Result<Self, StudioError> {
        Self::open_with(Parts::default(), data_dir, purpose, waker)
    }

    /// [`open`](Self::open) with other parts than this computer's own.
    pub fn open_with(
        parts: Parts,
        data_dir: Option<&Path>,
        purpose: Purpose,
        waker: Arc<dyn Fn() + Send + Sync>,
    ) -> Result<Self, StudioError> {
        let (folders, Loaded { value: settings, set_aside }) = places(data_dir)?;
        let mut notes: Vec<String> = set_aside.iter().map(|path| set_aside_note("The preferences", path)).collect();
        let runtime = runtime()?;
        let library = Arc::new(library(&folders)?);
        let keys = Keys::start(match parts.keys {
            Some(keys) => KeysOptions { waker: Arc::clone(&waker), ..keys },
            None => KeysOptions::of_this_computer(Arc::clone(&waker)),
        })?;
        let networks = OnceLock::new();
        let gateway = if purpose == Purpose::Look {
            None
        } else {
            let engine = match parts.engine {
                Some(engine) => engine,
                None => Arc::new(BuiltIn::of(Arc::clone(read_once(&networks)?))),
            };
            Some(Gateway::start(GatewayOptions::embedded(engine), runtime.handle())?)
        };
        let jobs_changed = Arc::new(AtomicBool::new(true));
        let changed = Arc::clone(&jobs_changed);
        let clock = parts.clock.unwrap_or_default();
        let hosts = PhotoHosts::load(&folders.photo_hosts())?;
        let started = Jobs::start(JobsOptions {
            folders: folders.clone(),
            library: Arc::clone(&library),
            keys: keys.clone(),
            local: gateway
                .as_ref()
                .map(|gateway| LocalEngine { base_url: gateway.base_url(), key: gateway.key().clone() }),
            photo_hosts: hosts.value.all().to_vec(),
            budgets: budgets(&settings),
            hosted_concurrency: settings.concurrency,
            on_refused_key: if purpose == Purpose::Window { OnRefusedKey::Hold } else { OnRefusedKey::Fail },
            adopt: if matches!(purpose, Purpose::Window | Purpose::Resume) { Adopt::Orphans } else { Adopt::Nothing },
            network: Network::default(),
            clock: clock.clone(),
            waker: Arc::new(move || {
                changed.store(true, Ordering::Relaxed);
                waker();
            }),
            runtime: runtime.handle().clone(),
        })?;
        if purpose != Purpose::Look {
            started.jobs.keep_tidy();
        }
        notes.extend(hosts.set_aside.iter().map(|path| set_aside_note("The hosts for photos", path)));
        notes.extend(started.uploads_set_aside.iter().map(|path| set_aside_note("The list of photos at hosts", path)));
        notes.extend(started.set_aside.iter().map(|path| set_aside_note("The journal of jobs", path)));
        notes.extend(library.index_set_aside().map(|path| set_aside_note("The index of the library", path)));
        for note in &notes {
            tracing::error!("{note}");
        }
        Ok(Self {
            folders,
            library,
            thumbnails: OnceLock::new(),
            keys,
            jobs: started.jobs,
            settings,
            notes,
            gateway: Mutex::new(gateway),
            networks,
            drafts: OnceLock::new(),
            fonts: Mutex::new(Fonts::new()),
            jobs_changed,
            hosts_turn: Mutex::new(()),
            started_at: clock.now(),
            clock,
            zone: TimeZone::system(),
            runtime,
        })
    }

    /// Where things are kept.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// The preferences as they were at the start.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What a person should know about the start, as sentences.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Keeps other preferences and follows them from now on; another library folder counts from the next start.
    pub fn follow(&self, settings: &Settings) -> Result<(), StudioError> {
        self.jobs.set_budgets(budgets(settings));
        self.jobs.set_hosted_concurrency(settings.concurrency);
        Ok(settings.save(&self.folders.settings())?)
    }

    /// The finished stickers.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Small pictures of them. The first call looks through their folder, so not on the UI thread.
    pub fn thumbnails(&self) -> Result<&Thumbnails, StudioError> {
        once(&self.thumbnails, || Ok(Thumbnails::open(&self.folders.thumbnails(), Thumbnails::BUDGET)?))
    }

    /// Draws drafts; the first call says who gets them, and reads the networks unless that is done.
    pub fn drafts(&self, answer: impl Fn(Drawn) + Send + 'static) -> Result<&Drafts, StudioError> {
        once(&self.drafts, || Drafts::start(Arc::clone(read_once(&self.networks)?), answer))
    }

    /// Wants no draft any more. Never waits.
    pub fn forget_draft(&self) {
        if let Some(drafts) = self.drafts.get() {
            drafts.forget();
        }
    }

    /// Bytes that are kept for the next draft and for the next sticker of the same photo. Never waits.
    pub fn kept_bytes(&self) -> usize {
        let drafts = self.drafts.get().map_or(0, Drafts::kept_bytes);
        let gateway = self.gateway.try_lock().ok();
        drafts + gateway.and_then(|gateway| gateway.as_ref().map(Gateway::kept_bytes)).unwrap_or_default()
    }

    /// The line of jobs.
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// The secrets.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The runtime, for what waits.
    pub fn handle(&self) -> &Handle {
        self.runtime.handle()
    }

    /// Waits for something, from a thread that may wait.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// The time zone of this computer, as it was when the program was started: reading it waits for the disk.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// What everything here goes by.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Has something about jobs changed since this was asked last?
    pub fn jobs_changed(&self) -> bool {
        self.jobs_changed.swap(false, Ordering::Relaxed)
    }

    /// An engine as data; the hosted one at its own address or at another.
    pub fn engine(id: EngineId, base_url: Option<&str>) -> Result<Engine, StudioError> {
        match id {
            EngineId::Local => Ok(Engine::local()),
            EngineId::Pixazo => {
                let text = base_url.unwrap_or(PIXAZO_BASE);
                Ok(Engine::pixazo(text, Base::parse(text)?.is_loopback()))
            }
        }
    }

    /// The finished sticker of a job.
    pub fn sticker_of(&self, job: &JobRow) -> Result<StickerRow, StudioError> {
        self.library.of_job(&job.id.0)?.ok_or(StudioError::StickerGone)
    }

    /// Ends everything in order: answers that are under way are waited for, at most a minute.
    pub fn close(&self) {
        self.runtime.block_on(async {
            self.jobs.close().await;
            let gateway = self.gateway.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(gateway) = gateway {
                gateway.stop().await;
            }
        });
    }
}

/// The budgets of the preferences as the line of jobs takes them.
fn budgets(settings: &Settings) -> Budgets {
    Budgets { soft: settings.budget.ask_above, hard: settings.budget.refuse_above }
}

/// Says that a file could not be understood, and where it is kept.
pub fn set_aside_note(what: &str, path: &Path) -> String {
    format!("{what} could not be read, so a new one was begun. The old file is kept: {}", path.display())
}
