//! Several faces: the one that is chosen is the one that is sent and drawn, and its button stays where it is.

use std::io::Cursor;

use egui::accesskit::Role;
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
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
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(photo).write_to(&mut bytes, ImageFormat::Png).unwrap();
    desk.put("Two.png", &bytes.into_inner())
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
