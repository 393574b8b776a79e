//! What a command prints: results on standard output, everything else on standard error.

use std::fmt::Display;
use std::io::{IsTerminal as _, Write as _};

use serde::Serialize;

/// Prints one line of result. A reader that went away (`| head`) is not an error.
pub(super) fn print(line: impl Display) {
    drop(writeln!(std::io::stdout().lock(), "{}", harmless(&line)));
}

/// Prints a text that has its own line ends.
pub(super) fn print_raw(text: &str) {
    drop(std::io::stdout().lock().write_all(text.as_bytes()));
}

/// Prints one object as a line of JSON.
pub(super) fn print_json(object: &impl Serialize) {
    match serde_json::to_string(object) {
        Ok(line) => print(line),
        Err(error) => complain(format_args!("This result cannot be written as JSON: {error}.")),
    }
}

/// Tells the person something that is not a result.
pub(super) fn complain(line: impl Display) {
    drop(writeln!(std::io::stderr().lock(), "{}", harmless(&line)));
}

/// A line without what would steer a terminal: it may repeat what a service said.
fn harmless(line: &impl Display) -> String {
    let is_harmless = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
    line.to_string().chars().map(|character| if is_harmless(character) { character } else { '\u{fffd}' }).collect()
}

/// Is there a person watching standard error?
pub(super) fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}
