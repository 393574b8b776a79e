//! Tests of the window's panels: by role and label, and as pictures.
#![expect(unreachable_pub, reason = "several test programs share the support modules")]
#![expect(clippy::unwrap_used, reason = "a broken arrangement ends a test at once")]

#[cfg(target_os = "linux")]
mod app;
mod cases;
mod contrast;
mod controls;
mod crop;
mod dialogs;
mod harness;
mod keyboard;
mod layout;
mod looks;
mod money;
mod panels;
mod pictures;
mod reach;
mod sample;
mod scale;
mod screenshots;
mod states;
mod sweep;

#[path = "../support/needs.rs"]
mod support;
