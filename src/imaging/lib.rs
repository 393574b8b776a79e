//! Pictures: decodes what nobody vouches for, looks at it with three networks, and draws stickers of it.
//!
//! A crate of its own so that it is compiled for speed in every profile, and only when it changes.

pub mod engine;
pub mod picture;
pub mod vision;
