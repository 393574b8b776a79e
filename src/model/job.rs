//! Words for jobs that every part agrees on: ids, statuses, whether money went.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Names one job of ours; 128 random bits as lower-case hex.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub String);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Did this job cost money?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Charged {
    /// Certainly not.
    No,
    /// The service accepted it.
    Yes,
    /// It may have.
    Unknown,
}

impl Charged {
    /// The word used in files and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Yes => "yes",
            Self::Unknown => "unknown",
        }
    }
}

/// What a person can do with a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobAction {
    /// Stop it, or stop waiting for it.
    Stop,
    /// Let a held job go on, which may cost its price.
    GoOn,
    /// Drop a held job, which was never sent.
    Discard,
    /// Run it again in its row; an earlier try cost nothing.
    Retry,
    /// Send the same request once more as a new row, which may cost again.
    SubmitAgain,
    /// Ask the service once more, for free.
    LookAgain,
    /// Put it aside.
    Dismiss,
    /// Delete the row, and the photo with the last row that names it; the ledger keeps its line.
    Forget,
}

impl JobAction {
    /// Does it allow the job's price to be charged?
    pub const fn may_cost(self) -> bool {
        matches!(self, Self::GoOn | Self::Retry | Self::SubmitAgain)
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    /// Waits for its turn.
    Queued,
    /// Paid work that waits for a person's word, or for key or credit.
    Held,
    /// The photo is made ready.
    Preparing,
    /// The photo is given a URL.
    Hosting,
    /// The request is on its way; from here on it may have been charged.
    Submitting,
    /// The service has it and gave it an id.
    Accepted,
    /// The service works on it.
    Working,
    /// The results are being fetched.
    Fetching,
    /// The stickers are in the library.
    Done,
    /// It ended without a sticker.
    Failed,
    /// The service no longer knows its id.
    Lost,
    /// We stopped waiting.
    Stopped,
    /// It was sent, and no answer came.
    MayHaveBeenAccepted,
    /// A person put it aside.
    Dismissed,
}

impl JobStatus {
    /// Every status, in the order of a job's life.
    pub const ALL: [Self; 14] = [
        Self::Queued,
        Self::Held,
        Self::Preparing,
        Self::Hosting,
        Self::Submitting,
        Self::Accepted,
        Self::Working,
        Self::Fetching,
        Self::Done,
        Self::Failed,
        Self::Lost,
        Self::Stopped,
        Self::MayHaveBeenAccepted,
        Self::Dismissed,
    ];

    /// The word used in files and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Held => "held",
            Self::Preparing => "preparing",
            Self::Hosting => "hosting",
            Self::Submitting => "submitting",
            Self::Accepted => "accepted",
            Self::Working => "working",
            Self::Fetching => "fetching",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Lost => "lost",
            Self::Stopped => "stopped",
            Self::MayHaveBeenAccepted => "may_have_been_accepted",
            Self::Dismissed => "dismissed",
        }
    }

    /// The status with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Will nothing more happen without a person?
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Done | Self::Failed | Self::Lost | Self::Stopped | Self::MayHaveBeenAccepted | Self::Dismissed
        )
    }
}

/// What a held job waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// It was never submitted in an earlier run; paying for it needs a click in this one.
    LastTime,
    /// The service wants a valid key.
    Key,
    /// The service wants more credit.
    Credit,
    /// The key has no access to this service.
    Access,
}
