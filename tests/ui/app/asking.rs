//! Where no file dialog asks for a file, or none answers, a path is typed.

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person};

const PHOTO: &str = "Link or path of the photo";
const COPY: &str = "Path of the copy";

/// Clicks until the path is asked for: on a slow machine a dialog that ends at once looks like one that was closed.
#[track_caller]
fn is_asked_for_a_path(person: &mut Person, desk: &Desk, button: &str, field: &str) {
    let before = desk.dialogs();
    person.click(Role::Button, button);
    for dialogs in before + 1..before + 20 {
        person.until("the file dialog", |_| (desk.dialogs() >= dialogs).then_some(()));
        let began = std::time::Instant::now();
        while began.elapsed() < std::time::Duration::from_secs(2) {
            person.step();
            if person.find(Role::TextInput, field).is_some() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(4));
        }
        person.click(Role::Button, button);
    }
    panic!("{button} never asked for a path");
}

/// Puts this into the field in place of what stands there, and presses Enter.
fn enters(person: &mut Person, field: &str, text: &str) {
    person.replaces(field, text);
    person.press(Modifiers::NONE, Key::Enter);
    person.step();
}

#[test]
fn without_file_dialogs_paths_are_typed_and_no_file_is_replaced() {
    at_a_desk(module_path!(), "without_file_dialogs_paths_are_typed_and_no_file_is_replaced", |desk| {
        desk.has_no_dialogs();
        let mut person = Person::at(desk);
        is_asked_for_a_path(&mut person, desk, "Pick a photo…", PHOTO);
        person.reads("There are no file dialogs in this session");
        enters(&mut person, PHOTO, "portrait.png");
        person.reads("This is neither a link that begins with https:// nor the whole path of a file.");
        enters(&mut person, PHOTO, &desk.put_photo("Grandmother.png").display().to_string());
        person.sees(Role::Image, "Photo, Grandmother.png");

        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
        person.until("a card", |window| (window.cards().len() == 1).then_some(()));
        is_asked_for_a_path(&mut person, desk, "Save as…", COPY);
        let proposed = std::path::PathBuf::from(person.value(Role::TextInput, COPY));
        assert!(proposed.extension().is_some_and(|is| is == "png") && proposed.is_absolute(), "{proposed:?}");
        let letter = desk.put("Letter.png", b"Dear Sir or Madam");
        enters(&mut person, COPY, &letter.display().to_string());
        person.reads("A file of this name exists already");
        assert_eq!(std::fs::read(&letter).unwrap(), b"Dear Sir or Madam");
        let copy = desk.path("For the family.png");
        enters(&mut person, COPY, &copy.display().to_string());
        person.sees(Role::Alert, "Saved For the family.png.");
        assert!(person.find(Role::TextInput, COPY).is_none(), "the dialog is still open");
        assert!(image::open(&copy).unwrap().color().has_alpha());
    });
}

#[test]
fn a_file_dialog_that_does_not_answer_is_told_and_not_needed() {
    at_a_desk(module_path!(), "a_file_dialog_that_does_not_answer_is_told_and_not_needed", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, "Pick a photo…");
        person.sees(Role::Alert, "The file dialog does not answer.");
        person.click(Role::Button, "Type a path");
        person.reads("A file dialog is open already");
        enters(&mut person, PHOTO, &desk.put_photo("Typed.png").display().to_string());
        person.sees(Role::Image, "Photo, Typed.png");
        // A second one would lie behind the first, so the path is asked for at once.
        person.click(Role::Button, "Replace…");
        person.sees(Role::TextInput, PHOTO);
        assert_eq!(desk.dialogs(), 1);
        // The late answer counts all the same.
        desk.answer_dialogs_with(&desk.put_photo("Late.png"));
        person.sees(Role::Image, "Photo, Late.png");
        assert!(person.find(Role::TextInput, PHOTO).is_none(), "the dialog is still open");
    });
}

#[test]
fn an_ending_that_the_window_adds_makes_no_name_go_over_a_file() {
    at_a_desk(module_path!(), "an_ending_that_the_window_adds_makes_no_name_go_over_a_file", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, MAKE);
        person.until("a card", |window| (window.cards().len() == 1).then_some(()));
        let kept = desk.put("Kept.png", b"mine");
        // The file dialog has asked about `Kept`, which is not there.
        desk.answer_dialogs_with(&desk.path("Kept"));
        person.click(Role::Button, "Save as…");
        person.sees(Role::Alert, "A file of this name exists already");
        assert_eq!(std::fs::read(&kept).unwrap(), b"mine");

        std::fs::remove_file(&kept).unwrap();
        person.click(Role::Button, "Save as…");
        person.sees(Role::Alert, "Saved Kept.png.");
        assert!(image::open(&kept).is_ok());
    });
}
