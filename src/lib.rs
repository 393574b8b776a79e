//! Sticker Booth turns a photo of a face into stickers.
//!
//! There is one way a sticker is made: a [`model::Recipe`] and a prepared photo become a request on
//! the documented wire, an HTTP client sends it, a job follows it, the library keeps the result.
//! "On this computer" is the embedded gateway on loopback; "Pixazo" is the hosted service. What
//! differs between them is data, one [`model::Engine`] value.

pub mod api;
pub mod app;
pub mod cli;
pub mod engine;
pub mod gateway;
pub mod hosting;
pub mod jobs;
pub mod keys;
pub mod library;
pub mod model;
pub mod net;
pub mod photo;
pub mod picture;
pub mod platform;
pub mod settings;
pub mod store;
pub mod studio;
pub mod ui;
pub mod vision;
