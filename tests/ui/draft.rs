//! The live draft in the real window: a setting moves, and the picture follows.

use std::time::{Duration, Instant};

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sticker_booth::app::{App, WindowOptions};
use sticker_booth::keys::KeysOptions;
use sticker_booth::platform::Session;
use sticker_booth::studio::Parts;

/// How long anything may take on a machine that does other things too.
const PATIENCE: Duration = Duration::from_mins(2);

/// The real window on a data folder of its own.
fn window(folder: &std::path::Path) -> Harness<'static, App> {
    let parts = Parts { keys: Some(KeysOptions::in_memory()), engine: None };
    let options = WindowOptions { data_dir: Some(folder.to_path_buf()), session: Session::X11, parts };
    Harness::builder()
        .with_size([1360.0, 860.0])
        .with_max_steps(4)
        .build_eframe(move |creation| App::new(&creation.egui_ctx, options))
}

/// Draws frames until there is something to see.
#[track_caller]
fn wait_until(harness: &mut Harness<'static, App>, what: &str, seen: impl Fn(&Harness<'static, App>) -> bool) {
    let began = Instant::now();
    while !seen(harness) {
        assert!(began.elapsed() < PATIENCE, "{what} did not come");
        std::thread::sleep(Duration::from_millis(20));
        harness.step();
    }
}

fn shows_a_draft(harness: &Harness<'static, App>) -> bool {
    harness.query_by_label("Draft of the sticker").is_some()
}

#[test]
fn moving_a_setting_shows_a_draft_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(folder.path());
    wait_until(&mut harness, "the sample", |harness| {
        harness.query_by_role_and_label(Role::Image, "Photo, Sample portrait.png").is_some()
    });
    for _ in 0..5 {
        harness.step();
    }
    assert!(!shows_a_draft(&harness), "nothing has moved yet");
    let fader = harness.get_by_role_and_label(Role::Slider, "Prompt strength");
    fader.focus();
    harness.step();
    for _ in 0..5 {
        harness.key_press(Key::ArrowRight);
        harness.step();
    }
    wait_until(&mut harness, "the draft", shows_a_draft);
}
