//! The window: features that own their state and their work, a router between them, and the views that are drawn of them.

mod blocked;
mod context;
mod event;
mod export;
mod files;
mod finishing;
mod gallery;
mod hands;
mod hosts;
mod images;
mod jobs;
mod key;
mod money;
mod newest;
mod opening;
mod photo;
mod pictures;
mod pixels;
mod presets;
mod recipe;
mod router;
mod sentence;
mod shown;
mod state;
mod sweep;
mod toasts;
mod view;
mod window;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use egui::Context;

use crate::photo::PhotoSource;
use crate::platform::{Session, random_hex_128, random_seed, session};
use crate::studio::{Parts, Purpose, Studio};
use crate::ui::shell::Shell;
use event::{Event, Notifier};
pub use opening::open;
use state::State;
use window::{Layout, WorkSession};

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
    studio: Option<Arc<Studio>>,
    /// Do files arrive that are dropped on the window? The session does not change.
    can_drop: bool,
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
                opener.send(Event::Window(Layout::load(&folders)));
                opener.send(Event::Window(WorkSession::load(&folders)));
            }
            let waker: Arc<dyn Fn() + Send + Sync> = Arc::new(move || waker_ctx.request_repaint());
            let opened = Studio::open_with(parts, data_dir.as_deref(), Purpose::Window, waker);
            opener.send(Event::Opened(opened.map(Arc::new).map_err(|error| sentence::sentence(&error))));
        });
        let mut state = State::new(ctx.clone(), session == Session::X11, random_seed(), random_hex_128());
        state.photos.wait_with(photos);
        if let Err(error) = started {
            state.window.fail(format!("Background work could not be started: {error}."));
        }
        Self { state, shell: Shell::default(), events, notifier, studio: None, can_drop: session.takes_dropped_files() }
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
