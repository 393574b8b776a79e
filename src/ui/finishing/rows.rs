//! The rows of the finishing panel: numbers, switches, colours, sentences.

use egui::{Align, Rect, Stroke, StrokeKind, Ui, vec2};

use model::finish::{Amount, Color, Ink, Switch};

use super::push;
use crate::action::{Action, FinishAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::FinishingView;
use crate::widgets::number::Numbers;
use crate::widgets::tooltip::Tip;
use crate::widgets::{Cut, Fader, Pressable, TextField, cut, text, toggle as knob};

/// Colours that are one click away.
const INKS: [(&str, [u8; 3]); 9] = [
    ("White", [255, 255, 255]),
    ("Ink", [0x16, 0x17, 0x19]),
    ("Red", [0xe5, 0x39, 0x35]),
    ("Orange", [0xff, 0x8f, 0x1f]),
    ("Yellow", [0xff, 0xd2, 0x3f]),
    ("Green", [0x3c, 0xb3, 0x5a]),
    ("Blue", [0x1f, 0x6f, 0xff]),
    ("Purple", [0x8e, 0x4d, 0xe0]),
    ("Pink", [0xff, 0x6f, 0xae]),
];

/// Diameter of a colour's sample.
const SAMPLE: f32 = 18.0;

/// How a number is shown.
fn numbers(least: f32, most: f32, times: f32) -> Numbers {
    let range = f64::from(least * times)..=f64::from(most * times);
    let span = range.end() - range.start();
    let (step, decimals) = match span {
        ..=15.0 => (0.1, 1),
        ..=60.0 => (0.5, 1),
        _ => (1.0, 0),
    };
    Numbers { range, step, decimals, only_steps: false }
}

/// A slider for a number of the recipe.
pub(super) fn amount(ui: &mut Ui, amount: Amount, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let spec = amount.spec();
    let times = spec.shown_times();
    let value = f64::from(amount.get(view.finish) * times);
    let unit = if spec.unit == "%" { " %" } else { spec.unit };
    let note = format!("{}{unit} to {}{unit}", short(spec.least * times), short(spec.most * times));
    let row = cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0));
    let fader = Fader::new(spec.label, value, f64::from(spec.default * times), numbers(spec.least, spec.most, times))
        .tooltip(Tip { name: spec.label, help: spec.tooltip, note });
    if let Some(value) = fader.put(ui, row) {
        push(actions, FinishAction::Amount(amount, value as f32 / times));
    }
}

fn short(value: f32) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// A slider for a share; gives the new one.
pub(super) fn share(ui: &mut Ui, label: &str, value: f32, default: f32, [least, most]: [f32; 2]) -> Option<f32> {
    let row = cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0));
    let (value, default) = (f64::from(value * 100.0), f64::from(default * 100.0));
    Fader::new(label, value, default, numbers(least, most, 100.0)).put(ui, row).map(|value| value as f32 / 100.0)
}

/// A switch of the recipe.
pub(super) fn switch(ui: &mut Ui, switch: Switch, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let is_on = switch.get(view.finish);
    if toggle(ui, switch.label(), is_on) {
        push(actions, FinishAction::Switch(switch, !is_on));
    }
}

/// A row with a switch at its end; true when it was flipped.
pub(super) fn toggle(ui: &mut Ui, label: &str, is_on: bool) -> bool {
    let tokens = theme::of(ui);
    let mut row = Cut(cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0)));
    let place = row.right(28.0);
    text::paint(ui, row.rest(), Align::Min, label, Type::Label, tokens.text_secondary);
    knob::put(ui, place, label, is_on)
}

/// A colour of the recipe: samples to click, and its digits to type.
pub(super) fn ink(ui: &mut Ui, ink: Ink, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let color = ink.get(view.finish);
    let mut row = Cut(cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0)));
    if let Some(typed) = digits(ui, row.right_control(72.0, size::CONTROL), ink, color) {
        push(actions, FinishAction::Ink(ink, typed));
    }
    row.right(6.0);
    let each = (row.rest().width() / INKS.len() as f32).floor();
    for (name, rgb) in INKS {
        let place = row.left(each);
        if sample(ui, place, ink, name, Color(rgb), color == Color(rgb)) {
            push(actions, FinishAction::Ink(ink, Color(rgb)));
        }
    }
}

/// A field for a colour's digits.
fn digits(ui: &mut Ui, rect: Rect, ink: Ink, color: Color) -> Option<Color> {
    let id = ui.make_persistent_id(("digits", ink.label()));
    let typed: Option<(String, Color)> = ui.data(|data| data.get_temp(id));
    let mut words = typed.filter(|(_, of)| *of == color).map_or_else(|| color.to_string(), |(words, _)| words);
    let read = Color::parse(&words);
    let response = TextField::new(ink.label()).refused(read.is_none()).put(ui, rect, &mut words).response;
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, (words.clone(), color)));
    } else {
        ui.data_mut(|data| data.remove::<(String, Color)>(id));
    }
    if response.changed() { Color::parse(&words).filter(|read| *read != color) } else { None }
}

/// A round sample of a colour; true when it was chosen.
fn sample(ui: &Ui, rect: Rect, ink: Ink, name: &str, color: Color, is_on: bool) -> bool {
    let tokens = theme::of(ui);
    let middle = rect.center();
    let spoken = format!("{}: {name}", ink.label());
    let round = Rect::from_center_size(middle, vec2(SAMPLE, SAMPLE));
    let sample = Pressable::choice(&spoken, is_on).ring(round, SAMPLE / 2.0).tooltip(name);
    let response = sample.show(ui, rect, (ink.label(), name), |_| {
        let line = Stroke::new(1.0, tokens.line_strong);
        ui.painter().circle(middle, SAMPLE / 2.0 - 2.0, theme::photo_color(color.0), line);
        if is_on {
            ui.painter().circle_stroke(middle, SAMPLE / 2.0 + 0.5, Stroke::new(2.0, tokens.accent));
        }
    });
    response.clicked()
}

/// A look as a button that is on or off.
pub(super) fn choice(ui: &Ui, rect: Rect, label: &str, is_on: bool) -> bool {
    let tokens = theme::of(ui);
    let response = Pressable::choice(label, is_on).show(ui, rect, ("look", label), |response| {
        let (fill, color) = match (is_on, response.hovered()) {
            (true, _) => (tokens.accent_soft, tokens.accent),
            (false, true) => (tokens.bg_control_hover, tokens.text),
            (false, false) => (tokens.bg_control, tokens.text),
        };
        ui.painter().rect_filled(rect, size::RADIUS, fill);
        text::paint(ui, rect, Align::Center, label, Type::Control, color);
    });
    response.clicked()
}

/// A quiet sentence.
pub(super) fn note(ui: &mut Ui, words: &str) {
    let tokens = theme::of(ui);
    let width = ui.available_width() - 2.0 * size::PANEL_PADDING;
    let height = text::paragraph_height(ui, width, 3, words, Type::Note);
    let place = cut::next_row(ui, height + 8.0);
    let corner = place.min + vec2(size::PANEL_PADDING, 6.0);
    text::paragraph(ui, corner, width, 3, words, Type::Note, tokens.text_muted);
}

/// Why the sticker is not drawn as the recipe says.
pub(super) fn problem(ui: &mut Ui, words: &str) {
    let tokens = theme::of(ui);
    let width = ui.available_width() - 2.0 * size::PANEL_PADDING;
    let height = text::paragraph_height(ui, width - 36.0, 6, words, Type::Label) + 16.0;
    let place =
        cut::next_row(ui, height + 8.0).shrink2(vec2(size::PANEL_PADDING, 0.0)).with_min_y(ui.cursor().top() - height);
    ui.painter().rect(place, size::RADIUS, tokens.danger_soft, Stroke::new(1.0, tokens.danger), StrokeKind::Inside);
    let icon = Rect::from_min_size(place.min + vec2(8.0, 8.0), vec2(16.0, 16.0));
    icons::FAIL.paint(ui, icon, size::ICON, tokens.danger);
    text::paragraph(ui, place.min + vec2(30.0, 8.0), width - 36.0, 6, words, Type::Label, tokens.text_secondary);
}
