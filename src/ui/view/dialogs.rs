//! What the dialogs show.

use crate::action::PlaceFor;
use model::{KeyState, Money, Remote, ThemeChoice};

use super::{JobView, Picture};

/// The dialog about the key.
#[derive(Clone, Debug)]
pub struct KeyDialogView<'a> {
    /// Where the key stands.
    pub status: &'a KeyState,
    /// What the service said about a key.
    pub check: &'a Remote<KeyCheckView>,
    /// Jobs that are held for the key, and what they cost.
    pub held: (usize, Money),
}

/// What the service says about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyCheckView {
    /// It knows it.
    Known,
    /// It does not.
    Unknown,
}

/// The dialog for a link or a path.
#[derive(Clone, Copy, Debug)]
pub struct PlaceView<'a> {
    /// What it is typed for.
    pub what: PlaceFor,
    /// Why it has to be typed, when the person did not ask for that.
    pub why: Option<&'a str>,
    /// What stands in the field at first.
    pub proposed: &'a str,
    /// What is wrong with the last one.
    pub refused: Option<&'a str>,
}

/// A name for stickers.
#[derive(Clone, Copy, Debug)]
pub struct RenameView<'a> {
    /// How many get it.
    pub stickers: usize,
    /// What stands in the field at first.
    pub proposed: &'a str,
    /// What the first of them is called without a name of its own.
    pub derived: &'a str,
}

/// The photos that were used lately.
#[derive(Clone, Copy, Debug)]
pub struct RecentPhotosView<'a> {
    /// The newest first.
    pub photos: &'a [RecentPhotoView<'a>],
    /// Are photos remembered at all?
    pub is_on: bool,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct RecentPhotoView<'a> {
    /// Names it: SHA-256 of its file.
    pub id: String,
    /// Its file name.
    pub name: &'a str,
    /// A small picture of it.
    pub picture: Picture,
    /// Is it the one in the well?
    pub in_the_well: bool,
}

/// What is known about a job.
#[derive(Clone, Debug)]
pub struct JobDetailsView<'a> {
    /// The job.
    pub job: &'a JobView<'a>,
    /// When it was accepted, as local time.
    pub accepted_at: Option<&'a str>,
    /// When it ended, as local time.
    pub ended_at: Option<&'a str>,
    /// The last answer of the service as it came.
    pub raw_answer: Option<&'a str>,
}

/// The preferences.
#[derive(Clone, Debug)]
pub struct SettingsView<'a> {
    /// Dark, light or the system's choice.
    pub theme: ThemeChoice,
    /// Size of everything, 1 is 100 %.
    pub scale: f32,
    /// No movement?
    pub reduce_motion: bool,
    /// Notifications?
    pub notifications: bool,
    /// Ask before more is spent in a month.
    pub soft_budget: Option<Money>,
    /// Never spend more in a month.
    pub hard_budget: Option<Money>,
    /// Jobs at once at the hosted service.
    pub concurrency: u32,
    /// The address of the hosted service, when it is another than its own.
    pub address: &'a str,
    /// Is the budget what the person came for?
    pub at_budget: bool,
    /// Are the photos that were used lately offered again?
    pub recent_photos: bool,
    /// Settings and engine in saved copies?
    pub settings_in_copies: bool,
    /// A word in saved copies on how they were made?
    pub label_copies: bool,
    /// The library folder.
    pub library: &'a str,
    /// Where the key stands.
    pub key: &'a KeyState,
    /// Where photos go for the hosted service, as a short sentence.
    pub photos_go: &'a str,
    /// Version of this program.
    pub version: &'a str,
    /// What has changed, as plain text.
    pub changes: &'a str,
}
