//! The ticket: the one control that may cost money, with the price on its stub.

use egui::{Align, Color32, CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{focus, progress, text};
use crate::theme::{self, Tokens, Type, size};
use model::Money;

/// What stands on the stub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stub<'a> {
    /// A price.
    Costs(Money),
    /// No money: the word `free`.
    Free,
    /// Why it cannot be pressed now, in two words.
    Blocked(&'a str),
}

impl Stub<'_> {
    /// The stub of a price; none is `free`.
    pub const fn of(price: Money) -> Self {
        if price.is_zero() { Self::Free } else { Self::Costs(price) }
    }

    /// The words on it.
    pub fn words(&self) -> String {
        match self {
            Self::Costs(price) => price.to_string(),
            Self::Free => "free".to_owned(),
            Self::Blocked(reason) => (*reason).to_owned(),
        }
    }
}

/// A ticket: body, perforation, stub.
#[must_use = "show it with `put`"]
pub struct Ticket<'a> {
    words: &'a str,
    second_line: Option<&'a str>,
    stub: Stub<'a>,
    name: &'a str,
    submitting: bool,
    opens: bool,
    behind: Option<Color32>,
}

/// Width of the stub of a big ticket.
const STUB: f32 = 84.0;

/// Width of the stub of a small one.
const SMALL_STUB: f32 = 52.0;

impl<'a> Ticket<'a> {
    /// A ticket; `name` is the whole sentence for assistive technology.
    pub const fn new(words: &'a str, stub: Stub<'a>, name: &'a str) -> Self {
        Self { words, second_line: None, stub, name, submitting: false, opens: false, behind: None }
    }

    /// Adds a quieter second line.
    pub const fn second_line(mut self, line: &'a str) -> Self {
        self.second_line = Some(line);
        self
    }

    /// Though it is blocked, pressing it opens what is missing.
    pub const fn opens(mut self, opens: bool) -> Self {
        self.opens = opens;
        self
    }

    /// While the click is being made durable: a second one does nothing.
    pub const fn submitting(mut self, submitting: bool) -> Self {
        self.submitting = submitting;
        self
    }

    /// The colour behind it, seen through notches and perforation; a panel's by default.
    pub const fn behind(mut self, behind: Color32) -> Self {
        self.behind = Some(behind);
        self
    }

    /// Shows it in `rect`.
    pub fn put(self, ui: &mut Ui, rect: Rect) -> Response {
        let tokens = theme::of(ui);
        let blocked = matches!(self.stub, Stub::Blocked(_));
        let response = self.sense(ui, rect, !blocked || self.opens);
        let opacity = if self.submitting { 0.6 } else { 1.0 };
        let seam = (rect.right() - STUB).round();
        let (body, words) = if blocked && self.opens {
            (if response.hovered() { tokens.bg_control_hover } else { tokens.bg_control }, tokens.text)
        } else if blocked {
            (tokens.bg_control, tokens.text_disabled)
        } else {
            (paper(tokens, &response, self.submitting), tokens.on_paper)
        };
        let (stub, price) = match self.stub {
            Stub::Costs(_) => (tokens.money_fill, tokens.on_money),
            _ => (body, words),
        };
        let (left, right) = (rect.with_max_x(seam), rect.with_min_x(seam));
        ui.painter().rect_filled(left, CornerRadius { nw: 8, sw: 8, ne: 0, se: 0 }, body.gamma_multiply(opacity));
        ui.painter().rect_filled(right, CornerRadius { nw: 0, sw: 0, ne: 8, se: 8 }, stub.gamma_multiply(opacity));
        perforate(ui, rect, seam, self.behind.unwrap_or(tokens.bg_panel));
        self.paint_words(ui, left, words);
        let style = if blocked { Type::Control } else { Type::Title };
        text::paint(ui, right.shrink2(vec2(6.0, 0.0)), Align::Center, &self.stub.words(), style, price);
        focus::ring(ui, &response, rect, size::RADIUS_TICKET);
        response
    }

    /// Shows the small form, 24 high, with a quiet body: for rows and banners.
    pub fn put_small(self, ui: &mut Ui, rect: Rect) -> Response {
        let tokens = theme::of(ui);
        let blocked = matches!(self.stub, Stub::Blocked(_));
        let response = self.sense(ui, rect, !blocked);
        let opacity = if self.submitting { 0.6 } else { 1.0 };
        let seam = (rect.right() - SMALL_STUB).round();
        let (body, stub) = (rect.with_max_x(seam - 1.0), rect.with_min_x(seam + 1.0));
        let fill = if response.hovered() && !blocked { tokens.bg_control_hover } else { tokens.bg_control };
        let (stub_fill, price) = match self.stub {
            Stub::Costs(_) => (tokens.money_fill, tokens.on_money),
            Stub::Free => (tokens.paper, tokens.on_paper),
            Stub::Blocked(_) => (tokens.bg_control, tokens.text_disabled),
        };
        ui.painter().rect_filled(body, CornerRadius { nw: 5, sw: 5, ne: 1, se: 1 }, fill.gamma_multiply(opacity));
        ui.painter().rect_filled(stub, CornerRadius { nw: 1, sw: 1, ne: 5, se: 5 }, stub_fill.gamma_multiply(opacity));
        let words = if blocked { tokens.text_disabled } else { tokens.text };
        text::paint(ui, body.shrink2(vec2(4.0, 0.0)), Align::Center, self.words, Type::Control, words);
        text::paint(ui, stub.shrink2(vec2(2.0, 0.0)), Align::Center, &self.stub.words(), Type::Section, price);
        focus::ring(ui, &response, rect, size::RADIUS_SMALL);
        response
    }

    /// The width of the small form.
    pub fn small_width(&self, ui: &Ui) -> f32 {
        (text::width(ui, self.words, Type::Control) + 20.0 + SMALL_STUB).ceil()
    }

    fn sense(&self, ui: &Ui, rect: Rect, pressable: bool) -> Response {
        let id = ui.make_persistent_id("ticket");
        let enabled = pressable && !self.submitting;
        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect, id, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.name));
        response
    }

    fn paint_words(&self, ui: &Ui, body: Rect, color: Color32) {
        if self.submitting {
            let width = text::width(ui, "Submitting", Type::Heading) + 22.0;
            let left = (body.center().x - width / 2.0).round();
            progress::ring(ui, pos2(left + 7.0, body.center().y), progress::Ring::Stepping, color);
            text::paint_at(
                ui,
                pos2(left + 22.0, body.center().y),
                egui::Align2::LEFT_CENTER,
                "Submitting",
                Type::Heading,
                color,
            );
            return;
        }
        let inner = body.shrink2(vec2(10.0, 0.0));
        let Some(second) = self.second_line else {
            text::paint(ui, inner, Align::Center, self.words, Type::Heading, color);
            return;
        };
        let (top, bottom) = inner.split_top_bottom_at_fraction(0.5);
        text::paint(ui, top.translate(vec2(0.0, 2.0)), Align::Center, self.words, Type::Heading, color);
        let muted = theme::of(ui).on_paper_muted;
        text::paint(ui, bottom.translate(vec2(0.0, -2.0)), Align::Center, second, Type::Note, muted);
    }
}

fn paper(tokens: &Tokens, response: &Response, submitting: bool) -> Color32 {
    if submitting {
        tokens.paper
    } else if response.is_pointer_button_down_on() {
        tokens.paper_active
    } else if response.hovered() {
        tokens.paper_hover
    } else {
        tokens.paper
    }
}

/// Notches at both ends of the seam and a row of holes between them.
fn perforate(ui: &Ui, rect: Rect, seam: f32, behind: Color32) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.circle_filled(pos2(seam, rect.top()), 5.0, behind);
    painter.circle_filled(pos2(seam, rect.bottom()), 5.0, behind);
    let mut y = rect.top() + 9.5;
    while y < rect.bottom() - 8.0 {
        painter.circle_filled(pos2(seam, y), 1.0, behind);
        y += 5.0;
    }
}
