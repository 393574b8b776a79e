//! The window's state: actions into `studio`, events out of it.

mod act;
mod cut_line;
mod event;
mod form;
mod gallery;
mod hosts;
mod logic;
mod photo;
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

use crate::platform::{OnlyWindow, Start, random_hex_128, random_seed, session};
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
        let started = std::thread::Builder::new().name("opening".into()).spawn(move || {
            let waker: Arc<dyn Fn() + Send + Sync> = Arc::new(move || waker_ctx.request_repaint());
            let opened = Studio::open(options.data_dir.as_deref(), Purpose::Window, waker);
            opener.send(Event::Opened(opened.map(Arc::new).map_err(|error| work::sentence(&error))));
        });
        let mut state = State::new(random_seed(), random_hex_128());
        if let Err(error) = started {
            state.broken = Some(format!("Background work could not be started: {error}."));
        }
        let can_drop = session(false).takes_dropped_files();
        Self { state, shell: Shell::default(), events, notifier, work: None, studio: None, can_drop }
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

/// Opens the window and stays until it is closed. A second start on the same data folder shows the window of the first.
pub fn open(options: WindowOptions) -> ExitCode {
    // Without folders there is no window to share; the window itself says what is wrong with them.
    let folders = crate::studio::folders(options.data_dir.as_deref()).ok();
    let only = match folders.as_ref().map(OnlyWindow::take) {
        Some(Ok(Start::First(only))) => Some(only),
        Some(Ok(Start::Second)) => return ExitCode::SUCCESS,
        Some(Err(error)) => {
            say(&work::sentence(&error));
            return ExitCode::from(1);
        }
        None => None,
    };
    let native = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Sticker Booth")
            .with_app_id("sticker-booth")
            .with_inner_size([1360.0, 860.0])
            .with_min_inner_size([960.0, 640.0])
            .with_drag_and_drop(true),
        persistence_path: folders.map(|folders| folders.window_state()),
        ..eframe::NativeOptions::default()
    };
    let first = only.as_ref();
    let outcome = eframe::run_native(
        "Sticker Booth",
        native,
        Box::new(move |creation| {
            let ctx = creation.egui_ctx.clone();
            if let Some(only) = first {
                only.on_second_start(move || come_to_the_front(&ctx))?;
            }
            Ok(Box::new(App::new(&creation.egui_ctx, options)))
        }),
    );
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!(
                "The window could not be opened: {error}. This works without one: sticker-booth make PHOTO \
                 (from the sources: cargo run --release -- make PHOTO)."
            ));
            ExitCode::from(2)
        }
    }
}

/// Shows the window to a person who started the program again.
fn come_to_the_front(ctx: &Context) {
    // A minimised window runs no frame, so nothing happens before it is asked for one.
    for command in [
        egui::ViewportCommand::RequestPaintWhileHidden,
        egui::ViewportCommand::Minimized(false),
        egui::ViewportCommand::Focus,
    ] {
        ctx.send_viewport_cmd_to(egui::ViewportId::ROOT, command);
    }
    ctx.request_repaint_of(egui::ViewportId::ROOT);
}

/// Says why there is no window.
fn say(sentence: &str) {
    use std::io::Write as _;
    drop(writeln!(std::io::stderr().lock(), "{sentence}"));
}
