//! What others see of a job: one plain value a row, and what a person can do with it.

use std::cmp::Ordering;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::state::{Failure, Missing};
use crate::model::{Charged, EngineId, Hold, JobAction, JobId, JobStatus, Money, Recipe};

/// One job as a panel or `jobs list` shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRow {
    /// Our id.
    pub id: JobId,
    /// The click, batch or sweep that it came with; rows with the same one belong together.
    pub batch: Option<String>,
    /// Its place in line; lower goes first.
    pub position: i64,
    /// Where it stands.
    pub status: JobStatus,
    /// Did it cost money?
    pub charged: Charged,
    /// What the request costs when it is accepted.
    pub price: Money,
    /// The service's id, once accepted.
    pub request_id: Option<String>,
    /// Which engine it was made for.
    pub engine: EngineId,
    /// Where a hosted engine's request goes; `None` for the built-in one.
    pub base_url: Option<String>,
    /// The whole request but the photo; its seed is always set.
    pub recipe: Recipe,
    /// SHA-256 of the prepared photo, lower-case hex; `None` for a linked one.
    pub photo_sha256: Option<String>,
    /// Names what is sent of the photo: the same SHA-256, or the link's.
    pub sent_sha256: String,
    /// The photo's file name, or the link that was sent as it is.
    pub photo_name: Option<String>,
    /// The sticker's file, once done: the cut-out when there is one.
    pub path: Option<String>,
    /// The picture with its background, once done, when it came.
    pub background_path: Option<String>,
    /// The picture of the pair that did not come, once done.
    pub missing: Option<Missing>,
    /// The same, when the service had made that one too, so that it was lost on the way.
    pub lost: Option<Missing>,
    /// What a held job waits for.
    pub held: Option<Hold>,
    /// Why it failed, when it did.
    pub failure: Option<Failure>,
    /// What went wrong last: a sentence, kept until the job gets further.
    pub error: Option<String>,
    /// Does it wait until somebody makes room on a full disk?
    pub needs_room: bool,
    /// Is an answer of the service kept as it came? [`raw_answer`](super::Jobs::raw_answer) reads it.
    pub has_raw_answer: bool,
    /// How far the service says it is, 0 to 1; never invented.
    pub progress: Option<f32>,
    /// When it goes on by itself after a fault or a full service, for a countdown; it may be over already, and no
    /// setting of the date moves it.
    pub retry_at: Option<Instant>,
    /// Is it the service that is busy, and not a fault, that it waits for until then?
    pub busy: bool,
    /// Has it been at the service for longer than is usual?
    pub takes_long: bool,
    /// Does another process take care of it?
    pub driven_elsewhere: bool,
    /// When it was put in line.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub updated_at: Timestamp,
    /// When the service took it.
    pub accepted_at: Option<Timestamp>,
    /// What a person can do with it now.
    pub offers: Vec<JobAction>,
}

impl JobRow {
    /// How the list is ordered: the newest first.
    pub fn newer_first(&self, other: &Self) -> Ordering {
        other.created_at.cmp(&self.created_at).then(other.position.cmp(&self.position))
    }

    /// Money that may have gone, until a person has decided about it.
    pub fn is_unsure(&self) -> bool {
        self.charged == Charged::Unknown && self.status != JobStatus::Dismissed
    }

    /// Is it done, but its cut-out picture was lost on the way?
    pub fn lost_its_cutout(&self) -> bool {
        self.lost == Some(Missing::Cutout)
    }

    /// Will nothing more happen without a person?
    pub fn rests(&self) -> bool {
        self.status.is_final() || self.status == JobStatus::Held
    }

    /// Can a person do this with it now?
    pub fn can(&self, action: JobAction) -> bool {
        self.offers.contains(&action)
    }
}

/// What changed; a listener that misses some reads [`list`](super::Jobs::list) again.
#[derive(Clone, Debug, PartialEq)]
pub enum JobEvent {
    /// A job is new, or something about it is.
    Changed(Arc<JobRow>),
    /// A row is gone.
    Forgotten(JobId),
    /// The line was paused, released or put in another order.
    LineChanged,
}
