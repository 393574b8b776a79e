//! No frame without a reason.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use egui::ViewportId;
use egui::accesskit::Role;
use jiff::Timestamp;
use sticker_booth::engine::StickerEngine;
use sticker_booth::platform::Clock;
use sticker_booth::studio::Parts;

use super::desk::at_a_desk;
use super::person::{MAKE, Person, parts};
use super::{FakeEngine, HeldEngine};

/// Waits until so many frames in a row want the next one later than this, and tells when the last of them wants it.
fn next_frame(person: &mut Person, not_before: Duration, frames: usize) -> Duration {
    person.harness.remove_cursor();
    let mut quiet = 0;
    person.until("a window that has settled", |window| {
        let delay = window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
        quiet = if delay > not_before { quiet + 1 } else { 0 };
        // What was under way in the background has come in by then.
        (quiet > frames).then_some(delay)
    })
}

/// How much faster than ours the time of the jobs runs.
const HASTE: u32 = 20;

/// So long nothing happens: three seconds of the jobs' time, in which they look around thrice.
const A_WHILE: Duration = Duration::from_millis(150);

/// The window's parts, with jobs that are in haste.
fn hasty(engine: impl StickerEngine + 'static) -> Parts {
    Parts { clock: Some(Clock::running(Timestamp::now(), HASTE)), ..parts(engine) }
}

/// Counts how often something in the background asks for a frame at once, while none is drawn.
fn wakes(person: &Person, during: impl FnOnce()) -> usize {
    let wakes = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&wakes);
    person.harness.ctx.set_request_repaint_callback(move |asked| {
        counted.fetch_add(usize::from(asked.delay.is_zero()), Ordering::SeqCst);
    });
    during();
    person.harness.ctx.set_request_repaint_callback(|_| {});
    wakes.load(Ordering::SeqCst)
}

#[test]
fn a_window_at_rest_wants_no_frame_and_gets_no_wake() {
    at_a_desk(module_path!(), "a_window_at_rest_wants_no_frame_and_gets_no_wake", |desk| {
        let mut person = Person::with(desk, hasty(FakeEngine::new()));
        person.click(Role::Button, MAKE);
        person.waits_for_jobs(1, "Done on this computer");
        person.until("a card", |window| (window.cards().len() == 1).then_some(()));
        assert_eq!(next_frame(&mut person, Duration::from_hours(1), 200), Duration::MAX);
        assert_eq!(wakes(&person, || std::thread::sleep(A_WHILE)), 0);
    });
}

#[test]
fn a_running_job_that_reports_nothing_wants_one_frame_a_second() {
    at_a_desk(module_path!(), "a_running_job_that_reports_nothing_wants_one_frame_a_second", |desk| {
        let engine = HeldEngine::default();
        let mut person = Person::with(desk, hasty(engine.clone()));
        person.click(Role::Button, MAKE);
        person.until("a sticker in hand", |_| engine.has_begun());
        // The next full second on the wall: right before it there is little to wait, so it is looked at for a part of one.
        let delay = next_frame(&mut person, Duration::ZERO, 50);
        assert!(delay <= Duration::from_secs(1), "the running time stands still for {delay:?}");
        // Asking the gateway again and again is no news.
        let wakes = wakes(&person, || std::thread::sleep(A_WHILE));
        assert!(wakes <= 1, "{wakes} frames without a reason");
        engine.let_go();
    });
}
