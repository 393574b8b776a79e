//! What stands in the place of a sticker: the photo, an empty canvas, or why there is none.

use egui::{Align, Color32, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::canvas::{Layer, RADIUS};
use super::geometry;
use crate::icons;
use crate::theme::{self, Type, on_picture};
use crate::view::ViewerView;
use crate::widgets::{self, checker, chip, text};
/// No sticker yet: the photo, with the cut line where it will be cut.
pub(super) fn photo(ui: &mut Ui, rect: Rect, view: &ViewerView<'_>) {
    let Some(picture) = view.photo else {
        nothing(ui, rect);
        return;
    };
    let Some(size) = picture.size() else {
        tile(ui, rect);
        return;
    };
    let crop = match view.photo_crop {
        Some(crop) => Rect::from_min_size(pos2(crop.left, crop.top), vec2(crop.width, crop.height)),
        None => Rect::from_min_size(Pos2::ZERO, size),
    };
    let scale = geometry::fit(rect, crop.size());
    let place = geometry::place(rect, crop.size(), scale, Vec2::ZERO);
    let whole = Rect::from_min_size(place.min - crop.min.to_vec2() * scale, size * scale);
    if !whole.expand(1.0).contains_rect(place) {
        // What is added around a tight face is white.
        ui.painter().rect_filled(place, RADIUS, on_picture::TEXT);
    }
    let layer = Layer { place: whole, ..Layer::whole(picture, place, false) };
    checker::part(ui, whole, place, &picture, layer.corners(), Color32::WHITE);
    widgets::describe(ui, place, Sense::hover(), "Photo");
    let name = if view.photo_is_sample { "Sample portrait" } else { "Photo" };
    chip::on_picture(ui, place.left_top() + vec2(8.0, 8.0), Align::Min, name, None);
    if view.cut_line.len() < 3 {
        return;
    }
    let points: Vec<Pos2> = view
        .cut_line
        .iter()
        .chain(view.cut_line.first())
        .map(|point| place.min + (*point - crop.min) * (place.width() / crop.width().max(1.0)))
        .collect();
    // The cut may lead out of the photo; the line is drawn on it alone.
    let painter = ui.painter().with_clip_rect(place.intersect(ui.clip_rect()));
    painter.add(Shape::line(points.clone(), Stroke::new(4.0, on_picture::EDGE)));
    // Longer dashes on a larger picture keep their number.
    let dash = (place.width() / 50.0).clamp(6.0, 20.0);
    painter.extend(Shape::dashed_line(&points, Stroke::new(3.0, on_picture::TEXT), dash, 0.8 * dash));
    let corner = place.right_top() + vec2(-8.0, 8.0);
    chip::on_picture(ui, corner, Align::Max, "Will be cut here", Some(icons::CUT));
}

/// Neither sticker nor photo.
pub(super) fn nothing(ui: &mut Ui, rect: Rect) {
    let tokens = theme::of(ui);
    let side = (rect.height() * 0.5).min(220.0);
    let ghost = Rect::from_center_size(rect.center() - vec2(0.0, 24.0), Vec2::splat(side));
    icons::GHOST.paint(ui, ghost, side, tokens.text_disabled);
    let line = Rect::from_center_size(pos2(rect.center().x, ghost.bottom() + 20.0), vec2(rect.width() - 24.0, 20.0));
    text::label(ui, line, Align::Center, "Pick a photo, and its sticker shows here", Type::Title, tokens.text);
}

/// A picture that is being read: a flat tile.
pub(super) fn tile(ui: &mut Ui, rect: Rect) {
    let side = (rect.height().min(rect.width()) - 24.0).max(32.0);
    let place = Rect::from_center_size(rect.center(), Vec2::splat(side));
    ui.painter().rect_filled(place, RADIUS, theme::of(ui).bg_panel);
    widgets::describe(ui, place, Sense::hover(), "The picture is being read");
}

/// What went wrong, over what was there before.
pub(super) fn failed(ui: &mut Ui, rect: Rect, error: &str) {
    let tokens = theme::of(ui);
    let width = (rect.width() - 48.0).min(360.0);
    let height = text::paragraph_height(ui, width - 52.0, 4, error, Type::Label) + 24.0;
    let place = Rect::from_center_size(pos2(rect.center().x, rect.center().y), vec2(width, height.max(40.0)));
    ui.painter().rect(place, 8.0, tokens.danger_soft, Stroke::new(1.0, tokens.danger), StrokeKind::Inside);
    let icon = Rect::from_min_size(place.min + vec2(12.0, 12.0), Vec2::splat(16.0));
    icons::FAIL.paint(ui, icon, 16.0, tokens.danger);
    let corner = place.min + vec2(40.0, 12.0);
    text::paragraph(ui, corner, width - 52.0, 4, error, Type::Label, tokens.text_secondary);
}
