//! What the clipboard holds becomes a photo, a link or settings.

use std::sync::Arc;

use egui::ColorImage;
use egui::accesskit::Role;
use sticker_booth::model::{Recipe, settings_text};

use super::desk::at_a_desk;
use super::files;
use super::person::Person;

#[test]
fn a_pasted_path_is_read_in_each_of_its_forms() {
    at_a_desk(module_path!(), "a_pasted_path_is_read_in_each_of_its_forms", |desk| {
        let mut person = Person::at(desk);
        let plain = desk.put_photo("Plain.png");
        person.pastes(&plain.display().to_string());
        person.sees(Role::Image, "Photo, Plain.png");
        let spaced = desk.put_photo("With spaces, ä.png");
        person.pastes(&format!("{}\n", spaced.display()));
        person.sees(Role::Image, "Photo, With spaces, ä.png");
        // As file managers put it on the clipboard.
        desk.put_photo("By address é.png");
        person.pastes(&format!("file://{}", desk.path("By%20address%20%C3%A9.png").display()));
        person.sees(Role::Image, "Photo, By address é.png");
    });
}

#[test]
fn a_pasted_link_is_fetched() {
    at_a_desk(module_path!(), "a_pasted_link_is_fetched", |desk| {
        let mut person = Person::at(desk);
        person.pastes(&files::serve("/face.png", sticker_booth::studio::SAMPLE.to_vec()));
        person.sees(Role::Image, "Photo, face.png");
    });
}

#[test]
fn a_typed_link_is_fetched_and_the_dialog_goes() {
    at_a_desk(module_path!(), "a_typed_link_is_fetched_and_the_dialog_goes", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, "Type a link…");
        let link = files::serve("/typed.png", sticker_booth::studio::SAMPLE.to_vec());
        person.types(Role::TextInput, "Link or path of the photo", &link);
        person.click(Role::Button, "Use this photo");
        person.sees(Role::Image, "Photo, typed.png");
        assert!(person.find(Role::TextInput, "Link or path of the photo").is_none());
    });
}

#[test]
fn pasted_settings_fill_the_form_in_one_step() {
    at_a_desk(module_path!(), "pasted_settings_fill_the_form_in_one_step", |desk| {
        let mut person = Person::at(desk);
        let recipe = Recipe { prompt: "neon portrait".to_owned(), steps: 33, ..Recipe::default() };
        let before = person.value(Role::MultilineTextInput, "Prompt");
        let forms = [
            settings_text::to_a1111(&recipe),
            settings_text::to_json(&recipe, "https://example.com/face.jpg"),
            settings_text::to_curl(&recipe, "https://example.com/face.jpg", "https://example.com"),
        ];
        for text in forms {
            person.pastes(&text);
            person.sees(Role::Alert, "These settings are in the form now.");
            assert_eq!(person.value(Role::MultilineTextInput, "Prompt"), "neon portrait", "{text}");
            assert_eq!(person.value(Role::TextInput, "Smoothing, value"), "33", "{text}");
            person.click(Role::Button, "Undo");
            person.until("the form as it was", |window| {
                (window.value(Role::MultilineTextInput, "Prompt") == before).then_some(())
            });
            person.click(Role::Button, "Close");
        }
    });
}

#[test]
fn settings_of_others_are_taken_as_far_as_they_fit_and_the_rest_is_said() {
    at_a_desk(module_path!(), "settings_of_others_are_taken_as_far_as_they_fit_and_the_rest_is_said", |desk| {
        let mut person = Person::at(desk);
        let settings = "ink cat\nNegative prompt: bad\nSteps: 30, Sampler: Euler a, CFG scale: 25, Seed: 99999999999, \
                        Size: 512x768\nTemplate: a {red|blue} cat\nNegative Template: bad";
        person.pastes(settings);
        person.reads(
            "These settings are in the form now. Not all of it fits: Photo ↔ drawing 25 became 20; Seed 99999999999 is \
             left out, it must be an integer from 0 to 4294967295; 2 lines after the settings are left out.",
        );
        assert_eq!(person.value(Role::MultilineTextInput, "Prompt"), "ink cat");
        assert_eq!(person.value(Role::TextInput, "Negative prompt"), "bad");
        assert_eq!(person.value(Role::TextInput, "Smoothing, value"), "30");
        assert_eq!(person.value(Role::TextInput, "Photo ↔ drawing, value"), "20");
        person.pastes(r#"{"positive_prompt": "neon cat", "cfg_scale": 4.5, "steps": 12}"#);
        person.until("the words of InvokeAI", |window| {
            (window.value(Role::MultilineTextInput, "Prompt") == "neon cat").then_some(())
        });
        assert_eq!(person.value(Role::TextInput, "Photo ↔ drawing, value"), "4.5");
    });
}

#[test]
fn a_pasted_picture_is_the_photo() {
    at_a_desk(module_path!(), "a_pasted_picture_is_the_photo", |desk| {
        let mut person = Person::at(desk);
        let sample = image::load_from_memory(sticker_booth::studio::SAMPLE).unwrap().into_rgba8();
        let size = [sample.width() as usize, sample.height() as usize];
        let picture = ColorImage::from_rgba_unmultiplied(size, sample.as_raw());
        person.harness.event(egui::Event::PasteImage(Arc::new(picture)));
        person.sees(Role::Image, "Photo, Pasted picture.png");
        person.sees(Role::Label, "Face found");
    });
}

#[test]
fn a_pasted_text_that_is_nothing_of_this_says_so() {
    at_a_desk(module_path!(), "a_pasted_text_that_is_nothing_of_this_says_so", |desk| {
        let mut person = Person::at(desk);
        person.pastes("Dear Sir or Madam");
        person.sees(Role::Alert, "This text is no photo, link or settings, so nothing changed.");
        person.sees(Role::Image, "Photo, Sample portrait.png");
    });
}
