//! The gallery before the first sticker: silhouettes of what is not made yet, and what will be here.

use egui::{Align, Rect, Ui, Vec2, pos2, vec2};

use super::GAP;
use crate::action::{Action, Command};
use crate::theme::{self, Type, size};
use crate::view::GalleryView;
use crate::widgets::{Cut, Stub, Ticket, checker, text};

/// Width of the ticket for the first sticker.
const TICKET: f32 = 248.0;

/// Draws it over the whole of `ui`; with a ticket unless the hint about the first sticker points at the one there is.
pub(super) fn ui(ui: &mut Ui, side: f32, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    match view.first {
        Some(stub) => invitation(ui, side, stub, view, actions),
        None => beside_the_hint(ui, side, view.can_drop),
    }
}

/// A row of silhouettes, as many as fit; centred when there are only a few.
fn ghosts(ui: &Ui, rect: Rect, side: f32, most: usize) {
    let pitch = side + GAP;
    let columns = (((rect.width() + GAP) / pitch).floor() as usize).clamp(1, most);
    let width = columns as f32 * pitch - GAP;
    let left = if columns < most { rect.left() } else { (rect.center().x - width / 2.0).round().max(rect.left()) };
    for column in 0..columns {
        let corner = pos2(left + column as f32 * pitch, rect.top());
        checker::ghost(ui, Rect::from_min_size(corner, Vec2::splat(side)), size::RADIUS);
    }
}

fn beside_the_hint(ui: &mut Ui, side: f32, can_drop: bool) {
    let tokens = theme::of(ui);
    let rect = ui.max_rect().shrink(size::PANEL_PADDING);
    ghosts(ui, rect, side, usize::MAX);
    let mut cut = Cut(rect);
    cut.top(side + 14.0);
    let lines = [
        ("Your stickers land here. Every file keeps its settings.", tokens.text_secondary),
        ("Drop one back in to get its settings again.", tokens.text_muted),
    ];
    // Beside the hint, when there is room.
    let beside = 4.0 * (side + GAP);
    let align =
        if beside + text::width(ui, lines[0].0, Type::Label) <= rect.width() { Align::Min } else { Align::Center };
    if align == Align::Min {
        cut.left(beside);
    }
    for (words, color) in lines.into_iter().take(if can_drop { 2 } else { 1 }) {
        if cut.rest().height() >= 20.0 {
            text::label(ui, cut.top(20.0), align, words, Type::Label, color);
        }
    }
}

/// A title, a sentence and the ticket, below a few silhouettes where there is room for them.
fn invitation(ui: &mut Ui, side: f32, stub: Stub<'_>, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    let is_making = view.is_making;
    let tokens = theme::of(ui);
    let rect = ui.max_rect();
    // Smaller than cards, so that they fit above the words in the usual height.
    let side = side.min(64.0);
    let words_and_ticket = 20.0 + 4.0 + 16.0 + 12.0 + size::TICKET;
    let ghosts_fit = rect.height() >= size::PANEL_PADDING + side + 12.0 + words_and_ticket + size::PANEL_PADDING;
    let height = words_and_ticket + if ghosts_fit { side + 12.0 } else { 0.0 };
    let top = (rect.center().y - height / 2.0).round().max(rect.top() + 4.0);
    let mut cut = Cut(rect.with_min_y(top).shrink2(vec2(size::PANEL_PADDING, 0.0)));
    if ghosts_fit {
        ghosts(ui, cut.top(side), side, 4);
        cut.top(12.0);
    }
    let title = if is_making { "Your first sticker is being made" } else { "No stickers yet" };
    text::label(ui, cut.top(20.0), Align::Center, title, Type::Title, tokens.text);
    cut.top(4.0);
    let words = "What you make lands here, newest first. Every file keeps its settings.";
    text::label(ui, cut.top(16.0), Align::Center, words, Type::Label, tokens.text_secondary);
    if is_making {
        return;
    }
    cut.top(12.0);
    let row = cut.top(size::TICKET);
    let place = Rect::from_center_size(row.center(), vec2(TICKET.min(row.width()), row.height()));
    let name = format!("Make the first one, {}", stub.words());
    if Ticket::new("Make the first one", stub, &name)
        .behind(tokens.bg_canvas)
        .opens(view.first_opens)
        .put(ui, place)
        .clicked()
    {
        actions.push(Command::Make.into());
    }
}
