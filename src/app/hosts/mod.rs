//! Where photos go: the hosts of this person, what is asked of them, and what lies there.

mod act;
mod views;
mod work;

pub(super) use views::{Choices, UploadList, by_host, form, goes, view};
pub(super) use work::HostsEvent;

use crate::hosting::Upload;
use crate::model::PhotoHost;
use crate::ui::view::Remote;

/// What is known about hosts for photos.
#[derive(Default)]
pub(super) struct Hosts {
    /// Those that are set up.
    pub known: Vec<PhotoHost>,
    /// The one that is looked at in the choice; nothing is agreed to by looking.
    pub picked: Option<String>,
    /// Does a run wait for the choice?
    pub make: bool,
    /// What came of the last test.
    pub test: Remote<String>,
    /// Why the last thing asked for did not work.
    pub error: Option<String>,
    /// Is something under way?
    pub is_busy: bool,
    /// The photos at hosts, newest first.
    pub uploads: Remote<Vec<Upload>>,
    /// Which of them are in sight: the first, and the one behind the last.
    pub in_sight: (usize, usize),
}

impl Hosts {
    /// What was said about the last thing is over.
    pub(in crate::app) fn calm(&mut self) {
        self.test = Remote::NotAsked;
        self.error = None;
    }
}
