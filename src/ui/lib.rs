//! Draws views of the state, reports what was asked.
//!
//! A panel borrows a small view, draws it and pushes [`action::Action`]s; what it keeps itself is
//! only about looking: what is folded, scrolled, half typed. Nothing here reads files, waits or
//! starts work.

pub mod action;
pub mod dialogs;
mod enabled;
pub mod export;
mod finishing;
pub mod gallery;
pub mod icons;
pub mod jobs;
pub mod recipe;
pub mod shell;
pub mod sweep;
pub mod theme;
pub mod topbar;
pub mod view;
pub mod viewer;
pub mod widgets;

use egui::Context;

/// Sets a context up: fonts, both themes, the loader of SVG icons, the watch on the keyboard.
pub fn install(ctx: &Context) {
    theme::install(ctx);
    egui_extras::install_image_loaders(ctx);
    widgets::focus::install(ctx);
}
