//! Nothing is cut off: every named control lies in the window, at every size.

use egui::accesskit::Role;
use egui::{Rect, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sticker_booth::ui::shell::Shell;

use crate::cases::{self, Case};
use crate::harness::window;
use crate::sample::{Extras, Scene, with_view};

const SIZES: [Vec2; 3] = [vec2(960.0, 640.0), vec2(1360.0, 860.0), vec2(2560.0, 1440.0)];

/// Controls that must be in sight at every size; the middle of the recipe may scroll.
const ALWAYS: [(Role, &str); 13] = [
    (Role::RadioButton, "This computer"),
    (Role::RadioButton, "Pixazo"),
    (Role::Button, "Undo"),
    (Role::Button, "Help and shortcuts…"),
    (Role::Button, "Settings…"),
    (Role::Button, "Replace…"),
    (Role::Button, "Paste"),
    (Role::Button, "One sticker more"),
    (Role::Button, "Make 4 stickers, $0.10, at Pixazo"),
    (Role::Button, "Fit"),
    (Role::Button, "Save as…"),
    (Role::Button, "Star"),
    (Role::Button, "Gallery to full height"),
];

#[test]
fn what_must_be_in_sight_is_in_sight_at_every_size() {
    for size in SIZES {
        let mut harness = window(size, Shell::default(), |ui, shell, actions| {
            with_view(Scene::Working, None, &Extras::default(), |view| shell.ui(ui, view, actions));
        });
        harness.run_ok();
        let screen = Rect::from_min_size(egui::Pos2::ZERO, size);
        for (role, label) in ALWAYS {
            let rect = harness.get_by_role_and_label(role, label).rect();
            assert!(screen.contains_rect(rect), "{label} lies at {rect} of {size}");
            assert!(rect.width() >= 24.0 && rect.height() >= 23.9, "{label} is only {rect}");
        }
    }
}

#[test]
fn no_control_reaches_out_of_the_window_in_any_scene() {
    for size in SIZES {
        for scene in [Scene::Working, Scene::FirstRun, Scene::Loading, Scene::Failed] {
            let mut harness = window(size, Shell::default(), move |ui, shell, actions| {
                with_view(scene, None, &Extras::default(), |view| shell.ui(ui, view, actions));
            });
            harness.run_ok();
            let across = egui::Rangef::new(-0.5, size.x + 0.5);
            for node in
                harness.get_all_by(|node| matches!(node.role(), Role::Button | Role::RadioButton | Role::Slider))
            {
                let rect = node.rect();
                let label = node.accesskit_node().label();
                assert!(
                    across.contains(rect.left()) && across.contains(rect.right()),
                    "{label:?} at {rect} of {size}, {scene:?}"
                );
            }
        }
    }
}

#[test]
fn what_a_check_found_and_its_ways_out_never_lie_on_each_other() {
    let mut offers = 0;
    for size in SIZES {
        for case in [Case::NoFace, Case::TightFace, Case::SmallFace, Case::SeveralFaces] {
            let mut harness = window(size, Shell::default(), move |ui, shell, actions| {
                cases::with_view(case, None, &Extras::default(), |view| shell.ui(ui, view, actions));
            });
            harness.run_ok();
            let Some(anyway) = harness.query_by_role_and_label(Role::Button, "Use it anyway") else { continue };
            offers += 1;
            let anyway = anyway.rect();
            for node in harness.get_all_by(|node| node.role() == Role::Button) {
                let rect = node.rect().shrink(0.5);
                let label = node.accesskit_node().label().unwrap_or_default();
                assert!(
                    label == "Use it anyway" || !anyway.intersects(rect),
                    "{label} at {rect}, {anyway}, {size}, {case:?}"
                );
            }
        }
    }
    assert!(offers > 0, "no case offers to use the photo anyway");
}

#[test]
fn jobs_that_are_held_are_told_where_the_panel_is_folded() {
    let mut harness = window(SIZES[0], Shell::default(), |ui, shell, actions| {
        cases::with_view(Case::HeldFromLastTime, None, &Extras::default(), |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    harness.get_by_label("3 held");
    assert!(harness.query_by_label("Nothing is running").is_none());
}

#[test]
fn a_narrow_window_folds_the_jobs_to_a_line_that_opens_them() {
    let mut harness = window(SIZES[0], Shell::default(), |ui, shell, actions| {
        with_view(Scene::Working, None, &Extras::default(), |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    assert!(harness.query_by_label("May have been accepted").is_none());
    harness.get_by_label("Open the jobs").click();
    harness.run_ok();
    harness.get_by_label("May have been accepted");
}

#[test]
fn the_jobs_and_the_recipe_can_be_hidden_and_come_back() {
    let mut harness = window(SIZES[1], Shell::default(), |ui, shell, actions| {
        with_view(Scene::Working, None, &Extras::default(), |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num1);
    harness.run_ok();
    assert!(!harness.state().panel.arrangement.recipe_open);
    assert!(harness.query_by_label("Replace…").is_none());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num1);
    harness.run_ok();
    harness.get_by_label("Replace…");
    harness.get_by_label("Jobs panel").click();
    harness.run_ok();
    harness.get_by_label("Open the jobs");
}
