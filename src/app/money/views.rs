//! What stickers cost, as it is drawn.

use super::Ledger;
use crate::app::context::AppContext;
use crate::model::ledger::LedgerEntry;
use crate::ui::view::{Budget, LedgerView};

impl Ledger {
    /// The monthly budget, when there is one.
    pub(in crate::app) fn budget(&self, cx: &AppContext) -> Option<Budget> {
        let limits = &cx.settings.budget;
        let limit = limits.refuse_above.or(limits.ask_above)?;
        Some(Budget { limit, committed: self.spent.month.committed() })
    }

    /// What the ticket says when the budget is used up.
    pub(in crate::app) fn why_above(&self, cx: &AppContext) -> Option<String> {
        let limit = cx.settings.budget.refuse_above?;
        let name = crate::model::money::HARD_BUDGET;
        let committed = self.spent.month.committed();
        Some(format!(
            "{committed} of {limit} are spent or set aside this month. Raise “{name}” in the settings to go on."
        ))
    }

    /// The ledger; `at` says when a line was written.
    pub(in crate::app) fn view<'a>(&'a self, at: &'a dyn Fn(&LedgerEntry) -> String) -> LedgerView<'a> {
        LedgerView { lines: self.entries.with(self.entries.shown().map(Vec::as_slice)), spent: &self.spent, at }
    }
}
