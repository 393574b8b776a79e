//! The key of the hosted service: where it is, what the service says of it, and what it was entered for.

mod tasks;

use super::context::AppContext;
use super::worker::Worker;
use crate::model::{KeyState, Money, Remote};
use crate::ui::action::{Dialog, KeyAction};
use crate::ui::view::{KeyCheckView, KeyDialogView};
use tasks::Tasks;

/// What the window knows about the key.
pub(super) struct Key {
    state: KeyState,
    /// What the service says of it.
    check: Remote<KeyCheckView>,
    /// Was one entered that is not kept yet?
    was_entered: bool,
    /// How often the service was asked; an answer to an older question is no longer shown.
    asked: u64,
    /// The question after whose good answer the jobs go on that are held for the key.
    goes_on_after: Option<u64>,
    tasks: Option<Tasks>,
}

/// What came back. Errors are whole sentences.
pub(super) enum KeyEvent {
    /// Where it is.
    Found(KeyState),
    /// It could not be kept or deleted.
    Failed(String),
    /// What the service says to the question of this number.
    Checked(u64, Result<KeyCheckView, String>),
}

/// What the key tells the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// One was entered and is kept.
    Entered,
    /// The service knows the one that was entered for the jobs held for it.
    Known,
}

impl Default for Key {
    fn default() -> Self {
        Self {
            state: KeyState::Waiting,
            check: Remote::NotAsked,
            was_entered: false,
            asked: 0,
            goes_on_after: None,
            tasks: None,
        }
    }
}

impl Key {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<KeyEvent>, cx: &AppContext) {
        self.tasks = Some(Tasks::new(worker));
        self.look(cx);
    }

    /// Where it is.
    pub(super) const fn state(&self) -> &KeyState {
        &self.state
    }

    /// Asks where the key is of the host that the preferences name.
    pub(super) fn look(&self, cx: &AppContext) {
        if let (Some(tasks), Ok(account)) = (&self.tasks, cx.account()) {
            tasks.look(account);
        }
    }

    /// Opens its dialog.
    pub(super) fn open_dialog(&mut self, cx: &mut AppContext) {
        self.check = Remote::NotAsked;
        self.look(cx);
        cx.dialog = Some(Dialog::Key);
    }

    /// Carries out one action.
    pub(super) fn act(&mut self, action: KeyAction, cx: &AppContext) {
        let Some(tasks) = &self.tasks else { return };
        match action {
            KeyAction::Set { key, session_only } => {
                let Ok(account) = cx.account() else { return };
                self.check = Remote::Loading { previous: None };
                self.was_entered = true;
                tasks.set(account, key, session_only);
            }
            KeyAction::Test(key) => {
                if let Ok(engine) = cx.hosted() {
                    self.asked += 1;
                    self.check = Remote::Loading { previous: None };
                    tasks.check(self.asked, key, engine);
                }
            }
            KeyAction::Delete => {
                if let Ok(account) = cx.account() {
                    tasks.delete(account);
                }
            }
        }
    }

    /// Asks the service for free whether it knows the key, since jobs are held for it.
    pub(super) fn check_for_held(&mut self, cx: &AppContext) {
        let (Some(tasks), Ok(engine)) = (&self.tasks, cx.hosted()) else { return };
        self.asked += 1;
        self.check = Remote::Loading { previous: None };
        self.goes_on_after = Some(self.asked);
        tasks.check(self.asked, None, engine);
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: KeyEvent, cx: &mut AppContext) -> Option<Outcome> {
        match event {
            KeyEvent::Found(state) => {
                self.state = state;
                if cx.dialog == Some(Dialog::Key) && self.state.has_key() {
                    self.check = Remote::NotAsked;
                }
                return std::mem::take(&mut self.was_entered).then_some(Outcome::Entered);
            }
            KeyEvent::Failed(error) => {
                self.was_entered = false;
                // Its dialog may be gone already.
                if cx.dialog != Some(Dialog::Key) {
                    cx.complain(error.clone());
                }
                self.check = Remote::Failed { previous: None, error };
            }
            KeyEvent::Checked(question, answer) => {
                // A key that is only tried lets nothing go on.
                let was_for_held = self.goes_on_after.take_if(|asked| *asked == question).is_some();
                let is_known = answer == Ok(KeyCheckView::Known);
                if question == self.asked {
                    self.check = match answer {
                        Ok(check) => Remote::Ready(check),
                        Err(error) => Remote::Failed { previous: None, error },
                    };
                }
                return (was_for_held && is_known).then_some(Outcome::Known);
            }
        }
        None
    }

    /// What its dialog shows; `held` are the jobs that are held for it, and what they cost.
    pub(super) const fn view(&self, held: (usize, Money)) -> KeyDialogView<'_> {
        KeyDialogView { status: &self.state, check: &self.check, held }
    }
}
