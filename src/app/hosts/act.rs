//! Carries out what a person asked about hosts for photos, and takes in what came of it.

use super::{Choices, Hosts, HostsEvent, Outcome};
use crate::app::context::AppContext;
use crate::model::Remote;
use crate::studio::KeepSecret;
use crate::ui::action::{Dialog, HostAction};

impl Hosts {
    /// Does what a person asked about hosts; `photo` is the SHA-256 of the one that was picked.
    pub(in crate::app) fn act(&mut self, action: HostAction, photo: Option<&str>) -> Option<Outcome> {
        if let HostAction::PickUploader { session_only } = action {
            return Some(Outcome::PickUploader(keep(session_only)));
        }
        self.tasks.as_ref()?;
        if !matches!(action, HostAction::UploadsShow(..)) {
            self.calm();
        }
        let tasks = self.tasks.as_ref()?;
        match action {
            HostAction::Pick(name) => self.picked = Some(name),
            HostAction::Agree { make } => {
                let choices = Choices::of(self);
                let choice = self.picked.as_deref().and_then(|name| choices.get(name))?;
                self.is_busy = true;
                tasks.agree(choice.clone(), make);
            }
            HostAction::Keep { host, secret, session_only, test } => {
                self.is_busy = true;
                if test {
                    self.test = Remote::Loading { previous: None };
                }
                tasks.keep(host, secret.map(|secret| (secret, keep(session_only))), test);
            }
            HostAction::PickUploader { .. } => {}
            HostAction::PasteUploader { text, session_only } => {
                self.is_busy = true;
                tasks.keep_uploader(text, keep(session_only));
            }
            HostAction::Test(name) => {
                self.test = Remote::Loading { previous: None };
                tasks.test(name);
            }
            HostAction::Remove(name) => {
                self.is_busy = true;
                tasks.remove(name);
            }
            HostAction::UploadsShow(first, behind) => self.in_sight = (first, behind),
            HostAction::DeleteUpload(id) => tasks.delete_upload(id),
            HostAction::ForgetPhoto => {
                let sha256 = photo?.to_owned();
                tasks.forget_photo(sha256.clone());
                return Some(Outcome::Forgets(sha256));
            }
        }
        None
    }

    /// Takes what came back.
    pub(in crate::app) fn update(&mut self, event: HostsEvent, cx: &mut AppContext) -> Option<Outcome> {
        match event {
            HostsEvent::Known(known) => self.known = known,
            HostsEvent::Kept { name, known, is_tested } => {
                self.is_busy = false;
                self.known = known;
                self.picked = Some(name);
                if !is_tested {
                    cx.dialog = Some(Dialog::PhotoHosts);
                }
            }
            HostsEvent::Tested(outcome) => {
                self.test = match outcome {
                    Ok(words) => Remote::Ready(words),
                    Err(error) => Remote::Failed { previous: None, error },
                };
            }
            HostsEvent::Agreed { host, known, make } => {
                self.is_busy = false;
                self.known = known;
                // Photos go there from now on.
                cx.settings.photo_host = Some(host.name);
                cx.keep_settings();
                cx.dialog = None;
                return make.then_some(Outcome::Agreed);
            }
            HostsEvent::Removed(known) => {
                self.is_busy = false;
                self.picked = None;
                // Only now: the studio keeps a host at which photos of ours still lie.
                cx.settings.photo_host.take_if(|chosen| !known.iter().any(|host| host.name == *chosen));
                self.known = known;
            }
            HostsEvent::Uploads(Ok(uploads)) => self.uploads = Remote::Ready(uploads),
            HostsEvent::Uploads(Err(error)) => {
                let previous = self.uploads.shown().cloned();
                self.uploads = Remote::Failed { previous, error };
            }
            HostsEvent::Forgotten => {
                cx.tell("The photo's copies are deleted. Stickers made of it stay.".to_owned(), None);
            }
            HostsEvent::Failed(error) => {
                self.is_busy = false;
                self.test = Remote::NotAsked;
                if cx.dialog.is_some() {
                    self.error = Some(error);
                } else {
                    cx.complain(error);
                }
            }
        }
        None
    }
}

/// Where a secret is kept.
const fn keep(session_only: bool) -> KeepSecret {
    if session_only { KeepSecret::ForSession } else { KeepSecret::InKeychain }
}
