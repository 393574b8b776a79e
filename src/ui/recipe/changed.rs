//! The dot of a setting that differs from the last run; a click takes that run's value back.

use egui::{Rect, Ui, pos2, vec2};

use crate::action::{Action, Asks as _, RecipeAction};
use crate::icons;
use crate::theme::{self, size};
use crate::view::RecipeView;
use crate::widgets::Pressable;
use model::{Parameter, Recipe};

/// Draws the dot in the gutter before `row` when one of these differs, and takes all of them back when it is clicked.
pub(super) fn dot(ui: &Ui, row: Rect, label: &str, of: &[Parameter], view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let Some(last) = view.last_run.filter(|_| of.iter().any(|parameter| view.differs(*parameter))) else { return };
    let tokens = theme::of(ui);
    let middle = pos2(row.left() - 6.0, row.center().y);
    // The gutter has no more room; undo and the group's own reset do the same with larger targets.
    let place = Rect::from_center_size(middle, vec2(12.0, size::CONTROL.min(row.height())));
    let words = format!("{label} back to {}, as in the last run", values(last, of));
    let button = Pressable::new(&words).radius(3.0).tooltip(&words);
    let response = button.show(ui, place, ("as in the last run", label), |response| {
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(place, 3.0, tokens.bg_control);
            icons::UNDO.paint(ui, place, 10.0, tokens.accent);
        } else {
            ui.painter().circle_filled(middle, 3.0, tokens.accent);
        }
    });
    response.asks(actions, RecipeAction::Revert(of.to_vec()));
}

/// The values of the last run in words.
fn values(last: &Recipe, of: &[Parameter]) -> String {
    let words = of.iter().map(|parameter| match last.get(*parameter) {
        serde_json::Value::String(words) if words.is_empty() => "nothing".to_owned(),
        serde_json::Value::String(words) => format!("“{words}”"),
        serde_json::Value::Bool(on) => if on { "on" } else { "off" }.to_owned(),
        value => match super::numbers(*parameter) {
            Some((numbers, _)) => numbers.format(value.as_f64().unwrap_or_default()),
            None => value.to_string(),
        },
    });
    words.collect::<Vec<_>>().join(" × ")
}
