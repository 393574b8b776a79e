//! Moves requests through their states, never pays twice, survives restarts.

mod new_job;
mod row;
pub mod schedule;
pub mod state;
mod ticket;

pub use new_job::{Budgets, JobPhoto, NewJob, PreparedPhoto, SoftBudget, Spending};
pub use row::{JobEvent, JobRow, Offer};
