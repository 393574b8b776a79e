//! The export: whom a pack is for, its stickers, and what the rules of the platform say of it.

mod card;
mod pack;
mod print;
mod rules;
mod side;
mod targets;

use egui::{Color32, Key, Rect, ScrollArea, Ui, vec2};

use super::action::{Action, Command, ExportAction};
use super::icons::{self, Icon};
use super::theme::Tokens;
use super::view::{ExportView, Lamp};
use super::widgets::{self, Cut};

/// Below this width all three panels do not fit, and are scrolled.
const LEAST: f32 = 820.0;

/// Below this width the panels at the sides are narrower.
const NARROW: f32 = 1100.0;

/// Draws the export in `rect`; `has_keys` when no dialog lies over it.
pub fn ui(ui: &mut Ui, rect: Rect, view: &ExportView<'_>, has_keys: bool, actions: &mut Vec<Action>) {
    if rect.width() >= LEAST {
        panels(ui, rect, view, actions);
    } else {
        ScrollArea::horizontal().auto_shrink([false, false]).id_salt("export").show(ui, |ui| {
            let whole = ui.allocate_space(vec2(LEAST, rect.height())).1;
            panels(ui, whole, view, actions);
        });
    }
    if has_keys {
        keys(ui, view, actions);
    }
}

fn panels(ui: &mut Ui, rect: Rect, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let [left, right] = if rect.width() < NARROW { [208.0, 280.0] } else { [232.0, 344.0] };
    let mut cut = Cut(rect);
    let (left, right) = (cut.left(left), cut.right(right));
    widgets::inside_clipped(ui, left, "targets", |ui| targets::ui(ui, left, view, actions));
    widgets::inside_clipped(ui, right, "side", |ui| side::ui(ui, right, view, actions));
    let centre = cut.rest();
    widgets::inside_clipped(ui, centre, "pack", |ui| pack::ui(ui, centre, view, actions));
}

/// Esc goes back; the arrows go from sticker to sticker, and with Shift take it along.
fn keys(ui: &Ui, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let id = ui.make_persistent_id("export had focus");
    let has_focus = ui.memory(|memory| memory.focused()).is_some();
    // Esc has taken the focus out of a field already, and does no more than that.
    let had_focus = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or(id, false), has_focus));
    if has_focus || had_focus || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let (back, by, takes_along, delete) = ui.input(|input| {
        let presses = |key| input.num_presses(key) as isize;
        let by = presses(Key::ArrowRight) - presses(Key::ArrowLeft);
        (input.key_pressed(Key::Escape), by, input.modifiers.shift, input.key_pressed(Key::Delete))
    });
    if back {
        actions.push(Command::Export.into());
    }
    if delete && view.selected < view.stickers.len() {
        actions.push(ExportAction::LeaveOut(view.selected).into());
    }
    let next = view.selected as isize + by;
    if by == 0 || !(0..view.stickers.len() as isize).contains(&next) {
        return;
    }
    let action = if takes_along {
        ExportAction::Move(view.selected, next as usize)
    } else {
        ExportAction::Select(next as usize)
    };
    actions.push(action.into());
}

/// The sign of a lamp with its colour; none while it is dark.
fn sign(lamp: Lamp, tokens: &Tokens) -> Option<(Icon, Color32)> {
    match lamp {
        Lamp::Dark => None,
        Lamp::Good => Some((icons::DONE, tokens.ok)),
        Lamp::Advice => Some((icons::INFO, tokens.text_secondary)),
        Lamp::Broken => Some((icons::ALERT, tokens.money)),
    }
}

/// The same in a word for assistive technology.
const fn word(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::Dark => "not measured",
        Lamp::Good => "kept",
        Lamp::Advice => "advice",
        Lamp::Broken => "to mend",
    }
}
