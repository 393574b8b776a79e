//! The controls: each is drawn by us, named and roled for assistive technology, and reachable by keyboard.

pub mod banner;
pub mod button;
pub mod checker;
pub mod chip;
pub mod crop_frame;
pub mod cut;
pub mod dialog;
pub mod fader;
pub mod field;
pub mod focus;
pub mod look;
pub mod menu;
pub mod number;
pub mod pressable;
pub mod progress;
pub mod section;
pub mod segmented;
pub mod text;
pub mod ticket;
pub mod toast;
pub mod toggle;
pub mod tooltip;
pub mod typing;

pub use button::{Button, IconButton};
pub use cut::Cut;
pub use fader::Fader;
pub use field::TextField;
pub use number::NumberField;
pub use pressable::Pressable;
pub use segmented::{Segment, Segmented};
pub use ticket::{Stub, Ticket};

use egui::{Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo};

use super::theme;

/// Senses a place that needs no lasting id, such as a label.
pub(crate) fn interact(ui: &mut Ui, rect: Rect, sense: Sense) -> Response {
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    ui.interact(rect, id, sense)
}

/// Draws into `rect` without moving the cursor of `ui`; `salt` keeps the ids inside apart from its siblings'.
pub fn inside<R>(ui: &mut Ui, rect: Rect, salt: impl egui::AsIdSalt, draw: impl FnOnce(&mut Ui) -> R) -> R {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt));
    child.spacing_mut().item_spacing = egui::Vec2::ZERO;
    draw(&mut child)
}

/// The same, clipped to `rect`.
pub fn inside_clipped<R>(ui: &mut Ui, rect: Rect, salt: impl egui::AsIdSalt, draw: impl FnOnce(&mut Ui) -> R) -> R {
    inside(ui, rect, salt, |ui| {
        ui.shrink_clip_rect(rect);
        draw(ui)
    })
}

/// A hairline on the last pixel of a region's bottom.
pub fn hairline_below(ui: &Ui, rect: Rect) {
    let y = rect.bottom() - 0.5 / ui.pixels_per_point();
    ui.painter().hline(rect.x_range(), y, hairline(ui));
}

/// A hairline on the first pixel of a region.
pub fn hairline_above(ui: &Ui, rect: Rect) {
    let y = rect.top() + 0.5 / ui.pixels_per_point();
    ui.painter().hline(rect.x_range(), y, hairline(ui));
}

/// A hairline on the last pixel of a region's right edge.
pub fn hairline_right(ui: &Ui, rect: Rect) {
    let x = rect.right() - 0.5 / ui.pixels_per_point();
    ui.painter().vline(x, rect.y_range(), hairline(ui));
}

/// A hairline of one pixel or point, whichever is thicker.
pub fn hairline(ui: &Ui) -> Stroke {
    Stroke::new(1.0_f32.max(1.0 / ui.pixels_per_point()), theme::of(ui).line_soft)
}

/// Names a place that holds several controls.
pub fn name_group(ui: &Ui, name: &str) {
    let name = name.to_owned();
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(Role::Group);
        node.set_label(name);
    });
}

/// Tells assistive technology about a picture.
pub fn describe(ui: &mut Ui, rect: Rect, sense: Sense, alt: &str) -> Response {
    let response = interact(ui, rect, sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, alt));
    response
}
