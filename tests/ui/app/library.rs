//! The library's folder in other hands: copied, restored, files gone; and what the window makes of it.

use std::fs;

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person};

/// Makes stickers at the window until there are so many.
fn make(person: &mut Person, count: usize) {
    for made in 1..=count {
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(made, "Done on this computer");
        person.until("its card", |window| (window.cards().len() == made).then_some(()));
    }
}

/// The cut-outs in the library.
fn cutouts(desk: &Desk) -> Vec<std::path::PathBuf> {
    let names = desk.stickers().into_iter().filter(|name| !name.ends_with("-background.png"));
    names.map(|name| desk.data().join("library").join(name)).collect()
}

#[test]
fn a_library_whose_index_was_lost_is_in_the_gallery_again_and_it_is_said() {
    at_a_desk(module_path!(), "a_library_whose_index_was_lost_is_in_the_gallery_again_and_it_is_said", |desk| {
        let mut person = Person::at(desk);
        make(&mut person, 2);
        person.press(Modifiers::NONE, Key::Period);
        person.until("a star", |window| window.cards().iter().any(|card| card.ends_with("starred")).then_some(()));
        let cards = person.cards();
        person.leaves();
        for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
            drop(fs::remove_file(desk.data().join(name)));
        }

        let mut person = Person::at(desk);
        person.sees(Role::Alert, "2 stickers were found in the library's folder and are in the gallery now.");
        person.until("the cards", |window| (window.cards() == cards).then_some(()));
        person.leaves();

        // The next time there is nothing to say.
        let mut person = Person::at(desk);
        person.until("the cards", |window| (window.cards() == cards).then_some(()));
        assert!(!person.shows("found in the library's folder"));
        assert_eq!(desk.stickers().len(), 4, "no file was made a second time");
    });
}

#[test]
fn a_sticker_whose_file_is_gone_is_marked_and_is_not_saved_as_if_it_were_there() {
    at_a_desk(module_path!(), "a_sticker_whose_file_is_gone_is_marked_and_is_not_saved_as_if_it_were_there", |desk| {
        let mut person = Person::at(desk);
        make(&mut person, 1);
        person.leaves();
        let [sticker] = cutouts(desk).try_into().unwrap();
        let elsewhere = desk.path("elsewhere.png");
        fs::rename(&sticker, &elsewhere).unwrap();

        let mut person = Person::at(desk);
        person
            .until("a mark", |window| window.cards().iter().any(|card| card.ends_with(", file missing")).then_some(()));
        person.reads("The file of this sticker is missing");
        desk.answer_dialogs_with(&desk.path("Copy.png"));
        let dialogs = desk.dialogs();
        person.click(Role::Button, "Save as");
        person.sees(Role::Alert, "The sticker's file is gone, so there is nothing to copy");
        assert_eq!((desk.dialogs(), desk.path("Copy.png").exists()), (dialogs, false));

        // It can be taken off the list, and is whole again once its file is back.
        fs::rename(&elsewhere, &sticker).unwrap();
        person.press(Modifiers::NONE, Key::Period);
        person.until("it whole", |window| window.cards().iter().any(|card| card.ends_with(", starred")).then_some(()));
        fs::remove_file(&sticker).unwrap();
        person.press(Modifiers::NONE, Key::Delete);
        person.until("an empty gallery", |window| window.cards().is_empty().then_some(()));
    });
}
