//! Whether a person has touched anything since they asked for stickers: the view jumps to what is made only if not.

use egui::{Context, Event};

/// What the hands have done.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hands {
    touched: bool,
}

impl Hands {
    /// Takes note of what was pressed, typed, scrolled or dropped in this frame. The pointer may wander.
    pub(super) fn feel(&mut self, ctx: &Context) {
        let touches = |event: &Event| {
            matches!(
                event,
                Event::PointerButton { pressed: true, .. }
                    | Event::Key { pressed: true, .. }
                    | Event::Text(_)
                    | Event::Paste(_)
                    | Event::PasteImage(_)
                    | Event::MouseWheel { .. }
                    | Event::Zoom(_)
                    | Event::AccessKitActionRequest(_)
            )
        };
        self.touched |= ctx.input(|input| !input.raw.dropped_files.is_empty() || input.events.iter().any(touches));
    }

    /// The person has asked for stickers, and waits for them.
    pub(super) const fn rest(&mut self) {
        self.touched = false;
    }

    /// Have they done something else since?
    pub(super) const fn are_busy(self) -> bool {
        self.touched
    }
}
