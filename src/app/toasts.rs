//! Toasts: what happened elsewhere, and when it goes by itself.

use crate::model::{JobId, Recipe};
use crate::settings::Preset;
use crate::ui::action::StickerId;
use crate::ui::widgets::toast::IN_SIGHT;

/// A toast and when it goes.
pub(super) struct ToastState {
    /// Its number.
    pub id: u64,
    /// What happened.
    pub sentence: String,
    /// Is it about something broken?
    pub failed: bool,
    /// What its button says and does.
    pub answer: Option<(String, ToastAnswer)>,
    /// When it goes by itself, in seconds of the window's clock; nothing before it was seen.
    pub goes_at: Option<f64>,
}

/// The toasts, oldest first.
#[derive(Default)]
pub(super) struct Toasts {
    all: Vec<ToastState>,
    /// Number of the next one.
    next: u64,
}

/// What a toast's button does.
#[derive(Clone, Debug)]
pub(super) enum ToastAnswer {
    /// Show a file in the file manager.
    Reveal(std::path::PathBuf),
    /// Take stickers out of the bin.
    Restore(Vec<StickerId>),
    /// Put a preset back that was deleted, to this place.
    RestorePreset(usize, Box<Preset>),
    /// Set the form to these settings again.
    BackTo(Box<Recipe>),
    /// Export the stickers of these jobs.
    Export(Vec<JobId>),
    /// Type a path in place of what the open file dialog would tell.
    TypePath,
}

/// Seconds a toast stays, unless it takes longer to read.
const TOAST_LIFE: f64 = 6.0;

/// Seconds a toast stays that can be answered.
const TOAST_LIFE_WITH_ANSWER: f64 = 12.0;

/// Seconds a toast about something broken stays at least.
const TOAST_LIFE_OF_TROUBLE: f64 = 12.0;

/// Seconds that a letter of it takes to be read, slowly.
const SECONDS_A_LETTER: f64 = 0.09;

impl ToastState {
    /// Seconds it stays once it is in sight, and once nobody is at it any more.
    fn life(&self) -> f64 {
        let least = match (self.failed, &self.answer) {
            (true, _) => TOAST_LIFE_OF_TROUBLE,
            (false, Some(_)) => TOAST_LIFE_WITH_ANSWER,
            (false, None) => TOAST_LIFE,
        };
        least.max(self.sentence.chars().count() as f64 * SECONDS_A_LETTER)
    }
}

impl Toasts {
    /// All of them.
    pub(super) fn all(&self) -> &[ToastState] {
        &self.all
    }

    /// Says what happened elsewhere.
    pub(super) fn tell(&mut self, sentence: String, answer: Option<(String, ToastAnswer)>, now: f64) {
        let id = self.push(sentence, answer, false);
        self.hold(id, now);
    }

    /// Lets a toast begin its life anew: somebody is at it.
    pub(super) fn hold(&mut self, id: u64, now: f64) {
        if let Some(toast) = self.all.iter_mut().find(|toast| toast.id == id) {
            toast.goes_at = Some(now + toast.life());
        }
    }

    /// Takes a toast away.
    pub(super) fn close(&mut self, id: u64) -> Option<ToastState> {
        self.all.iter().position(|toast| toast.id == id).map(|place| self.all.remove(place))
    }

    /// Takes those away that offer to type a path.
    pub(super) fn close_typing(&mut self) {
        self.all.retain(|toast| !matches!(toast.answer, Some((_, ToastAnswer::TypePath))));
    }

    /// Lets toasts go whose time is over; gives when the next one goes.
    pub(super) fn drop_old(&mut self, now: f64) -> Option<f64> {
        self.all.retain(|toast| toast.goes_at.is_none_or(|goes_at| now < goes_at));
        // One that waits behind others has not been seen.
        let seen = self.all.len().saturating_sub(IN_SIGHT);
        for toast in &mut self.all[seen..] {
            let life = toast.life();
            toast.goes_at.get_or_insert(now + life);
        }
        self.all.iter().filter_map(|toast| toast.goes_at).min_by(f64::total_cmp)
    }

    /// Says what did not work; gives the number of the toast that says it.
    pub(super) fn complain(&mut self, sentence: String) -> u64 {
        // The same complaint twice says nothing new.
        let said = self.all.iter().find(|toast| toast.sentence == sentence).map(|toast| toast.id);
        said.unwrap_or_else(|| self.push(sentence, None, true))
    }

    fn push(&mut self, sentence: String, answer: Option<(String, ToastAnswer)>, failed: bool) -> u64 {
        let id = self.next;
        self.next += 1;
        self.all.push(ToastState { id, sentence, failed, answer, goes_at: None });
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toast_that_somebody_is_at_begins_its_life_anew() {
        let mut toasts = Toasts::default();
        toasts.tell("Saved.".to_owned(), None, 0.0);
        toasts.hold(0, 5.0);
        assert_eq!(toasts.drop_old(TOAST_LIFE), Some(5.0 + TOAST_LIFE));
        assert_eq!(toasts.drop_old(5.0 + TOAST_LIFE), None);
    }

    #[test]
    fn trouble_is_told_as_long_as_it_takes_to_read_and_goes_by_itself() {
        let mut toasts = Toasts::default();
        let long = "The folder is read-only. ".repeat(10);
        toasts.complain("Broken.".to_owned());
        toasts.complain(long.clone());
        toasts.complain(long.clone());
        assert_eq!(toasts.all.len(), 2, "the same twice says nothing new");
        assert_eq!(toasts.drop_old(100.0), Some(100.0 + TOAST_LIFE_OF_TROUBLE));
        let last = toasts.drop_old(100.0 + TOAST_LIFE_OF_TROUBLE).unwrap();
        assert_eq!(last, 100.0 + long.chars().count() as f64 * SECONDS_A_LETTER);
        assert_eq!(toasts.drop_old(last), None);
    }
}
