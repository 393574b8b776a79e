//! What a server on a person's computer owes them: closed doors, bounds, a clean end.

use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use sticker_booth::gateway::{Gateway, GatewayOptions};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::runtime::Handle;

use super::{GENERATE, Service, error_of, photo_uri, request, with};
use crate::support::fake_engine::FakeEngine;
use crate::support::raw_server::{Act, RawServer};

#[tokio::test]
async fn only_requests_meant_for_this_computer_are_answered() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    for (host, status) in [
        ("Host: evil.test\r\n", "403"),
        ("Host: 127.0.0.1.evil.test\r\n", "403"),
        ("", "4"),
        ("Host: 127.0.0.1\r\nHost: evil.test\r\n", "4"),
        ("Host: localhost:1\r\n", "404"),
    ] {
        let address = service.gateway.base_url().replace("http://", "");
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let request = format!("GET /outputs/x HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{host:?}: {answer}");
        assert!(!answer.to_ascii_lowercase().contains("access-control"), "{answer}");
    }
    let preflight =
        service.http.request(reqwest::Method::OPTIONS, service.url(GENERATE)).header("Origin", "https://evil.test");
    let preflight = preflight.header("Access-Control-Request-Method", "POST").send().await.unwrap();
    assert!(!preflight.status().is_success());
    assert!(preflight.headers().keys().all(|name| !name.as_str().starts_with("access-control")));
    service.gateway.stop().await;
}

#[tokio::test]
async fn it_listens_on_loopback_alone_and_says_when_a_port_is_taken() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let port: u16 = service.gateway.base_url().rsplit(':').next().unwrap().parse().unwrap();
    assert!(service.gateway.base_url().starts_with("http://127.0.0.1:"));
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
    // The address this computer would have towards others; connecting a datagram socket sends nothing.
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    if socket.connect("192.0.2.1:9").is_ok() {
        let outside = SocketAddr::new(socket.local_addr().unwrap().ip(), port);
        assert!(outside.ip().is_loopback() || TcpStream::connect_timeout(&outside, Duration::from_secs(1)).is_err());
    }
    let mut options = GatewayOptions::embedded(Arc::new(FakeEngine::new()));
    options.port = port;
    let error = Gateway::start(options, &Handle::current()).unwrap_err().to_string();
    assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
    service.gateway.stop().await;
}

#[tokio::test]
async fn each_embedded_gateway_has_a_key_and_a_port_of_its_own() {
    let (one, two) = (Service::start(&FakeEngine::new(), |_| {}), Service::start(&FakeEngine::new(), |_| {}));
    let [first, second] = [&one, &two].map(|service| service.gateway.key().expose_secret().to_owned());
    assert!(first.len() == 32 && first != second);
    assert_ne!(one.gateway.base_url(), two.gateway.base_url());
    assert!(!format!("{:?}", one.gateway).contains(&first));
    one.gateway.stop().await;
    two.gateway.stop().await;
}

#[tokio::test]
async fn beyond_the_rate_and_beyond_the_queue_callers_are_told_to_wait() {
    let service = Service::start(&FakeEngine::new(), |options| options.rate = Some(2));
    for _ in 0..2 {
        service.accepted(&request()).await;
    }
    let refused = service.generate(&request()).await;
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(error_of(refused).await, (429, json!({ "error": "Rate limit exceeded, please retry later" })));
    service.gateway.stop().await;

    let service = Service::start(&FakeEngine::slow(Duration::from_secs(20)), |_| {});
    let mut taken = 0;
    let refused = loop {
        let response = service.generate(&request()).await;
        if response.status() != 200 {
            break response;
        }
        taken += 1;
    };
    assert_eq!(taken, 32);
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (429, &"5".parse().unwrap()));
    service.gateway.stop().await;
}

#[tokio::test]
async fn stickers_are_made_one_at_a_time_and_all_of_them() {
    let engine = FakeEngine::slow(Duration::from_millis(20));
    let service = Service::start(&engine, |_| {});
    let mut ids = Vec::new();
    for _ in 0..8 {
        ids.push(service.accepted(&request()).await);
    }
    for id in ids {
        assert_eq!(service.wait(&id).await["status"], "succeeded");
    }
    assert_eq!((engine.runs(), engine.most_at_once()), (8, 1));
    service.gateway.stop().await;
}

#[tokio::test]
async fn a_stop_cancels_what_runs_and_tells_the_webhooks() {
    let engine = FakeEngine::slow(Duration::from_mins(10));
    let service = Service::start(&engine, |_| {});
    let receiver = RawServer::start([Act::answer(200, &[], b"")]).await;
    let mut body = with("webhook", json!(receiver.base_url()));
    body["webhook_events_filter"] = json!(["completed"]);
    for _ in 0..3 {
        service.accepted(&body).await;
    }
    while engine.runs() == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (base, begun) = (service.gateway.base_url(), Instant::now());
    service.gateway.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert!(service.http.get(format!("{base}/outputs/x")).send().await.unwrap_err().is_connect());
    let told: Vec<Value> =
        receiver.heard().iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect();
    assert_eq!(told.len(), 3);
    for event in told {
        assert!(event["error"].as_str().unwrap().contains("stopped"), "{event}");
    }
    assert_eq!(engine.runs(), 1);
}

/// Only the child process of the next test does anything here: its temp folder is watched.
#[tokio::test]
async fn child_of_the_temp_folder_test() {
    let Some(folder) = std::env::var_os("STICKER_BOOTH_TEST_TEMP_CHILD") else { return };
    let count = || std::fs::read_dir(&folder).unwrap().count();
    for is_stopped in [true, false] {
        assert_eq!(count(), 0);
        let service = Service::start(&FakeEngine::new(), |_| {});
        let id = service.accepted(&request()).await;
        service.wait(&id).await;
        assert_eq!(count(), 1);
        if is_stopped {
            service.gateway.stop().await;
        } else {
            drop(service.gateway);
        }
    }
    assert_eq!(count(), 0);
    std::fs::write(std::path::Path::new(&folder).join("ran"), "").unwrap();
}

#[test]
fn nothing_is_left_in_the_temp_folder_after_a_stop_or_a_drop() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "gateway::manners::child_of_the_temp_folder_test"]);
    child.env("STICKER_BOOTH_TEST_TEMP_CHILD", folder.path());
    for name in ["TMPDIR", "TMP", "TEMP"] {
        child.env(name, folder.path());
    }
    let output = child.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(folder.path().join("ran").exists());
}

#[tokio::test]
async fn a_local_sticker_costs_little_beyond_its_engine() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let body = json!({ "image": photo_uri() });
    let mut shortest = Duration::MAX;
    for _ in 0..3 {
        let begun = Instant::now();
        let id = service.accepted(&body).await;
        let prediction = service.wait(&id).await;
        for url in prediction["output"].as_array().unwrap() {
            service.http.get(url.as_str().unwrap()).send().await.unwrap().bytes().await.unwrap();
        }
        shortest = shortest.min(begun.elapsed());
    }
    // On two cores the wire, two decodings and two PNGs cost about 30 ms, and this fake engine as much again;
    // the bound is far above that, since tests share the machine.
    assert!(shortest < Duration::from_millis(600), "{shortest:?}");
}
