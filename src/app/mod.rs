//! The window's state: actions into `studio`, events out of it.

mod blocked;
mod closing;
mod context;
mod ending;
mod event;
mod export;
mod files;
mod finishing;
mod gallery;
mod hands;
mod hosts;
mod images;
mod jobs;
mod keep;
mod key;
mod layout;
mod money;
mod newest;
mod opening;
mod photo;
mod pictures;
mod pixels;
mod preferences;
mod presets;
mod recipe;
mod router;
mod sentence;
mod session;
mod state;
mod sweep;
mod toasts;
mod ui;
mod undo;
mod views;
mod work;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use egui::Context;

use crate::photo::PhotoSource;
use crate::platform::{Session, random_hex_128, random_seed, session};
use crate::studio::{Parts, Purpose, Studio};
use crate::ui::shell::Shell;
use ending::Ending;
use event::{Event, Notifier};
use layout::Layout;
pub use opening::open;
use session::WorkSession;
use state::State;
use work::Work;

/// How the window is opened.
pub struct WindowOptions {
    /// Where everything durable goes, instead of the usual folders.
    pub data_dir: Option<PathBuf>,
    /// Photos to open it with, instead of the sample.
    pub photos: Vec<PhotoSource>,
    /// The display it is opened on.
    pub session: Session,
    /// What takes the place of this computer's own.
    pub parts: Parts,
}

impl WindowOptions {
    /// For this computer, on its display; on its X server rather than Wayland if so preferred.
    pub fn new(data_dir: Option<PathBuf>, prefer_x11: bool) -> Self {
        Self { data_dir, photos: Vec::new(), session: session(prefer_x11), parts: Parts::default() }
    }
}

/// The window.
pub struct App {
    state: State,
    shell: Shell,
    events: Receiver<Event>,
    notifier: Notifier,
    /// Everything that runs, once it is open.
    work: Option<Work>,
    studio: Option<Arc<Studio>>,
    /// Do files arrive that are dropped on the window? The session does not change.
    can_drop: bool,
    /// The layout as it lies on the disk, once it was read.
    kept: Option<Layout>,
    /// The session as it lies on the disk, once it was read.
    session: Option<WorkSession>,
    /// When it was written last, in seconds of the window's clock.
    session_kept_at: f64,
    ending: Ending,
}

impl App {
    /// A window whose studio is being opened in the background.
    pub fn new(ctx: &Context, options: WindowOptions) -> Self {
        crate::ui::install(ctx);
        let (notifier, events) = Notifier::new(ctx.clone());
        let opener = notifier.clone();
        let waker_ctx = ctx.clone();
        let WindowOptions { data_dir, photos, session, parts } = options;
        let started = std::thread::Builder::new().name("opening".into()).spawn(move || {
            // First of all, so that nothing moves once it is drawn.
            if let Ok(folders) = crate::studio::folders(data_dir.as_deref()) {
                opener.send(Layout::load(&folders));
                opener.send(WorkSession::load(&folders));
            }
            let waker: Arc<dyn Fn() + Send + Sync> = Arc::new(move || waker_ctx.request_repaint());
            let opened = Studio::open_with(parts, data_dir.as_deref(), Purpose::Window, waker);
            opener.send(Event::Opened(opened.map(Arc::new).map_err(|error| sentence::sentence(&error))));
        });
        let mut state = State::new(ctx.clone(), session == Session::X11, random_seed(), random_hex_128());
        state.photos.wait_with(photos);
        if let Err(error) = started {
            state.broken = Some(format!("Background work could not be started: {error}."));
        }
        Self {
            state,
            shell: Shell::default(),
            events,
            notifier,
            work: None,
            studio: None,
            can_drop: session.takes_dropped_files(),
            kept: None,
            session: None,
            session_kept_at: 0.0,
            ending: Ending::No,
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.drain(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn on_exit(&mut self) {
        self.end_at_once();
    }
}
