//! The states of a job, and the one table of what each input makes of them.
//!
//! Pure: no clock, no disk, no network. [`step`] decides every pair of state and input; a pair that
//! means nothing leaves the state as it is and asks for nothing. The runner writes the new state to
//! the journal *before* it performs the effects, so whatever the machine decided survives a crash.

mod facts;
mod inputs;
#[cfg(test)]
mod tests;

pub use facts::{PhotoNeed, can_look_again, can_retry_in_place, can_stop, can_submit_again, photo_need};
pub use inputs::{Effect, Input, Line};

use serde::{Deserialize, Serialize};

use crate::api::Ticket;
use crate::model::Hold;
use crate::model::engine::Resend;

/// How often the service is asked for fresh links when the ones it gave are dead.
pub const ASK_AGAIN: u8 = 3;

/// Where a job stands, with everything that only makes sense there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum State {
    /// Waits for its turn.
    Queued,
    /// Waits for a person.
    Held {
        /// What it waits for.
        why: Hold,
    },
    /// The stored photo is checked.
    Preparing,
    /// The photo is given a URL.
    Hosting,
    /// The POST is on its way; from here on it may have been charged.
    Submitting {
        /// A person asked to stop while the answer was still out; applied when it comes.
        stop_wanted: bool,
    },
    /// The service has it and gave it an id.
    Accepted {
        /// How to ask about it.
        ticket: Ticket,
    },
    /// The service says that it works on it.
    Working {
        /// How to ask about it.
        ticket: Ticket,
    },
    /// The results are ready to be fetched.
    Fetching {
        /// How to ask about it.
        ticket: Ticket,
        /// Where the pictures lie.
        results: Vec<String>,
        /// How often fresh links were asked for, 0 to [`ASK_AGAIN`].
        asked_again: u8,
    },
    /// The sticker is in the library.
    Done {
        /// The id it had at the service.
        ticket: Ticket,
        /// Where its files are.
        kept: Kept,
    },
    /// It ended without a sticker.
    Failed {
        /// Why.
        why: Failure,
        /// The id it had at the service, if it got that far.
        ticket: Option<Ticket>,
    },
    /// The service no longer knows its id.
    Lost {
        /// The id that it no longer knows.
        ticket: Ticket,
    },
    /// We stopped waiting.
    Stopped {
        /// How to look again, if it was accepted before.
        ticket: Option<Ticket>,
    },
    /// It was sent, and no answer came.
    #[serde(rename = "may_have_been_accepted")]
    MaybeAccepted,
    /// A person put it aside.
    Dismissed {
        /// What it was before.
        was: Box<Self>,
    },
}

/// Why a job ended without a sticker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// It could not be sent: the photo is gone, or there is nowhere to put it.
    NotSent,
    /// The service refused the request.
    Refused,
    /// The service refused the key, the account's credit or its access.
    RefusedKey,
    /// The service answered with an error and without an id.
    ChargeUnknown,
    /// The service tried and failed.
    ByService,
    /// The service tried, failed, and says that it did not charge.
    ByServiceFree,
    /// It finished without a picture.
    WithoutImage,
    /// The picture was made, but its links are dead.
    ResultGone,
    /// What came is no sticker; it is kept as it came.
    ResultUnfit,
}

/// Where the files of a finished job are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The sticker's file in the library: the cut-out when there is one.
    pub path: String,
    /// The picture with its background, when it came too.
    pub background_path: Option<String>,
    /// The picture of the pair that did not come.
    pub missing: Option<Missing>,
    /// Did the service make that one too, so that it was lost on the way?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

/// The picture of a pair that did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The one cut out.
    Cutout,
    /// The one on its background.
    Background,
}

/// What to do when the service refuses key, credit or access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnRefusedKey {
    /// The job fails, not charged: right for a command that drives only its own jobs.
    Fail,
    /// The whole line waits for a person: right for a window.
    Hold,
}

/// What differs between engines and between programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// When a request whose fate is unknown may be sent again without a person.
    pub resend: Resend,
    /// What to do when the service refuses key, credit or access.
    pub on_refused_key: OnRefusedKey,
}

impl Rules {
    /// May the same request be sent again without a person?
    const fn is_free(self) -> bool {
        matches!(self.resend, Resend::Free)
    }

    /// The ledger knows only requests with a price.
    fn record(self, line: Line) -> Vec<Effect> {
        if self.is_free() { Vec::new() } else { vec![Effect::Record(line)] }
    }
}

/// What `input` makes of `state`.
#[expect(clippy::match_same_arms, reason = "the table is read by stages of a job's life, not by its results")]
pub fn step(state: State, input: Input, rules: Rules) -> (State, Vec<Effect>) {
    use Input as I;
    use State as S;
    match (state, input) {
        // In line, and on the way to the POST: nothing has left this computer.
        (S::Queued, I::Turn) => (S::Preparing, vec![Effect::Prepare]),
        (S::Preparing, I::Prepared) => (S::Hosting, vec![Effect::Host]),
        (S::Hosting, I::Hosted) => (S::Submitting { stop_wanted: false }, vec![Effect::Submit]),
        (S::Preparing | S::Hosting, I::NotReady) => (S::Queued, Vec::new()),
        (S::Preparing | S::Hosting, I::CannotSend) => (failed(Failure::NotSent, None), Vec::new()),
        (S::Preparing | S::Hosting, I::RefusedKey(hold)) => refused_key(hold, rules),
        (S::Queued, I::LineHeld(why)) if !rules.is_free() => (S::Held { why }, Vec::new()),
        (S::Held { .. }, I::GoOn) => (S::Queued, Vec::new()),
        (S::Queued | S::Held { .. } | S::Preparing | S::Hosting, I::Stop) => (S::Stopped { ticket: None }, Vec::new()),
        (S::Queued | S::Held { .. } | S::Preparing | S::Hosting, I::Restarted) => {
            (if rules.is_free() { S::Queued } else { S::Held { why: Hold::LastTime } }, Vec::new())
        }

        // The POST is out: only its answer, or the lack of one, leads on.
        (S::Submitting { .. }, I::Stop) => (S::Submitting { stop_wanted: true }, Vec::new()),
        (S::Submitting { stop_wanted }, I::Accepted(ticket)) => accepted(ticket, stop_wanted, rules),
        (S::Submitting { .. }, I::Finished(ticket, results)) => finished(ticket, results, rules),
        (S::Submitting { stop_wanted }, I::NothingSent | I::Busy) => {
            (if stop_wanted { S::Stopped { ticket: None } } else { S::Queued }, Vec::new())
        }
        (S::Submitting { .. }, I::Refused) => (failed(Failure::Refused, None), Vec::new()),
        (S::Submitting { stop_wanted: true }, I::RefusedKey(_)) => (failed(Failure::RefusedKey, None), Vec::new()),
        (S::Submitting { stop_wanted: false }, I::RefusedKey(hold)) => refused_key(hold, rules),
        (S::Submitting { .. }, I::ChargeUnknown) => (failed(Failure::ChargeUnknown, None), rules.record(Line::Unknown)),
        (S::Submitting { stop_wanted }, I::NoAnswer | I::GiveUp | I::Restarted) => no_answer(stop_wanted, rules),

        // The service has it: the id is kept whatever happens.
        (S::Accepted { ticket }, I::Waiting) => (S::Accepted { ticket }, vec![Effect::Ask]),
        (S::Accepted { ticket }, I::Working) | (S::Working { ticket }, I::Working | I::Waiting) => {
            (S::Working { ticket }, vec![Effect::Ask])
        }
        (S::Accepted { ticket } | S::Working { ticket }, I::Results(results)) => {
            (S::Fetching { ticket, results, asked_again: 0 }, vec![Effect::Fetch])
        }
        (S::Accepted { ticket } | S::Working { ticket } | S::Fetching { ticket, .. }, I::Unfit) => {
            (failed(Failure::ResultUnfit, Some(ticket)), Vec::new())
        }
        (
            S::Accepted { ticket } | S::Working { ticket } | S::Fetching { ticket, .. },
            input @ (I::WithoutImage | I::FailedThere { .. } | I::UnknownId | I::Stop),
        ) => ended_there(ticket, &input, rules),
        (S::Accepted { .. } | S::Working { .. } | S::Fetching { .. }, I::Restarted) if rules.is_free() => {
            (S::Queued, Vec::new())
        }
        (state @ (S::Accepted { .. } | S::Working { .. }), I::Restarted) => (state, vec![Effect::Ask]),

        // It is finished there: only whole bytes in the library make it done here.
        (state @ S::Fetching { .. }, I::Waiting | I::Working) => (state, vec![Effect::Ask]),
        (S::Fetching { ticket, asked_again, .. }, I::Results(results)) => {
            (S::Fetching { ticket, results, asked_again }, vec![Effect::Fetch])
        }
        (S::Fetching { ticket, results, asked_again }, I::LinksDead) => links_dead(ticket, results, asked_again, rules),
        (state @ S::Fetching { .. }, I::Fetched) => (state, vec![Effect::Store]),
        (S::Fetching { ticket, .. }, I::Stored(kept)) => (S::Done { ticket, kept }, Vec::new()),
        (state @ S::Fetching { .. }, I::Restarted) => (state, vec![Effect::Fetch]),

        // Ended: only a person leads on.
        (state, I::Retry) if can_retry_in_place(&state, rules) => (S::Queued, Vec::new()),
        (state, I::LookAgain) if can_look_again(&state) => match into_ticket(state) {
            Ok(ticket) => (S::Accepted { ticket }, vec![Effect::Ask]),
            Err(state) => (state, Vec::new()),
        },
        (state, I::Dismiss) if state.status().is_final() && !matches!(state, S::Dismissed { .. }) => {
            (S::Dismissed { was: Box::new(state) }, Vec::new())
        }

        // Everything else comes too late or means nothing here.
        (state, _) => (state, Vec::new()),
    }
}

fn failed(why: Failure, ticket: Option<Ticket>) -> State {
    State::Failed { why, ticket }
}

/// A refused key is known to have cost nothing; who mends it decides what becomes of the job.
fn refused_key(hold: Hold, rules: Rules) -> (State, Vec<Effect>) {
    if rules.on_refused_key == OnRefusedKey::Hold && !rules.is_free() {
        (State::Held { why: hold }, vec![Effect::HoldLine(hold)])
    } else {
        (failed(Failure::RefusedKey, None), Vec::new())
    }
}

/// The id and the ledger's line become durable together, before the first question.
fn accepted(ticket: Ticket, stop_wanted: bool, rules: Rules) -> (State, Vec<Effect>) {
    let mut effects = rules.record(Line::Accepted(ticket.clone()));
    if stop_wanted {
        return (State::Stopped { ticket: Some(ticket) }, effects);
    }
    effects.push(Effect::Ask);
    (State::Accepted { ticket }, effects)
}

/// There is nothing to wait for, so a stop comes too late; without an id the links are all that leads to the pictures.
fn finished(ticket: Ticket, results: Vec<String>, rules: Rules) -> (State, Vec<Effect>) {
    let mut effects = rules.record(Line::Accepted(ticket.clone()));
    effects.push(Effect::Fetch);
    (State::Fetching { ticket, results, asked_again: 0 }, effects)
}

/// The POST may have been accepted: sent again only where that costs nothing.
fn no_answer(stop_wanted: bool, rules: Rules) -> (State, Vec<Effect>) {
    if !rules.is_free() {
        (State::MaybeAccepted, rules.record(Line::Unknown))
    } else if stop_wanted {
        (State::Stopped { ticket: None }, Vec::new())
    } else {
        (State::Queued, Vec::new())
    }
}

/// The ends that an accepted job can come to without its pictures.
fn ended_there(ticket: Ticket, input: &Input, rules: Rules) -> (State, Vec<Effect>) {
    match input {
        Input::WithoutImage => (failed(Failure::WithoutImage, Some(ticket)), Vec::new()),
        Input::FailedThere { not_charged: true } => {
            let effects = rules.record(Line::NotCharged(ticket.clone()));
            (failed(Failure::ByServiceFree, Some(ticket)), effects)
        }
        Input::FailedThere { not_charged: false } => (failed(Failure::ByService, Some(ticket)), Vec::new()),
        Input::UnknownId if rules.is_free() => (State::Queued, Vec::new()),
        Input::UnknownId => (State::Lost { ticket }, Vec::new()),
        _ => (State::Stopped { ticket: Some(ticket) }, Vec::new()),
    }
}

/// Dead links are asked for again a few times; after that the picture is gone, though paid for.
fn links_dead(ticket: Ticket, results: Vec<String>, asked_again: u8, rules: Rules) -> (State, Vec<Effect>) {
    if asked_again < ASK_AGAIN {
        (State::Fetching { ticket, results, asked_again: asked_again + 1 }, vec![Effect::Ask])
    } else if rules.is_free() {
        (State::Queued, Vec::new())
    } else {
        (failed(Failure::ResultGone, Some(ticket)), Vec::new())
    }
}

fn into_ticket(state: State) -> Result<Ticket, State> {
    match state {
        State::Stopped { ticket: Some(ticket) }
        | State::Lost { ticket }
        | State::Failed { ticket: Some(ticket), .. } => Ok(ticket),
        other => Err(other),
    }
}
