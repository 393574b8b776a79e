//! Files that are dragged out of the window into another program.
//!
//! The window toolkit takes drops and starts none, so that on an X server the drag is led from here, by the protocol for
//! it (XDND, version 5). The toolkit keeps hold of the pointer while its button is down; where the pointer is and whether
//! it was let go can be asked for all the same.

use std::path::PathBuf;

/// Why files could not be dragged.
#[derive(Debug, thiserror::Error)]
#[error("files cannot be dragged into other programs: {detail}")]
pub struct DragError {
    /// What the display said.
    pub detail: String,
}

/// Follows the pointer until its first button is let go, and gives these files to the program it is over by then.
///
/// Waits for all of that; a button that is up already ends it at once. Windows of this process take nothing. The files
/// must stay where they are, for the other program may read them later. `Ok(true)` when they were taken.
pub fn drag_files(paths: &[PathBuf]) -> Result<bool, DragError> {
    drag(paths).map_err(|detail| DragError { detail })
}

#[cfg(not(target_os = "linux"))]
fn drag(_: &[PathBuf]) -> Result<bool, String> {
    Err("only from an X session".to_owned())
}

#[cfg(target_os = "linux")]
fn drag(paths: &[PathBuf]) -> Result<bool, String> {
    xdnd::drag(super::offers::offers(paths)).map_err(|error| error.to_string())
}

#[cfg(target_os = "linux")]
mod xdnd {
    use std::time::Duration;

    use x11rb::connection::Connection as _;
    use x11rb::protocol::Event;
    use x11rb::protocol::xproto::{
        Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, KeyButMask, Window,
    };
    use x11rb::{CURRENT_TIME, NONE};

    use crate::platform::offers::Offers;
    use crate::platform::x11::{Owner, X11Error, failed};

    /// The newest version of the protocol that is spoken here.
    const VERSION: u32 = 5;

    /// How often to look where the pointer is.
    const STEP: Duration = Duration::from_millis(10);

    /// So many steps a program may take to say whether it takes something, and to have it.
    const ANSWERS_WITHIN: u32 = 50;
    const HAS_IT_WITHIN: u32 = 500;

    /// The messages of the protocol.
    struct Words {
        aware: Atom,
        enter: Atom,
        position: Atom,
        status: Atom,
        leave: Atom,
        drop: Atom,
        finished: Atom,
        copy: Atom,
        process: Atom,
    }

    impl Words {
        fn of(owner: &Owner) -> Result<Self, X11Error> {
            Ok(Self {
                aware: owner.atom("XdndAware")?,
                enter: owner.atom("XdndEnter")?,
                position: owner.atom("XdndPosition")?,
                status: owner.atom("XdndStatus")?,
                leave: owner.atom("XdndLeave")?,
                drop: owner.atom("XdndDrop")?,
                finished: owner.atom("XdndFinished")?,
                copy: owner.atom("XdndActionCopy")?,
                process: owner.atom("_NET_WM_PID")?,
            })
        }
    }

    /// The window under the pointer that takes part.
    struct Over {
        window: Window,
        /// Where the pointer was when it was told last, in pixels of the screen.
        told: Option<[i16; 2]>,
        /// Has it not yet answered to that?
        is_asked: bool,
        accepts: bool,
    }

    struct Drag {
        owner: Owner,
        words: Words,
        over: Option<Over>,
        finished: Option<bool>,
    }

    pub(super) fn drag(offers: Offers) -> Result<bool, X11Error> {
        let owner = Owner::of("XdndSelection", offers)?;
        let words = Words::of(&owner)?;
        Drag { owner, words, over: None, finished: None }.run()
    }

    impl Drag {
        fn run(mut self) -> Result<bool, X11Error> {
            while let Some(at) = self.pointer()? {
                self.hear()?;
                self.move_to(at)?;
                std::thread::sleep(STEP);
            }
            // The last place counts, so its answer is waited for.
            for _ in 0..ANSWERS_WITHIN {
                self.hear()?;
                if self.over.as_ref().is_none_or(|over| !over.is_asked) {
                    break;
                }
                std::thread::sleep(STEP);
            }
            match self.over.take() {
                Some(over) if over.accepts => self.drop_on(over.window),
                Some(over) => self.tell(over.window, self.words.leave, [0; 4]).map(|()| false),
                None => Ok(false),
            }
        }

        /// Where the pointer is on the screen while its first button is down.
        fn pointer(&self) -> Result<Option<[i16; 2]>, X11Error> {
            let Owner { connection, root, .. } = &self.owner;
            let pointer = connection.query_pointer(*root).map_err(failed)?.reply().map_err(failed)?;
            let is_down = pointer.mask.contains(KeyButMask::BUTTON1);
            Ok(is_down.then_some([pointer.root_x, pointer.root_y]))
        }

        /// Tells the window there, and the one before that the pointer has left it.
        fn move_to(&mut self, at: [i16; 2]) -> Result<(), X11Error> {
            let window = self.window_at(at)?;
            if self.over.as_ref().map(|over| over.window) != window {
                if let Some(left) = self.over.take() {
                    self.tell(left.window, self.words.leave, [0; 4])?;
                }
                if let Some(window) = window {
                    self.tell(window, self.words.enter, self.entering())?;
                    self.over = Some(Over { window, told: None, is_asked: false, accepts: false });
                }
            }
            let Some(over) = self.over.as_mut().filter(|over| over.told != Some(at) && !over.is_asked) else {
                return Ok(());
            };
            (over.told, over.is_asked) = (Some(at), true);
            let window = over.window;
            let [x, y] = at.map(|value| u32::from(value.max(0).cast_unsigned()));
            self.tell(window, self.words.position, [0, x << 16 | y, CURRENT_TIME, self.words.copy])
        }

        /// The version, and the kinds that are offered.
        fn entering(&self) -> [u32; 4] {
            let mut kinds = self.owner.kinds();
            let mut next = || kinds.next().unwrap_or(NONE);
            [VERSION << 24, next(), next(), next()]
        }

        /// The innermost window at a place of the screen that takes part; none of this process.
        fn window_at(&self, [x, y]: [i16; 2]) -> Result<Option<Window>, X11Error> {
            let Owner { connection, root, .. } = &self.owner;
            let mut window = *root;
            loop {
                let within = connection.translate_coordinates(*root, window, x, y).map_err(failed)?.reply();
                // A window may close at any moment.
                let Some(child) = within.ok().map(|within| within.child).filter(|child| *child != NONE) else {
                    return Ok(None);
                };
                window = child;
                if self.property(window, self.words.aware)?.is_some() {
                    let is_ours = self.property(window, self.words.process)? == Some(std::process::id());
                    return Ok((!is_ours).then_some(window));
                }
            }
        }

        /// The first number of a property.
        fn property(&self, window: Window, name: Atom) -> Result<Option<u32>, X11Error> {
            let asked = self.owner.connection.get_property(false, window, name, AtomEnum::ANY, 0, 1);
            let property = asked.map_err(failed)?.reply().ok();
            Ok(property.and_then(|property| property.value32()?.next()))
        }

        /// Takes in what the others say.
        fn hear(&mut self) -> Result<(), X11Error> {
            while let Some(event) = self.owner.connection.poll_for_event().map_err(failed)? {
                let Event::ClientMessage(message) = &event else {
                    self.owner.answer(&event);
                    continue;
                };
                let [who, flags, ..] = message.data.as_data32();
                let says_yes = flags & 1 == 1;
                if message.type_ == self.words.finished {
                    // Before version 5 nothing was said of success.
                    self.finished = Some(says_yes || flags == 0);
                }
                if message.type_ == self.words.status
                    && let Some(over) = self.over.as_mut().filter(|over| over.window == who)
                {
                    (over.accepts, over.is_asked) = (says_yes, false);
                }
            }
            Ok(())
        }

        /// Lets go over a window that accepts, and gives it what it asks for until it has it.
        fn drop_on(mut self, window: Window) -> Result<bool, X11Error> {
            self.tell(window, self.words.drop, [0, CURRENT_TIME, 0, 0])?;
            for _ in 0..HAS_IT_WITHIN {
                self.hear()?;
                if let Some(taken) = self.finished {
                    return Ok(taken);
                }
                std::thread::sleep(STEP);
            }
            Ok(false)
        }

        fn tell(&self, window: Window, word: Atom, [a, b, c, d]: [u32; 4]) -> Result<(), X11Error> {
            let message = ClientMessageEvent::new(32, window, word, [self.owner.window, a, b, c, d]);
            let connection = &self.owner.connection;
            connection.send_event(false, window, EventMask::NO_EVENT, message).map_err(failed)?;
            connection.flush().map_err(failed)
        }
    }
}
