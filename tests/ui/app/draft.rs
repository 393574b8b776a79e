//! The live draft: a setting moves, and the picture follows.

use egui::accesskit::Role;

use super::desk::at_a_desk;
use super::person::Person;

/// What the viewer shows while a setting moves.
const DRAFT: &str = "Draft of the sticker";

#[test]
fn moving_a_setting_shows_a_draft_of_it() {
    at_a_desk(module_path!(), "moving_a_setting_shows_a_draft_of_it", |desk| {
        let mut person = Person::at(desk);
        for _ in 0..5 {
            person.step();
        }
        assert!(!person.shows(DRAFT), "nothing has moved yet");
        person.find(Role::Slider, "Photo ↔ drawing").unwrap().set_value_accesskit(12.0);
        person.sees(Role::Image, DRAFT);
        person.leaves();
    });
}
