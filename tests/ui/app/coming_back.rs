//! What a person was at comes back: after a close and after a kill, photo included, with photos that were used lately.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT as _;

use super::FakeEngine;
use super::desk::{Desk, at_a_desk, until_killed};
use super::person::{MAKE, Person, USUAL, parts};

/// The window again, whatever photo is in it.
fn again(desk: &Desk) -> Person {
    Person::before(desk, parts(FakeEngine::new()), USUAL)
}

/// Makes two stickers, and is then at something else.
fn is_at_something(desk: &Desk, person: &mut Person) -> [String; 2] {
    for count in 1..=2 {
        person.click(Role::Button, MAKE);
        person.until("a card", |window| (window.cards().len() == count).then_some(()));
    }
    let cards: [String; 2] = person.cards().try_into().unwrap();
    let photo = desk.put_photo("Uncle.png");
    person.drops(&photo);
    person.sees(Role::Image, "Photo, Uncle.png");
    // What becomes of the file is of no concern.
    std::fs::remove_file(photo).unwrap();
    person.click(Role::Button, "More about the photo");
    person.click(Role::MenuItem, "Add padding");
    person.types(Role::MultilineTextInput, "Prompt", ", ink");
    person.press(Modifiers::NONE, Key::Escape);
    person.find(Role::Slider, "Photo ↔ drawing").unwrap().set_value_accesskit(11.0);
    person.click(Role::Button, "One sticker more");
    person.click(Role::Button, "Keep the seed");
    person.click(Role::ListBoxOption, &cards[1]);
    person.press(Modifiers::NONE, Key::Num1);
    person.sees(Role::Button, "Zoom, 100 %");
    cards
}

/// Everything is as [`is_at_something`] has left it.
fn finds_it_again(person: &mut Person, cards: &[String; 2], seed: &str, crop: &str) {
    person.sees(Role::Image, "Photo, Uncle.png");
    person.until("its crop", |window| (window.all(Role::Canvas, "Crop in the well").concat() == crop).then_some(()));
    person.until("the cards", |window| (window.cards() == *cards).then_some(()));
    assert_eq!(person.value(Role::MultilineTextInput, "Prompt"), "a person, ink");
    assert_eq!(person.value(Role::TextInput, "Photo ↔ drawing, value"), "11");
    person.sees(Role::Button, "Make 2 stickers, free, on this computer");
    assert_eq!(person.value(Role::TextInput, "Seed"), seed);
    let lock = person.find(Role::Button, "Keep the seed").unwrap();
    assert!(is_on(&lock));
    let shown = person.find(Role::ListBoxOption, &cards[1]).unwrap();
    assert!(is_on(&shown));
    person.sees(Role::Button, "Zoom, 100 %");
}

fn is_on(node: &Node<'_>) -> bool {
    let node = node.accesskit_node();
    node.is_selected() == Some(true) || node.toggled() == Some(egui::accesskit::Toggled::True)
}

fn seed_and_crop(person: &Person) -> (String, String) {
    (person.value(Role::TextInput, "Seed"), person.all(Role::Canvas, "Crop in the well").concat())
}

#[test]
fn everything_is_as_it_was_left_and_older_photos_are_offered() {
    at_a_desk(module_path!(), "everything_is_as_it_was_left_and_older_photos_are_offered", |desk| {
        let mut person = Person::at(desk);
        let cards = is_at_something(desk, &mut person);
        let (seed, crop) = seed_and_crop(&person);
        person.leaves();

        let mut person = again(desk);
        finds_it_again(&mut person, &cards, &seed, &crop);
        // The sample can be had again, and so can the photo.
        person.click(Role::Button, "More about the photo");
        person.click(Role::MenuItem, "Sample portrait");
        person.sees(Role::Image, "Photo, Sample portrait.png");
        person.click(Role::Button, "More about the photo");
        person.click(Role::MenuItem, "Recent photos…");
        person.click(Role::Button, "Use Uncle.png");
        person.sees(Role::Image, "Photo, Uncle.png");
        person.drops(&desk.put_photo("Aunt.png"));
        person.sees(Role::Image, "Photo, Aunt.png");
        person.leaves();
    });
}

#[test]
fn everything_is_as_it_was_when_the_window_was_killed() {
    at_a_desk(module_path!(), "everything_is_as_it_was_when_the_window_was_killed", |desk| {
        until_killed(module_path!(), "everything_is_as_it_was_when_the_window_was_killed", || {
            let mut person = Person::at(desk);
            let cards = is_at_something(desk, &mut person);
            let (seed, crop) = seed_and_crop(&person);
            desk.put("seen", [cards.join("\n"), seed, crop].join("\n").as_bytes());
            let kept = |name: &str| std::fs::read_to_string(desk.data().join(name)).unwrap_or_default();
            person.until("the last of it on the disk", |_| {
                let session = kept("session.json");
                let all = session.contains(", ink") && session.contains("\"seed_is_locked\": true");
                let chosen = session.contains("\"chosen\": [\n    1\n  ]");
                (all && chosen && kept("layout.json").contains("\"zoom\": 1.0")).then_some(())
            });
            person
        });
        let seen = std::fs::read_to_string(desk.path("seen")).unwrap();
        let [first, second, seed, crop]: [&str; 4] = seen.lines().collect::<Vec<_>>().try_into().unwrap();
        let mut person = again(desk);
        finds_it_again(&mut person, &[first.to_owned(), second.to_owned()], seed, crop);
        person.leaves();
    });
}

/// Copies of photos that lie on the disk.
fn copies(desk: &Desk) -> usize {
    std::fs::read_dir(desk.data().join("recent")).map_or(0, Iterator::count)
}

/// A photo of its own, as many as wanted.
fn another_photo(desk: &Desk, number: u8) -> std::path::PathBuf {
    let mut photo = image::load_from_memory(sticker_booth::studio::SAMPLE).unwrap().into_rgb8();
    photo.put_pixel(0, 0, image::Rgb([number, 0, 0]));
    let path = desk.path(&format!("Photo {number}.png"));
    photo.save(&path).unwrap();
    path
}

#[test]
fn twelve_photos_are_remembered_each_can_be_forgotten_and_all_of_it_can_be_off() {
    at_a_desk(module_path!(), "twelve_photos_are_remembered_each_can_be_forgotten_and_all_of_it_can_be_off", |desk| {
        let mut person = Person::at(desk);
        for number in 0..14 {
            person.drops(&another_photo(desk, number));
            person.sees(Role::Image, &format!("Photo, Photo {number}.png"));
        }
        person.until("twelve copies", |_| (copies(desk) == 12).then_some(()));
        person.click(Role::Button, "More about the photo");
        person.click(Role::MenuItem, "Recent photos…");
        person.sees(Role::Button, "Use Photo 13.png");
        assert!(person.find(Role::Button, "Use Photo 1.png").is_none());
        person.click(Role::Button, "Forget Photo 12.png");
        person.until("it gone", |window| window.find(Role::Button, "Use Photo 12.png").is_none().then_some(()));
        person.until("eleven copies", |_| (copies(desk) == 11).then_some(()));
        person.click(Role::Switch, "Remember recent photos");
        person.until("the one in use alone", |_| (copies(desk) == 1).then_some(()));
        person.click(Role::Button, "Cancel");
        person.drops(&another_photo(desk, 20));
        person.sees(Role::Image, "Photo, Photo 20.png");
        person.until("a ticket for it", |window| window.enabled(Role::Button, MAKE));
        person.leaves();
        assert_eq!(copies(desk), 1);
        // What is in use comes back all the same.
        let mut person = again(desk);
        person.sees(Role::Image, "Photo, Photo 20.png");
        person.leaves();
    });
}
