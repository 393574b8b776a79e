//! Tests through the front door.
#![expect(clippy::unwrap_used, reason = "a broken arrangement ends a test at once")]

mod keychain;
mod library;
mod photos;

#[path = "../support/mod.rs"]
mod support;
