//! A second start on the same folder looks like the first.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT as _;

use super::desk::at_a_desk;
use super::person::{MAKE, Person};

#[test]
fn stickers_and_jobs_are_there_again() {
    at_a_desk(module_path!(), "stickers_and_jobs_are_there_again", |desk| {
        let mut person = Person::at(desk);
        for count in 1..=2 {
            person.click(Role::Button, MAKE);
            person.waits_for_jobs(count, "Done on this computer");
            person.until("its card", |window| (window.cards().len() == count).then_some(()));
        }
        let (cards, jobs) = (person.cards(), person.all(Role::Group, "Job, "));
        person.leaves();

        let mut person = Person::at(desk);
        person.until("the cards", |window| (window.cards() == cards).then_some(()));
        person.until("the jobs", |window| (window.all(Role::Group, "Job, ") == jobs).then_some(()));
    });
}

#[test]
fn the_layout_is_as_it_was_left() {
    at_a_desk(module_path!(), "the_layout_is_as_it_was_left", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, MAKE);
        person.until("a card", |window| (window.cards().len() == 1).then_some(()));
        person.click(Role::RadioButton, "White");
        person.scrolls_to(Role::DisclosureTriangle, "Delivery");
        person.click(Role::DisclosureTriangle, "Delivery");
        person.sees(Role::TextInput, "Webhook URL");
        person.click(Role::Button, "Order, Newest");
        person.click(Role::MenuItemRadio, "Seed");
        person.press(Modifiers::COMMAND, Key::Num2);
        person.until("the jobs folded", |window| window.find(Role::Button, "Open the jobs").map(drop));
        let recipe = |person: &Person| person.find(Role::Splitter, "Width of the recipe").unwrap().rect().center().x;
        let before = recipe(&person);
        person.find(Role::Splitter, "Width of the recipe").unwrap().focus();
        person.step();
        for _ in 0..5 {
            person.press(Modifiers::NONE, Key::ArrowRight);
        }
        let moved = recipe(&person);
        assert_eq!(moved, before + 40.0);
        person.leaves();

        let mut person = Person::at(desk);
        person.sees(Role::Button, "Open the jobs");
        person.sees(Role::TextInput, "Webhook URL");
        person.sees(Role::Button, "Order, Seed");
        let white = person.find(Role::RadioButton, "White").unwrap().accesskit_node();
        assert!(white.is_selected() == Some(true) || white.toggled() == Some(egui::accesskit::Toggled::True));
        assert_eq!(recipe(&person), moved);
    });
}

#[test]
fn a_layout_that_cannot_be_read_is_set_aside_and_said() {
    at_a_desk(module_path!(), "a_layout_that_cannot_be_read_is_set_aside_and_said", |desk| {
        desk.put("data/layout.json", b"{\"version\": 1, \"shell\": {\"arrangement\"");
        let mut person = Person::at(desk);
        person.sees(Role::Alert, "The layout of the window could not be read");
        let kept = std::fs::read_dir(desk.data())
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("layout.json."));
        assert_eq!(kept.count(), 1);
    });
}
