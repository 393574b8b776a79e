//! Money on the terminal: budgets, the ledger, and what a person decides about jobs in trouble.

mod window;

use serde_json::json;

use crate::jobs::service::{Kind, Say, Service, accepted, finished, working};
use crate::support::booth::{Booth, Ended};
use crate::support::files::linked_photo;

fn person() -> Booth {
    Booth::new().with_variable("PIXAZO_API_KEY", "a-key-for-tests")
}

/// `make` of a link at this service.
fn make(booth: &Booth, service: &Service, more: &[&str]) -> Ended {
    booth.run(["make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base].iter().chain(more))
}

/// Writes preferences as the window does.
fn prefer(booth: &Booth, preferences: &serde_json::Value) {
    let mut whole = json!({ "version": 1 });
    whole.as_object_mut().unwrap().extend(preferences.as_object().unwrap().clone());
    std::fs::create_dir_all(booth.path("data")).unwrap();
    booth.put("data/settings.json", whole.to_string().as_bytes());
}

/// A small picture with clear corners.
fn picture() -> Say {
    let image = image::RgbaImage::from_fn(32, 32, |x, _| image::Rgba([9, 9, 9, if x < 16 { 0 } else { 255 }]));
    Say::Picture(sticker_booth::picture::encode_png(&image, &[]).unwrap())
}

/// A service that takes everything and is done when first asked.
fn good(base: &str, kind: Kind, earlier: usize) -> Say {
    match kind {
        Kind::Submit => accepted(&format!("request-{earlier}")),
        Kind::Ask => finished(base, &["a.png"]),
        Kind::Fetch => picture(),
    }
}

#[test]
fn a_budget_refuses_all_of_a_run_or_nothing_and_names_its_setting() {
    for (limit, name) in [("ask_above", "Ask above, $ a month"), ("refuse_above", "Stop at, $ a month")] {
        let service = Service::start(good);
        let booth = person();
        prefer(&booth, &json!({ "budget": { limit: 50 } }));
        make(&booth, &service, &["--count", "3"]).ends_with(2).says(name).says("nothing was sent").says("$0.075");
        assert_eq!((service.count(Kind::Submit), booth.jobs().len()), (0, 0));
        make(&booth, &service, &["--count", "2"]).ends_with(0);
        assert_eq!(service.count(Kind::Submit), 2);
        make(&booth, &service, &[]).ends_with(2).says(name);
        assert_eq!(service.count(Kind::Submit), 2);
    }
}

#[test]
fn a_free_sticker_asks_no_budget() {
    let booth = Booth::new();
    prefer(&booth, &json!({ "budget": { "refuse_above": 0 } }));
    let sample = crate::support::booth::sample();
    booth.run(["make", sample.to_str().unwrap(), "--width", "256", "--height", "256", "-o", "out.png"]).ends_with(0);
}

#[test]
fn the_ledger_counts_what_was_charged_not_charged_and_unsure_apart() {
    let service = Service::start(|base, kind, earlier| match (kind, earlier) {
        (Kind::Submit, 1) => Say::Json(500, json!({ "message": "Backend call failure" })),
        (Kind::Submit, 2) => Say::Json(202, json!({ "request_id": "=HYPERLINK(\"http://x\")", "status": "QUEUED" })),
        (Kind::Ask, 1) => Say::Json(200, json!({ "status": "ERROR", "error": "no face" })),
        _ => good(base, kind, earlier),
    });
    let booth = person();
    make(&booth, &service, &[]).ends_with(0);
    make(&booth, &service, &[]).ends_with(6).says("jobs forget");
    make(&booth, &service, &[]).ends_with(5);

    let lines = booth.run(["jobs", "ledger", "--json"]).ends_with(0).json();
    let outcomes: Vec<&str> = lines.iter().map(|line| line["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["not_charged", "accepted", "unknown", "accepted"], "newest first");
    assert!(lines.iter().all(|line| line["amount_usd"] == 0.025), "{lines:?}");
    assert_eq!(lines[3]["request_id"], "request-0");
    assert!(std::path::Path::new(lines[3]["sticker"].as_str().unwrap()).is_file());
    assert!(lines[2]["request_id"].is_null());

    let told = booth.run(["jobs", "ledger"]).ends_with(0);
    assert!(told.out.contains("Today $0.025, this month $0.025, in all $0.025."), "{told:?}");
    assert!(told.out.contains("1 charged, 1 not charged, 1 unsure ($0.025)."), "{told:?}");

    let table = booth.run(["jobs", "ledger", "--csv"]).ends_with(0).out;
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(rows.len(), 6, "a line of names, four lines and the last line's end: {table}");
    assert!(rows[1].contains(",0.025,\"'=HYPERLINK(\"\"http://x\"\")\","), "{table}");
    assert!(
        rows[4].contains("Z,pixazo,http://127.0.0.1:") && rows[4].contains(",accepted,0.025,request-0,"),
        "{table}"
    );

    // Putting the unsure one aside is the decision: its line stays, and counts no more.
    let unsure =
        booth.jobs().iter().find(|job| job["charged"] == "unknown").unwrap()["id"].as_str().unwrap().to_owned();
    booth.run(["jobs", "forget", &unsure]).ends_with(0);
    let told = booth.run(["jobs", "ledger"]).ends_with(0);
    assert!(told.out.contains("0 unsure ($0.00)"), "{told:?}");
    assert_eq!(booth.run(["jobs", "ledger", "--json"]).json().len(), 4);
}

#[test]
fn an_empty_ledger_says_what_it_comes_to() {
    let told = Booth::new().run(["jobs", "ledger"]).ends_with(0);
    assert!(told.out.contains("in all $0.00"), "{told:?}");
}

#[test]
fn a_lost_job_is_looked_for_again_by_its_id_and_paid_once() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Ask if earlier < 4 => Say::Json(404, json!({ "error": "unknown" })),
        _ => good(base, kind, earlier),
    });
    let booth = person();
    make(&booth, &service, &[]).ends_with(5).says("jobs resume");
    let job = booth.jobs()[0].clone();
    assert_eq!((job["status"].as_str(), job["request_id"].as_str()), (Some("lost"), Some("request-0")));
    // Without its id, what is lost stays so.
    booth.run(["jobs", "resume"]).ends_with(0);
    assert_eq!(booth.jobs()[0]["status"], "lost");
    booth.run(["jobs", "resume", &job["id"].as_str().unwrap()[..8]]).ends_with(0);
    assert_eq!((booth.jobs()[0]["status"].as_str(), service.count(Kind::Submit)), (Some("done"), 1));
}

#[test]
fn one_held_job_of_two_is_sent_by_its_id_and_only_with_pay() {
    let service = Service::start(good);
    let booth = person();
    // Nobody listens there.
    for _ in 0..2 {
        booth
            .run(["make", linked_photo(), "--engine", "pixazo", "--base-url", "http://127.0.0.1:1", "--wait", "0s"])
            .ends_with(7)
            .says("--pay");
    }
    let id = booth.jobs()[0]["id"].as_str().unwrap().to_owned();
    booth.run(["jobs", "resume", &id]).ends_with(7).says(&format!("jobs resume {} --pay", &id[..8])).says("$0.025");
    let statuses: Vec<_> = booth.jobs().iter().map(|job| job["status"].clone()).collect();
    assert_eq!(statuses, ["held", "held"]);
    assert_eq!(service.count(Kind::Submit), 0);
    booth.run(["jobs", "resume", "zzz"]).ends_with(2).says("no job");
}

#[test]
fn a_held_job_can_be_dropped_from_the_terminal_and_was_never_charged() {
    let booth = person();
    booth
        .run(["make", linked_photo(), "--engine", "pixazo", "--base-url", "http://127.0.0.1:1", "--wait", "0s"])
        .ends_with(7);
    let id = booth.jobs()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(booth.jobs()[0]["status"], "held");
    booth.run(["jobs", "forget", &id[..8]]).ends_with(0);
    assert!(booth.jobs().is_empty());
    assert!(booth.run(["jobs", "ledger", "--json"]).ends_with(0).json().is_empty());
}

#[test]
fn a_job_is_shown_whole_with_the_services_answer_and_nothing_in_it_steers_the_terminal() {
    let body = "\u{1b}[2J went wrong";
    let service = Service::start(move |_, _, _| Say::Bytes(502, body.as_bytes().to_vec()));
    let booth = person();
    let made = make(&booth, &service, &[]).ends_with(6);
    assert!(!made.err.contains('\u{1b}'), "{made:?}");
    let id = booth.jobs()[0]["id"].as_str().unwrap().to_owned();
    let told = booth.run(["jobs", "show", &id]).ends_with(0).out;
    for words in ["may have been accepted, $0.025 may be charged", "jobs forget", "went wrong"] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    assert!(!told.contains('\u{1b}'), "{told:?}");
    let json = booth.run(["jobs", "show", &id, "--json"]).ends_with(0).json();
    assert_eq!((&json[0]["id"], json[0]["raw_answer"].as_str()), (&booth.jobs()[0]["id"], Some(body)));
}

#[test]
fn a_request_without_an_answer_is_never_sent_again_from_the_terminal() {
    let service = Service::start(|_, _, _| Say::Json(502, json!({ "message": "bad gateway" })));
    let booth = person();
    make(&booth, &service, &[]).ends_with(6).says("may cost another $0.025");
    let id = booth.jobs()[0]["id"].as_str().unwrap().to_owned();
    booth.run(["jobs", "resume", &id, "--pay"]).ends_with(6).says("jobs forget");
    booth.run(["jobs", "list"]).ends_with(0).says("may have been accepted, $0.025 may be charged");
    assert_eq!(service.count(Kind::Submit), 1);
}

#[test]
fn the_list_says_of_each_job_whether_money_went() {
    let service = Service::start(|base, kind, earlier| match (kind, earlier) {
        (Kind::Submit, 1) => Say::Json(400, json!({ "message": "width: too wide" })),
        (Kind::Ask, 1..) => working(),
        _ => good(base, kind, earlier),
    });
    let booth = person();
    make(&booth, &service, &[]).ends_with(0);
    make(&booth, &service, &[]).ends_with(4);
    make(&booth, &service, &["--wait", "1s"]).ends_with(7).says("for free");
    let told = booth.run(["jobs", "list"]).ends_with(0).out;
    for words in ["done, charged $0.025", "failed, nothing charged", "working, charged $0.025"] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
}

#[test]
fn the_licences_of_the_hosted_model_are_mentioned_once() {
    let service = Service::start(good);
    let booth = person();
    make(&booth, &service, &[]).ends_with(0).says("non-commercial");
    let again = make(&booth, &service, &[]).ends_with(0);
    assert!(!again.err.contains("non-commercial"), "{again:?}");
    let sample = crate::support::booth::sample();
    let local = ["make", sample.to_str().unwrap(), "--width", "256", "--height", "256", "-o", "out.png"];
    let local = Booth::new().run(local).ends_with(0);
    assert!(!local.err.contains("non-commercial"), "{local:?}");
}
