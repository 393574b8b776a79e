//! The platforms at the left.

use egui::{Align, Rect, Role, ScrollArea, Ui, Vec2, vec2};

use super::{sign, word};
use crate::action::{Action, Asks as _, Command, ExportAction, Preference};
use crate::icons::{self, Icon};
use crate::theme::{self, Type, size};
use crate::view::{ExportView, TargetView};
use crate::widgets::{self, Cut, IconButton, Pressable, cut, text, toggle};
use model::{Target, capitalised};

/// Height of a platform in the list.
const ROW: f32 = 44.0;

/// Draws the list in `rect`.
pub(super) fn ui(ui: &mut Ui, rect: Rect, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    widgets::name_group(ui, "Platforms");
    ui.painter().rect_filled(rect, 0.0, theme::of(ui).bg_panel);
    let mut cut = Cut(rect);
    header(ui, cut.top(size::HEADER), actions);
    if let Some([label, settings]) = view.texts {
        texts(ui, cut.bottom(2.0 * size::ROW + 16.0), label, settings, actions);
    }
    let list = cut.rest();
    widgets::inside_clipped(ui, list, "list", |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            ui.add_space(8.0);
            for target in view.targets {
                if target.target == Target::Png {
                    let line = cut::next_row(ui, 17.0);
                    ui.painter().rect_filled(cut::centred(line, 1.0), 0.0, theme::of(ui).line_soft);
                }
                row(ui, *target, target.target == view.target, actions);
            }
            ui.add_space(8.0);
        });
    });
    widgets::hairline_right(ui, rect);
}

fn header(ui: &mut Ui, rect: Rect, actions: &mut Vec<Action>) {
    widgets::hairline_below(ui, rect);
    let mut cut = Cut(rect);
    cut.left(6.0);
    let back = IconButton::new(icons::CHEVRON_LEFT, "Back").tooltip("Goes back to what was there.");
    back.put(ui, cut.left_control(24.0, 24.0)).asks(actions, Command::Export);
    cut.left(6.0);
    text::label(ui, cut.rest(), Align::Min, "Export", Type::Heading, theme::of(ui).text);
}

fn row(ui: &mut Ui, view: TargetView, is_chosen: bool, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let TargetView { target, also, lamp } = view;
    let rect = cut::next_row(ui, ROW).shrink2(vec2(8.0, 0.0));
    let mut cut = Cut(rect);
    cut.right(8.0);
    let tick = cut.right_control(20.0, 20.0);
    let spoken = format!("{target}, {}, {}", target.what(), word(lamp));
    let choice = Pressable::choice(&spoken, is_chosen).ring(rect, size::RADIUS);
    let response = choice.show(ui, rect.with_max_x(tick.left()), ("target", target.id()), |response| {
        if is_chosen {
            ui.painter().rect_filled(rect, size::RADIUS, tokens.accent_soft);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, size::RADIUS, tokens.bg_control_hover);
        }
        cut.right(4.0);
        if let Some((icon, tint)) = sign(lamp, tokens) {
            icon.paint(ui, cut.right_control(16.0, 16.0), 16.0, tint);
        } else if let Some(icon) = own_icon(target) {
            icon.paint(ui, cut.right_control(16.0, 16.0), 16.0, tokens.text_secondary);
        }
        cut.left(8.0);
        cut.top(4.0);
        text::paint(ui, cut.top(18.0), Align::Min, target.title(), Type::Section, tokens.text);
        let what = capitalised(target.what());
        text::paint(ui, cut.top(16.0), Align::Min, &what, Type::Note, tokens.text_secondary);
    });
    response.asks(actions, ExportAction::Target(target));
    if !is_chosen {
        tick_box(ui, tick, target, also, actions);
    }
}

/// A small box: is the pack written for this platform too?
fn tick_box(ui: &Ui, rect: Rect, target: Target, also: bool, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let name = format!("Export for {target} too");
    let square = Rect::from_center_size(rect.center(), Vec2::splat(14.0));
    let tick = Pressable::new(&name).role(Role::CheckBox).on(Some(also)).ring(square, 3.0).tooltip(&name);
    let response = tick.show(ui, rect, ("also", target.id()), |response| {
        if also {
            ui.painter().rect_filled(square, 3.0, tokens.accent);
            icons::CHECK.paint(ui, square, 12.0, tokens.on_accent);
        } else {
            let line = if response.hovered() { tokens.line_strong } else { tokens.line_control };
            ui.painter().rect_stroke(square, 3.0, egui::Stroke::new(1.0, line), egui::StrokeKind::Inside);
        }
    });
    response.asks(actions, ExportAction::Also(target, !also));
}

/// What the files say about themselves.
#[expect(clippy::fn_params_excessive_bools, reason = "two switches that are independent of each other")]
fn texts(ui: &mut Ui, rect: Rect, label: bool, settings: bool, actions: &mut Vec<Action>) {
    widgets::hairline_above(ui, rect);
    let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 8.0)));
    let switches = [
        ("Say how they were made", label, Preference::LabelCopies(!label)),
        ("Keep settings inside files", settings, Preference::SettingsInCopies(!settings)),
    ];
    for (words, is_on, preference) in switches {
        let mut row = Cut(cut.top(size::ROW));
        let place = row.left(36.0);
        text::label(ui, row.rest(), Align::Min, words, Type::Label, theme::of(ui).text);
        if toggle::put(ui, place, words, is_on) {
            actions.push(Action::SetPreference(preference));
        }
    }
}

const fn own_icon(target: Target) -> Option<Icon> {
    match target {
        Target::Png | Target::WebP => Some(icons::PHOTO),
        Target::Print => Some(icons::PRINT),
        _ => None,
    }
}
