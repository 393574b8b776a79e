//! A slider row as on a mixing desk: label, rail with the default's tick, cap, number field.

use egui::{
    Align, CursorIcon, EventFilter, Id, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    accesskit::Action as AccessKitAction, accesskit::ActionData, pos2, vec2,
};

use super::number::Numbers;
use super::{Cut, NumberField, focus, text};
use crate::theme::{self, Type, size};

/// One slider row.
#[must_use = "show it with `put`"]
pub struct Fader<'a> {
    label: &'a str,
    value: f64,
    default: f64,
    numbers: Numbers,
    label_width: f32,
    changed: bool,
    tooltip: Option<super::tooltip::Tip<'a>>,
}

/// A value while it is dragged: not yet rounded to the step.
#[derive(Clone, Copy)]
struct Dragged(f64);

impl<'a> Fader<'a> {
    /// A row for `value`.
    pub const fn new(label: &'a str, value: f64, default: f64, numbers: Numbers) -> Self {
        Self { label, value, default, numbers, label_width: size::LABEL_COLUMN, changed: false, tooltip: None }
    }

    /// How wide the label's column is.
    pub const fn label_width(mut self, label_width: f32) -> Self {
        self.label_width = label_width;
        self
    }

    /// Does it differ from the last run?
    pub const fn changed(mut self, changed: bool) -> Self {
        self.changed = changed;
        self
    }

    /// Says on hover what it does.
    pub fn tooltip(mut self, tip: super::tooltip::Tip<'a>) -> Self {
        self.tooltip = Some(tip);
        self
    }

    /// Shows it in `rect`, 28 high; gives a new value when it was moved.
    pub fn put(self, ui: &mut Ui, rect: Rect) -> Option<f64> {
        let mut cut = Cut(rect);
        let field = cut.right_control(48.0, size::CONTROL);
        cut.right(12.0);
        let grip = cut.rest();
        let label = cut.left(self.label_width);
        let rail = super::cut::centred(cut.rest(), 4.0);

        let id = ui.make_persistent_id(("fader", self.label));
        let response = ui.interact(grip, id, Sense::click_and_drag());
        let moved = self
            .dragged(ui, &response, rail)
            .or_else(|| self.keyed(ui, &response))
            .or_else(|| self.assisted(ui, id))
            .filter(|value| *value != self.value);
        let value = moved.unwrap_or(self.value);

        self.paint(ui, &response, label, rail, value);
        focus::ring(ui, &response, grip.expand2(vec2(2.0, -2.0)), size::RADIUS_SMALL);
        self.announce(ui, &response, value);
        let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
        if let Some(tip) = &self.tooltip
            && !response.dragged()
        {
            tip.show(response);
        }
        let name = format!("{}, value", self.label);
        let typed = NumberField::new(&name, Some(value), self.numbers.clone()).called(self.label).put(ui, field);
        moved.or(typed)
    }

    /// Dragging moves the cap with the hand, ten times finer with Shift; a click jumps, a double click is the default.
    fn dragged(&self, ui: &Ui, response: &Response, rail: Rect) -> Option<f64> {
        if response.double_clicked() {
            return Some(self.default);
        }
        let span = self.numbers.range.end() - self.numbers.range.start();
        let at = |x: f32| self.numbers.range.start() + f64::from((x - rail.left()) / rail.width()) * span;
        let pointer = response.interact_pointer_pos()?;
        let on_rail = pointer.x >= rail.left() - 6.0;
        if response.clicked() && on_rail {
            response.request_focus();
            return Some(self.numbers.snap_to_step(at(pointer.x)));
        }
        if !response.dragged() {
            return None;
        }
        let key = response.id.with("dragged");
        let fine = ui.input(|input| input.modifiers.shift);
        let before = if response.drag_started() {
            response.request_focus();
            let press = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
            let beside_cap = (press.x - self.cap_x(rail, self.value)).abs() > 8.0;
            if press.x >= rail.left() - 6.0 && beside_cap { at(press.x) } else { self.value }
        } else {
            ui.data(|data| data.get_temp::<Dragged>(key)).map_or(self.value, |dragged| dragged.0)
        };
        let factor = if fine { 0.1 } else { 1.0 };
        let after = before + f64::from(response.drag_delta().x / rail.width()) * span * factor;
        let after = after.clamp(*self.numbers.range.start(), *self.numbers.range.end());
        ui.data_mut(|data| data.insert_temp(key, Dragged(after)));
        Some(if fine { self.numbers.snap(after) } else { self.numbers.snap_to_step(after) })
    }

    /// Arrow keys move one step, Page keys ten, Home and End to the ends.
    fn keyed(&self, ui: &Ui, response: &Response) -> Option<f64> {
        if !response.has_focus() {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        ui.input(|input| {
            if input.key_pressed(Key::Home) {
                return Some(*self.numbers.range.start());
            }
            if input.key_pressed(Key::End) {
                return Some(*self.numbers.range.end());
            }
            let presses = |key: Key| f64::from(input.num_presses(key) as u32);
            let steps =
                presses(Key::ArrowRight) + presses(Key::ArrowUp) - presses(Key::ArrowLeft) - presses(Key::ArrowDown)
                    + 10.0 * (presses(Key::PageUp) - presses(Key::PageDown));
            let step = if input.modifiers.shift { self.numbers.step / 10.0 } else { self.numbers.step };
            (steps != 0.0).then(|| self.numbers.snap(self.value + steps * step))
        })
    }

    /// What assistive technology asked for.
    fn assisted(&self, ui: &Ui, id: Id) -> Option<f64> {
        ui.input(|input| {
            let set =
                input.accesskit_action_requests(id, AccessKitAction::SetValue).find_map(|request| match request.data {
                    Some(ActionData::NumericValue(value)) => Some(value),
                    _ => None,
                });
            let steps = input.accesskit_action_requests(id, AccessKitAction::Increment).count() as f64
                - input.accesskit_action_requests(id, AccessKitAction::Decrement).count() as f64;
            set.or_else(|| (steps != 0.0).then_some(self.value + steps * self.numbers.step))
                .map(|value| self.numbers.snap(value))
        })
    }

    fn cap_x(&self, rail: Rect, value: f64) -> f32 {
        let (start, end) = (*self.numbers.range.start(), *self.numbers.range.end());
        let share = ((value - start) / (end - start)).clamp(0.0, 1.0) as f32;
        (rail.left() + rail.width() * share).round()
    }

    fn paint(&self, ui: &Ui, response: &Response, label: Rect, rail: Rect, value: f64) {
        let tokens = theme::of(ui);
        let painter = ui.painter();
        let middle = rail.center().y;
        let words = if self.changed || response.hovered() { tokens.text } else { tokens.text_secondary };
        text::paint(ui, label, Align::Min, self.label, Type::Label, words);
        let cap = self.cap_x(rail, value);
        let fill = if self.changed { tokens.accent } else { tokens.text_muted };
        painter.rect_filled(rail, 2.0, tokens.line_control);
        painter.rect_filled(rail.with_max_x(cap), 2.0, fill);
        let tick = Rect::from_center_size(pos2(self.cap_x(rail, self.default), middle), vec2(2.0, 10.0));
        painter.rect_filled(tick, 1.0, tokens.line_strong);
        let hot = response.hovered() || response.dragged();
        let paper = if hot { tokens.paper_hover } else { tokens.paper };
        let body = Rect::from_center_size(pos2(cap, middle), vec2(8.0, 16.0));
        painter.rect(body, 3.0, paper, Stroke::new(1.0, tokens.bg_app), StrokeKind::Inside);
    }

    fn announce(&self, ui: &Ui, response: &Response, value: f64) {
        response
            .widget_info(|| WidgetInfo { value: Some(value), ..WidgetInfo::labeled(Role::Slider, true, self.label) });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(*self.numbers.range.start());
            node.set_max_numeric_value(*self.numbers.range.end());
            node.set_numeric_value_step(self.numbers.step);
            node.add_action(AccessKitAction::SetValue);
            node.add_action(AccessKitAction::Increment);
            node.add_action(AccessKitAction::Decrement);
            if self.changed {
                node.set_description("Differs from the last run");
            }
        });
    }
}
