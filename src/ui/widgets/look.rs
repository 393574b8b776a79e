//! A style or a mood as a small picture with its name beneath: a switch.

use egui::{Align, Color32, Rect, Role, Ui, Vec2, vec2};

use super::{Pressable, checker, text};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{LookView, Picture};

/// Side of the picture.
pub const SIDE: f32 = 56.0;
/// The picture with its name; the line cut around a chosen one needs 4 beyond it.
pub const SIZE: Vec2 = vec2(SIDE, SIDE + 18.0);

/// Shows one at the top of `rect`; `kind` and its word are its name. True when it was clicked.
pub fn put(ui: &Ui, rect: Rect, kind: &str, role: Role, look: &LookView) -> bool {
    let tokens = theme::of(ui);
    let place = Rect::from_min_size(rect.min, SIZE);
    let picture = Rect::from_min_size(place.min, Vec2::splat(SIDE));
    let name = format!("{kind} {}", look.word);
    let button = Pressable::new(&name).role(role).on(Some(look.is_on)).ring(picture, size::RADIUS);
    let response = button.show(ui, place, ("look", kind, look.word), |response| {
        let fill = if response.hovered() { tokens.bg_control_hover } else { tokens.bg_field };
        ui.painter().rect_filled(picture, size::RADIUS, fill);
        match look.picture {
            Picture::Ready { size: pixels, .. } => {
                let inner = picture.shrink(2.0);
                let scale = (inner.width() / pixels.x.max(1.0)).min(inner.height() / pixels.y.max(1.0));
                let fitted = Rect::from_center_size(inner.center(), pixels * scale);
                checker::picture(ui, fitted, &look.picture, 0, Color32::WHITE);
            }
            Picture::Loading => {}
            Picture::Missing | Picture::Gone => icons::FACE_OFF.paint(ui, picture, size::ICON, tokens.text_muted),
        }
        if look.is_on {
            checker::die_cut(ui, picture, size::RADIUS);
        }
    });
    let color = if look.is_on { tokens.text } else { tokens.text_secondary };
    let line = place.with_min_y(picture.bottom() + 4.0).expand2(vec2(4.0, 0.0));
    text::paint(ui, line, Align::Center, look.label, Type::ChipNote, color);
    response.clicked()
}
