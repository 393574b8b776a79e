//! Closing the window while a paid request is out: its answer is waited for, at most a minute.

use std::time::Duration;

use egui::ViewportCommand;

use super::{Outcome, Window};
use crate::app::context::AppContext;
use crate::model::Money;
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

impl Window {
    /// Is an answer waited for before the end begins?
    pub(super) const fn waits_for_answers(&self) -> bool {
        matches!(self.closing, Some(Closing::Waits { .. }))
    }

    /// Holds the window while so many paid requests are out that nobody would know about, and lets it close when their
    /// answers are known.
    pub(in crate::app) fn watch_closing(
        &mut self,
        unanswered: usize,
        is_paused: bool,
        cx: &mut AppContext,
    ) -> Option<Outcome> {
        let now = cx.now();
        let wants_to_close = cx.egui.input(|input| input.viewport().close_requested());
        match self.closing {
            None if wants_to_close && unanswered > 0 && self.is_open() => {
                cx.egui.send_viewport_cmd(ViewportCommand::CancelClose);
                self.closing = Some(Closing::Waits { until: now + LIMIT, was_paused: is_paused });
                cx.dialog = Some(Dialog::Closing);
                // Nothing else is sent meanwhile.
                Some(Outcome::Pause(true))
            }
            Some(Closing::Waits { until, .. }) => {
                if unanswered == 0 {
                    self.closing = Some(Closing::Leaves);
                    return Some(Outcome::End);
                }
                if wants_to_close {
                    cx.egui.send_viewport_cmd(ViewportCommand::CancelClose);
                }
                cx.egui.request_repaint_after(Duration::from_secs(1));
                (now >= until).then_some(Outcome::GiveUp)
            }
            _ => None,
        }
    }

    /// The person keeps the window open.
    pub(in crate::app) fn stay_open(&mut self, cx: &mut AppContext) -> Option<Outcome> {
        let Closing::Waits { was_paused, .. } = self.closing.take()? else { return None };
        cx.dialog = None;
        Some(Outcome::Pause(was_paused))
    }

    /// What the dialog says, when so many requests that cost this have no answer yet.
    pub(in crate::app) fn closing_view(&self, (requests, price): (usize, Money), cx: &AppContext) -> ClosingView {
        let seconds_left = match self.closing {
            Some(Closing::Waits { until, .. }) => (until - cx.now()).max(0.0).ceil() as u64,
            _ => 0,
        };
        ClosingView { requests, price, seconds_left }
    }
}
