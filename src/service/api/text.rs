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

/// Most characters before the JSON of an answer: a guard against scripts, or the head of an event.
const LONGEST_PREFIX: usize = 64;

/// The JSON of an answer, with a byte-order mark or without, in an old alphabet, behind a short guard, with more after it.
///
/// A page is none, whatever scripts it holds.
pub(super) fn json(reply: &Reply) -> Option<Json> {
    if let Ok(body) = serde_json::from_slice(&reply.body) {
        return Some(body);
    }
    let text = reply.text();
    let text = text.trim_matches(|character: char| character.is_whitespace() || matches!(character, '\0' | '\u{feff}'));
    if let Ok(body) = serde_json::from_str(text) {
        return Some(body);
    }
    let start = text.find('{').filter(|start| *start <= LONGEST_PREFIX && !text[..*start].contains('<'))?;
    serde_json::Deserializer::from_str(&text[start..]).into_iter().next()?.ok()
}

/// What came instead of words that can be shown.
fn what_came(reply: &Reply) -> String {
    let text = reply.text();
    let text = text.trim();
    match &reply.packed {
        Some(coding) => format!("an answer that is compressed in a way that is not read here ({coding})"),
        None if text.is_empty() => "an empty answer".to_owned(),
        None if text.starts_with('<') => "a web page instead of an answer".to_owned(),
        None if text.starts_with(['{', '[']) && json(reply).is_none() => "an answer that breaks off".to_owned(),
        None => "an answer without words".to_owned(),
    }
}

fn is_readable(text: &str) -> bool {
    let is_odd = |character: char| character == char::REPLACEMENT_CHARACTER || character == '\0';
    !text.starts_with(['{', '[', '<']) && !text.contains(is_odd)
}

/// What the service answered, as the end of a sentence: `HTTP 500: “An unexpected error occurred”`, `HTTP 502 with a web
/// page instead of an answer`.
pub(super) fn answered(reply: &Reply) -> String {
    let status = reply.status;
    said(reply)
        .map_or_else(|| format!("HTTP {status} with {}", what_came(reply)), |words| format!("HTTP {status}: “{words}”"))
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

/// The server's own words, where it said something readable.
fn said(reply: &Reply) -> Option<String> {
    match json(reply) {
        Some(Json::String(text)) => Some(shorten(text.trim())).filter(|text| !text.is_empty()),
        Some(body) => error_text(&body),
        None => {
            let text = reply.text();
            let text = text.trim();
            (!text.is_empty() && reply.packed.is_none() && is_readable(text)).then(|| shorten(text))
        }
    }
}

/// The sentence to show for a refusal; "HTTP 502" when the server said nothing readable.
pub(super) fn message(reply: &Reply) -> String {
    said(reply).unwrap_or_else(|| format!("HTTP {}", reply.status))
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
    json(reply).map_or_else(
        || reply.text(),
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
        Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() }
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
    fn json_is_found_in_whatever_it_is_wrapped() {
        let id = r#"{"request_id":"r"}"#;
        for body in [
            format!("\u{feff}{id}"),
            format!("\u{feff}\n {id}\0\0"),
            format!(")]}}',\n{id}"),
            format!("data: {id}\n\ndata: [DONE]"),
            format!("{id}\n<!-- 12 ms -->"),
        ] {
            assert_eq!(json(&reply(200, &body)).unwrap()["request_id"], "r", "{body:?}");
        }
        let latin_1 = Reply { body: b"{\"request_id\":\"r\",\"prompt\":\"caf\xe9\"}".to_vec(), ..Reply::default() };
        assert_eq!(json(&latin_1).unwrap()["request_id"], "r");
        for body in ["<html><script>{\"request_id\":\"r\"}</script>", "{\"request_id\":\"r\",", "", "nothing"] {
            assert_eq!(json(&reply(200, body)), None, "{body}");
        }
    }

    #[test]
    fn what_came_is_told_once_and_as_it_was() {
        for (body, expected) in [
            (r#"{"error":"An unexpected error occurred"}"#, "HTTP 502: “An unexpected error occurred”"),
            ("upstream is down", "HTTP 502: “upstream is down”"),
            ("<html><body>Bad gateway</body></html>", "HTTP 502 with a web page instead of an answer"),
            ("\u{feff}<!doctype html>", "HTTP 502 with a web page instead of an answer"),
            ("", "HTTP 502 with an empty answer"),
            ("{\"error\":\"cut", "HTTP 502 with an answer that breaks off"),
            ("[]", "HTTP 502 with an answer without words"),
        ] {
            assert_eq!(answered(&reply(502, body)), expected, "{body}");
        }
        let packed = Reply { packed: Some("br".into()), ..reply(200, "\u{b}\u{2}") };
        assert_eq!(answered(&packed), "HTTP 200 with an answer that is compressed in a way that is not read here (br)");
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
