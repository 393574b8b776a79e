//! Steps, size with presets, upscaling.

use egui::{Align, Response, Ui, vec2};
use serde_json::json;

use super::changed;
use crate::action::{Action, RecipeAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::RecipeView;
use crate::widgets::{Button, Cut, NumberField, cut, menu, text, toggle};
use model::{EngineId, Parameter};

/// Sizes with a name.
const SIZES: [(&str, u32, u32); 5] = [
    ("Square", 1024, 1024),
    ("Small", 512, 512),
    ("Large", 2048, 2048),
    ("Portrait", 832, 1216),
    ("Landscape", 1216, 832),
];

/// Draws the rows.
pub(super) fn ui(ui: &mut Ui, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    super::fader(ui, Parameter::Steps, size::LABEL_COLUMN, view, actions);
    size_row(ui, view, actions);
    upscale_row(ui, view, actions);
    ui.add_space(4.0);
}

fn size_row(ui: &mut Ui, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let row = cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0));
    changed::dot(ui, row, "Size", &[Parameter::Width, Parameter::Height], view, actions);
    let mut cut = Cut(row);
    let changed = view.differs(Parameter::Width) || view.differs(Parameter::Height);
    label(ui, cut.left(size::LABEL_COLUMN), "Size", changed);
    let width = number(ui, cut.left_control(48.0, size::CONTROL), Parameter::Width, view, actions);
    let times = cut.left(16.0);
    text::paint(ui, times, Align::Center, "×", Type::Label, tokens.text_muted);
    let height = number(ui, cut.left_control(48.0, size::CONTROL), Parameter::Height, view, actions);
    for (response, parameter) in [(width, Parameter::Width), (height, Parameter::Height)] {
        super::tip(parameter, view).show(response);
    }
    let (wide, high) = (view.recipe.width, view.recipe.height);
    let name = SIZES.iter().find(|preset| (preset.1, preset.2) == (wide, high)).map_or("Other", |preset| preset.0);
    let spoken = format!("Size preset, {name}");
    let button = Button::ghost(name).opens(icons::CHEVRON_DOWN).small().name(&spoken);
    // Its padding may reach over the row's end, as a ghost has no edge to see.
    let width = button.width(ui);
    let end = cut.rest().right() + 8.0;
    let place = egui::Rect::from_min_size(
        egui::pos2(end - width, cut.rest().center().y - size::CONTROL / 2.0),
        vec2(width, size::CONTROL),
    );
    let response = button.put(ui, place);
    menu::below(&response, 180.0, |ui| {
        for (name, wide, high) in SIZES {
            let note = format!("{wide} × {high}");
            let chosen = (view.recipe.width, view.recipe.height) == (wide, high);
            if menu::Item::new(name).shape(wide, high).note(&note).chosen(chosen).show(ui) {
                actions.push(Action::Recipe(RecipeAction::SetSize(wide, high)));
            }
        }
    });
}

fn upscale_row(ui: &mut Ui, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let row = cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0));
    let name = Parameter::Upscale.spec().label(view.engine);
    let both = [Parameter::Upscale, Parameter::UpscaleSteps];
    changed::dot(ui, row, name, &both, view, actions);
    let mut cut = Cut(row);
    let changed = both.iter().any(|one| view.differs(*one));
    let words = label(ui, cut.left(size::LABEL_COLUMN), name, changed);
    super::tip(Parameter::Upscale, view).show(words);
    if toggle::put(ui, cut.left(28.0), name, view.recipe.upscale) {
        actions.push(Action::Recipe(RecipeAction::Set(Parameter::Upscale, json!(!view.recipe.upscale))));
    }
    let field = cut.right_control(48.0, size::CONTROL);
    let passes = number(ui, field, Parameter::UpscaleSteps, view, actions);
    super::tip(Parameter::UpscaleSteps, view).show(passes);
    cut.right(8.0);
    let color = if view.recipe.upscale { tokens.text_secondary } else { tokens.text_disabled };
    let passes = match view.engine {
        EngineId::Local => Parameter::UpscaleSteps.spec().label_local,
        EngineId::Pixazo => "Steps",
    };
    text::paint(ui, cut.rest(), Align::Max, passes, Type::Label, color);
}

/// The field of a whole number.
fn number(
    ui: &mut Ui,
    rect: egui::Rect,
    parameter: Parameter,
    view: &RecipeView<'_>,
    actions: &mut Vec<Action>,
) -> Response {
    let enabled = parameter != Parameter::UpscaleSteps || view.recipe.upscale;
    if let Some((numbers, _)) = super::numbers(parameter) {
        let value = view.recipe.get(parameter).as_f64();
        let field = NumberField::new(parameter.spec().label(view.engine), value, numbers).enabled(enabled);
        // The two edges stand around their sign; what ends a row is in the column of numbers.
        let is_edge = matches!(parameter, Parameter::Width | Parameter::Height);
        let field = if is_edge { field.align(Align::Center) } else { field };
        if let Some(value) = field.put(ui, rect) {
            actions.push(Action::Recipe(RecipeAction::Set(parameter, super::json_number(parameter, value))));
        }
    }
    ui.interact(rect, ui.make_persistent_id(("tip", parameter.name())), egui::Sense::hover())
}

/// The label of a row, stronger when it differs from the last run.
fn label(ui: &mut Ui, rect: egui::Rect, words: &str, changed: bool) -> Response {
    let tokens = theme::of(ui);
    let color = if changed { tokens.text } else { tokens.text_secondary };
    text::label(ui, rect, Align::Min, words, Type::Label, color)
}
