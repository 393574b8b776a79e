//! The views of what stickers cost.

use jiff::tz::TimeZone;

use crate::app::state::State;
use crate::app::work::OverBudget;
use crate::jobs::{LedgerKind, Spending};
use crate::model::{EngineId, Money};
use crate::studio::LedgerEntry;
use crate::ui::view::{
    Budget, LedgerLineView, LedgerLines, LedgerView, NoticeView, Outcome, OverBudgetView, PeriodView,
};

/// The monthly budget, when there is one.
pub(in crate::app) fn budget(state: &State) -> Option<Budget> {
    let limits = &state.settings.budget;
    let limit = limits.refuse_above.or(limits.ask_above)?;
    Some(Budget { limit, committed: state.money.month.committed() })
}

/// Why the ticket says that the budget is used up.
pub(in crate::app) fn why_over_budget(state: &State) -> Option<String> {
    let limit = state.settings.budget.refuse_above.filter(|_| state.is_over_budget())?;
    let name = crate::model::money::HARD_BUDGET;
    let committed = state.money.month.committed();
    Some(format!("{committed} of {limit} are spent or set aside this month. Raise “{name}” in the settings to go on."))
}

/// Lines of the ledger; each is made when it is drawn.
pub(in crate::app) struct Lines<'a> {
    /// The newest first.
    pub entries: &'a [LedgerEntry],
    /// The clock at the wall.
    pub zone: &'a TimeZone,
}

impl LedgerLines for Lines<'_> {
    fn len(&self) -> usize {
        self.entries.len()
    }

    fn line(&self, index: usize) -> LedgerLineView<'_> {
        let entry = &self.entries[index];
        let line = &entry.line;
        LedgerLineView {
            at: line.at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
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

/// The ledger.
pub(in crate::app) fn ledger<'a>(state: &State, lines: Option<&'a Lines<'a>>) -> LedgerView<'a> {
    let shown = lines.map(|lines| lines as &dyn LedgerLines);
    let period = |name, spending: &Spending| PeriodView {
        name,
        charged: (spending.counts.accepted, spending.spent),
        not_charged: spending.counts.not_charged,
        unsure: (spending.counts.unsure, spending.unsure),
    };
    let money = &state.money;
    LedgerView {
        lines: super::with(&state.ledger, shown),
        periods: [
            period("This session", &money.session),
            period("Today", &money.today),
            period("This month", &money.month),
            period("All", &money.all),
        ],
    }
}

/// The decision to go above the amount of a month at which the person wants to be asked.
pub(in crate::app) fn over_budget(asked: &OverBudget) -> OverBudgetView {
    OverBudgetView { price: asked.price, limit: asked.limit, after: asked.after }
}

/// What is said once before the first hosted sticker.
pub(in crate::app) fn notice(state: &State) -> NoticeView {
    let count = state.run_count();
    NoticeView { count, price: EngineId::Pixazo.price() * count, asks_for_host: state.lacks_host() }
}

/// Jobs that are held for the key, and what they cost.
pub(in crate::app) fn held_for_key(state: &State) -> (usize, Money) {
    super::jobs::held(state, crate::app::jobs::KEY)
}
