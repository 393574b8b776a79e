//! The window's state: actions into `studio`, events out of it.

mod act;
mod event;
mod form;
mod gallery;
mod logic;
mod pictures;
mod state;
mod ui;
mod views;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use egui::Context;

use crate::platform::{random_hex_128, random_seed};
use crate::studio::{Purpose, Studio};
use crate::ui::shell::Shell;
use event::{Event, Notifier};
use state::State;
use work::Work;

/// How the window is opened.
#[derive(Clone, Debug, Default)]
pub struct WindowOptions {
    /// Where everything durable goes, instead of the usual folders.
    pub data_dir: Option<PathBuf>,
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
}

impl App {
    /// A window whose studio is being opened in the background.
    pub fn new(ctx: &Context, options: WindowOptions) -> Self {
        crate::ui::install(ctx);
        let (notifier, events) = Notifier::new(ctx.clone());
        let opener = notifier.clone();
        let waker_ctx = ctx.clone();
        let started = std::thread::Builder::new().name("opening".into()).spawn(move || {
            let waker: Arc<dyn Fn() + Send + Sync> = Arc::new(move || waker_ctx.request_repaint());
            let opened = Studio::open(options.data_dir.as_deref(), Purpose::Window, waker);
            opener.send(Event::Opened(opened.map(Arc::new).map_err(|error| work::sentence(&error))));
        });
        let mut state = State::new(random_seed(), random_hex_128());
        if let Err(error) = started {
            state.broken = Some(format!("Background work could not be started: {error}."));
        }
        Self { state, shell: Shell::default(), events, notifier, work: None, studio: None }
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
        if let Some(studio) = self.studio.take() {
            studio.close();
        }
    }
}

/// Opens the window and stays until it is closed.
pub fn open(options: WindowOptions) -> ExitCode {
    let folder = crate::studio::folders(options.data_dir.as_deref()).map(|folders| folders.window_state()).ok();
    let native = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Sticker Booth")
            .with_app_id("sticker-booth")
            .with_inner_size([1360.0, 860.0])
            .with_min_inner_size([960.0, 640.0])
            .with_drag_and_drop(true),
        persistence_path: folder,
        ..eframe::NativeOptions::default()
    };
    let outcome = eframe::run_native(
        "Sticker Booth",
        native,
        Box::new(|creation| Ok(Box::new(App::new(&creation.egui_ctx, options)))),
    );
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => no_window(&error),
    }
}

/// Says why there is no window, and what works without one.
fn no_window(error: &eframe::Error) -> ExitCode {
    use std::io::Write as _;
    let sentence = format!(
        "The window could not be opened: {error}. This works without one: sticker-booth make PHOTO \
         (from the sources: cargo run --release -- make PHOTO)."
    );
    drop(writeln!(std::io::stderr().lock(), "{sentence}"));
    ExitCode::from(2)
}
