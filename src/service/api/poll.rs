//! Judges an answer to a question about a request.

use std::time::Duration;

use serde_json::Value as Json;

use crate::net::Reply;

use super::answer::Answer;
use super::submission::{Refusal, refusal};
use super::text::{answered, complains_about_id, json, message, wait};

/// A question about a request brought no news. Asking is free, and the id outlives all of these.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The service does not know the id; right after a submit that may change.
    #[error("the service does not know this request ({message}); look again later")]
    UnknownId {
        /// The service's words.
        message: String,
    },
    /// The key is missing or wrong.
    #[error("the service does not accept the key ({message}); enter it again")]
    Key {
        /// The service's words.
        message: String,
    },
    /// There is no credit left.
    #[error("the service says there is no credit left ({message}); add some at its console")]
    Credit {
        /// The service's words.
        message: String,
    },
    /// The key may not use this service.
    #[error("the key has no access to this service ({message}); check the subscription")]
    Access {
        /// The service's words.
        message: String,
    },
    /// Too many questions.
    #[error("the service asks to wait {} s", retry_after.as_secs())]
    Busy {
        /// How long to wait, one second to ten minutes.
        retry_after: Duration,
    },
    /// The service did not like the question itself.
    #[error("the service refused the question with HTTP {status} ({message}); it is asked again")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The service's words.
        message: String,
        /// The answer as it came, without the key.
        raw: String,
    },
    /// The answer came, and has more bytes than are read: a result lies inside it.
    #[error("the answer is too large to be read")]
    TooLarge,
    /// No connection, no answer, a broken one, or a page instead of data.
    #[error("there is no news of it ({reason}); it is asked again")]
    Temporary {
        /// What happened.
        reason: String,
    },
}

/// What a reply says about a request.
pub(super) fn read(reply: &Reply) -> Result<Answer, AskError> {
    let message = message(reply);
    match reply.status {
        200..=299 => json(reply)
            .filter(Json::is_object)
            .map(|body| Answer::read(&body, reply.record()))
            .ok_or_else(|| AskError::Temporary { reason: format!("the service answered {}", answered(reply)) }),
        429 => Err(AskError::Busy { retry_after: wait(reply) }),
        408 | 425 | 500.. => Err(AskError::Temporary { reason: format!("the service answered {}", answered(reply)) }),
        400..=499 => Err(match refusal(reply) {
            Refusal::Key => AskError::Key { message },
            Refusal::Credit => AskError::Credit { message },
            Refusal::Access => AskError::Access { message },
            Refusal::NotFound => AskError::UnknownId { message },
            Refusal::BadRequest | Refusal::Other(_) => {
                AskError::Refused { status: reply.status, message, raw: reply.record() }
            }
        }),
        _ => Err(AskError::Temporary { reason: format!("the service answered {}", answered(reply)) }),
    }
}

/// Was the question refused because the id stood in another field than the service reads?
pub(super) fn wants_another_id_field(reply: &Reply) -> bool {
    match reply.status {
        400 | 422 => complains_about_id(&message(reply)),
        200 => json(reply).is_some_and(|body| {
            body.get("success").and_then(Json::as_bool) == Some(false)
                && body.get("status").is_none()
                && complains_about_id(&message(reply))
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() }
    }

    #[test]
    fn every_status_of_a_question_has_its_meaning() {
        for (status, body, expected) in [
            (200, r#"{"status":"processing"}"#, "answer"),
            (202, r#"{"status":"QUEUED"}"#, "answer"),
            (200, "<html>Sign in</html>", "temporary"),
            (200, "", "temporary"),
            (200, "[]", "temporary"),
            (204, "", "temporary"),
            (302, "", "temporary"),
            (400, "{}", "refused"),
            (401, "{}", "key"),
            (402, "{}", "credit"),
            (403, "{}", "access"),
            (403, r#"{"message":"no balance"}"#, "credit"),
            (404, "{}", "unknown id"),
            (405, "{}", "refused"),
            (408, "", "temporary"),
            (422, "{}", "refused"),
            (429, "", "busy"),
            (500, "", "temporary"),
            (503, "<html>", "temporary"),
        ] {
            let class = match read(&reply(status, body)) {
                Ok(_) => "answer",
                Err(AskError::UnknownId { .. }) => "unknown id",
                Err(AskError::Key { .. }) => "key",
                Err(AskError::Credit { .. }) => "credit",
                Err(AskError::Access { .. }) => "access",
                Err(AskError::Busy { .. }) => "busy",
                Err(AskError::Refused { .. }) => "refused",
                Err(AskError::TooLarge) => "too large",
                Err(AskError::Temporary { .. }) => "temporary",
            };
            assert_eq!(class, expected, "{status} {body}");
        }
    }

    #[test]
    fn only_a_complaint_about_the_id_asks_for_another_field() {
        for (status, body, expected) in [
            (400, r#"{"error":"prediction_id is required"}"#, true),
            (422, r#"{"detail":[{"loc":["body","prediction_id"],"msg":"field required","type":"missing"}]}"#, true),
            (200, r#"{"success":false,"message":"Missing id"}"#, true),
            (400, r#"{"error":"Invalid request parameters"}"#, false),
            (404, r#"{"error":"requestId not found"}"#, false),
            (200, r#"{"success":false,"status":"failed","error":"bad id"}"#, false),
            (200, r#"{"success":true,"id":"r"}"#, false),
        ] {
            assert_eq!(wants_another_id_field(&reply(status, body)), expected, "{status} {body}");
        }
    }
}
