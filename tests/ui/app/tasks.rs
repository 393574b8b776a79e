//! What people come for, in the fewest moves: a move is a click, a key, or a field that is filled.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use jiff::Zoned;

use super::FakeEngine;
use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person, parts};

/// The moves that `task` takes.
fn moves(person: &mut Person, task: impl FnOnce(&mut Person)) -> usize {
    let before = person.moves;
    task(person);
    person.moves - before
}

/// Makes this many stickers, one after the other, each with a seed of its own.
fn makes(person: &mut Person, count: usize) {
    for made in 1..=count {
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(made, "Done on this computer");
    }
    person.until("the cards", |window| (window.cards().len() == count).then_some(()));
}

fn prompt(person: &Person) -> String {
    person.value(Role::MultilineTextInput, "Prompt")
}

fn at_the_window(name: &str, look: impl FnOnce(&Desk, Person)) {
    at_a_desk(module_path!(), name, |desk| {
        let person = Person::with(desk, parts(FakeEngine::new()));
        look(desk, person);
    });
}

#[test]
fn to_make_one_of_my_photo_takes_two_moves() {
    at_the_window("to_make_one_of_my_photo_takes_two_moves", |desk, mut person| {
        desk.answer_dialogs_with(&desk.put_photo("Me.png"));
        let moves = moves(&mut person, |person| {
            person.click(Role::Button, "Pick a photo…");
            person.sees(Role::Image, "Photo, Me.png");
            person.click(Role::Button, MAKE);
            person.waits_for_jobs(1, "Done on this computer");
            person.sees(Role::Label, "Seed ");
        });
        assert_eq!(moves, 2);
        assert_eq!(desk.stickers().len(), 2);
    });
}

#[test]
fn to_make_it_look_more_like_me_takes_three_moves() {
    at_the_window("to_make_it_look_more_like_me_takes_three_moves", |_, mut person| {
        makes(&mut person, 1);
        let moves = moves(&mut person, |person| {
            person.click(Role::Button, "Preset, ");
            person.click(Role::MenuItemRadio, "More likeness");
            person.click(Role::Button, MAKE);
            person.waits_for_jobs(2, "Done on this computer");
        });
        assert_eq!(moves, 3);
        person.sees(Role::TextInput, "Palette ↔ photo colours, value");
        assert_eq!(person.value(Role::TextInput, "Palette ↔ photo colours, value"), "0.60");
    });
}

#[test]
fn to_compare_two_takes_one_move_and_says_what_differs() {
    at_the_window("to_compare_two_takes_one_move_and_says_what_differs", |_, mut person| {
        makes(&mut person, 1);
        person.types(Role::MultilineTextInput, "Prompt", "ink portrait");
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(2, "Done on this computer");
        person.until("two cards", |window| (window.cards().len() == 2).then_some(()));
        person.harness.input_mut().focused = true;
        // The hands leave the field of the prompt.
        person.press(Modifiers::NONE, Key::Escape);
        let moves = moves(&mut person, |person| {
            person.press(Modifiers::ALT, Key::ArrowRight);
            person.reads("A · Seed ");
        });
        assert_eq!(moves, 1);
        person.reads("B · Seed ");
        person.sees(Role::Slider, "Compare line");
        person.sees(Role::Button, "Use all of B");
        let differs = person.all(Role::Button, "Take Prompt, ");
        assert_eq!(differs.len(), 1, "{differs:?}");
        person.click(Role::Button, "Take Prompt, ");
        person.step();
        assert!(!prompt(&person).contains("ink"), "{}", prompt(&person));
        // One step of undo.
        person.press(Modifiers::COMMAND, Key::Z);
        person.step();
        assert!(prompt(&person).contains("ink"));
    });
}

#[test]
fn to_find_the_best_of_a_day_and_reuse_its_seed_takes_four_moves() {
    at_the_window("to_find_the_best_of_a_day_and_reuse_its_seed_takes_four_moves", |desk, mut person| {
        makes(&mut person, 3);
        person.press(Modifiers::NONE, Key::ArrowRight);
        person.press(Modifiers::NONE, Key::Period);
        let best =
            person.until("the best", |window| window.cards().into_iter().find(|name| name.ends_with(", starred")));
        let seed = best.split("seed ").nth(1).unwrap().split(',').next().unwrap().to_owned();
        person.leaves();

        let mut person = Person::at(desk);
        person.until("three cards", |window| (window.cards().len() == 3).then_some(()));
        let day = Zoned::now().strftime("%Y-%m-%d").to_string();
        let moves = moves(&mut person, |person| {
            person.types(Role::TextInput, "Search the gallery", &day);
            person.moves += 1;
            person.click(Role::Button, "Starred");
            person.until("the best alone", |window| (window.cards().len() == 1).then_some(()));
            person.click(Role::ListBoxOption, "Sticker, ");
            person.press(Modifiers::NONE, Key::D);
        });
        // The words of the search, the star, the card, and the key; the End before the words is the harness's own.
        assert_eq!(moves, 4 + 1);
        person.step();
        assert_eq!(person.value(Role::TextInput, "Seed"), seed);
    });
}

#[test]
fn to_sweep_two_sliders_takes_four_moves() {
    at_the_window("to_sweep_two_sliders_takes_four_moves", |_, mut person| {
        let moves = moves(&mut person, |person| {
            person.click(Role::Button, "Sweep");
            person.click(Role::ComboBox, "Down, ");
            person.click(Role::MenuItemRadio, "Caricature ↔ likeness");
            person.click(Role::Button, "Run ");
            person.until("cells", |window| {
                let cells = window.all(Role::ListBoxOption, "Cell, ");
                (!cells.is_empty() && cells.iter().all(|name| name.ends_with("made"))).then_some(())
            });
        });
        assert_eq!(moves, 4);
    });
}

#[test]
fn a_command_is_found_by_typing_and_what_cannot_be_done_is_dimmed() {
    at_the_window("a_command_is_found_by_typing_and_what_cannot_be_done_is_dimmed", |_, mut person| {
        person.press(Modifiers::COMMAND, Key::K);
        person.sees(Role::TextInput, "Find a command");
        assert!(person.find(Role::MenuItem, "Undo").is_some_and(|node| {
            use egui_kittest::kittest::NodeT as _;
            node.accesskit_node().is_disabled()
        }));
        let find = person.find(Role::TextInput, "Find a command").unwrap();
        find.type_text("spend led");
        person.step();
        person.step();
        assert_eq!(person.all(Role::MenuItem, ""), ["Spend ledger…"]);
        person.press(Modifiers::NONE, Key::Enter);
        person.sees(Role::Label, "Requests charged");
    });
}

#[test]
fn peeking_takes_one_value_and_undo_brings_it_back() {
    at_the_window("peeking_takes_one_value_and_undo_brings_it_back", |_, mut person| {
        person.types(Role::MultilineTextInput, "Prompt", "ink portrait");
        makes(&mut person, 1);
        person.click(Role::Button, "More about the recipe");
        person.click(Role::MenuItem, "Reset all settings");
        person.click(Role::Button, "Peek at its settings…");
        person.click(Role::Button, "Take over Prompt, ");
        person.reads("The form has the same settings.");
        person.click(Role::Button, "Close");
        person.until("the prompt", |window| prompt(window).contains("ink portrait").then_some(()));
        person.press(Modifiers::COMMAND, Key::Z);
        person.step();
        assert!(!prompt(&person).contains("ink"));
    });
}
