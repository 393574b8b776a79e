//! How many, and the ticket.

use egui::{Align, Rect, StrokeKind, Ui, vec2};

use crate::action::{Action, Asks as _, Command, RecipeAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{RecipeView, UseOfSeed};
use crate::widgets::{self, Button, Cut, IconButton, Stub, Ticket, text, typing};
use model::EngineId;

/// Hairline, count row, ticket and the gaps around them.
pub(super) const HEIGHT: f32 = 8.0 + size::ROW + 8.0 + size::TICKET + 12.0;

/// Draws it in `rect`, [`HEIGHT`] high.
pub(super) fn ui(ui: &mut Ui, rect: Rect, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    widgets::hairline_above(ui, rect);
    let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
    cut.top(8.0);
    count(ui, cut.top(size::ROW), view, actions);
    cut.top(8.0);
    ticket(ui, cut.top(size::TICKET), view, actions);
}

fn count(ui: &mut Ui, rect: Rect, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let mut cut = Cut(rect);
    let stepper = cut.left(70.0);
    ui.painter().rect(stepper, size::RADIUS, tokens.bg_field, tokens.hairline(), StrokeKind::Inside);
    let mut inner = Cut(stepper.shrink2(vec2(1.0, 0.0)));
    let minus = IconButton::new(icons::MINUS, "One sticker less").points(size::ICON_SMALL).enabled(view.count > 1);
    minus.put(ui, inner.left(24.0)).asks(actions, RecipeAction::SetCount(view.count - 1));
    let plus = IconButton::new(icons::PLUS, "One sticker more").points(size::ICON_SMALL).enabled(view.count < 8);
    plus.put(ui, inner.right(24.0)).asks(actions, RecipeAction::SetCount(view.count + 1));
    let words = view.count.to_string();
    text::label(ui, inner.rest(), Align::Center, &words, Type::Section, tokens.text);
    cut.left(8.0);
    let sweep = Button::new("Sweep…").icon(icons::SWEEP).small().name("Sweep");
    let width = sweep.width(ui);
    let sweep_place = cut.right_control(width, size::CONTROL);
    cut.right(4.0);
    super::super::topbar::command_button(ui, cut.right(size::CONTROL), Command::Expressions, true, actions);
    sweep.put(ui, sweep_place).on_hover_text(Command::Sweep.tooltip()).asks(actions, Command::Sweep);
    cut.right(8.0);
    let note = match (view.count, view.seed) {
        (1, _) if !view.photos.is_empty() => "per photo",
        (1, _) => "sticker",
        (_, UseOfSeed::Locked) => "seed +1",
        (_, UseOfSeed::NewEach) => "new seeds",
    };
    // In a narrow panel there is no room for it, and half of it would say nothing.
    if text::width(ui, note, Type::Label) <= cut.rest().width() {
        text::label(ui, cut.rest(), Align::Min, note, Type::Label, tokens.text_muted);
    }
}

fn ticket(ui: &mut Ui, rect: Rect, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let words = match view.stickers {
        0 => "Make stickers".to_owned(),
        1 => "Make sticker".to_owned(),
        count => format!("Make {count} stickers"),
    };
    let total = view.price_each * view.stickers;
    let stub = view.blocked.map_or_else(|| Stub::of(total), Stub::Blocked);
    let place = match view.engine {
        EngineId::Local => "on this computer",
        EngineId::Pixazo => "at Pixazo",
    };
    let name = format!("{words}, {}, {place}", stub.words());
    let refused = typing::refused(ui.ctx());
    let first = refused.map(|field| (format!("Correct {field}"), format!("{words}, correct {field} first, {place}")));
    let (body, stub, name, opens) = match &first {
        Some((body, name)) => (body, Stub::Blocked("not yet"), name, false),
        None => (&words, stub, &name, view.opens),
    };
    let mut ticket = Ticket::new(body, stub, name).submitting(view.submitting).opens(opens).put(ui, rect);
    if let Some(why) = view.blocked_why {
        ticket = ticket.on_hover_text(why);
    }
    ticket.asks(actions, Command::Make);
}
