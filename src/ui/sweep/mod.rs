//! The sweep: the same photo with one or two settings varied, as a grid.

mod cell;
mod grid;
mod plan;
mod side;

use egui::{Key, Rect, Ui};

use super::action::{Action, Command, SweepAction};
use super::theme::size;
use super::view::SweepView;
use super::widgets::Cut;

/// Below this width the chosen cell has no panel of its own.
const NARROW: f32 = 1100.0;

/// Width of the panel about the chosen cell.
const SIDE: f32 = 264.0;

/// What the sweep remembers about itself.
#[derive(Clone, Debug, Default)]
pub struct SweepPanel {
    /// Is the grammar of values explained?
    shows_grammar: Option<bool>,
}

impl SweepPanel {
    /// Draws the sweep in `rect`, the plan as wide as the recipe; `has_keys` when no dialog lies over it.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        plan_width: f32,
        view: &SweepView<'_>,
        has_keys: bool,
        actions: &mut Vec<Action>,
    ) {
        let mut cut = Cut(rect);
        let plan = cut.left(plan_width);
        let side = (rect.width() >= NARROW).then(|| cut.right(SIDE));
        plan::ui(ui, plan, &mut self.shows_grammar, view, actions);
        grid::ui(ui, cut.rest(), side.is_none(), view, actions);
        if let Some(side) = side {
            side::ui(ui, side, view, actions);
        }
        if has_keys {
            keys(ui, view, actions);
        }
    }
}

/// Esc goes back, arrows go from cell to cell; not while somebody types.
fn keys(ui: &Ui, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    if ui.memory(|memory| memory.focused()).is_some() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        actions.push(Command::Sweep.into());
    }
    let columns = view.columns.len().max(1) as isize;
    let by = ui.input(|input| {
        let presses = |key| input.num_presses(key) as isize;
        presses(Key::ArrowRight) - presses(Key::ArrowLeft) + columns * (presses(Key::ArrowDown) - presses(Key::ArrowUp))
    });
    if by == 0 || view.cells.is_empty() {
        return;
    }
    let next = view.selected.as_ref().map_or(0, |selected| selected.place as isize + by);
    if (0..view.cells.len() as isize).contains(&next) {
        actions.push(SweepAction::Select(next as usize).into());
    }
}

/// A facts row: words at the left, a value at the right.
fn fact(ui: &mut Ui, row: Rect, words: &str, value: &str, color: egui::Color32) {
    use super::theme::{self, Type};
    use super::widgets::text;

    let tokens = theme::of(ui);
    let mut cut = Cut(row);
    let width = text::width(ui, value, Type::Label).ceil().min(row.width() * 0.7);
    text::label(ui, cut.right(width), egui::Align::Max, value, Type::Label, color);
    cut.right(size::PANEL_PADDING);
    text::label(ui, cut.rest(), egui::Align::Min, words, Type::Label, tokens.text_secondary);
}
