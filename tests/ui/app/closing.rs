//! Closing the window: what a person asked for is kept first, and frames go on meanwhile.

use egui::ViewportCommand;
use egui::accesskit::Role;

use super::desk::at_a_desk;
use super::person::{MAKE, Person};

#[test]
fn a_window_with_nothing_under_way_goes_without_a_word() {
    at_a_desk(module_path!(), "a_window_with_nothing_under_way_goes_without_a_word", |desk| {
        Person::at(desk).leaves();
    });
}

#[test]
fn a_window_that_waits_draws_on_until_the_click_is_kept() {
    at_a_desk(module_path!(), "a_window_that_waits_draws_on_until_the_click_is_kept", |desk| {
        let mut person = Person::at(desk);
        // The click is not durable yet, so its outcome is waited for.
        let other = rusqlite::Connection::open(desk.data().join("journal.sqlite")).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        person.click(Role::Button, MAKE);
        person.asks_to_close();
        assert!(person.asked_of_the_window(&ViewportCommand::CancelClose));
        for _ in 0..20 {
            person.step();
        }
        assert!(!person.asked_of_the_window(&ViewportCommand::Close));
        other.execute_batch("ROLLBACK").unwrap();
        person.until("the end", |window| window.asked_of_the_window(&ViewportCommand::Close).then_some(()));
        drop(person);

        let mut person = Person::at(desk);
        person.waits_for_jobs(1, "Done on this computer");
    });
}
