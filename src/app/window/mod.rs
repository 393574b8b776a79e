//! The window itself: how it is arranged, what the person was at, their preferences, and how it ends.

mod closing;
mod ending;
mod layout;
mod preferences;
mod session;
mod tasks;

use std::path::PathBuf;

use super::context::AppContext;
use super::worker::Worker;
use closing::Closing;
use ending::Ending;
pub(super) use ending::Others;
pub(super) use layout::Layout;
pub(super) use session::{FormKept, Framed, MemberKept, WorkSession};
use tasks::Tasks;

/// Seconds between two writes of the session, so that typing is not one write a letter.
const PAUSE: f64 = 1.0;

/// What the window knows about itself.
#[derive(Default)]
pub(super) struct Window {
    /// Why nothing runs, when the studio could not be opened.
    broken: Option<String>,
    /// Did the person close the hint about the first sticker?
    hint_closed: bool,
    /// The layout as it lies on the disk, once it was read.
    layout: Option<Layout>,
    /// The session as it lies on the disk, once it was read.
    session: Option<WorkSession>,
    /// When that was written last, in seconds of the window's clock.
    session_kept_at: f64,
    /// Is it about to close?
    closing: Option<Closing>,
    ending: Ending,
    tasks: Option<Tasks>,
}

/// What came back.
pub(super) enum WindowEvent {
    /// How the window was arranged last time, and what a person should know about that.
    Layout(Box<Layout>, Option<String>),
    /// What the person was at last time, and what they should know about that.
    Session(Box<WorkSession>, Option<String>),
    /// A folder for the library is there, or why not.
    LibraryChosen(Result<PathBuf, String>),
    /// Everything that runs has ended.
    Ended,
}

/// What the window tells the features.
pub(super) enum Outcome {
    /// It is to be arranged so.
    Arrange(Layout),
    /// The person was at this.
    Recall(Box<WorkSession>),
    /// The line of jobs is held back, or goes on.
    Pause(bool),
    /// Nobody waits for the answers of requests that are out any more.
    GiveUp,
    /// What is under way is to be ended.
    End,
    /// Photos that were used lately are to be forgotten.
    ForgetRecent,
    /// The address of the hosted service is another one, and with it the key.
    OtherAddress,
}

impl Window {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<WindowEvent>) {
        self.tasks = Some(Tasks::new(worker));
    }

    /// Nothing runs, for this reason.
    pub(super) fn fail(&mut self, sentence: String) {
        self.broken = Some(sentence);
    }

    /// Could the studio not be opened?
    pub(super) const fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    /// Closes the hint about the first sticker.
    pub(super) const fn close_hint(&mut self) {
        self.hint_closed = true;
    }

    /// Did the person close it?
    pub(super) const fn is_hint_closed(&self) -> bool {
        self.hint_closed
    }

    /// The session as it lies on the disk, once it was read.
    pub(super) const fn session(&self) -> Option<&WorkSession> {
        self.session.as_ref()
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: WindowEvent, cx: &mut AppContext) -> Option<Outcome> {
        match event {
            WindowEvent::Layout(layout, note) => {
                complain_of(note, cx);
                self.layout = Some((*layout).clone());
                return Some(Outcome::Arrange(*layout));
            }
            WindowEvent::Session(session, note) => {
                complain_of(note, cx);
                self.session = Some((*session).clone());
                return Some(Outcome::Recall(session));
            }
            WindowEvent::LibraryChosen(Ok(folder)) => {
                let told = format!("From the next start new stickers go to {}.", folder.display());
                cx.settings.library_folder = Some(folder);
                cx.keep_settings();
                cx.tell(told, None);
            }
            WindowEvent::LibraryChosen(Err(sentence)) => cx.complain(sentence),
            WindowEvent::Ended => self.ended(cx),
        }
        None
    }

    /// Looks whether stickers can be kept in a folder.
    pub(super) fn use_library(&self, folder: PathBuf) {
        if let Some(tasks) = &self.tasks {
            tasks.use_library(folder);
        }
    }

    /// Keeps a layout that has changed; not while the hand still moves something.
    pub(super) fn keep_layout(&mut self, layout: Layout, cx: &AppContext) {
        let (Some(tasks), Some(kept)) = (&self.tasks, &self.layout) else { return };
        if *kept != layout && !cx.egui.input(|input| input.pointer.any_down()) {
            tasks.keep_layout(layout.clone());
            self.layout = Some(layout);
        }
    }

    /// Keeps a session that has changed, at most once a second and not while the hand still moves something.
    pub(super) fn keep_session(&mut self, session: WorkSession, cx: &AppContext) {
        let (Some(tasks), Some(kept)) = (&self.tasks, &self.session) else { return };
        if *kept == session {
            return;
        }
        let now = cx.now();
        let wait = self.session_kept_at + PAUSE - now;
        if wait > 0.0 || cx.egui.input(|input| input.pointer.any_down()) {
            return cx.egui.request_repaint_after(std::time::Duration::from_secs_f64(wait.max(0.1)));
        }
        tasks.keep_session(session.clone());
        self.session = Some(session);
        self.session_kept_at = now;
    }
}

/// Says what the person should know about a file that could not be understood.
fn complain_of(note: Option<String>, cx: &mut AppContext) {
    if let Some(note) = note {
        cx.complain(note);
    }
}
