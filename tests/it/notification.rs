//! A message of the desktop, on a session bus of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use sticker_booth::platform::notify;

use crate::keychain::{Session, inside};

#[test]
fn a_message_goes_over_the_bus_and_where_nobody_takes_it_that_is_an_error() {
    const NAME: &str = "notification::a_message_goes_over_the_bus_and_where_nobody_takes_it_that_is_an_error";
    inside(Session::WithoutServices, NAME, || {
        let mut monitor = Command::new("dbus-monitor")
            .args(["--session", "interface='org.freedesktop.Notifications'"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(monitor.stdout.take().unwrap()).lines().map_while(Result::ok);
        // It speaks as soon as it listens.
        assert!(lines.next().is_some());
        assert!(notify("2 stickers are ready. 1 failed.").is_err());
        let said: Vec<String> =
            lines.by_ref().take_while(|line| !line.contains("2 stickers are ready. 1 failed.")).collect();
        assert!(said.iter().any(|line| line.contains("member=Notify")), "{said:?}");
        monitor.kill().unwrap();
        monitor.wait().unwrap();
    });
}
