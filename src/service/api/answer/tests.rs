//! Every shape of answer of the wire contract, and what else is read of it.

use serde_json::json;

use super::*;

fn read(body: &Json) -> Answer {
    Answer::read(body, String::new())
}

/// The shapes of the contract's list that a question can be answered with: name, answer, phase, links.
#[test]
fn every_shape_of_answer_is_understood() {
    let (a, b) = ("https://r.example/a.png", "https://r.example/b.png");
    let none: [&str; 0] = [];
    let done = Phase::Done;
    let table: Vec<(&str, Json, Phase, Vec<&str>)> = vec![
        (
            "1 starting",
            json!({"success": true, "request_id": "r", "status": "starting"}),
            Phase::Waiting,
            none.to_vec(),
        ),
        (
            "1 with input",
            json!({"success": true, "request_id": "r", "status": "starting", "input": {"image": a}, "created_at": "2025-12-30T10:00:00.000Z"}),
            Phase::Waiting,
            none.to_vec(),
        ),
        (
            "2 queued with polling_url",
            json!({"request_id": "r", "status": "QUEUED", "polling_url": "https://g.example/v2/requests/status/r"}),
            Phase::Waiting,
            none.to_vec(),
        ),
        (
            "3 queued with message",
            json!({"status": "QUEUED", "request_id": "r", "message": "in line"}),
            Phase::Waiting,
            none.to_vec(),
        ),
        (
            "4 in queue with response_url",
            json!({"status": "IN_QUEUE", "request_id": "r", "response_url": "https://g.example/x.png"}),
            Phase::Waiting,
            none.to_vec(),
        ),
        (
            "5 wrapped in data",
            json!({"success": true, "data": {"id": "r", "status": "processing"}}),
            Phase::Working,
            none.to_vec(),
        ),
        ("6 finished at once", json!({"request_id": "r", "output": a}), done, vec![a]),
        (
            "7 succeeded, one link",
            json!({"success": true, "id": "r", "status": "succeeded", "input": {"image": b}, "output": a, "created_at": "z"}),
            done,
            vec![a],
        ),
        (
            "8 succeeded, two links",
            json!({"success": true, "id": "r", "status": "succeeded", "input": {}, "output": [a, b], "created_at": "z"}),
            done,
            vec![a, b],
        ),
        ("9 image", json!({"status": "succeeded", "image": "https://r.example/1"}), done, vec!["https://r.example/1"]),
        ("9 images", json!({"status": "succeeded", "images": [a, b]}), done, vec![a, b]),
        ("9 sticker", json!({"status": "succeeded", "sticker": a}), done, vec![a]),
        ("9 stickers", json!({"status": "succeeded", "stickers": [a]}), done, vec![a]),
        ("9 image_url", json!({"status": "succeeded", "image_url": a}), done, vec![a]),
        ("9 imageUrl", json!({"status": "succeeded", "imageUrl": a}), done, vec![a]),
        ("9 sticker_url", json!({"status": "succeeded", "sticker_url": a}), done, vec![a]),
        ("9 result_url", json!({"status": "succeeded", "result_url": a}), done, vec![a]),
        ("9 output_url", json!({"status": "succeeded", "output_url": a}), done, vec![a]),
        ("9 url", json!({"status": "succeeded", "url": a}), done, vec![a]),
        (
            "10 media_url list",
            json!({"status": "COMPLETED", "output": {"media_url": [a, b], "media_type": "image/png"}, "error": null}),
            done,
            vec![a, b],
        ),
        (
            "10 media_url text",
            json!({"status": "COMPLETED", "output": {"media_url": a, "media_type": "image/png"}, "error": null}),
            done,
            vec![a],
        ),
        (
            "11 result.images",
            json!({"status": "COMPLETED", "result": {"images": [{"url": a, "file_name": "a.png", "content_type": "image/png"}]}}),
            done,
            vec![a],
        ),
        ("12 output of objects", json!({"status": "succeeded", "output": [{"url": a}, {"url": b}]}), done, vec![a, b]),
        ("12 images of objects", json!({"status": "succeeded", "images": [{"url": a}]}), done, vec![a]),
        ("12 data of objects", json!({"status": "succeeded", "data": [{"url": a}]}), done, vec![a]),
        ("12 image object", json!({"status": "succeeded", "image": {"url": a}}), done, vec![a]),
        ("12 result.url", json!({"status": "succeeded", "result": {"url": a}}), done, vec![a]),
        ("12 result.uri without a status", json!({"result": {"uri": a}}), done, vec![a]),
        (
            "13 sticker pair",
            json!({"images": [{"url": "https://r.example/all.png"}], "sticker_image": {"url": a}, "sticker_image_background_removed": {"url": b}, "seed": 1, "has_nsfw_concepts": [false]}),
            done,
            vec!["https://r.example/all.png", a, b],
        ),
        (
            "13 under output",
            json!({"status": "COMPLETED", "output": {"images": [], "sticker_image": {"url": a}, "sticker_image_background_removed": {"url": b}}}),
            done,
            vec![a, b],
        ),
        (
            "14 full prediction",
            json!({"id": "r", "status": "succeeded", "output": [a], "logs": "100%|██████████| 20/20", "metrics": {"predict_time": 8.1}, "error": null, "urls": {"get": "https://api.example/p/r"}, "started_at": "s", "completed_at": "c"}),
            done,
            vec![a],
        ),
        (
            "14 data removed",
            json!({"id": "r", "status": "succeeded", "output": null, "data_removed": true}),
            Phase::DoneWithoutImage,
            none.to_vec(),
        ),
        ("15 empty list", json!({"status": "succeeded", "output": []}), Phase::DoneWithoutImage, none.to_vec()),
        ("15 null", json!({"status": "succeeded", "output": null}), Phase::DoneWithoutImage, none.to_vec()),
        ("15 empty text", json!({"status": "succeeded", "output": ""}), Phase::DoneWithoutImage, none.to_vec()),
        ("16 failed", json!({"status": "failed", "error": "CUDA out of memory"}), Phase::Failed, none.to_vec()),
        ("16 FAILED", json!({"status": "FAILED", "error": {"message": "no", "code": 3}}), Phase::Failed, none.to_vec()),
        ("16 ERROR", json!({"status": "ERROR", "error": null}), Phase::Failed, none.to_vec()),
        ("16 success false", json!({"success": false, "error": "gone"}), Phase::Failed, none.to_vec()),
        ("16 success false with message", json!({"success": false, "message": "gone"}), Phase::Failed, none.to_vec()),
        ("17 an error alone", json!({"error": {"message": "gone"}}), Phase::Failed, none.to_vec()),
        (
            "18 inline image",
            json!({"status": "succeeded", "output": ["data:image/png;base64,aGk="]}),
            done,
            vec!["data:image/png;base64,aGk="],
        ),
    ];
    for (name, body, phase, results) in table {
        let answer = read(&body);
        assert_eq!(answer.phase, phase, "{name}");
        assert_eq!(answer.results, results, "{name}");
    }
}

#[test]
fn a_path_is_completed_by_the_address_that_was_asked() {
    let at = Url::parse("https://g.example/v1/prediction?x=1").unwrap();
    let body = json!({ "output": ["/out/a.png", "b.png", "//cdn.example/c.png", "https://r.example/d", "data:,x"] });
    assert_eq!(
        read(&body).with_links_of(&at).results,
        [
            "https://g.example/out/a.png",
            "https://g.example/v1/b.png",
            "https://cdn.example/c.png",
            "https://r.example/d",
            "data:,x"
        ]
    );
}

#[test]
fn the_filter_s_flag_is_found_wherever_it_stands_and_never_in_what_was_sent() {
    for flagged in [
        json!({"output": [], "has_nsfw_concepts": [false, true]}),
        json!({"output": {"has_nsfw_concepts": [true]}}),
        json!({"nsfw_content_detected": true}),
        json!({"result": {"images": [{"url": "x", "nsfw": "true"}]}}),
    ] {
        assert!(read(&flagged).flagged && Answer::says_flagged(&flagged.to_string()), "{flagged}");
    }
    let kept_back = read(&json!({"status": "succeeded", "output": [], "has_nsfw_concepts": [true]}));
    assert_eq!(kept_back.phase, Phase::DoneWithoutImage);
    assert!(kept_back.error.unwrap().contains("unsafe (NSFW)"));
    for fine in [
        json!({"has_nsfw_concepts": [false]}),
        json!({"has_nsfw_concepts": null, "nsfw": 0}),
        json!({"input": {"nsfw": true}, "allow_nsfw": true}),
    ] {
        assert!(!read(&fine).flagged, "{fine}");
    }
}

#[test]
fn every_status_word_has_its_class_in_any_case() {
    for (words, phase) in [
        ("starting queued in_queue pending submitted created waiting", Phase::Waiting),
        ("processing in_progress running generating", Phase::Working),
        ("succeeded success completed complete done ready finished", Phase::DoneWithoutImage),
        ("failed failure error", Phase::Failed),
        ("canceled cancelled aborted expired timeout timed_out", Phase::Stopped),
    ] {
        for word in words.split(' ') {
            for (key, spelled) in
                [("status", word.to_owned()), ("task_status", word.to_uppercase()), ("state", word.to_owned())]
            {
                let answer = read(&json!({ key: spelled }));
                assert_eq!(answer.phase, phase, "{key} {word}");
            }
        }
    }
}

#[test]
fn an_unknown_word_keeps_the_question_open_and_is_shown() {
    let answer = read(&json!({"status": "warming_up", "request_id": "r"}));
    assert_eq!((answer.phase, answer.word.as_deref()), (Phase::Working, Some("warming_up")));
    let answer = read(&json!({"status": "warmed", "output": "https://r.example/a"}));
    assert_eq!(answer.phase, Phase::Done);
    assert_eq!(read(&json!({})).phase, Phase::Working);
}

#[test]
fn a_failure_carries_the_services_words() {
    for (body, error) in [
        (json!({"status": "failed", "error": "no face"}), Some("no face")),
        (json!({"status": "failed", "error": {"message": "no face", "code": 1}}), Some("no face")),
        (json!({"status": "failed", "error": null, "message": "sorry"}), Some("sorry")),
        (json!({"status": "failed", "error": null}), None),
        (json!({"success": false, "message": "gone"}), Some("gone")),
        (json!({"error": "outer", "data": {"status": "failed"}}), Some("outer")),
    ] {
        assert_eq!(read(&body).error.as_deref(), error, "{body}");
    }
}

#[test]
fn finished_without_a_picture_says_what_to_try() {
    let error = read(&json!({"status": "succeeded", "output": []})).error.unwrap();
    assert!(error.contains("no face") && error.contains("hair and ears"), "{error}");
}

#[test]
fn only_the_second_queues_error_is_said_to_be_free() {
    assert_eq!(read(&json!({"status": "ERROR"})).charged_hint, Some(Charged::No));
    for word in ["error", "failed", "FAILED", "COMPLETED"] {
        assert_eq!(read(&json!({ "status": word })).charged_hint, None, "{word}");
    }
}

#[test]
fn progress_is_the_last_bar_of_the_logs() {
    for (logs, progress) in [
        (json!("  0%|          | 0/20\r 25%|██▌       | 5/20 [00:01<00:03, 4.9it/s]"), Some(0.25)),
        (json!("100%|██████████| 20/20\nupscaling\n 10%|█         | 1/10"), Some(0.1)),
        (json!(["33%|███▎      | 1/3", "done"]), Some(1.0 / 3.0)),
        (json!("50%|█████     | 0/0"), Some(0.5)),
        (json!("sharpness 80%|"), None),
        (json!("900%|x| 9/1"), None),
        (json!("%|% |"), None),
        (json!(null), None),
        (json!("no bars"), None),
    ] {
        assert_eq!(read(&json!({"status": "processing", "logs": logs})).progress, progress, "{logs}");
    }
}
