//! Files and a picture on the clipboard at once, so that whoever pastes takes what it can use.
//!
//! A toolkit's clipboard holds one kind of thing. File managers and chats want files, editors a picture: on an X server
//! the owner of the clipboard may offer both, which is done here.

use std::path::{Path, PathBuf};

/// What is offered under each name of a kind, the best first.
type Offers = Vec<(&'static str, Vec<u8>)>;

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
    offer(offers(paths))
}

fn offers(paths: &[PathBuf]) -> Offers {
    let uris: Vec<String> = paths.iter().map(|path| uri(path)).collect();
    let mut offers = vec![
        ("text/uri-list", format!("{}\r\n", uris.join("\r\n")).into_bytes()),
        // As Nautilus, Nemo, Caja and Thunar write it themselves.
        ("x-special/gnome-copied-files", format!("copy\n{}", uris.join("\n")).into_bytes()),
    ];
    if let [path] = paths {
        offers.extend(super::read_file(path).ok().map(|png| ("image/png", png)));
    } else {
        let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        offers.push(("UTF8_STRING", lines.join("\n").into_bytes()));
    }
    offers
}

/// `file://` and the path, with everything escaped that is no plain character.
fn uri(path: &Path) -> String {
    let escaped = path.as_os_str().as_encoded_bytes().iter().map(|byte| match byte {
        b'/' | b'-' | b'_' | b'.' | b'~' => char::from(*byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    format!("file://{}", escaped.collect::<String>())
}

#[cfg(not(target_os = "linux"))]
fn offer(_: Offers) -> Result<(), ClipboardError> {
    Err(ClipboardError { detail: "only an X server takes several kinds".to_owned() })
}

#[cfg(target_os = "linux")]
use x11::offer;

#[cfg(target_os = "linux")]
mod x11 {
    //! The owner of the clipboard, which answers whoever asks for it (ICCCM, section 2).

    use x11rb::connection::{Connection as _, RequestConnection as _};
    use x11rb::protocol::Event;
    use x11rb::protocol::xproto::{
        Atom, AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SelectionNotifyEvent,
        SelectionRequestEvent, Window, WindowClass,
    };
    use x11rb::rust_connection::RustConnection;
    use x11rb::wrapper::ConnectionExt as _;
    use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME, NONE};

    use super::{ClipboardError, Offers};

    /// Bytes of a request beside what it carries.
    const HEAD: usize = 64;

    fn failed(error: impl std::fmt::Display) -> ClipboardError {
        ClipboardError { detail: error.to_string() }
    }

    /// Owns the clipboard from a thread of its own, which ends when something else is copied.
    pub(super) fn offer(offers: Offers) -> Result<(), ClipboardError> {
        let owner = Owner::new(offers)?;
        std::thread::Builder::new().name("clipboard".to_owned()).spawn(move || owner.serve()).map_err(failed)?;
        Ok(())
    }

    struct Owner {
        connection: RustConnection,
        window: Window,
        targets: Atom,
        offers: Vec<(Atom, Vec<u8>)>,
    }

    impl Owner {
        fn new(offers: Offers) -> Result<Self, ClipboardError> {
            let (connection, screen) = x11rb::connect(None).map_err(failed)?;
            let root = connection.setup().roots.get(screen).ok_or_else(|| failed("no screen"))?.root;
            let window = connection.generate_id().map_err(failed)?;
            connection
                .create_window(
                    COPY_DEPTH_FROM_PARENT,
                    window,
                    root,
                    0,
                    0,
                    1,
                    1,
                    0,
                    WindowClass::INPUT_ONLY,
                    COPY_FROM_PARENT,
                    &CreateWindowAux::new(),
                )
                .map_err(failed)?;
            let atom = |name: &str| -> Result<Atom, ClipboardError> {
                let cookie = connection.intern_atom(false, name.as_bytes()).map_err(failed)?;
                Ok(cookie.reply().map_err(failed)?.atom)
            };
            let (clipboard, targets) = (atom("CLIPBOARD")?, atom("TARGETS")?);
            let offers = offers.into_iter().map(|(kind, bytes)| Ok((atom(kind)?, bytes))).collect::<Result<_, _>>()?;
            connection.set_selection_owner(window, clipboard, CURRENT_TIME).map_err(failed)?;
            let owner = connection.get_selection_owner(clipboard).map_err(failed)?.reply().map_err(failed)?.owner;
            if owner != window {
                return Err(failed("another program keeps it"));
            }
            Ok(Self { connection, window, targets, offers })
        }

        /// Answers until the clipboard belongs to somebody else or the display is gone.
        fn serve(&self) {
            loop {
                match self.connection.wait_for_event() {
                    Ok(Event::SelectionRequest(request)) => {
                        if let Err(error) = self.answer(&request) {
                            tracing::debug!(%error, "a program that pastes was not answered");
                        }
                    }
                    Ok(Event::SelectionClear(cleared)) if cleared.owner == self.window => return,
                    Ok(_) => {}
                    Err(error) => return tracing::debug!(%error, "the clipboard is gone with its display"),
                }
            }
        }

        fn answer(&self, request: &SelectionRequestEvent) -> Result<(), ClipboardError> {
            // Very old programs name no property.
            let place = if request.property == NONE { request.target } else { request.property };
            let given = self.give(request, place)?;
            let notice = SelectionNotifyEvent {
                response_type: x11rb::protocol::xproto::SELECTION_NOTIFY_EVENT,
                sequence: 0,
                time: request.time,
                requestor: request.requestor,
                selection: request.selection,
                target: request.target,
                property: if given { place } else { NONE },
            };
            self.connection.send_event(false, request.requestor, EventMask::NO_EVENT, notice).map_err(failed)?;
            self.connection.flush().map_err(failed)
        }

        /// Writes what is asked for where it is asked for; false when there is none of that kind.
        fn give(&self, request: &SelectionRequestEvent, place: Atom) -> Result<bool, ClipboardError> {
            let (connection, window) = (&self.connection, request.requestor);
            if request.target == self.targets {
                let kinds: Vec<Atom> =
                    std::iter::once(self.targets).chain(self.offers.iter().map(|(kind, _)| *kind)).collect();
                connection
                    .change_property32(PropMode::REPLACE, window, place, AtomEnum::ATOM, &kinds)
                    .map_err(failed)?;
                return Ok(true);
            }
            let offered = self.offers.iter().find(|(kind, _)| *kind == request.target);
            // What is larger than the server takes at once is not offered in pieces.
            let fits = |bytes: &Vec<u8>| bytes.len() + HEAD <= connection.maximum_request_bytes();
            let Some((kind, bytes)) = offered.filter(|(_, bytes)| fits(bytes)) else { return Ok(false) };
            connection.change_property8(PropMode::REPLACE, window, place, *kind, bytes).map_err(failed)?;
            Ok(true)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_offered_as_a_file_and_as_a_picture_and_several_as_files() {
        let folder = tempfile::tempdir().unwrap();
        let one = folder.path().join("Aunt May & Ben %.png");
        std::fs::write(&one, b"png").unwrap();
        let kinds = |offers: &Offers| offers.iter().map(|(kind, _)| *kind).collect::<Vec<_>>();
        let alone = offers(std::slice::from_ref(&one));
        assert_eq!(kinds(&alone), ["text/uri-list", "x-special/gnome-copied-files", "image/png"]);
        assert!(alone[0].1.ends_with(b"/Aunt%20May%20%26%20Ben%20%25.png\r\n"));
        assert_eq!(alone[2].1, b"png");
        let both = offers(&[one.clone(), one]);
        assert_eq!(kinds(&both), ["text/uri-list", "x-special/gnome-copied-files", "UTF8_STRING"]);
        assert_eq!(String::from_utf8_lossy(&both[1].1).lines().count(), 3);
    }
}
