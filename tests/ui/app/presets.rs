//! Presets of one's own: kept, used, renamed, deleted and brought back, handed on as files.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::desk::{Desk, at_a_desk};
use super::person::{Person, USUAL};

const PROMPT: &str = "Prompt";
const NAME: &str = "Name of a new preset";

/// The presets on the disk, as text.
fn kept(desk: &Desk) -> String {
    std::fs::read_to_string(desk.data().join("presets.json")).unwrap_or_default()
}

/// Waits until the file of presets says this, or no longer does.
#[track_caller]
fn until_kept(person: &mut Person, desk: &Desk, words: &str, is_there: bool) {
    person
        .until(&format!("{words} on the disk: {is_there}"), |_| (kept(desk).contains(words) == is_there).then_some(()));
}

#[track_caller]
fn until_prompt(person: &mut Person, words: &str) {
    person.until(words, |window| (window.value(Role::MultilineTextInput, PROMPT) == words).then_some(()));
}

/// Keeps the form under this name: two clicks and Enter.
fn keeps(person: &mut Person, name: &str) {
    person.click(Role::Button, "Preset, ");
    person.types(Role::TextInput, NAME, name);
    person.press(Modifiers::NONE, Key::Enter);
    person.step();
}

#[test]
fn settings_are_kept_as_a_preset_and_used_after_a_restart_as_one_step() {
    at_a_desk(module_path!(), "settings_are_kept_as_a_preset_and_used_after_a_restart_as_one_step", |desk| {
        let mut person = Person::at(desk);
        person.types(Role::MultilineTextInput, PROMPT, " in neon");
        person.sees(Role::Button, "Preset, Service default");
        keeps(&mut person, "Night club");
        person.sees(Role::Button, "Preset, Night club");
        until_kept(&mut person, desk, "Night club", true);
        assert!(!kept(desk).contains("seed"), "a preset draws its own seed: {}", kept(desk));
        person.leaves();

        let mut person = Person::at(desk);
        until_prompt(&mut person, "a person in neon");
        person.click(Role::Button, "More about the recipe");
        person.click(Role::MenuItem, "Reset all settings");
        until_prompt(&mut person, "a person");
        person.click(Role::Button, "Preset, Service default");
        person.click(Role::MenuItemRadio, "Night club");
        until_prompt(&mut person, "a person in neon");
        assert!(person.find(Role::Button, "Preset, Night club, edited").is_none());
        person.press(Modifiers::COMMAND, Key::Z);
        until_prompt(&mut person, "a person");
        person.sees(Role::Button, "Preset, Service default");
        // What is changed afterwards goes into it with two clicks.
        person.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        person.types(Role::MultilineTextInput, PROMPT, ", pink border");
        person.click(Role::Button, "Preset, Night club, edited");
        person.click(Role::MenuItem, "Save changes to Night club");
        until_kept(&mut person, desk, "a person in neon, pink border", true);
        person.leaves();
    });
}

#[test]
fn a_preset_is_renamed_and_deleted_and_comes_back() {
    at_a_desk(module_path!(), "a_preset_is_renamed_and_deleted_and_comes_back", |desk| {
        let mut person = Person::at(desk);
        keeps(&mut person, "First");
        until_kept(&mut person, desk, "First", true);
        person.click(Role::Button, "Preset, First");
        person.click(Role::Button, "Rename First");
        person.step();
        person.press(Modifiers::COMMAND, Key::A);
        person.find(Role::TextInput, "New name").unwrap().type_text("Second");
        person.step();
        person.press(Modifiers::NONE, Key::Enter);
        person.sees(Role::Button, "Preset, Second");
        until_kept(&mut person, desk, "First", false);
        assert!(kept(desk).contains("Second"));

        person.click(Role::Button, "Delete Second");
        person.sees(Role::Alert, "The preset Second is deleted.");
        until_kept(&mut person, desk, "Second", false);
        person.sees(Role::Button, "Preset, Custom");
        person.press(Modifiers::NONE, Key::Escape);
        person.step();
        // The first of this name is the one for the form, in the top bar.
        let undo = person.harness.query_all_by_role_and_label(Role::Button, "Undo").last().unwrap();
        undo.click();
        person.step();
        until_kept(&mut person, desk, "Second", true);
        person.sees(Role::Button, "Preset, Second");

        // The one undo does the same, and does it again.
        person.click(Role::Button, "Preset, Second");
        person.click(Role::Button, "Delete Second");
        until_kept(&mut person, desk, "Second", false);
        person.press(Modifiers::NONE, Key::Escape);
        person.step();
        person.press(Modifiers::COMMAND, Key::Z);
        until_kept(&mut person, desk, "Second", true);
        person.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        until_kept(&mut person, desk, "Second", false);
        person.leaves();
    });
}

#[test]
fn a_preset_with_words_puts_them_in_place_of_the_forms_and_one_without_keeps_them() {
    at_a_desk(
        module_path!(),
        "a_preset_with_words_puts_them_in_place_of_the_forms_and_one_without_keeps_them",
        |desk| {
            let mut person = Person::at(desk);
            keeps(&mut person, "Just numbers");
            person.types(Role::MultilineTextInput, PROMPT, " with a hat");
            person.types(Role::TextInput, "Negative prompt", "blush");
            for silent in ["Just numbers", "More likeness"] {
                person.click(Role::Button, "Preset, ");
                person.click(Role::MenuItemRadio, silent);
                person.sees(Role::Button, &format!("Preset, {silent}"));
                until_prompt(&mut person, "a person with a hat");
                assert_eq!(person.value(Role::TextInput, "Negative prompt"), "blush");
            }
            person.click(Role::Button, "Preset, More likeness");
            person.click(Role::MenuItemRadio, "Ink");
            until_prompt(&mut person, "ink portrait, halftone");
            assert_eq!(person.value(Role::TextInput, "Negative prompt"), "");
            person.press(Modifiers::COMMAND, Key::Z);
            until_prompt(&mut person, "a person with a hat");
            assert_eq!(person.value(Role::TextInput, "Negative prompt"), "blush");
            person.leaves();
        },
    );
}

#[test]
fn a_name_of_the_program_s_own_is_refused() {
    at_a_desk(module_path!(), "a_name_of_the_program_s_own_is_refused", |desk| {
        let mut person = Person::at(desk);
        person.types(Role::MultilineTextInput, PROMPT, " in neon");
        keeps(&mut person, "ink");
        assert!(person.enabled(Role::Button, "Save preset").is_none(), "it can be saved");
        person.step();
        assert_eq!(kept(desk), "");
        person.leaves();
    });
}

#[test]
fn presets_go_to_others_as_a_file_and_theirs_come_in_beside_ones_own() {
    at_a_desk(module_path!(), "presets_go_to_others_as_a_file_and_theirs_come_in_beside_ones_own", |desk| {
        let file = desk.path("for the team.json");
        desk.answer_dialogs_with(&file);
        let mut person = Person::at(desk);
        keeps(&mut person, "Team");
        until_kept(&mut person, desk, "Team", true);
        person.click(Role::Button, "Preset, Team");
        person.click(Role::MenuItem, "Export presets…");
        person.sees(Role::Alert, "Saved for the team.json.");
        let exported = std::fs::read_to_string(&file).unwrap();
        assert_eq!(exported, kept(desk));

        // One that is here already adds nothing; one that differs gets a number.
        std::fs::write(&file, exported.replace("\"steps\": 20", "\"steps\": 33")).unwrap();
        person.click(Role::Button, "Preset, Team");
        person.click(Role::MenuItem, "Import presets…");
        person.sees(Role::Alert, "1 preset is added.");
        until_kept(&mut person, desk, "Team 2", true);
        person.click(Role::Button, "Preset, Team");
        person.click(Role::MenuItemRadio, "Team 2");
        person.until("its steps", |window| (window.value(Role::TextInput, "Smoothing, value") == "33").then_some(()));

        // A letter is no file of presets, and nothing changes; without a dialog the path is typed.
        let letter = desk.put("letter.json", b"Dear Sir or Madam");
        desk.answer_no_dialogs();
        desk.has_no_dialogs();
        let before = kept(desk);
        person.click(Role::Button, "Preset, Team 2");
        person.click(Role::MenuItem, "Import presets…");
        person.types(Role::TextInput, "Path of the presets", &letter.display().to_string());
        person.press(Modifiers::NONE, Key::Enter);
        person.sees(Role::Alert, "This is not a file of Sticker Booth that this version can read");
        assert_eq!(kept(desk), before);
        person.leaves();
    });
}

#[test]
fn a_broken_file_of_presets_is_set_aside_with_a_sentence() {
    at_a_desk(module_path!(), "a_broken_file_of_presets_is_set_aside_with_a_sentence", |desk| {
        desk.put("data/presets.json", b"{\"version\": 1, \"presets\": [{");
        let mut person = Person::before(desk, super::person::parts(super::FakeEngine::new()), USUAL);
        person.sees(Role::Alert, "The file of presets could not be read, so a new one was begun.");
        keeps(&mut person, "New");
        until_kept(&mut person, desk, "New", true);
        let names = std::fs::read_dir(desk.data()).unwrap().map(|entry| entry.unwrap().path());
        let aside = names.filter(|path| path.file_name().unwrap().to_string_lossy().contains("presets"));
        let texts: Vec<String> = aside.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        assert!(texts.iter().any(|text| text == "{\"version\": 1, \"presets\": [{"), "{texts:?}");
        person.leaves();
    });
}
