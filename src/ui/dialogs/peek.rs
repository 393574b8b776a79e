//! The settings of a sticker beside the form's: look, take one value, or take all.

use egui::{Align, Context, Rect, Ui, vec2};

use crate::action::Action;
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{Difference, StickerView};
use crate::widgets::dialog::Dialog;
use crate::widgets::{Button, Cut, checker, cut, text};

/// Lines that a long value may take.
const LINES: usize = 3;

/// Room for the button of a row, and before it.
const TAKE: f32 = 64.0;

/// Draws the dialog; true when it is to be closed.
pub(super) fn show(ctx: &Context, sticker: &StickerView<'_>, actions: &mut Vec<Action>) -> bool {
    let title = sticker.seed.map_or_else(|| "Its settings".to_owned(), |seed| format!("Settings of seed {seed}"));
    let dialog = Dialog { width: 560.0, ..Dialog::new(&title, icons::PEEK) };
    let (done, closed) = dialog.show(ctx, |ui| {
        let mut head = Cut(cut::next_row(ui, 96.0));
        let place = head.left(96.0);
        checker::checkerboard(ui, place, 8.0, size::RADIUS);
        checker::picture(ui, place.shrink(4.0), &sticker.picture, 0, egui::Color32::WHITE);
        head.left(16.0);
        let words = match sticker.differences.len() {
            0 => "The form has the same settings.",
            1 => "One setting differs from the form.",
            _ => "These settings differ from the form. Undo brings the form's back.",
        };
        let color = theme::of(ui).text_secondary;
        let corner = head.rest().min + vec2(0.0, 8.0);
        text::paragraph(ui, corner, head.rest().width(), 3, words, Type::Body, color);
        ui.add_space(12.0);
        if sticker.differences.is_empty() {
            return buttons(ui, false);
        }
        names(ui);
        for difference in sticker.differences {
            if row(ui, difference) {
                actions.push(Action::TakeSetting(sticker.id, difference.parameter));
            }
        }
        ui.add_space(16.0);
        let [all, out] = buttons(ui, true);
        if all {
            actions.push(Action::TakeSettings(sticker.id));
        }
        [all, out]
    });
    closed || done.contains(&true)
}

fn buttons(ui: &mut Ui, any: bool) -> [bool; 2] {
    super::buttons(ui, "Use all", "Close", any)
}

/// Three columns and the room for a button.
fn columns(rect: Rect) -> [Rect; 4] {
    let mut cut = Cut(rect);
    let take = cut.right(TAKE);
    let third = cut.rest().width() / 3.0;
    let mut column = || cut.left(third).with_max_x(cut.rest().left() - 8.0);
    [column(), column(), column(), take]
}

fn names(ui: &mut Ui) {
    let color = theme::of(ui).text_muted;
    let row = cut::next_row(ui, 22.0);
    let [_, form, sticker, _] = columns(row);
    text::label(ui, form, Align::Min, "In the form", Type::Note, color);
    text::label(ui, sticker, Align::Min, "In this sticker", Type::Note, color);
}

/// One setting; true when its value was taken.
fn row(ui: &mut Ui, difference: &Difference<'_>) -> bool {
    let tokens = theme::of(ui);
    let [_, narrow, _, _] = columns(ui.available_rect_before_wrap());
    let lines = |words: &str| text::paragraph_height(ui, narrow.width(), LINES, words, Type::Label);
    let height = lines(difference.from).max(lines(difference.to)).max(16.0) + 12.0;
    let rect = cut::next_row(ui, height);
    crate::widgets::hairline_above(ui, rect);
    let [name, form, sticker, take] = columns(rect);
    let label = difference.label;
    let down = vec2(0.0, 6.0);
    text::paragraph(ui, name.min + down, name.width(), 1, label, Type::Label, tokens.text_secondary);
    text::paragraph(ui, form.min + down, form.width(), LINES, difference.from, Type::Label, tokens.text_muted);
    text::paragraph(ui, sticker.min + down, sticker.width(), LINES, difference.to, Type::Label, tokens.text);
    let spoken = format!("Take over {label}, {}", difference.to);
    let button = Button::link("Take").small().name(&spoken);
    let width = button.width(ui);
    // Beside the first line of the values.
    let line = Rect::from_min_max(take.min + vec2(0.0, 2.0), take.max);
    let place = Cut(line.with_min_x(line.right() - width)).top(size::CONTROL);
    button.put(ui, place).clicked()
}
