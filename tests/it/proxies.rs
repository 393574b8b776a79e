//! The trap of the proxies: with one set for everything, what stays on this computer still goes nowhere near it.

use serde_json::json;

use crate::support::booth::{Booth, sample};
use crate::support::raw_server::{Act, RawServer};

const KEY: &str = "a-key-that-no-proxy-may-see";

/// A person whose whole environment says: take this proxy for everything.
fn trapped(proxy: &RawServer) -> Booth {
    let booth =
        Booth::new().with_variable("PIXAZO_API_KEY", KEY).with_variable("NO_PROXY", "").with_variable("no_proxy", "");
    ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"]
        .into_iter()
        .fold(booth, |booth, name| booth.with_variable(name, &proxy.base_url()))
}

/// A hosted service on this computer whose results lie on it too, at its name where it is called by that.
async fn service() -> RawServer {
    RawServer::start([Act::answering(|request| {
        let host = request.head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default().to_owned();
        let answer = match request.path() {
            path if path.ends_with("/generate") => json!({ "success": true, "request_id": "r", "status": "starting" }),
            path if path.ends_with("/prediction") => {
                json!({ "success": true, "status": "succeeded", "output": [format!("http://{host}/result.png")] })
            }
            "/hook" => json!({}),
            _ => return Act::answer(200, &[("Content-Type", "image/png")], &std::fs::read(sample()).unwrap()).bytes(),
        };
        Act::json(200, &answer.to_string()).bytes()
    })])
    .await
}

fn heard(server: &RawServer, path: &str) -> usize {
    server.heard().iter().filter(|request| request.path().ends_with(path)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_stays_on_this_computer_passes_a_proxy() {
    let proxy = RawServer::start([Act::json(502, "{}")]).await;
    let service = service().await;
    let booth = trapped(&proxy);
    let (base, port) = (service.base_url(), service.address.port());
    // What a proxy swallows is never finished, so it is not waited for as long as usual.
    let small = ["--width", "256", "--height", "256", "--wait", "1m"];

    // The engine on this computer: upload, submit, its fetch of the photo, questions, results and the webhook.
    let (photo, hook) = (sample(), format!("{base}/hook"));
    let words = ["make", photo.to_str().unwrap(), "-o", "one.png", "--webhook", &hook];
    booth.run(words.into_iter().chain(small)).ends_with(0);
    // A photo on a web server of this computer.
    let link = format!("{base}/face.png");
    booth.run(["make", &link, "-o", "two.png"].into_iter().chain(small)).ends_with(0);
    assert!(heard(&service, "/hook") >= 1 && heard(&service, "/face.png") == 1);
    // A service on this computer, by address and by name: submit, questions, results.
    for (number, base) in [base.clone(), format!("http://localhost:{port}")].iter().enumerate() {
        let out = format!("paid-{number}.png");
        let words =
            ["make", crate::support::files::linked_photo(), "--engine", "pixazo", "-o", &out, "--base-url", base];
        booth.run(words.into_iter().chain(small)).ends_with(0);
    }
    assert_eq!((heard(&service, "/generate"), heard(&service, "/result.png")), (2, 2));
    assert_eq!((proxy.connections(), proxy.heard().len()), (0, 0));

    // The trap is a real one: what leaves this computer falls into it, without the key.
    booth.run(["make", "http://face.example/a.jpg"]).ends_with(3);
    let caught = proxy.heard();
    assert_eq!((caught.len(), caught[0].path()), (1, "http://face.example/a.jpg"));
    assert!(!caught[0].head.contains(KEY));
}
