//! The controls, found by role and label as assistive technology finds them.

use std::cell::Cell;

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, Rect, Vec2, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sticker_booth::model::Money;
use sticker_booth::ui::icons;
use sticker_booth::ui::widgets::number::Numbers;
use sticker_booth::ui::widgets::section::Section;
use sticker_booth::ui::widgets::{
    Button, Fader, IconButton, NumberField, Segment, Segmented, Stub, TextField, Ticket, toggle,
};

use crate::harness::window;

const SIZE: Vec2 = vec2(320.0, 120.0);

/// A row of 296 × 28 in the corner.
const ROW: Rect = Rect { min: pos2(12.0, 12.0), max: pos2(308.0, 40.0) };

fn strength() -> Numbers {
    Numbers { range: 0.0..=20.0, step: 0.5, decimals: 1, only_steps: false }
}

/// A window with one fader; its state is the value.
fn fader_window(value: f64) -> egui_kittest::Harness<'static, crate::harness::Asked<f64>> {
    window(SIZE, value, |ui, value: &mut f64, _| {
        if let Some(moved) = Fader::new("Prompt strength", *value, 7.0, strength()).put(ui, ROW) {
            *value = moved;
        }
    })
}

#[test]
fn a_fader_is_a_slider_with_its_value_and_range() {
    let mut harness = fader_window(11.0);
    harness.run();
    let node = harness.get_by_role_and_label(Role::Slider, "Prompt strength");
    let node = node.accesskit_node();
    assert_eq!(node.numeric_value(), Some(11.0));
    assert_eq!((node.min_numeric_value(), node.max_numeric_value()), (Some(0.0), Some(20.0)));
}

#[test]
fn arrow_keys_move_a_fader_by_one_step_and_page_keys_by_ten() {
    let mut harness = fader_window(11.0);
    harness.run();
    harness.get_by_role(Role::Slider).focus();
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(harness.state().panel, 11.5);
    harness.key_press(Key::PageDown);
    harness.run();
    assert_eq!(harness.state().panel, 6.5);
    harness.key_press(Key::End);
    harness.run();
    assert_eq!(harness.state().panel, 20.0);
}

#[test]
fn assistive_technology_can_set_a_fader() {
    let mut harness = fader_window(11.0);
    harness.run();
    harness.get_by_role(Role::Slider).set_value_accesskit(3.0);
    harness.run();
    assert_eq!(harness.state().panel, 3.0);
    harness.get_by_role(Role::Slider).increment_accesskit();
    harness.run();
    assert_eq!(harness.state().panel, 3.5);
}

#[test]
fn dragging_a_fader_moves_it_and_shift_is_ten_times_finer() {
    let cap = pos2(12.0 + 116.0 + 120.0 * 11.0 / 20.0, 26.0);
    for (modifiers, expected) in [(Modifiers::NONE, 16.0), (Modifiers::SHIFT, 11.5)] {
        let mut harness = fader_window(11.0);
        harness.run();
        harness.event_modifiers(egui::Event::PointerMoved(cap), modifiers);
        harness.event(egui::Event::ModifiersChanged(modifiers));
        harness.drag_at(cap);
        harness.run();
        harness.hover_at(cap + vec2(30.0, 0.0));
        harness.run();
        let value = harness.state().panel;
        assert!((value - expected).abs() <= 0.51, "{value} with {modifiers:?}");
    }
}

#[test]
fn a_double_click_brings_a_fader_back_to_its_default() {
    let mut harness = fader_window(11.0);
    harness.run();
    let label = pos2(40.0, 26.0);
    for _ in 0..2 {
        harness.drag_at(label);
        harness.drop_at(label);
    }
    harness.run();
    assert_eq!(harness.state().panel, 7.0);
}

#[test]
fn a_typed_number_counts_when_enter_is_pressed() {
    let mut harness = fader_window(11.0);
    harness.run();
    harness.get_by_label("Prompt strength, value").focus();
    harness.run();
    harness.get_by_label("Prompt strength, value").type_text("4.5");
    harness.run();
    assert_eq!(harness.state().panel, 11.0);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().panel, 4.5);
}

#[test]
fn a_number_out_of_range_becomes_the_nearest_one_when_the_field_is_left_and_that_is_said() {
    let mut harness = window(SIZE, Some(20.0), |ui, value: &mut Option<f64>, _| {
        if let Some(typed) = NumberField::new("Steps", *value, Numbers::whole(1..=50, 1)).put(ui, ROW) {
            *value = Some(typed);
        }
    });
    harness.run();
    harness.get_by_label("Steps").focus();
    harness.run();
    harness.get_by_label("Steps").type_text("99");
    harness.run_steps(4);
    assert_eq!(harness.state().panel, Some(20.0));
    harness.get_by_label_contains("Steps goes in whole numbers from 1 to 50.");
    harness.key_press(Key::Enter);
    harness.run_steps(4);
    assert_eq!(harness.state().panel, Some(50.0));
    assert_eq!(harness.get_by_label("Steps").value().as_deref(), Some("50"));
    harness.get_by_label_contains("99 became 50.");
}

#[test]
fn a_ticket_says_the_whole_sentence_and_can_be_pressed() {
    let mut harness = window(SIZE, 0, |ui, pressed: &mut u32, _| {
        let stub = Stub::of(Money::from_mills(100));
        let ticket = Ticket::new("Make 4 stickers", stub, "Make 4 stickers, $0.10, at Pixazo");
        if ticket.put(ui, ROW.expand2(vec2(0.0, 8.0))).clicked() {
            *pressed += 1;
        }
    });
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Make 4 stickers, $0.10, at Pixazo").click();
    harness.run();
    assert_eq!(harness.state().panel, 1);
}

#[test]
fn a_ticket_that_is_being_submitted_or_blocked_does_nothing() {
    for submitting in [true, false] {
        let mut harness = window(SIZE, 0, move |ui, pressed: &mut u32, _| {
            let stub = if submitting { Stub::Free } else { Stub::Blocked("no photo") };
            let ticket = Ticket::new("Make sticker", stub, "Make sticker").submitting(submitting);
            if ticket.put(ui, ROW).clicked() {
                *pressed += 1;
            }
        });
        harness.run_ok();
        let node = harness.get_by_label("Make sticker");
        assert!(node.accesskit_node().is_disabled());
        node.click();
        harness.run_ok();
        assert_eq!(harness.state().panel, 0);
    }
}

#[test]
fn free_is_a_word_and_a_price_is_exact() {
    assert_eq!(Stub::of(Money::ZERO).words(), "free");
    assert_eq!(Stub::of(Money::from_mills(25)).words(), "$0.025");
    assert_eq!(Stub::Blocked("no key").words(), "no key");
}

#[test]
fn a_segment_tells_which_is_chosen_and_reports_another() {
    let mut harness = window(SIZE, 0, |ui, chosen: &mut usize, _| {
        let segments = [Segment::new("This computer"), Segment::with_icon("Pixazo", icons::CLOUD)];
        if let Some(index) = Segmented::new("Engine", &segments, *chosen).put(ui, ROW) {
            *chosen = index;
        }
    });
    harness.run();
    let first = harness.get_by_role_and_label(Role::RadioButton, "This computer");
    assert_eq!(first.accesskit_node().toggled(), Some(Toggled::True));
    harness.get_by_label("Pixazo").click();
    harness.run();
    assert_eq!(harness.state().panel, 1);
}

#[test]
fn a_toggle_is_a_switch() {
    let mut harness = window(SIZE, false, |ui, on: &mut bool, _| {
        if toggle::put(ui, ROW, "Upscale 2×", *on) {
            *on = !*on;
        }
    });
    harness.run();
    harness.get_by_role_and_label(Role::Switch, "Upscale 2×").click();
    harness.run();
    assert!(harness.state().panel);
}

#[test]
fn a_section_folds_and_offers_a_reset_when_something_differs() {
    let mut harness = window(SIZE, (true, 0), |ui, state: &mut (bool, u32), _| {
        let asked = Section::new("Likeness", state.0, "7 · 1.00").changed(2).put(ui, ROW);
        if asked.fold {
            state.0 = !state.0;
        }
        state.1 += u32::from(asked.reset);
    });
    harness.run();
    harness.get_by_label("2 changed");
    harness.get_by_label("Reset likeness").click();
    harness.run();
    assert_eq!(harness.state().panel, (true, 1));
    harness.get_by_role_and_label(Role::DisclosureTriangle, "Likeness").click();
    harness.run();
    assert!(!harness.state().panel.0);
    harness.get_by_label("7 · 1.00");
}

#[test]
fn an_icon_button_is_named_and_at_least_24_big() {
    let mut harness = window(SIZE, 0, |ui, pressed: &mut u32, _| {
        if IconButton::new(icons::COPY, "Copy").put(ui, ROW).clicked() {
            *pressed += 1;
        }
    });
    harness.run();
    let node = harness.get_by_role_and_label(Role::Button, "Copy");
    assert!(node.rect().width() >= 24.0 && node.rect().height() >= 24.0);
    node.click();
    harness.run();
    assert_eq!(harness.state().panel, 1);
}

#[test]
fn a_disabled_button_is_told_as_disabled_and_does_nothing() {
    let pressed = Cell::new(0);
    let mut harness = window(SIZE, (), |ui, (): &mut (), _| {
        if Button::new("Retry").enabled(false).put(ui, ROW).clicked() {
            pressed.set(pressed.get() + 1);
        }
    });
    harness.run();
    let node = harness.get_by_label("Retry");
    assert!(node.accesskit_node().is_disabled());
    node.click();
    harness.run();
    drop(harness);
    assert_eq!(pressed.get(), 0);
}

#[test]
fn a_key_field_never_shows_what_is_typed() {
    let mut harness = window(SIZE, "secret".to_owned(), |ui, text: &mut String, _| {
        TextField::new("Pixazo key").password().put(ui, ROW, text);
    });
    harness.run();
    let value = harness.get_by_label("Pixazo key").value().unwrap_or_default();
    assert!(!value.contains("secret"), "{value}");
}

#[test]
fn space_presses_what_tab_has_reached() {
    let mut harness = window(SIZE, 0, |ui, pressed: &mut u32, _| {
        if Button::new("Retry").put(ui, ROW).clicked() {
            *pressed += 1;
        }
    });
    harness.run();
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.get_by_label("Retry").is_focused());
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(harness.state().panel, 1);
}
