//! Reads what services say in words: error texts, waits, complaints about credit or the id.

use std::time::Duration;

use serde_json::Value as Json;

use crate::net::Reply;

/// Most characters of a server's text that are shown.
const LONGEST_MESSAGE: usize = 600;

/// Fields under which services repeat what they were sent.
const REPEATED: [&str; 6] = ["input", "prompt", "negative_prompt", "request", "body", "parameters"];

/// The wait after a 429 that names none.
const DEFAULT_WAIT: Duration = Duration::from_secs(15);

/// Longest wait that is believed.
const LONGEST_WAIT: Duration = Duration::from_mins(10);

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}\u{2026} ({} bytes in all)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}

/// What the server says went wrong: `message`, `error` or `detail`, in whatever shape they come.
pub(super) fn error_text(body: &Json) -> Option<String> {
    ["message", "error", "detail"].into_iter().find_map(|key| body.get(key).and_then(words))
}

/// The words of a string, of an object with a `message`, or of a list of complaints about fields.
pub(super) fn words(value: &Json) -> Option<String> {
    match value {
        Json::String(text) if !text.trim().is_empty() => Some(shorten(text.trim())),
        Json::Object(fields) => {
            let inner = ["message", "msg", "error", "detail", "code", "type"];
            inner.into_iter().find_map(|key| fields.get(key).and_then(words))
        }
        Json::Array(items) => {
            let all: Vec<String> = items.iter().filter_map(complaint).collect();
            (!all.is_empty()).then(|| shorten(&all.join("; ")))
        }
        _ => None,
    }
}

/// One item of a list of complaints, as `{loc, msg, type}` or as text.
fn complaint(item: &Json) -> Option<String> {
    let text = words(item)?;
    let place = item.get("loc").and_then(Json::as_array).and_then(|path| path.last()).and_then(Json::as_str);
    Some(place.map_or_else(|| text.clone(), |place| format!("{place}: {text}")))
}

/// The sentence to show for a refusal; "HTTP 502" when the server said nothing readable.
pub(super) fn message(reply: &Reply) -> String {
    let readable = || {
        let text = reply.text();
        let text = text.trim();
        let is_page = text.starts_with('<') || text.starts_with('{') || text.starts_with('[');
        (!text.is_empty() && !is_page).then(|| shorten(text))
    };
    match serde_json::from_slice::<Json>(&reply.body) {
        Ok(Json::String(text)) if !text.trim().is_empty() => shorten(text.trim()),
        Ok(body) => error_text(&body).unwrap_or_else(|| format!("HTTP {}", reply.status)),
        Err(_not_json) => readable().unwrap_or_else(|| format!("HTTP {}", reply.status)),
    }
}

/// The text of an answer without what it only repeats of the request.
pub(super) fn own_words(reply: &Reply) -> String {
    fn collect(value: &Json, into: &mut String) {
        match value {
            Json::String(text) => {
                into.push_str(text);
                into.push('\n');
            }
            Json::Array(items) => items.iter().for_each(|item| collect(item, into)),
            Json::Object(fields) => {
                let own = fields.iter().filter(|(key, _)| !REPEATED.contains(&key.as_str()));
                own.for_each(|(_, value)| collect(value, into));
            }
            _ => {}
        }
    }
    serde_json::from_slice(&reply.body).map_or_else(
        |_not_json| reply.text(),
        |body| {
            let mut words = String::new();
            collect(&body, &mut words);
            words
        },
    )
}

/// Does a refusal speak of money? Services answer so with 400 and 403 as well as with 402.
pub(super) fn speaks_of_credit(text: &str) -> bool {
    text.split(|character: char| !character.is_alphanumeric()).any(|word| {
        let word = word.to_ascii_lowercase();
        matches!(word.as_str(), "insufficient" | "balance" | "balances" | "wallet" | "wallets" | "credit" | "credits")
    })
}

/// Does a refusal complain about the field that names the request?
pub(super) fn complains_about_id(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let letters: String = text.chars().filter(|character| character.is_alphanumeric()).collect();
    ["requestid", "predictionid", "taskid"].into_iter().any(|name| letters.contains(name))
        || text.split(|character: char| !character.is_alphanumeric()).any(|word| word == "id")
}

/// How long a 429 asks to wait: its header, else "try again in N seconds", else a quarter of a minute.
pub(super) fn wait(reply: &Reply) -> Duration {
    let from_text = || {
        let text = reply.text().to_ascii_lowercase();
        let rest = text.split("try again in ").nth(1)?;
        let digits = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        let count: u64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].trim_start();
        let seconds = if unit.starts_with("min") { count.saturating_mul(60) } else { count };
        Some(Duration::from_secs(seconds).clamp(Duration::from_secs(1), LONGEST_WAIT))
    };
    reply.retry_after().or_else(from_text).unwrap_or(DEFAULT_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    #[test]
    fn the_servers_words_are_found_in_every_shape_of_error() {
        for (body, expected) in [
            (r#"{"error":"Invalid parameters"}"#, "Invalid parameters"),
            (r#"{"error":"Invalid request parameters","message":"width: too large"}"#, "width: too large"),
            (r#"{"statusCode":401,"message":"Access denied"}"#, "Access denied"),
            (r#"{"detail":"Not found"}"#, "Not found"),
            (
                r#"{"detail":[{"loc":["body","width"],"msg":"too small","type":"value_error"},{"msg":"odd"}]}"#,
                "width: too small; odd",
            ),
            (r#"{"error":{"message":"No such model","code":7}}"#, "No such model"),
            (r#"{"error":{"code":"quota"}}"#, "quota"),
            (r#"{"message":"","error":"second"}"#, "second"),
            (r#"{"error":null}"#, "HTTP 502"),
            (r#""just a string""#, "just a string"),
            ("<html><body>Bad gateway</body></html>", "HTTP 502"),
            ("upstream is down\n", "upstream is down"),
            ("{\"error\":\"cut", "HTTP 502"),
            ("", "HTTP 502"),
        ] {
            assert_eq!(message(&reply(502, body)), expected, "{body}");
        }
    }

    #[test]
    fn money_is_recognised_as_a_whole_word_only() {
        for text in ["Insufficient credits", "wallet is empty", "Your balance: 0", "not enough CREDIT."] {
            assert!(speaks_of_credit(text), "{text}");
        }
        for text in ["a balanced face is accredited", "Access denied", ""] {
            assert!(!speaks_of_credit(text), "{text}");
        }
    }

    #[test]
    fn complaints_about_the_id_field_are_recognised() {
        for text in ["requestId is required", "prediction_id: field required", "Missing 'request id'", "no id given"] {
            assert!(complains_about_id(text), "{text}");
        }
        assert!(!complains_about_id("Invalid request parameters, sidenote"));
    }

    #[test]
    fn the_wait_is_read_from_header_or_text_and_is_bounded() {
        for (body, seconds) in [
            ("Rate limit is exceeded. Try again in 42 seconds.", 42),
            (r#"{"message":"try again in 2 minutes"}"#, 120),
            ("try again in 99999 seconds", 600),
            ("try again in 0 seconds", 1),
            ("try again in a while", 15),
            ("", 15),
        ] {
            assert_eq!(wait(&reply(429, body)), Duration::from_secs(seconds), "{body}");
        }
        let mut with_header = reply(429, "Try again in 42 seconds");
        with_header.headers.push(("retry-after".into(), "3".into()));
        assert_eq!(wait(&with_header), Duration::from_secs(3));
    }

    #[test]
    fn a_very_long_message_is_cut_and_says_so() {
        let shown = message(&reply(502, &"x".repeat(1000)));
        assert!(shown.len() < 700 && shown.ends_with("(1000 bytes in all)"), "{shown}");
    }
}
