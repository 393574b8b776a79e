//! What several tests need.

pub mod booth;
pub mod disk;
pub mod fake_engine;
pub mod fault_server;
pub mod files;
mod needs;
pub mod raw_server;
pub mod s3;
pub mod summary;

pub(crate) use needs::needs;
