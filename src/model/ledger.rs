//! The ledger: what was paid, one line an accepted id, and what the lines come to.

use jiff::Timestamp;

use crate::{EngineId, JobId, JobStatus, Money};

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// When it was written.
    pub at: Timestamp,
    /// What it says.
    pub kind: LedgerKind,
    /// The job that it belongs to, which may be forgotten by now.
    pub job: JobId,
    /// The engine.
    pub engine: EngineId,
    /// Where the request went.
    pub base_url: Option<String>,
    /// The service's id; unknown requests have none.
    pub request_id: Option<String>,
    /// The price of the request.
    pub amount: Money,
}

/// What a line of the ledger says about its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerKind {
    /// It was charged.
    Accepted,
    /// It may have been charged.
    Unknown,
    /// The service says that an accepted request was not charged.
    NotCharged,
}

impl LedgerKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Unknown, Self::NotCharged];

    /// As a person reads it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Accepted => "charged",
            Self::Unknown => "unsure",
            Self::NotCharged => "not charged",
        }
    }

    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Unknown => "unknown",
            Self::NotCharged => "not_charged",
        }
    }
}

/// One line of the ledger, with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The line.
    pub line: LedgerLine,
    /// Where the job stands, while its row is there.
    pub status: Option<JobStatus>,
    /// The sticker's file, once there is one.
    pub path: Option<String>,
}

impl LedgerEntry {
    /// Is it money of which nobody knows yet, and about which nobody has decided?
    pub fn is_open(&self) -> bool {
        self.line.kind == LedgerKind::Unknown && self.status.is_some_and(|status| status != JobStatus::Dismissed)
    }

    /// What became of the amount, as a person reads it.
    pub fn words(&self) -> &'static str {
        match self.line.kind {
            LedgerKind::Unknown if !self.is_open() => "unsure, put aside",
            kind => kind.words(),
        }
    }
}

/// What has been spent, exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spending {
    /// Accepted requests, without those that the service says it did not charge.
    pub spent: Money,
    /// Requests that may have been accepted and that nobody has decided about yet.
    pub unsure: Money,
    /// Requests in line and on their way.
    pub reserved: Money,
    /// How many requests these are.
    pub counts: Counts,
}

/// How many requests ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Accepted and charged.
    pub accepted: u64,
    /// Accepted, and not charged as the service says.
    pub not_charged: u64,
    /// Perhaps accepted, and nobody has decided about them yet.
    pub unsure: u64,
}

impl Spending {
    /// What counts against a hard budget.
    pub fn committed(&self) -> Money {
        self.spent + self.unsure + self.reserved
    }
}

/// What was spent, by the time it is asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Since this program was started.
    pub session: Spending,
    /// Since midnight, local time.
    pub today: Spending,
    /// In this calendar month, local time: what the budgets are about.
    pub month: Spending,
    /// Ever.
    pub all: Spending,
}
