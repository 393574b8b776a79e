//! What the window asks of the studio about hosts for photos, away from the UI thread.

use std::path::PathBuf;

use secrecy::{ExposeSecret as _, SecretString};

use super::HostsEvent;
use crate::app::sentence::sentence;
use crate::app::worker::Worker;
use crate::hosting::Upload;
use crate::model::PhotoHost;
use crate::platform;
use crate::studio::{KeepSecret, Studio, StudioError};
use crate::ui::view::HostChoice;

/// What is asked about hosts.
#[derive(Clone)]
pub(super) struct Tasks {
    worker: Worker<HostsEvent>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) const fn new(worker: Worker<HostsEvent>) -> Self {
        Self { worker }
    }

    /// Reads which hosts are set up.
    pub(super) fn list(&self) {
        self.spawn(|studio| Ok(HostsEvent::Known(studio.photo_hosts()?)));
    }

    /// Keeps a host and its secret, and tries it if that is asked for.
    pub(super) fn keep(&self, host: PhotoHost, secret: Option<(SecretString, KeepSecret)>, test: bool) {
        let tasks = self.clone();
        self.spawn(move |studio| {
            let kept = kept(studio, host, secret, test)?;
            if let (true, HostsEvent::Kept { name, .. }) = (test, &kept) {
                tasks.test(name.clone());
            }
            Ok(kept)
        });
    }

    /// Keeps a custom uploader, whose text is its secret.
    pub(super) fn keep_uploader(&self, text: SecretString, keep: KeepSecret) {
        self.spawn(move |studio| {
            let (host, secret) = Studio::sharex_host(text.expose_secret().as_bytes(), None)?;
            kept(studio, host, Some((secret, keep)), false)
        });
    }

    /// Keeps the custom uploader in this file.
    pub(super) fn keep_uploader_file(&self, path: PathBuf, keep: KeepSecret) {
        self.spawn(move |studio| {
            let (host, secret) = Studio::sharex_host(&platform::read_file(&path)?, None)?;
            kept(studio, host, Some((secret, keep)), false)
        });
    }

    /// Sends a test picture to a host.
    pub(super) fn test(&self, name: String) {
        self.spawn(move |studio| {
            let tested = studio.test_photo_host(&name).map(|upload| {
                let end = if upload.deleted_at.is_some() { "and deleted" } else { "and goes when its time is over" };
                format!("It works: a test picture was sent to {name}, fetched {end}.")
            });
            Ok(HostsEvent::Tested(tested.map_err(|error| sentence(&error))))
        });
    }

    /// Keeps that the person agreed to this host; one that is only offered yet is set up with it.
    pub(super) fn agree(&self, choice: HostChoice, make: bool) {
        self.spawn(move |studio| {
            if !choice.is_set_up {
                studio.set_photo_host(choice.host.clone(), None)?;
            }
            let host = studio.agree_to_photo_host(&choice.host.name)?;
            Ok(HostsEvent::Agreed { host, known: studio.photo_hosts()?, make })
        });
    }

    /// Deletes a host with its secret.
    pub(super) fn remove(&self, name: String) {
        self.spawn(move |studio| {
            studio.remove_photo_host(&name)?;
            Ok(HostsEvent::Removed(studio.photo_hosts()?))
        });
    }

    /// Reads which photos are at hosts.
    pub(super) fn list_uploads(&self) {
        self.spawn(|studio| Ok(HostsEvent::Uploads(uploads(studio))));
    }

    /// Deletes a photo at its host and looks whether it is gone.
    pub(super) fn delete_upload(&self, id: String) {
        self.spawn(move |studio| {
            studio.delete_upload(&id)?;
            Ok(HostsEvent::Uploads(uploads(studio)))
        });
    }

    /// Deletes everything that was made of this picked photo but its stickers.
    pub(super) fn forget_photo(&self, picked_sha256: String) {
        self.spawn(move |studio| {
            studio.forget_picked_photo(&picked_sha256)?;
            Ok(HostsEvent::Forgotten)
        });
    }

    fn spawn(&self, ask: impl FnOnce(&Studio) -> Result<HostsEvent, StudioError> + Send + 'static) {
        self.worker.spawn(move |studio, teller| {
            teller.send(ask(studio).unwrap_or_else(|error| HostsEvent::Failed(sentence(&error))));
        });
    }
}

fn kept(
    studio: &Studio,
    host: PhotoHost,
    secret: Option<(SecretString, KeepSecret)>,
    is_tested: bool,
) -> Result<HostsEvent, StudioError> {
    let name = host.name.clone();
    studio.set_photo_host(host, secret)?;
    Ok(HostsEvent::Kept { name, known: studio.photo_hosts()?, is_tested })
}

fn uploads(studio: &Studio) -> Result<Vec<Upload>, String> {
    studio.uploads().map_err(|error| sentence(&error))
}
