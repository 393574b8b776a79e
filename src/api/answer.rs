//! What an answer about a request says, whatever its shape.

use serde_json::Value as Json;

use crate::model::Charged;

use super::harvest::result_links;
use super::text::{error_text, words};

/// Where a request stands at the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It waits for its turn.
    Waiting,
    /// It is being made.
    Working,
    /// It is done, and there are links to fetch.
    Done,
    /// It is done, and there is nothing to fetch.
    DoneWithoutImage,
    /// It failed.
    Failed,
    /// The service gave it up.
    Stopped,
}

/// An answer about a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Where it stands.
    pub phase: Phase,
    /// The service's own word for it, where it gave one.
    pub word: Option<String>,
    /// Share of the work done, 0 to 1, where the logs tell.
    pub progress: Option<f32>,
    /// Links to the results, or data URIs; in the order of the answer.
    pub results: Vec<String>,
    /// Why there is no result, for people.
    pub error: Option<String>,
    /// What the answer itself says about the charge, if it does.
    pub charged_hint: Option<Charged>,
    /// The answer as it came, without the key.
    pub raw: String,
}

/// Said when a request succeeded without a picture.
const NO_IMAGE: &str = "the service finished without a picture. Most likely it found no face: use a photo that shows \
     the whole head with hair and ears. The same request sent twice, or results already removed, look like this too";

/// The word's class; `None` for a word that is not known.
fn phase_of(word: &str) -> Option<Phase> {
    let word = word.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    Some(match word.as_str() {
        "starting" | "queued" | "in_queue" | "pending" | "submitted" | "created" | "waiting" => Phase::Waiting,
        "processing" | "in_progress" | "running" | "generating" => Phase::Working,
        "succeeded" | "success" | "completed" | "complete" | "done" | "ready" | "finished" => Phase::Done,
        "failed" | "failure" | "error" => Phase::Failed,
        "canceled" | "cancelled" | "aborted" | "expired" | "timeout" | "timed_out" => Phase::Stopped,
        _ => return None,
    })
}

/// The status word of an object.
fn status_word(body: &Json) -> Option<&str> {
    ["status", "task_status", "state"].into_iter().find_map(|key| body.get(key)?.as_str())
}

/// The object that has the status: `body` itself, or one it wraps.
pub(super) fn payload(body: &Json) -> &Json {
    if status_word(body).is_some() {
        return body;
    }
    ["data", "result", "prediction"]
        .into_iter()
        .filter_map(|key| body.get(key))
        .find(|inner| inner.is_object())
        .unwrap_or(body)
}

/// Why it failed, as the object itself or its wrapper says: `error` first, since `message` may be a greeting.
fn failure_text(inner: &Json, outer: &Json) -> Option<String> {
    let said = |body: &Json| body.get("error").and_then(words);
    said(inner).or_else(|| said(outer)).or_else(|| error_text(inner)).or_else(|| error_text(outer))
}

/// Is there an `error` that says something?
pub(super) fn has_error(body: &Json) -> bool {
    body.get("error").and_then(words).is_some()
}

/// Does the answer say of itself that it is a failure?
pub(super) fn says_failure(body: &Json) -> bool {
    body.get("success").and_then(Json::as_bool) == Some(false)
}

impl Answer {
    /// Reads an answer's JSON; `raw` is kept beside it.
    pub fn read(body: &Json, raw: String) -> Self {
        let inner = payload(body);
        let word = status_word(inner).map(str::to_owned);
        let results = result_links(body);
        let failed = [inner, body].into_iter().any(|part| says_failure(part) || has_error(part));
        let phase = match word.as_deref().and_then(phase_of) {
            Some(Phase::Done) if results.is_empty() => Phase::DoneWithoutImage,
            Some(phase) => phase,
            None if !results.is_empty() => Phase::Done,
            None if failed && word.is_none() => Phase::Failed,
            None => Phase::Working,
        };
        let error = match phase {
            Phase::Failed | Phase::Stopped => failure_text(inner, body),
            Phase::DoneWithoutImage => {
                let said = [inner, body].into_iter().find_map(|part| part.get("error").and_then(words));
                Some(said.unwrap_or_else(|| NO_IMAGE.to_owned()))
            }
            Phase::Waiting | Phase::Working | Phase::Done => None,
        };
        // In capitals it is the word of the service's second queue, which is documented as free.
        let charged_hint = (word.as_deref() == Some("ERROR")).then_some(Charged::No);
        let progress = ["logs", "log"].into_iter().find_map(|key| inner.get(key).or_else(|| body.get(key)));
        let progress = progress.and_then(log_text).and_then(|logs| last_progress(&logs));
        Self { phase, word, progress, results, error, charged_hint, raw }
    }

    /// Will nothing more come?
    pub fn is_final(&self) -> bool {
        !matches!(self.phase, Phase::Waiting | Phase::Working)
    }
}

/// Logs come as one text or as a list of lines.
fn log_text(logs: &Json) -> Option<String> {
    match logs {
        Json::String(text) => Some(text.clone()),
        Json::Array(lines) => Some(lines.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("\n")),
        _ => None,
    }
}

/// The last progress bar in the logs, as tqdm draws them: `42%|████▏     | 21/50 [00:03<00:04]`.
fn last_progress(logs: &str) -> Option<f32> {
    let mut rest = logs;
    while let Some(at) = rest.rfind("%|") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        if let Some(share) = bar(before, after) {
            return Some(share);
        }
        rest = before;
    }
    None
}

fn bar(before: &str, after: &str) -> Option<f32> {
    let digits = before.len() - before.trim_end_matches(|character: char| character.is_ascii_digit()).len();
    let percent: u32 = before[before.len() - digits..].parse().ok().filter(|percent| *percent <= 100)?;
    let counts = after.lines().next()?.split_once('|')?.1.trim_start();
    let (done, of) = counts.split_once('/')?;
    let of: String = of.chars().take_while(char::is_ascii_digit).collect();
    let (done, of): (u32, u32) = (done.trim().parse().ok()?, of.parse().ok()?);
    let share = if of > 0 && done <= of { done as f32 / of as f32 } else { percent as f32 / 100.0 };
    Some(share)
}

#[cfg(test)]
mod tests {
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
            (
                "9 image",
                json!({"status": "succeeded", "image": "https://r.example/1"}),
                done,
                vec!["https://r.example/1"],
            ),
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
            (
                "12 output of objects",
                json!({"status": "succeeded", "output": [{"url": a}, {"url": b}]}),
                done,
                vec![a, b],
            ),
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
            (
                "16 FAILED",
                json!({"status": "FAILED", "error": {"message": "no", "code": 3}}),
                Phase::Failed,
                none.to_vec(),
            ),
            ("16 ERROR", json!({"status": "ERROR", "error": null}), Phase::Failed, none.to_vec()),
            ("16 success false", json!({"success": false, "error": "gone"}), Phase::Failed, none.to_vec()),
            (
                "16 success false with message",
                json!({"success": false, "message": "gone"}),
                Phase::Failed,
                none.to_vec(),
            ),
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
}
