//! What the dialogs about hosts for photos show.

use crate::action::HostForm;
use model::{Money, PhotoHost, Remote};

use super::Picture;

/// The choice of where photos go.
#[derive(Clone, Debug)]
pub struct HostsView<'a> {
    /// The hosts that can be chosen.
    pub choices: &'a [HostChoice],
    /// Which of them is looked at; nothing is until the person picks one.
    pub picked: Option<&'a str>,
    /// Which one photos go to now.
    pub chosen: Option<&'a str>,
    /// The run that waits for the choice: how many stickers, at which price in all.
    pub waiting_run: Option<(u32, Money)>,
    /// What came of the last test.
    pub test: &'a Remote<String>,
    /// Why the last thing asked for did not work, as a sentence.
    pub error: Option<&'a str>,
    /// Is something under way?
    pub is_busy: bool,
}

/// A host that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostChoice {
    /// The host.
    pub host: PhotoHost,
    /// Was it set up already? One that needs nothing typed is offered before.
    pub is_set_up: bool,
}

/// A host that is being set up.
#[derive(Clone, Debug)]
pub struct HostFormView<'a> {
    /// Of which kind.
    pub form: HostForm,
    /// The hosts that are set up, whose secrets are kept.
    pub known: &'a [PhotoHost],
    /// What came of the last test.
    pub test: &'a Remote<String>,
    /// Why it could not be kept, as a sentence.
    pub error: Option<&'a str>,
    /// Is it being kept?
    pub is_busy: bool,
}

/// Photos at hosts, newest first, of which only those in sight are asked for.
pub trait Uploads {
    /// How many there are.
    fn len(&self) -> usize;

    /// The one at a place, if there is one; must be quick, it is asked in every frame.
    fn upload(&self, index: usize) -> Option<UploadView>;

    /// Is the list empty?
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The list of photos at hosts.
#[derive(Clone)]
pub struct UploadsView<'a> {
    /// The uploads.
    pub uploads: &'a Remote<&'a dyn Uploads>,
    /// What did not work with one of them, as a sentence.
    pub error: Option<&'a str>,
}

/// One photo at one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadView {
    /// Names it.
    pub id: String,
    /// A small picture of it.
    pub picture: Picture,
    /// The host's name.
    pub host: String,
    /// Where it lies there, once that is known; without a signature.
    pub url: Option<String>,
    /// When it was sent, as local time.
    pub sent: String,
    /// Where it stands, and until when.
    pub standing: String,
    /// Is it gone, as far as was seen?
    pub is_gone: bool,
    /// May it be deleted now?
    pub can_delete: bool,
    /// Where a person can delete it by hand.
    pub page: Option<String>,
    /// Why it is still there, as a sentence.
    pub problem: Option<String>,
}
