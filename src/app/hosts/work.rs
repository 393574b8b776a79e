//! What the window asks of the studio about hosts for photos, away from the UI thread.

use std::path::PathBuf;

use secrecy::{ExposeSecret as _, SecretString};

use super::super::event::Event;
use super::super::work::{Work, sentence};
use crate::hosting::Upload;
use crate::model::PhotoHost;
use crate::platform;
use crate::studio::{KeepSecret, Studio, StudioError};
use crate::ui::view::HostChoice;

/// What came of it. Errors are whole sentences.
pub(in crate::app) enum HostsEvent {
    /// The hosts that are set up.
    Known(Vec<PhotoHost>),
    /// This one is set up now.
    Kept {
        /// Its name.
        name: String,
        /// All of them.
        known: Vec<PhotoHost>,
        /// Is it being tested, so that its form stays?
        is_tested: bool,
    },
    /// What came of a test.
    Tested(Result<String, String>),
    /// The person's agreement is kept.
    Agreed {
        /// To this one.
        host: PhotoHost,
        /// All of them.
        known: Vec<PhotoHost>,
        /// Does the run go on now?
        make: bool,
    },
    /// A host is deleted; these are left.
    Removed(Vec<PhotoHost>),
    /// Every photo at a host, newest first.
    Uploads(Result<Vec<Upload>, String>),
    /// The photo is forgotten.
    Forgotten,
    /// It did not work.
    Failed(String),
}

impl Work {
    /// Reads which hosts are set up.
    pub(in crate::app) fn list_hosts(&self) {
        self.about_hosts(|studio| Ok(HostsEvent::Known(studio.photo_hosts()?)));
    }

    /// Keeps a host and its secret, and tries it if that is asked for.
    pub(in crate::app) fn keep_host(&self, host: PhotoHost, secret: Option<(SecretString, KeepSecret)>, test: bool) {
        let work = self.clone();
        self.about_hosts(move |studio| {
            let kept = kept(studio, host, secret, test)?;
            if let (true, HostsEvent::Kept { name, .. }) = (test, &kept) {
                work.test_host(name.clone());
            }
            Ok(kept)
        });
    }

    /// Keeps a custom uploader, whose text is its secret.
    pub(in crate::app) fn keep_uploader(&self, text: SecretString, keep: KeepSecret) {
        self.about_hosts(move |studio| {
            let (host, secret) = Studio::sharex_host(text.expose_secret().as_bytes(), None)?;
            kept(studio, host, Some((secret, keep)), false)
        });
    }

    /// Keeps the custom uploader in this file.
    pub(in crate::app) fn keep_uploader_file(&self, path: PathBuf, keep: KeepSecret) {
        self.about_hosts(move |studio| {
            let (host, secret) = Studio::sharex_host(&platform::read_file(&path)?, None)?;
            kept(studio, host, Some((secret, keep)), false)
        });
    }

    /// Sends a test picture to a host.
    pub(in crate::app) fn test_host(&self, name: String) {
        self.about_hosts(move |studio| {
            let tested = studio.test_photo_host(&name).map(|upload| {
                let end = if upload.deleted_at.is_some() { "and deleted" } else { "and goes when its time is over" };
                format!("It works: a test picture was sent to {name}, fetched {end}.")
            });
            Ok(HostsEvent::Tested(tested.map_err(|error| sentence(&error))))
        });
    }

    /// Keeps that the person agreed to this host; one that is only offered yet is set up with it.
    pub(in crate::app) fn agree_to_host(&self, choice: HostChoice, make: bool) {
        self.about_hosts(move |studio| {
            if !choice.is_set_up {
                studio.set_photo_host(choice.host.clone(), None)?;
            }
            let host = studio.agree_to_photo_host(&choice.host.name)?;
            Ok(HostsEvent::Agreed { host, known: studio.photo_hosts()?, make })
        });
    }

    /// Deletes a host with its secret.
    pub(in crate::app) fn remove_host(&self, name: String) {
        self.about_hosts(move |studio| {
            studio.remove_photo_host(&name)?;
            Ok(HostsEvent::Removed(studio.photo_hosts()?))
        });
    }

    /// Reads which photos are at hosts.
    pub(in crate::app) fn list_uploads(&self) {
        self.about_hosts(|studio| Ok(HostsEvent::Uploads(uploads(studio))));
    }

    /// Deletes a photo at its host and looks whether it is gone.
    pub(in crate::app) fn delete_upload(&self, id: String) {
        self.about_hosts(move |studio| {
            studio.delete_upload(&id)?;
            Ok(HostsEvent::Uploads(uploads(studio)))
        });
    }

    /// Deletes everything that was made of this picked photo but its stickers.
    pub(in crate::app) fn forget_photo(&self, picked_sha256: String) {
        self.about_hosts(move |studio| {
            studio.forget_picked_photo(&picked_sha256)?;
            Ok(HostsEvent::Forgotten)
        });
    }

    fn about_hosts(&self, ask: impl FnOnce(&Studio) -> Result<HostsEvent, StudioError> + Send + 'static) {
        self.spawn(move |studio, notifier| {
            let event = ask(studio).unwrap_or_else(|error| HostsEvent::Failed(sentence(&error)));
            notifier.send(Event::Hosts(Box::new(event)));
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
