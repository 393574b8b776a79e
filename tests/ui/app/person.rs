//! A person at the window: looks until something is there, clicks it by its name, types.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2, ViewportCommand, ViewportEvent, ViewportId, vec2};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use sticker_booth::app::{App, WindowOptions};
use sticker_booth::engine::StickerEngine;
use sticker_booth::keys::KeysOptions;
use sticker_booth::photo::PhotoSource;
use sticker_booth::platform::Session;
use sticker_booth::studio::Parts;

use super::FakeEngine;
use super::desk::Desk;

/// How long anything may take on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(90);

/// The usual size of the window.
pub(super) const USUAL: Vec2 = vec2(1360.0, 860.0);

/// The name of the ticket when nothing stands in its way.
pub(super) const MAKE: &str = "Make sticker, free, on this computer";

/// A person at the window.
pub(super) struct Person {
    pub(super) harness: Harness<'static, App>,
    began: Instant,
    /// The window's clock by then, in seconds: the harness has drawn the first frames on one of its own.
    began_at: f64,
    /// Seconds that were let pass at once.
    passed: f64,
    /// Clicks and keys so far; what is typed into a field counts as one.
    pub(super) moves: usize,
}

/// What the window is built of, for the tests of the window.
pub(super) fn parts(engine: impl StickerEngine + 'static) -> Parts {
    Parts { keys: Some(KeysOptions::in_memory()), engine: Some(Arc::new(engine)), ..Parts::default() }
}

impl Person {
    /// Opens the window with an engine that draws at once, and waits until everything is there.
    pub(super) fn at(desk: &Desk) -> Self {
        Self::with(desk, parts(FakeEngine::new()))
    }

    /// Opens the window with these parts, and waits until everything is there.
    pub(super) fn with(desk: &Desk, parts: Parts) -> Self {
        let mut person = Self::before(desk, parts, USUAL);
        person.sees(Role::Image, "Photo, Sample portrait.png");
        person.until("a ticket that can be pressed", |window| window.enabled(Role::Button, MAKE));
        person
    }

    /// Opens the window and waits for nothing.
    pub(super) fn before(desk: &Desk, parts: Parts, size: Vec2) -> Self {
        Self::with_photos(desk, parts, size, Vec::new())
    }

    /// Opens the window with these photos, as “Open with” does, and waits for nothing.
    pub(super) fn with_photos(desk: &Desk, parts: Parts, size: Vec2, photos: Vec<PhotoSource>) -> Self {
        let options = WindowOptions { data_dir: Some(desk.data()), photos, session: Session::X11, parts };
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(8)
            // The fonts of the system come in where the window is a real one.
            .allow_missing_glyphs()
            .with_step_dt(1.0 / 60.0)
            .build_eframe(move |creation| App::new(&creation.egui_ctx, options));
        let began_at = harness.ctx.input(|input| input.time);
        Self { harness, began: Instant::now(), began_at, passed: 0.0, moves: 0 }
    }

    /// One frame, and one for each event that waits; the window's clock goes as the one on the wall.
    pub(super) fn step(&mut self) {
        self.harness.input_mut().time = Some(self.began_at + self.passed + self.began.elapsed().as_secs_f64());
        self.harness.step();
    }

    /// Lets so many seconds of the window's clock go by before the next frame.
    pub(super) fn lets_pass(&mut self, seconds: f64) {
        self.passed += seconds;
    }

    /// Draws frames until there is something to see.
    #[track_caller]
    pub(super) fn until<T>(&mut self, what: &str, mut look: impl FnMut(&Self) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            self.step();
            if let Some(found) = look(self) {
                self.harness.check_accessibility();
                return found;
            }
            assert!(began.elapsed() < PATIENCE, "{what} did not come within {PATIENCE:?}. There is: {}", self.names());
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    /// Waits for a widget of this role whose name begins so.
    #[track_caller]
    pub(super) fn sees(&mut self, role: Role, name: &str) {
        self.until(name, |window| window.find(role, name).map(drop));
    }

    /// Waits for a text that contains these words, whatever shows it.
    #[track_caller]
    pub(super) fn reads(&mut self, words: &str) {
        self.until(words, |window| window.shows(words).then_some(()));
    }

    /// Is there a text that contains these words?
    pub(super) fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by(|node| name_of(node).is_some_and(|name| name.contains(words))).next().is_some()
    }

    /// Waits until this can be pressed, and clicks it.
    #[track_caller]
    pub(super) fn click(&mut self, role: Role, name: &str) {
        self.until(name, |window| window.enabled(role, name));
        // A dialog that has just grown moves to the middle again.
        self.step();
        self.step();
        self.find(role, name).unwrap().click();
        self.moves += 1;
        self.step();
        self.step();
    }

    /// Presses keys.
    pub(super) fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.moves += 1;
        self.harness.key_press_modifiers(modifiers, key);
        self.step();
    }

    /// Types into the field of this name, after what stands there.
    #[track_caller]
    pub(super) fn types(&mut self, role: Role, name: &str, text: &str) {
        self.sees(role, name);
        self.find(role, name).unwrap().focus();
        self.step();
        self.press(Modifiers::NONE, Key::End);
        self.find(role, name).unwrap().type_text(text);
        self.step();
        self.step();
    }

    /// Types into the field of this name, in place of what stands there.
    #[track_caller]
    pub(super) fn replaces(&mut self, name: &str, text: &str) {
        self.sees(Role::TextInput, name);
        self.find(Role::TextInput, name).unwrap().focus();
        self.step();
        self.press(Modifiers::COMMAND, Key::A);
        self.find(Role::TextInput, name).unwrap().type_text(text);
        self.step();
    }

    /// Pastes a text, with the hands off any field.
    pub(super) fn pastes(&mut self, text: &str) {
        self.harness.event(egui::Event::Paste(text.to_owned()));
        self.step();
    }

    /// Drops a file on the window.
    pub(super) fn drops(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_path_buf())));
        self.step();
    }

    /// Drops several files on the window together.
    pub(super) fn drops_all(&mut self, paths: &[std::path::PathBuf]) {
        for path in paths {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.clone())));
        }
        self.step();
    }

    /// What stands in the field of this name.
    pub(super) fn value(&self, role: Role, name: &str) -> String {
        self.find(role, name).and_then(|node| node.value()).unwrap_or_default()
    }

    /// The widget of this role with this name, or whose name begins so.
    pub(super) fn find<'a>(&'a self, role: Role, name: &'a str) -> Option<Node<'a>> {
        let named = |fits: fn(&str, &str) -> bool| {
            let mut nodes = self
                .harness
                .query_all_by(move |node| node.role() == role && name_of(node).is_some_and(|own| fits(&own, name)));
            nodes.next()
        };
        named(|own, name| own == name).or_else(|| named(|own, name| own.starts_with(name)))
    }

    /// Brings a widget into sight.
    pub(super) fn scrolls_to(&mut self, role: Role, name: &str) {
        self.sees(role, name);
        self.find(role, name).unwrap().scroll_to_me();
        self.step();
        self.step();
    }

    /// `Some` when the widget is there and can be used.
    pub(super) fn enabled(&self, role: Role, name: &str) -> Option<()> {
        self.find(role, name).filter(|node| !node.accesskit_node().is_disabled()).map(drop)
    }

    /// The names of all widgets of this role that begin so, from top to bottom.
    pub(super) fn all(&self, role: Role, name: &str) -> Vec<String> {
        let nodes = self.harness.query_all_by(|node| node.role() == role);
        nodes.filter_map(|node| name_of(&node.accesskit_node())).filter(|own| own.starts_with(name)).collect()
    }

    /// The stickers of the gallery that are in sight.
    pub(super) fn cards(&self) -> Vec<String> {
        self.all(Role::ListBoxOption, "Sticker, ")
    }

    /// The rows of jobs in this state.
    pub(super) fn jobs(&self, state: &str) -> usize {
        self.all(Role::Group, "Job, ").iter().filter(|name| name.ends_with(state)).count()
    }

    /// Waits until so many jobs are in this state.
    #[track_caller]
    pub(super) fn waits_for_jobs(&mut self, count: usize, state: &str) {
        self.until(&format!("{count} jobs: {state}"), |window| (window.jobs(state) == count).then_some(()));
    }

    /// Asks the window to close, as the window manager does.
    pub(super) fn asks_to_close(&mut self) {
        let viewport = self.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).unwrap();
        viewport.events.push(ViewportEvent::Close);
        self.step();
    }

    /// Did the last frame ask for this of its window?
    pub(super) fn asked_of_the_window(&self, wanted: &ViewportCommand) -> bool {
        self.harness.output().viewport_output[&ViewportId::ROOT].commands.contains(wanted)
    }

    /// Closes the window and waits until everything has ended.
    #[track_caller]
    pub(super) fn leaves(mut self) {
        self.asks_to_close();
        self.until("the end", |window| window.asked_of_the_window(&ViewportCommand::Close).then_some(()));
    }

    fn names(&self) -> String {
        let nodes = self.harness.query_all_by(|node| name_of(node).is_some_and(|name| !name.is_empty()));
        let names: Vec<String> = nodes.filter_map(|node| name_of(&node.accesskit_node())).collect();
        names.join(" | ")
    }
}

fn name_of(node: &AccessKitNode<'_>) -> Option<String> {
    node.label().or_else(|| node.value())
}

/// A file as it is dropped.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
