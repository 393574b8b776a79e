//! “Open with…”: photos named at the start, and photos that a second start hands to the window that is open.

use egui::accesskit::Role;
use sticker_booth::photo::PhotoSource;
use sticker_booth::platform::{Folders, OnlyWindow, Session, Start};

use super::FakeEngine;
use super::desk::at_a_desk;
use super::person::{MAKE, Person, USUAL, parts};

#[test]
fn the_window_opens_with_the_photo_that_was_named() {
    at_a_desk(module_path!(), "the_window_opens_with_the_photo_that_was_named", |desk| {
        let photo = desk.put_photo("Aunt ä.png");
        let address = format!("file://{}", photo.display()).replace(' ', "%20");
        let photos = vec![PhotoSource::written(address)];
        let mut person = Person::with_photos(desk, parts(FakeEngine::new()), USUAL, photos);
        person.sees(Role::Image, "Photo, Aunt ä.png");
        person.until("a ticket that can be pressed", |window| window.enabled(Role::Button, MAKE));
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
    });
}

#[test]
fn several_that_were_named_are_there_together() {
    at_a_desk(module_path!(), "several_that_were_named_are_there_together", |desk| {
        let photos = ["Anna.png", "Bert.png"].map(|name| PhotoSource::written(desk.put_photo(name))).to_vec();
        let mut person = Person::with_photos(desk, parts(FakeEngine::new()), USUAL, photos);
        person.sees(Role::RadioButton, "Photo 1 of 2, Anna.png");
        person.sees(Role::RadioButton, "Photo 2 of 2, Bert.png");
    });
}

#[test]
fn a_second_start_brings_its_photo_to_the_window_that_is_open() {
    at_a_desk(module_path!(), "a_second_start_brings_its_photo_to_the_window_that_is_open", |desk| {
        let mut person = Person::at(desk);
        let folders = Folders::at(desk.data());
        let Ok(Start::First(only)) = OnlyWindow::take(&folders, &[]) else { panic!("no window has the folder yet") };
        let ctx = person.harness.ctx.clone();
        person.harness.state().answer_second_starts(&only, &ctx, Session::X11).unwrap();

        let photo = desk.put_photo("Uncle.png");
        assert!(matches!(OnlyWindow::take(&folders, &[photo.into()]), Ok(Start::Second)));
        person.sees(Role::Image, "Photo, Uncle.png");
        // Without one it only comes to the front.
        assert!(matches!(OnlyWindow::take(&folders, &[]), Ok(Start::Second)));
        person.step();
        person.sees(Role::Image, "Photo, Uncle.png");
    });
}
