//! Whose secret it is: the name under which the keychain keeps it.

use std::fmt;

/// Names one secret. Its text is the *user* of the keychain item, whose *service* is [`Account::SERVICE`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Account {
    user: String,
    is_engine: bool,
}

impl Account {
    /// The service of every item, so that other programs can look one up.
    pub const SERVICE: &'static str = "sticker-booth";

    /// The key of the engine at this host, such as `gateway.pixazo.ai`.
    pub fn engine_at(host: &str) -> Self {
        Self { user: host.to_ascii_lowercase(), is_engine: true }
    }

    /// The key of the engine at this base URL; `None` when it has no host.
    pub fn engine_at_url(base_url: &str) -> Option<Self> {
        let (_, rest) = base_url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let host = if host_and_port.starts_with('[') {
            host_and_port.split_inclusive(']').next()?
        } else {
            host_and_port.split(':').next()?
        };
        (!host.is_empty()).then(|| Self::engine_at(host))
    }

    /// The secret of the photo host that a person gave this name.
    pub fn photo_host(name: &str) -> Self {
        Self { user: format!("photo-host:{name}"), is_engine: false }
    }

    /// The name in the keychain.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Is it an engine's key, which the environment may bring?
    pub(super) const fn is_engine(&self) -> bool {
        self.is_engine
    }
}

/// A bare text is the host of an engine.
impl From<&str> for Account {
    fn from(host: &str) -> Self {
        Self::engine_at(host)
    }
}

impl From<&Self> for Account {
    fn from(account: &Self) -> Self {
        account.clone()
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_of_a_base_url_is_its_host_alone() {
        for (url, user) in [
            ("https://gateway.pixazo.ai", Some("gateway.pixazo.ai")),
            ("https://Gateway.Pixazo.ai/v1/", Some("gateway.pixazo.ai")),
            ("http://127.0.0.1:8080", Some("127.0.0.1")),
            ("http://[::1]:8080/x", Some("[::1]")),
            ("https://name:pass@example.com:1/", Some("example.com")),
            ("https://", None),
            ("gateway.pixazo.ai", None),
        ] {
            assert_eq!(Account::engine_at_url(url).as_ref().map(Account::user), user, "{url}");
        }
    }
}
