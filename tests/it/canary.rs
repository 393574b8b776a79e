//! The canary: a key that is easily recognised goes through everything that can happen to it, and is looked for everywhere.

mod search;

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::SecretString;
use serde_json::json;
use sticker_booth::api::{Client, ClientOptions, Network};
use sticker_booth::keys::{Account, ENVIRONMENT_VARIABLE, Keys, KeysOptions};
use sticker_booth::model::Recipe;
use sticker_booth::model::settings_text::to_curl;

use crate::support::booth::{Booth, Ended, sample};
use crate::support::files::linked_photo;
use crate::support::raw_server::{Act, Heard, RawServer};
use search::{Searched, forms};

/// It reads differently in JSON, in URLs and in base64.
const CANARY: &str = r#"cAnAry+7f/3"k\9e=Z&q"#;

/// A person with the canary as the key, whose temporary files lie where they are found.
fn person() -> Booth {
    let booth = Booth::new();
    for folder in ["home", "tmp"] {
        std::fs::create_dir(booth.path(folder)).unwrap();
    }
    let tmp = booth.path("tmp");
    booth
        .with_variable(ENVIRONMENT_VARIABLE, CANARY)
        .with_variable("TMPDIR", tmp.to_str().unwrap())
        .with_variable("RUST_BACKTRACE", "full")
        .with_variable("RUST_LOG", "trace")
}

/// Everything that a careless service repeats: the head of the request, and the key in every spelling.
fn echo(request: &Heard) -> serde_json::Value {
    let percent = CANARY.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    json!({
        "head": request.head,
        "key": CANARY,
        "json": json!({ "key": CANARY }).to_string(),
        "percent": percent,
        "basic": BASE64_STANDARD.encode(format!("user:{CANARY}")),
        "base64": BASE64_STANDARD.encode(CANARY),
        "html": "cAnAry&#43;7f/3&quot;k\\9e=Z&amp;q",
    })
}

/// A JSON answer with the echo, and more fields.
fn echoing(status: u16, request: &Heard, more: &serde_json::Value) -> Vec<u8> {
    let mut body = json!({ "error": format!("{CANARY} is not welcome"), "echo": echo(request) });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Act::answer(status, &[("Content-Type", "application/json"), ("X-Key", CANARY)], body.to_string().as_bytes()).bytes()
}

/// What a service does to the POST, to questions and to fetches, and how `make` ends.
struct Scene {
    name: &'static str,
    exit: i32,
    submit: fn(&Heard) -> Option<Vec<u8>>,
    poll: fn(&Heard) -> Option<Vec<u8>>,
    fetch: fn(&Heard) -> Option<Vec<u8>>,
}

const WELL: Scene = Scene { name: "well", exit: 0, submit: |_| None, poll: |_| None, fetch: |_| None };

/// Every kind of answer, each with the key in it. `None` means: as it should be, but with the echo.
fn scenes() -> Vec<Scene> {
    vec![
        WELL,
        Scene { name: "400", exit: 4, submit: |heard| Some(echoing(400, heard, &json!({}))), ..WELL },
        Scene { name: "401", exit: 4, submit: |heard| Some(echoing(401, heard, &json!({}))), ..WELL },
        Scene { name: "402", exit: 4, submit: |heard| Some(echoing(402, heard, &json!({}))), ..WELL },
        Scene { name: "403", exit: 4, submit: |heard| Some(echoing(403, heard, &json!({}))), ..WELL },
        Scene { name: "404", exit: 4, submit: |heard| Some(echoing(404, heard, &json!({}))), ..WELL },
        Scene { name: "429", exit: 7, submit: |heard| Some(echoing(429, heard, &json!({}))), ..WELL },
        Scene { name: "500", exit: 6, submit: |heard| Some(echoing(500, heard, &json!({}))), ..WELL },
        Scene {
            name: "failed",
            exit: 5,
            submit: |heard| Some(echoing(200, heard, &json!({ "success": false }))),
            ..WELL
        },
        Scene {
            name: "page",
            exit: 6,
            submit: |heard| {
                Some(Act::answer(200, &[], format!("<p>{CANARY}</p><!--{}-->", heard.head).as_bytes()).bytes())
            },
            ..WELL
        },
        Scene {
            name: "redirect",
            exit: 6,
            submit: |_| {
                Some(Act::answer(307, &[("Location", &format!("/else?key={CANARY}"))], CANARY.as_bytes()).bytes())
            },
            ..WELL
        },
        Scene {
            name: "broken",
            exit: 6,
            submit: |_| {
                Some(format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{{\"key\":\"{CANARY}\"").into_bytes())
            },
            ..WELL
        },
        Scene {
            name: "key as id",
            exit: 7,
            submit: |heard| Some(echoing(200, heard, &json!({ "request_id": CANARY, "status": CANARY }))),
            poll: |heard| Some(echoing(200, heard, &json!({ "status": CANARY }))),
            ..WELL
        },
        Scene { name: "poll 401", exit: 7, poll: |heard| Some(echoing(401, heard, &json!({}))), ..WELL },
        Scene { name: "poll 500", exit: 7, poll: |heard| Some(echoing(500, heard, &json!({}))), ..WELL },
        Scene {
            name: "poll failed",
            exit: 5,
            poll: |heard| Some(echoing(200, heard, &json!({ "status": "failed" }))),
            ..WELL
        },
        Scene { name: "dead links", exit: 5, fetch: |heard| Some(echoing(404, heard, &json!({}))), ..WELL },
    ]
}

/// The service of one scene.
async fn serve(scene: Scene) -> RawServer {
    RawServer::start([Act::answering(move |request| {
        let host = request.head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        let percent = CANARY.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
        match request.path() {
            path if path.ends_with("/generate") => (scene.submit)(request).unwrap_or_else(|| {
                let polling_url = format!("http://{host}/prediction?subscription-key={percent}");
                let body =
                    json!({ "request_id": "r", "status": "starting", "polling_url": polling_url, "error": null });
                echoing(200, request, &body)
            }),
            path if path.contains("/prediction") => (scene.poll)(request).unwrap_or_else(|| {
                let links = [format!("http://{host}/a.png"), format!("http://{host}/b.png?subscription-key={percent}")];
                echoing(200, request, &json!({ "status": "succeeded", "output": links, "error": null }))
            }),
            _ => (scene.fetch)(request).unwrap_or_else(|| {
                Act::answer(200, &[("Content-Type", "image/png")], &std::fs::read(sample()).unwrap()).bytes()
            }),
        }
    })])
    .await
}

/// What a person may do afterwards; each of these prints what is kept.
fn look_around(booth: &Booth, searched: &mut Searched) {
    for words in [
        &["-vv", "jobs", "list", "--json"][..],
        &["-vv", "jobs"],
        &["-vv", "library", "list", "--json"],
        &["-vv", "key", "status", "--json"],
    ] {
        searched.said(&booth.run(words));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_found_in_no_file_and_no_output_whatever_the_service_does() {
    let mut searched = Searched::default();
    for scene in scenes() {
        let (name, exit) = (scene.name, scene.exit);
        let service = serve(scene).await;
        let booth = person();
        let words = ["-vv", "make", linked_photo(), "--engine", "pixazo", "--wait", "3s", "--json", "--base-url"];
        let ended = booth.run(words.into_iter().chain([service.base_url().as_str()]));
        searched.said(&ended);
        assert_eq!(ended.code, Some(exit), "{name}: {ended:?}");
        let heard = service.heard();
        assert!(heard[0].head.contains(CANARY), "{name}: the key is really used");
        let pictures = heard.iter().filter(|request| request.path().contains(".png"));
        assert_eq!(
            pictures.filter(|request| forms(CANARY).iter().any(|form| request.head.contains(form))).count(),
            0,
            "{name}"
        );
        look_around(&booth, &mut searched);
        let kept = searched.folder(&booth.path("."));
        // The answer itself is kept, with the key taken out.
        assert!(kept.contains("[key removed]"), "{name}: nothing of the answer is kept");
    }
    searched.check("every answer");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_found_nowhere_after_a_kill_in_the_middle_of_the_submit() {
    let mut searched = Searched::default();
    let service = RawServer::start([Act::Stall]).await;
    let booth = person();
    let mut child =
        booth.start(["-vv", "make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base_url()]);
    while service.heard().is_empty() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before its request was heard");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    child.kill().unwrap();
    searched.said(&Ended::wait(child));
    searched.folder(&booth.path("."));
    look_around(&booth, &mut searched);
    searched.folder(&booth.path("."));
    searched.check("a kill");
}

#[test]
fn a_key_that_no_keychain_takes_is_kept_and_repeated_nowhere() {
    let mut searched = Searched::default();
    let booth = person();
    let mut child = booth
        .command(["-vv", "key", "set"])
        .env_remove(ENVIRONMENT_VARIABLE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{CANARY}\n").as_bytes()).unwrap();
    let ended = Ended::wait(child);
    searched.said(&ended);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    look_around(&booth, &mut searched);
    searched.folder(&booth.path("."));
    searched.check("no keychain");
}

/// Only the child process of the next test does anything here: it panics with the key at hand.
#[test]
fn child_of_the_panic_test() {
    let Ok(key) = std::env::var("STICKER_BOOTH_TEST_PANIC_CHILD") else { return };
    let key = SecretString::from(key);
    let keys = Keys::start(KeysOptions::in_memory()).unwrap();
    keys.set_for_session(Account::engine_at("127.0.0.1"), &key).unwrap();
    let base = "http://127.0.0.1:1".to_owned();
    let options = ClientOptions { base, key, allow_loopback: true, network: Network::default() };
    let shown = format!("{options:?}");
    let client = Client::new(options).unwrap();
    panic!("everything that can be printed: {shown} {client:?} {client:#?} {keys:?}");
}

#[test]
fn a_panic_that_prints_everything_at_hand_does_not_print_the_key() {
    let mut searched = Searched::default();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "canary::child_of_the_panic_test", "--nocapture"]);
    child.env("STICKER_BOOTH_TEST_PANIC_CHILD", CANARY).env("RUST_BACKTRACE", "full");
    let ended = Ended::of(&child.output().unwrap());
    assert!(ended.err.contains("everything that can be printed") && ended.err.contains("Caller"), "{ended:?}");
    searched.said(&ended);
    searched.check("a panic");
}

#[test]
fn a_copied_command_has_a_placeholder_and_a_pasted_one_leaves_its_key_behind() {
    let copied = to_curl(&Recipe::default(), "https://example.com/me.jpg", "https://gateway.pixazo.ai");
    let in_double_quotes = CANARY.replace('\\', r"\\").replace('"', r#"\""#);
    let with_key = copied.replace("YOUR_SUBSCRIPTION_KEY", &in_double_quotes);
    assert_ne!(copied, with_key, "there is a place for the key");
    let pasted = sticker_booth::model::settings_text::from_curl(&with_key).unwrap();
    assert!(forms(CANARY).iter().all(|form| !copied.contains(form) && !format!("{pasted:?}").contains(form)));
}
