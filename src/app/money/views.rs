//! What stickers cost, as it is drawn.

use jiff::tz::TimeZone;

use super::Ledger;
use crate::app::context::AppContext;
use crate::app::shown::local_time;
use crate::jobs::{LedgerKind, Spending};
use crate::studio::LedgerEntry;
use crate::ui::view::{Budget, LedgerLineView, LedgerLines, LedgerView, Outcome, PeriodView};

/// Lines of the ledger; each is made when it is drawn.
pub(in crate::app) struct Lines<'a> {
    /// The newest first.
    entries: &'a [LedgerEntry],
    /// The clock at the wall.
    zone: &'a TimeZone,
}

impl LedgerLines for Lines<'_> {
    fn len(&self) -> usize {
        self.entries.len()
    }

    fn line(&self, index: usize) -> LedgerLineView<'_> {
        let entry = &self.entries[index];
        let line = &entry.line;
        LedgerLineView {
            at: local_time(self.zone, line.at),
            engine: line.engine,
            amount: line.amount,
            outcome: match line.kind {
                LedgerKind::Accepted => Outcome::Charged,
                LedgerKind::NotCharged => Outcome::NotCharged,
                LedgerKind::Unknown if entry.is_open() => Outcome::Unsure,
                LedgerKind::Unknown => Outcome::PutAside,
            },
            request_id: line.request_id.as_deref(),
            job: line.job.clone(),
            has_sticker: entry.path.is_some(),
        }
    }
}

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

    /// The lines, once they were read.
    pub(in crate::app) fn lines<'a>(&'a self, cx: &'a AppContext) -> Option<Lines<'a>> {
        self.entries.shown().map(|entries| Lines { entries, zone: &cx.zone })
    }

    /// The ledger.
    pub(in crate::app) fn view<'a>(&self, lines: Option<&'a Lines<'a>>) -> LedgerView<'a> {
        let shown = lines.map(|lines| lines as &dyn LedgerLines);
        let period = |name, spending: &Spending| PeriodView {
            name,
            charged: (spending.counts.accepted, spending.spent),
            not_charged: spending.counts.not_charged,
            unsure: (spending.counts.unsure, spending.unsure),
        };
        LedgerView {
            lines: self.entries.with(shown),
            periods: [
                period("This session", &self.spent.session),
                period("Today", &self.spent.today),
                period("This month", &self.spent.month),
                period("All", &self.spent.all),
            ],
        }
    }
}
