//! What can go wrong with the line itself; what goes wrong with one job stands in its row.

use crate::hosting::{HostingError, OpenError};
use crate::model::money::{HARD_BUDGET, SOFT_BUDGET};
use crate::model::{JobId, Money};
use crate::platform::FileError;
use crate::store::StoreError;

/// A request to the line of jobs could not be followed.
#[derive(Debug, thiserror::Error)]
pub enum JobsError {
    /// The journal could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A photo or lock could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// There is no such job.
    #[error("there is no job {0}: look at the list of jobs")]
    Unknown(JobId),
    /// The job's state does not allow it.
    #[error("the job has moved on, and this can no longer be done with it: look at its row")]
    NotOffered,
    /// Another process drives it.
    #[error("another Sticker Booth takes care of this job: use that one, or close it")]
    DrivenElsewhere,
    /// The person should be asked first.
    #[error(
        "this would bring the month to {after}, and above {soft} you want to be asked first: nothing was sent, the setting is “{SOFT_BUDGET}”"
    )]
    SoftBudget {
        /// The budget.
        soft: Money,
        /// What would be spent and reserved with these jobs.
        after: Money,
    },
    /// The person wanted it refused.
    #[error(
        "this would bring the month to {after}, and you want to stop at {hard}: nothing was sent; raise “{HARD_BUDGET}” in the settings, or wait for the next month"
    )]
    HardBudget {
        /// The budget.
        hard: Money,
        /// What would be spent and reserved with these jobs.
        after: Money,
    },
    /// A job that is not over yet needs the photo.
    #[error("a job still needs this photo, so nothing was forgotten: stop the job first")]
    PhotoInUse,
    /// The list of uploads could not be opened.
    #[error("photos at hosts cannot be looked after: {0}")]
    Hosts(#[from] OpenError),
    /// What is paid for might not fit.
    #[error(
        "the disk of the data folder is almost full, so nothing is paid for: make {needed_mib} MiB of room and try again"
    )]
    DiskAlmostFull {
        /// Room that has to be there, in MiB.
        needed_mib: u64,
    },
    /// The photo has no way to the engine.
    #[error(transparent)]
    Hosting(#[from] HostingError),
    /// The line was closed.
    #[error("the line of jobs is closed: start Sticker Booth again")]
    Closed,
}

impl JobsError {
    /// Would freeing space help?
    pub const fn is_disk_full(&self) -> bool {
        match self {
            Self::Store(error) => error.is_disk_full(),
            Self::File(error) => error.is_disk_full(),
            _ => false,
        }
    }
}
