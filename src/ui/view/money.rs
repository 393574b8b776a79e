//! What the dialogs about money show.

use model::ledger::{LedgerEntry, Spent};
use model::{Money, Remote};

/// What stickers cost.
#[derive(Clone)]
pub struct LedgerView<'a> {
    /// Its lines, newest first.
    pub lines: Remote<&'a [LedgerEntry]>,
    /// What they come to.
    pub spent: &'a Spent,
    /// When a line was written, local time.
    pub at: &'a dyn Fn(&LedgerEntry) -> String,
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
