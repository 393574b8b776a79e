//! The line between two regions, which can be moved; a double click folds.

use egui::{CursorIcon, EventFilter, Key, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme;

/// Which way a splitter moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// It is upright and moves left and right.
    Horizontal,
    /// It lies and moves up and down.
    Vertical,
}

/// What was done with a splitter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Moved {
    /// By so many points to the right or down.
    By(f32),
    /// Folded, or put back to its usual place.
    Folded,
}

/// Shows a splitter along `line`, a rectangle without width or height.
pub(super) fn show(ui: &Ui, line: Rect, axis: Axis, name: &str) -> Option<Moved> {
    let (grow, cursor) = match axis {
        Axis::Horizontal => (vec2(4.0, 0.0), CursorIcon::ResizeHorizontal),
        Axis::Vertical => (vec2(0.0, 4.0), CursorIcon::ResizeVertical),
    };
    let response = ui.interact(line.expand2(grow), ui.make_persistent_id(("splitter", name)), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, name));
    if response.hovered() || response.dragged() || response.has_focus() {
        let thick = match axis {
            Axis::Horizontal => vec2(1.0, 0.0),
            Axis::Vertical => vec2(0.0, 1.0),
        };
        ui.painter().rect_filled(line.expand2(thick), 0.0, theme::of(ui).line_strong);
    }
    let response = response.on_hover_and_drag_cursor(cursor);
    if response.double_clicked() {
        return Some(Moved::Folded);
    }
    let mut by = if response.dragged() {
        match axis {
            Axis::Horizontal => response.drag_delta().x,
            Axis::Vertical => response.drag_delta().y,
        }
    } else {
        0.0
    };
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let (less, more) = match axis {
            Axis::Horizontal => (Key::ArrowLeft, Key::ArrowRight),
            Axis::Vertical => (Key::ArrowUp, Key::ArrowDown),
        };
        by += 8.0 * ui.input(|input| input.num_presses(more) as f32 - input.num_presses(less) as f32);
    }
    (by != 0.0).then_some(Moved::By(by))
}
