//! A person's desk: a home, file dialogs that answer by themselves, a file manager that only takes note.

use std::fs::{self, Permissions};
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::{DynamicImage, ImageFormat};

/// Names the folder of the desk to the process that runs at it.
const DESK: &str = "STICKER_BOOTH_TEST_DESK";

/// A file dialog that waits until there is an answer.
const ZENITY: &str = "#!/bin/sh
cd \"$(dirname \"$0\")\" || exit 1
echo \"$@\" >> asked
[ ! -e none ] || exit 1
tries=0
while [ ! -e answer ]; do
    sleep 0.05
    tries=$((tries + 1))
    # The test may be over.
    [ $tries -lt 2400 ] || exit 1
done
cat answer
";

/// A file manager that takes note of what it should show.
const FILE_MANAGER: &str = "#!/bin/sh
echo \"$1\" >> \"$(dirname \"$0\")/shown\"
";

/// One person's desk.
pub(super) struct Desk {
    folder: PathBuf,
}

/// Runs `body` in a process of its own, so that it has its own home, keychain, file dialogs and file manager.
///
/// `module` is `module_path!()` and `test` the name of the test that calls this.
#[track_caller]
pub(super) fn at_a_desk(module: &str, test: &str, body: impl FnOnce(&Desk)) {
    if let Some(folder) = std::env::var_os(DESK) {
        return body(&Desk { folder: folder.into() });
    }
    let folder = tempfile::tempdir().unwrap();
    let programs = folder.path().join("programs");
    for name in ["programs", "home", "runtime", "temp"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    for (name, text) in [("zenity", ZENITY), ("xdg-open", FILE_MANAGER)] {
        fs::write(programs.join(name), text).unwrap();
        fs::set_permissions(programs.join(name), Permissions::from_mode(0o755)).unwrap();
    }
    let (_, module) = module.split_once("::").unwrap();
    let others = std::env::var("PATH").unwrap_or_default();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", &format!("{module}::{test}")])
        .env(DESK, folder.path())
        .env("PATH", format!("{}:{others}", programs.display()))
        .env("HOME", folder.path().join("home"))
        .env("TMPDIR", folder.path().join("temp"))
        .env("XDG_RUNTIME_DIR", folder.path().join("runtime"))
        // An address that leads nowhere, so that dialogs go the way without a bus.
        .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", folder.path().join("runtime/no-bus").display()))
        .env_remove("PIXAZO_API_KEY")
        .env_remove("XDG_DATA_HOME")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "no test was run: {said}");
}

impl Desk {
    /// A path on the desk, where photos lie and results go.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Where the program keeps its things.
    pub(super) fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Puts a file on the desk.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Puts a picture there, as PNG.
    pub(super) fn put_picture(&self, name: &str, picture: &DynamicImage) -> PathBuf {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        self.put(name, &bytes.into_inner())
    }

    /// Puts the sample portrait there under another name.
    pub(super) fn put_photo(&self, name: &str) -> PathBuf {
        self.put(name, sticker_booth::studio::SAMPLE)
    }

    /// Lets the file dialog end with this path, and any later one too.
    pub(super) fn answer_dialogs_with(&self, path: &Path) {
        let answer = self.put("programs/nascent", format!("{}\n", path.display()).as_bytes());
        fs::rename(answer, self.path("programs/answer")).unwrap();
    }

    /// Lets file dialogs end at once without an answer, as where there are none.
    pub(super) fn has_no_dialogs(&self) {
        self.put("programs/none", b"");
    }

    /// Lets the next file dialog wait.
    pub(super) fn answer_no_dialogs(&self) {
        fs::remove_file(self.path("programs/answer")).unwrap();
    }

    /// How many file dialogs were opened.
    pub(super) fn dialogs(&self) -> usize {
        self.lines("programs/asked").len()
    }

    /// What the file manager was asked to show.
    pub(super) fn shown(&self) -> Vec<String> {
        self.lines("programs/shown")
    }

    /// File names of the stickers in the library.
    pub(super) fn stickers(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.data().join("library")) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        names
    }

    /// The person's own trash.
    pub(super) fn trash(&self) -> PathBuf {
        self.path("home/.local/share/Trash")
    }

    /// What lies in this folder of it.
    pub(super) fn trashed(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.trash().join(folder)) else { return Vec::new() };
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    fn lines(&self, name: &str) -> Vec<String> {
        fs::read_to_string(self.path(name)).unwrap_or_default().lines().map(str::to_owned).collect()
    }
}

/// Set in the process that is killed.
const DIES: &str = "STICKER_BOOTH_TEST_DIES";

/// Plays `before` in a process that [kills itself](dies) at its end; `module` and `name` are this test's.
///
/// The person that `before` brings is still there when that happens.
pub(super) fn until_killed<T>(module: &str, name: &str, before: impl FnOnce() -> T) {
    if std::env::var_os(DIES).is_some() {
        let _still_there = before();
        dies();
    }
    let (_, module) = module.split_once("::").unwrap();
    let killed = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", &format!("{module}::{name}")])
        .env(DIES, "1")
        .output()
        .unwrap();
    assert!(killed.status.code().is_none(), "{}", String::from_utf8_lossy(&killed.stdout));
}

/// Ends without anything being ended in order.
fn dies() -> ! {
    let own = std::process::id().to_string();
    Command::new("kill").args(["-9", &own]).status().unwrap();
    loop {
        std::thread::park();
    }
}
