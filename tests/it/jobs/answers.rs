//! Every shape of answer of the wire contract, from the click to the sticker.

use serde_json::{Value as Json, json};
use sticker_booth::jobs::{Hold, JobRow, Missing, NewJob};
use sticker_booth::model::{Charged, JobId, JobStatus, Recipe};

use super::service::{Kind, Say, Service};
use super::world::{Manner, World, background, cutout, paid};

/// One conversation: what the service says to the POST and to every question.
struct Shape {
    name: &'static str,
    /// The answer to the POST; `ID` and `BASE` stand for those of the job and of the service.
    submit: Json,
    /// The answer to a question.
    poll: Json,
    end: End,
}

/// How a job ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// With both pictures.
    Pair,
    /// With one of them.
    One(Missing),
    /// Finished without an image: charged, with words on what to try.
    WithoutImage,
    /// It failed there, and is taken to be charged.
    FailedThere,
    /// It failed there, and the service is known not to charge for that.
    FailedFree,
    /// The service reports a failure and no id.
    ChargeUnknown,
}

use End::{ChargeUnknown, FailedFree, FailedThere, One, Pair, WithoutImage};

fn documented() -> Json {
    json!({ "success": true, "request_id": "ID", "status": "starting" })
}

/// A shape of answer to a question.
fn polled(name: &'static str, poll: Json, end: End) -> Shape {
    Shape { name, submit: documented(), poll, end }
}

/// A shape of answer to the POST.
fn submitted(name: &'static str, submit: Json, end: End) -> Shape {
    Shape { name, submit, poll: json!({ "success": true, "status": "succeeded", "output": [A, B] }), end }
}

/// The picture on its background.
const A: &str = "BASE/a.png";
/// The picture cut out.
const B: &str = "BASE/b.png";
/// A link without an extension.
const BARE: &str = "BASE/results/b?sig=1";

/// The shapes by their numbers in the contract.
fn shapes() -> Vec<Shape> {
    let input = json!({ "image": "https://example.com/me.png", "width": 256 });
    let (no_cutout, no_background) = (One(Missing::Cutout), One(Missing::Background));
    let mut shapes = vec![
        submitted("1", documented(), Pair),
        submitted(
            "1 with input",
            json!({ "success": true, "request_id": "ID", "status": "starting", "input": input, "created_at": "2025-12-30T10:00:00.000Z" }),
            Pair,
        ),
        submitted(
            "2",
            json!({ "request_id": "ID", "status": "QUEUED", "polling_url": "BASE/v2/requests/status/ID" }),
            Pair,
        ),
        submitted(
            "2 of another host",
            json!({ "request_id": "ID", "status": "QUEUED", "polling_url": "https://elsewhere.example/v2/requests/status/ID" }),
            Pair,
        ),
        submitted("3", json!({ "status": "QUEUED", "request_id": "ID", "message": "in line" }), Pair),
        submitted(
            "4",
            json!({ "status": "IN_QUEUE", "request_id": "ID", "response_url": "BASE/v2/requests/status/ID" }),
            Pair,
        ),
        submitted("5 requestId", json!({ "requestId": "ID" }), Pair),
        submitted("5 id", json!({ "id": "ID" }), Pair),
        submitted("5 prediction_id", json!({ "prediction_id": "ID" }), Pair),
        submitted("5 task_id", json!({ "task_id": "ID" }), Pair),
        submitted(
            "5 in data",
            json!({ "success": true, "data": { "task_id": "ID", "task_status": "submitted" } }),
            Pair,
        ),
        submitted("6", json!({ "request_id": "ID", "status": "succeeded", "output": [A, B] }), Pair),
        submitted("6 without an id", json!({ "output": [B] }), no_background),
        submitted(
            "1 with the photo repeated and without a status",
            json!({ "success": true, "request_id": "ID", "image": crate::support::files::linked_photo(), "width": 256 }),
            Pair,
        ),
        polled(
            "7",
            json!({ "success": true, "id": "ID", "status": "succeeded", "input": input, "output": B, "created_at": "z" }),
            no_background,
        ),
        polled(
            "8",
            json!({ "success": true, "id": "ID", "status": "succeeded", "input": input, "output": [B, A], "created_at": "z" }),
            Pair,
        ),
        polled(
            "10 list",
            json!({ "status": "COMPLETED", "output": { "media_url": [A, B], "media_type": "image/png" }, "error": null }),
            Pair,
        ),
        polled(
            "10 text",
            json!({ "status": "COMPLETED", "output": { "media_url": BARE, "media_type": "image/png" }, "error": null }),
            no_background,
        ),
        polled(
            "11",
            json!({ "status": "COMPLETED", "result": { "images": [{ "url": A, "file_name": "a.png", "content_type": "image/png" }] } }),
            no_cutout,
        ),
        polled("12 output", json!({ "status": "succeeded", "output": [{ "url": A }, { "url": B }] }), Pair),
        polled("12 images", json!({ "status": "succeeded", "images": [{ "url": A }, { "url": BARE }] }), Pair),
        polled("12 images of text", json!({ "status": "succeeded", "images": [BARE] }), no_background),
        polled("12 data", json!({ "status": "succeeded", "data": [{ "url": B }] }), no_background),
        polled("12 image", json!({ "status": "succeeded", "image": { "url": A } }), no_cutout),
        polled("12 result url", json!({ "status": "succeeded", "result": { "url": A } }), no_cutout),
        polled("12 result uri", json!({ "result": { "uri": BARE } }), no_background),
        polled(
            "13",
            json!({ "images": [{ "url": A }], "sticker_image": { "url": A }, "sticker_image_background_removed": { "url": B }, "seed": 1, "has_nsfw_concepts": [false] }),
            Pair,
        ),
        polled(
            "13 in output",
            json!({ "status": "COMPLETED", "output": { "images": [], "sticker_image": { "url": A }, "sticker_image_background_removed": { "url": B } } }),
            Pair,
        ),
        polled(
            "14",
            json!({ "id": "ID", "status": "succeeded", "output": [A, B], "logs": "100%|██████████| 20/20 see https://x.example/log.png", "metrics": { "predict_time": 8.1 }, "error": null, "urls": { "get": "https://api.example/p/1.png" }, "started_at": "s", "completed_at": "c" }),
            Pair,
        ),
        polled(
            "14 removed",
            json!({ "id": "ID", "status": "succeeded", "output": null, "data_removed": true }),
            WithoutImage,
        ),
        polled("15 list", json!({ "status": "succeeded", "output": [] }), WithoutImage),
        polled("15 null", json!({ "status": "SUCCEEDED", "output": null }), WithoutImage),
        polled("15 text", json!({ "status": "completed", "output": "" }), WithoutImage),
        polled("16 text", json!({ "status": "failed", "error": "SAID" }), FailedThere),
        polled("16 object", json!({ "status": "FAILED", "error": { "message": "SAID", "code": 3 } }), FailedThere),
        polled("16 null", json!({ "status": "failed", "error": null }), FailedThere),
        polled("16 ERROR", json!({ "status": "ERROR", "error": "SAID" }), FailedFree),
        polled("16 success false", json!({ "success": false, "error": "SAID" }), FailedThere),
        polled("16 success false, message", json!({ "success": false, "message": "SAID" }), FailedThere),
        polled("stopped there", json!({ "status": "cancelled" }), FailedThere),
        submitted("16 at submit", json!({ "success": false, "error": "SAID" }), ChargeUnknown),
        submitted("17 an error at submit", json!({ "error": { "message": "SAID" } }), ChargeUnknown),
        polled("18", json!({ "status": "succeeded", "output": [inline(&cutout()), A] }), Pair),
    ];
    for (name, key) in [
        ("9 image", "image"),
        ("9 images", "images"),
        ("9 sticker", "sticker"),
        ("9 stickers", "stickers"),
        ("9 image_url", "image_url"),
        ("9 imageUrl", "imageUrl"),
        ("9 sticker_url", "sticker_url"),
        ("9 result_url", "result_url"),
        ("9 output_url", "output_url"),
        ("9 url", "url"),
    ] {
        shapes.push(polled(name, json!({ "status": "succeeded", key: BARE }), no_background));
    }
    shapes
}

fn inline(picture: &[u8]) -> String {
    use base64::Engine as _;
    format!("data:image/png;base64,{}", base64::prelude::BASE64_STANDARD.encode(picture))
}

/// The answer with the id and the base in their places.
fn fill(answer: &Json, id: &str, base: &str) -> Json {
    let text = answer.to_string().replace("\"ID\"", &format!("\"{id}\"")).replace("status/ID", &format!("status/{id}"));
    serde_json::from_str(&text.replace("BASE", base).replace("SAID", "what the service says")).unwrap()
}

#[test]
fn every_shape_of_answer_comes_to_its_end() {
    let service = Service::listening(|base, kind, _, asked| {
        let shapes = shapes();
        let shape = |id: &str| &shapes[id.parse::<usize>().unwrap()];
        match (kind, asked.path.rsplit_once("/v2/requests/status/")) {
            (Kind::Submit, _) => {
                let id = asked.text("prompt");
                Say::Json(200, fill(&shape(&id).submit, &id, base))
            }
            (Kind::Ask, _) => Say::Json(200, fill(&shape(&asked.text("requestId")).poll, "ID", base)),
            (Kind::Fetch, Some((_, id))) => Say::Json(200, fill(&shape(id).poll, id, base)),
            (Kind::Fetch, None) => Say::Picture(if asked.path.contains("/a") { background() } else { cutout() }),
        }
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    window.jobs.set_hosted_concurrency(6);
    let shapes = shapes();
    let ids: Vec<JobId> = (0..shapes.len())
        .map(|number| {
            let recipe = Recipe { prompt: number.to_string(), ..Recipe::default() };
            window.jobs.submit(NewJob { recipe, ..paid(&number.to_string(), &service.base) }).unwrap()
        })
        .collect();
    for (number, (shape, id)) in shapes.iter().zip(&ids).enumerate() {
        check(shape, number, &window.rest(id));
    }
    assert_eq!(service.count(Kind::Submit), shapes.len());
}

fn check(shape: &Shape, number: usize, row: &JobRow) {
    let name = shape.name;
    let (status, charged) = match shape.end {
        Pair | One(_) => (JobStatus::Done, Charged::Yes),
        WithoutImage | FailedThere => (JobStatus::Failed, Charged::Yes),
        FailedFree => (JobStatus::Failed, Charged::No),
        ChargeUnknown => (JobStatus::Failed, Charged::Unknown),
    };
    assert_eq!((row.status, row.charged), (status, charged), "{name}: {row:#?}");
    // However it ends, the id is kept.
    let request_id = shape.submit.to_string().contains("\"ID\"").then(|| number.to_string());
    assert_eq!(row.request_id, request_id, "{name}");
    let missing = if let One(missing) = shape.end { Some(missing) } else { None };
    assert_eq!(row.missing, missing, "{name}");
    let error = row.error.as_deref().unwrap_or_default();
    let said = shape.poll.to_string().contains("SAID") || shape.submit.to_string().contains("SAID");
    assert_eq!(error.contains("what the service says"), said, "{name}: {error}");
    if shape.end == WithoutImage {
        assert!(error.contains("hair and ears"), "{name}: {error}");
    }
    assert!(row.has_raw_answer, "{name}: the answer itself is kept");
}

#[test]
fn a_refusal_shows_the_services_words_in_whatever_shape_they_come() {
    let bodies = [
        (r#"{"error":"The width is too large"}"#, "The width is too large"),
        (r#"{"error":"Invalid request parameters","message":"width: too large"}"#, "width: too large"),
        (r#"{"statusCode":400,"message":"Bad width"}"#, "Bad width"),
        (r#"{"detail":"No such width"}"#, "No such width"),
        (r#"{"detail":[{"loc":["body","width"],"msg":"too large","type":"value_error"}]}"#, "width: too large"),
        (r#"{"error":{"message":"Odd width"}}"#, "Odd width"),
        ("<html><body>Bad request</body></html>", "HTTP 400"),
        ("the width is odd", "the width is odd"),
        ("", "HTTP 400"),
    ];
    let service = Service::start(move |_, _, earlier| Say::Bytes(400, bodies[earlier % bodies.len()].0.into()));
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    for (body, words) in bodies {
        let id = window.jobs.submit(paid(body, &service.base)).unwrap();
        let row = window.rest(&id);
        assert_eq!((row.status, row.charged), (JobStatus::Failed, Charged::No), "{body}");
        let error = row.error.unwrap();
        assert!(error.ends_with(words), "{body}: {error}");
        assert_eq!(window.raw_answer(&id).as_deref(), Some(body).filter(|body| !body.is_empty()));
    }
}

#[test]
fn words_about_money_hold_the_line_whatever_the_status() {
    let refusals = [
        (402, ""),
        (400, r#"{"error":"Insufficient credits"}"#),
        (401, r#"{"message":"Your wallet is empty"}"#),
        (403, r#"{"statusCode":403,"message":"Out of call volume quota: add credit"}"#),
        (404, r#"{"error":"No balance for this endpoint"}"#),
        (422, r#"{"detail":"not enough credits"}"#),
    ];
    let service = Service::start(move |_, _, earlier| Say::Bytes(refusals[earlier].0, refusals[earlier].1.into()));
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    for (status, body) in refusals {
        let id = window.jobs.submit(paid(&format!("{status}{body}"), &service.base)).unwrap();
        let row = window.rest(&id);
        assert_eq!((row.status, row.held, row.charged), (JobStatus::Held, Some(Hold::Credit), Charged::No), "{status}");
    }
}

#[test]
fn a_refusal_that_repeats_a_prompt_about_money_is_not_taken_for_an_empty_account() {
    let service = Service::listening(|_, _, _, asked| {
        let sent: Json = serde_json::from_slice(&asked.body).unwrap();
        Say::Json(400, json!({ "error": "Invalid request parameters", "message": "width: too large", "input": sent }))
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let recipe = Recipe { prompt: "a wallet with a balance".into(), ..Recipe::default() };
    let id = window.jobs.submit(NewJob { recipe, ..paid("click", &service.base) }).unwrap();
    let row = window.rest(&id);
    assert_eq!((row.status, row.held), (JobStatus::Failed, None), "{row:#?}");
}

#[test]
fn a_signed_link_that_the_service_repeats_is_told_and_kept_without_its_signature() {
    const WORDS: &str = "could not fetch https://b.example/me.jpg?X-Amz-Credential=AK5EC&X-Amz-Signature=5ec2e7";
    let service = Service::start(|_, kind, earlier| match (kind, earlier) {
        (Kind::Submit, 0) => Say::Json(400, json!({ "error": WORDS })),
        (Kind::Submit, _) => Say::Json(200, documented()),
        (_, 0) => Say::Json(503, json!({ "error": WORDS })),
        _ => Say::Json(200, json!({ "status": "failed", "error": WORDS })),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let is_clean = |row: &JobRow| {
        let (error, raw) = (row.error.as_deref().unwrap(), window.raw_answer(&row.id).unwrap());
        assert!(error.contains("me.jpg?X-Amz-Credential=…&X-Amz-Signature=…"), "{error}");
        assert!(!format!("{row:?}").contains("5ec2e7") && !raw.contains("AK5EC"), "{row:#?}");
    };
    let refused = window.jobs.submit(paid("refused", &service.base)).unwrap();
    is_clean(&window.rest(&refused));
    let failed = window.jobs.submit(paid("failed", &service.base)).unwrap();
    is_clean(&window.until(&failed, "asked in vain", |row| row.retry_at.is_some()));
    is_clean(&window.rest(&failed));
    assert_eq!(world.files_with("5ec2e7"), Vec::<std::path::PathBuf>::new());
}
