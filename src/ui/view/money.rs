//! What the dialogs about money show.

use model::{EngineId, JobId, Money, Remote};

/// What stickers cost.
#[derive(Clone)]
pub struct LedgerView<'a> {
    /// Its lines, newest first.
    pub lines: Remote<&'a dyn LedgerLines>,
    /// What they come to.
    pub periods: [PeriodView; 4],
}

/// What requests came to in a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodView {
    /// The time in words.
    pub name: &'static str,
    /// How many were charged, and what that comes to.
    pub charged: (u64, Money),
    /// How many were accepted and not charged.
    pub not_charged: u64,
    /// How many nobody knows about, and what that comes to.
    pub unsure: (u64, Money),
}

/// Lines that are asked for one by one, so that only those in sight are built.
pub trait LedgerLines {
    /// How many there are.
    fn len(&self) -> usize;

    /// One of them, from the newest, 0.
    fn line(&self, index: usize) -> LedgerLineView<'_>;

    /// Are there none?
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLineView<'a> {
    /// When it was written, local time.
    pub at: String,
    /// Who made it.
    pub engine: EngineId,
    /// The price of the request.
    pub amount: Money,
    /// What became of that amount.
    pub outcome: Outcome,
    /// The service's id; unknown requests have none.
    pub request_id: Option<&'a str>,
    /// The job.
    pub job: JobId,
    /// Is there a sticker to show?
    pub has_sticker: bool,
}

/// What became of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was charged.
    Charged,
    /// It was not, as the service says.
    NotCharged,
    /// Nobody knows, and the job waits for a decision.
    Unsure,
    /// Nobody knows, and a person has put the job aside.
    PutAside,
}

impl Outcome {
    /// As a person reads it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Charged => "charged",
            Self::NotCharged => "not charged",
            Self::Unsure => "unsure",
            Self::PutAside => "unsure, put aside",
        }
    }
}

/// The decision to go above the amount of a month at which the person wants to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverBudgetView {
    /// What is about to be spent.
    pub price: Money,
    /// The amount.
    pub limit: Money,
    /// What the month would come to.
    pub after: Money,
}

/// What is said once before the first hosted sticker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeView {
    /// How many stickers the click is for.
    pub count: u32,
    /// What they cost.
    pub price: Money,
    /// Does the question where the photo may go come next?
    pub asks_for_host: bool,
}

/// What the window waits for before it closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosingView {
    /// Requests without an answer.
    pub requests: usize,
    /// What they cost when they are accepted.
    pub price: Money,
    /// Seconds until it closes without the answer.
    pub seconds_left: u64,
}
