//! The top bar: engine, price and spend, key, undo, help and settings.

use egui::{Align, Rect, Ui, vec2};

use super::action::{Action, Asks as _, Command};
use super::icons;
use super::theme::{self, Type, size};
use super::view::{TopBarView, key_words};
use super::widgets::button::Look;
use super::widgets::{self, Button, Cut, IconButton, Segment, Segmented, cut, text};
use model::{EngineId, KeyState, Money};

/// The engines in the order of the switch.
const ENGINES: [EngineId; 2] = [EngineId::Local, EngineId::Pixazo];

/// Below this width the budget bar goes and the key's state becomes its icon.
const NARROW: f32 = 1100.0;

/// Below this width the name of the program goes.
const SMALL: f32 = 800.0;

/// Draws the bar over the whole of `ui`; `recipe_width` is where the centre begins.
pub fn ui(ui: &mut Ui, recipe_width: f32, view: &TopBarView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rect = ui.max_rect();
    widgets::name_group(ui, "Top bar");
    ui.painter().rect_filled(rect, 0.0, tokens.bg_app);
    widgets::hairline_below(ui, rect);
    let narrow = rect.width() < NARROW;
    let mut cut = Cut(rect);
    brand(ui, &mut cut, recipe_width, view, actions);
    let buttons = cut.right(WINDOW_BUTTONS);
    let export = ExportButton { narrow, view };
    let export_place = cut.right(export.width(ui));
    cut.left(size::PANEL_PADDING);
    let key = KeyButton::of(&view.key, narrow);
    let each = format!("{} each", view.price);
    let hosted = view.engine != EngineId::Local || !view.price.is_zero();
    let needed = if hosted { text::width(ui, &each, Type::Control).ceil() + key.width(ui) } else { 0.0 };
    engine_switch(ui, &mut cut, needed, view, actions);
    if hosted {
        // Every button that spends has the price too.
        if text::width(ui, &each, Type::Control).ceil() + key.width(ui) <= cut.rest().width() {
            take(ui, &mut cut, &each, Type::Control, tokens.money);
        }
        spent(ui, &mut cut, key.width(ui), narrow, view, actions);
        key.show(ui, &mut cut, actions);
    } else if text::width(ui, view.promise, Type::Label) <= cut.rest().width() {
        text::label(ui, cut.rest(), Align::Min, view.promise, Type::Label, tokens.text_secondary);
    }
    export.show(ui, export_place, actions);
    window_buttons(ui, buttons, actions);
}

/// The mark, the name while there is room, and the ways back and forth.
fn brand(ui: &mut Ui, bar: &mut Cut, recipe_width: f32, view: &TopBarView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let small = bar.rest().width() < SMALL;
    let tight = bar.rest().width() < super::shell::TIGHT;
    let mut cut = Cut(bar.left(if small { 122.0 + if tight { 36.0 } else { 0.0 } } else { recipe_width.max(240.0) }));
    cut.left(size::PANEL_PADDING);
    cut.right(10.0);
    let mark = if ui.visuals().dark_mode { icons::MARK } else { icons::MARK_LIGHT };
    mark.paint(ui, cut.left(20.0), 20.0, egui::Color32::WHITE);
    cut.left(8.0);
    let redo = cut.right(24.0);
    cut.right(12.0);
    let undo = cut.right(24.0);
    cut.right(12.0);
    if tight {
        // Recipe and viewer take turns here.
        command_button(ui, cut.right(24.0), Command::ToggleRecipe, true, actions);
        cut.right(12.0);
    }
    if !small {
        text::label(ui, cut.rest(), Align::Min, "Sticker Booth", Type::Heading, tokens.text);
    }
    command_button(ui, undo, Command::Undo, view.can_undo, actions);
    command_button(ui, redo, Command::Redo, view.can_redo, actions);
}

/// The way to the platforms: with its word, or as an icon in a narrow window.
struct ExportButton<'a> {
    narrow: bool,
    view: &'a TopBarView<'a>,
}

impl ExportButton<'_> {
    const fn button() -> Button<'static> {
        Button::new("Export").icon(icons::EXPORT).small().icon_points(size::ICON).look(Look::Soft)
    }

    fn width(&self, ui: &Ui) -> f32 {
        if self.narrow { 24.0 } else { Self::button().width(ui) }
    }

    fn show(&self, ui: &mut Ui, rect: Rect, actions: &mut Vec<Action>) {
        let command = Command::Export;
        let (enabled, tooltip) = (self.view.can_export || self.view.exports, command.tooltip());
        let clicked = if self.narrow {
            let button = IconButton::new(command.icon(), command.label()).tooltip(&tooltip).enabled(enabled);
            button.on(self.view.exports).put(ui, Cut(rect).right_control(24.0, 24.0)).clicked()
        } else {
            let place = cut::centred(rect, size::ROW);
            Self::button().tooltip(&tooltip).enabled(enabled).put(ui, place).clicked()
        };
        if clicked {
            actions.push(command.into());
        }
    }
}

/// Width of the buttons at the right end.
const WINDOW_BUTTONS: f32 = 12.0 + 3.0 * 24.0 + 2.0 * 4.0 + 10.0;

fn window_buttons(ui: &mut Ui, rect: Rect, actions: &mut Vec<Action>) {
    let mut cut = Cut(rect);
    cut.left(12.0);
    let icon = if ui.visuals().dark_mode { icons::SUN } else { icons::MOON };
    let name = if ui.visuals().dark_mode { "Light theme" } else { "Dark theme" };
    IconButton::new(icon, name).put(ui, cut.left(24.0)).asks(actions, Command::ToggleTheme);
    for command in [Command::Help, Command::OpenSettings] {
        cut.left(4.0);
        command_button(ui, cut.left(24.0), command, true, actions);
    }
}

/// The engines, as icons alone when beside their words less than `needed` would be left.
fn engine_switch(ui: &mut Ui, cut: &mut Cut, needed: f32, view: &TopBarView<'_>, actions: &mut Vec<Action>) {
    let engines = [("This computer", icons::COMPUTER), ("Pixazo", icons::CLOUD)];
    let chosen = ENGINES.iter().position(|engine| *engine == view.engine).unwrap_or_default();
    let words = engines.map(|(name, icon)| Segment::with_icon(name, icon));
    let icons = engines.map(|(name, icon)| Segment::icon(name, icon));
    let fits = Segmented::new("Engine", &words, chosen).width(ui) + 12.0 + needed <= cut.rest().width();
    let switch = Segmented::new("Engine", if fits { &words } else { &icons }, chosen);
    let place = cut.left(switch.width(ui));
    if let Some(index) = switch.put(ui, place) {
        actions.push(Action::ChooseEngine(ENGINES[index]));
    }
    cut.left(12.0);
}

/// What was spent today against the budget, as far as there is room beside `key`; it opens the ledger.
fn spent(ui: &mut Ui, cut: &mut Cut, key: f32, narrow: bool, view: &TopBarView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let today = format!("Today {}", view.spent_today);
    let ledger = Button::ghost(&today).icon(icons::RECEIPT).small().tooltip(Command::Ledger.entry().tooltip);
    let width = ledger.width(ui);
    if RULE + width + key > cut.rest().width() {
        return;
    }
    rule(ui, cut);
    // The words stand on the grid, the button's own edge beside it.
    cut.0.min.x -= 8.0;
    ledger.put(ui, cut.left_control(width, size::CONTROL)).asks(actions, Command::Ledger);
    let Some(budget) = view.budget.filter(|_| !narrow) else { return };
    let limit = format!("{} of {} this month", budget.committed, budget.limit);
    let width = text::width(ui, &limit, Type::Label).ceil();
    if 80.0 + width + key > cut.rest().width() {
        return;
    }
    cut.left(8.0);
    let bar = cut.left_control(64.0, 4.0);
    let share = share(budget.committed, budget.limit);
    ui.painter().rect_filled(bar, 2.0, tokens.line_control);
    let filled = bar.with_max_x(bar.left() + (bar.width() * share).max(if share > 0.0 { 3.0 } else { 0.0 }));
    ui.painter().rect_filled(filled, 2.0, tokens.money);
    cut.left(8.0);
    take(ui, cut, &limit, Type::Label, tokens.text_muted);
}

/// Where the key is, as a button with words or as an icon.
struct KeyButton<'a> {
    status: &'a KeyState,
    as_icon: bool,
}

impl<'a> KeyButton<'a> {
    const fn of(status: &'a KeyState, as_icon: bool) -> Self {
        Self { status, as_icon }
    }

    fn button(&self) -> Button<'_> {
        let words = key_words(self.status);
        let button = if *self.status == KeyState::Missing { Button::new(words) } else { Button::ghost(words) };
        button.icon(icons::KEY).small().icon_points(size::ICON).tooltip(Command::EnterKey.entry().tooltip)
    }

    /// What it takes, with the line before it.
    fn width(&self, ui: &Ui) -> f32 {
        RULE + if self.as_icon { 24.0 } else { self.button().width(ui) }
    }

    fn show(&self, ui: &mut Ui, cut: &mut Cut, actions: &mut Vec<Action>) {
        rule(ui, cut);
        let clicked = if self.as_icon {
            let tokens = theme::of(ui);
            let tint = if self.status.has_key() { tokens.text_secondary } else { tokens.money };
            IconButton::new(icons::KEY, key_words(self.status)).tint(tint).put(ui, cut.left(24.0)).clicked()
        } else {
            let button = self.button();
            let place = cut.left_control(button.width(ui), size::CONTROL);
            let shift = if *self.status == KeyState::Missing { 0.0 } else { -8.0 };
            button.put(ui, place.translate(vec2(shift, 0.0))).clicked()
        };
        if clicked {
            actions.push(Action::Open(super::action::Dialog::Key));
        }
    }
}

/// Writes a text of its own width and cuts it off.
fn take(ui: &mut Ui, cut: &mut Cut, words: &str, style: Type, color: egui::Color32) {
    let width = text::width(ui, words, style).ceil();
    text::label(ui, cut.left(width), Align::Min, words, style, color);
}

/// Width of an upright hairline with 12 on each side.
const RULE: f32 = 25.0;

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
    button.put(ui, rect).asks(actions, command);
}
