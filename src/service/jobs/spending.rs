//! What jobs have cost, and how much they may.

use std::sync::PoisonError;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::error::JobsError;
use super::handle::Jobs;
use super::new_job::Budgets;
use crate::model::ledger::{LedgerLine, Spending};

impl Jobs {
    /// What was spent since a moment, what is unsure, what is reserved.
    pub fn spending(&self, from: Timestamp) -> Result<Spending, JobsError> {
        self.shared.journal.spending(from)
    }

    /// [`spending`](Self::spending) of this calendar month, local time: what the budgets are about.
    pub fn spending_this_month(&self) -> Result<Spending, JobsError> {
        self.spending(self.month())
    }

    /// Every line of the ledger, oldest first.
    pub fn ledger(&self) -> Result<Vec<LedgerLine>, JobsError> {
        self.shared.journal.ledger()
    }

    /// Changes how much may be spent in a month, from the next job on.
    pub fn set_budgets(&self, budgets: Budgets) {
        *self.shared.budgets.lock().unwrap_or_else(PoisonError::into_inner) = budgets;
    }

    pub(super) fn budgets(&self) -> Budgets {
        *self.shared.budgets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When this calendar month began, local time.
    pub(super) fn month(&self) -> Timestamp {
        let today = self.shared.now().to_zoned(TimeZone::system());
        let first = today.first_of_month().and_then(|first| first.start_of_day());
        first.map_or(Timestamp::MIN, |first| first.timestamp())
    }
}
