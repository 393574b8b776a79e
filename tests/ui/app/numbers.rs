//! Numbers that are typed: nothing is made from one that is not taken, and what becomes of it is said.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use sticker_booth::model::StickerInfo;
use sticker_booth::picture::read_png_text;

use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person};

const STRENGTH: &str = "Photo ↔ drawing, value";
const FIRST: &str = "Make sticker, correct Photo ↔ drawing first, on this computer";

/// The settings of the only sticker.
fn made(desk: &Desk) -> StickerInfo {
    let stickers = desk.stickers();
    let cutout = stickers.iter().find(|name| name.contains(".png") && !name.contains("background")).unwrap();
    let texts = read_png_text(&std::fs::read(desk.data().join("library").join(cutout)).unwrap()).unwrap();
    let text = texts.iter().find(|text| text.keyword == "sticker-booth").unwrap();
    serde_json::from_str(&text.text).unwrap()
}

#[test]
fn the_button_names_the_field_of_a_refused_number_and_makes_nothing() {
    at_a_desk(module_path!(), "the_button_names_the_field_of_a_refused_number_and_makes_nothing", |desk| {
        let mut person = Person::at(desk);
        for text in ["99", "abc", ""] {
            person.replaces(STRENGTH, text);
            if text.is_empty() {
                person.press(Modifiers::NONE, Key::Backspace);
            }
            person.sees(Role::Alert, "Photo ↔ drawing goes from 0 to 20 with one decimal.");
            person.sees(Role::Button, FIRST);
            assert!(person.enabled(Role::Button, FIRST).is_none(), "{text}");
            person.press(Modifiers::COMMAND, Key::Enter);
            for _ in 0..4 {
                person.step();
            }
            assert!(person.all(Role::Group, "Job, ").is_empty(), "{text}");
            person.press(Modifiers::NONE, Key::Escape);
            person.sees(Role::Button, MAKE);
        }
        assert!(desk.stickers().is_empty());
    });
}

#[test]
fn the_click_that_leaves_a_refused_number_corrects_it_says_so_and_makes_nothing() {
    at_a_desk(module_path!(), "the_click_that_leaves_a_refused_number_corrects_it_says_so_and_makes_nothing", |desk| {
        let mut person = Person::at(desk);
        person.replaces(STRENGTH, "99");
        person.sees(Role::Button, FIRST);
        person.find(Role::Button, FIRST).unwrap().click();
        for _ in 0..6 {
            person.step();
        }
        person.sees(Role::Alert, "Photo ↔ drawing goes from 0 to 20 with one decimal: 99 became 20.");
        assert_eq!(person.value(Role::TextInput, STRENGTH), "20");
        assert!(person.all(Role::Group, "Job, ").is_empty());
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
        assert_eq!(made(desk).recipe.prompt_strength, 20.0);
    });
}

#[test]
fn leaving_any_number_field_takes_the_nearest_number_or_the_one_before_and_says_so() {
    at_a_desk(
        module_path!(),
        "leaving_any_number_field_takes_the_nearest_number_or_the_one_before_and_says_so",
        |desk| {
            let mut person = Person::at(desk);
            person.click(Role::Switch, "Upscale 2×");
            for (field, typed, becomes, said) in [
                (STRENGTH, "-3", "0", "-3 became 0."),
                (STRENGTH, "7.13", "7.1", "7.13 became 7.1."),
                (STRENGTH, "abc", "7.1", "“abc” is no number: Photo ↔ drawing stays 7.1."),
                ("Caricature ↔ likeness, value", "1.5", "1.00", "1.5 became 1.00."),
                ("Palette ↔ photo colours, value", "2", "1.00", "2 became 1.00."),
                ("Hand and grain, value", "NaN", "0.50", "“NaN” is no number"),
                ("Smoothing, value", "0", "1", "0 became 1."),
                ("Width", "1001", "1000", "Width goes from 256 to 2048 in steps of 8: 1001 became 1000."),
                ("Height", "99999", "2048", "99999 became 2048."),
                ("Crispness", "77", "50", "77 became 50."),
                ("Seed", "99999999999", "4294967295", "99999999999 became 4294967295."),
                ("Seed", "x", "4294967295", "Seed stays 4294967295."),
            ] {
                person.scrolls_to(Role::TextInput, field);
                person.replaces(field, typed);
                person.press(Modifiers::NONE, Key::Enter);
                person.reads(said);
                assert_eq!(person.value(Role::TextInput, field), becomes, "{field} {typed}");
            }
            person.click(Role::Button, "Settings…");
            for (page, field, typed, becomes, said) in [
                ("Window", "Size of everything, %", "20", "80", "20 became 80."),
                ("Service", "Jobs at once", "99", "8", "99 became 8."),
                ("Service", "Jobs at once", "many", "8", "Jobs at once stays 8."),
            ] {
                person.click(Role::RadioButton, page);
                person.replaces(field, typed);
                person.press(Modifiers::NONE, Key::Enter);
                person.reads(said);
                person.until(field, |window| (window.value(Role::TextInput, field) == becomes).then_some(()));
            }
        },
    );
}

#[test]
fn whatever_else_sets_the_form_clears_the_text_that_was_being_typed() {
    at_a_desk(module_path!(), "whatever_else_sets_the_form_clears_the_text_that_was_being_typed", |desk| {
        let mut person = Person::at(desk);
        person.find(Role::Slider, "Smoothing").unwrap().set_value_accesskit(30.0);
        person.until("30 steps", |window| (window.value(Role::TextInput, "Smoothing, value") == "30").then_some(()));
        // By keys and assistive tools the focus stays in the field, and the number is the same before and after.
        for way in ["Undo", "Redo"] {
            person.replaces(STRENGTH, "99");
            person.sees(Role::Button, FIRST);
            person.find(Role::Button, way).unwrap().click_accesskit();
            person.until(way, |window| (window.value(Role::TextInput, STRENGTH) == "7").then_some(()));
            person.sees(Role::Button, MAKE);
        }
    });
}

#[test]
fn a_number_that_is_still_being_typed_is_the_one_that_is_made() {
    at_a_desk(module_path!(), "a_number_that_is_still_being_typed_is_the_one_that_is_made", |desk| {
        let mut person = Person::at(desk);
        person.replaces(STRENGTH, "12.5");
        person.press(Modifiers::COMMAND, Key::Enter);
        person.waits_for_jobs(1, "Done on this computer");
        assert_eq!(made(desk).recipe.prompt_strength, 12.5);
    });
}
