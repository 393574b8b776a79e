//! Sticker Booth turns a photo of a face into stickers.
//!
//! There is one way a sticker is made: a [`model::Recipe`] and a prepared photo become a request on
//! the documented wire, an HTTP client sends it, a job follows it, the library keeps the result.
//! "On this computer" is the embedded gateway on loopback; "Pixazo" is the hosted service. What
//! differs between them is data, one [`model::Engine`] value.
//!
//! ```text
//! click -> Action -> app -> studio -> jobs -> photo (prepare) -> hosting (URL) -> api -> hosted service
//!   ^                                  |                                            |
//!   |                                  v                                            +-> gateway -> engine
//! ui draws borrowed views <- state <- Event <- library (files + index)
//! ```
//!
//! # The map, in reading order
//!
//! Seven parts are crates of their own, so that cargo holds their arrows and each is compiled only when it changes; their
//! rooms are re-exported here under their own names. An edit in [`ui`] or [`app`] compiles nothing below them.
//!
//! * [`model`] (`src/model`): the nouns. Begin with [`model::parameter`], the one table that the command line, the gateway,
//!   the client and the form read.
//! * [`engine`], [`vision`] and [`picture`] (`src/imaging`, compiled for speed in every profile): a sticker from a photo.
//!   [`picture`] decodes what nobody vouches for, and [`photo`] prepares exactly what is sent. What resizes is below them
//!   (`src/resize`), since it takes longer to build than all of them.
//! * [`finish`] (`src/finish`): outlines, shadows, words and the brush on a sticker, from its untouched original.
//! * [`export`] (`src/export`): stickers as each platform wants them, and one table of rules that measures what was
//!   written.
//! * `src/service`: everything that waits. It knows no window, and [`photo`] above is in it too.
//!   * [`net`] and [`api`]: the wire, its guards, and the one judgement of a submit's outcome. [`gateway`] is the same
//!     wire from the other side.
//!   * [`jobs`]: the pure table of states, the journal that is written first, the drivers. [`hosting`] gives a photo its
//!     URL; [`library`] keeps what comes back, its index following the files of its folder; [`store`] opens their
//!     databases.
//!   * [`platform`], [`keys`], [`settings`]: this computer, its keychain, this person's preferences.
//!   * [`studio`]: builds all of the above and owns it.
//! * [`ui`] (`src/ui`), [`app`], [`cli`]: the window's panels, its state, and the same from a terminal. Begin in [`app`]
//!   with its router: it hands each action and each event to the feature that it is about, and what that says of it to the
//!   others. A feature is a folder that owns its state, its events and its work in the background.
//!
//! The faces that a person saw and chose travel with the prepared photo, beside its upload to the embedded gateway, so
//! that the engine draws that face and never looks again; a hosted service is told nothing of them.
//!
//! # Invariants
//!
//! *Architecture invariant:* rooms use each other only as the table in `tests/architecture.rs` says. Nothing below
//! [`app`] knows egui; [`ui`] sees neither jobs nor library, only small views that [`app`] builds.
//!
//! *Architecture invariant:* a feature of [`app`] knows nothing of the router above it, and no two know each other in a
//! circle; each gives back what happened.
//!
//! *Architecture invariant:* a request that may have cost money is never sent again without a person. The pure
//! [`jobs::state`] decides, the journal remembers before anything is sent.
//!
//! *Architecture invariant:* the UI thread never waits. It draws, moves values and hands work to [`studio`]'s runtime.
//!
//! *Architecture invariant:* types that are written to disk or wire are versioned, and files are replaced whole.

pub mod app;
pub mod cli;

pub use ::export;
pub use ::finish;
pub use ::model;
pub use ::ui;
pub use imaging::{engine, picture, vision};
pub use service::{api, gateway, hosting, jobs, keys, library, net, photo, platform, settings, store, studio};
