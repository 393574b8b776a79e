//! The desktop that this program runs in: which display there is, and opening things in other programs.

use std::env;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

/// The display of this session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// Windows or macOS, which always have one.
    Native,
    /// Wayland, where no dropped file arrives.
    Wayland,
    /// An X server.
    X11,
    /// No display: only the terminal commands work.
    None,
}

impl Session {
    /// Do files arrive that are dropped on the window?
    pub const fn takes_dropped_files(self) -> bool {
        matches!(self, Self::Native | Self::X11)
    }

    /// May a window bring itself to the front? Wayland lets only the program in front pass the focus on.
    pub const fn lets_windows_come_forward(self) -> bool {
        !matches!(self, Self::Wayland)
    }

    /// Can a window be shown at all?
    pub const fn has_display(self) -> bool {
        !matches!(self, Self::None)
    }

    /// The session that these two environment variables describe, on systems that use them.
    fn of(wayland_display: Option<&OsStr>, x_display: Option<&OsStr>, prefer_x11: bool) -> Self {
        let is_set = |value: Option<&OsStr>| value.is_some_and(|value| !value.is_empty());
        match (is_set(wayland_display), is_set(x_display)) {
            (true, true) if prefer_x11 => Self::X11,
            (true, _) => Self::Wayland,
            (false, true) => Self::X11,
            (false, false) => Self::None,
        }
    }
}

/// Which display this process has; `prefer_x11` is the `--x11` flag.
pub fn session(prefer_x11: bool) -> Session {
    if cfg!(any(windows, target_os = "macos")) {
        return Session::Native;
    }
    Session::of(env::var_os("WAYLAND_DISPLAY").as_deref(), env::var_os("DISPLAY").as_deref(), prefer_x11)
}

/// Opens a file, folder or web page in the program that the person uses for it.
pub fn open_in_default_application(target: impl AsRef<OsStr>) -> io::Result<()> {
    open::that_detached(target)
}

/// Shows a file in the file manager: the folder it lies in is opened.
pub fn reveal_in_file_manager(path: &Path) -> io::Result<()> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    if folder.is_dir() { open::that_detached(folder) } else { Err(io::ErrorKind::NotFound.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_follows_the_display_variables() {
        let some = Some(OsStr::new(":0"));
        let empty = Some(OsStr::new(""));
        for (wayland, x, prefer_x11, expected) in [
            (some, some, false, Session::Wayland),
            (some, some, true, Session::X11),
            (some, None, true, Session::Wayland),
            (None, some, false, Session::X11),
            (empty, some, false, Session::X11),
            (empty, empty, false, Session::None),
            (None, None, true, Session::None),
        ] {
            assert_eq!(Session::of(wayland, x, prefer_x11), expected);
        }
    }

    #[test]
    fn dropping_is_not_offered_where_it_does_not_work() {
        assert!(!Session::Wayland.takes_dropped_files());
        assert!(Session::X11.takes_dropped_files());
        assert!(!Session::Wayland.lets_windows_come_forward());
    }

    #[test]
    fn a_file_that_is_gone_cannot_be_revealed() {
        let error = reveal_in_file_manager(Path::new("/no/such/folder/file.png")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
