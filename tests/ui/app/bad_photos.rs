//! Each bad photo gets its sentence, and what was there stays and works.

use std::path::PathBuf;

use egui::accesskit::Role;

use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person};

/// A file that begins as HEIC files do.
const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0";

fn bad_photos(desk: &Desk) -> Vec<(PathBuf, &'static str)> {
    let sample = sticker_booth::studio::SAMPLE;
    let folder = desk.path("A folder.png");
    std::fs::create_dir(&folder).unwrap();
    let huge = desk.path("Huge.jpg");
    std::fs::File::create(&huge).unwrap().set_len(400 * 1024 * 1024).unwrap();
    vec![
        (desk.path("Nowhere.png"), "Nowhere.png"),
        (desk.put("Letter.png", b"Dear Sir or Madam"), "not a picture"),
        (desk.put("Empty.jpg", b""), "not a picture"),
        (desk.put("Cut.png", &sample[..sample.len() / 2]), "cut off"),
        (desk.put("Phone.heic", HEIC), "HEIC"),
        (folder, "A folder.png"),
        (huge, "MiB large"),
    ]
}

#[test]
fn every_bad_photo_gets_a_sentence_and_the_earlier_one_stays_and_works() {
    at_a_desk(module_path!(), "every_bad_photo_gets_a_sentence_and_the_earlier_one_stays_and_works", |desk| {
        let mut person = Person::at(desk);
        person.drops(&desk.put_photo("Good.png"));
        person.sees(Role::Image, "Photo, Good.png");
        for (path, words) in bad_photos(desk) {
            person.pastes(&path.display().to_string());
            let said = person.until(words, |window| {
                let labels = window.all(Role::Label, "");
                labels.into_iter().find(|label| label.contains(words) && label.ends_with('.'))
            });
            assert!(said.chars().next().unwrap().is_uppercase() && !said.contains('!'), "{said}");
            person.sees(Role::Image, "Photo, Good.png");
            // A good one afterwards takes the sentence away.
            person.pastes(&desk.path("Good.png").display().to_string());
            person.until("the sentence gone", |window| (!window.shows(&said)).then_some(()));
        }
        person.pastes(&desk.path("Nowhere.png").display().to_string());
        person.reads("Nowhere.png");
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
    });
}

#[test]
fn a_picture_without_a_face_is_refused_before_anything_is_made() {
    at_a_desk(module_path!(), "a_picture_without_a_face_is_refused_before_anything_is_made", |desk| {
        let mut person = Person::at(desk);
        let wall = image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([(x / 4) as u8, (y / 3) as u8, 90]));
        let path = desk.path("Wall.png");
        wall.save(&path).unwrap();
        person.drops(&path);
        person.sees(Role::Image, "Photo, Wall.png");
        person.sees(Role::Button, "Make sticker, no face, on this computer");
        person.reads("No face");
        // It leads to another photo.
        person.click(Role::Button, "Make sticker, no face");
        person.until("the dialog", |_| (desk.dialogs() == 1).then_some(()));
        assert_eq!((desk.stickers().len(), person.jobs("")), (0, 0));
    });
}
