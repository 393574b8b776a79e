//! Gives prepared bytes a URL, remembers where they went, takes them back.
//!
//! * [`Hosts`] is what others hold: [`check`](Hosts::check) before a job stands in line, [`place`](Hosts::place) and
//!   [`link`](Hosts::link) before it is submitted, [`delete`](Hosts::delete) when no job needs the photo any more.
//! * `host` is the closed list of hosts; `s3`, `anonymous` and `sharex` speak with them; `check` looks at a link as the
//!   service will.
//! * `ledger` writes down what goes where, before the first byte leaves.
//! * [`Loopback`] is the host on this computer, whose photos never leave it and stand in no ledger.

mod anonymous;
mod check;
mod error;
mod host;
mod hosts;
mod ledger;
mod loopback;
mod redact;
mod s3;
mod sharex;
mod taking_back;
mod upload;

use std::time::Duration;

pub use error::HostingError;
pub use hosts::{Hosts, HostsOptions, OpenError, OutgoingPhoto, Placed};
pub use loopback::Loopback;
pub use redact::without_signatures;
pub use sharex::{SharexError, read_sharex};
pub use upload::{Standing, Upload};

use crate::model::photo_host::PHOTO_LIFETIME_SECONDS;

/// How long a photo can be fetched: the shortest that outlives queue and retries.
const LIFETIME: Duration = Duration::from_secs(PHOTO_LIFETIME_SECONDS as u64);

/// A photo with less time left is sent anew: the service may take a while to fetch it.
const RENEW_BEFORE: Duration = Duration::from_mins(15);
