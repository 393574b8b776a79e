//! The documentation's own examples, run against our gateway with only host, key and photo changed.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use sticker_booth::gateway::{Gateway, GatewayOptions};
use sticker_booth::picture::{decode_sticker, encode_jpeg, has_alpha_cutout};
use tokio::runtime::Handle;

use crate::support::fake_engine::FakeEngine;
use crate::support::needs;
use crate::support::raw_server::{Act, RawServer};

const DOCUMENTATION: &str = include_str!("face-to-sticker-api.txt");

/// How an example of one language begins and ends, and how it is run.
struct Language {
    name: &'static str,
    first: &'static str,
    last: &'static str,
    /// Starts the interpreter on the example's file.
    run: fn(&Path) -> Command,
    /// Does the interpreter run here?
    probe: fn() -> bool,
}

const CURL: Language = Language {
    name: "curl",
    first: "curl -v -X POST",
    last: "  }'",
    run: |file| command("sh", &[file.to_str().unwrap()]),
    probe: || works(command("sh", &["-c", "curl --version"])),
};

const PYTHON: Language = Language {
    name: "python3 with requests",
    first: "import requests",
    last: "print(response.json())",
    run: |file| command("python3", &[file.to_str().unwrap()]),
    probe: || works(command("python3", &["-c", "import requests"])),
};

const JAVASCRIPT: Language = Language {
    name: "node with fetch",
    first: "const url =",
    last: ".catch(error => console.error('Error:', error));",
    run: |file| command("node", &[file.to_str().unwrap()]),
    probe: || works(command("node", &["-e", "process.exit(typeof fetch === 'function' ? 0 : 1)"])),
};

/// A command that no proxy of this machine gets between.
fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(name);
    }
    command
}

fn works(mut command: Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// The example of `language` for one endpoint, cut out of the documentation.
fn example(language: &Language, endpoint: &str) -> String {
    let lines: Vec<&str> = DOCUMENTATION.lines().collect();
    let starts = (0..lines.len()).filter(|at| lines[*at].starts_with(language.first));
    starts
        .map(|start| {
            let length = lines[start..].iter().position(|line| *line == language.last).unwrap() + 1;
            lines[start..start + length].join("\n")
        })
        .find(|example| example.contains(&format!("/face-to-sticker/{endpoint}")))
        .unwrap()
}

/// Runs an example; what it printed on standard output.
async fn run(language: &Language, code: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("example");
    std::fs::write(&file, code).unwrap();
    let mut command = (language.run)(&file);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The first quoted text after `name`, in JSON as in what Python and JavaScript print.
fn quoted_after(printed: &str, name: &str) -> Option<String> {
    let rest = &printed[printed.find(name)? + name.len()..];
    let rest = &rest[rest.find(':')? + 1..];
    rest.split(['"', '\'']).nth(1).map(str::to_owned)
}

async fn check(language: Language) {
    if !needs(language.name, (language.probe)()) {
        return;
    }
    let photo = encode_jpeg(&image::RgbImage::from_pixel(64, 64, image::Rgb([200, 120, 90])), 92).unwrap();
    let host = RawServer::start([Act::answer(200, &[("Content-Type", "image/jpeg")], &photo)]).await;
    let options = GatewayOptions::embedded(Arc::new(FakeEngine::slow(Duration::from_millis(100))));
    let gateway = Gateway::start(GatewayOptions { embedded: false, ..options }, &Handle::current()).unwrap();
    let ours = |endpoint: &str| {
        example(&language, endpoint)
            .replace("https://gateway.pixazo.ai", &gateway.base_url())
            .replace("YOUR_SUBSCRIPTION_KEY", gateway.key().expose_secret())
            .replace("https://example.com/face-photo.jpg", &format!("{}/face-photo.jpg", host.base_url()))
    };

    let generated = run(&language, &ours("generate")).await;
    assert_eq!(quoted_after(&generated, "status").as_deref(), Some("starting"), "{generated}");
    let id = quoted_after(&generated, "request_id").unwrap();

    let question = ours("prediction").replace("abc123def456", &id);
    let mut answer = String::new();
    for _ in 0..100 {
        answer = run(&language, &question).await;
        if quoted_after(&answer, "status").as_deref() == Some("succeeded") {
            break;
        }
    }
    assert_eq!(quoted_after(&answer, "status").as_deref(), Some("succeeded"), "{answer}");

    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut cut_out = Vec::new();
    for index in 0..2 {
        let link = format!("{}/outputs/{id}_output_{index}.png", gateway.base_url());
        assert!(answer.contains(&link), "{link} is missing in {answer}");
        let sticker = decode_sticker(&http.get(link).send().await.unwrap().bytes().await.unwrap()).unwrap();
        assert_eq!((sticker.width(), sticker.height()), (1024, 1024));
        cut_out.push(has_alpha_cutout(&sticker));
    }
    assert_eq!(cut_out, [false, true]);
    gateway.stop().await;
}

#[tokio::test]
async fn the_curl_examples_make_a_sticker() {
    check(CURL).await;
}

#[tokio::test]
async fn the_python_examples_make_a_sticker() {
    check(PYTHON).await;
}

#[tokio::test]
async fn the_javascript_examples_make_a_sticker() {
    check(JAVASCRIPT).await;
}
