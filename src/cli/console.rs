//! What a command prints: results on standard output, everything else on standard error.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Serialize, Serializer};

use super::exit::Exit;

/// Why standard output could not be written, the first time that happened.
static LOST: Mutex<Option<String>> = Mutex::new(None);

/// Prints one line of result. A reader that went away (`| head`) is not an error.
pub(super) fn print(line: impl Display) {
    write(format!("{}\n", harmless(&line)).as_bytes());
}

/// Prints a text that has its own line ends.
pub(super) fn print_raw(text: &str) {
    write(text.as_bytes());
}

/// Prints a path as a line: byte for byte for another program, which may open it, and readably for a person.
pub(super) fn print_path(path: &Path) {
    if path.to_str().is_some() || io::stdout().is_terminal() {
        return print(path.display());
    }
    let mut line = path.as_os_str().as_encoded_bytes().to_vec();
    line.push(b'\n');
    write(&line);
}

/// Prints one object as a line of JSON.
pub(super) fn print_json(object: &impl Serialize) {
    match serde_json::to_string(object) {
        Ok(line) => print(line),
        Err(error) => lose(format!("a result cannot be written as JSON ({error})")),
    }
}

/// Tells the person something that is not a result.
pub(super) fn complain(line: impl Display) {
    drop(writeln!(io::stderr().lock(), "{}", harmless(&line)));
}

/// Writes to standard output, and takes note when that cannot be done.
fn write(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    note(out.write_all(bytes).and_then(|()| out.flush()));
}

/// Takes note of how writing to standard output went.
pub(super) fn note(written: io::Result<()>) {
    match written {
        Err(error) if error.kind() == ErrorKind::StorageFull => lose("its disk is full".to_owned()),
        Err(error) if error.kind() != ErrorKind::BrokenPipe => lose(error.to_string()),
        _ => {}
    }
}

fn lose(why: String) {
    LOST.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
}

/// Could everything be written so far?
pub(super) fn is_whole() -> bool {
    LOST.lock().unwrap_or_else(PoisonError::into_inner).is_none()
}

/// How a command ends that would have ended like this: not as done, when its output is not whole.
pub(super) fn ended(exit: Exit) -> Exit {
    let Some(why) = LOST.lock().unwrap_or_else(PoisonError::into_inner).take() else { return exit };
    complain(format_args!(
        "The output could not be written: {why}. What was done stays done; send the output somewhere else and ask again."
    ));
    if exit == Exit::Done { Exit::Unexpected } else { exit }
}

/// A path as a text, for JSON, which is Unicode only.
#[expect(clippy::ref_option, reason = "this is how serde calls it")]
pub(super) fn as_text<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_ref().map(|path| path.to_string_lossy()).serialize(serializer)
}

/// A line without what would steer a terminal: it may repeat what a service said.
fn harmless(line: &impl Display) -> String {
    let is_harmless = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
    line.to_string().chars().map(|character| if is_harmless(character) { character } else { '\u{fffd}' }).collect()
}

/// Is there a person watching standard error?
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Does standard error take colours? Only a terminal does, and only for who has not forbidden them (`NO_COLOR`).
pub(super) fn takes_colours() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    is_watched() && !is_set("NO_COLOR") && !is_dumb
}
