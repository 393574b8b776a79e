//! Links that want to reach into this computer or its network: refused as they are written, by what their names lead to,
//! and at every redirect.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::SecretString;
use sticker_booth::api::{Client, ClientOptions, Names, Network};
use sticker_booth::net::{FetchError, FetchLimits, Fetcher, Reach};
use sticker_booth::photo::{PhotoError, PhotoSource, read};

use crate::support::booth::Booth;
use crate::support::raw_server::{Act, RawServer};
use crate::support::summary;

/// Hostile links; `PORT` stands for the port of a listener on this computer that must hear nothing.
const LINKS: [&str; 32] = [
    // This computer by its names,
    "http://localhost:PORT/a.jpg",
    "http://LOCALHOST.:PORT/a.jpg",
    "http://face.localhost:PORT/a.jpg",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/a.jpg",
    // and by its address, plain and in every disguise.
    "http://127.0.0.1:PORT/a.jpg",
    "https://127.255.255.254:PORT/a.jpg",
    "http://2130706433:PORT/a.jpg",
    "http://0x7f.1:PORT/a.jpg",
    "http://017700000001:PORT/a.jpg",
    "http://１２７.0.0.1:PORT/a.jpg",
    "http://127。0。0。1:PORT/a.jpg",
    "http://%31%32%37.0.0.1:PORT/a.jpg",
    "http://127.0.0.1.:PORT/a.jpg",
    "http://0.0.0.0:PORT/a.jpg",
    "http://[::1]:PORT/a.jpg",
    "http://[::]:PORT/a.jpg",
    "http://[::ffff:127.0.0.1]:PORT/a.jpg",
    "http://[64:ff9b::7f00:1]:PORT/a.jpg",
    "http://[2002:7f00:1::]:PORT/a.jpg",
    // Networks that are not public.
    "http://10.0.0.1/a.jpg",
    "http://172.31.255.254/a.jpg",
    "http://192.168.0.1/a.jpg",
    "http://100.64.0.1/a.jpg",
    "http://169.254.169.254/latest/meta-data/iam.jpg",
    "http://[fc00::1]/a.jpg",
    "http://[fe80::1]/a.jpg",
    // Many hosts, and none.
    "http://224.0.0.1/a.jpg",
    "http://[ff02::1]/a.jpg",
    "http://255.255.255.255/a.jpg",
    // Other ways to somewhere else.
    "file:///etc/passwd",
    "ftp://127.0.0.1:PORT/a.jpg",
    "http://example.com@127.0.0.1:PORT/a.jpg",
];

/// Addresses that a name must not lead to.
const ADDRESSES: [&str; 32] = [
    "127.0.0.1",
    "127.255.255.254",
    "::1",
    "0.0.0.0",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:1::",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.169.254",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.0.1",
    "255.255.255.255",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
];

/// How the sentences of a refused link begin or go on; whatever else goes wrong says something else.
const REFUSALS: [&str; 5] = [
    "and is not followed",
    "in an unusual way",
    "are not followed; use https",
    "a user name or a password",
    "redirected to nowhere",
];

fn is_refusal(text: &str) -> bool {
    REFUSALS.iter().any(|words| text.contains(words))
}

/// A listener on this computer that no link may reach.
async fn silent() -> RawServer {
    RawServer::start([Act::answer(200, &[], b"secret of this computer")]).await
}

fn links_to(server: &RawServer) -> Vec<String> {
    LINKS.iter().map(|link| link.replace("PORT", &server.address.port().to_string())).collect()
}

fn tell(places: &str, refused: usize) {
    summary::tell(&format!("hostile links: {refused} refused {places}"));
}

/// A client whose results may lie only on the public internet.
fn client(base: &str, network: Network) -> Client {
    let key = SecretString::from("key");
    Client::new(ClientOptions { base: base.to_owned(), key, allow_loopback: false, network }).unwrap()
}

#[tokio::test]
async fn hostile_links_are_refused_as_photos_and_as_results_before_any_look_up() {
    let (asked, server) = (Arc::<AtomicUsize>::default(), silent().await);
    let counting = Arc::clone(&asked);
    let names = Names::Given(Arc::new(move |_| {
        counting.fetch_add(1, Ordering::SeqCst);
        Ok(vec![[127, 0, 0, 1].into()])
    }));
    let client = client(&server.base_url(), Network { names, ..Network::default() });
    let mut refused = 0;
    for link in links_to(&server) {
        match read(PhotoSource::Link(link.clone()), Reach::Public).await {
            Err(PhotoError::Link { reason }) if is_refusal(&reason) => refused += 1,
            other => panic!("{link} as a photo: {other:?}"),
        }
        match client.fetch(&link).await {
            Err(FetchError::Address(error)) if is_refusal(&error.to_string()) => refused += 1,
            other => panic!("{link} as a result: {other:?}"),
        }
    }
    assert_eq!((refused, server.connections(), asked.load(Ordering::SeqCst)), (32 * 2, 0, 0));
    tell("as photos and as results, as they are written", refused);
}

#[tokio::test]
async fn names_that_lead_to_hostile_addresses_are_refused_as_links_and_at_a_redirect() {
    let server = silent().await;
    let port = server.address.port();
    let look_ups = Arc::<AtomicUsize>::default();
    let counting = Arc::clone(&look_ups);
    let names = Names::Given(Arc::new(move |host| {
        counting.fetch_add(1, Ordering::SeqCst);
        let number: usize = host.strip_prefix("host-").unwrap().strip_suffix(".example").unwrap().parse().unwrap();
        Ok(vec![ADDRESSES[number].parse::<IpAddr>().unwrap()])
    }));
    let network = Network { names, ..Network::default() };
    let photos = Fetcher::on(&network, Reach::Public, FetchLimits::PHOTO).unwrap();
    let results = client(&server.base_url(), network.clone());
    // For an engine on this computer, whose links may lead to it: a name elsewhere still may not.
    let local = Fetcher::on(&network, Reach::PublicAndLoopback, FetchLimits::PHOTO).unwrap();
    // One that has not met these names before.
    let sent_on = Fetcher::on(&network, Reach::PublicAndLoopback, FetchLimits::PHOTO).unwrap();
    let mut refused = 0;
    for (number, address) in ADDRESSES.iter().enumerate() {
        let link = format!("http://host-{number}.example:{port}/a.jpg");
        let hop = RawServer::start([Act::answer(302, &[("Location", &link)], b"")]).await;
        for (place, outcome) in [
            ("a photo", photos.fetch(&link).await),
            ("a result", results.fetch(&link).await),
            ("a photo of the local engine", local.fetch(&link).await),
            ("a redirect", sent_on.fetch(&format!("{}/a.jpg", hop.base_url())).await),
        ] {
            match outcome {
                Err(FetchError::Address(error)) if is_refusal(&error.to_string()) => refused += 1,
                other => panic!("{address} as {place}: {other:?}"),
            }
        }
    }
    assert_eq!((refused, server.connections()), (32 * 4, 0));
    // One look-up each, whose addresses are both judged and connected to: nothing can change in between.
    assert_eq!(look_ups.load(Ordering::SeqCst), refused);
    tell("as photos, as results, for the local engine and at a redirect, by what their names lead to", refused);
}

/// A name server that says another thing each time, as in DNS rebinding: what is judged is what is connected to.
#[tokio::test]
async fn a_name_that_changes_its_address_between_look_ups_gains_nothing() {
    let server = silent().await;
    let look_ups = Arc::<AtomicUsize>::default();
    let counting = Arc::clone(&look_ups);
    let names = Names::Given(Arc::new(move |_| {
        let is_first = counting.fetch_add(1, Ordering::SeqCst) == 0;
        // The first is public; whether anybody is there does not matter.
        Ok(vec![if is_first { [8, 8, 8, 8].into() } else { [127, 0, 0, 1].into() }])
    }));
    let mut network = Network { names, ..Network::default() };
    network.timeouts.connect = std::time::Duration::from_millis(300);
    let fetcher = Fetcher::on(&network, Reach::Public, FetchLimits::PHOTO).unwrap();
    let link = format!("http://rebinding.example:{}/a.jpg", server.address.port());
    let first = fetcher.fetch(&link).await;
    assert!(matches!(first, Err(FetchError::Network(_))), "{first:?}");
    assert_eq!((look_ups.load(Ordering::SeqCst), server.connections()), (1, 0));
    assert!(matches!(fetcher.fetch(&link).await, Err(FetchError::Address(_))));
    assert_eq!((look_ups.load(Ordering::SeqCst), server.connections()), (2, 0));
}

/// A person behind a proxy, where hosts of the public internet can be played; each sends on to a hostile link.
async fn behind_a_proxy(hostile: Vec<String>) -> (Booth, RawServer) {
    let proxy = RawServer::start([Act::answering(move |request| {
        let number =
            request.path().strip_prefix("http://hop.example/").and_then(|rest| rest.split('.').next()?.parse().ok());
        let location = number.and_then(|number: usize| hostile.get(number)).map_or("", String::as_str);
        format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .into_bytes()
    })])
    .await;
    let booth = Booth::new()
        .with_variable("PIXAZO_API_KEY", "a-key-for-tests")
        .with_variable("http_proxy", &proxy.base_url())
        .with_variable("HTTP_PROXY", &proxy.base_url())
        .with_variable("NO_PROXY", "")
        .with_variable("no_proxy", "");
    (booth, proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_linked_photo_that_is_sent_on_to_a_hostile_link_is_refused_by_the_program() {
    let server = silent().await;
    let (booth, proxy) = behind_a_proxy(links_to(&server)).await;
    let photos: Vec<String> = (0..LINKS.len()).map(|number| format!("http://hop.example/{number}.jpg")).collect();
    let told = booth.run(["make", "--json"].map(str::to_owned).into_iter().chain(photos)).ends_with(3).json();
    let errors: Vec<&str> = told.iter().map(|line| line["error"].as_str().unwrap()).collect();
    assert_eq!(errors.len(), 32);
    assert!(errors.iter().all(|error| is_refusal(error)), "{errors:#?}");
    // Each hop was asked once, and nothing that a hop named was asked at all.
    assert_eq!((proxy.heard().len(), server.connections()), (32, 0));
    assert!(proxy.heard().iter().all(|request| request.path().starts_with("http://hop.example/")));
    tell("as photos at a redirect, by the program", errors.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_is_sent_on_to_a_hostile_link_is_refused_by_the_program() {
    let silent = silent().await;
    let (booth, proxy) = behind_a_proxy(links_to(&silent)).await;
    let service = RawServer::start([Act::answering({
        let orders = AtomicUsize::new(0);
        move |request| {
            let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
            let answer = if request.path().ends_with("/generate") {
                let order = orders.fetch_add(1, Ordering::SeqCst).to_string();
                serde_json::json!({ "success": true, "request_id": order, "status": "starting" })
            } else {
                let order: usize = body["requestId"].as_str().unwrap().parse().unwrap();
                let links: Vec<String> =
                    (8 * order..8 * order + 8).map(|link| format!("http://hop.example/{link}.png")).collect();
                serde_json::json!({ "success": true, "status": "succeeded", "output": links })
            };
            Act::json(200, &answer.to_string()).bytes()
        }
    })])
    .await;
    let words =
        ["make", crate::support::files::linked_photo(), "--engine", "pixazo", "--count", "4", "--wait", "1m", "--json"];
    let told = booth.run(words.into_iter().chain(["--base-url", service.base_url().as_str()])).ends_with(5).json();
    assert_eq!(told.len(), 4);
    assert!(told.iter().all(|line| is_refusal(line["error"].as_str().unwrap())), "{told:#?}");
    // Fresh links are asked for three times, so each hop was asked four times and nothing behind it.
    let hops: Vec<String> = proxy.heard().iter().map(|request| request.path().to_owned()).collect();
    for (number, link) in LINKS.iter().enumerate() {
        let hop = format!("http://hop.example/{number}.png");
        assert_eq!(hops.iter().filter(|path| **path == hop).count(), 4, "{link}");
    }
    assert_eq!((hops.len(), silent.connections()), (4 * 32, 0));
    assert!(proxy.heard().iter().all(|request| !request.head.contains("a-key-for-tests")));
    tell("as results at a redirect, by the program", LINKS.len());
}
