//! The real keychain: ours and `secret-tool` must find what the other stored.
//!
//! Each test starts this binary again inside a D-Bus session of its own, with a home folder of its own, so the
//! person's keychain is never touched.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret as _, SecretString};
use sticker_booth::keys::{Account, KeyError, KeyState, Keys, KeysOptions, OsKeychain, Patience};

use crate::support;

const HOST: &str = "gateway.pixazo.ai";
const INSIDE: &str = "STICKER_BOOTH_INSIDE_SESSION";

/// A session bus that starts no services by itself.
const BUS_CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// What the session has besides a bus.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Session {
    /// The usual services, started by the test.
    WithServices,
    /// A bus on which nobody answers.
    WithoutServices,
    /// Not even a bus.
    WithoutBus,
}

/// Runs `body` in a process of its own inside `session`.
pub(crate) fn inside(session: Session, test: &str, body: impl FnOnce()) {
    if env::var(INSIDE).is_ok_and(|name| name == test) {
        body();
        return;
    }
    let needed = match session {
        Session::WithServices => &["dbus-run-session", "gnome-keyring-daemon", "secret-tool", "dbus-send"][..],
        Session::WithoutServices => &["dbus-run-session"],
        Session::WithoutBus => &[],
    };
    if !support::needs("keychain (dbus, gnome-keyring, libsecret-tools)", needed.iter().all(|name| is_on_path(name))) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let executable = env::current_exe().unwrap();
    let mut command = if session == Session::WithoutBus {
        Command::new(executable)
    } else {
        let mut command = Command::new("dbus-run-session");
        let config = home.path().join("bus.conf");
        fs::write(&config, BUS_CONFIG).unwrap();
        command.arg("--config-file").arg(config).arg("--").arg(executable);
        command
    };
    command
        .args([test, "--exact", "--nocapture"])
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("XDG_DATA_HOME", home.path().join("share"))
        .env(INSIDE, test);
    let output = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn is_on_path(program: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// A gnome-keyring whose default collection opens with "right"; it ends with the value.
struct Daemon(Child);

impl Daemon {
    fn start(password: &str) -> Self {
        let mut child = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        let daemon = Self(child);
        until("the keyring is on the bus", || {
            let answer = Command::new("dbus-send")
                .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"])
                .args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"])
                .output()
                .unwrap();
            String::from_utf8_lossy(&answer.stdout).contains("boolean true")
        });
        daemon
    }

    fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.0.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn until(what: &str, mut happens: impl FnMut() -> bool) {
    let began = Instant::now();
    while !happens() {
        assert!(began.elapsed() < Duration::from_secs(20), "it never came true that {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn keys_with(patience: Patience) -> Keys {
    let keychain = Box::new(OsKeychain::new());
    Keys::start(KeysOptions {
        keychain,
        environment: None,
        host_environment: None,
        patience,
        ..KeysOptions::in_memory()
    })
    .unwrap()
}

fn keys() -> Keys {
    keys_with(Patience::default())
}

fn exposed(keys: &Keys) -> Option<String> {
    keys.get(HOST).unwrap().map(|secret| secret.expose_secret().to_owned())
}

/// What the witness finds under our service and host.
fn secret_tool_lookup() -> String {
    let output =
        Command::new("secret-tool").args(["lookup", "service", Account::SERVICE, "username", HOST]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn secret_tool_store(secret: &str) {
    let mut child = Command::new("secret-tool")
        .args(["store", "--label=sticker-booth", "service", Account::SERVICE, "username", HOST])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(secret.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_key_that_we_store_is_found_by_a_foreign_program() {
    inside(Session::WithServices, "keychain::a_key_that_we_store_is_found_by_a_foreign_program", || {
        let _daemon = Daemon::start("right");
        let keys = keys();
        assert_eq!(keys.status(HOST), KeyState::Missing);
        keys.set(HOST, &SecretString::from("key-from-us")).unwrap();
        assert_eq!(secret_tool_lookup(), "key-from-us");
        keys.set(HOST, &SecretString::from("key-changed")).unwrap();
        assert_eq!(secret_tool_lookup(), "key-changed");
        keys.delete(HOST).unwrap();
        assert_eq!((secret_tool_lookup().as_str(), keys.status(HOST)), ("", KeyState::Missing));
        keys.delete(HOST).unwrap();
    });
}

#[test]
fn a_key_that_a_foreign_program_stored_is_found_by_us() {
    inside(Session::WithServices, "keychain::a_key_that_a_foreign_program_stored_is_found_by_us", || {
        let _daemon = Daemon::start("right");
        secret_tool_store("key-from-them");
        let keys = keys();
        assert_eq!(exposed(&keys).as_deref(), Some("key-from-them"));
        assert_eq!(keys.status(HOST), KeyState::InKeychain);
    });
}

#[test]
fn a_key_that_is_set_is_kept_for_the_address_in_the_settings_and_doctor_sees_it() {
    let name = "keychain::a_key_that_is_set_is_kept_for_the_address_in_the_settings_and_doctor_sees_it";
    inside(Session::WithServices, name, || {
        let _daemon = Daemon::start("right");
        let bus = env::var("DBUS_SESSION_BUS_ADDRESS").unwrap();
        let booth = support::booth::Booth::new().with_variable("DBUS_SESSION_BUS_ADDRESS", &bus);
        fs::create_dir_all(booth.path("data")).unwrap();
        let settings = r#"{"version": 1, "base_url": "https://other.example/v1"}"#;
        booth.put("data/settings.json", settings.as_bytes());
        let key = || {
            let findings = booth.run(["doctor", "--json"]).json();
            let finding = findings.iter().find(|finding| finding["check"] == "Key").unwrap();
            finding["detail"].as_str().unwrap().to_owned()
        };
        keys().set(HOST, &SecretString::from("key-of-the-vendor")).unwrap();
        assert!(key().starts_with("other.example: None stored; the key in your keychain is for gateway.pixazo.ai."));

        let mut child = booth.command(["key", "set"]).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"key-of-the-other\n").unwrap();
        assert!(child.wait().unwrap().success());
        assert_eq!(keys().status("other.example"), KeyState::InKeychain);
        assert_eq!(exposed(&keys()).as_deref(), Some("key-of-the-vendor"), "the vendor's is left alone");
        assert_eq!(key(), "other.example: In your keychain.");
        booth.run(["key", "delete"]).ends_with(0).says("other.example");
        assert_eq!(keys().status("other.example"), KeyState::Missing);
    });
}

#[test]
fn a_keychain_that_was_restarted_is_found_again() {
    inside(Session::WithServices, "keychain::a_keychain_that_was_restarted_is_found_again", || {
        let keys = keys();
        assert!(matches!(keys.status(HOST), KeyState::NoKeychain { .. }));
        let daemon = Daemon::start("right");
        keys.set(HOST, &SecretString::from("lasting")).unwrap();
        drop(daemon);
        assert!(matches!(keys.status(HOST), KeyState::NoKeychain { .. }));
        let _daemon = Daemon::start("right");
        assert_eq!(exposed(&keys).as_deref(), Some("lasting"));
    });
}

#[test]
fn a_locked_keychain_is_called_locked() {
    inside(Session::WithServices, "keychain::a_locked_keychain_is_called_locked", || {
        let daemon = Daemon::start("right");
        keys().set(HOST, &SecretString::from("key-1")).unwrap();
        drop(daemon);
        let _daemon = Daemon::start("wrong");
        assert_eq!(keys().status(HOST), KeyState::Locked);
    });
}

#[test]
fn a_frozen_keychain_is_waited_for_and_then_works() {
    inside(Session::WithServices, "keychain::a_frozen_keychain_is_waited_for_and_then_works", || {
        let daemon = Daemon::start("right");
        let patience = Patience { waiting_after: Duration::from_millis(50), give_up_after: Duration::from_millis(200) };
        let keys = keys_with(patience);
        until("the key is stored", || keys.set(HOST, &SecretString::from("key-1")).is_ok());
        daemon.signal("-STOP");
        assert!(matches!(keys.get(HOST), Err(KeyError::TimedOut)));
        assert_eq!(keys.last_state(HOST), Some(KeyState::Waiting));
        daemon.signal("-CONT");
        until("the answer arrives after all", || keys.last_state(HOST) == Some(KeyState::InKeychain));
    });
}

#[test]
fn a_bus_without_a_keychain_is_no_keychain() {
    inside(Session::WithoutServices, "keychain::a_bus_without_a_keychain_is_no_keychain", || {
        let KeyState::NoKeychain { reason } = keys().status(HOST) else { panic!("there is a keychain") };
        assert!(!reason.is_empty());
    });
}

#[test]
fn without_a_bus_there_is_no_keychain_and_the_session_can_hold_the_key() {
    let name = "keychain::without_a_bus_there_is_no_keychain_and_the_session_can_hold_the_key";
    inside(Session::WithoutBus, name, || {
        assert!(!Path::new(&env::var("XDG_RUNTIME_DIR").unwrap()).join("bus").exists());
        let keys = keys();
        let refused = keys.set(HOST, &SecretString::from("key-1")).unwrap_err();
        assert!(matches!(refused, KeyError::NoKeychain { .. }), "{refused}");
        keys.set_for_session(HOST, &SecretString::from("key-1")).unwrap();
        assert_eq!((keys.status(HOST), exposed(&keys).as_deref()), (KeyState::SessionOnly, Some("key-1")));
    });
}
