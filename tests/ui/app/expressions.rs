//! A list of expressions makes one pack.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use secrecy::SecretString;
use sticker_booth::keys::KeysOptions;
use sticker_booth::settings::Settings;
use sticker_booth::studio::{Parts, Served};

use super::desk::at_a_desk;
use super::files;
use super::person::Person;

const LIST: &str = "Expressions, parted by commas";

/// Opens the list and types it anew.
fn lists(person: &mut Person, words: &str) {
    person.click(Role::Button, "Expressions…");
    person.step();
    person.press(Modifiers::COMMAND, Key::A);
    person.find(Role::MultilineTextInput, LIST).unwrap().type_text(words);
    person.step();
    person.step();
}

#[test]
fn here_only_words_that_change_the_drawing_make_a_pack_all_with_one_seed() {
    at_a_desk(module_path!(), "here_only_words_that_change_the_drawing_make_a_pack_all_with_one_seed", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, "Expressions…");
        person.sees(Role::Button, "Make 12 stickers of these expressions, free, on this computer");
        person.click(Role::Button, "Cancel");
        lists(&mut person, "flying");
        person.sees(Role::Button, "Make stickers of these expressions, no words, on this computer");
        person.click(Role::Button, "Cancel");

        lists(&mut person, "ink, flying, wink");
        person.reads("This computer does not draw: flying.");
        person.click(Role::Button, "Make 2 stickers of these expressions, free, on this computer");
        person.sees(Role::Group, "2 jobs, Expressions, 2 done");
        person.click(Role::Button, "Show these jobs");
        person.until("both", |window| (window.cards().len() == 2).then_some(()));
        let jobs = person.all(Role::Group, "Job, ");
        assert!(jobs.iter().any(|job| job.contains("an ink person")), "{jobs:?}");
        assert!(jobs.iter().any(|job| job.contains("a wink person")), "{jobs:?}");
        let seed = person.value(Role::TextInput, "Seed");
        let cards = person.cards();
        assert!(cards.iter().all(|card| card.contains(&seed)), "{cards:?} of {seed}");
        // The form is as it was, and the next click makes one again.
        assert_eq!(person.value(Role::MultilineTextInput, "Prompt"), "a person");
        person.sees(Role::Button, super::person::MAKE);
        person.leaves();
    });
}

#[test]
fn at_the_service_every_word_counts_and_a_double_click_pays_once() {
    at_a_desk(module_path!(), "at_the_service_every_word_counts_and_a_double_click_pays_once", |desk| {
        let served = Served::start(0, Some(SecretString::from("pk-of-the-service")), None).unwrap();
        std::fs::create_dir_all(desk.data()).unwrap();
        let base_url = Some(served.base_url());
        let settings = Settings { base_url, told_about_licences: false, ..Settings::default() };
        settings.save(&desk.data().join("settings.json")).unwrap();
        let parts = Parts { keys: Some(KeysOptions::in_memory()), ..Parts::default() };
        let mut person = Person::with(desk, parts);
        person.click(Role::RadioButton, "Pixazo");
        person.click(Role::Button, "Add a key…");
        person.types(Role::PasswordInput, "Pixazo key", "pk-of-the-service");
        person.click(Role::Button, "Keep the key");
        person.pastes(files::linked_photo());
        person.reads("Sent as linked");
        lists(&mut person, "happy, angry, sad");
        let ticket = "Make 3 stickers of these expressions, $0.075, at Pixazo";
        person.click(Role::Button, ticket);
        // What is said once stands between, with the price of the pack, and the pack goes on behind it.
        person.reads("non-commercial");
        let make = "Make 3 stickers, $0.075, at Pixazo";
        person.sees(Role::Button, make);
        // A dialog that has just opened moves to the middle.
        person.step();
        person.step();
        for _ in 0..2 {
            person.find(Role::Button, make).unwrap().click();
        }
        person.step();
        person.step();
        person.sees(Role::Group, "3 jobs, Expressions, 3 done");
        person.click(Role::Button, "Show these jobs");
        person.step();
        assert_eq!(person.all(Role::Group, "Job, ").len(), 3);
        person.leaves();
    });
}
