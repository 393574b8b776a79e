//! The grid: values along its edges, a cell for each pair.

use egui::{Align, Rect, ScrollArea, Ui, Vec2, pos2, vec2};

use super::cell;
use crate::action::{Action, Asks as _, Command, SweepAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{CellView, SweepView};
use crate::widgets::{self, Button, Cut, text};

/// Between cells.
const GAP: f32 = 8.0;

/// The smallest and the largest side of a cell.
const SIDES: [f32; 2] = [80.0, 240.0];

/// Around the grid.
const MARGIN: f32 = 24.0;

/// Height of the labels above the columns: what varies, and its values.
const TOP: f32 = 48.0;

/// The widest column of labels beside the rows.
const WIDEST_LABELS: f32 = 140.0;

/// Draws the grid in `rect`; `has_ways` when the chosen cell has no panel beside it.
pub(super) fn ui(ui: &mut Ui, rect: Rect, has_ways: bool, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    widgets::inside_clipped(ui, rect, "grid", |ui| {
        widgets::name_group(ui, "Grid");
        let tokens = theme::of(ui);
        ui.painter().rect_filled(rect, 0.0, tokens.bg_canvas);
        let mut cut = Cut(rect);
        let foot = cut.bottom(size::HEADER);
        if view.cells.is_empty() {
            let words = "Type values for the axes at the left: each becomes a column or a row.";
            text::label(ui, cut.rest(), Align::Center, words, Type::Body, tokens.text_muted);
            return;
        }
        cells(ui, cut.rest(), view, actions);
        below(ui, foot, has_ways, view, actions);
    });
}

fn cells(ui: &mut Ui, rect: Rect, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let (columns, rows) = (view.columns.len().max(1), view.rows.len().max(1));
    let labels = view.rows.iter().map(|row| text::width(ui, row, Type::Section).ceil()).fold(0.0, f32::max);
    let down = view.down.as_ref().map_or("", |down| down.axis.label(view.engine));
    let labels = labels.max(text::width(ui, down, Type::Label).ceil());
    let labels = if view.rows.is_empty() { 0.0 } else { labels.min(WIDEST_LABELS) + 16.0 };
    let room = rect.size() - vec2(2.0 * MARGIN + labels, 2.0 * MARGIN + TOP - 16.0);
    let fits = |room: f32, count: usize| (room - GAP * (count - 1) as f32) / count as f32;
    let side = fits(room.x, columns).min(fits(room.y, rows)).clamp(SIDES[0], SIDES[1]).floor();
    let pitch = side + GAP;
    let whole = vec2(labels + columns as f32 * pitch - GAP, TOP + rows as f32 * pitch - GAP);
    ui.spacing_mut().scroll.fade.strength = 0.0;
    ScrollArea::both().auto_shrink([false, false]).id_salt("sweep cells").show_viewport(ui, |ui, viewport| {
        let all = (whole + Vec2::splat(2.0 * MARGIN)).max(rect.size());
        ui.set_min_size(all);
        // In the middle while there is room, so that a small grid does not cling to a corner.
        let corner = ui.max_rect().min + vec2(((all.x - whole.x) / 2.0).round(), MARGIN.min(all.y - whole.y));
        let left = corner.x + labels;
        let across = Rect::from_min_size(pos2(left, corner.y), vec2(whole.x - labels, 20.0));
        text::label(ui, across, Align::Center, view.across.axis.label(view.engine), Type::Label, tokens.text_muted);
        if !view.rows.is_empty() {
            let place = Rect::from_min_size(pos2(corner.x, corner.y + 20.0), vec2(labels - 16.0, 24.0));
            text::label(ui, place, Align::Max, down, Type::Label, tokens.text_muted);
        }
        for (column, words) in view.columns.iter().enumerate() {
            let place = Rect::from_min_size(pos2(left + column as f32 * pitch, corner.y + 20.0), vec2(side, 24.0));
            text::label(ui, place, Align::Center, words, Type::Section, tokens.text);
        }
        for (row, words) in view.rows.iter().enumerate() {
            let place =
                Rect::from_min_size(pos2(corner.x, corner.y + TOP + row as f32 * pitch), vec2(labels - 16.0, side));
            text::label(ui, place, Align::Max, words, Type::Section, tokens.text);
        }
        let seen = viewport.translate(ui.max_rect().min.to_vec2());
        for (place, cell) in view.cells.iter().enumerate() {
            let (row, column) = (place / columns, place % columns);
            let at = pos2(left + column as f32 * pitch, corner.y + TOP + row as f32 * pitch);
            let rect = Rect::from_min_size(at, Vec2::splat(side));
            if !seen.intersects(rect) {
                continue;
            }
            let name = match view.rows.get(row) {
                Some(row) => format!("{row}, {}", view.columns[column]),
                None => view.columns[column].clone(),
            };
            let selected = view.selected.as_ref().is_some_and(|selected| selected.place == place);
            cell::ui(ui, rect, place, &name, selected, cell, actions);
        }
    });
}

/// The line below: what can be done with a cell, and the ways where no panel has them.
fn below(ui: &mut Ui, rect: Rect, has_ways: bool, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let ready = view.cells.iter().any(|cell| matches!(cell, CellView::Ready { .. }));
    let mut cut = Cut(rect.shrink2(vec2(MARGIN, 0.0)));
    if let (true, Some(selected)) = (has_ways, &view.selected) {
        let use_it = Button::new("Use these settings").small();
        let width = use_it.width(ui);
        use_it.put(ui, cut.right_control(width, size::CONTROL)).asks(actions, Command::UseSettings);
        cut.right(8.0);
        if let Some(CellView::Ready { id, .. }) = view.cells.get(selected.place) {
            let open = Button::ghost("Open in the viewer").small();
            let width = open.width(ui);
            open.put(ui, cut.right_control(width, size::CONTROL)).asks(actions, SweepAction::ShowInViewer(*id));
            cut.right(8.0);
        }
    }
    for (label, icon, action) in
        [("Save images…", icons::CUTOUT, SweepAction::SaveImages), ("Save grid…", icons::SAVE, SweepAction::SaveGrid)]
    {
        let save = Button::ghost(label).icon(icon).small();
        let width = save.width(ui);
        save.enabled(ready).put(ui, cut.right_control(width, size::CONTROL)).asks(actions, action);
        cut.right(8.0);
    }
    // The button for the settings says the rest.
    let words =
        if has_ways { "Click a cell to see it." } else { "Click a cell to see it, press R to use its settings." };
    text::label(ui, cut.rest(), Align::Min, words, Type::Label, tokens.text_muted);
}
