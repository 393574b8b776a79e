//! What stickers cost: sums by time, and every line, of which only those in sight are drawn.

use egui::{Align, Context, Rect, ScrollArea, Ui, UiBuilder, vec2};

use crate::action::{Action, Asks as _};
use crate::icons;
use crate::theme::{self, Tokens, Type, size};
use crate::view::LedgerView;
use crate::widgets::dialog::Dialog;
use crate::widgets::{self, Button, Cut, IconButton, cut, text};
use model::EngineId;
use model::ledger::{LedgerEntry, LedgerKind, Spending, Spent};

/// Height of a line.
const LINE: f32 = 28.0;

/// Widths of the columns from the left; the id takes what is left.
const TIME: f32 = 148.0;
const ENGINE: f32 = 88.0;
const AMOUNT: f32 = 56.0;
const OUTCOME: f32 = 112.0;

/// Draws the dialog; true when it is to be closed.
pub(super) fn show(ctx: &Context, view: &LedgerView<'_>, actions: &mut Vec<Action>) -> bool {
    let dialog = Dialog { width: 720.0, ..Dialog::new("Spend ledger", icons::RECEIPT) };
    let room = (ctx.content_rect().height() - 340.0).clamp(112.0, 420.0);
    let (shown, closed) = dialog.show(ctx, |ui| {
        periods(ui, view.spent);
        ui.add_space(12.0);
        let place = cut::next_row(ui, LINE + room);
        let shown = widgets::inside_clipped(ui, place, "lines", |ui| lines(ui, view, actions));
        ui.add_space(12.0);
        foot(ui, view, actions);
        shown
    });
    closed || shown
}

/// What the lines come to: a column a time, charged, not charged and unsure apart.
fn periods(ui: &mut Ui, spent: &Spent) {
    let periods =
        [("This session", &spent.session), ("Today", &spent.today), ("This month", &spent.month), ("All", &spent.all)];
    let tokens = theme::of(ui);
    let rect = cut::next_row(ui, 5.0 * 20.0 + 8.0);
    ui.painter().rect(rect, size::RADIUS, tokens.bg_field, tokens.hairline(), egui::StrokeKind::Inside);
    let mut rows = Cut(rect.shrink2(vec2(12.0, 4.0)));
    let mut row =
        |ui: &mut Ui, words: &str, style: Type, color: egui::Color32, value: &dyn Fn(&str, &Spending) -> String| {
            let mut cut = Cut(rows.top(20.0));
            text::label(ui, cut.left(128.0), Align::Min, words, Type::Label, tokens.text_secondary);
            let width = cut.rest().width() / periods.len() as f32;
            for (name, spending) in periods {
                text::label(ui, cut.left(width), Align::Max, &value(name, spending), style, color);
            }
        };
    row(ui, "", Type::Note, tokens.text_muted, &|name, _| name.to_owned());
    row(ui, "Charged", Type::Section, tokens.text, &|_, spending| spending.spent.to_string());
    let count = |count: u64| text::grouped(count as usize);
    row(ui, "Requests charged", Type::Label, tokens.text_secondary, &|_, spending| count(spending.counts.accepted));
    row(ui, "Not charged", Type::Label, tokens.text_secondary, &|_, spending| count(spending.counts.not_charged));
    row(ui, "Unsure", Type::Label, tokens.money, &|_, spending| match spending.counts.unsure {
        0 => "none".to_owned(),
        count => format!("{count}, {}", spending.unsure),
    });
}

fn lines(ui: &mut Ui, view: &LedgerView<'_>, actions: &mut Vec<Action>) -> bool {
    let tokens = theme::of(ui);
    let Some(lines) = view.lines.shown().filter(|lines| !lines.is_empty()) else {
        let words = match &view.lines {
            model::Remote::Failed { error, .. } => error.as_str(),
            model::Remote::Ready(_) => "Nothing was spent yet. Each paid sticker gets a line here, for good.",
            _ => "Reading",
        };
        let rect = ui.max_rect();
        text::paragraph(ui, rect.min, rect.width(), 3, words, Type::Body, tokens.text_muted);
        return false;
    };
    let head = cut::next_row(ui, LINE);
    heads(ui, head);
    let mut shown = false;
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, LINE, lines.len(), |ui, range| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        for index in range {
            let rect = cut::next_row(ui, LINE);
            let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("line", index)));
            shown |= line(&mut child, rect, &lines[index], view, actions);
        }
    });
    shown
}

fn columns(rect: Rect) -> [Rect; 6] {
    let mut cut = Cut(rect.shrink2(vec2(4.0, 0.0)));
    let (time, engine, amount) = (cut.left(TIME), cut.left(ENGINE), cut.left(AMOUNT));
    cut.left(12.0);
    let outcome = cut.left(OUTCOME);
    // The bar to scroll lies over the right edge.
    cut.right(12.0);
    let result = cut.right(24.0);
    cut.right(4.0);
    [time, engine, amount, outcome, cut.rest(), result]
}

fn heads(ui: &mut Ui, rect: Rect) {
    let color = theme::of(ui).text_muted;
    let [time, engine, amount, outcome, id, _] = columns(rect);
    for (place, align, words) in [
        (time, Align::Min, "Time"),
        (engine, Align::Min, "Engine"),
        (amount, Align::Max, "Amount"),
        (outcome, Align::Min, "Outcome"),
        (id, Align::Min, "Request id"),
    ] {
        text::label(ui, place, align, words, Type::Note, color);
    }
    widgets::hairline_below(ui, rect);
}

/// One line; true when its sticker is shown and the dialog may go.
fn line(ui: &mut Ui, rect: Rect, entry: &LedgerEntry, view: &LedgerView<'_>, actions: &mut Vec<Action>) -> bool {
    let tokens = theme::of(ui);
    let line = &entry.line;
    let [time, engine, amount, outcome, id, result] = columns(rect);
    text::label(ui, time, Align::Min, &(view.at)(entry), Type::Label, tokens.text_secondary);
    let name = match line.engine {
        EngineId::Local => "This computer",
        EngineId::Pixazo => "Pixazo",
    };
    text::label(ui, engine, Align::Min, name, Type::Label, tokens.text_secondary);
    let color = outcome_color(entry, tokens);
    text::label(ui, amount, Align::Max, &line.amount.to_string(), Type::Section, color);
    text::label(ui, outcome, Align::Min, entry.words(), Type::Label, color);
    match &line.request_id {
        Some(request_id) => {
            let mut cut = Cut(id);
            let copy = IconButton::new(icons::COPY, "Copy the request id").points(14.0);
            if copy.put(ui, cut.right(24.0)).clicked() {
                actions.push(Action::CopyText(request_id.clone()));
            }
            cut.right(4.0);
            text::label(ui, cut.rest(), Align::Min, request_id, Type::Mono, tokens.text);
        }
        None => {
            text::label(ui, id, Align::Min, "no id came back", Type::Label, tokens.text_muted);
        }
    }
    let show = entry.path.is_some() && IconButton::new(icons::PHOTO, "Show the sticker").put(ui, result).clicked();
    if show {
        actions.push(Action::ShowResult(line.job.clone()));
    }
    show
}

fn outcome_color(entry: &LedgerEntry, tokens: &Tokens) -> egui::Color32 {
    match entry.line.kind {
        LedgerKind::Accepted => tokens.text,
        LedgerKind::Unknown if entry.is_open() => tokens.money,
        LedgerKind::NotCharged | LedgerKind::Unknown => tokens.text_muted,
    }
}

fn foot(ui: &mut Ui, view: &LedgerView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let count = view.lines.shown().map_or(0, |lines| lines.len());
    let mut row = Cut(cut::next_row(ui, size::ROW));
    for (words, action) in [("Save as CSV…", Action::SaveLedger), ("Copy", Action::CopyLedger)] {
        let button = Button::new(words).enabled(count > 0);
        let width = button.width(ui);
        button.put(ui, row.right(width)).asks(actions, action);
        row.right(8.0);
    }
    let words = match count {
        1 => "1 line".to_owned(),
        count => format!("{} lines", text::grouped(count)),
    };
    text::label(ui, row.rest(), Align::Min, &words, Type::Label, tokens.text_muted);
}
