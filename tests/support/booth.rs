//! The program as a person at a terminal meets it: its own data folder, no display, no key, no home.

use std::ffi::OsStr;
use std::io::Read;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longer than any command of these tests takes; only one that never ends by itself gets here.
const PATIENCE: Duration = Duration::from_mins(4);

/// The bundled sample portrait.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/portrait.png")
}

/// One person's Sticker Booth in a folder that goes away at the end.
pub struct Booth {
    folder: tempfile::TempDir,
    environment: Vec<(String, String)>,
}

/// A started program, which ends with the value: a test that fails leaves nothing running.
#[derive(Debug)]
pub struct Running(Child);

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code; `None` after a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Booth {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    /// The same with a variable set for every command.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A path in the person's own folder, where photos lie and results go.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the person's own folder.
    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Names of what lies in the person's own folder, without the program's data.
    pub fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name != "data")
            .collect();
        names.sort();
        names
    }

    /// The program with these words, not started yet.
    pub fn command<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sticker-booth"));
        command.args(words).current_dir(self.folder.path()).stdin(Stdio::null());
        for variable in [
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "DBUS_SESSION_BUS_ADDRESS",
            "PIXAZO_API_KEY",
            "STICKER_BOOTH_KEY",
            "STICKER_BOOTH_HOST_SECRET",
        ] {
            command.env_remove(variable);
        }
        command.env("STICKER_BOOTH_DATA_DIR", self.path("data")).env("HOME", self.path("home"));
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs the program with these words to its end.
    pub fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Ended {
        Ended::wait(self.start(words))
    }

    /// Starts the program with these words.
    pub fn start<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Running {
        Running(self.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// What `jobs list --json` says.
    pub fn jobs(&self) -> Vec<Value> {
        self.run(["jobs", "list", "--json"]).json()
    }

    /// What `library list --json` says.
    pub fn stickers(&self) -> Vec<Value> {
        self.run(["library", "list", "--json"]).json()
    }
}

impl Ended {
    pub fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Waits for the end of a started program; one that does not end is killed, and the test fails with what it said.
    #[track_caller]
    pub fn wait(child: impl Into<Running>) -> Self {
        let mut child = child.into();
        let (out, err) = (child.stdout.take().map(read_all), child.stderr.take().map(read_all));
        let start = Instant::now();
        let mut status = child.try_wait().unwrap();
        while status.is_none() && start.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
            status = child.try_wait().unwrap();
        }
        drop(child);
        let text = |reader: Option<JoinHandle<Vec<u8>>>| {
            let bytes = reader.map(|reader| reader.join().unwrap()).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let ended = Self { code: status.and_then(|status| status.code()), out: text(out), err: text(err) };
        assert!(status.is_some(), "it did not end by itself within {PATIENCE:?}: {ended:?}");
        ended
    }

    /// Standard output as one JSON object a line.
    pub fn json(&self) -> Vec<Value> {
        let lines = self.out.lines().map(|line| serde_json::from_str(line).map_err(|error| format!("{error}: {line}")));
        lines.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}\n{self:?}"))
    }

    /// Checks the exit code, and shows everything when it is another.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    /// Checks that the person was told this.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.err.contains(words) || self.out.contains(words), "not said: {words}\n{self:?}");
        self
    }
}

impl From<Child> for Running {
    fn from(child: Child) -> Self {
        Self(child)
    }
}

impl Deref for Running {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.0
    }
}

impl DerefMut for Running {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Reads to the end on a thread of its own, so that no full pipe holds up who writes.
fn read_all(mut pipe: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

/// `serve` in the background; ends with the value.
pub struct Served {
    _child: Running,
    /// Its address, without a slash at the end.
    pub base: String,
    /// The key it wants.
    pub key: String,
}

impl Served {
    /// Starts `serve` and reads address and key from what it prints.
    pub fn start(booth: &Booth, words: &[&str]) -> Self {
        use std::io::{BufRead as _, BufReader};
        let mut child = booth.start(std::iter::once(&"serve").chain(words));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut after = |label: &str| {
            let line = lines.next().unwrap().unwrap();
            line.strip_prefix(label).unwrap_or_else(|| panic!("{line}")).trim().to_owned()
        };
        let base = after("Address:");
        let key = after("Key:");
        Self { _child: child, base, key }
    }
}
