//! Moves requests through their states, never pays twice, survives restarts.
//!
//! * [`state`] decides, purely; [`schedule`] says when, purely.
//! * [`journal`] writes down what was decided before anything is done about it.
//! * `runner` does it; [`Jobs`] is what others hold.

pub mod error;
mod handle;
pub mod job;
pub mod journal;
mod new_job;
mod options;
mod photos;
mod pictures;
mod reading;
mod results;
mod room;
mod row;
mod runner;
pub mod schedule;
mod spending;
pub mod state;
mod table;
mod unfit;
mod uploads;

pub use crate::model::Hold;
pub use crate::model::ledger::LedgerKind;
pub use error::JobsError;
pub use handle::Jobs;
pub use new_job::{Budgets, JobPhoto, NewJob, PreparedPhoto, SoftBudget};
pub use options::{JobsOptions, Started};
pub use row::{JobEvent, JobRow};
pub use runner::{Adopt, LocalEngine};
pub use state::{Missing, OnRefusedKey};
