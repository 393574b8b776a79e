//! Several photos: a strip of small pictures beneath the one in the well, and which of them are left out.

use egui::{Color32, Rect, ScrollArea, Ui, Vec2, vec2};

use crate::action::{Action, Asks as _, PhotoAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{PhotoTab, RecipeView};
use crate::widgets::{self, Cut, IconButton, Pressable, checker, text};

/// Side of a small picture; the line cut around the chosen one needs 4 beyond it.
const SIDE: f32 = 36.0;

/// Height of the strip with the gap above it.
const STRIP: f32 = 8.0 + SIDE + 8.0;

/// Height of the sentence about those that are left out; when it is longer, hovering shows all of it.
const LEFT_OUT: f32 = 20.0;

/// How high it is; nothing for one photo.
pub(super) const fn height(view: &RecipeView<'_>) -> f32 {
    if view.photos.is_empty() {
        0.0
    } else if view.left_out.is_empty() {
        STRIP
    } else {
        STRIP + LEFT_OUT
    }
}

/// Draws it in `rect`, [`height`] high.
pub(super) fn ui(ui: &mut Ui, rect: Rect, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let Some(place) = view.photos.iter().position(|tab| tab.in_the_well) else { return };
    let mut cut = Cut(rect);
    let mut row = Cut(cut.top(STRIP));
    let remove = row.right(size::CONTROL);
    row.right(4.0);
    strip(ui, row.rest(), view.photos, actions);
    let button = IconButton::new(icons::CLOSE, "Remove this photo").points(14.0);
    button
        .tooltip("Takes the photo in the well out of these. Its file stays.")
        .put(ui, remove)
        .asks(actions, PhotoAction::Remove(place));
    if !view.left_out.is_empty() {
        let rest = cut.rest();
        let color = theme::of(ui).money;
        text::label(ui, rest, egui::Align::Min, view.left_out, Type::Label, color);
    }
}

fn strip(ui: &mut Ui, rect: Rect, tabs: &[PhotoTab<'_>], actions: &mut Vec<Action>) {
    widgets::inside_clipped(ui, rect.expand2(vec2(4.0, 0.0)), "photos", |ui| {
        ScrollArea::horizontal().auto_shrink([false, false]).show_viewport(ui, |ui, sight| {
            let pitch = SIDE + 8.0;
            ui.set_width(pitch * tabs.len() as f32);
            ui.set_height(STRIP);
            let corner = ui.max_rect().min + vec2(4.0, 8.0);
            for (place, tab) in tabs.iter().enumerate() {
                let left = pitch * place as f32;
                let in_sight = left + pitch >= sight.left() && left <= sight.right();
                let picture = Rect::from_min_size(corner + vec2(left, 0.0), Vec2::splat(SIDE));
                // The one in the well is there for assistive technology even when it is out of sight.
                if (in_sight || tab.in_the_well) && small(ui, picture, place, tabs.len(), tab) {
                    actions.push(Action::Photo(PhotoAction::Show(place)));
                }
            }
        });
    });
}

/// One small picture; true when it was clicked.
fn small(ui: &Ui, rect: Rect, place: usize, count: usize, tab: &PhotoTab<'_>) -> bool {
    let tokens = theme::of(ui);
    let why = tab.left_out.map(|why| format!(", {why}")).unwrap_or_default();
    let name = format!("Photo {} of {count}, {}{why}", place + 1, tab.name);
    let photo = Pressable::choice(&name, tab.in_the_well).tooltip(&name);
    let response = photo.show(ui, rect, ("photo of several", place), |_| {
        ui.painter().rect_filled(rect, size::RADIUS, tokens.bg_field);
        if let Some(pixels) = tab.picture.size() {
            let scale = (rect.width() / pixels.x.max(1.0)).min(rect.height() / pixels.y.max(1.0));
            let fitted = Rect::from_center_size(rect.center(), pixels * scale);
            let tint = if tab.left_out.is_some() { Color32::WHITE.gamma_multiply(0.28) } else { Color32::WHITE };
            checker::picture(ui, fitted, &tab.picture, size::RADIUS_SMALL, tint);
        }
        if tab.left_out.is_some() {
            icons::FACE_OFF.paint(ui, rect, size::ICON, tokens.money);
        }
        if tab.in_the_well {
            checker::die_cut(ui, rect, size::RADIUS);
        }
    });
    response.clicked()
}
