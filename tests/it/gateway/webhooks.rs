//! What webhooks are told, and what one that does not answer may cost.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Service, with};
use crate::support::fake_engine::FakeEngine;
use crate::support::raw_server::{Act, RawServer};

fn events(receiver: &RawServer) -> Vec<Value> {
    receiver.heard().iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect()
}

#[tokio::test]
async fn a_webhook_is_told_the_start_the_logs_the_output_and_the_end() {
    let engine = FakeEngine::slow(Duration::from_millis(1200));
    let service = Service::start(&engine, |_| {});
    let receiver = RawServer::start([Act::answer(200, &[], b"")]).await;
    let id = service.accepted(&with("webhook", json!(format!("{}/hook", receiver.base_url())))).await;
    let ended = service.wait(&id).await;
    service.gateway.stop().await;

    let events = events(&receiver);
    let statuses: Vec<&str> = events.iter().map(|event| event["status"].as_str().unwrap()).collect();
    let logs = statuses.len() - 3;
    assert!((1..=3).contains(&logs), "log lines are told at most every 500 ms: {statuses:?}");
    assert!(statuses[..statuses.len() - 1].iter().all(|status| *status == "processing"));
    assert_eq!((&events[0]["logs"], &events[0]["output"]), (&json!(""), &Value::Null));
    assert!(events[1]["logs"].as_str().unwrap().contains('%') && events[1]["output"].is_null());
    let [.., output, completed] = events.as_slice() else { panic!() };
    assert_eq!((&output["output"], &output["completed_at"]), (&ended["output"], &Value::Null));
    assert_eq!(*completed, ended);
    assert!(receiver.heard().iter().all(|request| request.head.starts_with("POST /hook ")));
    assert!(receiver.heard().iter().all(|request| !request.head.to_ascii_lowercase().contains("subscription-key")));
}

#[tokio::test]
async fn a_webhook_is_told_only_what_its_filter_names() {
    for (filter, statuses) in [
        (json!(["completed"]), &["succeeded"][..]),
        (json!(["start", "completed"]), &["processing", "succeeded"]),
        (json!(["output"]), &["processing"]),
    ] {
        let service = Service::start(&FakeEngine::new(), |_| {});
        let receiver = RawServer::start([Act::answer(204, &[], b"")]).await;
        let mut body = with("webhook", json!(receiver.base_url()));
        body["webhook_events_filter"] = filter.clone();
        let id = service.accepted(&body).await;
        service.wait(&id).await;
        service.gateway.stop().await;
        let events = events(&receiver);
        let told: Vec<&str> = events.iter().map(|event| event["status"].as_str().unwrap()).collect();
        assert_eq!(told, statuses, "{filter}");
    }
}

#[tokio::test]
async fn a_webhook_that_fails_is_tried_three_times_and_delays_no_sticker() {
    let service = Service::start(&FakeEngine::new(), |_| {});
    let broken = RawServer::start([Act::json(500, "")]).await;
    let silent = RawServer::start([Act::Stall]).await;
    let begun = Instant::now();
    let mut ids = Vec::new();
    for receiver in [&broken, &silent] {
        let mut body = with("webhook", json!(receiver.base_url()));
        body["webhook_events_filter"] = json!(["completed"]);
        ids.push(service.accepted(&body).await);
    }
    for id in &ids {
        assert_eq!(service.wait(id).await["status"], "succeeded");
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    for _ in 0..300 {
        if broken.heard().len() == 3 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(broken.heard().len(), 3);
    service.gateway.stop().await;
}
