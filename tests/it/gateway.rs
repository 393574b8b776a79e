//! Our own gateway over real HTTP: the documented contract.

mod manners;
mod webhooks;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use sticker_booth::gateway::{Gateway, GatewayOptions};
use sticker_booth::model::PARAMETERS;
use sticker_booth::model::parameter::Kind;
use sticker_booth::picture::{check_whole, encode_jpeg};
use tokio::runtime::Handle;

use crate::support::fake_engine::FakeEngine;
use crate::support::raw_server::{Act, RawServer};

const GENERATE: &str = "/face-sticker/v1/face-to-sticker/generate";
const PREDICTION: &str = "/face-sticker/v1/face-to-sticker/prediction";

/// A gateway with the client of a program that knows its key.
struct Service {
    gateway: Gateway,
    http: reqwest::Client,
}

impl Service {
    fn start(engine: &FakeEngine, change: impl FnOnce(&mut GatewayOptions)) -> Self {
        let mut options = GatewayOptions::embedded(Arc::new(engine.clone()));
        change(&mut options);
        let gateway = Gateway::start(options, &Handle::current()).unwrap();
        Self { gateway, http: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.gateway.base_url())
    }

    fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.post(self.url(path)).header("Ocp-Apim-Subscription-Key", self.gateway.key().expose_secret())
    }

    async fn generate(&self, body: &Value) -> reqwest::Response {
        self.post(GENERATE).json(body).send().await.unwrap()
    }

    async fn accepted(&self, body: &Value) -> String {
        let response = self.generate(body).await;
        assert_eq!(response.status(), 200);
        let answer: Value = response.json().await.unwrap();
        answer["request_id"].as_str().unwrap().to_owned()
    }

    async fn prediction(&self, id: &str) -> Value {
        self.post(PREDICTION).json(&json!({ "requestId": id })).send().await.unwrap().json().await.unwrap()
    }

    async fn wait(&self, id: &str) -> Value {
        for _ in 0..2000 {
            let prediction = self.prediction(id).await;
            if prediction["completed_at"].is_string() {
                return prediction;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("request {id} never ended");
    }
}

fn photo() -> Vec<u8> {
    encode_jpeg(&image::RgbImage::from_pixel(64, 64, image::Rgb([200, 120, 90])), 92).unwrap()
}

fn photo_uri() -> String {
    format!("data:image/jpeg;base64,{}", base64::prelude::BASE64_STANDARD.encode(photo()))
}

/// A small request that needs little drawing.
fn request() -> Value {
    json!({ "image": photo_uri(), "width": 256, "height": 256 })
}

fn with(field: &str, value: Value) -> Value {
    let mut request = request();
    request[field] = value;
    request
}

async fn error_of(response: reqwest::Response) -> (u16, Value) {
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn a_request_takes_every_documented_default_and_echoes_what_it_uses() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let server = RawServer::start([Act::answer(200, &[], &photo())]).await;
    let image = format!("{}/face.jpg", server.base_url());
    let answer: Value = service.generate(&json!({ "image": image })).await.json().await.unwrap();
    assert_eq!((&answer["success"], &answer["status"]), (&json!(true), &json!("starting")));
    assert!(answer["created_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(answer["input"]["image"], json!(image));
    for spec in &PARAMETERS {
        let expected = match spec.kind {
            Kind::Text { default } => json!(default),
            Kind::Integer { default: Some(default), .. } => json!(default),
            Kind::Real { default, .. } => json!(default),
            Kind::Toggle { default } => json!(default),
            Kind::ImageUrl | Kind::Integer { default: None, .. } | Kind::OptionalUrl | Kind::Events => continue,
        };
        assert_eq!(answer["input"][spec.name], expected, "{}", spec.name);
    }
    assert!(u32::try_from(answer["input"]["seed"].as_u64().unwrap()).is_ok());
    assert!(answer["input"].get("webhook").is_none());
    service.gateway.stop().await;
}

#[tokio::test]
async fn a_finished_prediction_has_every_field_and_two_whole_pictures() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let id = service.accepted(&with("seed", json!(3))).await;
    let prediction = service.wait(&id).await;
    let keys: Vec<&str> = prediction.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = vec![
        "success",
        "id",
        "request_id",
        "status",
        "input",
        "output",
        "error",
        "logs",
        "metrics",
        "created_at",
        "started_at",
        "completed_at",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!((&prediction["id"], &prediction["request_id"]), (&json!(id), &json!(id)));
    assert_eq!((&prediction["status"], &prediction["error"]), (&json!("succeeded"), &Value::Null));
    assert!(prediction["metrics"]["predict_time"].as_f64().unwrap() >= 0.0);
    let logs = prediction["logs"].as_str().unwrap();
    assert!(logs.contains(" 45%|████      | 45/100\n") && logs.ends_with("100%|██████████| 100/100\n"), "{logs}");

    for (index, url) in prediction["output"].as_array().unwrap().iter().enumerate() {
        let url = url.as_str().unwrap();
        assert_eq!(url, service.url(&format!("/outputs/{id}_output_{index}.png")));
        let response = service.http.get(url).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["content-type"]),
            (200, &"image/png".parse().unwrap())
        );
        assert!(check_whole(&response.bytes().await.unwrap()).is_ok());
    }
    service.gateway.stop().await;
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes_and_another_seed_does_not() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let mut pictures = Vec::new();
    for seed in [7, 7, 8] {
        let id = service.accepted(&with("seed", json!(seed))).await;
        service.wait(&id).await;
        let url = service.url(&format!("/outputs/{id}_output_1.png"));
        pictures.push(service.http.get(url).send().await.unwrap().bytes().await.unwrap());
    }
    assert!(pictures[0] == pictures[1] && pictures[0] != pictures[2]);
    service.gateway.stop().await;
}

#[tokio::test]
async fn a_wrong_parameter_is_named_with_what_it_takes() {
    let engine = FakeEngine::new();
    let service = Service::start(&engine, |_| {});
    for (body, message) in [
        (with("width", json!(255)), "width: must be an integer from 256 to 2048"),
        (with("height", json!(2049)), "height: must be an integer from 256 to 2048"),
        (with("steps", json!("20")), "steps: must be an integer from 1 to 50"),
        (with("steps", json!(51)), "steps: must be an integer from 1 to 50"),
        (with("seed", json!(-1)), "seed: must be an integer from 0 to 4294967295"),
        (with("prompt_strength", json!(20.5)), "prompt_strength: must be a number from 0 to 20"),
        (with("instant_id_strength", json!(1.1)), "instant_id_strength: must be a number from 0 to 1"),
        (with("ip_adapter_weight", json!([])), "ip_adapter_weight: must be a number from 0 to 1"),
        (with("ip_adapter_noise", json!(-0.1)), "ip_adapter_noise: must be a number from 0 to 1"),
        (with("upscale", json!("true")), "upscale: must be true or false"),
        (with("upscale_steps", json!(0)), "upscale_steps: must be an integer from 1 to 50"),
        (with("prompt", json!(5)), "prompt: must be a string"),
        (with("webhook", json!("nowhere")), "webhook: must be an http or https URL, or null"),
        (with("webhook", json!("http://")), "webhook: must be an http or https URL, or null"),
        (
            with("webhook_events_filter", json!(["began"])),
            "webhook_events_filter: must be a list of start, output, logs, completed or *",
        ),
        (with("image", Value::Null), "image: must be an http or https URL, or a data URI, of an image"),
        (with("image", json!("face.jpg")), "image: must be an http or https URL, or a data URI, of an image"),
        (with("image", json!("file:///face.jpg")), "image: must be an http or https URL, or a data URI, of an image"),
        (
            with("image", json!("data:text/html;base64,AA")),
            "image: must be an http or https URL, or a data URI, of an image",
        ),
        (json!({}), "image: must be an http or https URL, or a data URI, of an image"),
        (json!([]), "body: must be a JSON object"),
    ] {
        let (status, error) = error_of(service.generate(&body).await).await;
        assert_eq!((status, error), (400, json!({ "error": "Invalid request parameters", "message": message })));
    }
    let (status, error) = error_of(service.post(PREDICTION).json(&json!({ "id": "r" })).send().await.unwrap()).await;
    assert_eq!((status, &error["message"]), (400, &json!("requestId: must be a string")));
    assert_eq!(engine.runs(), 0);
    service.gateway.stop().await;
}

#[tokio::test]
async fn null_means_the_default_and_unknown_fields_are_left_aside() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let mut body = request();
    for field in ["prompt", "steps", "seed", "webhook", "webhook_events_filter"] {
        body[field] = Value::Null;
    }
    body["not_documented"] = json!({});
    let answer: Value = service.generate(&body).await.json().await.unwrap();
    assert_eq!((&answer["input"]["prompt"], &answer["input"]["steps"]), (&json!("a person"), &json!(20)));
    assert!(answer["input"].get("not_documented").is_none());
    service.gateway.stop().await;
}

#[tokio::test]
async fn requests_without_the_key_or_as_another_type_are_refused_in_the_documented_words() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    for path in [GENERATE, PREDICTION] {
        for key in [None, Some(""), Some("wrong")] {
            let mut unsigned = service.http.post(service.url(path)).json(&request());
            if let Some(key) = key {
                unsigned = unsigned.header("Ocp-Apim-Subscription-Key", key);
            }
            let refused = error_of(unsigned.send().await.unwrap()).await;
            assert_eq!(refused, (401, json!({ "error": "Invalid or missing authentication" })), "{path} {key:?}");
        }
        for (content_type, status) in [("text/plain", 415), ("application/x-www-form-urlencoded", 415)] {
            let plain = service.post(path).header("Content-Type", content_type).body("{}").send().await.unwrap();
            assert_eq!(plain.status().as_u16(), status, "{path} {content_type}");
        }
        let untyped = service.post(path).body("{}").send().await.unwrap();
        assert_eq!(untyped.status(), 415, "{path}");
        let broken = service.post(path).header("Content-Type", "application/json; charset=utf-8").body("{\"image\"");
        assert_eq!(broken.send().await.unwrap().status(), 400, "{path}");
        let other_method = service.http.get(service.url(path)).send().await.unwrap();
        assert_eq!(other_method.status(), 405, "{path}");
    }
    service.gateway.stop().await;
}

#[tokio::test]
async fn a_body_above_eight_mebibytes_is_refused_and_its_sender_lives_to_read_why() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let just_fits = format!("{{\"requestId\":\"{}\"}}", "x".repeat(8 * 1024 * 1024 - 16));
    for (body, status) in [(just_fits.clone(), 404), (format!("{just_fits} "), 413), ("x".repeat(20_000_000), 413)] {
        let sent = service.post(PREDICTION).header("Content-Type", "application/json").body(body).send().await.unwrap();
        assert_eq!(sent.status().as_u16(), status);
        assert!(sent.json::<Value>().await.unwrap()["message"].is_string());
    }
    service.gateway.stop().await;
}

#[tokio::test]
async fn unknown_paths_and_ids_are_not_found() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    for path in ["/", "/face-sticker/v1/face-to-sticker", "/face-sticker/v1/face-to-sticker/generate/x", "/outputs"] {
        let missing = error_of(service.post(path).json(&request()).send().await.unwrap()).await;
        assert_eq!(missing, (404, json!({ "error": "Endpoint not found" })), "{path}");
    }
    let (status, error) =
        error_of(service.post(PREDICTION).json(&json!({ "requestId": "r" })).send().await.unwrap()).await;
    assert_eq!((status, &error["error"]), (404, &json!("Endpoint not found")));
    service.gateway.stop().await;
}

#[tokio::test]
async fn pictures_are_given_only_under_their_own_names_and_only_read() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let id = service.accepted(&request()).await;
    service.wait(&id).await;
    for name in [
        format!("{id}_output_2.png"),
        format!("{id}_output_0.jpg"),
        id.clone(),
        "..%2F..%2Fetc%2Fpasswd".to_owned(),
        format!("{id}_output_0.png%00"),
        "%2e%2e".to_owned(),
    ] {
        let missing = service.http.get(service.url(&format!("/outputs/{name}"))).send().await.unwrap();
        assert_eq!(missing.status(), 404, "{name}");
    }
    let url = service.url(&format!("/outputs/{id}_output_0.png"));
    for method in [reqwest::Method::PUT, reqwest::Method::DELETE, reqwest::Method::POST] {
        assert_eq!(service.http.request(method, &url).send().await.unwrap().status(), 405);
    }
    service.gateway.stop().await;
}

#[tokio::test]
async fn a_photo_that_cannot_be_used_fails_its_request_with_a_sentence() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let gone = RawServer::start([Act::json(404, "{}")]).await;
    let page = RawServer::start([Act::answer(200, &[("Content-Type", "image/jpeg")], b"<html>no</html>")]).await;
    for (body, words) in [
        (with("prompt", json!("no face")), "no face was found"),
        (with("prompt", json!("break down")), "broke down"),
        (with("image", json!(format!("{}/face.jpg", gone.base_url()))), "HTTP 404"),
        (with("image", json!(format!("{}/face.jpg", page.base_url()))), "not a picture"),
        (with("image", json!("http://10.0.0.1/face.jpg")), "private network"),
        (with("image", json!("data:image/png;base64,aGk=")), "not a picture"),
    ] {
        let id = service.accepted(&body).await;
        let prediction = service.wait(&id).await;
        assert_eq!((&prediction["status"], &prediction["output"]), (&json!("failed"), &Value::Null));
        assert!(prediction["error"].as_str().unwrap().contains(words), "{}", prediction["error"]);
    }
    // The one that broke down did not take the gateway with it.
    let id = service.accepted(&request()).await;
    assert_eq!(service.wait(&id).await["status"], "succeeded");
    service.gateway.stop().await;
}

#[tokio::test]
async fn an_inline_photo_is_not_echoed_back() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let answer: Value = service.generate(&request()).await.json().await.unwrap();
    assert_eq!(answer["input"]["image"], "data:image/jpeg;base64,\u{2026}");
    service.gateway.stop().await;
}

#[tokio::test]
async fn the_embedded_one_keeps_prepared_photos_for_those_who_know_their_name() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let url = service.url("/photos/0123456789abcdef0123456789abcdef.jpg");
    let key = service.gateway.key().expose_secret();
    let unsigned = service.http.put(&url).body(photo()).send().await.unwrap();
    assert_eq!(unsigned.status(), 401);
    assert_eq!(service.http.get(&url).send().await.unwrap().status(), 404);
    let signed = service.http.put(&url).header("Ocp-Apim-Subscription-Key", key).body(photo()).send().await.unwrap();
    assert_eq!(signed.status(), 201);
    let got = service.http.get(&url).send().await.unwrap();
    assert_eq!(
        (&got.headers()["content-type"], &got.headers()["x-content-type-options"]),
        (&"image/jpeg".parse().unwrap(), &"nosniff".parse().unwrap())
    );
    assert_eq!(got.bytes().await.unwrap(), photo());

    let id = service.accepted(&with("image", json!(url))).await;
    assert_eq!(service.wait(&id).await["status"], "succeeded");

    assert_eq!(service.http.delete(&url).send().await.unwrap().status(), 401);
    let taken = service.http.delete(&url).header("Ocp-Apim-Subscription-Key", key).send().await.unwrap();
    assert_eq!(taken.status(), 204);
    assert_eq!(service.http.get(&url).send().await.unwrap().status(), 404);

    for name in
        ["face.jpg", "..%2Fx.jpg", "0123456789ABCDEF0123456789ABCDEF.jpg", "0123456789abcdef0123456789abcdef.png"]
    {
        let put = service.http.put(service.url(&format!("/photos/{name}"))).header("Ocp-Apim-Subscription-Key", key);
        assert_eq!(put.body(photo()).send().await.unwrap().status(), 404, "{name}");
    }
    service.gateway.stop().await;

    let service = Service::start(&FakeEngine::new(), |options| options.embedded = false);
    let key = service.gateway.key().expose_secret();
    let url = service.url("/photos/0123456789abcdef0123456789abcdef.jpg");
    let put = service.http.put(&url).header("Ocp-Apim-Subscription-Key", key).body(photo()).send().await.unwrap();
    assert_eq!(put.status(), 404);
    service.gateway.stop().await;
}
