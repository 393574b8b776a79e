//! Several faces: the one that is chosen is the one that is sent and drawn, and its button stays where it is.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use sticker_booth::studio::SAMPLE;

use super::desk::{Desk, at_a_desk};
use super::person::Person;

/// A big face, and a small one right beside it.
fn two_faces(desk: &Desk) -> std::path::PathBuf {
    let portrait = image::load_from_memory(SAMPLE).unwrap().into_rgb8();
    let mut photo = RgbImage::from_pixel(1000, 700, Rgb([200, 196, 190]));
    let big = imageops::resize(&portrait, 660, 664, FilterType::Triangle);
    let small = imageops::resize(&portrait, 330, 332, FilterType::Triangle);
    imageops::overlay(&mut photo, &big, 0, 30);
    imageops::overlay(&mut photo, &small, 600, 180);
    desk.put_picture("Two.png", &photo.into())
}

#[test]
fn the_next_face_is_sent_without_the_bigger_one_and_its_button_stays() {
    at_a_desk(module_path!(), "the_next_face_is_sent_without_the_bigger_one_and_its_button_stays", |desk| {
        let mut person = Person::at(desk);
        person.click(Role::RadioButton, "Pixazo");
        person.drops(&two_faces(desk));
        person.sees(Role::Image, "Photo, Two.png");
        person.sees(Role::RadioButton, "Face 2");
        assert!(person.find(Role::RadioButton, "Face 3").is_none(), "{:?}", person.all(Role::RadioButton, "Face"));
        let button = person.find(Role::Button, "Next face").unwrap().rect();
        let big = person.find(Role::RadioButton, "Face 1").unwrap().rect();

        person.click(Role::Button, "Next face");
        person.sees(Role::Label, "Face 2 of 2");
        for _ in 0..5 {
            person.step();
        }
        assert!(!person.shows("bigger face"), "it warns about what it has framed itself");
        assert_eq!(person.find(Role::Button, "Next face").unwrap().rect(), button, "the button went away");
        let crop = person.find(Role::Canvas, "Crop in the well").unwrap();
        assert!(!crop.rect().contains(big.center()), "the bigger face is in {}", crop.rect());
        let small = person.find(Role::RadioButton, "Face 2").unwrap().rect();
        assert!(crop.rect().expand(1.0).contains_rect(small), "{} cuts {small}", crop.rect());

        person.click(Role::Button, "Next face");
        person.sees(Role::Label, "Face 1 of 2");
        assert_eq!(person.find(Role::Button, "Next face").unwrap().rect(), button);

        person.leaves();
    });
}

/// A portrait that is far away on a large photo.
fn somebody_far_away(desk: &Desk) -> std::path::PathBuf {
    let portrait = image::load_from_memory(SAMPLE).unwrap().into_rgb8();
    let mut photo = RgbImage::from_pixel(4000, 3000, Rgb([200, 196, 190]));
    imageops::overlay(&mut photo, &imageops::resize(&portrait, 180, 181, FilterType::Triangle), 3000, 2200);
    desk.put_picture("Far.png", &photo.into())
}

#[test]
fn a_face_that_was_missed_is_found_where_the_crop_is_drawn_around_it() {
    at_a_desk(module_path!(), "a_face_that_was_missed_is_found_where_the_crop_is_drawn_around_it", |desk| {
        let mut person = Person::at(desk);
        person.drops(&somebody_far_away(desk));
        person.sees(Role::Image, "Photo, Far.png");
        person.until("no face", |window| window.shows("No face was found").then_some(()));

        person.click(Role::Button, "Crop the photo");
        person.sees(Role::Canvas, "Crop, ");
        let whole = person.find(Role::Canvas, "Crop, ").unwrap().rect();
        let to = whole.min + whole.size() * vec2(0.675, 0.63);
        person.harness.drag_at(whole.min);
        person.step();
        for share in [0.25, 0.5, 0.75, 1.0] {
            person.harness.hover_at(whole.min.lerp(to, share));
            person.step();
        }
        person.harness.drop_at(to);
        person.step();
        let is_found = |window: &Person| !window.shows("No face was found") && !window.shows("outside of the crop");
        person.until("a face", |window| is_found(window).then_some(()));
        person.press(Modifiers::NONE, Key::Enter);
        person.click(Role::Button, "Make sticker");
        person.until("its sticker", |window| (window.cards().len() == 1).then_some(()));
        person.leaves();
    });
}
