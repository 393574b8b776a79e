//! Several photos come back: after a close and after a kill, each as it was framed, whatever became of its file.

use egui::accesskit::Role;
use sticker_booth::studio::SAMPLE;

use super::FakeEngine;
use super::desk::{Desk, at_a_desk, until_killed};
use super::person::{Person, USUAL, parts};

const MAKE_THREE: &str = "Make 3 stickers, free, on this computer";

/// Brings three photos, looks at the second and pads it; then their files go.
fn brings_three(desk: &Desk, person: &mut Person) -> String {
    let portrait = image::load_from_memory(SAMPLE).unwrap();
    let photos = [portrait.clone(), portrait.fliph(), portrait.brighten(12)].into_iter().zip(["Anna", "Bert", "Cleo"]);
    let photos: Vec<_> = photos
        .map(|(picture, name)| {
            let path = desk.path(&format!("{name}.png"));
            picture.save(&path).unwrap();
            path
        })
        .collect();
    person.drops_all(&photos);
    person.until("the ticket", |window| window.enabled(Role::Button, MAKE_THREE));
    person.click(Role::RadioButton, "Photo 2 of 3, Bert.png");
    person.sees(Role::Image, "Photo, Bert.png");
    person.until("its crop", |window| (!crop(window).is_empty()).then_some(()));
    let proposed = crop(person);
    person.click(Role::Button, "More about the photo");
    person.click(Role::MenuItem, "Add padding");
    person.until("another crop", |window| (crop(window) != proposed).then_some(()));
    for photo in photos {
        std::fs::remove_file(photo).unwrap();
    }
    crop(person)
}

fn finds_three(person: &mut Person, padded: &str) {
    person.sees(Role::Image, "Photo, Bert.png");
    person.until("the crop as it was", |window| (crop(window) == padded).then_some(()));
    person.until("the ticket", |window| window.enabled(Role::Button, MAKE_THREE));
    person.click(Role::RadioButton, "Photo 3 of 3, Cleo.png");
    person.sees(Role::Image, "Photo, Cleo.png");
    person.until("the ticket again", |window| window.enabled(Role::Button, MAKE_THREE));
    person.click(Role::Button, MAKE_THREE);
    person.until("three cards", |window| (window.cards().len() == 3).then_some(()));
}

fn crop(person: &Person) -> String {
    person.all(Role::Canvas, "Crop in the well").concat()
}

/// Copies of photos that lie on the disk.
fn copies(desk: &Desk) -> usize {
    std::fs::read_dir(desk.data().join("recent")).map_or(0, Iterator::count)
}

#[test]
fn several_photos_are_there_after_a_close_and_their_copies_go_with_them() {
    at_a_desk(module_path!(), "several_photos_are_there_after_a_close_and_their_copies_go_with_them", |desk| {
        let mut person = Person::at(desk);
        let padded = brings_three(desk, &mut person);
        person.leaves();
        assert_eq!(copies(desk), 3);

        let mut person = Person::before(desk, parts(FakeEngine::new()), USUAL);
        finds_three(&mut person, &padded);
        // Another photo takes their place. Those that stood in the well are still among the recent ones.
        person.drops(&desk.put_photo("Uncle.png"));
        person.sees(Role::Image, "Photo, Uncle.png");
        person.leaves();
        assert_eq!(copies(desk), 4);
        let mut person = Person::before(desk, parts(FakeEngine::new()), USUAL);
        person.sees(Role::Image, "Photo, Uncle.png");
        person.click(Role::Button, "More about the photo");
        person.click(Role::MenuItem, "Recent photos…");
        person.click(Role::Button, "Forget all");
        person.leaves();
        assert_eq!(copies(desk), 1);
    });
}

#[test]
fn several_photos_are_there_after_a_kill() {
    at_a_desk(module_path!(), "several_photos_are_there_after_a_kill", |desk| {
        until_killed(module_path!(), "several_photos_are_there_after_a_kill", || {
            let mut person = Person::at(desk);
            let padded = brings_three(desk, &mut person);
            desk.put("seen", padded.as_bytes());
            person.until("the last of it on the disk", |_| {
                let session = std::fs::read_to_string(desk.data().join("session.json")).unwrap_or_default();
                let last = session.contains("\"place\": 1") && session.contains("\"padded\": true");
                (last && session.contains("Cleo.png")).then_some(())
            });
            person
        });
        let padded = std::fs::read_to_string(desk.path("seen")).unwrap();
        let mut person = Person::before(desk, parts(FakeEngine::new()), USUAL);
        finds_three(&mut person, &padded);
        person.leaves();
    });
}
