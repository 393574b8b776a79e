//! The recipe: back to the last run's values one by one, what is sent in words, and settings that come from elsewhere.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use sticker_booth::model::{Recipe, settings_text};

use super::desk::at_a_desk;
use super::person::{MAKE, Person};

#[track_caller]
fn until_value(person: &mut Person, field: &str, value: &str) {
    person.until(&format!("{field}: {value}"), |window| (window.value(Role::TextInput, field) == value).then_some(()));
}

#[test]
fn one_click_takes_a_setting_of_the_last_run_back_as_one_step() {
    at_a_desk(module_path!(), "one_click_takes_a_setting_of_the_last_run_back_as_one_step", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
        assert!(person.all(Role::Button, "").iter().all(|name| !name.contains("as in the last run")));

        person.replaces("Smoothing, value", "41");
        person.press(Modifiers::NONE, Key::Enter);
        until_value(&mut person, "Smoothing, value", "41");
        person.click(Role::Button, "Size preset, Square");
        person.click(Role::MenuItemRadio, "Portrait");
        until_value(&mut person, "Height", "1216");

        person.click(Role::Button, "Size back to 1024 × 1024, as in the last run");
        until_value(&mut person, "Height", "1024");
        until_value(&mut person, "Width", "1024");
        until_value(&mut person, "Smoothing, value", "41");
        person.click(Role::Button, "Smoothing back to 20, as in the last run");
        until_value(&mut person, "Smoothing, value", "20");
        assert!(person.all(Role::Button, "").iter().all(|name| !name.contains("as in the last run")));
        person.press(Modifiers::COMMAND, Key::Z);
        until_value(&mut person, "Smoothing, value", "41");
        person.press(Modifiers::COMMAND, Key::Z);
        until_value(&mut person, "Height", "1216");
        until_value(&mut person, "Width", "832");
        person.leaves();
    });
}

#[test]
fn what_the_hosted_model_reads_is_shown_and_a_word_too_many_is_named() {
    at_a_desk(module_path!(), "what_the_hosted_model_reads_is_shown_and_a_word_too_many_is_named", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::RadioButton, "Pixazo");
        person.click(Role::Button, "What is sent");
        person.reads("Sticker, a person, cel shaded, svg, vector art, sharp");
        assert!(!person.shows("that word is not needed"));
        person.types(Role::MultilineTextInput, "Prompt", ", sticker style");
        person.reads("Sticker, a person, sticker style, cel shaded");
        person.reads("that word is not needed");
        person.leaves();
    });
}

#[test]
fn settings_from_elsewhere_bring_the_earlier_ones_back_by_their_own_button() {
    at_a_desk(module_path!(), "settings_from_elsewhere_bring_the_earlier_ones_back_by_their_own_button", |desk| {
        let mut person = Person::at(desk);
        let pasted = Recipe { prompt: "neon portrait".to_owned(), ..Recipe::default().with_seed(5) };
        let text = settings_text::to_a1111(&pasted);
        person.pastes(&text);
        person.sees(Role::Alert, "These settings are in the form now.");
        // What is changed since does not keep its button from doing what it says.
        person.types(Role::MultilineTextInput, "Prompt", ", bold");
        let undo = person.harness.query_all_by_role_and_label(Role::Button, "Undo").last().unwrap();
        undo.click();
        person.until("the form as it was", |window| {
            (window.value(Role::MultilineTextInput, "Prompt") == "a person").then_some(())
        });
        person.press(Modifiers::COMMAND, Key::Z);
        person.until("a step of its own", |window| {
            (window.value(Role::MultilineTextInput, "Prompt") == "neon portrait, bold").then_some(())
        });
        person.press(Modifiers::COMMAND, Key::Z);
        person.pastes(&text);
        person.sees(Role::Alert, "The form has these settings already.");
        person.leaves();
    });
}
