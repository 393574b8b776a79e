//! Moves requests through their states, never pays twice, survives restarts.

pub mod error;
pub mod job;
pub mod journal;
mod new_job;
mod photos;
mod row;
pub mod schedule;
pub mod state;
mod ticket;

pub use error::JobsError;
pub use new_job::{Budgets, JobPhoto, NewJob, PreparedPhoto, SoftBudget, Spending};
pub use row::{JobEvent, JobRow, Offer};
