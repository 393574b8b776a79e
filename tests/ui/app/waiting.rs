//! Frames go on while disk, keychain, journal or file dialog keep somebody waiting.
//!
//! Each fake blocks until the test lets it go. If the window waited for it, no frame would come; so that such a fault
//! fails instead of hanging, every fake lets go by itself after a while, and the test checks that it has not yet.

use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use egui::accesskit::Role;
use secrecy::SecretString;
use sticker_booth::keys::{Account, KeyError, Keychain, KeysOptions, MemoryKeychain};
use sticker_booth::studio::Parts;

use super::FakeEngine;
use super::desk::at_a_desk;
use super::person::{MAKE, Person};

/// Frames that must come while something blocks.
const FRAMES: usize = 30;

/// After this long a fake lets go by itself.
const LETS_GO: Duration = Duration::from_mins(1);

/// Draws frames, and works meanwhile: the form answers as ever.
fn goes_on_working(person: &mut Person, word: &str) {
    for _ in 0..FRAMES {
        person.step();
    }
    person.types(Role::MultilineTextInput, "Prompt", word);
    assert!(person.value(Role::MultilineTextInput, "Prompt").contains(word));
    person.press(egui::Modifiers::NONE, egui::Key::Escape);
}

/// A server that takes every connection and never says a word.
struct Silent {
    link: String,
    asked: Arc<AtomicBool>,
}

impl Silent {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let link = format!("http://{}/Silent.png", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&asked);
        let keeps_silent = move || {
            let kept: Vec<TcpStream> =
                listener.incoming().flatten().inspect(|_| heard.store(true, Ordering::SeqCst)).collect();
            drop(kept);
        };
        std::thread::Builder::new().name("silent server".into()).spawn(keeps_silent).unwrap();
        Self { link, asked }
    }

    /// Does somebody wait for its answer?
    fn keeps_waiting(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }
}

#[test]
fn a_photo_that_never_comes_holds_up_no_frame_and_no_other_photo() {
    at_a_desk(module_path!(), "a_photo_that_never_comes_holds_up_no_frame_and_no_other_photo", |desk| {
        let mut person = Person::at(desk);
        let silent = Silent::start();
        person.pastes(&silent.link);
        person.sees(Role::Label, "Reading the photo");
        person.until("a question", |_| silent.keeps_waiting().then_some(()));
        goes_on_working(&mut person, "ink");
        person.pastes(&desk.put_photo("Other.png").display().to_string());
        person.sees(Role::Image, "Photo, Other.png");
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
    });
}

#[test]
fn what_is_no_file_is_never_waited_for() {
    at_a_desk(module_path!(), "what_is_no_file_is_never_waited_for", |desk| {
        let mut person = Person::at(desk);
        let pipe = desk.path("Pipe.png");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        person.drops(&pipe);
        person.sees(Role::Alert, "This is not a file");
        goes_on_working(&mut person, "ink");
    });
}

#[test]
fn a_journal_that_another_program_keeps_to_itself_holds_up_no_frame() {
    at_a_desk(module_path!(), "a_journal_that_another_program_keeps_to_itself_holds_up_no_frame", |desk| {
        let mut person = Person::at(desk);
        let other = rusqlite::Connection::open(desk.data().join("journal.sqlite")).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        person.click(Role::Button, MAKE);
        goes_on_working(&mut person, "ink");
        // As long as the other has it, nothing of this click is durable, and nothing runs.
        assert_eq!(person.all(Role::Group, "Job, "), Vec::<String>::new());
        other.execute_batch("ROLLBACK").unwrap();
        let heard = person.until("a job, or why there is none", |window| {
            let refused = window.shows("keeps the database busy");
            (refused || window.jobs("Done on this computer") == 1).then_some(refused)
        });
        if heard {
            // This machine was slower than the patience of the database.
            person.click(Role::Button, MAKE);
        }
        person.waits_for_jobs(1, "Done on this computer");
    });
}

/// Answers only after the test has let it.
#[derive(Clone, Default)]
struct Gate {
    open: Arc<(Mutex<bool>, Condvar)>,
    timed_out: Arc<AtomicBool>,
}

impl Gate {
    fn wait(&self) {
        let (open, changed) = &*self.open;
        let waited = changed.wait_timeout_while(open.lock().unwrap(), LETS_GO, |open| !*open).unwrap();
        self.timed_out.fetch_or(waited.1.timed_out(), Ordering::SeqCst);
    }

    fn let_go(&self) {
        let (open, changed) = &*self.open;
        *open.lock().unwrap() = true;
        changed.notify_all();
    }

    fn blocks(&self) -> bool {
        !self.timed_out.load(Ordering::SeqCst)
    }
}

/// A keychain whose window nobody answers.
struct Stubborn {
    gate: Gate,
    memory: MemoryKeychain,
}

impl Keychain for Stubborn {
    fn get(&mut self, account: &Account) -> Result<Option<SecretString>, KeyError> {
        self.gate.wait();
        self.memory.get(account)
    }

    fn set(&mut self, account: &Account, secret: &SecretString) -> Result<(), KeyError> {
        self.gate.wait();
        self.memory.set(account, secret)
    }

    fn delete(&mut self, account: &Account) -> Result<(), KeyError> {
        self.gate.wait();
        self.memory.delete(account)
    }
}

#[test]
fn a_keychain_that_does_not_answer_holds_up_no_frame_and_no_sticker() {
    at_a_desk(module_path!(), "a_keychain_that_does_not_answer_holds_up_no_frame_and_no_sticker", |desk| {
        let gate = Gate::default();
        let keychain = Box::new(Stubborn { gate: gate.clone(), memory: MemoryKeychain::default() });
        let keys = Some(KeysOptions { keychain, ..KeysOptions::in_memory() });
        let mut person =
            Person::with(desk, Parts { keys, engine: Some(Arc::new(FakeEngine::new())), ..Parts::default() });
        goes_on_working(&mut person, "ink");
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
        person.click(Role::RadioButton, "Pixazo");
        person.click(Role::Button, "Asking the keychain");
        person.types(Role::PasswordInput, "Pixazo key", "pk-1");
        person.click(Role::Button, "Keep the key");
        for _ in 0..FRAMES {
            person.step();
        }
        assert!(gate.blocks(), "something waited for the keychain");
        gate.let_go();
        person.sees(Role::Button, "Key in keychain");
    });
}

#[test]
fn an_open_file_dialog_holds_up_no_frame_and_no_sticker() {
    at_a_desk(module_path!(), "an_open_file_dialog_holds_up_no_frame_and_no_sticker", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, "Pick a photo…");
        person.until("the dialog", |_| (desk.dialogs() == 1).then_some(()));
        goes_on_working(&mut person, "ink");
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
        person.sees(Role::Image, "Photo, Sample portrait.png");
        desk.answer_dialogs_with(&desk.put_photo("At last.png"));
        person.sees(Role::Image, "Photo, At last.png");

        desk.answer_no_dialogs();
        person.until("a card", |window| (window.cards().len() == 1).then_some(()));
        person.click(Role::Button, "Save as…");
        person.until("the other dialog", |_| (desk.dialogs() == 2).then_some(()));
        goes_on_working(&mut person, "bold");
        desk.answer_dialogs_with(&desk.path("Saved.png"));
        person.sees(Role::Alert, "Saved Saved.png.");
    });
}

#[test]
fn a_library_that_is_slow_to_open_holds_up_no_frame() {
    at_a_desk(module_path!(), "a_library_that_is_slow_to_open_holds_up_no_frame", |desk| {
        Person::at(desk).leaves();
        // Another program keeps the door to the index closed.
        let door = std::fs::File::open(desk.data().join("index.sqlite.opening")).unwrap();
        door.lock().unwrap();
        let parts = super::person::parts(FakeEngine::new());
        let mut person = Person::before(desk, parts, super::person::USUAL);
        goes_on_working(&mut person, "ink");
        person.sees(Role::Button, "Make sticker, opening, on this computer");
        drop(door);
        person.sees(Role::Image, "Photo, Sample portrait.png");
    });
}
