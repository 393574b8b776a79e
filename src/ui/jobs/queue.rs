//! The line of waiting jobs: a grip at each that drags it, and the keys that do the same.

use egui::{CursorIcon, EventFilter, Key, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::offers;
use crate::action::{Action, JobsAction, Move};
use crate::icons;
use crate::theme;
use crate::widgets::{self, focus, menu};
use model::JobId;

/// A hairline between a row and the one above it, inset like their content.
pub(super) fn hairline_above(ui: &Ui, rect: Rect) {
    let y = rect.top() - 0.5 / ui.pixels_per_point();
    ui.painter().hline(rect.left() + 12.0..=rect.right() - 12.0, y, widgets::hairline(ui));
}

/// What waits in line, where its row lies: the newest on top, so the next one is the lowest.
pub(super) struct Waiting {
    /// Its jobs, the first to go first.
    pub(super) ids: Vec<JobId>,
    /// Its row.
    pub(super) rect: Rect,
    /// Its grip, while that is in sight or in use.
    pub(super) grip: Option<Response>,
}

/// Width of the grip at the left edge of a row. What else can be pressed there must leave it free.
const GRIP: f32 = 24.0;

/// The part of a row beside its grip.
pub(super) fn beside_grip(rect: Rect, waits: bool) -> Rect {
    if waits { rect.with_min_x(rect.left() + GRIP) } else { rect }
}

impl Waiting {
    /// Puts the grip at the left edge of a row that is drawn next, so that Tab reaches it first.
    pub(super) fn at(ui: &Ui, ids: Vec<JobId>, rect: Rect, actions: &mut Vec<Action>) -> Option<Self> {
        let first = ids.first()?;
        let id = ui.make_persistent_id(("grip", &first.0));
        let in_use = ui.ctx().is_being_dragged(id) || ui.ctx().drag_stopped_id() == Some(id);
        if !ui.is_rect_visible(rect) && !in_use && !ui.memory(|memory| memory.has_focus(id)) {
            return Some(Self { ids, rect, grip: None });
        }
        let place = Rect::from_min_size(rect.min + vec2(0.0, 12.0), vec2(GRIP, 40.0));
        let grip = ui.interact(place, id, Sense::click_and_drag()).on_hover_cursor(CursorIcon::Grab);
        grip.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Move in line"));
        menu::below(&grip, 200.0, |ui| {
            offers::moves(ui, &first.0, |place| actions.push(Action::Jobs(JobsAction::Move(ids.clone(), place))));
        });
        if let Some(place) = key(ui, &grip) {
            actions.push(Action::Jobs(JobsAction::Move(ids.clone(), place)));
        }
        Some(Self { ids, rect, grip: Some(grip) })
    }
}

/// Paints the grips over their rows; where one is dropped is pushed.
pub(super) fn grips(ui: &Ui, waiting: &[Waiting], actions: &mut Vec<Action>) {
    for (index, group) in waiting.iter().enumerate() {
        let Some(grip) = &group.grip else { continue };
        if ui.rect_contains_pointer(group.rect) || grip.has_focus() || grip.dragged() {
            let place = Rect::from_min_size(grip.rect.min, vec2(12.0, 40.0));
            icons::GRIP.paint(ui, place, 14.0, theme::of(ui).text_secondary);
        }
        focus::ring(ui, grip, grip.rect, 4.0);
        if grip.dragged() || grip.drag_stopped() {
            let Some(pointer) = grip.interact_pointer_pos() else { continue };
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            let gap = gap_at(waiting, pointer.y);
            draw_gap(ui, waiting, gap);
            let stays = gap == index || gap == index + 1;
            if grip.drag_stopped() && !stays {
                actions.push(Action::Jobs(JobsAction::Move(group.ids.clone(), place_of(waiting, gap))));
            }
        }
    }
}

/// While a grip has the focus, up and down move its row as they look.
fn key(ui: &Ui, grip: &Response) -> Option<Move> {
    if !grip.has_focus() {
        return None;
    }
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(grip.id, filter));
    ui.input(|input| {
        [(Key::ArrowUp, Move::Later), (Key::ArrowDown, Move::Earlier)]
            .into_iter()
            .find(|(key, _)| input.key_pressed(*key))
            .map(|(_, place)| place)
    })
}

/// The gap between rows that is nearest: 0 above the first, `n` below the last.
fn gap_at(waiting: &[Waiting], y: f32) -> usize {
    waiting.iter().take_while(|group| group.rect.center().y < y).count()
}

/// What a gap means in the line: what lies there goes right before the row above the gap.
fn place_of(waiting: &[Waiting], gap: usize) -> Move {
    let above = gap.checked_sub(1).and_then(|index| waiting.get(index)).and_then(|group| group.ids.first());
    above.map_or(Move::Last, |id| Move::Before(id.clone()))
}

fn draw_gap(ui: &Ui, waiting: &[Waiting], gap: usize) {
    let y = waiting
        .get(gap)
        .map_or_else(|| waiting.last().map(|group| group.rect.bottom()), |group| Some(group.rect.top()));
    let (Some(y), Some(first)) = (y, waiting.first()) else { return };
    let line = Rect::from_min_max(pos2(first.rect.left() + 8.0, y - 1.0), pos2(first.rect.right() - 8.0, y + 1.0));
    ui.painter().rect_filled(line, 1.0, theme::of(ui).accent);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three rows of 80, the newest on top: `c`, `b`, and `a`, which is next.
    fn waiting() -> Vec<Waiting> {
        let row = |id: &str, top: f32| Waiting {
            ids: vec![JobId(id.to_owned())],
            rect: Rect::from_min_size(pos2(0.0, top), vec2(280.0, 80.0)),
            grip: None,
        };
        vec![row("c", 0.0), row("b", 80.0), row("a", 160.0)]
    }

    #[test]
    fn a_row_dropped_at_the_top_goes_last_and_one_below_another_right_before_it() {
        let waiting = waiting();
        let dropped = |y: f32| place_of(&waiting, gap_at(&waiting, y));
        assert_eq!(dropped(10.0), Move::Last);
        assert_eq!(dropped(90.0), Move::Before(JobId("c".into())));
        assert_eq!(dropped(300.0), Move::Before(JobId("a".into())));
    }
}
