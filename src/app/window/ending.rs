//! The end of the window: what is under way is ended in the background, and frames go on meanwhile.

use egui::ViewportCommand;

use super::{Layout, Outcome, Window, WorkSession};
use crate::app::context::{AppContext, Desktop};
use crate::app::gallery;

/// How far the end is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nobody asked for it.
    #[default]
    No,
    /// What is under way is being ended.
    Underway,
    /// Everything has ended.
    Done,
}

/// What else ends with the window.
pub(in crate::app) struct Others {
    /// The preferences.
    pub desktop: Desktop,
    /// The bin.
    pub gallery: gallery::Tasks,
}

impl Window {
    /// Holds the window back that is to close, until everything has ended.
    pub(in crate::app) fn end_when_asked(&self, cx: &AppContext) -> Option<Outcome> {
        let asked = cx.egui.input(|input| input.viewport().close_requested());
        // A window without work has nothing to end.
        if !asked || self.ending == Ending::Done || self.waits_for_answers() || self.tasks.is_none() {
            return None;
        }
        cx.egui.send_viewport_cmd(ViewportCommand::CancelClose);
        Some(Outcome::End)
    }

    /// Ends what is under way, in the background.
    pub(in crate::app) fn end(&mut self, others: Others, layout: Layout, session: WorkSession) {
        if let (Some(tasks), Ending::No) = (&self.tasks, self.ending) {
            tasks.end(others, layout, session);
            self.ending = Ending::Underway;
        }
    }

    /// Has everything ended?
    pub(in crate::app) fn has_ended(&self) -> bool {
        self.ending == Ending::Done
    }

    /// Has the end not begun yet?
    pub(in crate::app) fn is_open(&self) -> bool {
        self.ending == Ending::No
    }

    /// Everything has ended: now the window may go.
    pub(super) fn ended(&mut self, cx: &AppContext) {
        self.ending = Ending::Done;
        cx.egui.send_viewport_cmd(ViewportCommand::Close);
    }

    /// The window goes without having been asked, such as at the end of the session.
    pub(in crate::app) fn end_at_once(&self, others: &Others, layout: Layout, session: WorkSession) {
        if let Some(tasks) = &self.tasks {
            tasks.finish(others, layout, session);
        }
    }
}
