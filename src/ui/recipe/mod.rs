//! The recipe panel: photo, words, likeness, quality, seed, delivery, and the ticket.

mod beside;
mod changed;
mod foot;
mod looks;
mod palette;
mod photo;
mod presets;
mod quality;
mod seed;
mod several;
mod words;

use std::collections::BTreeMap;

use egui::{Align, Rect, ScrollArea, Ui, vec2};

use super::action::{Action, Command, RecipeAction};
use super::icons;
use super::theme::{self, Type, size};
use super::view::RecipeView;
use super::widgets::number::Numbers;
use super::widgets::section::{self, Section};
use super::widgets::tooltip::Tip;
use super::widgets::{self, Cut, Fader, IconButton, cut, menu, text};
use model::parameter::{Group, Kind};
use model::{EngineId, PARAMETERS, Parameter};

/// Below this height of the panel the photo is small and Quality starts folded.
const COMPACT: f32 = 700.0;

/// From this height of the panel on there is room for the small pictures of styles and moods beside everything else.
const TALL: f32 = 1000.0;

/// Below this height, as large text makes it, the photo scrolls with the sections.
const SHORT: f32 = 340.0;

/// What the panel remembers about itself.
#[derive(Clone, Debug, Default)]
pub struct RecipePanel {
    /// Which sections a person has folded or unfolded, in the order of [`SECTIONS`].
    folded: [Option<bool>; 4],
    /// Is what becomes of the words shown?
    shows_sent: bool,
    /// Did a person open or fold the styles and moods? Only tall windows start with them open.
    shows_looks: Option<bool>,
    /// What was said last of whether they are in sight.
    looks_reported: bool,
    /// What is being typed in the menu of presets.
    presets: presets::PresetMenu,
}

/// The sections, and whether they start folded: never, when compact, always.
const SECTIONS: [(Group, &str, [bool; 2]); 4] = [
    (Group::Words, "Words", [false, false]),
    (Group::Likeness, "Likeness", [false, false]),
    (Group::Quality, "Quality", [false, true]),
    (Group::Delivery, "Delivery", [true, true]),
];

impl RecipePanel {
    /// Which sections a person has opened or folded, by title.
    pub(super) fn sections_open(&self) -> BTreeMap<String, bool> {
        let titles = SECTIONS.iter().map(|(_, title, _)| (*title).to_owned());
        titles.zip(self.folded).filter_map(|(title, folded)| Some((title, !folded?))).collect()
    }

    /// Opens and folds sections as they were.
    pub(super) fn open_sections(&mut self, open: &BTreeMap<String, bool>) {
        for ((_, title, _), folded) in SECTIONS.iter().zip(&mut self.folded) {
            *folded = open.get(*title).map(|open| !open);
        }
    }

    /// Draws the panel over the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
        let rect = ui.max_rect();
        let compact = rect.height() < COMPACT;
        let tall = rect.height() >= TALL;
        widgets::name_group(ui, "Recipe");
        ui.painter().rect_filled(rect, 0.0, theme::of(ui).bg_panel);
        let mut cut = Cut(rect);
        header(ui, cut.top(size::HEADER), &mut self.presets, view, actions);
        let short = rect.height() < SHORT;
        if !short {
            well(ui, cut.top(photo::height(compact, view)), compact, view, actions);
            cut.top(8.0);
        }
        let foot = cut.bottom(foot::HEIGHT);
        let middle = cut.rest();
        widgets::inside_clipped(ui, middle, "sections", |ui| {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
                if short {
                    let rect = cut::next_row(ui, photo::height(compact, view) + 8.0);
                    well(ui, rect, compact, view, actions);
                }
                self.sections(ui, [compact, tall], view, actions);
            });
        });
        foot::ui(ui, foot, view, actions);
    }

    fn sections(&mut self, ui: &mut Ui, [compact, tall]: [bool; 2], view: &RecipeView<'_>, actions: &mut Vec<Action>) {
        let mut looks_in_sight = false;
        for (index, (group, title, starts_folded)) in SECTIONS.into_iter().enumerate() {
            if group == Group::Delivery {
                seed::ui(ui, view, actions);
            }
            let open = !self.folded[index].unwrap_or_else(|| starts_folded[usize::from(compact)]);
            let values = values(group, view);
            let becomes = if group == Group::Words { words::becomes(view) } else { String::new() };
            let mut header = Section::new(title, open, &values);
            if group == Group::Words {
                header = header.way(icons::EYE, "What is sent").says(&becomes);
            } else {
                header = header.changed(changed(group, view));
            }
            let place = cut::next_row(ui, size::ROW);
            let asked = header.put(ui, place);
            if asked.fold {
                self.folded[index] = Some(open);
            }
            if asked.reset {
                actions.push(Action::Recipe(RecipeAction::ResetGroup(group)));
            }
            if asked.way {
                self.shows_sent = !self.shows_sent;
            }
            section::body(ui, title, open, |ui| match group {
                Group::Words => {
                    words::ui(ui, self.shows_sent, view, actions);
                    let open = self.shows_looks.unwrap_or(tall);
                    looks_in_sight = open && !view.styles.is_empty();
                    if looks::ui(ui, open, view, actions) {
                        self.shows_looks = Some(!open);
                    }
                }
                Group::Quality => quality::ui(ui, view, actions),
                Group::Delivery => words::delivery(ui, view, actions),
                _ => likeness(ui, view, actions),
            });
        }
        if looks_in_sight != self.looks_reported {
            self.looks_reported = looks_in_sight;
            actions.push(Action::Recipe(RecipeAction::LooksInSight(looks_in_sight)));
        }
    }
}

/// The photo with what is known about it, at the top of `rect`.
fn well(ui: &mut Ui, rect: Rect, compact: bool, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    photo::ui(ui, rect.shrink2(vec2(size::PANEL_PADDING, 0.0)), compact, view, actions);
}

fn header(
    ui: &mut Ui,
    rect: Rect,
    presets: &mut presets::PresetMenu,
    view: &RecipeView<'_>,
    actions: &mut Vec<Action>,
) {
    let tokens = theme::of(ui);
    let mut cut = Cut(rect);
    cut.left(size::PANEL_PADDING);
    cut.right(8.0);
    let more = cut.right(24.0);
    cut.right(4.0);
    let title = text::width(ui, "Recipe", Type::Heading).ceil();
    text::label(ui, cut.left(title), Align::Min, "Recipe", Type::Heading, tokens.text);
    cut.left(12.0);
    presets.ui(ui, cut.rest(), view, actions);
    let more = IconButton::new(icons::MORE, "More about the recipe").put(ui, more);
    menu::below(&more, 220.0, |ui| {
        let commands = [Command::Paste, Command::CopySettings, Command::CopyJson, Command::CopyCurl, Command::ResetAll];
        if draws_here(view) {
            command_item(ui, Command::PickPalette, actions);
            menu::separator(ui);
        }
        for command in commands {
            if command == Command::ResetAll {
                menu::separator(ui);
            }
            command_item(ui, command, actions);
        }
    });
}

/// Only the built-in engine knows palettes.
fn draws_here(view: &RecipeView<'_>) -> bool {
    view.engine == EngineId::Local
}

/// A row of a menu for a command of the table.
pub(super) fn command_item(ui: &mut Ui, command: Command, actions: &mut Vec<Action>) {
    let note = command.shortcut_text().unwrap_or_default();
    if menu::Item::new(command.label()).icon(command.icon()).note(&note).show(ui) {
        actions.push(command.into());
    }
}

fn likeness(ui: &mut Ui, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let specs = || PARAMETERS.iter().filter(|spec| spec.group == Group::Likeness);
    // One column for all of them, so that the rails begin below each other.
    let column = specs()
        .map(|spec| text::width(ui, spec.label(view.engine), Type::Label).ceil() + 10.0)
        .fold(size::LABEL_COLUMN, f32::max);
    for spec in specs() {
        fader(ui, spec.parameter, column, view, actions);
        if spec.parameter == Parameter::IpAdapterWeight && draws_here(view) && !view.palette.is_empty() {
            palette::ui(ui, view, actions);
        }
    }
    ui.add_space(4.0);
}

/// The slider row of a number, its label in a column so wide.
fn fader(ui: &mut Ui, parameter: Parameter, column: f32, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let label = parameter.spec().label(view.engine);
    let row = cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0));
    let Some((numbers, default)) = numbers(parameter) else { return };
    let value = view.recipe.get(parameter).as_f64().unwrap_or(default);
    let fader = Fader::new(label, value, default, numbers)
        .label_width(column)
        .changed(view.differs(parameter))
        .tooltip(tip(parameter, view));
    changed::dot(ui, row, label, &[parameter], view, actions);
    if let Some(value) = fader.put(ui, row) {
        actions.push(Action::Recipe(RecipeAction::Set(parameter, json_number(parameter, value))));
    }
}

/// Which numbers a parameter takes, and its default.
fn numbers(parameter: Parameter) -> Option<(Numbers, f64)> {
    let default = match parameter.spec().kind {
        Kind::Integer { default, .. } => f64::from(default.unwrap_or_default()),
        Kind::Real { default, .. } => default,
        _ => return None,
    };
    Some((Numbers::of(parameter)?, default))
}

/// A number as its JSON value: whole ones without a point.
fn json_number(parameter: Parameter, value: f64) -> serde_json::Value {
    match parameter.spec().kind {
        Kind::Integer { .. } => serde_json::json!(value as u32),
        _ => serde_json::json!(value),
    }
}

/// What a parameter does with the chosen engine, its range and default, and what it is called on the wire.
fn tip(parameter: Parameter, view: &RecipeView<'_>) -> Tip<'static> {
    let spec = parameter.spec();
    let note = match numbers(parameter) {
        Some((numbers, default)) if parameter != Parameter::Seed => format!(
            "{} to {}, default {} · {}",
            numbers.format(*numbers.range.start()),
            numbers.format(*numbers.range.end()),
            numbers.format(default),
            spec.name
        ),
        _ => spec.name.to_owned(),
    };
    Tip { name: spec.label(view.engine), help: spec.help(view.engine), note }
}

/// How many settings of a group differ from their defaults.
fn changed(group: Group, view: &RecipeView<'_>) -> usize {
    PARAMETERS.iter().filter(|spec| spec.group == group && view.is_changed(spec.parameter)).count()
}

/// A group's values, for its folded header.
fn values(group: Group, view: &RecipeView<'_>) -> String {
    let recipe = view.recipe;
    match group {
        Group::Words => recipe.prompt.clone(),
        Group::Likeness => format!(
            "{} · {:.2} · {:.2} · {:.2}",
            recipe.prompt_strength, recipe.instant_id_strength, recipe.ip_adapter_weight, recipe.ip_adapter_noise
        ),
        Group::Quality => {
            let upscale = if recipe.upscale { ", 2×" } else { "" };
            let steps = match view.engine {
                EngineId::Local => format!("{} {}", Parameter::Steps.spec().label_local, recipe.steps),
                EngineId::Pixazo => format!("{} steps", recipe.steps),
            };
            format!("{steps}, {} × {}{upscale}", recipe.width, recipe.height)
        }
        Group::Delivery => recipe.webhook.clone().unwrap_or_else(|| "No webhook".to_owned()),
        Group::Photo | Group::Seed => String::new(),
    }
}
