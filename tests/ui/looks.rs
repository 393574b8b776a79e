//! What every control must have, whatever it looks like: room to hit it, and a ring when the keyboard leads.

use egui::accesskit::Role;
use egui::{Key, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sticker_booth::ui::shell::Shell;
use sticker_booth::ui::widgets::focus;

use crate::cases::{self, Case};
use crate::harness::{Asked, window};
use crate::sample::{Extras, OpenDialog, Scene};

const SIZES: [Vec2; 2] = [vec2(960.0, 640.0), vec2(1360.0, 860.0)];

/// Every control with a click of its own.
const PRESSED: [Role; 7] = [
    Role::Button,
    Role::RadioButton,
    Role::Switch,
    Role::Slider,
    Role::DisclosureTriangle,
    Role::MenuItem,
    Role::MenuItemRadio,
];

fn shown(size: Vec2, case: Case, extras: Extras) -> Harness<'static, Asked<Shell>> {
    let mut harness = window(size, Shell::default(), move |ui, shell, actions| {
        cases::with_view(case, None, &extras, |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    harness
}

#[test]
fn every_control_has_24_points_to_hit() {
    let cases = [
        Case::Plain(Scene::Working),
        Case::Plain(Scene::FirstRun),
        Case::Plain(Scene::Failed),
        Case::EmptyGallery,
        Case::NoMatch,
        Case::Credit,
        Case::SmallFace,
    ];
    let dialogs = [OpenDialog::Key, OpenDialog::Settings, OpenDialog::Job, OpenDialog::SubmitAgain];
    let plain = cases.map(|case| (case, Extras { toasts: true, ..Extras::default() }));
    let under =
        dialogs.map(|dialog| (Case::Plain(Scene::Working), Extras { dialog: Some(dialog), ..Extras::default() }));
    for size in SIZES {
        for (case, extras) in plain.iter().chain(&under) {
            let harness = shown(size, *case, extras.clone());
            for node in harness.get_all_by(|node| PRESSED.contains(&node.role())) {
                let (rect, label) = (node.rect(), node.accesskit_node().label());
                // The dots in the gutter have 12, and ways beside them that are larger.
                let in_gutter = label.as_ref().is_some_and(|label| label.ends_with("as in the last run"));
                // What is scrolled out of sight has no size.
                if rect.is_positive() && !in_gutter {
                    assert!(
                        rect.width() >= 23.9 && rect.height() >= 23.9,
                        "{label:?} is only {} in {case:?} of {size}",
                        rect.size()
                    );
                }
            }
        }
    }
}

#[test]
fn the_ring_of_focus_follows_the_keyboard_and_not_the_mouse() {
    let mut harness = shown(SIZES[1], Case::Plain(Scene::Working), Extras::default());
    harness.key_press(Key::Tab);
    harness.run_ok();
    assert!(focus::by_key(&harness.ctx));
    harness.get_by_label("Starred").click();
    harness.run_ok();
    assert!(!focus::by_key(&harness.ctx));
}

#[test]
fn without_motion_a_section_folds_at_once() {
    let mut harness = shown(SIZES[1], Case::Plain(Scene::Working), Extras::default());
    harness.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    harness.get_by_label("Quality").click();
    // One frame takes the click, the next shows what it did.
    harness.run_steps(2);
    assert!(harness.query_by_role_and_label(Role::Slider, "Steps").is_none());
}
