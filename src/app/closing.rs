//! Closing the window while a paid request is out: its answer is waited for, at most a minute.

use std::time::Duration;

use egui::{Context, ViewportCommand};

use super::App;
use super::ending::Ending;
use super::state::State;
use crate::ui::action::Dialog;
use crate::ui::view::ClosingView;

/// Longest wait for an answer, in seconds.
const LIMIT: f64 = 60.0;

/// The window is to be closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Closing {
    /// An answer is waited for.
    Waits {
        /// Until when, in seconds of the window's clock.
        until: f64,
        /// Was the line paused before?
        was_paused: bool,
    },
    /// Nothing holds it any more.
    Leaves,
}

impl App {
    /// Is an answer waited for before the end begins?
    pub(super) const fn waits_for_answers(&self) -> bool {
        matches!(self.state.closing, Some(Closing::Waits { .. }))
    }

    /// Holds the window while something is under way that nobody would know about, and lets it close when it is known.
    pub(super) fn watch_closing(&mut self, ctx: &Context) {
        let now = ctx.time();
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
        let unanswered = self.state.jobs.unanswered().0;
        match self.state.closing {
            None if wants_to_close && unanswered > 0 && self.ending == Ending::No => {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.state.closing =
                    Some(Closing::Waits { until: now + LIMIT, was_paused: self.state.jobs.is_paused() });
                self.state.cx.dialog = Some(Dialog::Closing);
                // Nothing else is sent meanwhile.
                self.state.jobs.set_paused(true);
            }
            Some(Closing::Waits { until, .. }) => {
                if unanswered == 0 {
                    self.state.closing = Some(Closing::Leaves);
                    self.begin_to_end();
                    return;
                }
                if wants_to_close {
                    ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                }
                if now >= until {
                    self.close_unsure();
                }
                ctx.request_repaint_after(Duration::from_secs(1));
            }
            _ => {}
        }
    }

    /// The person keeps the window open.
    pub(super) fn stay_open(&mut self) {
        let Some(Closing::Waits { was_paused, .. }) = self.state.closing.take() else { return };
        self.state.cx.dialog = None;
        self.state.jobs.set_paused(was_paused);
    }

    /// The answers are not waited for; the window closes when that is written down.
    pub(super) fn close_unsure(&self) {
        self.state.jobs.give_up();
    }
}

/// What the dialog says.
pub(super) fn view(state: &State, now: f64) -> ClosingView {
    let (requests, price) = state.jobs.unanswered();
    let seconds_left = match state.closing {
        Some(Closing::Waits { until, .. }) => (until - now).max(0.0).ceil() as u64,
        _ => 0,
    };
    ClosingView { requests, price, seconds_left }
}
