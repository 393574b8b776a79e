//! Several photos at once: brought together, looked at one by one, made of each that can be used.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use image::{DynamicImage, RgbImage};
use sticker_booth::studio::SAMPLE;

use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person};

/// The ticket for one sticker of each of two photos.
const MAKE_TWO: &str = "Make 2 stickers, free, on this computer";

/// Two people and a wall.
fn photos(desk: &Desk) -> [PathBuf; 3] {
    let mirrored = image::load_from_memory(SAMPLE).unwrap().fliph();
    let wall = DynamicImage::ImageRgb8(RgbImage::from_pixel(400, 400, image::Rgb([180, 170, 160])));
    [desk.put_photo("Anna.png"), desk.put_picture("Bert.png", &mirrored), desk.put_picture("Wall.png", &wall)]
}

/// The frame of the crop in the well, as it is spoken.
fn crop(person: &Person) -> String {
    person.all(Role::Canvas, "Crop in the well").concat()
}

#[test]
fn one_without_a_face_is_named_and_left_out_and_a_double_click_makes_each_once() {
    at_a_desk(module_path!(), "one_without_a_face_is_named_and_left_out_and_a_double_click_makes_each_once", |desk| {
        let mut person = Person::at(desk);
        person.drops_all(&photos(desk));
        person.sees(Role::RadioButton, "Photo 3 of 3, Wall.png, no face");
        person.reads("Left out: Wall.png (no face).");
        person.until("the ticket", |window| window.enabled(Role::Button, MAKE_TWO));
        for _ in 0..2 {
            person.find(Role::Button, MAKE_TWO).unwrap().click();
        }
        person.step();
        person.step();
        person.sees(Role::Group, "2 jobs, a person, 2 done");
        person.click(Role::Button, "Show these jobs");
        person.waits_for_jobs(2, "Done on this computer");
        person.until("two cards", |window| (window.cards().len() == 2).then_some(()));
        // Each has a cut-out and a picture with its background.
        assert_eq!(desk.stickers().len(), 4);
        person.leaves();
    });
}

#[test]
fn each_keeps_its_own_crop_and_the_last_one_left_is_a_photo_like_any_other() {
    at_a_desk(module_path!(), "each_keeps_its_own_crop_and_the_last_one_left_is_a_photo_like_any_other", |desk| {
        let [anna, bert, _] = photos(desk);
        desk.put("programs/answer", format!("{}|{}\n", anna.display(), bert.display()).as_bytes());
        let mut person = Person::at(desk);
        person.click(Role::Button, "Pick a photo…");
        person.sees(Role::Image, "Photo, Anna.png");
        person.until("the ticket", |window| window.enabled(Role::Button, MAKE_TWO));
        let proposed = crop(&person);
        person.click(Role::Button, "More about the photo");
        person.click(Role::MenuItem, "Add padding");
        person.until("another crop", |window| (crop(window) != proposed).then_some(()));
        let padded = crop(&person);

        person.click(Role::RadioButton, "Photo 2 of 2, Bert.png");
        person.sees(Role::Image, "Photo, Bert.png");
        assert_ne!(crop(&person), padded);
        person.click(Role::RadioButton, "Photo 1 of 2, Anna.png");
        person.sees(Role::Image, "Photo, Anna.png");
        person.until("the crop as it was left", |window| (crop(window) == padded).then_some(()));

        person.click(Role::Button, "Remove this photo");
        person.sees(Role::Image, "Photo, Bert.png");
        person.until("a ticket for one", |window| window.enabled(Role::Button, MAKE));
        assert!(person.harness.query_by_label("Remove this photo").is_none(), "one photo needs no strip");
        assert!(bert.exists() && anna.exists());
        person.leaves();
    });
}

#[test]
fn a_photo_that_changed_since_it_was_looked_at_is_not_sent_and_neither_are_the_others() {
    at_a_desk(
        module_path!(),
        "a_photo_that_changed_since_it_was_looked_at_is_not_sent_and_neither_are_the_others",
        |desk| {
            let [anna, bert, wall] = photos(desk);
            let mut person = Person::at(desk);
            person.pastes(&format!("{}\n{}\n", anna.display(), bert.display()));
            person.until("the ticket", |window| window.enabled(Role::Button, MAKE_TWO));
            std::fs::copy(wall, bert).unwrap();
            person.click(Role::Button, MAKE_TWO);
            person.sees(Role::Alert, "The photo Bert.png has changed since it was looked at, so nothing was begun");
            assert_eq!((person.jobs(""), desk.stickers().len()), (0, 0));
            person.leaves();
        },
    );
}
