//! Decisions about money: going above the amount at which to ask, the first hosted sticker, closing before an answer.

use egui::{Context, Ui};

use crate::action::{Action, Asks as _};
use crate::icons;
use crate::theme::{Tokens, size};
use crate::view::{ClosingView, NoticeView, OverBudgetView, clock};
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{Button, Cut, Stub, Ticket, cut};
use model::Money;
use model::engine::LICENCES;
use model::money::SOFT_BUDGET;

/// Draws the decision to go above the soft budget; true when the dialog is to be closed.
pub(super) fn over_budget(ctx: &Context, view: &OverBudgetView, actions: &mut Vec<Action>) -> bool {
    let tokens = Tokens::of_theme(ctx.theme());
    let dialog =
        Dialog { tint: Some(tokens.money), width: 360.0, ..Dialog::new("Go above your limit?", icons::RECEIPT) };
    let (done, closed) = dialog.show(ctx, |ui| {
        let sentence = format!("You want to be asked before a month costs more than this. Nothing was sent yet. The limit is “{SOFT_BUDGET}” in the settings.");
        dialog::sentence(ui, &sentence);
        let facts = [
            ("Your limit", view.limit.to_string(), tokens.text),
            ("The month would come to", view.after.to_string(), tokens.money),
        ];
        dialog::facts(ui, &facts);
        if ticket(ui, "Go on", view.price) {
            actions.push(Action::SpendAnyway);
            return true;
        }
        way_out(ui, "Do not spend it")
    });
    closed || done
}

/// Draws what is said once before the first hosted sticker; true when the dialog is to be closed.
pub(super) fn notice(ctx: &Context, view: &NoticeView, actions: &mut Vec<Action>) -> bool {
    let dialog = Dialog { width: 360.0, ..Dialog::new("Before the first one at Pixazo", icons::CLOUD) };
    let (done, closed) = dialog.show(ctx, |ui| {
        dialog::sentence(ui, LICENCES);
        dialog::sentence(ui, "This is said once.");
        let words = if view.count == 1 { "Make sticker".to_owned() } else { format!("Make {} stickers", view.count) };
        let accepted = if view.asks_for_host {
            // Nothing is spent by it, so it is no ticket.
            let row = cut::next_row(ui, size::ROW);
            Button::primary("Choose where the photo may go…").put(ui, row).clicked()
        } else {
            ticket(ui, &words, view.price)
        };
        if accepted {
            // The window closes this one itself, because that question can come next.
            actions.push(Action::AcceptNotice);
        }
        way_out(ui, "Not now")
    });
    closed || done
}

/// Draws what the window waits for before it closes; it is closed by its buttons alone.
pub(super) fn closing(ctx: &Context, view: &ClosingView, actions: &mut Vec<Action>) -> bool {
    let tokens = Tokens::of_theme(ctx.theme());
    let dialog =
        Dialog { tint: Some(tokens.money), width: 400.0, ..Dialog::new("Waiting for an answer", icons::CLOCK) };
    let (stays, closed) = dialog.show(ctx, |ui| {
        let what = match view.requests {
            1 => format!("A request for {} is on its way to Pixazo, and its answer is not here yet.", view.price),
            count => format!("{count} requests for {} are on their way to Pixazo, and not all answers are here yet.", view.price),
        };
        dialog::sentence(ui, &what);
        let left = clock(view.seconds_left);
        let then = format!("The window closes by itself as soon as they are known, at the latest in {left}. Without an answer nobody knows whether it was charged.");
        dialog::sentence(ui, &then);
        ui.add_space(4.0);
        let mut row = Cut(cut::next_row(ui, size::ROW));
        let close = Button::ghost("Close without it");
        let width = close.width(ui);
        close.put(ui, row.right(width)).asks(actions, Action::CloseUnsure);
        row.right(8.0);
        safe(ui, Button::new("Keep the window open"), row.rest())
    });
    if stays || closed {
        actions.push(Action::StayOpen);
    }
    false
}

/// The ticket across the bottom of a decision.
fn ticket(ui: &mut Ui, words: &str, price: Money) -> bool {
    let tokens = crate::theme::of(ui);
    ui.add_space(4.0);
    let stub = Stub::of(price);
    let name = format!("{words}, {}, at Pixazo", stub.words());
    let row = cut::next_row(ui, size::TICKET);
    let pressed = Ticket::new(words, stub, &name).behind(tokens.bg_raised).put(ui, row).clicked();
    ui.add_space(8.0);
    pressed
}

/// The safe way out, which has the focus at first.
fn way_out(ui: &mut Ui, words: &str) -> bool {
    let row = cut::next_row(ui, size::ROW);
    safe(ui, Button::new(words), row)
}

fn safe(ui: &mut Ui, button: Button<'_>, row: egui::Rect) -> bool {
    let response = button.put(ui, row);
    if ui.memory(|memory| memory.focused()).is_none() {
        response.request_focus();
    }
    response.clicked()
}
