//! What stickers cost: what was spent, the budgets of a month, and every line of the ledger.

mod tasks;
mod views;

use std::path::PathBuf;

use super::context::AppContext;
use super::worker::Worker;
use crate::model::ledger::{LedgerEntry, Spent};
use crate::model::{Money, Remote};
use crate::ui::action::Dialog;
use tasks::Tasks;

/// What the window knows about money.
#[derive(Default)]
pub(super) struct Ledger {
    spent: Spent,
    /// Every line, newest first; read when it is looked at.
    entries: Remote<Vec<LedgerEntry>>,
    tasks: Option<Tasks>,
}

/// What came back. Errors are whole sentences.
pub(super) enum MoneyEvent {
    /// Every line of the ledger, newest first.
    Entries(Result<Vec<LedgerEntry>, String>),
    /// The ledger as a table for the clipboard.
    Table(String),
}

impl Ledger {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<MoneyEvent>) {
        self.tasks = Some(Tasks::new(worker));
    }

    /// What was spent, by the time it is asked about.
    pub(super) const fn spent(&self) -> &Spent {
        &self.spent
    }

    /// This was spent by now; the open ledger is read anew.
    pub(super) fn is_spent(&mut self, spent: Spent, cx: &AppContext) {
        self.spent = spent;
        if cx.dialog == Some(Dialog::Ledger) {
            self.read();
        }
    }

    /// Opens the ledger, and reads it anew.
    pub(super) fn open_dialog(&mut self, cx: &mut AppContext) {
        self.read();
        cx.dialog = Some(Dialog::Ledger);
    }

    fn read(&mut self) {
        let previous = self.entries.shown().cloned();
        self.entries = Remote::Loading { previous };
        if let Some(tasks) = &self.tasks {
            tasks.read();
        }
    }

    /// Copies the whole ledger as a table.
    pub(super) fn copy(&self) {
        if let Some(tasks) = &self.tasks {
            tasks.copy();
        }
    }

    /// Saves it as a table under this path.
    pub(super) fn save(&self, path: PathBuf, replace: bool) {
        if let Some(tasks) = &self.tasks {
            tasks.save(path, replace);
        }
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: MoneyEvent, cx: &mut AppContext) {
        match event {
            MoneyEvent::Entries(Ok(entries)) => self.entries = Remote::Ready(entries),
            MoneyEvent::Entries(Err(error)) => self.entries = Remote::Failed { previous: None, error },
            MoneyEvent::Table(table) => {
                cx.egui.copy_text(table);
                cx.tell("The ledger is on the clipboard.".to_owned(), None);
            }
        }
    }

    /// Would this price go above the amount of a month at which to stop?
    pub(super) fn goes_above(&self, price: Money, cx: &AppContext) -> bool {
        let limit = cx.settings.budget.refuse_above;
        !price.is_zero() && limit.is_some_and(|limit| self.spent.month.committed() + price > limit)
    }

    /// What is left of the month's budget when this much more is spent.
    pub(super) fn left_after(&self, price: Money, cx: &AppContext) -> Option<Money> {
        let limit = cx.settings.budget.refuse_above?;
        let after = self.spent.month.committed() + price;
        Some(if after < limit { limit - after } else { Money::ZERO })
    }
}
