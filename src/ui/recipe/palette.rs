//! The colours of the person's own that the built-in engine draws in instead of the style's.

use egui::{Align, Rect, Sense, Ui, vec2};

use crate::action::{Action, Asks as _, Command, RecipeAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::RecipeView;
use crate::widgets::{self, Button, Cut, IconButton, cut, text};

/// Width of a colour's field in points, when there is room.
const SWATCH: f32 = 12.0;

/// Draws the row; the palette has a colour at least.
pub(super) fn ui(ui: &mut Ui, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let row = cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0));
    let mut cut = Cut(row);
    text::label(ui, cut.left(size::LABEL_COLUMN), Align::Min, "Palette", Type::Control, tokens.text_secondary);
    let choose = Button::ghost("Choose…").small().name(Command::PickPalette.label());
    let place = cut.right_control(choose.width(ui), size::CONTROL);
    choose.put(ui, place).on_hover_text(Command::PickPalette.tooltip()).asks(actions, Command::PickPalette);
    let forget = IconButton::new(icons::CLOSE, "Use the style's own palette").points(size::ICON_SMALL);
    forget.put(ui, cut.right_control(size::CONTROL, size::CONTROL)).asks(actions, RecipeAction::ForgetPalette);
    cut.right(4.0);
    swatches(ui, cut::centred(cut.rest(), 16.0), view.palette);
}

/// The colours side by side, within one border.
fn swatches(ui: &mut Ui, rect: Rect, palette: &[[u8; 3]]) {
    let width = (rect.width() / palette.len() as f32).min(SWATCH);
    let whole = Rect::from_min_size(rect.min, vec2(width * palette.len() as f32, rect.height()));
    for (index, colour) in palette.iter().enumerate() {
        let left = whole.left() + index as f32 * width;
        let field = Rect::from_min_size(egui::pos2(left, whole.top()), vec2(width, whole.height()));
        ui.painter().rect_filled(field, 0.0, theme::photo_color(*colour));
    }
    let stroke = widgets::hairline(ui);
    ui.painter().rect_stroke(whole, 2.0, stroke, egui::StrokeKind::Outside);
    let words = format!("Palette of {}, your own", palette.len());
    widgets::describe(ui, whole, Sense::hover(), &words)
        .on_hover_text("They are in the prompt, and travel with the settings.");
}
