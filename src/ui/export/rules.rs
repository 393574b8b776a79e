//! The rules of the platform, each with what was measured and what is allowed.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::{sign, word};
use crate::action::{Action, ExportAction};
use crate::theme::{self, Type, size};
use crate::view::{ExportView, Lamp, RuleView};
use crate::widgets::{Cut, cut, focus, text};

/// Height of a rule.
const ROW: f32 = 28.0;

/// Draws them into the flow of `ui`.
pub(super) fn ui(ui: &mut Ui, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let mut head = Cut(cut::next_row(ui, size::HEADER).shrink2(vec2(size::PANEL_PADDING, 0.0)));
    let broken = view.rules.iter().filter(|rule| rule.lamp == Lamp::Broken).count();
    let (sum, color) = match (view.is_measuring, broken) {
        (true, _) => ("measuring".to_owned(), tokens.text_muted),
        (false, 0) if view.problem.is_some() || view.rules.is_empty() => (String::new(), tokens.text_muted),
        (false, 0) => ("all kept".to_owned(), tokens.ok),
        (false, broken) => (format!("{broken} to mend"), tokens.money),
    };
    let width = text::width(ui, &sum, Type::Label).ceil();
    text::label(ui, head.right(width), Align::Max, &sum, Type::Label, color);
    text::label(ui, head.rest(), Align::Min, "Rules", Type::Heading, tokens.text);
    if let Some(problem) = view.problem {
        let width = ui.available_width() - 2.0 * size::PANEL_PADDING;
        let height = text::paragraph_height(ui, width, 6, problem, Type::Label);
        let place = cut::next_row(ui, height + 8.0).min + vec2(size::PANEL_PADDING, 0.0);
        text::paragraph(ui, place, width, 6, problem, Type::Label, tokens.money);
    }
    for rule in view.rules {
        let row = cut::next_row(ui, ROW);
        self::row(ui, row, rule, actions);
    }
}

fn row(ui: &Ui, rect: Rect, rule: &RuleView, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    if rule.lamp == Lamp::Broken {
        ui.painter().rect_filled(rect, 0.0, tokens.money_soft);
    }
    let sense = if rule.sticker.is_some() { Sense::click() } else { Sense::hover() };
    let id = ui.make_persistent_id(("rule", rule.label, &rule.words));
    let response = ui.interact(rect, id, sense);
    let spoken = format!("{}: {}, {}", rule.label, rule.words, word(rule.lamp));
    let role = if rule.sticker.is_some() { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, &spoken));
    let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
    let place = cut.left(size::ICON);
    if let Some((icon, tint)) = sign(rule.lamp, tokens) {
        icon.paint(ui, place, size::ICON, tint);
    }
    cut.left(8.0);
    let label = cut.left((rect.width() * 0.3).floor());
    let color = if rule.lamp == Lamp::Broken { tokens.money } else { tokens.text };
    text::paint(ui, label, Align::Min, rule.label, Type::Control, color);
    cut.left(8.0);
    text::paint(ui, cut.rest(), Align::Min, &rule.words, Type::Label, tokens.text_secondary);
    focus::ring(ui, &response, rect, size::RADIUS);
    let response = response.on_hover_text(format!("{}: {}. Says {}.", rule.label, rule.words, rule.source));
    if let (true, Some(sticker)) = (response.clicked(), rule.sticker) {
        actions.push(ExportAction::Select(sticker).into());
    }
}
