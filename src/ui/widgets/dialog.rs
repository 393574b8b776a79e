//! The frame of dialogs, which are only for decisions and for what is typed in peace.

use egui::{Align, Color32, Context, Frame, Id, Modal, ScrollArea, StrokeKind, Ui, vec2};

use super::{Cut, IconButton, cut, text};
use crate::icons::{self, Icon};
use crate::theme::{self, Tokens, Type, size};

/// The frame of a dialog.
#[derive(Clone, Copy, Debug)]
pub struct Dialog<'a> {
    /// Its title; also its name.
    pub title: &'a str,
    /// The icon before it.
    pub icon: Icon,
    /// The icon's colour, by default that of icons at rest.
    pub tint: Option<Color32>,
    /// Its width in points.
    pub width: f32,
}

impl<'a> Dialog<'a> {
    /// A dialog of the usual width.
    pub const fn new(title: &'a str, icon: Icon) -> Self {
        Self { title, icon, tint: None, width: 400.0 }
    }

    /// Shows it over everything; gives what was drawn, and whether it is to be closed.
    pub fn show<R>(self, ctx: &Context, draw: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
        let tokens = Tokens::of_theme(ctx.theme());
        let frame = Frame::new()
            .fill(tokens.bg_raised)
            .stroke(tokens.hairline())
            .corner_radius(size::RADIUS_POPUP)
            .shadow(tokens.shadow())
            .inner_margin(20.0);
        let width = self.width.min(ctx.content_rect().width() - 48.0);
        let modal = Modal::new(Id::unique(("dialog", self.title)))
            .frame(frame)
            .backdrop_color(Color32::from_black_alpha(128))
            .show(ctx, |ui| {
                ui.set_width(width - 40.0);
                ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
                let closed = self.head(ui);
                ui.add_space(12.0);
                // In a low window, as large text makes it, the rest scrolls.
                let room = ctx.content_rect().height() - 2.0 * 20.0 - size::CONTROL - 12.0 - 24.0;
                // It scrolls only beyond that room: a dialog that gets another row grows by it.
                let scroll =
                    ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink([false, true]);
                let body = scroll.show(ui, |ui| {
                    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
                    draw(ui)
                });
                (body.inner, closed)
            });
        let name = self.title.to_owned();
        ctx.accesskit_node_builder(modal.response.id, |node| node.set_label(name));
        let closes = modal.should_close();
        (modal.inner.0, modal.inner.1 || closes)
    }

    fn head(&self, ui: &mut Ui) -> bool {
        let tokens = theme::of(ui);
        let mut row = Cut(cut::next_row(ui, size::CONTROL));
        self.icon.paint(ui, row.left(20.0), 20.0, self.tint.unwrap_or(tokens.text_secondary));
        row.left(10.0);
        let close = row.right(size::CONTROL);
        text::label(ui, row.rest(), Align::Min, self.title, Type::Title, tokens.text);
        IconButton::new(icons::CLOSE, "Close").points(14.0).put(ui, close).clicked()
    }
}

/// A sentence in a dialog, with 12 below.
pub fn sentence(ui: &mut Ui, words: &str) {
    let color = theme::of(ui).text_secondary;
    let width = ui.available_width();
    let height = text::paragraph_height(ui, width, 12, words, Type::Body);
    let rect = cut::next_row(ui, height + 12.0);
    text::paragraph(ui, rect.min, width, 12, words, Type::Body, color);
}

/// Facts in a box: words at the left, a value at the right in this colour.
pub fn facts(ui: &mut Ui, facts: &[(&str, String, Color32)]) {
    let tokens = theme::of(ui);
    let height = facts.len() as f32 * 22.0 + 16.0;
    let rect = cut::next_row(ui, height);
    ui.painter().rect(rect, size::RADIUS, tokens.bg_field, tokens.hairline(), StrokeKind::Inside);
    let mut rows = Cut(rect.shrink2(vec2(12.0, 8.0)));
    for (words, value, color) in facts {
        let row = rows.top(22.0);
        text::label(ui, row, Align::Min, words, Type::Label, tokens.text_secondary);
        text::label(ui, row, Align::Max, value, Type::Control, *color);
    }
    ui.add_space(12.0);
}
