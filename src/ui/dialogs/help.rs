//! Every shortcut, read from the table of commands.

use egui::{Align, Context, ScrollArea, Ui};

use crate::action::command::COMMANDS;
use crate::icons;
use crate::theme::{self, Type};
use crate::widgets::dialog::Dialog;
use crate::widgets::{Cut, chip, cut, text};

/// What the mouse does, which no table of keys can tell.
const HANDS: [(&str, &str); 5] = [
    ("Drag a slider with Shift", "Ten times finer"),
    ("Double-click a slider", "Its default"),
    ("Wheel over the picture", "Zoom at the pointer"),
    ("Alt+click a sticker", "Compare with it"),
    ("Ctrl+wheel over the gallery", "Larger or smaller cards"),
];

/// Draws the dialog; true when it is to be closed.
pub(super) fn show(ctx: &Context) -> bool {
    let dialog = Dialog { width: 520.0, ..Dialog::new("Help and shortcuts", icons::HELP) };
    let height = (ctx.content_rect().height() - 160.0).clamp(200.0, 560.0);
    let ((), closed) = dialog.show(ctx, |ui| {
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            for entry in COMMANDS {
                if let Some(keys) = entry.command.shortcut_text() {
                    row(ui, entry.label.trim_end_matches('…'), &keys);
                }
            }
            ui.add_space(8.0);
            for (hand, effect) in HANDS {
                line(ui, effect, hand);
            }
        });
    });
    closed
}

fn row(ui: &mut Ui, label: &str, keys: &str) {
    let tokens = theme::of(ui);
    let mut cut = Cut(cut::next_row(ui, 26.0));
    cut.right(12.0);
    // A key may itself be a plus.
    let caps: Vec<&str> = if keys == "+" { vec!["+"] } else { keys.split('+').collect() };
    for cap in caps.into_iter().rev() {
        let width = (text::width(ui, cap, Type::ChipNote) + 10.0).ceil();
        chip::key_cap(ui, cut.right(width), cap);
        cut.right(4.0);
    }
    text::label(ui, cut.rest(), Align::Min, label, Type::Label, tokens.text_secondary);
}

fn line(ui: &mut Ui, label: &str, hand: &str) {
    let tokens = theme::of(ui);
    let mut cut = Cut(cut::next_row(ui, 26.0));
    cut.right(12.0);
    text::label(ui, cut.rest(), Align::Max, hand, Type::Label, tokens.text_muted);
    text::label(ui, cut.rest(), Align::Min, label, Type::Label, tokens.text_secondary);
}
