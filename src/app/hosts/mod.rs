//! Where photos go: the hosts of this person, what is asked of them, and what lies there.

mod act;
mod tasks;
mod views;

use std::path::PathBuf;

use super::context::AppContext;
use super::worker::Worker;
use crate::hosting::Upload;
use crate::model::{PhotoHost, Remote};
use crate::studio::KeepSecret;
use crate::ui::action::{Dialog, HostForm};
use tasks::Tasks;
pub(super) use views::Choices;

/// What is known about hosts for photos.
#[derive(Default)]
pub(super) struct Hosts {
    /// Those that are set up.
    known: Vec<PhotoHost>,
    /// The one that is looked at in the choice; nothing is agreed to by looking.
    picked: Option<String>,
    /// Does a run wait for the choice?
    make: bool,
    /// What came of the last test.
    test: Remote<String>,
    /// Why the last thing asked for did not work.
    error: Option<String>,
    /// Is something under way?
    is_busy: bool,
    /// The photos at hosts, newest first.
    uploads: Remote<Vec<Upload>>,
    /// Which of them are in sight: the first, and the one behind the last.
    in_sight: (usize, usize),
    tasks: Option<Tasks>,
}

/// What came of it. Errors are whole sentences.
pub(super) enum HostsEvent {
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

/// What the hosts tell the window.
pub(super) enum Outcome {
    /// The file of a custom uploader is wanted, which is kept there.
    PickUploader(KeepSecret),
    /// The person has agreed to one, and the run that waited for that goes on.
    Agreed,
    /// Everything that was made of the picked photo with this SHA-256 is being deleted.
    Forgets(String),
}

impl Hosts {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<HostsEvent>) {
        let tasks = Tasks::new(worker);
        tasks.list();
        self.tasks = Some(tasks);
    }

    /// The host that photos go to, when the person has agreed to what is said of it today.
    pub(super) fn agreed(&self, cx: &AppContext) -> Option<&PhotoHost> {
        let name = cx.settings.photo_host.as_deref()?;
        self.known.iter().find(|host| host.name == name && host.has_consent())
    }

    /// Opens the choice of where photos go; with `make` the run goes on once it is made.
    pub(super) fn ask(&mut self, make: bool, cx: &mut AppContext) {
        self.calm();
        self.make = make;
        // Nothing is picked for the person; what was chosen before is only shown as that.
        self.picked = None;
        cx.dialog = Some(Dialog::PhotoHosts);
    }

    /// Opens the form for a host.
    pub(super) fn open_form(&mut self, form: HostForm, cx: &mut AppContext) {
        self.calm();
        cx.dialog = Some(Dialog::SetUpHost(form));
    }

    /// Opens the list of photos at hosts.
    pub(super) fn show_uploads(&mut self, cx: &mut AppContext) {
        self.calm();
        let previous = self.uploads.shown().cloned();
        self.uploads = Remote::Loading { previous };
        cx.dialog = Some(Dialog::Uploads);
        self.list_uploads(cx);
    }

    /// Reads that list again while it is open.
    pub(super) fn list_uploads(&self, cx: &AppContext) {
        if let Some(tasks) = self.tasks.as_ref().filter(|_| cx.dialog == Some(Dialog::Uploads)) {
            tasks.list_uploads();
        }
    }

    /// Sets up the custom uploader of this file.
    pub(super) fn use_uploader_file(&mut self, path: PathBuf, keep: KeepSecret, cx: &mut AppContext) {
        let Some(tasks) = &self.tasks else { return };
        // Where it is said if the file is none.
        cx.dialog = Some(Dialog::SetUpHost(HostForm::Uploader));
        self.is_busy = true;
        tasks.keep_uploader_file(path, keep);
    }

    /// What was said about the last thing is over.
    fn calm(&mut self) {
        self.test = Remote::NotAsked;
        self.error = None;
    }
}
