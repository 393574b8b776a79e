//! What can go wrong on the way, sorted by the one question that counts: did anything leave?

use std::error::Error as _;
use std::time::Duration;

use super::{AddressError, Reply, is_loopback};

/// A client could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The key has characters that no HTTP header may carry.
    #[error("the key contains a line break or another character that cannot be sent; copy it again")]
    Key,
    /// TLS could not be set up.
    #[error("the network client could not start: {0}")]
    Client(String),
}

/// A request that carries a key brought no whole answer.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// No byte of the request left this computer.
    #[error("nothing was sent: {0}")]
    NothingSent(String),
    /// All of it, or a part, may have arrived.
    #[error("the request may have arrived, but no answer came: {0}")]
    MaybeSent(String),
    /// The answer began and broke off; what came of it is kept.
    #[error("the answer broke off: {reason}")]
    BrokenReply {
        /// The status line, the headers and the part of the body that came.
        reply: Reply,
        /// What happened.
        reason: String,
    },
    /// The answer has more bytes than are taken into memory.
    #[error("the answer is larger than {} MiB", .cap / (1024 * 1024))]
    TooLarge {
        /// The status line, the headers and the first `cap` bytes of the body.
        reply: Reply,
        /// Most bytes that are taken.
        cap: usize,
    },
}

impl SendError {
    /// What an error of the library below proves about the request.
    pub(super) fn of(error: reqwest::Error) -> Self {
        // Only these two prove that no body left: everything else looks alike on the wire.
        let proves_nothing_left = error.is_connect() || error.is_builder();
        let reason = reason(error);
        if proves_nothing_left { Self::NothingSent(reason) } else { Self::MaybeSent(reason) }
    }
}

/// A picture could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The link, or where it leads, is not followed.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The server answered with something else than 200.
    #[error("the server answered HTTP {status} instead of the file")]
    Status {
        /// The HTTP status.
        status: u16,
        /// How long it asks to wait, where it says so.
        retry_after: Option<Duration>,
    },
    /// More than the cap.
    #[error("the file is larger than {} MiB; choose a smaller one", .cap / (1024 * 1024))]
    TooLarge {
        /// Most bytes that are taken.
        cap: usize,
    },
    /// It took too long in all.
    #[error("the file did not arrive within {} seconds", .0.as_secs())]
    TooSlow(Duration),
    /// More hops than are followed.
    #[error("the link was redirected more than {0} times")]
    TooManyRedirects(usize),
    /// A redirect without a usable target.
    #[error("the server redirected to nowhere")]
    BrokenRedirect,
    /// Base64 or shape of a data URI is wrong.
    #[error("the data URI cannot be read; it must look like data:image/png;base64,\u{2026}")]
    DataUri,
    /// The connection failed or broke off.
    #[error("the file could not be fetched: {0}")]
    Network(String),
}

impl FetchError {
    /// May the same link work later?
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Network(_) | Self::TooSlow(_) => true,
            Self::Status { status, .. } => matches!(status, 408 | 409 | 425 | 429 | 500..),
            Self::Address(_)
            | Self::TooLarge { .. }
            | Self::TooManyRedirects(_)
            | Self::BrokenRedirect
            | Self::DataUri => false,
        }
    }
}

/// The sentence for a failure of the HTTP library.
///
/// Its own text would print the whole URL, a presigned signature included; what is printed here is
/// only the innermost cause.
pub(super) fn reason(error: reqwest::Error) -> String {
    let is_here = error.url().is_some_and(is_loopback);
    let error = error.without_url();
    let mut cause: &(dyn std::error::Error + 'static) = &error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    match () {
        () if error.is_timeout() && error.is_connect() => "no connection in time".to_owned(),
        () if error.is_timeout() => "no answer in time".to_owned(),
        () if error.is_dns() => format!("the host's address could not be found ({cause})"),
        () if error.is_connect() && is_here && leads_nowhere(cause) => OWN_NETWORK_OFF.to_owned(),
        () if error.is_connect() => format!("no connection ({cause})"),
        () => cause.to_string(),
    }
}

/// Said where not even this computer can be reached, as in a sandbox whose network is off altogether.
const OWN_NETWORK_OFF: &str = "this computer's own network is off, and its engine is reached by it: turn the loopback \
                               device on, on Linux with `ip link set lo up`";

/// Is there no way to an address at all?
fn leads_nowhere(cause: &(dyn std::error::Error + 'static)) -> bool {
    use std::io::ErrorKind::{HostUnreachable, NetworkDown, NetworkUnreachable};
    let kind = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    matches!(kind, Some(NetworkUnreachable | NetworkDown | HostUnreachable))
}

/// The guard's refusal inside an error of the HTTP library, when it was that.
pub(super) fn refused_address(error: &reqwest::Error) -> Option<AddressError> {
    let mut cause = error.source();
    while let Some(source) = cause {
        if let Some(io) = source.downcast_ref::<std::io::Error>()
            && let Some(address) = io.get_ref().and_then(|inner| inner.downcast_ref::<AddressError>())
        {
            return Some(address.clone());
        }
        if let Some(address) = source.downcast_ref::<AddressError>() {
            return Some(address.clone());
        }
        cause = source.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;

    #[test]
    fn only_a_network_that_is_off_leads_nowhere() {
        for kind in [ErrorKind::NetworkUnreachable, ErrorKind::NetworkDown, ErrorKind::HostUnreachable] {
            assert!(leads_nowhere(&Error::from(kind)), "{kind}");
        }
        // An address that is not available is a computer out of ports.
        let others = [
            ErrorKind::ConnectionRefused,
            ErrorKind::TimedOut,
            ErrorKind::ConnectionReset,
            ErrorKind::AddrNotAvailable,
        ];
        for kind in others {
            assert!(!leads_nowhere(&Error::from(kind)), "{kind}");
        }
        assert!(!leads_nowhere(&AddressError::NotAUrl));
    }
}
