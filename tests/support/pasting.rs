//! Another program on the same display, which pastes and takes what is dropped on it.

use std::thread::JoinHandle;

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, WindowClass,
};
use x11rb::wrapper::ConnectionExt as _;
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

/// Puts a window on this display that takes drops (XDND), at a place of the screen with a width and a height.
///
/// Gives the links of the files that are dropped there; the place is there when this returns.
pub fn drop_place(display: &str, [x, y]: [i16; 2], [width, height]: [u16; 2]) -> JoinHandle<Vec<u8>> {
    let (connection, screen) = x11rb::connect(Some(display)).unwrap();
    let root = connection.setup().roots[screen].root;
    let window = connection.generate_id().unwrap();
    let looks = CreateWindowAux::new().override_redirect(1).background_pixel(0x00c0_ffee);
    let (depth, kind) = (COPY_DEPTH_FROM_PARENT, WindowClass::INPUT_OUTPUT);
    connection.create_window(depth, window, root, x, y, width, height, 0, kind, COPY_FROM_PARENT, &looks).unwrap();
    let atom = |name: &str| connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
    let [position, status, dropped, finished] = ["XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished"].map(atom);
    let [selection, links, place, copy] =
        ["XdndSelection", "text/uri-list", "DROPPED_HERE", "XdndActionCopy"].map(atom);
    connection.change_property32(PropMode::REPLACE, window, atom("XdndAware"), AtomEnum::ATOM, &[5]).unwrap();
    connection.map_window(window).unwrap();
    connection.sync().unwrap();
    std::thread::spawn(move || {
        let tell = |to: u32, word: u32, [flags, action]: [u32; 2]| {
            let data = if word == finished { [window, flags, action, 0, 0] } else { [window, flags, 0, 0, action] };
            let message = ClientMessageEvent::new(32, to, word, data);
            connection.send_event(false, to, EventMask::NO_EVENT, message).unwrap();
            connection.flush().unwrap();
        };
        let mut source = NONE;
        loop {
            match connection.wait_for_event().unwrap() {
                Event::ClientMessage(message) => {
                    [source, ..] = message.data.as_data32();
                    if message.type_ == position {
                        tell(source, status, [1, copy]);
                    } else if message.type_ == dropped {
                        connection.convert_selection(window, selection, links, place, CURRENT_TIME).unwrap();
                        connection.flush().unwrap();
                    }
                }
                Event::SelectionNotify(_) => {
                    let property = connection.get_property(true, window, place, AtomEnum::ANY, 0, u32::MAX / 4);
                    let files = property.unwrap().reply().unwrap().value;
                    tell(source, finished, [1, copy]);
                    return files;
                }
                _ => {}
            }
        }
    })
}
