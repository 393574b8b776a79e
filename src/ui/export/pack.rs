//! The pack in the middle: what it is called, and its stickers.

use egui::{Align, Color32, Rect, ScrollArea, Ui, Vec2, vec2};

use super::card;
use crate::action::{Action, ExportAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{ExportView, Picture};
use crate::widgets::{self, Button, Cut, IconButton, TextField, checker, text};

/// Height of the words about the pack.
const HEAD: f32 = 96.0;

/// Between cards, and around them.
const GAP: f32 = 12.0;

/// Width of the words beside the fields.
const LABEL: f32 = 60.0;

/// The narrowest card.
const LEAST: f32 = 140.0;

/// Below this width the ways of the header are icons.
const NARROW: f32 = 560.0;

/// Draws the pack in `rect`.
pub(super) fn ui(ui: &mut Ui, rect: Rect, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    widgets::name_group(ui, "Pack");
    ui.painter().rect_filled(rect, 0.0, tokens.bg_canvas);
    let mut cut = Cut(rect);
    header(ui, cut.top(size::HEADER), view, actions);
    about(ui, cut.top(HEAD), view, actions);
    let grid = cut.rest();
    if view.stickers.is_empty() {
        let words = "Choose stickers in the gallery, then export them.";
        text::label(ui, grid, Align::Center, words, Type::Body, tokens.text_muted);
        return;
    }
    widgets::inside_clipped(ui, grid, "stickers", |ui| stickers(ui, grid, view, actions));
}

fn header(ui: &mut Ui, rect: Rect, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    ui.painter().rect_filled(rect, 0.0, tokens.bg_panel);
    widgets::hairline_below(ui, rect);
    let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
    let ways = [
        ("Add from the gallery", icons::PLUS, ExportAction::AddMore),
        ("Save the pack…", icons::SAVE, ExportAction::SavePack),
    ];
    for (words, icon, action) in ways.into_iter().rev() {
        let is_enabled = !matches!(action, ExportAction::SavePack) || !view.stickers.is_empty();
        let clicked = if rect.width() < NARROW {
            let place = cut.right_control(size::CONTROL, size::CONTROL);
            IconButton::new(icon, words).enabled(is_enabled).put(ui, place).clicked()
        } else {
            let button = Button::ghost(words).icon(icon).small();
            let place = cut.right_control(button.width(ui), size::CONTROL);
            button.enabled(is_enabled).put(ui, place).clicked()
        };
        if clicked {
            actions.push(action.into());
        }
        cut.right(4.0);
    }
    let title = format!("For {}", view.target);
    let width = text::width(ui, &title, Type::Heading).ceil();
    text::label(ui, cut.left(width), Align::Min, &title, Type::Heading, tokens.text);
    cut.left(8.0);
    text::label(ui, cut.rest(), Align::Min, view.count, Type::Label, tokens.text_secondary);
}

fn about(ui: &mut Ui, rect: Rect, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    ui.painter().rect_filled(rect, 0.0, tokens.bg_panel);
    widgets::hairline_below(ui, rect);
    let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 12.0)));
    let cover = cut.left(72.0);
    checker::checkerboard(ui, cover, 8.0, size::RADIUS);
    if let Some(sticker) = view.stickers.get(view.cover) {
        picture(ui, cover.shrink(4.0), &sticker.picture);
    }
    widgets::describe(ui, cover, egui::Sense::hover(), "The sticker that stands for the pack");
    cut.left(12.0);
    let row = cut.top(size::ROW);
    let field = |ui: &mut Ui, place: Rect, name: &'static str, value: &str| {
        let mut cut = Cut(place);
        text::label(ui, cut.left(LABEL), Align::Min, name, Type::Label, tokens.text_secondary);
        let mut typed = value.to_owned();
        TextField::new(name).put(ui, cut.rest(), &mut typed).response.changed().then_some(typed)
    };
    let half = (row.width() - 16.0) / 2.0;
    if let Some(typed) = field(ui, row.with_max_x(row.left() + half), "Title", view.title) {
        actions.push(ExportAction::Title(typed).into());
    }
    if let Some(typed) = field(ui, row.with_min_x(row.right() - half), "Author", view.author) {
        actions.push(ExportAction::Author(typed).into());
    }
    let words = format!("Programs call it {}.", view.identifier);
    cut.top(8.0);
    let below = cut.top(size::ROW);
    text::label(ui, below.with_min_x(below.left() + LABEL), Align::Min, &words, Type::Note, tokens.text_muted);
}

fn stickers(ui: &mut Ui, rect: Rect, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let room = rect.width() - GAP;
    let columns = (((room) / (LEAST + GAP)).floor().max(1.0)) as usize;
    let width = (room / columns as f32 - GAP).floor();
    let size = vec2(width, card::height(width, view.takes_alt));
    ui.spacing_mut().scroll.fade.strength = 0.0;
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("pack").show_viewport(ui, |ui, viewport| {
        let rows = view.stickers.len().div_ceil(columns);
        let whole = rows as f32 * (size.y + GAP) + GAP;
        let corner = ui.max_rect().min;
        ui.set_min_height(whole);
        let place = |index: usize| {
            let (row, column) = ((index / columns) as f32, (index % columns) as f32);
            Rect::from_min_size(corner + vec2(GAP + column * (size.x + GAP), GAP + row * (size.y + GAP)), size)
        };
        let seen = viewport.translate(corner.to_vec2()).expand(size.y);
        let pointer = ui.input(|input| input.pointer.latest_pos());
        let mut dragged = None;
        for index in 0..view.stickers.len() {
            let rect = place(index);
            if seen.intersects(rect)
                && let Some(drag) = card::ui(ui, rect, index, view, actions)
            {
                dragged = Some((index, drag));
            }
        }
        let (Some((from, drag)), Some(pointer)) = (dragged, pointer) else { return };
        // It lands where the pointer is: before the nearest card, or behind it.
        let nearest = (0..view.stickers.len())
            .min_by(|one, other| {
                let distance = |index: &usize| place(*index).center().distance_sq(pointer);
                distance(one).total_cmp(&distance(other))
            })
            .unwrap_or(from);
        if drag.stopped {
            if nearest != from {
                actions.push(ExportAction::Move(from, nearest).into());
            }
        } else {
            let target = place(nearest);
            let line = egui::Stroke::new(2.0, theme::of(ui).accent);
            ui.painter().rect_stroke(target.expand(3.0), size::RADIUS + 3.0, line, egui::StrokeKind::Outside);
            let ghost = Rect::from_center_size(pointer, Vec2::splat(72.0));
            picture(ui, ghost, &view.stickers[from].picture);
        }
    });
}

/// Draws a picture as large as it fits.
pub(super) fn picture(ui: &Ui, rect: Rect, picture: &Picture) {
    if let Some(pixels) = picture.size() {
        let scale = (rect.width() / pixels.x.max(1.0)).min(rect.height() / pixels.y.max(1.0));
        checker::picture(ui, Rect::from_center_size(rect.center(), pixels * scale), picture, 0, Color32::WHITE);
    }
}
