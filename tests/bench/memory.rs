//! What the window keeps in memory after 200 stickers and a walk through all of them: `cargo bench --bench memory`.
//!
//! Makes them with the built-in engine through the window's own button, chooses each one, scrolls from end to end, and
//! prints what is resident. Textures are not made here, so what the budget allows them comes on top: the goal is 300 MB
//! in all.

#![expect(clippy::disallowed_methods, reason = "tests measure by the computer's own clock")]
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and without its data stops at once")]

use std::path::Path;
use std::time::{Duration, Instant};

use eframe::App as _;
use egui::{Context, Event, Key, Modifiers, RawInput, Rect, Vec2, pos2, vec2};
use sticker_booth::app::{App, WindowOptions};
use sticker_booth::keys::KeysOptions;
use sticker_booth::platform::{Folders, Session, give_large_buffers_back};
use sticker_booth::studio::Parts;

/// Stickers that are made.
const STICKERS: usize = 200;

/// The window as it is opened.
const USUAL: Vec2 = vec2(1360.0, 860.0);

/// An open window without a screen.
struct Window {
    ctx: Context,
    app: App,
    frame: eframe::Frame,
    began: Instant,
}

impl Window {
    fn open(data: &Path) -> Self {
        let ctx = Context::default();
        let parts = Parts { keys: Some(KeysOptions::in_memory()), ..Parts::default() };
        let options =
            WindowOptions { data_dir: Some(data.to_path_buf()), photos: Vec::new(), session: Session::X11, parts };
        let app = App::new(&ctx, options);
        Self { ctx, app, frame: eframe::Frame::_new_kittest(), began: Instant::now() }
    }

    fn draw(&mut self, events: Vec<Event>) {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), USUAL)),
            time: Some(self.began.elapsed().as_secs_f64()),
            events,
            ..RawInput::default()
        };
        let Self { ctx, app, frame, .. } = self;
        let output = ctx.run_ui(input, |ui| {
            app.logic(ui.ctx(), frame);
            app.ui(ui, frame);
        });
        output.drop_without_applying_deltas();
        std::thread::sleep(Duration::from_millis(4));
    }

    fn press(&mut self, key: Key, modifiers: Modifiers) {
        for pressed in [true, false] {
            self.draw(vec![Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }]);
        }
    }

    fn rest(&mut self, time: Duration) {
        let began = Instant::now();
        while began.elapsed() < time {
            self.draw(Vec::new());
        }
    }
}

/// PNG files in the library's folder; each sticker has two.
fn pictures(library: &Path) -> usize {
    let files = std::fs::read_dir(library).into_iter().flatten().flatten();
    files.filter(|file| file.path().extension().is_some_and(|ending| ending == "png")).count()
}

/// Resident memory in MB, as Linux counts it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or_default() / 1024
}

fn main() {
    give_large_buffers_back();
    let folder = tempfile::tempdir().unwrap();
    let folders = Folders::at(folder.path());
    let library = folders.library();
    let mut window = Window::open(folder.path());
    window.rest(Duration::from_secs(3));
    println!("{:4} MB at the start", resident());
    let mut frame = 0;
    while pictures(library) < 2 * STICKERS {
        // Again and again, as an impatient person clicks; a click while one is made durable counts for nothing.
        if frame % 100 == 0 {
            window.press(Key::Enter, Modifiers::COMMAND);
        }
        frame += 1;
        window.draw(Vec::new());
    }
    println!("{:4} MB after {STICKERS} stickers", resident());
    for _ in 0..STICKERS {
        window.press(Key::ArrowRight, Modifiers::NONE);
        window.rest(Duration::from_millis(60));
    }
    println!("{:4} MB after each was looked at", resident());
    window.draw(vec![Event::PointerMoved(pos2(700.0, 760.0))]);
    for direction in [-1.0, 1.0, -1.0, 1.0] {
        for _ in 0..80 {
            window.draw(vec![Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, 90.0 * direction),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            }]);
        }
    }
    println!("{:4} MB after a walk from end to end", resident());
    window.rest(Duration::from_secs(25));
    println!("{:4} MB at rest", resident());
}
