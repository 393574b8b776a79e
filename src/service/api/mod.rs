//! Wire types, and the client of the two endpoints.
//!
//! [`Client`] does the talking; everything it decides is decided by pure functions over a
//! [`Reply`](crate::net::Reply): [`classify`] for a submit, [`Answer::read`] for a question.

mod answer;
mod client;
mod harvest;
mod poll;
mod redact;
mod submission;
mod text;
pub mod wire;

pub use crate::net::{FetchError, Names, Network, Timeouts, is_data_uri};
pub use answer::{Answer, Phase};
pub use client::{ApiError, Client, ClientOptions, KeyCheck};
pub use poll::AskError;
pub use submission::{Refusal, Submission, Ticket, classify};
