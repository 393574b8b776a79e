//! What stands in the way opens the way on; and what went wrong is told whole, and goes.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use sticker_booth::model::Money;
use sticker_booth::model::money::HARD_BUDGET;
use sticker_booth::settings::{Budget, Settings};

use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person};

/// Keeps a key, typed into the dialog that is open.
fn keep_a_key(person: &mut Person) {
    person.types(Role::PasswordInput, "Pixazo key", "pk-of-the-service");
    person.click(Role::Button, "Keep the key");
    person.sees(Role::Button, "Key in keychain");
}

#[test]
fn a_button_without_a_key_opens_its_dialog_and_afterwards_nothing_asks_for_one() {
    at_a_desk(module_path!(), "a_button_without_a_key_opens_its_dialog_and_afterwards_nothing_asks_for_one", |desk| {
        let mut person = Person::at(desk);
        person.reads("It is free, runs on this computer");
        person.reads("It needs a key.");
        person.click(Role::RadioButton, "Pixazo");
        person.sees(Role::Button, "Make sticker, no key, at Pixazo");
        assert!(!person.shows("It is free"), "a hint says free beside a price");
        person.reads("Pixazo makes it for $0.025.");
        person.click(Role::Button, "Make sticker, no key, at Pixazo");
        keep_a_key(&mut person);
        person
            .until("the dialog gone", |window| window.find(Role::PasswordInput, "Pixazo key").is_none().then_some(()));
        person.sees(Role::Button, "Make sticker, $0.025, at Pixazo");

        // By the keyboard too, and the card beneath the jobs no longer asks.
        person.click(Role::RadioButton, "This computer");
        person.reads("Your key is ready.");
        assert!(!person.shows("It needs a key.") && person.find(Role::Button, "Add a key…").is_none());
        person.click(Role::Button, "Use Pixazo");
        person.sees(Role::Button, "Make sticker, $0.025, at Pixazo");
        person.leaves();
    });
}

fn with_a_budget(desk: &Desk, mills: i64) {
    std::fs::create_dir_all(desk.data()).unwrap();
    let budget = Budget { ask_above: None, refuse_above: Some(Money::from_mills(mills)) };
    Settings { budget, ..Settings::default() }.save(&desk.data().join("settings.json")).unwrap();
}

#[test]
fn a_button_above_the_budget_opens_the_budget() {
    at_a_desk(module_path!(), "a_button_above_the_budget_opens_the_budget", |desk| {
        with_a_budget(desk, 20);
        let mut person = Person::at(desk);
        person.click(Role::RadioButton, "Pixazo");
        person.click(Role::Button, "Make sticker, no key, at Pixazo");
        keep_a_key(&mut person);
        person.click(Role::Button, "Make sticker, over budget, at Pixazo");
        person.replaces(HARD_BUDGET, "1");
        person.press(Modifiers::NONE, Key::Enter);
        person.click(Role::Button, "Close");
        person.sees(Role::Button, "Make sticker, $0.025, at Pixazo");
        person.leaves();
    });
}

#[test]
fn a_button_without_a_face_asks_for_another_photo_and_makes_nothing() {
    at_a_desk(module_path!(), "a_button_without_a_face_asks_for_another_photo_and_makes_nothing", |desk| {
        let mut person = Person::at(desk);
        let wall = image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([(x / 4) as u8, (y / 3) as u8, 90]));
        wall.save(desk.path("Wall.png")).unwrap();
        person.drops(&desk.path("Wall.png"));
        person.sees(Role::Image, "Photo, Wall.png");
        desk.answer_dialogs_with(&desk.put_photo("Grandmother.png"));
        person.click(Role::Button, "Make sticker, no face, on this computer");
        person.sees(Role::Image, "Photo, Grandmother.png");
        person.until("the ticket", |window| window.enabled(Role::Button, MAKE));
        assert_eq!((person.jobs(""), desk.dialogs()), (0, 1));
        person.leaves();
    });
}

#[test]
fn trouble_is_told_whole_goes_by_a_click_and_goes_by_itself() {
    at_a_desk(module_path!(), "trouble_is_told_whole_goes_by_a_click_and_goes_by_itself", |desk| {
        let mut person = Person::at(desk);
        let folders = "A folder with a long name, ".repeat(6);
        let said = |person: &Person| person.all(Role::Alert, "").into_iter().find(|said| said.contains("Nowhere"));
        let missing = desk.path(&folders).join("Nowhere.png").display().to_string();
        person.pastes(&missing);
        let told = person.until("why not", said);
        let rect = |person: &Person| person.find(Role::Alert, &told).unwrap().rect();
        // Enough lines for all of it, not one that is cut.
        person.until("all lines", |window| (rect(window).height() > 80.0).then_some(()));
        assert!(rect(&person).width() <= 360.0);
        let label = person.find(Role::Label, &told).unwrap().rect();
        assert!(rect(&person).contains_rect(label), "{label} sticks out of {}", rect(&person));

        person.click(Role::Alert, &told.clone());
        person.until("it gone", |window| said(window).is_none().then_some(()));
        // It stays as long as the pointer is on it.
        person.harness.event(egui::Event::PointerGone);
        person.pastes(&missing);
        person.until("it again", said);
        person.lets_pass(11.0);
        person.step();
        assert!(said(&person).is_some(), "it cannot be read so fast");
        person.lets_pass(60.0);
        person.until("it gone by itself", |window| said(window).is_none().then_some(()));
        person.leaves();
    });
}

#[test]
fn nothing_below_the_words_moves_while_they_are_typed() {
    at_a_desk(module_path!(), "nothing_below_the_words_moves_while_they_are_typed", |desk| {
        let mut person = Person::at(desk);
        let place = |person: &Person| person.find(Role::DisclosureTriangle, "Likeness").unwrap().rect().top();
        let words =
            [", ink", ", halftone, bold, pop art, neon, kawaii", ", xyzzy, plugh, frobnicate the quux", ", sticker"];
        for engine in ["This computer", "Pixazo"] {
            person.click(Role::RadioButton, engine);
            person.step();
            let before = place(&person);
            for word in words {
                person.types(Role::MultilineTextInput, "Prompt", word);
                assert_eq!(place(&person), before, "{engine} {word}");
            }
        }
        person.reads("that word is not needed");
        person.leaves();
    });
}
