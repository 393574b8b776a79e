//! Which addresses a link that somebody else chose may lead to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

use super::base::is_loopback;

/// How far a link may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Only addresses of the public internet.
    Public,
    /// Those, and this computer: for an engine that runs on it.
    PublicAndLoopback,
    /// Those, and this person's own network: for hosts that they set up themselves.
    Anywhere,
}

/// Why a link is not followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The text is no URL.
    #[error("this is not a complete web address; it should start with https://")]
    NotAUrl,
    /// Another scheme than http or https.
    #[error("links that start with {0}: are not followed; use https")]
    Scheme(String),
    /// A base URL without TLS that is not on this computer.
    #[error("the address must start with https:// so that the key stays secret")]
    NeedsTls,
    /// The URL carries a user name or password.
    #[error("the address contains a user name or a password; take it out")]
    Credentials,
    /// A base URL with `?` or `#`.
    #[error("the address of a service has no ? or # part; take it out")]
    NotABase,
    /// A number in hexadecimal, octal or one piece, a trailing dot and the like.
    #[error("the host is written in an unusual way; write it plainly")]
    Spelling,
    /// The address belongs to this computer, a private network or no single host.
    #[error("the link leads to {0}, and is not followed")]
    Forbidden(&'static str),
}

/// Checks a link before any look-up: scheme, spelling and, where the host is a literal, the address.
///
/// A name passes here; what it resolves to is judged by the resolver, and every redirect is
/// checked like the first link.
pub fn check_link(text: &str, reach: Reach) -> Result<Url, AddressError> {
    let url = Url::parse(text.trim()).map_err(|_not_a_url| AddressError::NotAUrl)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(AddressError::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::Credentials);
    }
    check_spelling(text.trim(), &url)?;
    if is_loopback(&url) {
        return match reach {
            Reach::PublicAndLoopback | Reach::Anywhere => Ok(url),
            Reach::Public => Err(AddressError::Forbidden("this computer")),
        };
    }
    if let Some(ip) = literal(&url) {
        if let IpAddr::V6(v6) = ip
            && embedded_v4(v6).is_some()
        {
            return Err(AddressError::Spelling);
        }
        check_ip(ip, reach)?;
    }
    Ok(url)
}

/// Refuses hosts that the parser had to put right: `2130706433`, `0x7f.1`, `LOCALHOST.`.
pub(super) fn check_spelling(text: &str, url: &Url) -> Result<(), AddressError> {
    let host = url.host_str().ok_or(AddressError::NotAUrl)?;
    if host.ends_with('.') {
        return Err(AddressError::Spelling);
    }
    if !matches!(literal(url), Some(IpAddr::V4(_))) {
        return Ok(());
    }
    let after_scheme = text.split_once("://").map_or("", |(_, rest)| rest);
    let end = after_scheme.find([':', '/', '\\', '?', '#']).unwrap_or(after_scheme.len());
    if &after_scheme[..end] == host { Ok(()) } else { Err(AddressError::Spelling) }
}

/// The address, where the host is one.
pub(super) fn literal(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Judges one address, whether it stood in the link or came from a look-up.
///
/// An IPv6 address that wraps an IPv4 one (mapped, NAT64) is judged by what it wraps: behind a
/// NAT64 gateway every IPv4-only host looks like that.
pub(super) fn check_ip(ip: IpAddr, reach: Reach) -> Result<(), AddressError> {
    let forbidden = match ip {
        IpAddr::V4(v4) => forbidden_v4(v4),
        IpAddr::V6(v6) => match embedded_v4(v6) {
            Some(v4) => forbidden_v4(v4),
            None => forbidden_v6(v6),
        },
    };
    match forbidden {
        None => Ok(()),
        Some(_) if ip.is_loopback() && reach != Reach::Public => Ok(()),
        Some(PRIVATE_NETWORK) if reach == Reach::Anywhere => Ok(()),
        Some(what) => Err(AddressError::Forbidden(what)),
    }
}

/// What an address of somebody's own network is called.
const PRIVATE_NETWORK: &str = "a private network";

/// The special ranges of RFC 6890 and what they are.
fn forbidden_v4(ip: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = ip.octets();
    match (a, b, c) {
        (0, _, _) => Some("no host at all"),
        (127, _, _) => Some("this computer"),
        (10, _, _) | (172, 16..=31, _) | (192, 168, _) => Some(PRIVATE_NETWORK),
        (100, 64..=127, _) => Some("the provider's own network"),
        (169, 254, _) => Some("the local link"),
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 18..=19, _) | (198, 51, 100) | (203, 0, 113) => {
            Some("an address reserved for tests and protocols")
        }
        (224..=239, _, _) => Some("a group of hosts"),
        (240..=255, _, _) => Some("a reserved address"),
        _ => None,
    }
}

/// Outside `2000::/3` nothing is public; inside it some ranges tunnel or document.
fn forbidden_v6(ip: Ipv6Addr) -> Option<&'static str> {
    let segments = ip.segments();
    if ip.is_loopback() {
        return Some("this computer");
    }
    if ip.is_unspecified() {
        return Some("no host at all");
    }
    match segments[0] {
        0xff00..=0xffff => Some("a group of hosts"),
        0xfe80..=0xfebf => Some("the local link"),
        0xfc00..=0xfdff | 0xfec0..=0xfeff => Some(PRIVATE_NETWORK),
        0x2002 => Some("a tunnel"),
        0x2001 if segments[1] == 0 => Some("a tunnel"),
        0x2001 if segments[1] < 0x200 || segments[1] == 0xdb8 => Some("an address reserved for tests and protocols"),
        0x2000..=0x3fff => None,
        _ => Some("a reserved address"),
    }
}

/// The IPv4 address inside an IPv4-mapped (`::ffff:0:0/96`), IPv4-compatible (`::/96`) or NAT64
/// (`64:ff9b::/96`, RFC 6052) one.
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, high, low] = ip.segments();
    let wraps = match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] => true,
        [0, 0, 0, 0, 0, 0] => high != 0,
        _ => false,
    };
    let [first, second] = high.to_be_bytes();
    let [third, fourth] = low.to_be_bytes();
    wraps.then(|| Ipv4Addr::new(first, second, third, fourth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_into_this_computer_or_a_private_network_are_refused_however_they_are_spelled() {
        for link in [
            "http://localhost/a.jpg",
            "http://LOCALHOST./a.jpg",
            "http://face.localhost/a.jpg",
            "http://127.0.0.1/a.jpg",
            "http://127.1/a.jpg",
            "http://2130706433/a.jpg",
            "http://0x7f000001/a.jpg",
            "http://0x7f.1/a.jpg",
            "http://0177.0.0.1/a.jpg",
            "http://127.0.0.1./a.jpg",
            "http://１２７.0.0.1/a.jpg",
            "http://0.0.0.0/a.jpg",
            "http://10.1.2.3/a.jpg",
            "http://172.16.0.1/a.jpg",
            "http://192.168.1.1/a.jpg",
            "http://100.64.0.1/a.jpg",
            "http://169.254.169.254/latest/meta-data",
            "http://224.0.0.1/a.jpg",
            "http://255.255.255.255/a.jpg",
            "http://198.18.0.1/a.jpg",
            "http://[::1]/a.jpg",
            "http://[::]/a.jpg",
            "http://[::ffff:127.0.0.1]/a.jpg",
            "http://[::ffff:8.8.8.8]/a.jpg",
            "http://[::7f00:1]/a.jpg",
            "http://[64:ff9b::7f00:1]/a.jpg",
            "http://[64:ff9b::808:808]/a.jpg",
            "http://[64:ff9b:1::1]/a.jpg",
            "http://[fc00::1]/a.jpg",
            "http://[fe80::1]/a.jpg",
            "http://[ff02::1]/a.jpg",
            "http://[2002:7f00:1::]/a.jpg",
            "http://[2001:0:1::]/a.jpg",
        ] {
            let error = check_link(link, Reach::Public).unwrap_err();
            assert!(matches!(error, AddressError::Forbidden(_) | AddressError::Spelling), "{link}: {error}");
        }
    }

    #[test]
    fn a_public_address_in_an_odd_spelling_is_refused_too() {
        for link in
            ["http://134744072/a.jpg", "http://0x08080808/a.jpg", "http://8.8.2056/a.jpg", "http://dns.google./"]
        {
            assert_eq!(check_link(link, Reach::Public), Err(AddressError::Spelling), "{link}");
        }
    }

    #[test]
    fn only_http_and_https_without_credentials_are_links() {
        assert_eq!(check_link("ftp://example.com/a.jpg", Reach::Public), Err(AddressError::Scheme("ftp".into())));
        assert_eq!(check_link("file:///etc/passwd", Reach::Public), Err(AddressError::Scheme("file".into())));
        assert_eq!(check_link("data:image/png;base64,AA", Reach::Public), Err(AddressError::Scheme("data".into())));
        assert_eq!(check_link("https://me@example.com/", Reach::Public), Err(AddressError::Credentials));
        assert_eq!(check_link("face.jpg", Reach::Public), Err(AddressError::NotAUrl));
    }

    #[test]
    fn public_links_pass() {
        for link in [
            "https://example.com/face.jpg?size=2",
            " https://example.com/face.jpg ",
            "http://8.8.8.8:8080/face.jpg",
            "http://172.32.0.1/face.jpg",
            "https://[2606:4700::1111]/face.jpg",
        ] {
            assert!(check_link(link, Reach::Public).is_ok(), "{link}");
        }
    }

    #[test]
    fn loopback_passes_only_where_it_is_allowed_and_plainly_spelled() {
        for link in ["http://127.0.0.1:4100/a.jpg", "http://localhost:4100/a.jpg", "http://[::1]:4100/a.jpg"] {
            assert!(check_link(link, Reach::PublicAndLoopback).is_ok(), "{link}");
        }
        for link in ["http://2130706433/a.jpg", "http://localhost./a.jpg", "http://10.0.0.1/a.jpg", "http://0.0.0.0/"] {
            assert!(check_link(link, Reach::PublicAndLoopback).is_err(), "{link}");
        }
    }

    #[test]
    fn an_address_from_a_look_up_is_judged_by_what_it_wraps() {
        let check = |ip: &str| check_ip(ip.parse().unwrap(), Reach::Public);
        assert!(check("64:ff9b::808:808").is_ok());
        assert!(check("::ffff:8.8.8.8").is_ok());
        assert!(check("64:ff9b::a00:1").is_err());
        assert!(check("::ffff:169.254.169.254").is_err());
        assert!(check("192.168.0.9").is_err());
    }
}
