//! Keys become actions by the one table, and stay out of the way of typing.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sticker_booth::ui::action::{Action, Command, GalleryAction, StickerId};
use sticker_booth::ui::shell::Shell;

use crate::harness::{Asked, window};
use crate::sample::{Extras, Scene, with_view};

fn shell() -> Harness<'static, Asked<Shell>> {
    let mut harness = window(egui::vec2(1360.0, 860.0), Shell::default(), |ui, shell, actions| {
        with_view(Scene::Working, None, &Extras::default(), |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    harness.state_mut().take();
    harness
}

fn press(harness: &mut Harness<'_, Asked<Shell>>, modifiers: Modifiers, key: Key) -> Vec<Action> {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
    harness.state_mut().take()
}

#[test]
fn control_enter_makes_even_while_the_prompt_is_being_typed() {
    let mut harness = shell();
    assert!(matches!(press(&mut harness, Modifiers::COMMAND, Key::Enter)[..], [Action::Run(Command::Make)]));
    harness.get_by_label("Prompt").focus();
    harness.run_ok();
    harness.state_mut().take();
    assert!(matches!(press(&mut harness, Modifiers::COMMAND, Key::Enter)[..], [Action::Run(Command::Make)]));
}

#[test]
fn undo_and_redo_are_told_apart_by_shift() {
    let mut harness = shell();
    assert!(matches!(press(&mut harness, Modifiers::COMMAND, Key::Z)[..], [Action::Run(Command::Undo)]));
    let both = Modifiers::COMMAND | Modifiers::SHIFT;
    assert!(matches!(press(&mut harness, both, Key::Z)[..], [Action::Run(Command::Redo)]));
}

#[test]
fn plain_keys_act_on_the_sticker_but_never_while_typing() {
    let mut harness = shell();
    assert!(matches!(press(&mut harness, Modifiers::NONE, Key::X)[..], [Action::Run(Command::ToggleReject)]));
    assert!(matches!(press(&mut harness, Modifiers::NONE, Key::Period)[..], [Action::Run(Command::ToggleStar)]));
    harness.get_by_label("Search the gallery").focus();
    harness.run_ok();
    harness.state_mut().take();
    assert!(press(&mut harness, Modifiers::NONE, Key::X).is_empty());
}

#[test]
fn arrows_move_from_sticker_to_sticker() {
    let mut harness = shell();
    let actions = press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(matches!(actions[..], [Action::Gallery(GalleryAction::Select(StickerId(3)))]), "{actions:?}");
    let actions = press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert!(matches!(actions[..], [Action::Gallery(GalleryAction::Select(StickerId(1)))]), "{actions:?}");
    let actions = press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!(matches!(actions[..], [Action::Gallery(GalleryAction::Select(StickerId(10)))]), "{actions:?}");
}

#[test]
fn commands_about_looking_stay_in_the_window() {
    let mut harness = shell();
    for key in [Key::Num0, Key::Num1, Key::Plus, Key::Minus] {
        assert!(press(&mut harness, Modifiers::NONE, key).is_empty());
    }
    press(&mut harness, Modifiers::COMMAND, Key::G);
    assert!(harness.state().panel.arrangement.gallery_full);
}

#[test]
fn the_clipboard_reaches_the_window_unless_a_field_takes_it() {
    let mut harness = shell();
    harness.event(egui::Event::Paste("https://example.com/face.jpg".to_owned()));
    harness.event(egui::Event::Copy);
    harness.run_ok();
    let words = harness.state_mut().words();
    assert!(words.iter().any(|word| word.contains("PasteText")), "{words:?}");
    assert!(words.iter().any(|word| word.contains("CopySticker")), "{words:?}");
    harness.get_by_label("Prompt").focus();
    harness.run_ok();
    harness.state_mut().take();
    harness.event(egui::Event::Paste("bold".to_owned()));
    harness.run_ok();
    let words = harness.state_mut().words();
    assert!(!words.iter().any(|word| word.contains("PasteText")), "{words:?}");
}

#[test]
fn tab_reaches_the_top_bar_first_and_the_recipe_after_it() {
    let mut harness = shell();
    let mut reached = Vec::new();
    for _ in 0..12 {
        harness.key_press(Key::Tab);
        harness.run_ok();
        let focused = harness.query_all_by(|node| node.is_focused()).next().and_then(|node| {
            use egui_kittest::kittest::NodeT as _;
            node.accesskit_node().label()
        });
        reached.extend(focused);
    }
    let place = |label: &str| reached.iter().position(|one| one == label);
    assert!(place("Undo").is_some() && place("This computer").is_some(), "{reached:?}");
    assert!(place("Undo") < place("More about the recipe") || place("More about the recipe").is_none(), "{reached:?}");
}
