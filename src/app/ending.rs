//! The end of the window: what is under way is ended in the background, and frames go on meanwhile.

use egui::{Context, ViewportCommand};

use super::App;

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

impl App {
    /// Holds the window back that is to close, until everything has ended.
    pub(super) fn end_when_asked(&mut self, ctx: &Context) {
        let asked = ctx.input(|input| input.viewport().close_requested());
        if !asked || self.ending == Ending::Done || self.waits_for_answers() {
            return;
        }
        // A window without work has nothing to end.
        if self.work.is_some() {
            self.begin_to_end();
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
    }

    /// Ends what is under way, in the background.
    pub(super) fn begin_to_end(&mut self) {
        if let (Some(work), Some(desktop), Some(gallery), Ending::No) =
            (&self.work, self.state.cx.desktop(), self.state.gallery.tasks(), self.ending)
        {
            self.state.photos.stop_looking();
            self.state.finishing.write_at_the_end();
            work.end(desktop.clone(), gallery.clone(), self.layout(), self.session());
            self.ending = Ending::Underway;
        }
    }

    /// Everything has ended: now the window may go.
    pub(super) fn ended(&mut self, ctx: &Context) {
        self.ending = Ending::Done;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    /// The window goes without having been asked, such as at the end of the session.
    pub(super) fn end_at_once(&self) {
        if let (Some(work), Some(desktop), Some(gallery), false) =
            (&self.work, self.state.cx.desktop(), self.state.gallery.tasks(), self.ending == Ending::Done)
        {
            self.state.finishing.write_at_the_end();
            work.finish(desktop, gallery, self.layout(), self.session());
        }
    }
}
