//! Names for stickers, as in any file manager.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use sticker_booth::library::{Library, Query};

use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person};

/// A window with so many stickers, the newest in the viewer.
fn with_stickers(desk: &Desk, count: usize) -> Person {
    let mut person = Person::at(desk);
    for made in 1..=count {
        person.click(Role::Button, MAKE);
        person.until("a card", |window| (window.cards().len() == made).then_some(()));
    }
    let newest = person.cards()[0].clone();
    person.click(Role::ListBoxOption, &newest);
    person
}

/// The names of the cards, in which numbers of seeds are left out.
fn called(person: &Person) -> Vec<String> {
    person.cards().iter().map(|card| card.split(", ").nth(1).unwrap_or_default().to_owned()).collect()
}

fn names(library: &Library) -> Vec<String> {
    library.list(&Query::default()).unwrap().into_iter().map(|row| row.name).collect()
}

#[test]
fn a_sticker_is_renamed_found_saved_so_and_outlives_its_index() {
    at_a_desk(module_path!(), "a_sticker_is_renamed_found_saved_so_and_outlives_its_index", |desk| {
        let mut person = with_stickers(desk, 2);
        let before = called(&person);
        person.press(Modifiers::NONE, Key::F2);
        person.sees(Role::TextInput, "Name");
        person.replaces("Name", "Aunt May");
        person.press(Modifiers::NONE, Key::Enter);
        person.until("the name", |window| (called(window)[0] == "Aunt May").then_some(()));
        person.reads("Aunt May · Seed");

        // It is found by its name, and saved under it.
        person.replaces("Search the gallery", "aunt");
        person.until("one card", |window| (window.cards().len() == 1).then_some(()));
        person.press(Modifiers::NONE, Key::Escape);
        desk.has_no_dialogs();
        person.press(Modifiers::COMMAND, Key::S);
        person.sees(Role::TextInput, "Path of the copy");
        let path = person.value(Role::TextInput, "Path of the copy");
        assert!(path.ends_with("/Aunt May.png"), "{path}");
        person.click(Role::Button, "Cancel");

        // One step takes it back, and one does it again.
        person.click(Role::Button, "Clear the search");
        person.until("both", |window| (window.cards().len() == 2).then_some(()));
        person.press(Modifiers::NONE, Key::Escape);
        person.press(Modifiers::COMMAND, Key::Z);
        person.until("the derived name", |window| (called(window) == before).then_some(()));
        person.press(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Z);
        person.until("the name again", |window| (called(window)[0] == "Aunt May").then_some(()));
        person.leaves();

        let index = desk.data().join("index.sqlite");
        std::fs::remove_file(&index).unwrap();
        let library = Library::open(&desk.data().join("library"), &index).unwrap();
        library.rebuild().unwrap();
        assert_eq!(names(&library), ["Aunt May", ""]);
    });
}

#[test]
fn several_are_numbered_from_the_menu_and_an_empty_name_gives_the_derived_ones_back() {
    at_a_desk(
        module_path!(),
        "several_are_numbered_from_the_menu_and_an_empty_name_gives_the_derived_ones_back",
        |desk| {
            let mut person = with_stickers(desk, 3);
            let before = called(&person);
            person.press(Modifiers::COMMAND, Key::A);
            let first = person.cards()[0].clone();
            person.find(Role::ListBoxOption, &first).unwrap().click_secondary();
            person.step();
            person.click(Role::MenuItem, "Rename…");
            person.reads("The first of 3 stickers is called so, the others get a number after it.");
            person.replaces("Name", "Ben");
            person.click(Role::Button, "Rename");
            person.until("three names", |window| (called(window) == ["Ben", "Ben 2", "Ben 3"]).then_some(()));

            person.press(Modifiers::NONE, Key::F2);
            person.sees(Role::TextInput, "Name");
            assert_eq!(person.value(Role::TextInput, "Name"), "Ben");
            person.replaces("Name", " ");
            person.click(Role::Button, "Take the name away");
            person.until("the derived names", |window| (called(window) == before).then_some(()));
            person.press(Modifiers::COMMAND, Key::Z);
            person.until("their names again", |window| (called(window) == ["Ben", "Ben 2", "Ben 3"]).then_some(()));
            person.leaves();
        },
    );
}
