//! The client of the service: against our own gateway, and against servers that answer oddly.

mod fetching;

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use sticker_booth::api::{
    Answer, AskError, Client, ClientOptions, KeyCheck, Network, Phase, Refusal, Submission, Ticket,
};
use sticker_booth::gateway::{Gateway, GatewayOptions};
use sticker_booth::model::{FaceFrame, Recipe};
use sticker_booth::picture::{decode_sticker, encode_jpeg, has_alpha_cutout, read_png_text};
use tokio::runtime::Handle;

use crate::support::fake_engine::FakeEngine;
use crate::support::raw_server::{Act, RawServer};

const KEY: &str = "a-key-that-must-never-show";

fn client_of(base: &str, key: &str) -> Client {
    let key = SecretString::from(key.to_owned());
    Client::new(ClientOptions { base: base.to_owned(), key, allow_loopback: true, network: Network::default() })
        .unwrap()
}

fn client(server: &RawServer) -> Client {
    client_of(&server.base_url(), KEY)
}

fn photo() -> Vec<u8> {
    encode_jpeg(&image::RgbImage::from_pixel(64, 64, image::Rgb([200, 120, 90])), 92).unwrap()
}

/// A small request with its seed, which needs little drawing.
fn recipe() -> Recipe {
    Recipe { width: 256, height: 320, prompt: "ink".into(), ..Recipe::default() }.with_seed(7)
}

fn photo_uri() -> String {
    use base64::Engine as _;
    format!("data:image/jpeg;base64,{}", base64::prelude::BASE64_STANDARD.encode(photo()))
}

async fn submit(server: &RawServer) -> Submission {
    client(server).submit("https://example.com/face.jpg", &recipe()).await
}

fn ticket(id: &str) -> Ticket {
    Ticket { request_id: id.to_owned(), polling_url: None }
}

async fn wait_until_over(client: &Client, ticket: &Ticket) -> Answer {
    for _ in 0..1000 {
        let answer = client.ask(ticket).await.unwrap();
        if answer.is_final() {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the request never ended");
}

#[tokio::test]
async fn a_sticker_is_ordered_asked_about_and_fetched_from_our_own_gateway() {
    let gateway = Gateway::start(GatewayOptions::embedded(Arc::new(FakeEngine::new())), &Handle::current()).unwrap();
    let client = client_of(&gateway.base_url(), gateway.key().expose_secret());

    let Submission::Accepted { ticket, finished: None, raw } = client.submit(&photo_uri(), &recipe()).await else {
        panic!("not accepted");
    };
    assert!(raw.contains("\"seed\":7") && !raw.contains(gateway.key().expose_secret()));
    let answer = wait_until_over(&client, &ticket).await;
    assert_eq!((answer.phase, answer.word.as_deref(), answer.progress), (Phase::Done, Some("succeeded"), Some(1.0)));

    let mut pictures = Vec::new();
    for link in &answer.results {
        let bytes = client.fetch(link).await.unwrap().bytes;
        let text = read_png_text(&bytes).unwrap();
        let frame: FaceFrame = serde_json::from_str(&text[0].text).unwrap();
        assert_eq!((text.len(), text[0].keyword.as_str(), frame.scale), (1, "sticker-booth-frame", 0.25));
        pictures.push(decode_sticker(&bytes).unwrap());
    }
    let cut_out: Vec<bool> = pictures.iter().map(has_alpha_cutout).collect();
    assert_eq!(cut_out, [false, true]);
    assert!(pictures.iter().all(|picture| (picture.width(), picture.height()) == (256, 320)));
    gateway.stop().await;
}

#[tokio::test]
async fn the_key_is_tested_without_asking_for_a_sticker() {
    let engine = FakeEngine::new();
    let options = GatewayOptions::embedded(Arc::new(engine.clone()));
    let gateway = Gateway::start(options, &Handle::current()).unwrap();
    let base = gateway.base_url();
    assert_eq!(client_of(&base, gateway.key().expose_secret()).check_key().await, KeyCheck::Accepted);
    assert_eq!(
        client_of(&base, "wrong").check_key().await,
        KeyCheck::Refused { refusal: Refusal::Key, message: "Invalid or missing authentication".into() }
    );
    gateway.stop().await;
    assert!(matches!(client_of(&base, KEY).check_key().await, KeyCheck::NoAnswer { .. }));
    assert_eq!(engine.runs(), 0);

    for (act, expected) in [
        (Act::json(404, r#"{"error":"unknown id"}"#), KeyCheck::Accepted),
        (Act::json(500, ""), KeyCheck::Accepted),
        (
            Act::json(403, r#"{"message":"Access denied"}"#),
            KeyCheck::Refused { refusal: Refusal::Access, message: "Access denied".into() },
        ),
        (
            Act::json(403, r#"{"message":"Insufficient wallet balance"}"#),
            KeyCheck::Refused { refusal: Refusal::Credit, message: "Insufficient wallet balance".into() },
        ),
    ] {
        let server = RawServer::start([act]).await;
        assert_eq!(client(&server).check_key().await, expected);
        let heard = server.heard();
        assert!(heard[0].head.starts_with("POST /face-sticker/v1/face-to-sticker/prediction "));
        assert_eq!(heard[0].body, br#"{"requestId":"key-check"}"#);
    }
}

#[tokio::test]
async fn a_request_is_sent_whole_with_the_documented_headers() {
    let server = RawServer::start([Act::json(200, r#"{"success":true,"request_id":"r","status":"starting"}"#)]).await;
    let submission = submit(&server).await;
    assert!(matches!(submission, Submission::Accepted { ticket, finished: None, .. } if ticket.request_id == "r"));

    let heard = server.heard();
    let head = heard[0].head.to_ascii_lowercase();
    assert!(head.starts_with("post /face-sticker/v1/face-to-sticker/generate http/1.1\r\n"), "{head}");
    for line in ["content-type: application/json", "cache-control: no-cache"] {
        assert!(head.contains(line), "{line} is missing in {head}");
    }
    assert!(head.contains(&format!("ocp-apim-subscription-key: {KEY}")));
    let body: serde_json::Value = serde_json::from_slice(&heard[0].body).unwrap();
    assert_eq!(body["image"], "https://example.com/face.jpg");
    assert_eq!((&body["width"], &body["seed"], &body["upscale"]), (&256.into(), &7.into(), &false.into()));
    assert_eq!(body.as_object().unwrap().len(), 13);
}

/// What the server does, what it means, and how many whole requests it may have got.
#[tokio::test]
async fn whatever_happens_to_a_submit_it_is_sent_at_most_once_and_judged_by_the_table() {
    let accepted = r#"{"request_id":"r","status":"starting"}"#;
    let promised_more = format!("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{accepted}");
    for (name, act, expected, arrived) in [
        ("close at accept", Act::CloseAtOnce, "maybe", 0),
        ("reset after headers", Act::ResetAfterHeaders, "maybe", 0),
        ("close after request", Act::CloseAfterRequest, "maybe", 1),
        ("reset after request", Act::ResetAfterRequest, "maybe", 1),
        ("headers only", Act::say("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n"), "maybe", 1),
        ("cut in the body", Act::say("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"request_id\":\"r\""), "maybe", 1),
        ("cut in a chunk", Act::say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"requ"), "maybe", 1),
        ("too short, but with the id", Act::say(&promised_more), "accepted", 1),
        ("drip", Act::Drip(format!("HTTP/1.1 200 OK\r\n\r\n{accepted}").into_bytes()), "accepted", 1),
        (
            "early hints",
            Act::say(&format!("HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{accepted}")),
            "accepted",
            1,
        ),
        ("no http", Act::say("SSH-2.0-OpenSSH_9.6\r\n"), "maybe", 1),
        ("html", Act::answer(200, &[("Content-Type", "text/html")], b"<html>Welcome to the hotel"), "maybe", 1),
        (
            "switching protocols",
            Act::say("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
            "maybe",
            1,
        ),
        ("moved", Act::answer(301, &[("Location", "/elsewhere")], b""), "maybe", 1),
        ("wait", Act::answer(429, &[("Retry-After", "7")], b""), "busy", 1),
        ("wait, cut", Act::say("HTTP/1.1 429 X\r\nContent-Length: 50\r\nRetry-After: 7\r\n\r\n{"), "busy", 1),
        ("wrong key", Act::json(401, r#"{"error":"Invalid or missing authentication"}"#), "refused", 1),
        ("refused, cut", Act::say("HTTP/1.1 400 X\r\nContent-Length: 50\r\n\r\n{\"error\""), "refused", 1),
        ("failed", Act::json(200, r#"{"success":false,"error":"no"}"#), "failed", 1),
        ("conflict", Act::json(409, "{}"), "maybe", 1),
        ("server error", Act::json(500, "{}"), "maybe", 1),
        ("bad gateway", Act::json(502, "<html>"), "maybe", 1),
        ("unavailable", Act::answer(503, &[("Retry-After", "1")], b""), "maybe", 1),
        ("gateway timeout", Act::json(504, ""), "maybe", 1),
    ] {
        let server = RawServer::start([act]).await;
        let class = match submit(&server).await {
            Submission::Accepted { .. } => "accepted",
            Submission::NothingSent { .. } => "nothing sent",
            Submission::Busy { retry_after, .. } => {
                assert_eq!(retry_after, Duration::from_secs(7), "{name}");
                "busy"
            }
            Submission::Refused { .. } => "refused",
            Submission::FailedChargeUnknown { .. } => "failed",
            Submission::MaybeAccepted { .. } => "maybe",
        };
        assert_eq!(class, expected, "{name}");
        assert_eq!((server.heard().len(), server.connections()), (arrived, 1), "{name}");
    }
}

#[tokio::test]
async fn a_connection_that_is_refused_proves_that_nothing_was_sent() {
    let server = RawServer::start([Act::Stall]).await;
    let base = server.base_url();
    drop(server);
    tokio::task::yield_now().await;
    let submission = client_of(&base, KEY).submit("https://example.com/face.jpg", &recipe()).await;
    assert!(matches!(submission, Submission::NothingSent { .. }), "{submission:?}");
}

#[tokio::test]
async fn what_came_of_a_broken_answer_is_kept_without_the_key() {
    let body = format!("{{\"echo\":\"{KEY}\",\"request_id\":\"half");
    let server = RawServer::start([Act::say(&format!("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{body}"))]).await;
    let Submission::MaybeAccepted { raw, reason } = submit(&server).await else { panic!("not unknown") };
    assert!(raw.contains("\"request_id\":\"half") && raw.contains("[key removed]"), "{raw}");
    assert!(!raw.contains(KEY) && !reason.contains(KEY));
}

#[tokio::test]
async fn the_key_shows_in_nothing_that_comes_back() {
    let echo = format!(r#"{{"error":"key {KEY} is bad","status":"failed","request_id":"r"}}"#);
    for status in [200, 400, 401, 404, 429, 500] {
        let server = RawServer::start([Act::json(status, &echo)]).await;
        let client = client(&server);
        let submission = client.submit("https://example.com/face.jpg", &recipe()).await;
        assert!(!format!("{submission:?}").contains(KEY), "{status}: {submission:?}");
        let answer = client.ask(&ticket("r")).await;
        assert!(!format!("{answer:?}").contains(KEY), "{status}: {answer:?}");
        let check = client.check_key().await;
        assert!(!format!("{check:?}{client:?}").contains(KEY), "{status}: {check:?}");
    }
}

#[tokio::test]
async fn a_redirected_submit_goes_nowhere_and_the_key_stays() {
    let other = RawServer::start([Act::json(200, r#"{"request_id":"stolen"}"#)]).await;
    for status in [301, 302, 303, 307, 308] {
        let there = format!("{}/face-sticker/v1/face-to-sticker/generate", other.base_url());
        let server = RawServer::start([Act::answer(status, &[("Location", &there)], b"")]).await;
        assert!(matches!(submit(&server).await, Submission::MaybeAccepted { .. }), "{status}");
        assert!(client(&server).ask(&ticket("r")).await.is_err(), "{status}");
    }
    assert_eq!((other.connections(), other.heard().len()), (0, 0));
}

#[tokio::test]
async fn every_submit_has_a_connection_of_its_own_and_questions_share_one() {
    let body = r#"{"request_id":"r","status":"processing"}"#;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len());
    let server = RawServer::start([Act::KeepAlive(format!("{head}{body}").into_bytes())]).await;
    let client = client(&server);
    for _ in 0..3 {
        let submission = client.submit("https://example.com/face.jpg", &recipe()).await;
        assert!(matches!(submission, Submission::Accepted { .. }), "{submission:?}");
    }
    assert_eq!(server.connections(), 3);
    for _ in 0..3 {
        assert_eq!(client.ask(&ticket("r")).await.unwrap().phase, Phase::Working);
    }
    assert_eq!((server.connections(), server.heard().len()), (4, 6));
}

#[tokio::test]
async fn a_complaint_about_the_id_is_answered_once_with_the_other_field() {
    let complaint = Act::json(400, r#"{"error":"prediction_id is required"}"#);
    let server = RawServer::start([complaint.clone(), Act::json(200, r#"{"status":"processing"}"#)]).await;
    assert_eq!(client(&server).ask(&ticket("r")).await.unwrap().phase, Phase::Working);
    let bodies: Vec<Vec<u8>> = server.heard().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [br#"{"requestId":"r"}"#.to_vec(), br#"{"prediction_id":"r"}"#.to_vec()]);

    let server = RawServer::start([complaint]).await;
    assert!(matches!(client(&server).ask(&ticket("r")).await, Err(AskError::Refused { status: 400, .. })));
    assert_eq!(server.heard().len(), 2);
}

#[tokio::test]
async fn a_polling_link_is_followed_only_on_the_services_own_host() {
    let other =
        RawServer::start([Act::json(200, r#"{"status":"COMPLETED","output":"https://evil.test/a.png"}"#)]).await;
    let foreign = format!("{}/v2/requests/status/r", other.base_url());
    let accepted = format!(r#"{{"request_id":"r","status":"QUEUED","polling_url":"{foreign}"}}"#);
    let server = RawServer::start([Act::json(202, &accepted), Act::json(200, r#"{"status":"QUEUED"}"#)]).await;
    let Submission::Accepted { ticket, .. } = submit(&server).await else { panic!("not accepted") };
    assert_eq!(ticket.polling_url, None);
    // Nor from a journal that has such a link.
    let ticket = Ticket { polling_url: Some(foreign), ..ticket };
    assert_eq!(client(&server).ask(&ticket).await.unwrap().phase, Phase::Waiting);
    assert!(server.heard()[1].head.starts_with("POST /face-sticker/"));
    assert_eq!(other.connections(), 0);

    let server = RawServer::start([Act::answering(|request| {
        let host = request.head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        let accepted = format!(r#"{{"request_id":"r","status":"QUEUED","polling_url":"http://{host}/v2/status/r"}}"#);
        let is_submit = request.path().ends_with("/generate");
        Act::json(202, if is_submit { &accepted } else { r#"{"status":"IN_PROGRESS"}"# }).bytes()
    })])
    .await;
    let Submission::Accepted { ticket, .. } = submit(&server).await else { panic!("not accepted") };
    assert_eq!(client(&server).ask(&ticket).await.unwrap().phase, Phase::Working);
    let heard = server.heard();
    assert!(heard[1].head.starts_with("GET /v2/status/r ") && heard[1].head.contains(KEY), "{}", heard[1].head);
}

#[tokio::test]
async fn a_question_without_news_says_why_and_never_ends_the_job() {
    for (act, expected) in [
        (Act::CloseAtOnce, "temporary"),
        (Act::CloseAfterRequest, "temporary"),
        (Act::ResetAfterRequest, "temporary"),
        (Act::say("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"status\":\"succeeded\""), "temporary"),
        (Act::answer(200, &[], b"<html>Sign in</html>"), "temporary"),
        (Act::json(503, ""), "temporary"),
        (Act::json(404, r#"{"error":"Endpoint not found"}"#), "unknown"),
        (Act::json(401, "{}"), "key"),
        (Act::json(402, "{}"), "credit"),
        (Act::json(403, "{}"), "access"),
        (Act::json(429, r#"{"message":"Try again in 3 seconds"}"#), "busy"),
    ] {
        let server = RawServer::start([act.clone()]).await;
        let class = match client(&server).ask(&ticket("r")).await.unwrap_err() {
            AskError::TooLarge => "too large",
            AskError::Temporary { .. } => "temporary",
            AskError::UnknownId { .. } => "unknown",
            AskError::Key { .. } => "key",
            AskError::Credit { .. } => "credit",
            AskError::Access { .. } => "access",
            AskError::Busy { retry_after } => {
                assert_eq!(retry_after, Duration::from_secs(3));
                "busy"
            }
            AskError::Refused { .. } => "refused",
        };
        assert_eq!(class, expected, "{act:?}");
    }
}

#[test]
fn an_address_or_a_key_that_cannot_be_used_is_refused_in_a_sentence() {
    for (base, key, expected) in [
        ("http://gateway.pixazo.ai", KEY, "https://"),
        ("gateway.pixazo.ai", KEY, "complete web address"),
        ("https://gateway.pixazo.ai", "two\nlines", "copy it again"),
    ] {
        let options = ClientOptions {
            base: base.into(),
            key: SecretString::from(key),
            allow_loopback: false,
            network: Network::default(),
        };
        let error = Client::new(options).unwrap_err().to_string();
        assert!(error.contains(expected) && !error.contains(key), "{error}");
    }
}

/// Only the child process of the next test does anything here: it talks to loopback with proxies set.
#[tokio::test]
async fn child_of_the_proxy_test() {
    let Ok(base) = std::env::var("STICKER_BOOTH_TEST_PROXY_CHILD") else { return };
    let client = client_of(&base, KEY);
    assert!(matches!(client.submit("https://example.com/a.jpg", &recipe()).await, Submission::Accepted { .. }));
    let localhost = base.replace("127.0.0.1", "localhost");
    let by_name = client_of(&localhost, KEY);
    assert!(matches!(by_name.submit("https://example.com/a.jpg", &recipe()).await, Submission::Accepted { .. }));
    assert!(client.ask(&ticket("r")).await.is_ok());
    assert_eq!(client.check_key().await, KeyCheck::Accepted);
    assert!(client.fetch(&format!("{base}/a.png")).await.is_ok());
    assert!(client.fetch(&format!("{localhost}/a.png")).await.is_ok());
    let webhook = sticker_booth::net::Url::parse(&format!("{base}/hook")).unwrap();
    assert!(sticker_booth::net::Notifier::new().unwrap().post_json(&webhook, Vec::new()).await.is_ok());
}

#[tokio::test]
async fn requests_to_this_computer_never_pass_a_proxy() {
    let proxy = RawServer::start([Act::json(502, "{}")]).await;
    let server = RawServer::start([Act::json(200, r#"{"request_id":"r","status":"processing"}"#)]).await;
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "wire::child_of_the_proxy_test"]);
    child.env("STICKER_BOOTH_TEST_PROXY_CHILD", server.base_url());
    child.env_remove("NO_PROXY").env_remove("no_proxy");
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        child.env(name, proxy.base_url());
    }
    let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!((proxy.connections(), proxy.heard().len()), (0, 0));
    assert_eq!(server.heard().len(), 7);
}
