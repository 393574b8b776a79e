//! The views of decisions about money.

use crate::app::state::State;
use crate::model::EngineId;
use crate::ui::view::NoticeView;

/// Why the ticket says that the budget is used up.
pub(in crate::app) fn why_over_budget(state: &State) -> Option<String> {
    state.is_over_budget().then(|| state.money.why_above(&state.cx)).flatten()
}

/// What is said once before the first hosted sticker.
pub(in crate::app) fn notice(state: &State) -> NoticeView {
    let count = state.run_count();
    NoticeView { count, price: EngineId::Pixazo.price() * count, asks_for_host: state.lacks_host() }
}
