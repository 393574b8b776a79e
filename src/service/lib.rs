//! Everything that waits: the wire and its guards, jobs, photos and their hosts, the library, the keychain, this computer.
//!
//! It knows no window. [`studio`] builds all of it and owns it; the rest is used by the window and the terminal as it is.

pub mod api;
pub mod gateway;
pub mod hosting;
pub mod jobs;
pub mod keys;
pub mod library;
pub mod net;
pub mod photo;
pub mod platform;
pub mod settings;
pub mod store;
pub mod studio;

// Under the names that the rooms above use for them.
use ::export;
use ::finish;
use ::model;
use imaging::{engine, picture, vision};
