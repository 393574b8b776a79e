//! The chosen cell, at the right.

use egui::{Align, Color32, Rect, Ui, vec2};

use super::fact;
use crate::action::{Action, Asks as _, Command, SweepAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{CellView, Picture, SweepView};
use crate::widgets::chip::{Chip, Tone};
use crate::widgets::{self, Button, Cut, checker, text};

/// Draws the panel in `rect`.
pub(super) fn ui(ui: &mut Ui, rect: Rect, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    widgets::inside_clipped(ui, rect, "selected cell", |ui| {
        widgets::name_group(ui, "Selected cell");
        let tokens = theme::of(ui);
        ui.painter().rect_filled(rect, 0.0, tokens.bg_panel);
        widgets::hairline_right(ui, Rect::from_x_y_ranges(rect.left()..=rect.left(), rect.y_range()));
        let mut cut = Cut(rect);
        let header = cut.top(size::HEADER);
        widgets::hairline_below(ui, header);
        let words = header.shrink2(vec2(size::PANEL_PADDING, 0.0));
        text::label(ui, words, Align::Min, "Selected cell", Type::Heading, tokens.text);
        let mut cut = Cut(cut.rest().shrink2(vec2(size::PANEL_PADDING, 0.0)));
        cut.top(size::PANEL_PADDING);
        let Some(selected) = &view.selected else {
            let words = "Click a cell to see its settings here.";
            text::paragraph(ui, cut.rest().min, cut.rest().width(), 2, words, Type::Label, tokens.text_muted);
            return;
        };
        let cell = view.cells.get(selected.place);
        picture(ui, cut.top(240.0), cell);
        cut.top(8.0);
        let mut chips = Cut(cut.top(24.0));
        for value in selected.values {
            let chip = Chip::new(value, Tone::Quiet).small();
            let width = chip.width(ui).min(chips.rest().width());
            chip.put(ui, chips.left_control(width, 20.0));
            chips.left(4.0);
        }
        cut.top(8.0);
        for (words, value) in selected.facts {
            fact(ui, cut.top(24.0), words, value, tokens.text);
        }
        cut.top(12.0);
        let use_it = Button::new("Use these settings").icon(icons::PEEK);
        use_it.put(ui, cut.top(size::ROW)).asks(actions, Command::UseSettings);
        cut.top(4.0);
        if let Some(CellView::Ready { id, .. }) = cell {
            let open = Button::ghost("Open in the viewer").icon(icons::PHOTO);
            open.put(ui, cut.top(size::ROW)).asks(actions, SweepAction::ShowInViewer(*id));
        }
    });
}

fn picture(ui: &Ui, rect: Rect, cell: Option<&CellView<'_>>) {
    if let Some(CellView::Ready { picture: picture @ Picture::Ready { size: pixels, .. }, .. }) = cell {
        checker::checkerboard(ui, rect, 8.0, size::RADIUS);
        let scale = (rect.width() / pixels.x.max(1.0)).min(rect.height() / pixels.y.max(1.0));
        let place = Rect::from_center_size(rect.center(), *pixels * scale);
        checker::picture(ui, place, picture, 0, Color32::WHITE);
    } else {
        ui.painter().rect_filled(rect, size::RADIUS, theme::of(ui).bg_canvas);
        checker::ghost(ui, rect, size::RADIUS);
    }
}
