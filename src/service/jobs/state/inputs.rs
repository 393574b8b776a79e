//! What happens to a job, and what is to be done then.

use super::{Hold, Kept};
use crate::api::Ticket;

/// What happens to a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The queue gives it its turn.
    Turn,
    /// The photo's bytes are there and whole.
    Prepared,
    /// The photo has a URL.
    Hosted,
    /// Something before the POST does not work for now.
    NotReady,
    /// Something before the POST will never work.
    CannotSend,
    /// The service took it.
    Accepted(Ticket),
    /// The service took it and was done at once: these are the pictures.
    Finished(Ticket, Vec<String>),
    /// The connection failed before a byte of the request left.
    NothingSent,
    /// The service is busy and took nothing (429).
    Busy,
    /// The service refused the request itself.
    Refused,
    /// The service refused the key, credit or access, or there is no key to send.
    RefusedKey(Hold),
    /// The service answered with an error and without an id.
    ChargeUnknown,
    /// No answer that proves anything.
    NoAnswer,
    /// Asked: it waits at the service.
    Waiting,
    /// Asked: it is worked on.
    Working,
    /// Asked: these are the pictures.
    Results(Vec<String>),
    /// Asked: it is finished, without a picture.
    WithoutImage,
    /// Asked: it failed; does the service say that it did not charge?
    FailedThere {
        /// It does.
        not_charged: bool,
    },
    /// Asked: the service does not know the id.
    UnknownId,
    /// None of the links leads to a picture any more.
    LinksDead,
    /// All that came is no sticker, or an answer too large to look for one; it is kept as it came.
    Unfit,
    /// At least one whole, decoded picture is in memory.
    Fetched,
    /// The pictures are durable in the library.
    Stored(Kept),
    /// A person stops it.
    Stop,
    /// A person will not wait for the submit's answer any longer.
    GiveUp,
    /// A person lets a held job go on.
    GoOn,
    /// A person runs it again in its own row.
    Retry,
    /// A person has the service asked once more.
    LookAgain,
    /// A person puts it aside.
    Dismiss,
    /// Its line is held until a person has mended something.
    LineHeld(Hold),
    /// The process that drove it is gone.
    Restarted,
}

/// What is to be done, after the new state is durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Check the stored photo.
    Prepare,
    /// Give the photo a URL.
    Host,
    /// Send the one POST.
    Submit,
    /// Ask about it when the schedule says so.
    Ask,
    /// Fetch the results.
    Fetch,
    /// Put the fetched pictures into the library.
    Store,
    /// Write a line into the ledger, in the transaction that writes the state.
    Record(Line),
    /// Hold every job that waits in line for the same engine.
    HoldLine(Hold),
}

/// What a line of the ledger says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The service accepted this id, and charges for it.
    Accepted(Ticket),
    /// The service may have accepted a request, and may charge for it.
    Unknown,
    /// The service says that it did not charge for this id.
    NotCharged(Ticket),
}
