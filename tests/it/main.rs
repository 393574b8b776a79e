//! Tests through the front door.
#![expect(clippy::disallowed_methods, reason = "tests measure by the computer's own clock")]
#![expect(unreachable_pub, reason = "several test programs share the support modules")]
#![expect(clippy::case_sensitive_file_extension_comparisons, reason = "tests know how their own files are named")]
#![expect(clippy::unwrap_used, reason = "a broken arrangement ends a test at once")]

mod canary;
mod corpus;
#[cfg(unix)]
mod crash;
mod documentation;
mod endings;
mod export;
mod finishing;
mod formats;
mod full_disk;
mod gateway;
mod hostile;
mod hosting;
#[cfg(unix)]
mod interruption;
mod jobs;
mod keychain;
mod large;
mod library;
mod library_on_disk;
mod make;
mod money;
mod names;
mod notification;
mod output;
mod people;
mod photos;
mod proxies;
mod reading;
mod trust;
mod wire;

#[path = "../support/judge.rs"]
mod judge;
#[path = "../support/mod.rs"]
mod support;
