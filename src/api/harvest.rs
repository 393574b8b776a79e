//! Finds the result links in an answer whose shape is not documented.

use serde_json::{Map, Value as Json};

use crate::net::{Url, is_data_uri};

/// Keys that lead to results, the likeliest first.
const RESULT_KEYS: [&str; 19] = [
    "output",
    "image",
    "images",
    "sticker",
    "stickers",
    "sticker_image",
    "sticker_image_background_removed",
    "image_url",
    "imageUrl",
    "sticker_url",
    "result_url",
    "output_url",
    "media_url",
    "url",
    "uri",
    "outputs",
    "result",
    "data",
    "prediction",
];

/// Keys that never do: what we sent, links of the service itself, words.
const OTHER_KEYS: [&str; 9] =
    ["input", "urls", "polling_url", "response_url", "logs", "error", "message", "detail", "metrics"];

/// Endings of pictures.
const EXTENSIONS: [&str; 4] = [".png", ".webp", ".jpg", ".jpeg"];

/// Deeper than any answer seen; keeps a hostile one from exhausting the stack.
const DEEPEST: usize = 12;

/// Every result link in `answer`, in order and without repeats.
///
/// Under a key that names results any http(s) link or inline image counts; elsewhere only links
/// whose path ends like a picture's.
pub(super) fn result_links(answer: &Json) -> Vec<String> {
    let mut found = Vec::new();
    visit(answer, false, 0, &mut found);
    found
}

fn visit(value: &Json, named: bool, depth: usize, found: &mut Vec<String>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Json::String(text) => {
            let is_result = if named { is_link(text) } else { is_picture_link(text) };
            if is_result && !found.contains(text) {
                found.push(text.clone());
            }
        }
        Json::Array(items) => items.iter().for_each(|item| visit(item, named, depth + 1, found)),
        Json::Object(fields) => visit_fields(fields, depth, found),
        _ => {}
    }
}

fn visit_fields(fields: &Map<String, Json>, depth: usize, found: &mut Vec<String>) {
    for key in RESULT_KEYS {
        if let Some(value) = fields.get(key) {
            visit(value, true, depth + 1, found);
        }
    }
    for (key, value) in fields {
        let skipped = RESULT_KEYS.contains(&key.as_str())
            || OTHER_KEYS.contains(&key.as_str())
            || key.to_ascii_lowercase().starts_with("webhook");
        if !skipped {
            visit(value, false, depth + 1, found);
        }
    }
}

/// A web link, or an image inside a data URI.
fn is_link(text: &str) -> bool {
    if is_data_uri(text) {
        return text[5..].trim_start().to_ascii_lowercase().starts_with("image/");
    }
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// A web link whose path ends like a picture's, or an image inside a data URI.
fn is_picture_link(text: &str) -> bool {
    if is_data_uri(text) {
        return is_link(text);
    }
    Url::parse(text).is_ok_and(|url| {
        let path = url.path().to_ascii_lowercase();
        matches!(url.scheme(), "http" | "https") && EXTENSIONS.iter().any(|extension| path.ends_with(extension))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_we_sent_and_the_services_own_links_are_no_results() {
        let answer = json!({
            "input": {"image": "https://me.example/face.jpg"},
            "urls": {"get": "https://api.example/p/1", "stream": "https://api.example/p/1.png"},
            "polling_url": "https://api.example/status/1.png",
            "response_url": "https://api.example/response/1.png",
            "webhook": "https://me.example/hook.png",
            "webhook_url": "https://me.example/hook.png",
            "logs": "saved https://x.example/a.png",
            "error": {"url": "https://docs.example/errors"},
        });
        assert_eq!(result_links(&answer), Vec::<String>::new());
    }

    #[test]
    fn order_is_kept_and_repeats_are_dropped() {
        let answer = json!({
            "extra": {"preview": "https://r.example/c.webp?x=1"},
            "url": "https://r.example/b",
            "output": ["https://r.example/a", "https://r.example/b", "https://r.example/a"],
        });
        assert_eq!(
            result_links(&answer),
            ["https://r.example/a", "https://r.example/b", "https://r.example/c.webp?x=1"]
        );
    }

    #[test]
    fn other_text_and_other_schemes_are_no_links() {
        let answer = json!({"output": ["done", "ftp://x/a.png", "javascript:1", "data:text/html;base64,AA", 3, null],
                            "homepage": "https://r.example/about"});
        assert_eq!(result_links(&answer), Vec::<String>::new());
    }

    #[test]
    fn a_very_deep_answer_is_left_alone() {
        let deep = (0..60).fold(json!("https://r.example/a.png"), |inner, _| json!({ "output": inner }));
        assert_eq!(result_links(&deep), Vec::<String>::new());
    }
}
