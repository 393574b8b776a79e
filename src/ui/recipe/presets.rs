//! The preset in use, and the menu of all: those that come with the program, then one's own to keep, rename and delete.

use egui::{Align, Rect, ScrollArea, Ui, vec2};

use crate::action::{Action, PresetAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{PresetView, RecipeView};
use crate::widgets::{Button, Cut, IconButton, Pressable, TextField, cut, menu, text};

/// Width of the menu in points.
const WIDTH: f32 = 304.0;

/// Own presets in sight at once; the rest scrolls.
const MOST_ROWS: usize = 8;

/// What is being typed in the menu.
#[derive(Clone, Debug, Default)]
pub(super) struct PresetMenu {
    /// The name under which the form is to be kept.
    name: String,
    /// The preset that is renamed, and its new name.
    renamed: Option<(String, String)>,
}

impl PresetMenu {
    /// Draws the button at the right of `rect`, and the menu once it was pressed.
    pub(super) fn ui(&mut self, ui: &Ui, rect: Rect, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
        let response = button(ui, rect, view);
        let shown = menu::popup(&response, WIDTH, |ui| {
            for preset in view.presets {
                if item(*preset, view).show(ui) {
                    choose(ui, preset.name, actions);
                }
            }
            let Some(own) = view.own_presets else { return };
            menu::separator(ui);
            let rows = own.len().min(MOST_ROWS) as f32 * size::ROW;
            ScrollArea::vertical().max_height(rows).show(ui, |ui| {
                ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
                for preset in own {
                    self.own(ui, *preset, view, actions);
                }
            });
            self.keep(ui, own, view, actions);
            menu::separator(ui);
            if menu::Item::new("Import presets…").icon(icons::FOLDER).show(ui) {
                actions.push(PresetAction::Import.into());
                ui.close();
            }
            if menu::Item::new("Export presets…").icon(icons::EXPORT).enabled(!own.is_empty()).show(ui) {
                actions.push(PresetAction::Export.into());
                ui.close();
            }
        });
        if shown.is_none() {
            *self = Self::default();
        }
    }

    /// A preset of one's own: chosen by its name, renamed in place, deleted.
    fn own(&mut self, ui: &mut Ui, preset: PresetView<'_>, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
        let name = preset.name;
        let mut row = Cut(cut::next_row(ui, size::ROW));
        if let Some((of, typed)) = self.renamed.as_mut().filter(|(of, _)| of == name) {
            let is_free = typed.trim() == of || is_free(typed, view);
            let field = TextField::new("New name").refused(!is_free).selects_on_focus();
            let id = field.id(ui);
            let place = cut::centred(row.rest().shrink2(vec2(4.0, 0.0)), size::CONTROL);
            let shown = field.put(ui, place, typed);
            if shown.response.lost_focus() {
                let to = typed.trim().to_owned();
                if shown.entered && is_free && !to.is_empty() && to != name {
                    actions.push(PresetAction::Rename { from: name.to_owned(), to }.into());
                }
                self.renamed = None;
            } else if !shown.response.has_focus() {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            return;
        }
        let delete = row.right(size::CONTROL);
        let rename = row.right(size::CONTROL);
        row.right(2.0);
        if item(preset, view).put(ui, row.rest()) {
            choose(ui, name, actions);
        }
        let words = format!("Rename {name}");
        if IconButton::new(icons::CAPTION, &words).points(size::ICON_SMALL).put(ui, rename).clicked() {
            self.renamed = Some((name.to_owned(), name.to_owned()));
        }
        let words = format!("Delete {name}");
        if IconButton::new(icons::TRASH, &words).points(size::ICON_SMALL).put(ui, delete).clicked() {
            actions.push(PresetAction::Delete(name.to_owned()).into());
        }
    }

    /// Keeps the form: in the own preset it came from, or under the name that is typed here.
    fn keep(&mut self, ui: &mut Ui, own: &[PresetView<'_>], view: &RecipeView<'_>, actions: &mut Vec<Action>) {
        let is_own = |name: &str| own.iter().any(|preset| preset.name == name);
        let comes_from_own = is_own(view.preset);
        if comes_from_own && view.preset_edited {
            let words = format!("Save changes to {}", view.preset);
            if menu::Item::new(&words).icon(icons::SAVE).show(ui) {
                actions.push(PresetAction::Save(view.preset.to_owned()).into());
                ui.close();
            }
        }
        ui.add_space(4.0);
        let mut row = Cut(cut::next_row(ui, size::ROW).shrink2(vec2(4.0, 0.0)));
        let typed = self.name.trim();
        let replaces = is_own(typed);
        let can_keep = !typed.is_empty() && (replaces || is_free(typed, view));
        let button =
            Button::new(if replaces { "Replace" } else { "Save" }).small().enabled(can_keep).name("Save preset");
        let width = button.width(ui);
        let pressed = button.put(ui, row.right_control(width, size::CONTROL)).clicked();
        row.right(4.0);
        let refused = !typed.is_empty() && !can_keep;
        let field = TextField::new("Name of a new preset").hint("Save these settings as…").refused(refused);
        let shown = field.put(ui, row.rest(), &mut self.name);
        if can_keep && (pressed || shown.entered) {
            actions.push(PresetAction::Save(self.name.trim().to_owned()).into());
            ui.close();
        }
        if refused {
            shown.response.on_hover_text("A preset that comes with the program has this name.");
        }
    }
}

/// May an own preset have this name? No other may have it.
fn is_free(name: &str, view: &RecipeView<'_>) -> bool {
    let name = name.trim();
    let is_built_in = view.presets.iter().any(|other| other.name.eq_ignore_ascii_case(name));
    !is_built_in && !view.own_presets.is_some_and(|own| own.iter().any(|other| other.name == name))
}

/// The row of a preset, which says what becomes of the form's words.
fn item<'a>(preset: PresetView<'a>, view: &RecipeView<'_>) -> menu::Item<'a> {
    let note = if preset.has_words { "with its words" } else { "keeps yours" };
    menu::Item::new(preset.name).chosen(preset.name == view.preset).note(note)
}

fn choose(ui: &Ui, name: &str, actions: &mut Vec<Action>) {
    actions.push(Action::Preset(PresetAction::Use(name.to_owned())));
    ui.close();
}

/// The preset in use; a click lists all of them.
fn button(ui: &Ui, rect: Rect, view: &RecipeView<'_>) -> egui::Response {
    let tokens = theme::of(ui);
    let edited = if view.preset_edited { text::width(ui, "edited", Type::Label).ceil() + 6.0 } else { 0.0 };
    let name = (text::width(ui, view.preset, Type::Control).ceil()).min(rect.width() - edited - 30.0);
    let width = 6.0 + name + edited + 22.0;
    let place = Cut(rect).right_control(width, size::CONTROL);
    let spoken = format!("Preset, {}{}", view.preset, if view.preset_edited { ", edited" } else { "" });
    Pressable::new(&spoken).radius(size::RADIUS_SMALL).show(ui, place, "preset", |response| {
        if response.hovered() {
            ui.painter().rect_filled(place, size::RADIUS_SMALL, tokens.bg_control);
        }
        let mut cut = Cut(place);
        cut.left(6.0);
        text::paint(ui, cut.left(name), Align::Min, view.preset, Type::Control, tokens.text_secondary);
        if view.preset_edited {
            cut.left(6.0);
            text::paint(ui, cut.left(edited - 6.0), Align::Min, "edited", Type::Label, tokens.text_muted);
        }
        cut.left(4.0);
        icons::CHEVRON_DOWN.paint(ui, cut.left(14.0), 14.0, tokens.text_muted);
    })
}
