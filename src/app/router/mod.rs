//! The router: hands what a person asks and what comes back to the feature that it is about, and what a feature says of
//! that to the others. No feature knows another one's state by any other way.

mod actions;
mod brought;
mod commands;
mod events;
mod outcomes;
mod remembered;
mod runs;
mod undo;

pub(super) use undo::History;
