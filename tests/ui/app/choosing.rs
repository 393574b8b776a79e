//! Choosing stickers: what is done takes nothing away from busy hands, two are compared, several are one choice.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::NodeT as _;

use super::HeldEngine;
use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person, parts};

/// The seed of the sticker in the viewer, as its bar says it.
fn in_the_viewer(person: &Person) -> String {
    person.all(Role::Label, "Seed ").first().cloned().unwrap_or_default()
}

/// What the bar says of a card's sticker.
fn seed_of(card: &str) -> String {
    let (_, seed) = card.split_once("seed ").unwrap();
    format!("Seed {}", seed.split(',').next().unwrap())
}

/// Makes so many stickers one after the other, and gives their cards, the newest first.
fn make(person: &mut Person, count: usize) -> Vec<String> {
    let there = person.cards().len();
    for number in there + 1..=there + count {
        person.click(Role::Button, MAKE);
        person.until("its card", |window| (window.cards().len() == number).then_some(()));
    }
    person.cards()
}

fn holding(desk: &Desk, modifiers: Modifiers, person: &mut Person, card: &str) {
    assert!(desk.data().exists());
    person.sees(Role::ListBoxOption, card);
    person.find(Role::ListBoxOption, card).unwrap().click_modifiers(modifiers);
    person.step();
    person.step();
}

#[test]
fn a_sticker_that_is_done_leaves_the_view_alone_while_somebody_is_at_it() {
    at_a_desk(module_path!(), "a_sticker_that_is_done_leaves_the_view_alone_while_somebody_is_at_it", |desk| {
        let engine = HeldEngine::default();
        engine.let_go();
        let mut person = Person::with(desk, parts(engine.clone()));
        let cards = make(&mut person, 3);
        person.until("the newest in the viewer", |window| (in_the_viewer(window) == seed_of(&cards[0])).then_some(()));

        engine.hold();
        person.click(Role::Button, MAKE);
        person.until("a sticker in hand", |_| engine.has_begun());
        person.click(Role::ListBoxOption, &cards[1]);
        person.until("the other in the viewer", |window| (in_the_viewer(window) == seed_of(&cards[1])).then_some(()));
        let place = person.find(Role::ListBoxOption, &cards[1]).unwrap().rect();
        engine.let_go();
        person.waits_for_jobs(4, "Done on this computer");
        person.sees(Role::Button, "1 new");
        assert_eq!(person.cards(), cards, "a card moved under the hand");
        assert_eq!(person.find(Role::ListBoxOption, &cards[1]).unwrap().rect(), place);
        assert_eq!(in_the_viewer(&person), seed_of(&cards[1]));

        // The keys act on what is on the screen.
        person.press(Modifiers::NONE, Key::X);
        person.sees(Role::ListBoxOption, &format!("{}, rejected", cards[1]));
        person.press(Modifiers::NONE, Key::Delete);
        person.until("two cards", |window| (window.cards().len() == 2).then_some(()));
        assert_eq!(person.cards(), [cards[0].clone(), cards[2].clone()]);

        person.click(Role::Button, "1 new");
        person.until("what is new", |window| (window.cards().len() == 3).then_some(()));
        let newest = seed_of(&person.cards()[0]);
        assert_eq!(in_the_viewer(&person), newest);
        assert!(!cards.iter().any(|card| seed_of(card) == newest));
        person.leaves();
    });
}

#[test]
fn a_band_over_cards_chooses_them_and_with_ctrl_others_too() {
    at_a_desk(module_path!(), "a_band_over_cards_chooses_them_and_with_ctrl_others_too", |desk| {
        let mut person = Person::at(desk);
        let cards = make(&mut person, 4);
        let place = |person: &Person, card: usize| person.find(Role::ListBoxOption, &cards[card]).unwrap().rect();
        let draws = |person: &mut Person, from: usize, to: usize| {
            // From the gap before the first: a drag that begins on a card takes the card along.
            let (from, to) = (place(person, from).left_center() - vec2(4.0, 0.0), place(person, to).center());
            person.harness.drag_at(from);
            person.step();
            person.harness.hover_at(to);
            person.step();
            person.step();
            person.harness.drop_at(to);
            person.step();
            person.step();
        };
        draws(&mut person, 1, 2);
        person.reads("2 selected");
        person.press(Modifiers::NONE, Key::Period);
        person.until("two stars", |window| {
            (window.all(Role::ListBoxOption, "Sticker").iter().filter(|card| card.ends_with(", starred")).count() == 2)
                .then_some(())
        });
        person.leaves();
    });
}

#[test]
fn the_view_jumps_to_what_is_done_when_nothing_was_touched() {
    at_a_desk(module_path!(), "the_view_jumps_to_what_is_done_when_nothing_was_touched", |desk| {
        let engine = HeldEngine::default();
        engine.let_go();
        let mut person = Person::with(desk, parts(engine.clone()));
        let cards = make(&mut person, 2);
        person.click(Role::ListBoxOption, &cards[1]);
        engine.hold();
        person.click(Role::Button, MAKE);
        person.until("a sticker in hand", |_| engine.has_begun());
        // The pointer may wander.
        person.find(Role::ListBoxOption, &cards[0]).unwrap().hover();
        person.step();
        engine.let_go();
        person.until("three cards", |window| (window.cards().len() == 3).then_some(()));
        let newest = seed_of(&person.cards()[0]);
        person.until("the newest in the viewer", |window| (in_the_viewer(window) == newest).then_some(()));
        assert!(person.find(Role::Button, "1 new").is_none());
        person.leaves();
    });
}

#[test]
fn a_key_for_the_sticker_does_nothing_while_a_draft_or_the_crop_is_on_the_screen() {
    at_a_desk(
        module_path!(),
        "a_key_for_the_sticker_does_nothing_while_a_draft_or_the_crop_is_on_the_screen",
        |desk| {
            let mut person = Person::at(desk);
            let cards = make(&mut person, 1);
            person.until("the sticker", |window| (in_the_viewer(window) == seed_of(&cards[0])).then_some(()));
            person.find(Role::Slider, "Photo ↔ drawing").unwrap().set_value_accesskit(12.0);
            person.sees(Role::Image, "Draft of the sticker");
            person.press(Modifiers::NONE, Key::Delete);
            person.sees(Role::Alert, "The viewer shows a draft.");
            assert_eq!(person.cards(), cards);

            person.click(Role::Button, "Show the sticker");
            person.until("the sticker", |window| (in_the_viewer(window) == seed_of(&cards[0])).then_some(()));
            person.press(Modifiers::NONE, Key::Delete);
            person.until("no card", |window| window.cards().is_empty().then_some(()));
            person.leaves();
        },
    );
}

#[test]
fn two_stickers_are_compared_by_ctrl_click_shift_click_menu_and_button_but_none_with_itself() {
    at_a_desk(
        module_path!(),
        "two_stickers_are_compared_by_ctrl_click_shift_click_menu_and_button_but_none_with_itself",
        |desk| {
            let mut person = Person::at(desk);
            let cards = make(&mut person, 3);
            let compared = |person: &mut Person, other: &str| {
                person.sees(Role::Label, &format!("A · {}", seed_of(&cards[0])));
                person.sees(Role::Label, &format!("B · {}", seed_of(other)));
            };
            person.click(Role::ListBoxOption, &cards[0]);
            assert!(person.enabled(Role::RadioButton, "A and B").is_none());

            holding(desk, Modifiers::COMMAND, &mut person, &cards[1]);
            compared(&mut person, &cards[1]);
            person.click(Role::ListBoxOption, &cards[0]);
            person.until("one alone", |window| (in_the_viewer(window) == seed_of(&cards[0])).then_some(()));
            holding(desk, Modifiers::SHIFT, &mut person, &cards[1]);
            compared(&mut person, &cards[1]);

            person.find(Role::ListBoxOption, &cards[0]).unwrap().click_secondary();
            person.sees(Role::MenuItem, "Compare with this one");
            assert!(person.enabled(Role::MenuItem, "Compare with this one").is_none(), "compares it with itself");
            person.press(Modifiers::NONE, Key::Escape);
            person.click(Role::ListBoxOption, &cards[0]);
            person.find(Role::ListBoxOption, &cards[2]).unwrap().click_secondary();
            person.click(Role::MenuItem, "Compare with this one");
            compared(&mut person, &cards[2]);

            person.click(Role::ListBoxOption, &cards[0]);
            person.find(Role::ListBoxOption, &cards[1]).unwrap().hover();
            person.click(Role::Button, "Compare with this one");
            compared(&mut person, &cards[1]);
            person.leaves();
        },
    );
}

#[test]
fn several_stickers_are_chosen_and_starred_copied_saved_and_binned_together() {
    at_a_desk(module_path!(), "several_stickers_are_chosen_and_starred_copied_saved_and_binned_together", |desk| {
        let mut person = Person::at(desk);
        let cards = make(&mut person, 4);
        person.click(Role::ListBoxOption, &cards[3]);
        holding(desk, Modifiers::SHIFT, &mut person, &cards[1]);
        person.sees(Role::Label, "3 selected");
        assert_eq!(in_the_viewer(&person), seed_of(&cards[3]), "the viewer jumped");
        holding(desk, Modifiers::COMMAND, &mut person, &cards[2]);
        person.sees(Role::Label, "2 selected");
        person.press(Modifiers::COMMAND, Key::A);
        person.sees(Role::Label, "4 selected");
        person.press(Modifiers::NONE, Key::Period);
        person
            .until("four stars", |window| window.cards().iter().all(|card| card.ends_with(", starred")).then_some(()));

        let folder = desk.path("For the printer");
        std::fs::create_dir(&folder).unwrap();
        desk.answer_dialogs_with(&folder);
        person.press(Modifiers::COMMAND, Key::S);
        person.sees(Role::Alert, "Saved 4 images in For the printer.");
        let saved: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(saved.len(), 4, "{saved:?}");
        assert!(saved.iter().all(|name| name.to_string_lossy().starts_with("Sample portrait, sticker, ")), "{saved:?}");

        person.harness.event(egui::Event::Copy);
        person.step();
        person.sees(Role::Alert, "The paths of 4 stickers are on the clipboard.");
        person.press(Modifiers::NONE, Key::Delete);
        person.until("no card", |window| window.cards().is_empty().then_some(()));
        person.sees(Role::Alert, "4 stickers moved to the library's bin.");
        person.press(Modifiers::COMMAND, Key::Z);
        person.until("four cards", |window| (window.cards().len() == 4).then_some(()));
        person.press(Modifiers::COMMAND, Key::Z);
        person.until("no star", |window| window.cards().iter().all(|card| !card.contains("starred")).then_some(()));

        person.click(Role::ListBoxOption, &cards[0]);
        person.until("one", |window| window.all(Role::ListBoxOption, "").len().eq(&4).then_some(()));
        let chosen = |person: &Person| {
            let all = person.all(Role::ListBoxOption, "");
            let is_chosen = |name: &&String| {
                let card = person.find(Role::ListBoxOption, name).unwrap();
                let card = card.accesskit_node();
                card.is_selected() == Some(true) || card.toggled() == Some(egui::accesskit::Toggled::True)
            };
            all.iter().filter(is_chosen).count()
        };
        assert_eq!(chosen(&person), 1);
        person.leaves();
    });
}
