//! The seed: typed, kept, drawn anew, counted up, or taken from the recent ones.

use egui::{Align, Ui, vec2};
use serde_json::json;

use crate::action::{Action, Asks as _, Command, RecipeAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{RecipeView, UseOfSeed};
use crate::widgets::{self, Button, Cut, IconButton, NumberField, cut, menu, text};
use model::Parameter;

/// Draws the row with a hairline above.
pub(super) fn ui(ui: &mut Ui, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let whole = cut::next_row(ui, size::ROW + 9.0);
    widgets::hairline_above(ui, whole);
    let row = egui::Rect::from_min_size(whole.min + vec2(0.0, 5.0), vec2(whole.width(), size::ROW));
    let mut cut = Cut(row.shrink2(vec2(size::PANEL_PADDING, 0.0)));
    let words = text::label(ui, cut.left(52.0), Align::Min, "Seed", Type::Section, tokens.text);
    super::tip(Parameter::Seed, view).show(words);
    let plus_one = cut.right_control(30.0, size::CONTROL);
    cut.right(2.0);
    let dice = cut.right(24.0);
    cut.right(4.0);
    let keep = cut.right(24.0);
    cut.right(4.0);
    field(ui, super::super::widgets::cut::centred(cut.rest(), size::CONTROL), view, actions);
    lock(ui, keep, view, actions);
    super::super::topbar::command_button(ui, dice, Command::NewSeed, true, actions);
    let plus = Button::ghost("+1").small().name(Command::NextSeed.label());
    plus.put(ui, plus_one).on_hover_text(Command::NextSeed.tooltip()).asks(actions, Command::NextSeed);
}

fn lock(ui: &mut Ui, rect: egui::Rect, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let locked = view.seed == UseOfSeed::Locked;
    let (icon, tooltip) = if locked {
        (icons::LOCK, "The seed is kept. A click draws a new one for each sticker.")
    } else {
        (icons::UNLOCK, "Each sticker draws a new seed. A click keeps this one.")
    };
    IconButton::new(icon, "Keep the seed")
        .on(locked)
        .tooltip(tooltip)
        .put(ui, rect)
        .asks(actions, RecipeAction::LockSeed(!locked));
}

fn field(ui: &mut Ui, rect: egui::Rect, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let Some((numbers, _)) = super::numbers(Parameter::Seed) else { return };
    let value = view.recipe.seed.map(f64::from);
    let field = NumberField::new("Seed", value, numbers).align(Align::Min).hint("random");
    if let Some(seed) = field.put(ui, rect) {
        actions.push(Action::Recipe(RecipeAction::Set(Parameter::Seed, json!(seed as u32))));
    }
    let mut cut = Cut(rect);
    let recent = IconButton::new(icons::CHEVRON_DOWN, "Recent seeds").points(14.0).put(ui, cut.right(22.0));
    menu::below(&recent, 160.0, |ui| {
        if view.recent_seeds.is_empty() {
            menu::Item::new("None yet").enabled(false).show(ui);
        }
        for seed in view.recent_seeds {
            let words = seed.to_string();
            if menu::Item::new(&words).chosen(view.recipe.seed == Some(*seed)).show(ui) {
                actions.push(Action::Recipe(RecipeAction::Set(Parameter::Seed, json!(seed))));
            }
        }
    });
}
