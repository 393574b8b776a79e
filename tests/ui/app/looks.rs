//! Styles and moods are seen: small pictures of the photo beneath the words, each a switch.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT as _;
use sticker_booth::picture::encode_png;
use sticker_booth::vision::Networks;

use super::desk::at_a_desk;
use super::person::{MAKE, Person};

fn prompt(person: &Person) -> String {
    person.value(Role::MultilineTextInput, "Prompt")
}

/// Is this small picture's word in the prompt?
fn is_on(person: &Person, role: Role, name: &str) -> bool {
    person.find(role, name).unwrap().accesskit_node().toggled() == Some(Toggled::True)
}

#[test]
fn a_click_on_a_picture_puts_its_word_into_the_prompt_and_a_second_takes_it_out() {
    at_a_desk(module_path!(), "a_click_on_a_picture_puts_its_word_into_the_prompt_and_a_second_takes_it_out", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::Button, "Styles and moods");
        person.sees(Role::RadioButton, "Style cartoon");
        assert!(is_on(&person, Role::RadioButton, "Style cartoon"));
        person.click(Role::RadioButton, "Style ink");
        person.until("the word", |window| (prompt(window) == "a person, ink").then_some(()));
        assert!(is_on(&person, Role::RadioButton, "Style ink"));
        assert!(!is_on(&person, Role::RadioButton, "Style cartoon"));
        person.click(Role::CheckBox, "Mood happy");
        person.click(Role::CheckBox, "Mood wink");
        person.until("both moods", |window| (prompt(window) == "a person, ink, happy, wink").then_some(()));
        person.reads("Understood: ink, happy, wink.");
        // Each is one step.
        person.press(Modifiers::COMMAND, Key::Z);
        person.until("one less", |window| (prompt(window) == "a person, ink, happy").then_some(()));
        assert!(!is_on(&person, Role::CheckBox, "Mood wink"));
        person.click(Role::CheckBox, "Mood happy");
        person.click(Role::RadioButton, "Style ink");
        person.until("the prompt as it was", |window| (prompt(window) == "a person").then_some(()));
        person.leaves();
    });
}

#[test]
fn what_a_photo_does_not_let_its_face_do_is_said_where_the_words_are() {
    at_a_desk(module_path!(), "what_a_photo_does_not_let_its_face_do_is_said_where_the_words_are", |desk| {
        let mut person = Person::at(desk);
        let photo = desk.put("Shades.png", &in_dark_glasses());
        person.drops(&photo);
        person.sees(Role::Image, "Photo, Shades.png");
        person.click(Role::Button, "Styles and moods");
        person.click(Role::CheckBox, "Mood wink");
        person.reads("No open eye is in sight, so the eyes stay as they are.");
        person.click(Role::CheckBox, "Mood wink");
        person.until("no word of it", |window| {
            (!window.shows("No open eye is in sight, so the eyes stay as they are.")).then_some(())
        });
        person.leaves();
    });
}

/// The sample portrait behind two dark lenses.
fn in_dark_glasses() -> Vec<u8> {
    let mut photo = image::load_from_memory(sticker_booth::studio::SAMPLE).unwrap().into_rgb8();
    let face = Networks::load().unwrap().faces(&photo).remove(0);
    for [corner, other] in [[33, 133], [263, 362]] {
        let [from, to] = [face.points[corner], face.points[other]];
        let [x, y] = [0, 1].map(|axis: usize| f32::midpoint(from[axis], to[axis]));
        let radius = (from[0] - to[0]).abs() * 0.8;
        for (column, row, pixel) in photo.enumerate_pixels_mut() {
            if (column as f32 - x).hypot(row as f32 - y) < radius {
                *pixel = image::Rgb([14, 14, 16]);
            }
        }
    }
    encode_png(&photo, &[]).unwrap()
}

#[test]
fn only_what_this_computer_draws_is_shown_and_it_folds_away() {
    at_a_desk(module_path!(), "only_what_this_computer_draws_is_shown_and_it_folds_away", |desk| {
        let mut person = Person::at(desk);
        assert!(person.all(Role::RadioButton, "Style ").is_empty());
        person.click(Role::Button, "Styles and moods");
        person.until("the rows", |window| (window.all(Role::RadioButton, "Style ").len() == 9).then_some(()));
        person.click(Role::Button, "Styles and moods");
        person.until("the rows to go", |window| window.all(Role::RadioButton, "Style ").is_empty().then_some(()));
        person.click(Role::Button, "Styles and moods");
        person.sees(Role::CheckBox, "Mood happy");
        person.click(Role::RadioButton, "Pixazo");
        person.until("the rows to go", |window| window.all(Role::CheckBox, "Mood ").is_empty().then_some(()));
        person.leaves();
    });
}

#[test]
fn a_pack_of_moods_of_my_photo_takes_three_moves() {
    at_a_desk(module_path!(), "a_pack_of_moods_of_my_photo_takes_three_moves", |desk| {
        let mut person = Person::at(desk);
        desk.answer_dialogs_with(&desk.put_photo("Me.png"));
        let before = person.moves;
        person.click(Role::Button, "Pick a photo…");
        person.sees(Role::Image, "Photo, Me.png");
        person.until("a ticket", |window| window.enabled(Role::Button, MAKE));
        person.click(Role::Button, "Expressions…");
        person.click(Role::Button, "Make 12 stickers of these expressions, free, on this computer");
        person.sees(Role::Group, "12 jobs, Expressions, 12 done");
        assert_eq!(person.moves - before, 3);
        person.leaves();
    });
}

#[test]
fn the_small_pictures_of_the_dialog_change_the_list() {
    at_a_desk(module_path!(), "the_small_pictures_of_the_dialog_change_the_list", |desk| {
        let mut person = Person::at(desk);
        assert!(person.all(Role::CheckBox, "Mood ").is_empty());
        person.click(Role::Button, "Expressions…");
        person.sees(Role::CheckBox, "Mood happy");
        assert_eq!(person.all(Role::CheckBox, "Mood ").len(), 12);
        assert!(is_on(&person, Role::CheckBox, "Mood happy"));
        person.click(Role::CheckBox, "Mood happy");
        person.sees(Role::Button, "Make 11 stickers of these expressions, free, on this computer");
        assert!(!is_on(&person, Role::CheckBox, "Mood happy"));
        person.click(Role::CheckBox, "Mood happy");
        person.sees(Role::Button, "Make 12 stickers of these expressions, free, on this computer");
        person.click(Role::Button, "Cancel");
        person.leaves();
    });
}
