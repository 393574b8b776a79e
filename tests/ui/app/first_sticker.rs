//! The first sticker: pick, make, look, save.

use egui::accesskit::Role;
use sticker_booth::keys::KeysOptions;
use sticker_booth::studio::Parts;

use super::HeldEngine;
use super::desk::at_a_desk;
use super::person::{MAKE, Person, parts};

#[test]
fn a_picked_photo_becomes_a_sticker_in_the_gallery_and_a_file_where_the_person_wants_it() {
    at_a_desk(
        module_path!(),
        "a_picked_photo_becomes_a_sticker_in_the_gallery_and_a_file_where_the_person_wants_it",
        |desk| {
            let parts = Parts { keys: Some(KeysOptions::in_memory()), ..Parts::default() };
            let mut person = Person::with(desk, parts);
            assert_eq!(person.cards(), Vec::<String>::new(), "the gallery begins empty");
            person.sees(Role::Label, "Make your first sticker");

            desk.answer_dialogs_with(&desk.put_photo("Grandmother.png"));
            person.click(Role::Button, "Pick a photo…");
            person.sees(Role::Image, "Photo, Grandmother.png");

            person.click(Role::Button, MAKE);
            person.waits_for_jobs(1, "Done on this computer");
            person.until("one card", |window| (window.cards().len() == 1).then_some(()));
            person.sees(Role::Label, "Seed ");
            assert!(!person.shows("Make your first sticker"), "the hint is gone with the first sticker");
            let files = desk.stickers();
            assert_eq!(files.len(), 2, "{files:?}");

            let saved = desk.path("For the family.png");
            desk.answer_dialogs_with(&saved);
            person.click(Role::Button, "Save as…");
            person.sees(Role::Alert, "Saved For the family.png.");
            let sticker = image::open(&saved).unwrap().into_rgba8();
            assert_eq!(sticker.dimensions(), (1024, 1024));
            for corner in [(0, 0), (1023, 0), (0, 1023), (1023, 1023)] {
                assert_eq!(sticker.get_pixel(corner.0, corner.1).0[3], 0, "corner {corner:?} is not clear");
            }
            assert!(sticker.pixels().any(|pixel| pixel.0[3] == 255), "the sticker is empty");

            person.click(Role::Button, "Show");
            person.until("the folder in the file manager", |_| {
                desk.shown().iter().any(|shown| saved.starts_with(shown)).then_some(())
            });
            person.leaves();
        },
    );
}

#[test]
fn a_dropped_photo_is_used_and_a_dropped_sticker_brings_its_settings() {
    at_a_desk(module_path!(), "a_dropped_photo_is_used_and_a_dropped_sticker_brings_its_settings", |desk| {
        let mut person = Person::at(desk);
        person.drops(&desk.put_photo("Uncle.png"));
        person.sees(Role::Image, "Photo, Uncle.png");
        person.types(Role::MultilineTextInput, "Prompt", "ink portrait");
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
        person.until("one card", |window| (window.cards().len() == 1).then_some(()));

        person.click(Role::Button, "More about the recipe");
        person.click(Role::MenuItem, "Reset all settings");
        person.until("the prompt as it was", |window| {
            (!window.value(Role::MultilineTextInput, "Prompt").contains("ink")).then_some(())
        });
        let sticker = desk.stickers().into_iter().find(|name| !name.contains("background")).unwrap();
        person.drops(&desk.data().join("library").join(sticker));
        person.sees(Role::Alert, "The sticker's settings are in the form now.");
        assert!(person.value(Role::MultilineTextInput, "Prompt").contains("ink portrait"));
        person.sees(Role::Image, "Photo, Uncle.png");
    });
}

#[test]
fn a_second_job_waits_in_line_while_the_first_is_made() {
    at_a_desk(module_path!(), "a_second_job_waits_in_line_while_the_first_is_made", |desk| {
        let engine = HeldEngine::default();
        let mut person = Person::with(desk, parts(engine.clone()));
        person.click(Role::Button, MAKE);
        person.until("a sticker in hand", |_| engine.has_begun());
        for _ in 0..2 {
            person.click(Role::Button, MAKE);
        }
        person.until("three jobs", |window| (window.all(Role::Group, "Job, ").len() == 3).then_some(()));
        assert_eq!(person.jobs("Done on this computer"), 0);
        assert_eq!(person.jobs("ahead"), 1, "{:?}", person.all(Role::Group, "Job, "));

        engine.let_go();
        person.waits_for_jobs(3, "Done on this computer");
        person.until("three cards", |window| (window.cards().len() == 3).then_some(()));
        assert_eq!(engine.most_at_once(), 1);
    });
}

#[test]
fn a_job_that_is_stopped_leaves_no_sticker() {
    at_a_desk(module_path!(), "a_job_that_is_stopped_leaves_no_sticker", |desk| {
        let engine = HeldEngine::default();
        let mut person = Person::with(desk, parts(engine.clone()));
        person.click(Role::Button, MAKE);
        person.until("a sticker in hand", |_| engine.has_begun());
        person.click(Role::Button, "Stop waiting");
        person.waits_for_jobs(1, "Stopped");
        engine.let_go();
        person.click(Role::Button, "More about jobs");
        person.click(Role::MenuItem, "Clear finished jobs");
        person.until("no job", |window| window.all(Role::Group, "Job, ").is_empty().then_some(()));
        assert_eq!((person.cards().len(), desk.stickers().len()), (0, 0));
    });
}
