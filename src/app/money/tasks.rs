//! Reads the ledger and makes it a table.

use std::path::PathBuf;

use super::MoneyEvent;
use crate::app::sentence::sentence;
use crate::app::worker::Worker;
use crate::platform;
use crate::studio::{StudioError, ledger_csv};

/// What is asked of the ledger.
pub(super) struct Tasks {
    worker: Worker<MoneyEvent>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) const fn new(worker: Worker<MoneyEvent>) -> Self {
        Self { worker }
    }

    /// Reads the ledger.
    pub(super) fn read(&self) {
        self.worker.spawn(|studio, teller| {
            teller.send(MoneyEvent::Entries(studio.ledger().map_err(|error| sentence(&error))));
        });
    }

    /// Makes the ledger a table for the clipboard.
    pub(super) fn copy(&self) {
        self.worker.spawn(|studio, teller| match studio.ledger() {
            Ok(entries) => teller.send(MoneyEvent::Table(ledger_csv(&entries))),
            Err(error) => teller.fail(&error),
        });
    }

    /// Saves the ledger as a table under this path.
    pub(super) fn save(&self, path: PathBuf, replace: bool) {
        self.worker.save_file(path, replace, "csv", move |studio, path, replace| -> Result<(), StudioError> {
            Ok(platform::save_atomically(path, ledger_csv(&studio.ledger()?).as_bytes(), replace)?)
        });
    }
}
