//! What follows from a state: its word, whether money went, what a person can do.

use super::{Failure, Kept, Rules, State};
use crate::api::Ticket;
use crate::model::engine::Resend;
use crate::model::{Charged, JobStatus};

/// Can a person run it again in the same row?
///
/// Where a request costs money, only if this row has certainly cost nothing and has no id; otherwise
/// another run is a new row, so that the old id and its line in the ledger stay visible.
pub fn can_retry_in_place(state: &State, rules: Rules) -> bool {
    match state {
        State::Failed { .. } | State::Stopped { .. } | State::Lost { .. } | State::MaybeAccepted if rules.is_free() => {
            true
        }
        State::Failed { why, ticket: None } => charged_by(*why) == Charged::No,
        State::Stopped { ticket: None } => true,
        _ => false,
    }
}

/// Can the service be asked once more, for free?
pub fn can_look_again(state: &State) -> bool {
    matches!(
        state,
        State::Stopped { ticket: Some(_) }
            | State::Lost { .. }
            | State::Failed { why: Failure::ResultGone | Failure::ResultUnfit, ticket: Some(_) }
    )
}

/// Can a person send the same request again as a new row, which may cost again?
pub fn can_submit_again(state: &State, rules: Rules) -> bool {
    !can_retry_in_place(state, rules)
        && matches!(state, State::Failed { .. } | State::Stopped { .. } | State::Lost { .. } | State::MaybeAccepted)
}

/// Can a person stop it?
pub fn can_stop(state: &State) -> bool {
    !state.status().is_final() && *state != State::Submitting { stop_wanted: true }
}

const fn charged_by(why: Failure) -> Charged {
    match why {
        Failure::NotSent | Failure::Refused | Failure::RefusedKey | Failure::ByServiceFree => Charged::No,
        Failure::ChargeUnknown => Charged::Unknown,
        Failure::ByService | Failure::WithoutImage | Failure::ResultGone | Failure::ResultUnfit => Charged::Yes,
    }
}

/// What a job may still want of its photo at a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhotoNeed {
    /// Nothing: it was fetched, was never asked for, or would be hosted anew.
    Nothing,
    /// The service may have the request and may fetch the photo as long as it can.
    UntilExpiry,
    /// It is on its way or being fetched.
    Now,
}

/// What a job in this state may still want of its photo at a host.
pub fn photo_need(state: &State) -> PhotoNeed {
    match state {
        State::Queued
        | State::Preparing
        | State::Hosting
        | State::Submitting { .. }
        | State::Accepted { .. }
        | State::Working { .. } => PhotoNeed::Now,
        State::MaybeAccepted
        | State::Lost { .. }
        | State::Stopped { ticket: Some(_) }
        | State::Failed { why: Failure::ChargeUnknown, .. } => PhotoNeed::UntilExpiry,
        State::Dismissed { was } => photo_need(was),
        State::Held { .. }
        | State::Fetching { .. }
        | State::Done { .. }
        | State::Failed { .. }
        | State::Stopped { .. } => PhotoNeed::Nothing,
    }
}

impl State {
    /// The word for where it stands.
    pub const fn status(&self) -> JobStatus {
        match self {
            Self::Queued => JobStatus::Queued,
            Self::Held { .. } => JobStatus::Held,
            Self::Preparing => JobStatus::Preparing,
            Self::Hosting => JobStatus::Hosting,
            Self::Submitting { .. } => JobStatus::Submitting,
            Self::Accepted { .. } => JobStatus::Accepted,
            Self::Working { .. } => JobStatus::Working,
            Self::Fetching { .. } => JobStatus::Fetching,
            Self::Done { .. } => JobStatus::Done,
            Self::Failed { .. } => JobStatus::Failed,
            Self::Lost { .. } => JobStatus::Lost,
            Self::Stopped { .. } => JobStatus::Stopped,
            Self::MaybeAccepted => JobStatus::MayHaveBeenAccepted,
            Self::Dismissed { .. } => JobStatus::Dismissed,
        }
    }

    /// Did a request with a price in this state cost money?
    ///
    /// Derived, never stored; for an engine without a price the answer is always [`Charged::No`].
    pub fn charged(&self, resend: Resend) -> Charged {
        if resend == Resend::Free {
            return Charged::No;
        }
        match self {
            Self::Queued | Self::Held { .. } | Self::Preparing | Self::Hosting | Self::Stopped { ticket: None } => {
                Charged::No
            }
            Self::Submitting { .. } | Self::MaybeAccepted => Charged::Unknown,
            Self::Accepted { .. }
            | Self::Working { .. }
            | Self::Fetching { .. }
            | Self::Done { .. }
            | Self::Lost { .. }
            | Self::Stopped { ticket: Some(_) } => Charged::Yes,
            Self::Failed { why, .. } => charged_by(*why),
            Self::Dismissed { was } => was.charged(resend),
        }
    }

    /// How to ask the service about it, if it has an id.
    pub fn ticket(&self) -> Option<&Ticket> {
        match self {
            Self::Accepted { ticket }
            | Self::Working { ticket }
            | Self::Fetching { ticket, .. }
            | Self::Done { ticket, .. }
            | Self::Lost { ticket } => Some(ticket),
            Self::Failed { ticket, .. } | Self::Stopped { ticket } => ticket.as_ref(),
            Self::Dismissed { was } => was.ticket(),
            Self::Queued
            | Self::Held { .. }
            | Self::Preparing
            | Self::Hosting
            | Self::Submitting { .. }
            | Self::MaybeAccepted => None,
        }
    }

    /// Why it failed, when it did.
    pub const fn failure(&self) -> Option<Failure> {
        match self {
            Self::Failed { why, .. } => Some(*why),
            _ => None,
        }
    }

    /// Where its files are, once it is done.
    pub fn kept(&self) -> Option<&Kept> {
        match self {
            Self::Done { kept, .. } => Some(kept),
            Self::Dismissed { was } => was.kept(),
            _ => None,
        }
    }
}
