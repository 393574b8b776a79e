//! Beneath the words: the nine styles, and the moods in the chosen one, as small pictures of the photo.

use egui::{Rect, Role, ScrollArea, Ui, vec2};

use crate::action::{Action, RecipeAction};
use crate::theme::size;
use crate::view::{LookView, RecipeView};
use crate::widgets::chip::{Chip, Tone};
use crate::widgets::{self, cut, look};

/// Room around a picture, for the line cut around a chosen one.
const ROOM: f32 = 6.0;

/// What opens and folds the rows.
const TITLE: &str = "Styles and moods";

/// Draws both rows while `open`, and what folds them; true when that was clicked.
pub(super) fn ui(ui: &mut Ui, open: bool, view: &RecipeView<'_>, actions: &mut Vec<Action>) -> bool {
    if view.styles.is_empty() {
        return false;
    }
    let place = cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0));
    let folds = Chip::new(TITLE, Tone::Quiet).small().on(open).put(ui, place).clicked();
    if open {
        row(ui, "Style", Role::RadioButton, view.styles, actions);
        row(ui, "Mood", Role::CheckBox, view.moods, actions);
        ui.add_space(4.0);
    }
    folds
}

/// One row, which scrolls sideways.
fn row(ui: &mut Ui, kind: &str, role: Role, looks: &[LookView], actions: &mut Vec<Action>) {
    let height = look::SIZE.y + 2.0 * ROOM;
    let rect = cut::next_row(ui, height).shrink2(vec2(size::PANEL_PADDING - ROOM, 0.0));
    widgets::inside_clipped(ui, rect, kind, |ui| {
        ScrollArea::horizontal().id_salt(kind).auto_shrink([false, false]).show(ui, |ui| {
            let pitch = look::SIDE + 2.0 * ROOM;
            ui.set_width(pitch * looks.len() as f32);
            ui.set_height(height);
            widgets::name_group(ui, &format!("{kind}s"));
            let corner = ui.max_rect().min + vec2(ROOM, ROOM);
            for (place, one) in looks.iter().enumerate() {
                let rect = Rect::from_min_size(corner + vec2(pitch * place as f32, 0.0), look::SIZE);
                if look::put(ui, rect, kind, role, one) {
                    actions.push(Action::Recipe(RecipeAction::ToggleLook(one.word)));
                }
            }
        });
    });
}
