//! Undo, theme and preferences, as seen and as kept.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use sticker_booth::model::ThemeChoice;
use sticker_booth::settings::Settings;

use super::desk::at_a_desk;
use super::person::Person;

#[test]
fn each_change_can_be_undone_and_done_again() {
    at_a_desk(module_path!(), "each_change_can_be_undone_and_done_again", |desk| {
        let mut person = Person::at(desk);
        assert!(person.enabled(Role::Button, "Undo").is_none());
        person.find(Role::Slider, "Smoothing").unwrap().set_value_accesskit(30.0);
        person.until("30 steps", |window| (window.value(Role::TextInput, "Smoothing, value") == "30").then_some(()));
        person.click(Role::Button, "Preset, Service default");
        person.click(Role::MenuItemRadio, "Ink");
        person.until("the words of the preset", |window| {
            window.value(Role::MultilineTextInput, "Prompt").starts_with("ink").then_some(())
        });
        person.press(Modifiers::COMMAND, Key::Z);
        person.until("no words", |window| {
            (!window.value(Role::MultilineTextInput, "Prompt").starts_with("ink")).then_some(())
        });
        assert_eq!(person.value(Role::TextInput, "Smoothing, value"), "30");
        person.press(Modifiers::COMMAND, Key::Z);
        person.until("20 steps", |window| (window.value(Role::TextInput, "Smoothing, value") == "20").then_some(()));
        person.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        person.until("30 steps", |window| (window.value(Role::TextInput, "Smoothing, value") == "30").then_some(()));
    });
}

#[test]
fn the_theme_and_the_size_change_at_once_and_are_kept() {
    at_a_desk(module_path!(), "the_theme_and_the_size_change_at_once_and_are_kept", |desk| {
        let mut person = Person::at(desk);
        let kept = || Settings::load(&desk.data().join("settings.json")).unwrap().value;
        let other = if person.harness.ctx.theme() == Theme::Dark { "Light theme" } else { "Dark theme" };
        let before = person.harness.ctx.theme();
        person.click(Role::Button, other);
        person.until("the other theme", |window| (window.harness.ctx.theme() != before).then_some(()));
        let choice = if before == Theme::Dark { ThemeChoice::Light } else { ThemeChoice::Dark };
        person.until("the theme on the disk", |_| (kept().theme == choice).then_some(()));

        person.click(Role::Button, "Settings…");
        person.click(Role::TextInput, "Size of everything, %");
        person.press(Modifiers::COMMAND, Key::A);
        person.harness.event(egui::Event::Text("150".to_owned()));
        person.press(Modifiers::NONE, Key::Enter);
        person.until("the larger window", |window| (window.harness.ctx.zoom_factor() == 1.5).then_some(()));
        person.until("the size on the disk", |_| (kept().scale_percent == 150).then_some(()));
        person.leaves();

        let person = Person::at(desk);
        assert_eq!(person.harness.ctx.zoom_factor(), 1.5);
        assert_ne!(person.harness.ctx.theme(), before);
    });
}

#[test]
fn the_address_of_the_service_the_library_and_what_copies_tell_are_kept_and_nonsense_is_refused() {
    const NAME: &str = "the_address_of_the_service_the_library_and_what_copies_tell_are_kept_and_nonsense_is_refused";
    at_a_desk(module_path!(), NAME, |desk| {
        let mut person = Person::at(desk);
        let kept = || Settings::load(&desk.data().join("settings.json")).unwrap().value;
        person.click(Role::Button, "Settings…");
        person.click(Role::RadioButton, "Service");
        for (address, is_kept) in [("http://example.com", None), ("https://example.com", Some("https://example.com"))] {
            person.click(Role::TextInput, "Address of the service");
            person.press(Modifiers::COMMAND, Key::A);
            person.harness.event(egui::Event::Text(address.to_owned()));
            person.press(Modifiers::NONE, Key::Enter);
            match is_kept {
                None => person.reads("https"),
                Some(_) => person.until("the address", |_| (kept().base_url.as_deref() == is_kept).then_some(())),
            }
        }
        person.click(Role::RadioButton, "Library");
        person.click(Role::Switch, "Settings in saved copies");
        person.until("the switch", |_| (!kept().settings_in_exports).then_some(()));
        let folder = desk.path("Stickers of the family");
        std::fs::create_dir(&folder).unwrap();
        desk.answer_dialogs_with(&folder);
        person.click(Role::Button, "Choose another…");
        person.reads("From the next start new stickers go to");
        person.until("the folder", |_| (kept().library_folder.as_deref() == Some(folder.as_path())).then_some(()));
        person.leaves();
    });
}
