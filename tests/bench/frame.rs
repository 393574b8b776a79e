//! What one frame of the whole window costs the processor, with 1 000 stickers, or 5 000 jobs beside them: `cargo bench --bench frame`.
//!
//! Everything but the graphics card: events in, state, panels, layout, tessellation. The goal is 8 ms.
#![expect(clippy::disallowed_methods, reason = "tests measure by the computer's own clock")]
#![expect(clippy::unwrap_used, reason = "a bench without its data stops at once")]

use std::path::Path;
use std::time::{Duration, Instant};

use divan::Bencher;
use eframe::App as _;
use egui::{Context, Event, Modifiers, RawInput, Rect, Vec2, ViewportId, pos2, vec2};
use image::{Rgba, RgbaImage};
use jiff::Timestamp;
use sticker_booth::api::Ticket;
use sticker_booth::app::{App, WindowOptions};
use sticker_booth::jobs::job::{Job, KeptPhoto};
use sticker_booth::jobs::journal::Journal;
use sticker_booth::jobs::state::{Failure, Kept, State};
use sticker_booth::jobs::{Budgets, OnRefusedKey, SoftBudget};
use sticker_booth::keys::KeysOptions;
use sticker_booth::library::{Library, NewSticker};
use sticker_booth::model::{Engine, EngineId, JobId, Recipe, StickerInfo};
use sticker_booth::picture::encode_png;
use sticker_booth::platform::{Folders, ProcessLock, Session};
use sticker_booth::studio::Parts;

/// Stickers in the gallery.
const STICKERS: u32 = 1000;

/// Jobs in the journal where there are many.
const JOBS: u32 = 5000;

/// The window as it is opened.
const USUAL: Vec2 = vec2(1360.0, 860.0);

/// A large screen, where the gallery has the most in sight.
const LARGE: Vec2 = vec2(2560.0, 1440.0);

fn main() {
    divan::main();
}

/// An open window without a screen.
struct Window {
    ctx: Context,
    app: App,
    frame: eframe::Frame,
    size: Vec2,
    began: Instant,
    _folder: tempfile::TempDir,
}

impl Window {
    /// Opens a window on a library of 1 000 stickers, and waits until everything in sight is there.
    fn open(size: Vec2) -> Self {
        Self::open_with(size, |_| {})
    }

    /// The same with whatever else is put into the folder.
    fn open_with(size: Vec2, put: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path());
        put(folder.path());
        let ctx = Context::default();
        let parts = Parts { keys: Some(KeysOptions::in_memory()), ..Parts::default() };
        let options = WindowOptions {
            data_dir: Some(folder.path().to_path_buf()),
            photos: Vec::new(),
            session: Session::X11,
            parts,
        };
        let app = App::new(&ctx, options);
        let frame = eframe::Frame::_new_kittest();
        let mut window = Self { ctx, app, frame, size, began: Instant::now(), _folder: folder };
        let mut quiet = 0;
        while quiet < 100 || window.began.elapsed() < Duration::from_secs(4) {
            let wants_more = window.draw(Vec::new());
            quiet = if wants_more { 0 } else { quiet + 1 };
            std::thread::sleep(Duration::from_millis(5));
        }
        window
    }

    /// One frame, as the native window runs it, up to the triangles; tells whether the next is wanted at once.
    fn draw(&mut self, events: Vec<Event>) -> bool {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), self.size)),
            time: Some(self.began.elapsed().as_secs_f64()),
            events,
            ..RawInput::default()
        };
        let Self { ctx, app, frame, .. } = self;
        let mut output = ctx.run_ui(input, |ui| {
            app.logic(ui.ctx(), frame);
            app.ui(ui, frame);
        });
        let shapes = std::mem::take(&mut output.shapes);
        divan::black_box(ctx.tessellate(shapes, output.pixels_per_point));
        let wants_more = output.viewport_output[&ViewportId::ROOT].repaint_delay.is_zero();
        output.drop_without_applying_deltas();
        wants_more
    }
}

/// A turn of the mouse's wheel.
fn wheel() -> Event {
    Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -40.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    }
}

/// Puts 1 000 small stickers into the library below `data`.
fn fill(data: &Path) {
    let folders = Folders::at(data);
    folders.create().unwrap();
    let library = Library::open(folders.library(), &folders.index()).unwrap();
    for seed in 0..STICKERS {
        let [red, green, ..] = seed.wrapping_mul(2_654_435_761).to_le_bytes();
        let picture = RgbaImage::from_fn(64, 64, |x, y| {
            let inside = x.abs_diff(32).pow(2) + y.abs_diff(32).pow(2) < 900;
            if inside { Rgba([red, green, 128, 255]) } else { Rgba([0; 4]) }
        });
        let recipe = Recipe { prompt: format!("bold cartoon portrait, number {seed}"), ..Recipe::default() };
        let info = StickerInfo {
            version: StickerInfo::VERSION,
            engine: EngineId::Local,
            recipe: recipe.with_seed(seed),
            request_id: None,
            job_id: Some(format!("job-{seed}")),
            created_at: format!("2026-01-01T{:02}:{:02}:00Z", seed / 60, seed % 60),
            photo_sha256: None,
            sent_sha256: None,
            photo_name: None,
            frame: None,
        };
        let cutout_png = Some(encode_png(&picture, &[]).unwrap());
        library.add(NewSticker { cutout_png, opaque: None, info }).unwrap();
    }
}

/// Puts 5 000 jobs into the journal below `data`: batches of four, some that failed and some that were stopped.
fn fill_journal(data: &Path) {
    let folders = Folders::at(data);
    folders.create().unwrap();
    let lock = ProcessLock::acquire(&folders.run()).unwrap();
    let journal = Journal::open(&folders, &lock, OnRefusedKey::Hold).unwrap().journal;
    let engine = Engine::local();
    let jobs = (0..JOBS).map(|number| {
        let moment = Timestamp::from_second(1_767_225_600 + i64::from(number)).unwrap();
        let ticket = Ticket { request_id: format!("request-{number}"), polling_url: None };
        let state = match number % 10 {
            0 => State::Failed { why: Failure::ByService, ticket: Some(ticket) },
            1 => State::Stopped { ticket: None },
            _ => State::Done { ticket, kept: Kept { path: format!("sticker-{number}.png"), ..Kept::default() } },
        };
        let recipe = Recipe { prompt: format!("bold cartoon portrait, number {number}"), ..Recipe::default() };
        let job = Job {
            id: JobId(format!("{number:032x}")),
            click: format!("click-{number}"),
            batch: Some(format!("batch-{}", number / 4)),
            position: 0,
            engine: engine.id,
            base_url: None,
            on_loopback: true,
            price: engine.price,
            recipe: recipe.with_seed(number),
            photo: KeptPhoto::Link { url: "https://example.com/me.jpg".to_owned() },
            state,
            revision: 0,
            owner: None,
            error: (number % 10 == 0).then(|| "the service could not find a face in this photo".to_owned()),
            raw_answer: Some("{\"status\": \"done\"}".repeat(40)),
            created_at: moment,
            updated_at: moment,
            accepted_at: None,
        };
        (job, None)
    });
    journal.insert(jobs.collect(), Budgets::default(), SoftBudget::Obey, Timestamp::UNIX_EPOCH).unwrap();
}

#[divan::bench]
fn at_rest_with_five_thousand_jobs(bencher: Bencher<'_, '_>) {
    let mut window = Window::open_with(USUAL, fill_journal);
    bencher.bench_local(move || window.draw(Vec::new()));
}

#[divan::bench]
fn while_five_thousand_jobs_scroll(bencher: Bencher<'_, '_>) {
    let mut window = Window::open_with(USUAL, fill_journal);
    window.draw(vec![Event::PointerMoved(pos2(1220.0, 430.0))]);
    bencher.bench_local(move || window.draw(vec![wheel()]));
}

#[divan::bench]
fn at_rest(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(USUAL);
    bencher.bench_local(move || window.draw(Vec::new()));
}

#[divan::bench]
fn at_rest_on_a_large_screen(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(LARGE);
    bencher.bench_local(move || window.draw(Vec::new()));
}

#[divan::bench]
fn while_the_gallery_scrolls(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(LARGE);
    window.draw(vec![Event::PointerMoved(pos2(1200.0, 1350.0))]);
    bencher.bench_local(move || window.draw(vec![wheel()]));
}

#[divan::bench]
fn while_the_pointer_moves(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(USUAL);
    let mut step = 0.0;
    bencher.bench_local(move || {
        step = (step + 7.0) % 800.0;
        window.draw(vec![Event::PointerMoved(pos2(40.0 + step, 60.0 + step))])
    });
}

#[divan::bench]
fn while_a_prompt_is_typed(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(USUAL);
    // The prompt lies below the photo, at the left.
    let field = pos2(120.0, 360.0);
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        window.draw(vec![
            Event::PointerMoved(field),
            Event::PointerButton { pos: field, button, pressed, modifiers: Modifiers::NONE },
        ]);
    }
    bencher.bench_local(move || window.draw(vec![Event::Text("a".to_owned())]));
}

/// With drafts drawn meanwhile, on the other cores.
#[divan::bench]
fn while_a_setting_moves(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(USUAL);
    // The cap of the prompt strength's slider, which follows the pointer from here on.
    let cap = pos2(170.0, 466.0);
    let button = egui::PointerButton::Primary;
    window.draw(vec![
        Event::PointerMoved(cap),
        Event::PointerButton { pos: cap, button, pressed: true, modifiers: Modifiers::NONE },
    ]);
    let mut step = 0.0;
    bencher.bench_local(move || {
        step = (step + 5.0) % 60.0;
        window.draw(vec![Event::PointerMoved(cap + vec2(step, 0.0))])
    });
}
