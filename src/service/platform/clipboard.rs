//! Files and a picture on the clipboard at once, so that whoever pastes takes what it can use.
//!
//! A toolkit's clipboard holds one kind of thing. File managers and chats want files, editors a picture: on an X server
//! the owner of the clipboard may offer both, which is done here.

use std::path::PathBuf;

/// Nobody took what was to be put on the clipboard.
#[derive(Debug, thiserror::Error)]
#[error("the clipboard cannot be reached: {detail}")]
pub struct ClipboardError {
    /// What the display said.
    pub detail: String,
}

/// Puts files on the clipboard of this X session, a single one as a picture too, until something else is copied.
///
/// The files must stay where they are for as long as somebody may paste them.
pub fn put_files(paths: &[PathBuf]) -> Result<(), ClipboardError> {
    serve(paths).map_err(|detail| ClipboardError { detail })
}

#[cfg(not(target_os = "linux"))]
fn serve(_: &[PathBuf]) -> Result<(), String> {
    Err("only an X server takes several kinds".to_owned())
}

/// Owns the clipboard from a thread of its own, which ends when something else is copied.
#[cfg(target_os = "linux")]
fn serve(paths: &[PathBuf]) -> Result<(), String> {
    use super::{offers::offers, x11::Owner};
    let owner = Owner::of("CLIPBOARD", offers(paths)).map_err(|error| error.to_string())?;
    let started = std::thread::Builder::new().name("clipboard".to_owned()).spawn(move || owner.serve());
    started.map(drop).map_err(|error| error.to_string())
}
