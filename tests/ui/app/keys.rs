//! The key: typed, tested for free, kept, deleted.

use egui::accesskit::Role;
use secrecy::SecretString;
use sticker_booth::settings::Settings;
use sticker_booth::studio::Served;

use super::desk::{Desk, at_a_desk};
use super::person::Person;

const KEY: &str = "pk-of-the-service";

/// The hosted service, with this key, on this computer.
fn service(desk: &Desk) -> Served {
    let served = Served::start(0, Some(SecretString::from(KEY)), None).unwrap();
    std::fs::create_dir_all(desk.data()).unwrap();
    let settings = Settings { base_url: Some(served.base_url()), ..Settings::default() };
    settings.save(&desk.data().join("settings.json")).unwrap();
    served
}

#[test]
fn a_key_is_tested_for_free_kept_and_deleted() {
    at_a_desk(module_path!(), "a_key_is_tested_for_free_kept_and_deleted", |desk| {
        let _service = service(desk);
        let mut person = Person::at(desk);
        person.click(Role::RadioButton, "Pixazo");
        person.sees(Role::Button, "Make sticker, no key, at Pixazo");
        person.click(Role::Button, "Add a key…");

        person.types(Role::PasswordInput, "Pixazo key", "pk-guessed");
        person.click(Role::Button, "Test it");
        person.sees(Role::Label, "Pixazo does not know this key");
        person.click(Role::Button, "Cancel");
        person
            .until("the dialog gone", |window| window.find(Role::PasswordInput, "Pixazo key").is_none().then_some(()));

        person.click(Role::Button, "Add a key…");
        person.types(Role::PasswordInput, "Pixazo key", KEY);
        person.click(Role::Button, "Test it");
        person.sees(Role::Label, "Pixazo knows this key");
        person.click(Role::Button, "Keep the key");
        person.sees(Role::Button, "Key in keychain");

        // The kept one is the one that is tested now.
        person.click(Role::Button, "Key in keychain");
        person.click(Role::Button, "Test it");
        person.sees(Role::Label, "Pixazo knows this key");
        assert!(!person.shows(KEY), "a key is never shown again");
        person.click(Role::Button, "Delete the key");
        person.click(Role::Button, "Cancel");
        person.sees(Role::Button, "Add a key…");
    });
}

#[test]
fn a_key_entered_right_after_the_address_was_changed_is_the_new_host_s() {
    at_a_desk(module_path!(), "a_key_entered_right_after_the_address_was_changed_is_the_new_host_s", |desk| {
        let served = Served::start(0, Some(SecretString::from(KEY)), None).unwrap();
        let mut person = Person::at(desk);
        person.click(Role::RadioButton, "Pixazo");
        person.click(Role::Button, "Settings…");
        person.click(Role::RadioButton, "Service");
        person.types(Role::TextInput, "Address of the service", &served.base_url());
        person.press(egui::Modifiers::NONE, egui::Key::Enter);
        person.press(egui::Modifiers::NONE, egui::Key::Escape);
        person.click(Role::Button, "Add a key…");
        person.types(Role::PasswordInput, "Pixazo key", KEY);
        person.click(Role::Button, "Keep the key");
        person.sees(Role::Button, "Key in keychain");
        // The kept one is looked for where it is sent.
        person.click(Role::Button, "Key in keychain");
        person.click(Role::Button, "Test it");
        person.sees(Role::Label, "Pixazo knows this key");
    });
}

#[test]
fn a_key_that_is_none_says_why_and_is_kept_nowhere() {
    at_a_desk(module_path!(), "a_key_that_is_none_says_why_and_is_kept_nowhere", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::RadioButton, "Pixazo");
        person.click(Role::Button, "Add a key…");
        person.types(Role::PasswordInput, "Pixazo key", "two words");
        person.click(Role::Button, "Keep the key");
        person.reads("This is not a key");
        person.sees(Role::Button, "Add a key…");
    });
}
