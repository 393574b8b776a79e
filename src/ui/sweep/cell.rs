//! One cell of the grid.

use egui::{Align, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

use crate::action::{Action, Command, Dialog, JobsAction, SweepAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{CellView, Picture};
use crate::widgets::{Button, Cut, Ticket, checker, chip, focus, menu, progress, text};
use model::JobAction;

/// Draws the cell at `place` of the grid in `rect`; `name` says its values.
pub(super) fn ui(
    ui: &mut Ui,
    rect: Rect,
    place: usize,
    name: &str,
    selected: bool,
    cell: &CellView<'_>,
    actions: &mut Vec<Action>,
) {
    let response = ui.interact(rect, ui.make_persistent_id(("cell", place)), Sense::click());
    let spoken = format!("Cell, {name}, {}", state(cell));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &spoken));
    match cell {
        CellView::New => ghost(ui, rect),
        CellView::Busy { words, progress } => busy(ui, rect, place, words, *progress),
        CellView::Trouble { .. } => trouble(ui, rect, place, cell, actions),
        CellView::Ready { picture, owned, .. } => {
            ready(ui, rect, picture);
            if *owned && rect.width() >= 100.0 {
                chip::on_picture(ui, rect.left_bottom() + vec2(8.0, -28.0), Align::Min, "Owned", None);
            }
        }
    }
    if selected {
        checker::die_cut(ui, rect, size::RADIUS);
    }
    focus::ring(ui, &response, rect, size::RADIUS);
    if response.clicked() || response.secondary_clicked() {
        actions.push(SweepAction::Select(place).into());
    }
    response.context_menu(|ui| {
        ui.set_width(220.0);
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        crate::recipe::command_item(ui, Command::UseSettings, actions);
        if let CellView::Ready { id, .. } = cell
            && menu::Item::new("Open in the viewer").icon(icons::PHOTO).show(ui)
        {
            actions.push(SweepAction::ShowInViewer(*id).into());
        }
    });
}

fn state(cell: &CellView<'_>) -> String {
    match cell {
        CellView::New => "not made yet".to_owned(),
        CellView::Busy { words, .. } => (*words).to_owned(),
        CellView::Trouble { head, sentence, .. } => format!("{head}: {sentence}"),
        CellView::Ready { owned: true, .. } => "owned".to_owned(),
        CellView::Ready { owned: false, .. } => "made".to_owned(),
    }
}

fn ghost(ui: &Ui, rect: Rect) {
    ui.painter().rect_filled(rect, size::RADIUS, theme::of(ui).bg_panel);
    checker::ghost(ui, rect, size::RADIUS);
}

fn busy(ui: &mut Ui, rect: Rect, place: usize, words: &str, share: Option<f32>) {
    let tokens = theme::of(ui);
    ui.painter().rect_filled(rect, size::RADIUS, tokens.bg_panel);
    checker::ghost(ui, rect.with_max_y(rect.bottom() - 28.0), size::RADIUS);
    let line = Rect::from_min_max(rect.left_bottom() + vec2(4.0, -36.0), rect.right_bottom() + vec2(-4.0, -14.0));
    text::label(ui, line, Align::Center, words, Type::Label, tokens.text_secondary);
    if let Some(share) = share {
        let bar = Rect::from_min_max(rect.left_bottom() + vec2(12.0, -12.0), rect.right_bottom() + vec2(-12.0, -8.0));
        let id = ui.make_persistent_id(("cell progress", place));
        progress::bar(ui, bar, id, share, "Progress of the cell");
    }
}

fn trouble(ui: &mut Ui, rect: Rect, place: usize, cell: &CellView<'_>, actions: &mut Vec<Action>) {
    let CellView::Trouble { head, sentence, job, retry } = cell else { return };
    let tokens = theme::of(ui);
    let line = Stroke::new(1.0, tokens.danger);
    ui.painter().rect(rect, size::RADIUS, tokens.bg_panel, line, StrokeKind::Inside);
    let mut cut = Cut(rect.shrink(12.0_f32.min(rect.width() * 0.08)));
    let mut top = Cut(cut.top(20.0));
    icons::FAIL.paint(ui, top.left(14.0), 14.0, tokens.danger);
    top.left(6.0);
    text::label(ui, top.rest(), Align::Min, head, Type::Label, tokens.danger);
    let foot = cut.bottom(24.0);
    cut.bottom(4.0);
    let rest = cut.rest();
    let rows = (rest.height() / 16.0).floor().max(1.0) as usize;
    text::paragraph(ui, rest.min, rest.width(), rows, sentence, Type::Label, tokens.text_secondary);
    ui.push_id(("trouble", place), |ui| match retry {
        Some(stub) => {
            let spoken = format!("Retry, {}", stub.words());
            let ticket = Ticket::new("Retry", *stub, &spoken).behind(tokens.bg_panel);
            if ticket.put_small(ui, foot).clicked() {
                actions.push(Action::Jobs(JobsAction::One((*job).clone(), JobAction::Retry)));
            }
        }
        None => {
            if Button::new("Decide…").small().put(ui, foot).clicked() {
                actions.push(Action::Open(Dialog::Job((*job).clone())));
            }
        }
    });
}

fn ready(ui: &Ui, rect: Rect, picture: &Picture) {
    match picture {
        Picture::Ready { size: pixels, .. } => {
            checker::checkerboard(ui, rect, 8.0, size::RADIUS);
            let inner = rect.shrink(4.0);
            let scale = (inner.width() / pixels.x.max(1.0)).min(inner.height() / pixels.y.max(1.0));
            let place = Rect::from_center_size(inner.center(), *pixels * scale);
            checker::picture(ui, place, picture, 0, Color32::WHITE);
        }
        Picture::Loading => {
            ui.painter().rect_filled(rect, size::RADIUS, theme::of(ui).bg_panel);
        }
        Picture::Missing | Picture::Gone => {
            let tokens = theme::of(ui);
            ui.painter().rect_filled(rect, size::RADIUS, tokens.bg_panel);
            icons::FAIL.paint(ui, rect, 16.0, tokens.text_muted);
        }
    }
}
