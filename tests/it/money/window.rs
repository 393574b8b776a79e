//! The whole window against a service on loopback: what a click costs, and what a person decides.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Modifiers, PointerButton, ViewportCommand, ViewportEvent, ViewportId, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::{Value, json};
use sticker_booth::app::{App, WindowOptions};

use super::{good, picture};
use crate::jobs::service::{Kind, Say, Service, working};
use crate::support::booth::sample;
use crate::support::{files, needs};

/// Longer than any of these tests should wait; only a failing one gets here.
const PATIENCE: Duration = Duration::from_mins(1);

/// The ticket for one hosted sticker.
const TICKET: &str = "Make sticker, $0.025, at Pixazo";

/// A window whose hosted service is one on loopback.
struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

impl Window {
    /// Opens it with these preferences, a linked photo and a key for this session.
    fn open(service: &Service, preferences: &Value) -> Option<Self> {
        let no_bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_none();
        if !needs("a session without a keychain", no_bus) {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut whole = json!({ "version": 1, "base_url": service.base, "told_about_licences": true });
        whole.as_object_mut().unwrap().extend(preferences.as_object().unwrap().clone());
        std::fs::write(folder.path().join("settings.json"), whole.to_string()).unwrap();
        let options = WindowOptions::new(Some(folder.path().to_path_buf()), false);
        let harness = Harness::builder()
            .with_size(vec2(1360.0, 860.0))
            .with_step_dt(0.05)
            .build_eframe(move |creation| App::new(&creation.egui_ctx, options));
        let mut window = Self { harness, _folder: folder };
        window.until("the sample", |window| window.has("Make sticker, free, on this computer"));
        let link = files::serve("/face.png", std::fs::read(sample()).unwrap());
        window.harness.event(Event::Paste(link));
        window.until("the linked photo", |window| window.has("Photo, face.png"));
        window.click("Pixazo");
        window.enter_key("a-key-for-tests");
        window.until("a ticket", |window| window.has(TICKET));
        Some(window)
    }

    fn enter_key(&mut self, key: &str) {
        self.until("the key's state", |window| window.has("No keychain"));
        self.click("No keychain");
        self.type_key(key);
    }

    fn type_key(&mut self, key: &str) {
        self.until("the key's dialog", |window| {
            window.harness.query_by_role_and_label(Role::PasswordInput, "Pixazo key").is_some()
        });
        self.harness.get_by_role_and_label(Role::PasswordInput, "Pixazo key").type_text(key);
        self.harness.step();
        self.click("Use for this session only");
    }

    /// Draws frames until it is so.
    #[track_caller]
    fn until(&mut self, what: &str, is: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !is(self) {
            assert!(start.elapsed() < PATIENCE, "not yet: {what}\n{:#?}", self.harness.root());
            self.harness.step();
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn has(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    fn has_that_contains(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// Clicks the last of the widgets with this name: a dialog lies over what was there before.
    #[track_caller]
    fn click(&mut self, label: &str) {
        self.until(label, |window| window.has(label));
        self.harness.query_all_by_label(label).last().unwrap().click();
        self.harness.step();
        self.harness.step();
    }

    /// Presses and releases the mouse on a widget this many times, without a frame between.
    fn press_without_a_frame(&mut self, label: &str, times: usize) {
        let pos = self.harness.query_all_by_label(label).last().unwrap().rect().center();
        // Not through the harness's own queue, which draws a frame for each event.
        let events = &mut self.harness.input_mut().events;
        events.push(Event::PointerMoved(pos));
        for pressed in [true, false].repeat(times) {
            events.push(Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
    }

    /// Draws so many frames.
    fn frames(&mut self, count: usize) {
        for _ in 0..count {
            self.harness.step();
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Asks the window to close.
    fn closes(&mut self) {
        let root = self.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).unwrap();
        root.events.push(ViewportEvent::Close);
        self.harness.step();
    }

    /// The commands to the system's window since the last frame.
    fn commands(&self) -> Vec<ViewportCommand> {
        self.harness.output().viewport_output[&ViewportId::ROOT].commands.clone()
    }
}

#[test]
fn the_first_hosted_sticker_says_what_is_to_be_known_and_then_every_click_is_one_sticker() {
    let service = Service::start(good);
    let Some(mut window) = Window::open(&service, &json!({ "told_about_licences": false })) else { return };
    window.click(TICKET);
    window.until("the notice", |window| window.has_that_contains("non-commercial"));
    assert_eq!(service.count(Kind::Submit), 0);
    window.click(TICKET);
    window.until("the first sticker", |window| window.has("Done"));
    assert_eq!(service.count(Kind::Submit), 1);

    // Two clicks in one frame.
    window.frames(20);
    window.press_without_a_frame(TICKET, 2);
    window.frames(60);
    window.until("the second sticker", |window| window.harness.query_all_by_label("Done").count() == 2);
    assert_eq!(service.count(Kind::Submit), 2);

    // Two clicks in two frames, the second long after the first was written down.
    window.press_without_a_frame(TICKET, 1);
    window.harness.step();
    std::thread::sleep(Duration::from_millis(150));
    window.press_without_a_frame(TICKET, 1);
    window.frames(60);
    window.until("the third sticker", |window| window.harness.query_all_by_label("Done").count() == 3);
    assert_eq!(service.count(Kind::Submit), 3);
    assert!(window.has("Today $0.075"), "one function gives the sum");
}

#[test]
fn above_the_soft_budget_a_person_decides_and_the_safe_way_out_has_the_focus() {
    let service = Service::start(good);
    let Some(mut window) = Window::open(&service, &json!({ "budget": { "ask_above": 30 } })) else { return };
    window.click(TICKET);
    window.until("the first sticker", |window| window.has("Done"));
    window.frames(20);
    window.click(TICKET);
    window.until("the question", |window| window.has("Do not spend it"));
    assert!(window.has("$0.05") && window.has("$0.03"), "what it would come to, and the limit");
    assert!(window.harness.get_by_label("Do not spend it").accesskit_node().is_focused());
    window.click("Do not spend it");
    window.frames(40);
    assert!(!window.has("Do not spend it"));
    assert_eq!(service.count(Kind::Submit), 1);

    window.click(TICKET);
    window.until("the question", |window| window.has("Do not spend it"));
    window.frames(20);
    window.press_without_a_frame("Go on, $0.025, at Pixazo", 2);
    window.frames(40);
    window.until("the second sticker", |window| window.harness.query_all_by_label("Done").count() == 2);
    assert_eq!(service.count(Kind::Submit), 2);
}

#[test]
fn at_the_hard_budget_the_stub_says_so_and_nothing_can_be_pressed() {
    let service = Service::start(good);
    let Some(mut window) = Window::open(&service, &json!({ "budget": { "refuse_above": 25 } })) else { return };
    window.click(TICKET);
    window.until("the end of the budget", |window| window.has("Make sticker, over budget, at Pixazo"));
    window.until("the sticker", |window| window.has("Done"));
    window.click("Make sticker, over budget, at Pixazo");
    window.frames(40);
    assert_eq!(service.count(Kind::Submit), 1);
}

/// A window whose first paid request was refused for its key; asked for free, the service knows `later` keys or not.
fn held_for_a_key(later: Say401) -> Option<(Service, Window)> {
    let service = Service::start(move |base, kind, earlier| match kind {
        Kind::Submit if earlier == 0 => refused(),
        // The free question about the key.
        Kind::Ask if earlier == 0 && later == Say401::Always => refused(),
        Kind::Ask if earlier == 0 => Say::Json(404, json!({ "error": "unknown" })),
        _ => good(base, kind, earlier),
    });
    let mut window = Window::open(&service, &json!({}))?;
    window.click(TICKET);
    window.until("the banner", |window| window.has("Pixazo does not know this key"));
    assert!(window.has("Held, nothing charged"));
    assert_eq!((service.count(Kind::Submit), service.count(Kind::Ask)), (1, 0));
    window.click("Enter key…");
    window.type_key("another-key");
    Some((service, window))
}

/// How often a service refuses a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Say401 {
    Once,
    Always,
}

fn refused() -> Say {
    Say::Json(401, json!({ "error": "Invalid or missing authentication" }))
}

#[test]
fn a_refused_key_holds_the_line_and_a_good_one_lets_it_go_on_without_another_click() {
    let Some((service, mut window)) = held_for_a_key(Say401::Once) else { return };
    window.until("the sticker", |window| window.has("Done"));
    assert_eq!(service.count(Kind::Submit), 2);
    assert!(window.has_that_contains("1 job goes on"));
    assert!(!window.has("Pixazo does not know this key"));
}

#[test]
fn another_bad_key_is_found_out_by_a_question_that_is_free_and_sends_nothing() {
    let Some((service, mut window)) = held_for_a_key(Say401::Always) else { return };
    window.until("the free answer", |_| service.count(Kind::Ask) == 1);
    window.frames(100);
    assert!(window.has("Held, nothing charged") && window.has("Pixazo key"), "the dialog stays and says why");
    assert_eq!(service.count(Kind::Submit), 1);
}

#[test]
fn used_up_credit_holds_the_line_until_a_person_asks_again() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Submit if earlier == 0 => Say::Json(403, json!({ "error": "Insufficient wallet balance" })),
        _ => good(base, kind, earlier),
    });
    let Some(mut window) = Window::open(&service, &json!({})) else { return };
    window.click(TICKET);
    window.until("the banner", |window| window.has("Pixazo says the credit is used up"));
    window.frames(40);
    assert_eq!(service.count(Kind::Submit), 1);
    window.click("Ask again");
    window.until("the sticker", |window| window.has("Done"));
    assert_eq!(service.count(Kind::Submit), 2);
}

#[test]
fn a_request_without_an_answer_is_sent_again_only_by_decision_and_counts_as_unsure_until_then() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Submit if earlier == 0 => Say::Json(502, json!({ "message": "bad gateway" })),
        _ => good(base, kind, earlier),
    });
    let Some(mut window) = Window::open(&service, &json!({})) else { return };
    window.click(TICKET);
    window.until("the row", |window| window.has("May have been accepted"));
    assert!(window.has("Unsure, 1 job") && window.has("1 needs you"));
    window.frames(20);
    window.click("Submit again, $0.025");
    window.until("the decision", |window| window.has("Decide later"));
    window.click("Decide later");
    window.frames(40);
    assert_eq!(service.count(Kind::Submit), 1);

    window.click("Submit again, $0.025");
    window.until("the decision", |window| window.has("Decide later"));
    window.frames(20);
    window.press_without_a_frame("Submit again, $0.025, at Pixazo", 2);
    window.until("the sticker", |window| window.has("Done"));
    window.frames(40);
    assert_eq!(service.count(Kind::Submit), 2);
    assert!(!window.has("May have been accepted") && !window.has("Unsure, 1 job"));

    // Both stand in the ledger, apart.
    window.click("Today $0.025");
    window.until("the ledger", |window| window.has("unsure, put aside") && window.has("charged"));
    window.until("the id", |window| window.has("request-1"));
}

#[test]
fn a_busy_service_counts_down_on_every_row_that_waits() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Submit if earlier == 0 => Say::Busy(3600),
        _ => good(base, kind, earlier),
    });
    let Some(mut window) = Window::open(&service, &json!({ "concurrency": 1 })) else { return };
    window.click(TICKET);
    window.until("the countdown", |window| window.has_that_contains("Service is busy, next try in"));
    window.frames(20);
    // One that is put in line while the gate is closed waits for it too.
    window.click(TICKET);
    let counting = |window: &Window| window.harness.query_all_by_label_contains("Service is busy, next try in").count();
    // Each row says it in its state, and in the name of its group.
    window.until("both countdowns", |window| counting(window) >= 4);
    assert_eq!(service.count(Kind::Submit), 1);
}

#[test]
fn closing_waits_for_an_answer_that_would_be_unsure_and_then_closes_by_itself() {
    let answered = Arc::new(AtomicUsize::new(0));
    let release = Arc::clone(&answered);
    let service = Service::start(move |base, kind, earlier| match kind {
        Kind::Submit => {
            let start = Instant::now();
            while release.load(Ordering::SeqCst) == 0 && start.elapsed() < PATIENCE {
                std::thread::sleep(Duration::from_millis(10));
            }
            good(base, kind, earlier)
        }
        Kind::Ask => working(),
        Kind::Fetch => picture(),
    });
    let Some(mut window) = Window::open(&service, &json!({})) else { return };
    window.click(TICKET);
    window.until("the request", |_| service.count(Kind::Submit) == 1);
    window.until("the row", |window| window.has("Submitting"));

    window.closes();
    assert!(window.commands().contains(&ViewportCommand::CancelClose), "{:?}", window.commands());
    window.until("the dialog", |window| window.has("Waiting for an answer"));
    assert!(window.harness.get_by_label("Keep the window open").accesskit_node().is_focused());

    // Kept open, and asked once more.
    window.click("Keep the window open");
    window.until("no dialog", |window| !window.has("Waiting for an answer"));
    window.closes();
    window.until("the dialog", |window| window.has("Waiting for an answer"));
    answered.store(1, Ordering::SeqCst);
    window.until("the end", |window| window.commands().contains(&ViewportCommand::Close));
    window.closes();
    assert!(!window.commands().contains(&ViewportCommand::CancelClose), "nothing holds it any more");
}

#[test]
fn closing_with_nothing_unsure_under_way_asks_nothing() {
    let service = Service::start(good);
    let Some(mut window) = Window::open(&service, &json!({})) else { return };
    window.closes();
    window.until("the end", |window| window.commands().contains(&ViewportCommand::Close));
    assert!(!window.has("Waiting for an answer"));
    window.closes();
    assert!(!window.commands().contains(&ViewportCommand::CancelClose), "nothing holds it any more");
}
