//! One photo at one host, as the list of uploads shows it.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;

use super::LIFETIME;
use crate::model::PhotoHostKind;

/// A photo that went to a host, or may have.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Names the row.
    pub id: String,
    /// SHA-256 of the prepared photo, lower-case hex.
    pub photo_sha256: String,
    /// The host's name.
    pub host: String,
    /// What the host was when the photo went there.
    pub kind: PhotoHostKind,
    /// Is a small picture of it kept? Not any more once it is forgotten.
    pub has_thumbnail: bool,
    /// Where the photo lies, without a signature; `None` while it is being sent, or when the answer was lost.
    pub url: Option<String>,
    /// Did the host make other bytes of it, of the same size in pixels?
    pub reencoded: bool,
    /// When the first byte was about to leave.
    pub begun_at: Timestamp,
    /// When the host said that it has it.
    pub sent_at: Option<Timestamp>,
    /// When nobody can fetch it any more; `None` when that is not known.
    pub expires_at: Option<Timestamp>,
    /// When it was seen that it is gone.
    pub deleted_at: Option<Timestamp>,
    /// Why it could not be deleted yet: a sentence.
    pub problem: Option<String>,
    /// Its name at the host.
    pub(super) object: String,
    /// Where it is deleted: by a request, or by a person on a page.
    pub(super) deletion_url: Option<String>,
    /// Is it to be deleted?
    pub(super) unwanted: bool,
    /// How many jobs took it.
    pub(super) revision: i64,
}

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is being sent, or the answer was lost: it may be there.
    Unsure,
    /// It is there.
    There,
    /// It is to be deleted and was not yet.
    Deleting,
    /// Its time is over, so nobody can fetch it.
    Expired,
    /// It is gone: that was seen.
    Deleted,
}

impl Standing {
    /// The word in lists and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::There => "there",
            Self::Deleting => "deleting",
            Self::Expired => "expired",
            Self::Deleted => "deleted",
        }
    }
}

/// What the photos of tests are called instead of their sum; no job has them.
pub(super) const TEST: &str = "test";

/// A host's own deletion may be this late.
const GRACE: Duration = Duration::from_mins(2);

/// For so long a test's picture belongs to the test.
const TEST_TIME: Duration = Duration::from_mins(5);

impl Upload {
    /// Where it stands at `now`.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self {
            Self { deleted_at: Some(_), .. } => Standing::Deleted,
            Self { unwanted: true, .. } => Standing::Deleting,
            _ if self.is_expired(now) => Standing::Expired,
            Self { sent_at: None, .. } => Standing::Unsure,
            _ => Standing::There,
        }
    }

    /// Can we delete it at the host, rather than wait for its end?
    pub fn can_delete(&self) -> bool {
        match self.kind {
            PhotoHostKind::S3(_) => self.deleted_at.is_none(),
            PhotoHostKind::Sharex(_) => self.deleted_at.is_none() && self.deletion_url.is_some(),
            PhotoHostKind::Imgbb { .. } | PhotoHostKind::Litterbox { .. } | PhotoHostKind::DataUri => false,
        }
    }

    /// A page where a person can delete it, for a host that lets no program do it.
    pub fn deletion_page(&self) -> Option<&str> {
        let by_hand = matches!(self.kind, PhotoHostKind::Imgbb { .. }) && self.deleted_at.is_none();
        self.deletion_url.as_deref().filter(|_| by_hand)
    }

    /// Is it a picture of a test rather than a photo?
    pub fn is_test(&self) -> bool {
        self.photo_sha256 == TEST
    }

    /// Is its time over?
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at < now)
    }

    /// Is the time over for which one sending serves, whether or not the host deletes it then?
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at.unwrap_or(self.begun_at + LIFETIME) < now
    }

    /// Was it decided that it is to be deleted?
    pub fn is_unwanted(&self) -> bool {
        self.unwanted
    }

    /// Is there something that a sweep could do about it at `now`, if no job needs it?
    pub(super) fn is_open(&self, now: Timestamp) -> bool {
        if self.deleted_at.is_some() || (self.is_test() && self.begun_at + TEST_TIME > now) {
            return false;
        }
        let is_long_over = self.expires_at.is_some_and(|expires_at| expires_at + GRACE < now);
        self.can_delete() || (self.kind.expires_by_itself() && self.url.is_some() && is_long_over)
    }
}

impl fmt::Debug for Upload {
    /// Without the links, which whoever has them can use.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("id", &self.id)
            .field("host", &self.host)
            .field("sent_at", &self.sent_at)
            .field("expires_at", &self.expires_at)
            .field("deleted_at", &self.deleted_at)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
