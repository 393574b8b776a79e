//! Finishing in the window: by role and label, on real files.

use std::fs;
use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};

use sticker_booth::model::Finish;

use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person};

/// The recipes that lie beside the stickers, each with its file.
fn recipes(desk: &Desk) -> Vec<(PathBuf, Finish)> {
    let Ok(entries) = fs::read_dir(desk.data().join("library/.sticker-booth/finishes")) else { return Vec::new() };
    let read = |path: PathBuf| Some((path.clone(), serde_json::from_slice(&fs::read(path).ok()?).ok()?));
    entries.flatten().filter_map(|entry| read(entry.path())).collect()
}

/// The only recipe there is, once it is as wanted.
fn until_recipe(person: &mut Person, desk: &Desk, what: &str, is_it: impl Fn(&Finish) -> bool) {
    person.until(what, |_| recipes(desk).iter().any(|(_, finish)| is_it(finish)).then_some(()));
}

fn until_plain(person: &mut Person, desk: &Desk) {
    person.until("no recipe", |_| recipes(desk).is_empty().then_some(()));
}

fn undo(person: &mut Person) {
    person.press(Modifiers::COMMAND, Key::Z);
    person.step();
}

/// A window with one sticker.
fn with_sticker(desk: &Desk) -> Person {
    let mut person = Person::at(desk);
    person.click(Role::Button, MAKE);
    person.until("a card", |window| (window.cards().len() == 1).then_some(()));
    let card = person.cards()[0].clone();
    person.click(Role::ListBoxOption, &card);
    person.sees(Role::Button, "Looks");
    person
}

#[test]
fn a_look_is_one_click_and_one_undo_and_the_original_stays() {
    at_a_desk(module_path!(), "a_look_is_one_click_and_one_undo_and_the_original_stays", |desk| {
        let mut person = with_sticker(desk);
        let name = desk.stickers().into_iter().find(|name| !name.ends_with("-background.png")).unwrap();
        let original = desk.data().join("library").join(name);
        let before = fs::read(&original).unwrap();
        person.press(Modifiers::NONE, Key::F);
        person.click(Role::RadioButton, "Comic");
        until_recipe(&mut person, desk, "a comic outline", |finish| finish.outline.on && finish.second.on);
        person.click(Role::RadioButton, "Puffy");
        until_recipe(&mut person, desk, "foam", |finish| finish.relief.puff > 0.5 && !finish.second.on);
        undo(&mut person);
        until_recipe(&mut person, desk, "comic again", |finish| finish.second.on);
        undo(&mut person);
        until_plain(&mut person, desk);
        person.press(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Z);
        until_recipe(&mut person, desk, "comic once more", |finish| finish.second.on);
        assert_eq!(fs::read(&original).unwrap(), before);

        let copy = desk.path("copy.png");
        desk.answer_dialogs_with(&copy);
        person.press(Modifiers::COMMAND, Key::S);
        person.sees(Role::Alert, "Saved");
        let (copy, original) = (image::open(copy).unwrap(), image::open(&original).unwrap());
        assert_eq!((copy.width(), copy.height()), (original.width(), original.height()));
        assert_ne!(copy.into_rgba8(), original.into_rgba8(), "what is saved is finished");
    });
}

#[test]
fn a_recipe_that_was_just_changed_is_kept_when_the_window_closes() {
    at_a_desk(module_path!(), "a_recipe_that_was_just_changed_is_kept_when_the_window_closes", |desk| {
        let mut person = with_sticker(desk);
        person.click(Role::Button, "Outline");
        person.click(Role::Switch, "Outline");
        person.leaves();
        assert!(recipes(desk)[0].1.outline.on);
    });
}

#[test]
fn numbers_and_words_are_one_step_each_however_long_they_were_changed() {
    at_a_desk(module_path!(), "numbers_and_words_are_one_step_each_however_long_they_were_changed", |desk| {
        let mut person = with_sticker(desk);
        person.click(Role::Button, "Outline");
        person.click(Role::Switch, "Outline");
        person.find(Role::Slider, "Width").unwrap().focus();
        person.step();
        for _ in 0..6 {
            person.press(Modifiers::NONE, Key::ArrowRight);
        }
        until_recipe(&mut person, desk, "a wider line", |finish| finish.outline.width > 0.03);
        person.click(Role::Button, "Caption");
        person.types(Role::MultilineTextInput, "Words on the sticker", "Hello");
        until_recipe(&mut person, desk, "words", |finish| finish.caption.text == "Hello");
        person.press(Modifiers::NONE, Key::Escape);
        undo(&mut person);
        until_recipe(&mut person, desk, "no words", |finish| finish.caption.text.is_empty() && finish.outline.on);
        undo(&mut person);
        until_recipe(&mut person, desk, "the usual width", |finish| finish.outline.width < 0.03 && finish.outline.on);
        undo(&mut person);
        until_plain(&mut person, desk);
    });
}

#[test]
fn a_stroke_of_the_brush_is_one_step_and_brackets_change_its_size() {
    at_a_desk(module_path!(), "a_stroke_of_the_brush_is_one_step_and_brackets_change_its_size", |desk| {
        let mut person = with_sticker(desk);
        person.click(Role::Button, "Brush");
        let size = |person: &Person| person.value(Role::TextInput, "Brush size, value");
        person.until("a size", |window| (size(window) == "6").then_some(()));
        person.press(Modifiers::NONE, Key::CloseBracket);
        person.until("a larger brush", |window| (size(window) == "7.2").then_some(()));
        person.press(Modifiers::NONE, Key::OpenBracket);
        person.until("the brush as before", |window| (size(window) == "6").then_some(()));
        person.until("a brush that is ready", |window| window.enabled(Role::Canvas, "Draw with the brush"));
        let picture = person.find(Role::Image, "Sticker, seed").unwrap().rect();
        let from = picture.left_center() + vec2(60.0, 0.0);
        for count in 1..=2 {
            person.harness.drag_at(from);
            person.step();
            for step in 1..=5 {
                person.harness.hover_at(from + vec2(8.0 * step as f32, 20.0 * count as f32));
                person.step();
            }
            person.harness.drop_at(from + vec2(40.0, 20.0 * count as f32));
            person.step();
            until_recipe(&mut person, desk, "a stroke", |finish| finish.cutout.strokes.len() == count);
        }
        undo(&mut person);
        until_recipe(&mut person, desk, "one stroke less", |finish| finish.cutout.strokes.len() == 1);
        undo(&mut person);
        until_plain(&mut person, desk);
    });
}

#[test]
fn a_stroke_within_one_frame_ends_and_is_not_joined_to_the_next_one() {
    at_a_desk(module_path!(), "a_stroke_within_one_frame_ends_and_is_not_joined_to_the_next_one", |desk| {
        let mut person = with_sticker(desk);
        person.click(Role::Button, "Brush");
        person.until("a brush that is ready", |window| window.enabled(Role::Canvas, "Draw with the brush"));
        let picture = person.find(Role::Image, "Sticker, seed").unwrap().rect();
        person.harness.hover_at(picture.center());
        person.step();
        for count in 1..=2 {
            let from = picture.left_center() + vec2(60.0, 40.0 * count as f32);
            person.harness.drag_at(from);
            person.harness.hover_at(from + vec2(30.0, 0.0));
            person.harness.drop_at(from + vec2(50.0, 0.0));
            person.step();
            person.step();
            until_recipe(&mut person, desk, "a stroke", |finish| {
                finish.cutout.strokes.len() == count
                    && finish.cutout.strokes.iter().all(|stroke| stroke.points.len() > 1)
            });
        }
        undo(&mut person);
        until_recipe(&mut person, desk, "one stroke less", |finish| finish.cutout.strokes.len() == 1);
    });
}

#[test]
fn all_that_are_chosen_are_finished_alike_and_taken_back_together() {
    at_a_desk(module_path!(), "all_that_are_chosen_are_finished_alike_and_taken_back_together", |desk| {
        let mut person = with_sticker(desk);
        person.click(Role::Button, MAKE);
        person.until("two cards", |window| (window.cards().len() == 2).then_some(()));
        let card = person.cards()[0].clone();
        person.click(Role::ListBoxOption, &card);
        person.press(Modifiers::COMMAND, Key::A);
        person.click(Role::Button, "Looks");
        person.click(Role::RadioButton, "Candy");
        person.click(Role::Button, "Finish all 2 like this");
        person.sees(Role::Alert, "1 sticker is finished like this one.");
        let second = |desk: &Desk| recipes(desk).iter().filter(|(_, finish)| finish.second.on).count();
        person.until("two recipes", |_| (second(desk) == 2).then_some(()));
        undo(&mut person);
        person.until("one recipe", |_| (second(desk) == 1).then_some(()));
    });
}
