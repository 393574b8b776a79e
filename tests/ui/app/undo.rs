//! One undo for what was done last, whatever it was; and the bin, which is a place.

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use super::desk::at_a_desk;
use super::person::{MAKE, Person};

fn undo(person: &mut Person) {
    person.press(Modifiers::COMMAND, Key::Z);
    person.step();
}

fn redo(person: &mut Person) {
    person.press(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Z);
    person.step();
}

#[test]
fn the_last_thing_is_taken_back_first_whatever_it_was() {
    at_a_desk(module_path!(), "the_last_thing_is_taken_back_first_whatever_it_was", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, MAKE);
        person.until("a card", |window| (window.cards().len() == 1).then_some(()));
        let card = person.cards()[0].clone();

        // A setting, a star, another photo, another crop, and the bin.
        person.replaces("Smoothing, value", "41");
        person.press(Modifiers::NONE, Key::Enter);
        person.press(Modifiers::NONE, Key::Escape);
        let until_steps = |person: &mut Person, value: &str| {
            person.until(value, |window| (window.value(Role::TextInput, "Smoothing, value") == value).then_some(()));
        };
        until_steps(&mut person, "41");
        person.click(Role::ListBoxOption, &card);
        person.press(Modifiers::NONE, Key::Period);
        let starred = format!("{card}, starred");
        person.until("a star", |window| (window.cards() == [starred.clone()]).then_some(()));
        person.drops(&desk.put_photo("Uncle.png"));
        person.sees(Role::Image, "Photo, Uncle.png");
        person.until("its crop", |window| (!window.all(Role::Canvas, "Crop in the well").is_empty()).then_some(()));
        let crop = |person: &Person| person.all(Role::Canvas, "Crop in the well").concat();
        let proposed = crop(&person);
        person.click(Role::Button, "More about the photo");
        person.click(Role::MenuItem, "Add padding");
        person.until("another crop", |window| (crop(window) != proposed).then_some(()));
        person.click(Role::ListBoxOption, &starred);
        person.press(Modifiers::NONE, Key::Delete);
        person.until("no card", |window| window.cards().is_empty().then_some(()));

        undo(&mut person);
        person.until("the card again", |window| (window.cards() == [starred.clone()]).then_some(()));
        person.sees(Role::Alert, "The sticker is back.");
        assert_ne!(crop(&person), proposed);
        undo(&mut person);
        person.until("the crop as proposed", |window| (crop(window) == proposed).then_some(()));
        person.sees(Role::Image, "Photo, Uncle.png");
        undo(&mut person);
        person.sees(Role::Image, "Photo, Sample portrait.png");
        assert_eq!(person.cards(), std::slice::from_ref(&starred));
        undo(&mut person);
        person.until("no star", |window| (window.cards() == [card.clone()]).then_some(()));
        until_steps(&mut person, "41");
        undo(&mut person);
        until_steps(&mut person, "20");
        assert!(person.enabled(Role::Button, "Undo").is_none(), "there is an empty step");

        for _ in 0..2 {
            redo(&mut person);
        }
        until_steps(&mut person, "41");
        person.until("a star", |window| (window.cards() == [starred.clone()]).then_some(()));
        redo(&mut person);
        person.sees(Role::Image, "Photo, Uncle.png");
        person.leaves();
    });
}

#[test]
fn the_bin_is_opened_restores_and_is_emptied_after_a_question() {
    at_a_desk(module_path!(), "the_bin_is_opened_restores_and_is_emptied_after_a_question", |desk| {
        let mut person = Person::at(desk);
        for count in 1..=3 {
            person.click(Role::Button, MAKE);
            person.until("a card", |window| (window.cards().len() == count).then_some(()));
        }
        let cards = person.cards();
        person.click(Role::ListBoxOption, &cards[1]);
        for left in [2, 1] {
            person.press(Modifiers::NONE, Key::Delete);
            person.until("a card less", |window| (window.cards().len() == left).then_some(()));
        }
        assert_eq!(person.cards(), [cards[0].clone()]);

        person.click(Role::Button, "Bin");
        person.sees(Role::Label, "Bin");
        person.until("both", |window| (window.cards() == cards[1..]).then_some(()));
        person.click(Role::ListBoxOption, &cards[2]);
        person.click(Role::Button, "Restore");
        person.until("the other", |window| (window.cards() == cards[1..2]).then_some(()));
        person.click(Role::Button, "Empty the bin…");
        person.sees(
            Role::Label,
            "1 sticker goes to the system's trash, with every file. A file manager can bring it back, undo cannot.",
        );
        person.click(Role::Button, "Keep them");
        person.until("the question gone", |window| window.find(Role::Button, "Keep them").is_none().then_some(()));
        assert_eq!(person.cards(), cards[1..2]);
        person.click(Role::Button, "Empty the bin…");
        person.click(Role::Button, "Move to the system's trash");
        person.sees(Role::Alert, "1 sticker is in the system's trash.");
        person.sees(Role::Label, "The bin is empty");
        person.click(Role::Button, "Back to the gallery");
        person.until("the gallery", |window| (window.cards() == [cards[0].clone(), cards[2].clone()]).then_some(()));
        // A cut-out and a picture with its background each, and nothing of the one that is gone.
        let kept = desk.stickers();
        assert_eq!(kept.len(), 4, "{kept:?}");
        // Both pictures lie where a file manager finds them, each with the place that it came from.
        assert_eq!(desk.trashed("files").len(), 2);
        for note in desk.trashed("info") {
            let note = std::fs::read_to_string(desk.trash().join("info").join(note)).unwrap();
            assert!(note.starts_with("[Trash Info]\n") && note.contains("/library/.sticker-booth/bin/"), "{note}");
        }

        // What is in the bin when the window closes goes there too.
        person.press(Modifiers::NONE, Key::Delete);
        person.until("a card less", |window| (window.cards().len() == 1).then_some(()));
        person.leaves();
        assert_eq!((desk.stickers().len(), desk.trashed("files").len()), (2, 4));
    });
}

#[test]
fn where_no_trash_takes_it_the_bin_is_kept_and_that_is_said() {
    at_a_desk(module_path!(), "where_no_trash_takes_it_the_bin_is_kept_and_that_is_said", |desk| {
        desk.put("home/.local/share/Trash", b"a file where the folder should be");
        let mut person = Person::at(desk);
        person.click(Role::Button, MAKE);
        person.until("a card", |window| (window.cards().len() == 1).then_some(()));
        let cards = person.cards();
        person.click(Role::ListBoxOption, &cards[0]);
        person.press(Modifiers::NONE, Key::Delete);
        person.until("no card", |window| window.cards().is_empty().then_some(()));
        person.click(Role::Button, "Bin");
        person.until("the sticker", |window| (window.cards() == cards).then_some(()));
        person.click(Role::Button, "Empty the bin…");
        person.click(Role::Button, "Move to the system's trash");
        person.sees(Role::Alert, "The system's trash does not take this file, so it stays in the bin");
        person.until("the sticker still", |window| (window.cards() == cards).then_some(()));
        person.leaves();
        let mut person = Person::at(desk);
        person.click(Role::Button, "Bin");
        person.until("the sticker again", |window| (window.cards() == cards).then_some(()));
        person.leaves();
    });
}

#[test]
fn a_photo_that_cannot_be_used_leaves_the_one_in_the_well_and_the_ticket() {
    at_a_desk(module_path!(), "a_photo_that_cannot_be_used_leaves_the_one_in_the_well_and_the_ticket", |desk| {
        let mut person = Person::at(desk);
        person.drops(&desk.put_photo("Good.png"));
        person.sees(Role::Image, "Photo, Good.png");
        person.pastes(&desk.path("Nowhere.png").display().to_string());
        person.sees(Role::Alert, "");
        assert!(person.all(Role::Alert, "").concat().contains("Nowhere.png"));
        person.sees(Role::Button, "Replace…");
        person.sees(Role::Label, "Face found");
        assert!(person.enabled(Role::Button, MAKE).is_some());

        // Several photos stay too.
        person.drops_all(&[desk.put_photo("Anna.png"), desk.put_photo("Bert.png")]);
        person.sees(Role::RadioButton, "Photo 2 of 2, Bert.png");
        person.pastes(&desk.path("Elsewhere.png").display().to_string());
        person.until("why not", |window| window.all(Role::Alert, "").concat().contains("Elsewhere.png").then_some(()));
        person.sees(Role::RadioButton, "Photo 2 of 2, Bert.png");
        undo(&mut person);
        person.sees(Role::Image, "Photo, Good.png");
        person.until("one photo", |window| window.all(Role::RadioButton, "Photo ").len().le(&1).then_some(()));
        redo(&mut person);
        person.sees(Role::RadioButton, "Photo 2 of 2, Bert.png");
        person.leaves();
    });
}
