//! What lies under and around pictures: checkerboard, die-cut selection, kiss-cut ghost.

use egui::{
    Color32, ColorImage, Context, Id, Pos2, Rect, Shape, Stroke, StrokeKind, TextureHandle, TextureOptions,
    TextureWrapMode, Ui, epaint::RectShape, pos2,
};

use crate::ui::icons;
use crate::ui::theme;

/// A checkerboard of square cells, one 2 × 2 texture repeated.
pub fn checkerboard(ui: &Ui, rect: Rect, cell: f32, radius: f32) {
    let texture = texture(ui.ctx(), ui.visuals().dark_mode);
    let uv = Rect::from_min_max(Pos2::ZERO, pos2(rect.width() / (2.0 * cell), rect.height() / (2.0 * cell)));
    ui.painter().add(RectShape::filled(rect, radius, Color32::WHITE).with_texture(texture.id(), uv));
}

fn texture(ctx: &Context, dark: bool) -> TextureHandle {
    let id = Id::unique(("checkerboard", dark));
    if let Some(texture) = ctx.data(|data| data.get_temp::<TextureHandle>(id)) {
        return texture;
    }
    let tokens = if dark { &theme::DARK } else { &theme::LIGHT };
    let (a, b) = (tokens.checker_a, tokens.checker_b);
    let image = ColorImage::new([2, 2], vec![a, b, b, a]);
    let options = TextureOptions { wrap_mode: TextureWrapMode::Repeat, ..TextureOptions::NEAREST };
    let texture = ctx.load_texture("checkerboard", image, options);
    ctx.data_mut(|data| data.insert_temp(id, texture.clone()));
    texture
}

/// Selection: a line cut around a picture, 2 wide with a gap of 2.
pub fn die_cut(ui: &Ui, rect: Rect, radius: f32) {
    let stroke = Stroke::new(2.0, theme::of(ui).accent);
    ui.painter().rect_stroke(rect.expand(2.0), radius + 2.0, stroke, StrokeKind::Outside);
}

/// What is not made yet: the dashed silhouette on a flat tile.
pub fn ghost(ui: &Ui, rect: Rect, radius: f32) {
    let tokens = theme::of(ui);
    ui.painter().rect_filled(rect, radius, tokens.bg_panel);
    let side = rect.width().min(rect.height()) - 8.0;
    icons::GHOST.paint(ui, rect, side, tokens.text_disabled);
}

/// A picture with round corners.
pub fn rounded_picture(ui: &Ui, rect: Rect, texture: egui::TextureId, uv: Rect, radius: f32, tint: Color32) {
    ui.painter().add(RectShape::filled(rect, radius, tint).with_texture(texture, uv));
}

/// The whole of a texture.
pub const WHOLE: Rect = Rect { min: Pos2::ZERO, max: pos2(1.0, 1.0) };

/// A dashed outline of a rectangle, for drop zones; at most 200 dashes.
pub fn dashed(ui: &Ui, rect: Rect, color: Color32) {
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    let dash = (rect.width() + rect.height()) * 2.0 / 200.0;
    let dash = dash.max(4.0);
    ui.painter().extend(Shape::dashed_line(&corners, Stroke::new(1.5, color), dash, dash));
}
