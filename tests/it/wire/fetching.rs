//! Links that others chose: no key, whole files, bounds, and addresses that are not followed.

use std::time::Duration;

use secrecy::SecretString;
use sticker_booth::api::{Client, ClientOptions, Network};
use sticker_booth::net::{AddressError, FetchError, FetchLimits, Fetcher, Reach};

use super::{KEY, client};
use crate::support::raw_server::{Act, RawServer};

#[tokio::test]
async fn results_are_fetched_without_the_key_and_only_whole() {
    let server = RawServer::start([
        Act::answer(200, &[("Content-Type", "image/png")], b"whole"),
        Act::say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut"),
        Act::say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ncut"),
        Act::answer(429, &[("Retry-After", "4")], b""),
        Act::answer(404, &[], b""),
    ])
    .await;
    let client = client(&server);
    let link = format!("{}/a.png?X-Amz-Signature=secret", server.base_url());
    let fetched = client.fetch(&link).await.unwrap();
    assert_eq!((fetched.bytes.as_slice(), fetched.content_type.as_deref()), (&b"whole"[..], Some("image/png")));
    for _ in 0..2 {
        let error = client.fetch(&link).await.unwrap_err();
        assert!(error.is_temporary() && !error.to_string().contains("secret"), "{error}");
    }
    let busy = client.fetch(&link).await.unwrap_err();
    assert!(matches!(busy, FetchError::Status { status: 429, retry_after: Some(wait) } if wait.as_secs() == 4));
    let gone = client.fetch(&link).await.unwrap_err();
    assert!(matches!(gone, FetchError::Status { status: 404, .. }) && !gone.is_temporary());
    for request in server.heard() {
        let head = request.head.to_ascii_lowercase();
        assert!(!head.contains(KEY) && !head.contains("subscription-key") && !head.contains("referer"), "{head}");
    }
    assert_eq!(client.fetch("data:image/png;base64,aGk=").await.unwrap().bytes, b"hi");
}

#[tokio::test]
async fn a_fetch_is_bounded_in_size_time_and_redirects() {
    let limits = FetchLimits { bytes: 1000, time: Duration::from_millis(300) };
    let fetcher = Fetcher::new(Reach::PublicAndLoopback, limits).unwrap();
    let endless = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(5000));
    for (act, expected) in [
        (Act::say("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx"), "too large"),
        (Act::say(&endless), "too large"),
        (Act::Stall, "too slow"),
        (Act::Drip(format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(900)).into_bytes()), "too slow"),
        (Act::answer(302, &[("Location", "/again")], b""), "redirects"),
        (Act::answer(302, &[], b""), "nowhere"),
    ] {
        let server = RawServer::start([act.clone()]).await;
        let error = fetcher.fetch(&format!("{}/a.png", server.base_url())).await.unwrap_err();
        let class = match error {
            FetchError::TooLarge { .. } => "too large",
            FetchError::TooSlow(_) => "too slow",
            FetchError::TooManyRedirects(_) => "redirects",
            FetchError::BrokenRedirect => "nowhere",
            _ => "else",
        };
        assert_eq!(class, expected, "{act:?}");
        assert!(server.heard().len() <= 6);
    }
}

#[tokio::test]
async fn a_redirect_is_checked_like_a_link() {
    let fetcher = Fetcher::new(Reach::PublicAndLoopback, FetchLimits::PHOTO).unwrap();
    for target in [
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/a.jpg",
        "http://2130706433/a.jpg",
        "//192.168.0.1/a.jpg",
        "ftp://127.0.0.1/a.jpg",
        "file:///etc/passwd",
    ] {
        let server = RawServer::start([Act::answer(302, &[("Location", target)], b"")]).await;
        let error = fetcher.fetch(&format!("{}/a.jpg", server.base_url())).await.unwrap_err();
        assert!(matches!(error, FetchError::Address(_)), "{target}: {error}");
    }
    let end = RawServer::start([Act::answer(200, &[], b"photo")]).await;
    let there = format!("{}/b.jpg", end.base_url());
    let server = RawServer::start([Act::answer(307, &[("Location", &there)], b"")]).await;
    assert_eq!(fetcher.fetch(&format!("{}/a.jpg", server.base_url())).await.unwrap().bytes, b"photo");
}

/// Bytes that send a client on to `there`, long enough to take a while when they drip.
fn sends_on(there: &str) -> Vec<u8> {
    let pad = "x".repeat(200);
    format!("HTTP/1.1 302 X\r\nLocation: {there}\r\nX-Pad: {pad}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .into_bytes()
}

#[tokio::test]
async fn five_hops_are_followed_and_a_sixth_is_not() {
    let fetcher = Fetcher::new(Reach::PublicAndLoopback, FetchLimits::PHOTO).unwrap();
    for (hops, arrives) in [(5, true), (6, false)] {
        let acts = (0..hops).map(|_| Act::Say(sends_on("/on.png"))).chain([Act::answer(200, &[], b"photo")]);
        let server = RawServer::start(acts).await;
        let outcome = fetcher.fetch(&format!("{}/a.png", server.base_url())).await;
        match outcome {
            Ok(fetched) => assert!(arrives && fetched.bytes == b"photo"),
            Err(error) => assert!(!arrives && matches!(error, FetchError::TooManyRedirects(5)), "{hops}: {error}"),
        }
        assert_eq!(server.heard().len(), 6, "{hops} hops");
    }
}

#[tokio::test]
async fn all_hops_together_have_the_time_of_one_fetch_and_their_own_bodies_are_not_read() {
    // A hop takes more than 0.2 s, and all of them more than a second.
    let slow = RawServer::start([Act::Drip(sends_on("/on.png"))]).await;
    let limits = FetchLimits { bytes: 1000, time: Duration::from_secs(1) };
    let fetcher = Fetcher::new(Reach::PublicAndLoopback, limits).unwrap();
    let error = fetcher.fetch(&format!("{}/a.png", slow.base_url())).await.unwrap_err();
    assert!(matches!(error, FetchError::TooSlow(_)), "{error}");

    let end = RawServer::start([Act::answer(200, &[], b"photo")]).await;
    let head = format!("HTTP/1.1 302 X\r\nLocation: {}/b.png\r\n\r\n", end.base_url());
    let endless = RawServer::start([Act::Endless(head.into_bytes())]).await;
    let limits = FetchLimits { bytes: 1000, ..FetchLimits::PHOTO };
    let fetcher = Fetcher::new(Reach::PublicAndLoopback, limits).unwrap();
    assert_eq!(fetcher.fetch(&format!("{}/a.png", endless.base_url())).await.unwrap().bytes, b"photo");
}

#[tokio::test]
async fn a_redirect_within_a_host_is_followed_whatever_its_query_holds() {
    let fetcher = Fetcher::new(Reach::PublicAndLoopback, FetchLimits::PHOTO).unwrap();
    for there in ["/b.png?from=https://example.com/a.png", "b.png?x=y://z", "?u=http://10.0.0.1/"] {
        let server = RawServer::start([Act::Say(sends_on(there)), Act::answer(200, &[], b"photo")]).await;
        let fetched = fetcher.fetch(&format!("{}/a.png", server.base_url())).await;
        assert_eq!(fetched.unwrap().bytes, b"photo", "{there}");
        assert!(server.heard()[1].path().ends_with(there.trim_start_matches('/')), "{there}");
    }
}

#[tokio::test]
async fn a_link_into_this_computer_is_followed_only_for_an_engine_on_it() {
    let server = RawServer::start([Act::answer(200, &[], b"photo")]).await;
    let link = format!("{}/a.jpg", server.base_url());
    let public = Fetcher::new(Reach::Public, FetchLimits::PHOTO).unwrap();
    assert!(matches!(public.fetch(&link).await, Err(FetchError::Address(AddressError::Forbidden(_)))));
    let options = |base: &str, allow_loopback| ClientOptions {
        base: base.to_owned(),
        key: SecretString::from(KEY),
        allow_loopback,
        network: Network::default(),
    };
    for (base, allow) in [("https://gateway.pixazo.ai", true), (server.base_url().as_str(), false)] {
        let client = Client::new(options(base, allow)).unwrap();
        assert!(matches!(client.fetch(&link).await, Err(FetchError::Address(_))), "{base}");
    }
    assert_eq!(server.connections(), 0);
    assert_eq!(Client::new(options(&server.base_url(), true)).unwrap().fetch(&link).await.unwrap().bytes, b"photo");
}
