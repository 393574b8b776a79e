//! One HTTP client for each purpose (submit, ask, fetch, upload) with its guards: addresses, redirects, proxies, caps; says "nothing was sent" or "something may have been".
//!
//! * [`Caller`] carries the key, to one [`Base`] only, and never follows a redirect.
//! * [`Fetcher`] gets pictures from links that others chose: no key, guarded addresses, capped size.
//! * [`Courier`] carries photos to hosts that a person set up, and never follows a redirect.
//! * [`Notifier`] tells webhooks; no key either.
//!
//! Nothing that goes to loopback ever takes a proxy: with `HTTP_PROXY` set, the library below would
//! send even those requests, key included, to the proxy.

mod address;
mod base;
mod caller;
mod client;
mod courier;
mod data_uri;
mod encoding;
mod error;
mod fetcher;
mod local_file;
mod network;
mod notifier;
mod reply;
mod resolver;
mod trust;

pub use address::{AddressError, Reach, check_link};
pub use base::{Base, is_loopback};
pub use caller::{Caller, Purpose};
pub use courier::{Content, Courier, CourierError, FilePart, Parcel, Verb};
pub use data_uri::{INLINE_BASE64, decode_data_uri, is_data_uri, to_data_uri};
pub use error::{BuildError, FetchError, SendError};
pub use fetcher::{FetchLimits, Fetched, Fetcher};
pub use local_file::{file_address, local_file};
pub use network::{LookUp, Names, Network, Timeouts};
pub use notifier::Notifier;
pub use reply::Reply;
pub use reqwest::Url;

/// How this program names itself to servers.
const USER_AGENT: &str = concat!("sticker-booth/", env!("CARGO_PKG_VERSION"));
