//! The owner of a selection of the X server, which gives what it offers to whoever asks for it (ICCCM, section 2).

use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME, NONE};

use super::offers::Offers;

/// Bytes of a request beside what it carries.
const HEAD: usize = 64;

/// What the X server or the way to it said.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct X11Error(String);

/// Whatever went wrong, in its own words.
pub(super) fn failed(error: impl std::fmt::Display) -> X11Error {
    X11Error(error.to_string())
}

/// A window that is never seen and owns a selection.
pub(super) struct Owner {
    pub(super) connection: RustConnection,
    pub(super) root: Window,
    pub(super) window: Window,
    targets: Atom,
    offers: Vec<(Atom, Vec<u8>)>,
}

impl Owner {
    /// Takes the selection of this name.
    pub(super) fn of(selection: &str, offers: Offers) -> Result<Self, X11Error> {
        let (connection, screen) = x11rb::connect(None).map_err(failed)?;
        let root = connection.setup().roots.get(screen).ok_or_else(|| failed("no screen"))?.root;
        let window = connection.generate_id().map_err(failed)?;
        let (depth, looks) = (COPY_DEPTH_FROM_PARENT, CreateWindowAux::new());
        connection
            .create_window(depth, window, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, COPY_FROM_PARENT, &looks)
            .map_err(failed)?;
        let (selection, targets) = (atom(&connection, selection)?, atom(&connection, "TARGETS")?);
        let offers =
            offers.into_iter().map(|(kind, bytes)| Ok((atom(&connection, kind)?, bytes))).collect::<Result<_, _>>()?;
        connection.set_selection_owner(window, selection, CURRENT_TIME).map_err(failed)?;
        let owner = connection.get_selection_owner(selection).map_err(failed)?.reply().map_err(failed)?.owner;
        if owner != window {
            return Err(failed("another program keeps it"));
        }
        Ok(Self { connection, root, window, targets, offers })
    }

    /// The number of a name.
    pub(super) fn atom(&self, name: &str) -> Result<Atom, X11Error> {
        atom(&self.connection, name)
    }

    /// The kinds that are offered, the best first.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Atom> {
        self.offers.iter().map(|(kind, _)| *kind)
    }

    /// Answers until the selection belongs to somebody else or the display is gone.
    pub(super) fn serve(&self) {
        loop {
            match self.connection.wait_for_event() {
                Ok(Event::SelectionClear(cleared)) if cleared.owner == self.window => return,
                Ok(event) => self.answer(&event),
                Err(error) => return tracing::debug!(%error, "a selection is gone with its display"),
            }
        }
    }

    /// Answers an event that asks for what is offered.
    pub(super) fn answer(&self, event: &Event) {
        let Event::SelectionRequest(request) = event else { return };
        if let Err(error) = self.send(request) {
            tracing::debug!(%error, "a program that wanted files was not answered");
        }
    }

    fn send(&self, request: &SelectionRequestEvent) -> Result<(), X11Error> {
        // Very old programs name no property.
        let place = if request.property == NONE { request.target } else { request.property };
        let given = self.give(request, place)?;
        let notice = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
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
    fn give(&self, request: &SelectionRequestEvent, place: Atom) -> Result<bool, X11Error> {
        let (connection, window) = (&self.connection, request.requestor);
        if request.target == self.targets {
            let kinds: Vec<Atom> = std::iter::once(self.targets).chain(self.kinds()).collect();
            connection.change_property32(PropMode::REPLACE, window, place, AtomEnum::ATOM, &kinds).map_err(failed)?;
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

fn atom(connection: &RustConnection, name: &str) -> Result<Atom, X11Error> {
    Ok(connection.intern_atom(false, name.as_bytes()).map_err(failed)?.reply().map_err(failed)?.atom)
}
