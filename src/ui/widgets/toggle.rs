//! A toggle: on or off, 28 × 16 with a knob of 12.

use egui::{Rect, Role, Ui, pos2};

use super::{Cut, Pressable};
use crate::theme::{self, Motion};

/// Shows a toggle at the left of `rect`; gives true when it was flipped.
pub fn put(ui: &Ui, rect: Rect, name: &str, on: bool) -> bool {
    let hit = super::cut::centred(Cut(rect).left(28.0), 24.0);
    let track = super::cut::centred(hit, 16.0);
    let switch = Pressable::new(name).role(Role::Switch).on(Some(on)).ring(track, 8.0);
    let response = switch.show(ui, hit, ("toggle", name), |response| {
        let tokens = theme::of(ui);
        let share = ui.ctx().animate_bool_with_time(response.id, on, Motion::Quick.seconds(ui.ctx()));
        let knob = egui::lerp(track.left() + 8.0..=track.right() - 8.0, share);
        let (fill, dot) =
            if on { (tokens.accent, tokens.on_accent) } else { (tokens.line_control, tokens.text_secondary) };
        ui.painter().rect_filled(track, 8.0, fill);
        ui.painter().circle_filled(pos2(knob, track.center().y), 6.0, dot);
    });
    response.clicked()
}
