//! The same from a terminal.

mod arguments;
mod console;
mod doctor;
mod exit;
mod export;
mod export_words;
mod finish;
mod host_words;
mod hosts;
mod jobs;
mod key;
mod ledger;
mod library;
mod make;
mod make_words;
mod names;
mod reading;
mod serve;
mod waiting;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use arguments::{Asked, Global};
use console::complain;
pub use exit::Exit;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::photo::{PhotoError, PhotoSource};
use crate::platform::session;
use crate::studio::sentence;

/// What the words of the command line ask for.
#[derive(Debug)]
pub enum Request {
    /// The window.
    Window {
        /// Where everything durable goes, if a folder was named.
        data_dir: Option<PathBuf>,
        /// On the X server, also where there is Wayland.
        prefer_x11: bool,
        /// The photos to open it with.
        photos: Vec<PhotoSource>,
    },
    /// A command, which [`run`] carries out.
    Command(Box<Command>),
}

/// A command with everything it needs.
#[derive(Debug)]
pub struct Command {
    global: Global,
    asked: Asked,
}

/// Reads the command line; the error is the exit code after help or a complaint was printed.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Request, ExitCode> {
    let (global, asked) = arguments::read(words).map_err(|error| {
        // clap decides between standard output for help and standard error for mistakes.
        let printed = error.print().and_then(|()| std::io::stdout().flush());
        if error.use_stderr() {
            return ExitCode::from(error.exit_code().try_into().unwrap_or(Exit::Usage.number()));
        }
        console::note(printed);
        console::ended(Exit::Done).into()
    })?;
    start_logging(global.verbosity);
    let Asked::Window(photos) = asked else {
        return Ok(Request::Command(Box::new(Command { global, asked })));
    };
    let photos = window_photos(&photos)?;
    if !session(global.prefer_x11).has_display() {
        complain(
            "There is no display here for the window. This works without one: sticker-booth make PHOTO \
             (from the sources: cargo run --release -- make PHOTO).",
        );
        return Err(Exit::Usage.into());
    }
    Ok(Request::Window { data_dir: global.data_dir, prefer_x11: global.prefer_x11, photos })
}

/// The photos to open the window with, as a window that runs already finds them too. When none of them is there, that
/// is said here, to a person who has mistyped.
fn window_photos(written: &[OsString]) -> Result<Vec<PhotoSource>, ExitCode> {
    let absolute = |photo: PhotoSource| match photo {
        PhotoSource::File(path) => PhotoSource::File(std::path::absolute(&path).unwrap_or(path)),
        other => other,
    };
    let photos: Vec<PhotoSource> = written.iter().map(PhotoSource::written).map(absolute).collect();
    let missing = |photo: &PhotoSource| match photo {
        PhotoSource::File(path) if !path.exists() => Some(PhotoError::Missing { path: path.clone() }),
        _ => None,
    };
    match photos.first().and_then(missing).filter(|_| photos.iter().all(|photo| missing(photo).is_some())) {
        Some(error) => {
            complain(format_args!("{}.", sentence(&error)));
            Err(Exit::Photo.into())
        }
        None => Ok(photos),
    }
}

/// Carries a command out.
pub fn run(command: Command) -> ExitCode {
    let Command { global, asked } = command;
    let outcome = match asked {
        // `parse` hands the window to its own request.
        Asked::Window(_) => Ok(Exit::Usage),
        Asked::Make(asked) => make::run(&global, &asked),
        Asked::Serve(asked) => Ok(serve::run(asked)),
        Asked::Hosts(asked) => hosts::run(&global, &asked),
        Asked::Jobs(asked) => jobs::run(&global, &asked),
        Asked::Library(asked) => library::run(&global, asked),
        Asked::Finish(asked) => finish::run(&asked),
        Asked::Export(asked) => export::run(&global, asked),
        Asked::Key(asked) => key::run(&global, &asked),
        Asked::Doctor { json } => Ok(doctor::run(&global, json)),
    };
    let exit = outcome.unwrap_or_else(|error| {
        complain(format_args!("{}.", sentence(&error)));
        Exit::Unexpected
    });
    console::ended(exit).into()
}

/// A command looks at jobs by itself and needs no waking.
fn nobody() -> Arc<dyn Fn() + Send + Sync> {
    Arc::new(|| {})
}

/// Our crates that write lines of the log.
const OUR_CRATES: [&str; 2] = ["sticker_booth", "service"];

/// Logs to standard error: faults always, what happens with `-v`, more with `-vv`.
///
/// Only our own lines: other crates' may name addresses and headers.
fn start_logging(verbosity: u8) {
    let level = match verbosity {
        0 => LevelFilter::ERROR,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let ours = Targets::new().with_targets(OUR_CRATES.map(|name| (name, level)));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let lines = lines.with_ansi(console::takes_colours());
    tracing_subscriber::registry().with(lines).with(ours).init();
}
