//! What lies under and around pictures: checkerboard, die-cut selection, kiss-cut ghost.

use egui::epaint::RectShape;
use egui::{
    Color32, ColorImage, Context, CornerRadius, Id, Pos2, Rect, Shape, Stroke, StrokeKind, TextureHandle,
    TextureOptions, TextureWrapMode, Ui, Vec2, pos2,
};

use crate::icons;
use crate::theme;
use crate::view::Picture;

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

/// A picture with round corners, drawn with the copy that fits.
pub fn picture(ui: &Ui, rect: Rect, picture: &Picture, radius: impl Into<CornerRadius>, tint: Color32) {
    part(ui, rect, rect, picture, radius, tint);
}

/// The part of a picture that is in sight through `window`, when the whole picture lies at `place`.
pub fn part(ui: &Ui, place: Rect, window: Rect, picture: &Picture, radius: impl Into<CornerRadius>, tint: Color32) {
    let Some(texture) = picture.texture(place.size() * ui.pixels_per_point()) else { return };
    let seen = window.intersect(place);
    if !seen.is_positive() {
        return;
    }
    let share = |point: Pos2| ((point - place.min) / place.size()).to_pos2();
    let uv = Rect::from_min_max(share(seen.min), share(seen.max));
    ui.painter().add(RectShape::filled(seen, radius, tint).with_texture(texture, uv));
}

/// A dashed outline of a rectangle with round corners, for drop zones; at most about 200 dashes.
pub fn dashed(ui: &Ui, rect: Rect, radius: f32, color: Color32) {
    let inner = rect.shrink(radius);
    let corners = [inner.right_top(), inner.right_bottom(), inner.left_bottom(), inner.left_top()];
    let steps = 6;
    let mut line: Vec<Pos2> = (0..4)
        .flat_map(|corner| (0..=steps).map(move |step| (corner, step)))
        .map(|(corner, step)| {
            let turn = (corner as f32 + step as f32 / steps as f32) / 4.0;
            corners[corner] + radius * Vec2::angled(std::f32::consts::TAU * (turn - 0.25))
        })
        .collect();
    line.extend(line.first().copied());
    let dash = ((rect.width() + rect.height()) / 100.0).max(4.0);
    ui.painter().extend(Shape::dashed_line(&line, Stroke::new(1.0, color), dash, dash));
}
