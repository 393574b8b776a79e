//! Another program on the same display, which pastes.

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, CreateWindowAux, WindowClass};
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME, NONE};

/// What the clipboard of this display gives under this name of a kind; `None` when it has nothing of it.
pub fn pasted(display: &str, kind: &str) -> Option<Vec<u8>> {
    let (connection, screen) = x11rb::connect(Some(display)).unwrap();
    let root = connection.setup().roots[screen].root;
    let window = connection.generate_id().unwrap();
    let (depth, looks) = (COPY_DEPTH_FROM_PARENT, CreateWindowAux::new());
    connection
        .create_window(depth, window, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, COPY_FROM_PARENT, &looks)
        .unwrap();
    let atom = |name: &str| connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
    let (clipboard, place) = (atom("CLIPBOARD"), atom("PASTED_HERE"));
    connection.convert_selection(window, clipboard, atom(kind), place, CURRENT_TIME).unwrap();
    connection.flush().unwrap();
    loop {
        if let Event::SelectionNotify(notice) = connection.wait_for_event().unwrap() {
            if notice.property == NONE {
                return None;
            }
            let property = connection.get_property(true, window, place, AtomEnum::ANY, 0, u32::MAX / 4).unwrap();
            return Some(property.reply().unwrap().value);
        }
    }
}
