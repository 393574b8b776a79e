//! What can go wrong with a photo on its way to a host and back, and whether it is worth trying again.

use crate::keys::KeyError;
use crate::model::Disclosure;
use crate::net::{AddressError, CourierError, FetchError, Reply, SendError};
use crate::store::StoreError;

/// A photo could not be given a URL, or not be taken back. Nothing was sent to the engine and nothing was charged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostingError {
    /// The hosted service cannot see this computer, and no host was chosen.
    #[error(
        "hosting of photos is not set up yet, and the service cannot see files of this computer: choose a host for photos, use a link to the photo, or the engine on this computer"
    )]
    NotSetUp,
    /// The engine on this computer is not running.
    #[error("the engine on this computer is not running: start Sticker Booth again")]
    NoEngine,
    /// There is no host of this name.
    #[error("there is no host for photos named {host}: choose another one, or set it up")]
    Unknown {
        /// The name.
        host: String,
    },
    /// The person has not agreed yet that photos go there.
    #[error("nobody has agreed yet that photos go to {host}, so nothing was sent. {disclosure}")]
    ConsentNeeded {
        /// The host's name.
        host: String,
        /// What to agree to.
        disclosure: Box<Disclosure>,
    },
    /// The host's secret is not there.
    #[error("the {what} of {host} is not there, so nothing was sent: enter it again, or set STICKER_BOOTH_HOST_SECRET")]
    NoSecret {
        /// The host's name.
        host: String,
        /// What its secret is called.
        what: &'static str,
    },
    /// The host's secret could not be asked for.
    #[error("the secret of {host} could not be read, so nothing was sent: {reason}")]
    Keychain {
        /// The host's name.
        host: String,
        /// What the keychain says.
        reason: String,
        /// May it be there later?
        temporary: bool,
    },
    /// The engine is elsewhere, and cannot fetch from the host.
    #[error(
        "{host} leads to {place}, which the hosted service cannot reach, so nothing was sent or charged: choose a host on the internet"
    )]
    Private {
        /// The host's name.
        host: String,
        /// What its address is.
        place: &'static str,
    },
    /// The host's settings cannot work.
    #[error(
        "the host {host} is not set up rightly, so nothing was sent ({reason}): correct it in the hosts for photos"
    )]
    Setup {
        /// The host's name.
        host: String,
        /// What is wrong.
        reason: String,
    },
    /// The host did not answer, or not as it should; it may later.
    #[error("the photo could not be handed over ({reason})")]
    Temporary {
        /// What happened.
        reason: String,
    },
    /// The host said no.
    #[error("the host {host} did not take the photo ({said}), nothing was submitted or charged: {remedy}")]
    Refused {
        /// The host's name.
        host: String,
        /// What it said.
        said: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The host refused because the time of this computer is wrong.
    #[error(
        "{host} did not take the photo because the clock of this computer is {off}, nothing was submitted or charged: set the clock and try again"
    )]
    Clock {
        /// The host's name.
        host: String,
        /// How wrong it is.
        off: String,
    },
    /// The link does not lead to the photo, so the service would fail over it.
    #[error(
        "the photo is at {host}, but its link does not work ({reason}), nothing was submitted or charged: {remedy}"
    )]
    BadLink {
        /// The host's name.
        host: String,
        /// What is wrong with it.
        reason: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A link of the person's own does not lead to a photo that the service can use.
    #[error(
        "the link to the photo does not work ({reason}), nothing was submitted or charged: check it, or use the photo as a file"
    )]
    Link {
        /// What is wrong with it.
        reason: String,
    },
    /// The link led to the photo once, and does no longer: it is hosted again.
    #[error("the photo is no longer at {host}: it is sent there again")]
    Gone {
        /// The host's name.
        host: String,
    },
    /// The photo is still at the host.
    #[error("the photo is still at {host} ({reason}): {remedy}")]
    NotTakenBack {
        /// The host's name.
        host: String,
        /// Why.
        reason: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The list of uploads could not be read or written.
    #[error("the list of photos at hosts could not be used, so nothing was sent: {reason}")]
    Ledger {
        /// What the database says.
        reason: String,
    },
    /// There is no upload with this id.
    #[error("there is no upload {id}: look at the list of uploads")]
    NoUpload {
        /// The id.
        id: String,
    },
}

/// Said when a deletion may work later.
pub(super) const TRIED_AGAIN: &str = "it is tried again at the next start, or delete it there";

impl HostingError {
    /// May the same succeed later, with nothing changed? This is the one table.
    pub const fn is_temporary(&self) -> bool {
        match self {
            Self::Temporary { .. } | Self::Gone { .. } | Self::Ledger { .. } | Self::NotTakenBack { .. } => true,
            Self::Keychain { temporary, .. } => *temporary,
            Self::NotSetUp
            | Self::NoEngine
            | Self::Unknown { .. }
            | Self::ConsentNeeded { .. }
            | Self::NoSecret { .. }
            | Self::Private { .. }
            | Self::Setup { .. }
            | Self::Refused { .. }
            | Self::Clock { .. }
            | Self::BadLink { .. }
            | Self::Link { .. }
            | Self::NoUpload { .. } => false,
        }
    }

    pub(super) fn setup(host: &str, reason: &(impl ToString + ?Sized)) -> Self {
        Self::Setup { host: host.to_owned(), reason: reason.to_string() }
    }

    pub(super) fn temporary(reason: &(impl ToString + ?Sized)) -> Self {
        Self::Temporary { reason: reason.to_string() }
    }

    pub(super) fn keychain(host: &str, error: &KeyError) -> Self {
        let temporary = matches!(error, KeyError::Locked | KeyError::TimedOut);
        Self::Keychain { host: host.to_owned(), reason: error.to_string(), temporary }
    }
}

impl From<StoreError> for HostingError {
    fn from(error: StoreError) -> Self {
        Self::Ledger { reason: error.to_string() }
    }
}

/// A photo did not get to a host.
#[derive(Debug)]
pub(super) struct NotPut {
    /// Why.
    pub(super) error: HostingError,
    /// May it lie there all the same?
    pub(super) may_be_there: bool,
}

impl NotPut {
    /// It is certain that the host has nothing.
    pub(super) fn nothing_there(error: HostingError) -> Self {
        Self { error, may_be_there: false }
    }

    /// What became of a parcel that brought no answer.
    pub(super) fn of(host: &str, error: CourierError) -> Self {
        let may_be_there = matches!(&error, CourierError::Send(error) if !matches!(error, SendError::NothingSent(_)));
        Self { error: undelivered(host, error), may_be_there }
    }

    /// What an answer means that is not the one that was hoped for.
    pub(super) fn answered(host: &str, reply: &Reply, words: &str) -> Self {
        Self { error: refused(host, reply, words), may_be_there: !matches!(reply.status, 400..=499) }
    }
}

/// The error for a parcel that brought no answer.
pub(super) fn undelivered(host: &str, error: CourierError) -> HostingError {
    match error {
        CourierError::Address(error) => address(host, &error),
        CourierError::Header(_) => HostingError::setup(host, &error),
        CourierError::Send(error) => HostingError::temporary(&error),
    }
}

/// The error for an address that photos do not go to.
pub(super) fn address(host: &str, error: &AddressError) -> HostingError {
    match error {
        AddressError::Forbidden(place) => HostingError::Private { host: host.to_owned(), place },
        other => HostingError::setup(host, other),
    }
}

/// Can the same request get another answer later?
pub(super) const fn status_is_temporary(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500..)
}

/// The error for an answer that is not the one that was hoped for; `words` are the host's own, without secrets.
pub(super) fn refused(host: &str, reply: &Reply, words: &str) -> HostingError {
    let said =
        if words.is_empty() { format!("HTTP {}", reply.status) } else { format!("HTTP {}: {words}", reply.status) };
    if status_is_temporary(reply.status) {
        return HostingError::temporary(&format!("{host} said {said}"));
    }
    let remedy = match reply.status {
        401 | 403 => "check its key, and enter it again",
        413 => "send a smaller part of the photo",
        404 | 405 => "check its address",
        _ => "check its settings, or choose another host",
    };
    HostingError::Refused { host: host.to_owned(), said, remedy }
}

/// Does this failed fetch show that the file is no longer there?
pub(super) fn shows_gone(error: &FetchError) -> bool {
    matches!(error, FetchError::Status { status: 400..=499, .. }) && !error.is_temporary()
}

/// At most this much of a host's own words is repeated.
const MOST_WORDS: usize = 200;

/// The host's own words in an answer, on one line, without `secrets`; empty for a page of HTML.
pub(super) fn words(text: &str, secrets: &[&str]) -> String {
    let text = text.trim();
    if text.starts_with('<') && !text.starts_with("<?xml") {
        return String::new();
    }
    let mut words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for secret in secrets.iter().filter(|secret| secret.len() >= 4) {
        words = words.replace(*secret, "…");
    }
    words.chars().take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16) -> Reply {
        Reply { status, ..Reply::default() }
    }

    #[test]
    fn a_host_that_is_busy_or_broken_is_tried_again_and_one_that_says_no_is_not() {
        for status in [408, 425, 429, 500, 502, 503, 504] {
            assert!(refused("h", &reply(status), "").is_temporary(), "{status}");
        }
        for status in [301, 400, 401, 403, 404, 405, 411, 413, 415] {
            let error = refused("h", &reply(status), "no");
            assert!(!error.is_temporary() && error.to_string().contains("nothing was submitted or charged"), "{error}");
        }
    }

    #[test]
    fn only_a_photo_that_was_refused_or_never_left_is_surely_not_there() {
        let send = |error: SendError| NotPut::of("h", CourierError::Send(error)).may_be_there;
        assert!(!send(SendError::NothingSent("x".into())) && send(SendError::MaybeSent("x".into())));
        assert!(
            !NotPut::answered("h", &reply(403), "").may_be_there && NotPut::answered("h", &reply(502), "").may_be_there
        );
    }

    #[test]
    fn the_hosts_words_are_short_and_without_secrets() {
        assert_eq!(words(" bad key\n k-123456 ", &["k-123456", ""]), "bad key …");
        assert_eq!(words("<html>Sign in</html>", &[]), "");
        assert_eq!(words(&"x".repeat(999), &[]).len(), MOST_WORDS);
    }
}
