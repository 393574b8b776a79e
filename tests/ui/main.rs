//! Tests of the window's panels: by role and label, and as pictures.
#![expect(clippy::disallowed_methods, reason = "tests measure by the computer's own clock")]
#![expect(unreachable_pub, reason = "several test programs share the support modules")]
#![expect(clippy::unwrap_used, reason = "a broken arrangement ends a test at once")]

#[cfg(target_os = "linux")]
mod app;
mod cases;
mod contrast;
mod controls;
mod crop;
mod dialogs;
mod export;
mod finishing;
mod harness;
mod hosts;
mod kept;
mod keyboard;
mod layout;
mod looks;
mod money;
mod panels;
mod pictures;
mod reach;
#[cfg(target_os = "linux")]
#[path = "../support/s3.rs"]
#[expect(dead_code, reason = "the tests of hosting on the terminal need the rest of it")]
mod s3;
mod sample;
mod scale;
mod screenshots;
mod states;
mod sweep;

#[path = "../support/needs.rs"]
mod support;
