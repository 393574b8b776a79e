//! The top bar: engine, price and spend, key, undo, help and settings.

use egui::{Align, Rect, Ui, vec2};

use super::action::{Action, Command};
use super::icons;
use super::theme::{self, Type, size};
use super::view::{TopBarView, key_words};
use super::widgets::{self, Button, Cut, IconButton, Segment, Segmented, text};
use crate::model::{EngineId, KeyState, Money};

/// The engines in the order of the switch.
const ENGINES: [EngineId; 2] = [EngineId::Local, EngineId::Pixazo];

/// Below this width the budget bar goes and the key's state becomes its icon.
const NARROW: f32 = 1100.0;

/// Draws the bar over the whole of `ui`; `recipe_width` is where the centre begins.
pub fn ui(ui: &mut Ui, recipe_width: f32, view: &TopBarView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rect = ui.max_rect();
    widgets::name_group(ui, "Top bar");
    ui.painter().rect_filled(rect, 0.0, tokens.bg_app);
    widgets::hairline_below(ui, rect);
    let narrow = rect.width() < NARROW;
    let mut cut = Cut(rect);
    brand(ui, cut.left(recipe_width.max(240.0)), view, actions);
    window_buttons(ui, &mut cut, actions);
    cut.left(size::PANEL_PADDING);
    engine_switch(ui, &mut cut, view, actions);
    if view.engine == EngineId::Local && view.price.is_zero() {
        text::label(ui, cut.rest(), Align::Min, view.promise, Type::Label, tokens.text_secondary);
        return;
    }
    money(ui, &mut cut, narrow, view);
    key(ui, &mut cut, narrow, &view.key, actions);
}

fn brand(ui: &mut Ui, rect: Rect, view: &TopBarView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let mut cut = Cut(rect);
    cut.left(size::PANEL_PADDING);
    cut.right(10.0);
    let mark = if ui.visuals().dark_mode { icons::MARK } else { icons::MARK_LIGHT };
    mark.paint(ui, cut.left(20.0), 20.0, egui::Color32::WHITE);
    cut.left(8.0);
    for (command, enabled) in [(Command::Redo, view.can_redo), (Command::Undo, view.can_undo)] {
        command_button(ui, cut.right(24.0), command, enabled, actions);
        cut.right(12.0);
    }
    text::label(ui, cut.rest(), Align::Min, "Sticker Booth", Type::Heading, tokens.text);
}

fn window_buttons(ui: &mut Ui, cut: &mut Cut, actions: &mut Vec<Action>) {
    cut.right(10.0);
    for command in [Command::OpenSettings, Command::Help] {
        command_button(ui, cut.right(24.0), command, true, actions);
        cut.right(4.0);
    }
    let icon = if ui.visuals().dark_mode { icons::SUN } else { icons::MOON };
    let name = if ui.visuals().dark_mode { "Light theme" } else { "Dark theme" };
    if IconButton::new(icon, name).put(ui, cut.right(24.0)).clicked() {
        actions.push(Command::ToggleTheme.into());
    }
    cut.right(12.0);
}

fn engine_switch(ui: &mut Ui, cut: &mut Cut, view: &TopBarView<'_>, actions: &mut Vec<Action>) {
    let segments = [Segment::with_icon("This computer", icons::COMPUTER), Segment::with_icon("Pixazo", icons::CLOUD)];
    let chosen = ENGINES.iter().position(|engine| *engine == view.engine).unwrap_or_default();
    let switch = Segmented::new("Engine", &segments, chosen);
    let place = cut.left(switch.width(ui));
    if let Some(index) = switch.put(ui, place) {
        actions.push(Action::ChooseEngine(ENGINES[index]));
    }
    cut.left(12.0);
}

/// Price of one, and what was spent today against the budget.
fn money(ui: &mut Ui, cut: &mut Cut, narrow: bool, view: &TopBarView<'_>) {
    let tokens = theme::of(ui);
    let each = format!("{} each", view.price);
    take(ui, cut, &each, Type::Control, tokens.money);
    rule(ui, cut);
    let today = format!("Today {}", view.spent_today);
    take(ui, cut, &today, Type::Label, tokens.text_secondary);
    let Some(budget) = view.budget.filter(|_| !narrow) else { return };
    cut.left(8.0);
    let bar = cut.left_control(64.0, 4.0);
    let share = share(budget.committed, budget.limit);
    ui.painter().rect_filled(bar, 2.0, tokens.line_control);
    let filled = bar.with_max_x(bar.left() + (bar.width() * share).max(if share > 0.0 { 3.0 } else { 0.0 }));
    ui.painter().rect_filled(filled, 2.0, tokens.money);
    cut.left(8.0);
    let limit = format!("of {}", budget.limit);
    take(ui, cut, &limit, Type::Label, tokens.text_muted);
}

fn key(ui: &mut Ui, cut: &mut Cut, narrow: bool, status: &KeyState, actions: &mut Vec<Action>) {
    rule(ui, cut);
    let words = key_words(status);
    let clicked = if narrow {
        let tint = if status.has_key() { theme::of(ui).text_secondary } else { theme::of(ui).money };
        IconButton::new(icons::KEY, words).tint(tint).put(ui, cut.left(24.0)).clicked()
    } else {
        let button = if *status == KeyState::Missing { Button::new(words) } else { Button::ghost(words) };
        let button = button.icon(icons::KEY).small().icon_points(size::ICON).tooltip(Command::EnterKey.entry().tooltip);
        let width = button.width(ui);
        let place = cut.left_control(width, size::CONTROL);
        button.put(ui, place.translate(vec2(if *status == KeyState::Missing { 0.0 } else { -8.0 }, 0.0))).clicked()
    };
    if clicked {
        actions.push(Action::Open(super::action::Dialog::Key));
    }
}

/// Writes a text of its own width and cuts it off.
fn take(ui: &mut Ui, cut: &mut Cut, words: &str, style: Type, color: egui::Color32) {
    let width = text::width(ui, words, style).ceil();
    text::label(ui, cut.left(width), Align::Min, words, style, color);
}

/// An upright hairline of 16 with 12 on each side.
fn rule(ui: &Ui, cut: &mut Cut) {
    cut.left(12.0);
    let place = cut.left_control(1.0, 16.0);
    ui.painter().rect_filled(place, 0.0, theme::of(ui).line_soft);
    cut.left(12.0);
}

fn share(part: Money, whole: Money) -> f32 {
    if whole.is_zero() { 0.0 } else { (part.mills() as f32 / whole.mills() as f32).clamp(0.0, 1.0) }
}

/// The button of a command: icon, name, tooltip and shortcut come from the table.
pub(super) fn command_button(ui: &mut Ui, rect: Rect, command: Command, enabled: bool, actions: &mut Vec<Action>) {
    let tooltip = command.tooltip();
    let button = IconButton::new(command.icon(), command.label()).tooltip(&tooltip).enabled(enabled);
    if button.put(ui, rect).clicked() {
        actions.push(command.into());
    }
}
