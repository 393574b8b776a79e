//! Opens the native window, once for each data folder.

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use egui::{Context, UserAttentionType, ViewportCommand};

use super::event::Event;
use super::sentence::sentence;
use super::{App, WindowOptions};
use crate::photo::PhotoSource;
use crate::platform::{OnlyWindow, Session, Shown, Start};

/// Opens the window and stays until it is closed. A second start on the same data folder shows the window of the first
/// and brings it its photos.
pub fn open(options: WindowOptions) -> ExitCode {
    // Without folders there is no window to share; the window itself says what is wrong with them.
    let folders = crate::studio::folders(options.data_dir.as_deref()).ok();
    let words: Vec<OsString> = options.photos.iter().filter_map(PhotoSource::to_word).collect();
    let only = match folders.as_ref().map(|folders| OnlyWindow::take(folders, &words)) {
        Some(Ok(Start::First(only))) => Some(only),
        Some(Ok(Start::Second)) => return ExitCode::SUCCESS,
        Some(Err(error)) => {
            say(&sentence(&error));
            return ExitCode::from(1);
        }
        None => None,
    };
    let session = options.session;
    let native = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Sticker Booth")
            .with_app_id("sticker-booth")
            .with_inner_size([1360.0, 860.0])
            .with_min_inner_size([960.0, 640.0])
            .with_drag_and_drop(true),
        persistence_path: folders.map(|folders| folders.window_state()),
        event_loop_builder: event_loop(session),
        ..eframe::NativeOptions::default()
    };
    let first = only.as_ref();
    let outcome = eframe::run_native(
        "Sticker Booth",
        native,
        Box::new(move |creation| {
            let ctx = creation.egui_ctx.clone();
            let app = App::new(&ctx, options);
            if let Some(only) = first {
                app.answer_second_starts(only, &ctx, session)?;
            }
            Ok(Box::new(app))
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

impl App {
    /// Shows the window to whoever starts the program again, and takes the photos they bring.
    pub fn answer_second_starts(&self, only: &OnlyWindow, ctx: &Context, session: Session) -> io::Result<()> {
        let (notifier, ctx) = (self.notifier.clone(), ctx.clone());
        only.on_second_start(move |words| {
            notifier.send(Event::PhotosBrought(words.iter().map(PhotoSource::written).collect()));
            come_to_the_front(&ctx, session)
        })
    }
}

/// Keeps to the X server where that is the session's display; elsewhere there is no choice.
#[cfg(target_os = "linux")]
fn event_loop(session: Session) -> Option<eframe::EventLoopBuilderHook> {
    use winit::platform::x11::EventLoopBuilderExtX11 as _;

    (session == Session::X11).then_some(())?;
    Some(Box::new(|builder: &mut eframe::EventLoopBuilder<eframe::UserEvent>| {
        builder.with_x11();
    }))
}

#[cfg(not(target_os = "linux"))]
fn event_loop(_session: Session) -> Option<eframe::EventLoopBuilderHook> {
    None
}

/// Shows the window to a person who started the program again, as far as the display lets it.
fn come_to_the_front(ctx: &Context, session: Session) -> Shown {
    // A minimised window runs no frame, so nothing happens before it is asked for one.
    for command in [
        ViewportCommand::RequestPaintWhileHidden,
        ViewportCommand::Minimized(false),
        ViewportCommand::Focus,
        ViewportCommand::RequestUserAttention(UserAttentionType::Informational),
    ] {
        ctx.send_viewport_cmd_to(egui::ViewportId::ROOT, command);
    }
    ctx.request_repaint_of(egui::ViewportId::ROOT);
    if session.lets_windows_come_forward() { Shown::InFront } else { Shown::WhereItWas }
}

/// Says why there is no window.
fn say(sentence: &str) {
    use std::io::Write as _;
    drop(writeln!(std::io::stderr().lock(), "{sentence}"));
}
