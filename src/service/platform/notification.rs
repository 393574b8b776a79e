//! A message of the desktop, for who looks at another window.

use std::io;

use notify_rust::Notification;

/// Shows one message; waits until the desktop has taken it.
pub fn notify(sentence: &str) -> io::Result<()> {
    let shown = Notification::new().appname("Sticker Booth").summary("Sticker Booth").body(sentence).show();
    shown.map(drop).map_err(io::Error::other)
}
