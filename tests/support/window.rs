//! The real window on a display of its own: found by the names of its widgets, moved by mouse and keyboard.

use std::fs::Permissions;
use std::io::{BufRead as _, BufReader, ErrorKind};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use egui::accesskit::{Node, Role};
use egui_inspection::protocol::{Request, Response, read_handshake, read_message, write_message};

use super::support::booth::{Booth, Ended, Running};

/// How long anything may take on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(90);

/// How often to look meanwhile.
const LOOK_AGAIN: Duration = Duration::from_millis(80);

/// How long what is dragged is held over its place: copies of it are written meanwhile.
const HELD: Duration = Duration::from_secs(3);

/// Programs that the display is made of.
const TOOLS: [&str; 3] = ["Xvfb", "openbox", "xdotool"];

/// Are all programs there that a display needs?
pub fn display_tools_found() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    TOOLS.iter().all(|tool| std::env::split_paths(&path).any(|folder| folder.join(tool).is_file()))
}

/// Looks until there is something to see.
#[track_caller]
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Result<T, String>) -> T {
    let began = Instant::now();
    loop {
        match look() {
            Ok(found) => return found,
            Err(seen) if began.elapsed() > PATIENCE => panic!("{what} did not come within {PATIENCE:?}. {seen}"),
            Err(_) => std::thread::sleep(LOOK_AGAIN),
        }
    }
}

/// A screen with a window manager, and a person's desk with a data folder and file dialogs that answer by themselves.
pub struct Desk {
    booth: Booth,
    display: String,
    // Dropped in this order: the window manager goes before its display.
    _manager: Running,
    _display: Running,
}

impl Desk {
    /// A new display on a number that is free, with nothing on it.
    pub fn new() -> Self {
        let booth = Booth::new();
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1440x960x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let server = Running::from(server);
        let display = format!(":{}", number.trim());

        for folder in ["runtime", "programs", "home"] {
            std::fs::create_dir(booth.path(folder)).unwrap();
        }
        std::fs::set_permissions(booth.path("runtime"), Permissions::from_mode(0o700)).unwrap();
        let zenity = booth.put("programs/zenity", b"#!/bin/sh\nexec cat \"$(dirname \"$0\")/answer\"\n");
        std::fs::set_permissions(zenity, Permissions::from_mode(0o755)).unwrap();

        let manager = Command::new("openbox")
            .env("DISPLAY", &display)
            .env("HOME", booth.path("home"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let desk = Self { booth, display, _manager: Running::from(manager), _display: server };
        wait_for("the window manager", || {
            let ended = desk.xdotool(&["get_num_desktops"]);
            if ended.code == Some(0) { Ok(()) } else { Err(ended.err) }
        });
        desk
    }

    /// A path on the desk, where photos lie and results go.
    pub fn path(&self, name: &str) -> PathBuf {
        self.booth.path(name)
    }

    /// The display, as programs name it.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Makes the next file dialog end with this path.
    pub fn answer_dialogs_with(&self, path: &Path) {
        self.booth.put("programs/answer", format!("{}\n", path.display()).as_bytes());
    }

    /// The program with this desk around it.
    fn command(&self) -> Command {
        let mut command = self.booth.command(std::iter::empty::<&str>());
        let others = std::env::var("PATH").unwrap_or_default();
        command
            .env("DISPLAY", &self.display)
            .env("XDG_RUNTIME_DIR", self.path("runtime"))
            // An address that leads nowhere: without any, a bus would be launched for the display.
            .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.path("runtime/no-bus").display()))
            .env("PATH", format!("{}:{others}", self.path("programs").display()));
        command
    }

    /// Opens the window and waits until it is drawn.
    pub fn open(&self) -> Window<'_> {
        // Asked for and given back: the program binds it in a moment.
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let log = std::fs::File::create(self.path("window.log")).unwrap();
        let child =
            self.command().env("EGUI_INSPECTION", free.to_string()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut running = Running::from(child);
        let stream = wait_for("the window", || {
            if let Some(status) = running.try_wait().unwrap() {
                panic!("the window ended with {status}: {}", self.log());
            }
            TcpStream::connect(free).map_err(|error| error.to_string())
        });
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        read_handshake(&stream).unwrap();
        let id = wait_for("a window on the display", || {
            let found = self.xdotool(&["search", "--onlyvisible", "--name", "^Sticker Booth$"]);
            found.out.lines().next().map(str::to_owned).ok_or(found.err)
        });
        Window { desk: self, running, stream, id }
    }

    /// Starts the program a second time and waits for its end.
    pub fn start_again(&self) -> Ended {
        let mut child = Running::from(self.command().stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap());
        let status = wait_for("the end of the second start", || {
            child.try_wait().unwrap().ok_or_else(|| "It still runs.".to_owned())
        });
        let said = child.stderr.take().unwrap();
        let err = BufReader::new(said).lines().map_while(Result::ok).collect::<Vec<_>>().join("\n");
        Ended { code: status.code(), out: String::new(), err }
    }

    /// The window that has the keyboard, by its number; empty when none has it.
    pub fn active_window(&self) -> String {
        self.xdotool(&["getactivewindow"]).out.trim().to_owned()
    }

    /// Asks the display for something.
    pub fn xdotool(&self, words: &[&str]) -> Ended {
        Ended::of(&Command::new("xdotool").args(words).env("DISPLAY", &self.display).output().unwrap())
    }

    /// What the program has logged.
    fn log(&self) -> String {
        std::fs::read_to_string(self.path("window.log")).unwrap_or_default()
    }
}

/// One widget as assistive technology meets it.
#[derive(Clone, Debug)]
pub struct Widget {
    pub role: Role,
    pub name: String,
    pub enabled: bool,
    /// Its middle in pixels of the window.
    middle: Option<(i32, i32)>,
}

impl Widget {
    fn of(node: &Node, pixels_per_point: f32) -> Self {
        let pixel = |low: f64, high: f64| (f64::midpoint(low, high) * f64::from(pixels_per_point)).round() as i32;
        let middle = node.bounds().map(|bounds| (pixel(bounds.x0, bounds.x1), pixel(bounds.y0, bounds.y1)));
        let name = node.label().or_else(|| node.value()).unwrap_or_default().to_owned();
        Self { role: node.role(), name, enabled: !node.is_disabled(), middle }
    }
}

/// The running window.
pub struct Window<'a> {
    desk: &'a Desk,
    running: Running,
    stream: TcpStream,
    id: String,
}

impl Window<'_> {
    /// Its number on the display.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Does the program still run?
    pub fn goes_on(&mut self) -> bool {
        self.running.try_wait().unwrap().is_none()
    }

    /// Everything in it now.
    pub fn widgets(&mut self) -> Vec<Widget> {
        match self.ask(&Request::GetTree) {
            Response::Tree { accesskit: Some(tree), pixels_per_point, .. } => {
                tree.nodes.iter().map(|(_, node)| Widget::of(node, pixels_per_point)).collect()
            }
            Response::Tree { .. } => Vec::new(),
            other => panic!("the window answered {other:?}"),
        }
    }

    fn ask(&mut self, request: &Request) -> Response {
        write_message(&mut self.stream, request).unwrap();
        match read_message(&mut self.stream) {
            Ok(answer) => answer,
            Err(error) if error.kind() == ErrorKind::WouldBlock => panic!("the window hangs: {}", self.desk.log()),
            Err(error) => panic!("the window is gone ({error}): {}", self.desk.log()),
        }
    }

    /// Waits for a widget of this role whose name begins so.
    #[track_caller]
    pub fn find(&mut self, role: Role, name: &str) -> Widget {
        let desk = self.desk;
        wait_for(name, || {
            let all = self.widgets();
            let found = all.iter().find(|widget| widget.role == role && widget.name.starts_with(name)).cloned();
            found.ok_or_else(|| {
                let names: Vec<&str> =
                    all.iter().map(|widget| widget.name.as_str()).filter(|name| !name.is_empty()).collect();
                format!("There is: {}\n{}", names.join(" | "), desk.log())
            })
        })
    }

    /// The names of all widgets of a role.
    pub fn names(&mut self, role: Role) -> Vec<String> {
        self.widgets().into_iter().filter(|widget| widget.role == role).map(|widget| widget.name).collect()
    }

    /// Waits until a button whose name begins so can be pressed, and clicks its middle with the mouse.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        let (x, y) = wait_for(name, || {
            let button = self.find(Role::Button, name);
            button.middle.filter(|_| button.enabled).ok_or_else(|| format!("It is there: {button:?}"))
        });
        let (x, y) = (x.to_string(), y.to_string());
        let clicked = self.desk.xdotool(&["mousemove", "--window", &self.id, &x, &y, "click", "1"]);
        assert_eq!(clicked.code, Some(0), "{clicked:?}");
    }

    /// Drags a widget of this role whose name begins so to a place of the screen, and lets go there.
    #[track_caller]
    pub fn drag(&mut self, role: Role, name: &str, [x, y]: [i16; 2]) {
        let from = self.find(role, name).middle.unwrap();
        let (left, top) = (from.0.to_string(), from.1.to_string());
        let xdotool = |words: &[&str]| {
            let ended = self.desk.xdotool(words);
            assert_eq!(ended.code, Some(0), "{ended:?}");
            // As slowly as a hand, so that everybody sees each step.
            std::thread::sleep(LOOK_AGAIN);
        };
        xdotool(&["mousemove", "--window", &self.id, &left, &top]);
        xdotool(&["mousedown", "1"]);
        for step in 1..=6_i32 {
            let (right, down) = ((8 * step).to_string(), (4 * step).to_string());
            xdotool(&["mousemove_relative", "--", &right, &down]);
        }
        for _ in 0..3 {
            xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
            xdotool(&["mousemove_relative", "--", "1", "1"]);
        }
        std::thread::sleep(HELD);
        xdotool(&["mouseup", "1"]);
    }

    /// Makes it as large as this, in pixels, and waits until it is.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        let (wide, high) = (width.to_string(), height.to_string());
        let resized = self.desk.xdotool(&["windowsize", "--sync", &self.id, &wide, &high]);
        assert_eq!(resized.code, Some(0), "{resized:?}");
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        let geometry = self.desk.xdotool(&["getwindowgeometry", "--shell", &self.id]).out;
        let number = |name: &str| geometry.lines().find_map(|line| line.strip_prefix(name)?.parse().ok()).unwrap_or(0);
        (number("WIDTH="), number("HEIGHT="))
    }

    /// Puts the window away, as a person does with its button in the frame.
    pub fn minimise(&self) {
        let minimised = self.desk.xdotool(&["windowminimize", "--sync", &self.id]);
        assert_eq!(minimised.code, Some(0), "{minimised:?}");
    }

    /// Closes the window by the keys of the window manager, and waits for the end of the program.
    #[track_caller]
    pub fn close(mut self) {
        let asked = self.desk.xdotool(&["windowactivate", "--sync", &self.id, "key", "alt+F4"]);
        assert_eq!(asked.code, Some(0), "{asked:?}");
        wait_for("the end of the program", || if self.goes_on() { Err(self.desk.log()) } else { Ok(()) });
    }
}
