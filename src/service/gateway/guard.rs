//! Who may ask: requests meant for this computer, with the key.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

use crate::api::wire::KEY_HEADER;

use super::refused::Refused;
use super::shared::Shared;

/// Lets only requests through whose `Host` is this computer: a page whose name was made to lead
/// here (DNS rebinding) still sends its own name.
pub(super) async fn loopback_host(request: Request, next: Next) -> Response {
    let mut hosts = request.headers().get_all(HOST).iter().peekable();
    let is_meant_here = hosts.peek().is_some() && hosts.all(|host| host.to_str().is_ok_and(is_loopback_host));
    if is_meant_here { next.run(request).await } else { Refused::host().into_response() }
}

/// Lets only requests with the key through.
pub(super) async fn key(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    if has_key(request.headers(), &shared.key_digest) {
        next.run(request).await
    } else {
        Refused::key().into_response()
    }
}

/// The key's digest. Digests are compared, so that the time of a comparison says nothing about the key.
pub(super) fn digest(key: &[u8]) -> [u8; 32] {
    Sha256::digest(key).into()
}

/// Does a request carry the key?
pub(super) fn has_key(headers: &HeaderMap, key_digest: &[u8; 32]) -> bool {
    headers.get(KEY_HEADER).is_some_and(|key| digest(key.as_bytes()) == *key_digest)
}

/// Is `host`, with or without a port, a name of this computer?
fn is_loopback_host(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
    bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_computer_are_let_in() {
        for host in ["127.0.0.1", "127.0.0.1:8787", "localhost", "LOCALHOST:1", "[::1]", "[::1]:8787"] {
            assert!(is_loopback_host(host), "{host}");
        }
        for host in
            ["", "evil.test", "evil.test:8787", "127.0.0.1.evil.test", "localhost.evil.test", "10.0.0.1", "0.0.0.0:80"]
        {
            assert!(!is_loopback_host(host), "{host}");
        }
    }
}
