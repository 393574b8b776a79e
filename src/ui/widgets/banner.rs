//! Banners: trouble or a decision, in the panel it concerns.

use egui::{Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::button::{Button, Look};
use super::{Stub, Ticket, chip::Tone, text};
use crate::icons::Icon;
use crate::theme::{self, Type, size};
use model::Money;

/// Lines that a sentence has at most: as many as any of them needs.
const LINES: usize = 12;

/// One banner.
#[derive(Clone, Copy, Debug)]
pub struct Banner<'a> {
    /// What it is about; never [`Tone::Ok`].
    pub tone: Tone,
    /// Its icon.
    pub icon: Icon,
    /// What happened, in a few words.
    pub head: &'a str,
    /// What was kept and what to do.
    pub sentence: &'a str,
    /// At most two ways out; the first is the stronger.
    pub ways: &'a [&'a str],
    /// Radius of its corners: none across a panel, round inside a dialog.
    pub radius: f32,
    /// What the first way costs; it is a ticket then.
    pub price: Option<Money>,
}

impl Banner<'_> {
    /// Its height at this width.
    pub fn height(&self, ui: &Ui, width: f32) -> f32 {
        let sentence = text::paragraph_height(ui, width - 52.0, LINES, self.sentence, Type::Label);
        let ways = if self.ways.is_empty() { 0.0 } else { 8.0 + size::CONTROL };
        12.0 + 20.0 + 2.0 + sentence + ways + 12.0
    }

    /// Shows it in `rect`; gives the index of a way that was taken.
    pub fn put(&self, ui: &mut Ui, rect: Rect) -> Option<usize> {
        let tokens = theme::of(ui);
        let (fill, color, first) = match self.tone {
            Tone::Danger => (tokens.danger_soft, tokens.danger, Look::Secondary),
            Tone::Money => (tokens.money_soft, tokens.money, Look::Secondary),
            Tone::Quiet | Tone::Accent | Tone::Ok => (tokens.bg_control, tokens.text, Look::Raised),
        };
        super::inside(ui, rect, ("banner", self.head), |ui| {
            let response = ui.interact(rect, ui.unique_id().with("body"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, self.head));
            ui.painter().rect_filled(rect, self.radius, fill);
            let icon = Rect::from_min_size(rect.min + vec2(12.0, 12.0), vec2(16.0, 20.0));
            self.icon.paint(ui, icon, size::ICON, color);
            let left = rect.left() + 40.0;
            let width = rect.width() - 52.0;
            let head = Rect::from_min_size(pos2(left, rect.top() + 12.0), vec2(width, 20.0));
            text::label(ui, head, egui::Align::Min, self.head, Type::Heading, color);
            let corner = pos2(left, head.bottom() + 2.0);
            let sentence = text::paragraph(ui, corner, width, LINES, self.sentence, Type::Label, tokens.text_secondary);
            let mut x = left;
            let mut taken = None;
            for (index, words) in self.ways.iter().enumerate() {
                let corner = pos2(x, sentence.rect.bottom() + 8.0);
                let way = self.way(ui, corner, words, (index == 0).then_some(first));
                if way.clicked() {
                    taken = Some(index);
                }
                x = way.rect.right() + 4.0;
            }
            taken
        })
    }

    fn way(&self, ui: &mut Ui, corner: Pos2, words: &str, stronger: Option<Look>) -> Response {
        let place = |width: f32| Rect::from_min_size(corner, vec2(width, size::CONTROL));
        if let Some(price) = self.price.filter(|_| stronger.is_some()) {
            let stub = Stub::of(price);
            let name = format!("{words}, {}", stub.words());
            let ticket = Ticket::new(words, stub, &name);
            let width = ticket.small_width(ui);
            return ticket.put_small(ui, place(width));
        }
        let button = stronger.map_or_else(|| Button::ghost(words), |look| Button::new(words).look(look)).small();
        let width = button.width(ui);
        button.put(ui, place(width))
    }
}
