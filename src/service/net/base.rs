//! The address of a service: checked once, then the only place a key travels to.

use std::net::IpAddr;

use reqwest::Url;

use super::address::{AddressError, check_spelling, literal};

/// The base URL of a service: https, or http on this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    url: Url,
}

impl Base {
    /// Checks `text`: https everywhere except on loopback; no credentials, no query.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let url = Url::parse(text).map_err(|_not_a_url| AddressError::NotAUrl)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(AddressError::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::NotABase);
        }
        check_spelling(text, &url)?;
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(AddressError::NeedsTls);
        }
        Ok(Self { url })
    }

    /// Does the service run on this computer?
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// The URL of `path`, which starts with `/`, below this base.
    pub fn join(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(&format!("{}{path}", self.url.path().trim_end_matches('/')));
        url
    }

    /// Is `url` on the same scheme, host and port, so that the key may go there?
    pub fn same_origin(&self, url: &Url) -> bool {
        url.scheme() == self.url.scheme()
            && url.host_str() == self.url.host_str()
            && url.port_or_known_default() == self.url.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none()
    }

    /// The host's name or address.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }
}

/// Does `url` name this computer, by address or by a name of its own?
pub fn is_loopback(url: &Url) -> bool {
    match literal(url) {
        Some(IpAddr::V4(ip)) => ip.is_loopback(),
        Some(IpAddr::V6(ip)) => ip.is_loopback(),
        None => url.host_str().is_some_and(is_loopback_name),
    }
}

/// `localhost` and everything below it (RFC 6761).
pub(super) fn is_loopback_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_https_except_on_this_computer() {
        for base in [
            "https://gateway.pixazo.ai",
            "https://example.com:8443/proxy/",
            "http://127.0.0.1:4100",
            "http://localhost:4100/",
            "http://[::1]:9",
        ] {
            assert!(Base::parse(base).is_ok(), "{base}");
        }
        for (base, error) in [
            ("http://gateway.pixazo.ai", AddressError::NeedsTls),
            ("http://192.168.0.2:4100", AddressError::NeedsTls),
            ("http://localhost.example.com", AddressError::NeedsTls),
            ("ws://localhost", AddressError::Scheme("ws".into())),
            ("https://me:secret@example.com", AddressError::Credentials),
            ("https://example.com/?a=1", AddressError::NotABase),
            ("http://2130706433", AddressError::Spelling),
            ("gateway.pixazo.ai", AddressError::NotAUrl),
            ("", AddressError::NotAUrl),
        ] {
            assert_eq!(Base::parse(base), Err(error), "{base}");
        }
    }

    #[test]
    fn paths_are_added_below_the_base() {
        for (base, expected) in [
            ("https://a.example", "https://a.example/x/y"),
            ("https://a.example/", "https://a.example/x/y"),
            ("https://a.example/under/", "https://a.example/under/x/y"),
        ] {
            assert_eq!(Base::parse(base).unwrap().join("/x/y").as_str(), expected);
        }
    }

    #[test]
    fn the_key_stays_with_scheme_host_and_port() {
        let base = Base::parse("https://a.example").unwrap();
        let same = |url: &str| base.same_origin(&Url::parse(url).unwrap());
        for own in [
            "https://a.example/v2/status/1",
            "https://A.EXAMPLE:443/",
            "HTTPS://a.example?id=1",
            r"https:\\a.example\x",
            "https://ａ.example/",
            // The host ends at the backslash, as it does for who sends the request.
            r"https://a.example\@evil.test/",
        ] {
            assert!(same(own), "{own}");
        }
        for other in [
            "http://a.example/",
            "https://b.example/",
            "https://a.example:8443/",
            "https://a.example.evil.test/",
            "https://a.example./",
            "https://evil.test/https://a.example/",
            "https://evil.test#a.example/",
            "https://a.example@evil.test/",
            "https://a.example:443@evil.test/",
            "https://a.example%2eevil.test/",
            "https://x@a.example/",
            "https://:x@a.example/",
            "wss://a.example/",
            "https://а.example/",
        ] {
            assert!(!same(other), "{other}");
        }
    }
}
