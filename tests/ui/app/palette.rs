//! A palette of one's own: picked, dropped, seen, taken back.

use egui::accesskit::Role;

use super::desk::at_a_desk;
use super::person::Person;

const PROMPT: &str = "Prompt";

#[test]
fn a_palette_becomes_words_of_the_prompt_and_goes_with_one_click() {
    at_a_desk(module_path!(), "a_palette_becomes_words_of_the_prompt_and_goes_with_one_click", |desk| {
        let sunset = desk.path("sunset.gpl");
        std::fs::write(&sunset, "GIMP Palette\nName: Sunset\n255 136 0 Orange\n32 64 96 Night\n").unwrap();
        desk.answer_dialogs_with(&sunset);
        let mut person = Person::at(desk);
        person.click(Role::Button, "More about the recipe");
        person.click(Role::MenuItem, "Choose a palette…");
        person.sees(Role::Image, "Palette of 2, your own");
        assert_eq!(person.value(Role::MultilineTextInput, PROMPT), "a person, palette ff8800 204060");
        person.reads("Understood: palette of 2.");

        // Another one takes its place, however the ending is spelled.
        let one = desk.path("One.GPL");
        std::fs::write(&one, "GIMP Palette\n1 2 3\n").unwrap();
        person.drops(&one);
        person.sees(Role::Image, "Palette of 1, your own");
        assert_eq!(person.value(Role::MultilineTextInput, PROMPT), "a person, palette 010203");
        person.click(Role::Button, "Use the style's own palette");
        person.until("the prompt as it was", |window| {
            (window.value(Role::MultilineTextInput, PROMPT) == "a person").then_some(())
        });
        person.leaves();
    });
}

#[test]
fn a_file_that_is_no_palette_says_so_and_changes_nothing() {
    at_a_desk(module_path!(), "a_file_that_is_no_palette_says_so_and_changes_nothing", |desk| {
        let mut person = Person::at(desk);
        let broken = desk.path("broken.ase");
        std::fs::write(&broken, b"ASEF\0\x01\0\0\0\0\0\x02").unwrap();
        person.drops(&broken);
        person.sees(Role::Alert, "The palette file is cut off; export it again.");
        assert_eq!(person.value(Role::MultilineTextInput, PROMPT), "a person");
        person.sees(Role::Image, "Photo, Sample portrait.png");
        person.leaves();
    });
}
