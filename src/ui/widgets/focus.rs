//! The focus ring: painted by us, and only while the keyboard leads.

use egui::{Context, Event, RawInput, Rect, Response, Stroke, StrokeKind, Ui};

use crate::theme;

/// Remembers whether the last thing a person did was on the keyboard.
#[derive(Default)]
struct LastInput {
    by_key: bool,
}

impl egui::Plugin for LastInput {
    fn debug_name(&self) -> &'static str {
        "last input"
    }

    fn input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        for event in &input.events {
            match event {
                Event::Key { pressed: true, .. } | Event::AccessKitActionRequest(_) => self.by_key = true,
                Event::PointerButton { pressed: true, .. } | Event::Touch { .. } => self.by_key = false,
                _ => {}
            }
        }
    }
}

/// Starts watching the input of a context.
pub(crate) fn install(ctx: &Context) {
    ctx.add_plugin(LastInput::default());
}

/// Does the keyboard lead?
pub fn by_key(ctx: &Context) -> bool {
    ctx.plugin_or_default::<LastInput>().lock().by_key
}

/// Paints the ring around a focused control: 2 points, outside, with a gap of 1.
pub fn ring(ui: &Ui, response: &Response, rect: Rect, radius: f32) {
    if !response.has_focus() || !by_key(ui.ctx()) {
        return;
    }
    let accent = theme::of(ui).accent;
    ui.painter().with_clip_rect(ui.clip_rect().expand(3.0)).rect_stroke(
        rect.expand(1.0),
        radius + 1.0,
        Stroke::new(2.0, accent),
        StrokeKind::Outside,
    );
}
