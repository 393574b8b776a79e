//! The one judge of what a submit came to.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::net::Reply;

use super::answer::{Answer, Phase, has_error, payload, says_failure};
use super::text::{answered, error_text, json, message, own_words, speaks_of_credit, wait};

/// What asks about an accepted request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The service's id; empty only where the answer brought the results and no id.
    pub request_id: String,
    /// A link of the service's own to ask at, where it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polling_url: Option<String>,
}

/// Why the service said no; nothing was charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A parameter does not suit it.
    BadRequest,
    /// The key is missing or wrong.
    Key,
    /// There is no credit left.
    Credit,
    /// The key may not use this service.
    Access,
    /// There is no such endpoint.
    NotFound,
    /// Another refusal, by its HTTP status.
    Other(u16),
}

/// What a submit came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Submission {
    /// The service has it, and charges for it.
    Accepted {
        /// What to ask about.
        ticket: Ticket,
        /// The result, where it came at once.
        finished: Option<Answer>,
        /// The answer as it came, without the key.
        raw: String,
    },
    /// No byte left this computer: it may be sent again.
    NothingSent {
        /// What happened.
        reason: String,
    },
    /// Too many requests: it may be sent again later.
    Busy {
        /// How long to wait, one second to ten minutes.
        retry_after: Duration,
        /// The answer as it came, without the key.
        raw: String,
    },
    /// The service said no, and charges nothing.
    Refused {
        /// Why.
        refusal: Refusal,
        /// Its words, or "HTTP N".
        message: String,
        /// The answer as it came, without the key.
        raw: String,
    },
    /// The service says that it failed; whether it charged is not known.
    FailedChargeUnknown {
        /// Its words.
        message: String,
        /// The answer as it came, without the key.
        raw: String,
    },
    /// Nobody knows. Only a person may send it again.
    MaybeAccepted {
        /// What happened.
        reason: String,
        /// Whatever came, without the key.
        raw: String,
    },
}

/// Names of the id, the likeliest first.
const ID_KEYS: [&str; 5] = ["request_id", "requestId", "id", "prediction_id", "task_id"];

/// Judges an answer to a submit of the photo at `image`, which some services repeat.
///
/// Whatever no row names may have been accepted: a request that is paid for is never repeated on a guess.
pub fn classify(reply: &Reply, image: &str) -> Submission {
    match reply.status {
        429 => Submission::Busy { retry_after: wait(reply), raw: reply.record() },
        400..=406 | 411 | 413..=415 | 422 | 431 => refused(reply),
        200..=299 => accepted_or_not(reply, image),
        _ => Submission::MaybeAccepted {
            reason: format!("the service answered {}", answered(reply)),
            raw: reply.record(),
        },
    }
}

fn refused(reply: &Reply) -> Submission {
    let message = message(reply);
    Submission::Refused { refusal: refusal(reply), message, raw: reply.record() }
}

/// The kind of a refusal from its status and its words.
pub(super) fn refusal(reply: &Reply) -> Refusal {
    match reply.status {
        402 => Refusal::Credit,
        _ if speaks_of_credit(&own_words(reply)) => Refusal::Credit,
        400 | 422 => Refusal::BadRequest,
        401 => Refusal::Key,
        403 => Refusal::Access,
        404 => Refusal::NotFound,
        other => Refusal::Other(other),
    }
}

fn accepted_or_not(reply: &Reply, image: &str) -> Submission {
    let raw = reply.record();
    let Some(mut body) = json(reply) else {
        return Submission::MaybeAccepted { reason: format!("the service answered {}", answered(reply)), raw };
    };
    forget(&mut body, image);
    let answer = Answer::read(&body, raw.clone());
    let request_id = request_id(&body);
    if request_id.is_none() && answer.results.is_empty() {
        if says_failure(&body) || has_error(&body) {
            let message = error_text(&body).unwrap_or_else(|| "the service reported a failure".to_owned());
            return Submission::FailedChargeUnknown { message, raw };
        }
        let reason = format!("the service answered HTTP {} and gave the request no number", reply.status);
        return Submission::MaybeAccepted { reason, raw };
    }
    // At submit, "success" without a link only means that the request was taken.
    let is_over = answer.is_final() && answer.phase != Phase::DoneWithoutImage;
    Submission::Accepted {
        ticket: Ticket { request_id: request_id.unwrap_or_default(), polling_url: polling_url(&body) },
        finished: is_over.then_some(answer),
        raw,
    }
}

/// Takes the photo that was sent out of the answer: it is no result.
fn forget(value: &mut Json, image: &str) {
    match value {
        Json::String(text) if text == image => *value = Json::Null,
        Json::Array(items) => items.iter_mut().for_each(|item| forget(item, image)),
        Json::Object(fields) => fields.values_mut().for_each(|field| forget(field, image)),
        _ => {}
    }
}

/// The id, as text or number, in the answer or in what it wraps.
fn request_id(body: &Json) -> Option<String> {
    let named = |part: &Json| {
        ID_KEYS.into_iter().find_map(|key| match part.get(key)? {
            Json::String(id) if !id.trim().is_empty() => Some(id.trim().to_owned()),
            Json::Number(id) => Some(id.to_string()),
            _ => None,
        })
    };
    let wrapped = ["data", "result", "prediction"].into_iter().filter_map(|key| body.get(key));
    named(body).or_else(|| named(payload(body))).or_else(|| wrapped.into_iter().find_map(named))
}

fn polling_url(body: &Json) -> Option<String> {
    let parts = [body, payload(body)];
    let links = parts.into_iter().flat_map(|part| ["polling_url", "response_url"].map(|key| part.get(key)));
    links.flatten().find_map(Json::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMAGE: &str = "https://me.example/face.jpg";

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() }
    }

    fn class(status: u16, body: &str) -> &'static str {
        match classify(&reply(status, body), IMAGE) {
            Submission::Accepted { finished: None, .. } => "accepted",
            Submission::Accepted { finished: Some(_), .. } => "finished",
            Submission::NothingSent { .. } => "nothing sent",
            Submission::Busy { .. } => "busy",
            Submission::Refused { refusal: Refusal::BadRequest, .. } => "bad request",
            Submission::Refused { refusal: Refusal::Key, .. } => "key",
            Submission::Refused { refusal: Refusal::Credit, .. } => "credit",
            Submission::Refused { refusal: Refusal::Access, .. } => "access",
            Submission::Refused { refusal: Refusal::NotFound, .. } => "not found",
            Submission::Refused { refusal: Refusal::Other(_), .. } => "other refusal",
            Submission::FailedChargeUnknown { .. } => "failed",
            Submission::MaybeAccepted { .. } => "maybe",
        }
    }

    #[test]
    fn every_row_of_the_table_is_judged_as_written() {
        let id = r#"{"success":true,"request_id":"r","status":"starting"}"#;
        for (status, body, expected) in [
            (200, id, "accepted"),
            (201, id, "accepted"),
            (202, r#"{"request_id":"m_1","status":"QUEUED","polling_url":"https://g.example/s/1"}"#, "accepted"),
            (200, r#"{"requestId":"r"}"#, "accepted"),
            (200, r#"{"id":"r"}"#, "accepted"),
            (200, r#"{"prediction_id":"r"}"#, "accepted"),
            (200, r#"{"task_id":7}"#, "accepted"),
            (200, r#"{"success":true,"data":{"task_id":"r","status":"queued"}}"#, "accepted"),
            (200, r#"{"status":"success","request_id":"r"}"#, "accepted"),
            (200, r#"{"success":false,"request_id":"r"}"#, "finished"),
            (200, r#"{"request_id":"r","status":"failed","error":"x"}"#, "finished"),
            (200, r#"{"request_id":"r","status":"succeeded","output":"https://r.example/a.png"}"#, "finished"),
            (200, r#"{"output":["https://r.example/a.png"]}"#, "finished"),
            (200, r#"{"request_id":"r","image":"https://me.example/face.jpg"}"#, "accepted"),
            (200, r#"{"image":"https://me.example/face.jpg","images":["https://me.example/face.jpg"]}"#, "maybe"),
            (200, r#"{"success":false,"message":"no"}"#, "failed"),
            (200, r#"{"error":"no"}"#, "failed"),
            (200, r#"{"error":null}"#, "maybe"),
            (200, r#"{"success":true}"#, "maybe"),
            (200, r#"{"request_id":""}"#, "maybe"),
            (200, r#"{"request_id":"r","#, "maybe"),
            (200, "<html>Sign in to the hotel's network</html>", "maybe"),
            (200, "[]", "maybe"),
            (204, "", "maybe"),
            (101, "", "maybe"),
            (301, "", "maybe"),
            (307, id, "maybe"),
            (400, r#"{"error":"Invalid request parameters"}"#, "bad request"),
            (401, r#"{"error":"Invalid or missing authentication"}"#, "key"),
            (402, "", "credit"),
            (403, r#"{"error":"Access denied for this operation"}"#, "access"),
            (403, r#"{"message":"Insufficient wallet balance"}"#, "credit"),
            (400, r#"{"error":"Not enough credits"}"#, "credit"),
            (404, r#"{"error":"Endpoint not found"}"#, "not found"),
            (405, "", "other refusal"),
            (406, "", "other refusal"),
            (411, "", "other refusal"),
            (413, "", "other refusal"),
            (414, "", "other refusal"),
            (415, "", "other refusal"),
            (422, r#"{"detail":[{"loc":["body","width"],"msg":"too small","type":"x"}]}"#, "bad request"),
            (431, "", "other refusal"),
            (429, r#"{"error":"Rate limit exceeded, please retry later"}"#, "busy"),
            (429, r#"{"error":"Insufficient credits"}"#, "busy"),
            (407, "", "maybe"),
            (408, "", "maybe"),
            (409, id, "maybe"),
            (410, "", "maybe"),
            (418, "", "maybe"),
            (425, "", "maybe"),
            (499, "", "maybe"),
            (500, r#"{"error":"An unexpected error occurred, please try again later"}"#, "maybe"),
            (502, "", "maybe"),
            (503, "", "maybe"),
            (504, "", "maybe"),
            (599, id, "maybe"),
        ] {
            assert_eq!(class(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn the_ticket_has_the_id_and_the_link_to_ask_at() {
        for (body, id, link) in [
            (r#"{"request_id":"a","id":"b"}"#, "a", None),
            (
                r#"{"status":"IN_QUEUE","request_id":"a","response_url":"https://g.example/x"}"#,
                "a",
                Some("https://g.example/x"),
            ),
            (
                r#"{"success":true,"data":{"id":"a","status":"QUEUED","polling_url":"https://g.example/x"}}"#,
                "a",
                Some("https://g.example/x"),
            ),
            (r#"{"task_id":42}"#, "42", None),
            (r#"{"status":"queued","data":{"task_id":"t"}}"#, "t", None),
        ] {
            let Submission::Accepted { ticket, .. } = classify(&reply(200, body), IMAGE) else { panic!("{body}") };
            assert_eq!(ticket, Ticket { request_id: id.into(), polling_url: link.map(str::to_owned) }, "{body}");
        }
    }

    #[test]
    fn a_refusal_shows_the_servers_words() {
        let Submission::Refused { message, .. } =
            classify(&reply(400, r#"{"error":"Invalid","message":"width: no"}"#), IMAGE)
        else {
            panic!()
        };
        assert_eq!(message, "width: no");
    }

    #[test]
    fn a_ticket_survives_the_journal() {
        let ticket = Ticket { request_id: "r".into(), polling_url: Some("https://g.example/x".into()) };
        let text = serde_json::to_string(&ticket).unwrap();
        assert_eq!(serde_json::from_str::<Ticket>(&text).unwrap(), ticket);
        assert!(serde_json::from_str::<Ticket>(r#"{"request_id":"r"}"#).is_ok());
    }
}
