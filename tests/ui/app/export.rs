//! Stickers on their way to other platforms, in the whole window.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use sticker_booth::export::Target;
use sticker_booth::studio::StudioError;
use sticker_booth::studio::exports::{PackList, check_export};

use super::desk::{Desk, at_a_desk};
use super::person::Person;

/// Makes so many stickers, and chooses all of them.
fn makes(person: &mut Person, moods: &str, count: usize) {
    person.click(Role::Button, "Expressions…");
    person.step();
    person.press(Modifiers::COMMAND, Key::A);
    person.find(Role::MultilineTextInput, "Expressions, parted by commas").unwrap().type_text(moods);
    person.step();
    person.step();
    person.click(Role::Button, &format!("Make {count} stickers of these expressions, free, on this computer"));
    person.until("all of them", |window| (window.cards().len() == count).then_some(()));
    person.press(Modifiers::COMMAND, Key::A);
}

/// Is the folder what the platform wants, measured anew?
fn is_sound(folder: &Path, target: Target) -> bool {
    check_export(folder, target).unwrap().iter().all(|light| !light.refuses())
}

/// A new folder, which the next file dialog names.
fn out(desk: &Desk) -> PathBuf {
    let folder = desk.path("Out");
    std::fs::create_dir(&folder).unwrap();
    desk.answer_dialogs_with(&folder);
    folder
}

fn packed(person: &Person) -> Vec<String> {
    person.all(Role::ListBoxOption, "Sticker ")
}

#[test]
fn one_sticker_is_a_whatsapp_file_after_two_clicks_and_a_folder() {
    at_a_desk(module_path!(), "one_sticker_is_a_whatsapp_file_after_two_clicks_and_a_folder", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, super::person::MAKE);
        person.until("a sticker", |window| (window.cards().len() == 1).then_some(()));
        let folder = out(desk);
        let before = person.moves;
        person.click(Role::Button, "Export");
        person.click(Role::Button, "Export 1 sticker…");
        person.reads("WhatsApp, single stickers: ");
        assert_eq!(person.moves - before, 2);
        person.reads("measured and right");
        let written = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        assert!(is_sound(&written, Target::WhatsAppSingle));
        person.leaves();
    });
}

#[test]
fn a_pack_of_all_moods_is_made_with_two_clicks_and_a_whatsapp_pack_after_two_more() {
    at_a_desk(
        module_path!(),
        "a_pack_of_all_moods_is_made_with_two_clicks_and_a_whatsapp_pack_after_two_more",
        |desk| {
            let mut person = Person::at(desk);
            let folder = desk.path("Out");
            std::fs::create_dir(&folder).unwrap();
            desk.answer_dialogs_with(&folder);
            let before = person.moves;
            person.click(Role::Button, "Expressions…");
            person.click(Role::Button, "Make 12 stickers of these expressions, free, on this computer");
            person.until("the pack", |window| (window.cards().len() == 12).then_some(()));
            assert_eq!(person.moves - before, 2);
            person.press(Modifiers::COMMAND, Key::A);
            person.click(Role::Button, "Export");
            person.click(Role::Button, "Export 12 stickers…");
            assert_eq!(person.moves - before, 5);
            person.reads("WhatsApp: ");
            person.reads("measured and right");
            let written = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
            assert!(is_sound(&written, Target::WhatsApp));
            let contents = std::fs::read_to_string(written.join("contents.json")).unwrap();
            for mood in sticker_booth::model::moods::PACK {
                let emoji = sticker_booth::model::Mood::of(mood).unwrap().emoji;
                assert!(contents.contains(emoji), "{mood} {emoji}: {contents}");
            }
            person.leaves();
        },
    );
}

#[test]
fn a_pack_of_moods_goes_to_two_platforms_with_its_emoji() {
    at_a_desk(module_path!(), "a_pack_of_moods_goes_to_two_platforms_with_its_emoji", |desk| {
        let mut person = Person::at(desk);
        makes(&mut person, "happy, wink, sad", 3);
        person.press(Modifiers::COMMAND, Key::E);
        // In the order of the gallery, each with the emoji of its mood.
        person.until("three stickers", |window| (packed(window).len() == 3).then_some(()));
        let emoji: Vec<String> =
            (1..=3).map(|place| person.value(Role::TextInput, &format!("Emoji of sticker {place}"))).collect();
        assert!(["😊", "😉", "😞"].iter().all(|mood| emoji.iter().any(|one| one == mood)), "{emoji:?}");
        person.sees(Role::RadioButton, "WhatsApp, sticker pack, kept");
        person.reads("all kept");
        person.click(Role::CheckBox, "Export for Signal too");

        // What it is called, in which order, and that is taken back again.
        person.replaces("Title", "Eileen says");
        person.reads("Programs call it eileen-says.");
        let order = packed(&person);
        person.press(Modifiers::NONE, Key::Escape);
        person.press(Modifiers::SHIFT, Key::ArrowRight);
        person.until("another order", |window| (packed(window)[0] != order[0]).then_some(()));
        person.press(Modifiers::COMMAND, Key::Z);
        person.until("the old order", |window| (packed(window)[0].starts_with(&order[0][..12])).then_some(()));

        // What is no emoji is said, and nothing can be written until there is one.
        person.replaces("Emoji of sticker 1", "x");
        person.sees(Role::Button, "Give sticker 1 an emoji first");
        person.reads("“x” is no emoji");
        person.click(Role::Button, "Pick an emoji for sticker 1");
        person.click(Role::MenuItemRadio, "😘  Kiss");

        let folder = out(desk);
        person.click(Role::Button, "Export 3 stickers for 2 platforms…");
        person.reads("WhatsApp: ");
        person.reads("Signal: ");
        person.until("both", |window| (window.all(Role::Button, "Show the files for").len() == 2).then_some(()));
        assert!(is_sound(&folder.join("eileen-says-whatsapp"), Target::WhatsApp));
        assert!(is_sound(&folder.join("eileen-says-signal"), Target::Signal));
        let contents = std::fs::read_to_string(folder.join("eileen-says-whatsapp/contents.json")).unwrap();
        assert!(contents.contains("😘") && contents.contains("Eileen says"), "{contents}");

        let file = desk.path("Pack.json");
        desk.answer_dialogs_with(&file);
        person.click(Role::Button, "Save the pack…");
        person.sees(Role::Alert, "Saved Pack.json.");
        let list = PackList::read(&file).unwrap();
        assert_eq!((list.title.as_str(), list.stickers.len()), ("Eileen says", 3));
        person.leaves();
    });
}

#[test]
fn a_sticker_that_does_not_read_when_small_is_mended_with_one_click() {
    at_a_desk(module_path!(), "a_sticker_that_does_not_read_when_small_is_mended_with_one_click", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, super::person::MAKE);
        person.until("a sticker", |window| (window.cards().len() == 1).then_some(()));
        person.click(Role::Button, "Export");
        // At 28 pixels hardly any face is seen.
        person.sees(Role::Label, "28 px");
        person.click(Role::Button, "Thicken the outline");
        let id = 1;
        let finish = || -> Result<_, StudioError> {
            let library = sticker_booth::studio::library(&sticker_booth::studio::folders(Some(&desk.data())).unwrap())?;
            Ok(library.finish_of(&library.get(id)?)?)
        };
        person.reads("The sticker is finished anew.");
        person.until("an outline", |_| finish().is_ok_and(|finish| finish.outline.on).then_some(()));
        person.press(Modifiers::COMMAND, Key::Z);
        person.until("no outline", |_| finish().is_ok_and(|finish| !finish.outline.on).then_some(()));
        person.click(Role::Button, "Lift contrast");
        person.until("more contrast", |_| finish().is_ok_and(|finish| finish.contrast > 0.2).then_some(()));
        person.leaves();
    });
}
