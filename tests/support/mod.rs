//! What several tests need.

pub mod booth;
pub mod fake_engine;
pub mod files;
mod needs;
pub mod raw_server;

pub(crate) use needs::needs;
