//! Tests of the window's panels: by role and label, and as pictures.
#![expect(clippy::unwrap_used, reason = "a broken arrangement ends a test at once")]

mod cases;
mod contrast;
mod controls;
mod crop;
mod dialogs;
mod harness;
mod hosts;
mod keyboard;
mod layout;
mod looks;
mod panels;
mod pictures;
mod sample;
mod screenshots;

#[path = "../support/needs.rs"]
mod support;
