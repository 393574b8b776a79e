//! Carries out what a person asked about hosts for photos, and takes in what came of it.

use super::super::App;
use super::{Choices, HostsEvent};
use crate::model::PhotoHost;
use crate::studio::KeepSecret;
use crate::ui::action::{Dialog, HostAction};
use crate::ui::view::Remote;

impl App {
    /// Opens the choice of where photos go; with `make` the run goes on once it is made.
    pub(in crate::app) fn ask_for_host(&mut self, make: bool) {
        self.state.hosts.calm();
        self.state.hosts.make = make;
        // Nothing is picked for the person; what was chosen before is only shown as that.
        self.state.hosts.picked = None;
        self.state.dialog = Some(Dialog::PhotoHosts);
    }

    /// Opens the list of photos at hosts.
    pub(in crate::app) fn show_uploads(&mut self) {
        self.state.hosts.calm();
        let previous = self.state.hosts.uploads.shown().cloned();
        self.state.hosts.uploads = Remote::Loading { previous };
        self.state.dialog = Some(Dialog::Uploads);
        self.list_uploads();
    }

    /// Reads that list again while it is open.
    pub(in crate::app) fn list_uploads(&self) {
        if let Some(work) = self.work.as_ref().filter(|_| self.state.dialog == Some(Dialog::Uploads)) {
            work.list_uploads();
        }
    }

    /// Does what a person asked about hosts.
    pub(in crate::app) fn host(&mut self, action: HostAction, now: f64) {
        if let HostAction::PickUploader { session_only } = action {
            return self.pick_uploader(keep(session_only), now);
        }
        let Some(work) = &self.work else { return };
        let hosts = &mut self.state.hosts;
        if !matches!(action, HostAction::UploadsShow(..)) {
            hosts.calm();
        }
        match action {
            HostAction::Pick(name) => hosts.picked = Some(name),
            HostAction::Agree { make } => self.agree(make),
            HostAction::Keep { host, secret, session_only, test } => {
                hosts.is_busy = true;
                if test {
                    hosts.test = Remote::Loading { previous: None };
                }
                work.keep_host(host, secret.map(|secret| (secret, keep(session_only))), test);
            }
            HostAction::PickUploader { .. } => {}
            HostAction::PasteUploader { text, session_only } => {
                hosts.is_busy = true;
                work.keep_uploader(text, keep(session_only));
            }
            HostAction::Test(name) => {
                hosts.test = Remote::Loading { previous: None };
                work.test_host(name);
            }
            HostAction::Remove(name) => {
                hosts.is_busy = true;
                if self.state.settings.photo_host.as_deref() == Some(name.as_str()) {
                    self.state.settings.photo_host = None;
                }
                work.remove_host(name);
            }
            HostAction::UploadsShow(first, behind) => hosts.in_sight = (first, behind),
            HostAction::DeleteUpload(id) => work.delete_upload(id),
            HostAction::ForgetPhoto => {
                if let Some(photo) = self.state.photo.settled() {
                    let sha256 = photo.picked.sha256.clone();
                    work.forget_photo(sha256.clone());
                    self.forget_copy(&sha256);
                }
            }
        }
    }

    /// The person agrees to what is said of the picked host.
    fn agree(&mut self, make: bool) {
        let choices = Choices::of(&self.state);
        let picked = self.state.hosts.picked.as_deref().and_then(|name| choices.get(name));
        let (Some(choice), Some(work)) = (picked, &self.work) else { return };
        self.state.hosts.is_busy = true;
        work.agree_to_host(choice.clone(), make);
    }

    /// Something came of it.
    pub(in crate::app) fn take_hosts(&mut self, event: HostsEvent, now: f64) {
        let hosts = &mut self.state.hosts;
        match event {
            HostsEvent::Known(known) => hosts.known = known,
            HostsEvent::Kept { name, known, is_tested } => {
                hosts.is_busy = false;
                hosts.known = known;
                hosts.picked = Some(name);
                if !is_tested {
                    self.state.dialog = Some(Dialog::PhotoHosts);
                }
            }
            HostsEvent::Tested(outcome) => {
                hosts.test = match outcome {
                    Ok(words) => Remote::Ready(words),
                    Err(error) => Remote::Failed { previous: None, error },
                };
            }
            HostsEvent::Agreed { host, known, make } => {
                hosts.is_busy = false;
                hosts.known = known;
                self.use_host(&host);
                self.state.dialog = None;
                if make {
                    self.go_on_with_run(now);
                }
            }
            HostsEvent::Removed(known) => {
                hosts.is_busy = false;
                hosts.picked = None;
                hosts.known = known;
            }
            HostsEvent::Uploads(Ok(uploads)) => hosts.uploads = Remote::Ready(uploads),
            HostsEvent::Uploads(Err(error)) => {
                let previous = hosts.uploads.shown().cloned();
                hosts.uploads = Remote::Failed { previous, error };
            }
            HostsEvent::Forgotten => {
                self.state.tell("The photo's copies are deleted. Stickers made of it stay.".to_owned(), None, now);
            }
            HostsEvent::Failed(error) => {
                hosts.is_busy = false;
                hosts.test = Remote::NotAsked;
                if self.state.dialog.is_some() {
                    hosts.error = Some(error);
                } else {
                    self.state.complain(error);
                }
            }
        }
    }

    /// Photos go there from now on.
    fn use_host(&mut self, host: &PhotoHost) {
        self.state.settings.photo_host = Some(host.name.clone());
        self.keep_settings();
    }
}

/// Where a secret is kept.
const fn keep(session_only: bool) -> KeepSecret {
    if session_only { KeepSecret::ForSession } else { KeepSecret::InKeychain }
}
