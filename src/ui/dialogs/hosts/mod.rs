//! Where photos go: the choice with its consent, the set-up of each kind, and the list of what lies there.

mod choice;
mod set_up;
mod uploads;

pub(super) use choice::show as choose;
pub(super) use set_up::{Typed, show as set_up};
pub(super) use uploads::show as uploads;

use egui::{Align, Ui};
use model::Remote;

use crate::icons;
use crate::theme::{self, Type};
use crate::widgets::{Cut, cut, text};

/// What came of a test, or what did not work.
fn outcome(ui: &mut Ui, test: &Remote<String>, error: Option<&str>) {
    let tokens = theme::of(ui);
    let (icon, color, words) = match (error, test) {
        (Some(error), _) => (icons::FAIL, tokens.danger, error),
        (None, Remote::NotAsked) => return,
        (None, Remote::Loading { .. }) => (icons::CLOCK, tokens.text_muted, "Sending a test picture"),
        (None, Remote::Ready(words)) => (icons::CHECK, tokens.ok, words.as_str()),
        (None, Remote::Failed { error, .. }) => (icons::FAIL, tokens.danger, error.as_str()),
    };
    let width = ui.available_width() - 22.0;
    let height = text::paragraph_height(ui, width, 4, words, Type::Label).max(20.0);
    let mut row = Cut(cut::next_row(ui, height));
    let mark = row.left(16.0);
    icon.paint(ui, mark.with_max_y(mark.top() + 16.0), 16.0, color);
    row.left(6.0);
    text::paragraph(ui, row.rest().min, width, 4, words, Type::Label, color);
    ui.add_space(8.0);
}

/// A quiet heading within a dialog.
fn heading(ui: &mut Ui, words: &str) {
    let color = theme::of(ui).text_secondary;
    let row = cut::next_row(ui, 24.0);
    text::label(ui, row, Align::Min, words, Type::Section, color);
}
