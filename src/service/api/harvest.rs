//! Finds the result links in an answer whose shape is not documented.

use serde_json::{Map, Value as Json};

use crate::net::{INLINE_BASE64, Url, is_data_uri};

/// Keys that lead to results, the likeliest first.
const RESULT_KEYS: [&str; 24] = [
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
    "b64_json",
    "base64",
    "image_base64",
    "imageBase64",
    "image_data",
    "outputs",
    "result",
    "data",
    "prediction",
];

/// Keys that never do: what we sent, links of the service itself, words.
const OTHER_KEYS: [&str; 9] =
    ["input", "urls", "polling_url", "response_url", "logs", "error", "message", "detail", "metrics"];

/// Endings of pictures.
const EXTENSIONS: [&str; 6] = [".png", ".webp", ".jpg", ".jpeg", ".avif", ".gif"];

/// How base64 of a picture begins: PNG, JPEG in both alphabets, WebP, GIF.
const BASE64_BEGINNINGS: [&str; 5] = ["iVBORw0KGgo", "/9j/", "_9j_", "UklGR", "R0lGOD"];

/// Base64 of at least so many characters where a result belongs is one, whatever it begins with.
const LONG_BASE64: usize = 1024;

/// Deeper than any answer seen; keeps a hostile one from exhausting the stack.
const DEEPEST: usize = 12;

/// Every result link in `answer`, in order and without repeats.
///
/// Under a key that names results any http(s) link, path or inline image counts; elsewhere only links whose path ends like a
/// picture's. Base64 without its head becomes a data URI; a path stays as it is written.
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
            let text = text.trim();
            let is_result = if named { is_link(text) || is_path(text) } else { is_picture_link(text) };
            let link = if is_result {
                text.to_owned()
            } else if is_base64(text, named) {
                format!("{INLINE_BASE64}{text}")
            } else {
                return;
            };
            if !found.contains(&link) {
                found.push(link);
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

/// A web link, or bytes inside a data URI, which are often not said to be an image.
fn is_link(text: &str) -> bool {
    if is_data_uri(text) {
        return !text[5..].trim_start().get(..5).is_some_and(|kind| kind.eq_ignore_ascii_case("text/"));
    }
    is_web_link(text)
}

fn is_web_link(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// A web link whose path ends like a picture's, or an image inside a data URI.
fn is_picture_link(text: &str) -> bool {
    if is_data_uri(text) {
        return text[5..].trim_start().get(..6).is_some_and(|kind| kind.eq_ignore_ascii_case("image/"));
    }
    (is_web_link(text) || text.starts_with('/')) && is_written_like_a_picture(text)
}

/// Does the path of a link end like a picture's?
fn is_written_like_a_picture(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    EXTENSIONS.iter().any(|extension| path.ends_with(extension))
}

/// A link that leaves out the service's own address.
fn is_path(text: &str) -> bool {
    // Whatever has a scheme of its own is no path.
    let has_scheme = Url::parse(text).is_ok();
    let is_one_word = !text.is_empty() && !text.chars().any(|character| character.is_whitespace() || character == '\\');
    let begins = ["/", "./", "../"].iter().any(|beginning| text.starts_with(beginning)) && !is_base64(text, true);
    !has_scheme && is_one_word && (begins || is_written_like_a_picture(text))
}

/// The bytes of a picture as bare base64. Where a result belongs, any long base64 is one.
fn is_base64(text: &str, named: bool) -> bool {
    let is_letter = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=') || byte.is_ascii_whitespace()
    };
    let begins = text.len() >= 32 && BASE64_BEGINNINGS.iter().any(|beginning| text.starts_with(beginning));
    (begins || named && text.len() >= LONG_BASE64) && text.bytes().all(is_letter)
}

/// Keys under which services say that their filter found something.
const FLAGS: [&str; 7] = [
    "has_nsfw_concepts",
    "has_nsfw_concept",
    "nsfw_content_detected",
    "nsfw_detected",
    "nsfw_flagged",
    "is_nsfw",
    "nsfw",
];

/// Does the answer say that the service's filter found something in a picture?
pub(super) fn is_flagged(answer: &Json) -> bool {
    fn says_yes(value: &Json) -> bool {
        match value {
            Json::Bool(yes) => *yes,
            Json::String(word) => word.eq_ignore_ascii_case("true"),
            Json::Array(items) => items.iter().any(says_yes),
            _ => false,
        }
    }
    fn search(value: &Json, depth: usize) -> bool {
        match value {
            Json::Array(items) if depth < DEEPEST => items.iter().any(|item| search(item, depth + 1)),
            Json::Object(fields) if depth < DEEPEST => fields.iter().any(|(key, value)| {
                FLAGS.contains(&key.as_str()) && says_yes(value) || key != "input" && search(value, depth + 1)
            }),
            _ => false,
        }
    }
    search(answer, 0)
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
    fn paths_and_bare_base64_are_results_where_results_belong() {
        let png = format!("iVBORw0KGgo{}", "A".repeat(40));
        let in_lines = format!("_9j_{}\n{}", "A".repeat(30), "-_".repeat(20));
        let answer = json!({
            "output": ["/outputs/a.png", "//cdn.example/b", "c.webp?sig=1", "done", "no such face", "../d"],
            "images": [{ "b64_json": png, "file_name": "e.png" }],
            "picture": in_lines,
            "preview": "/outputs/f.png",
            "homepage": "/about",
        });
        let inline = |text: &str| format!("{INLINE_BASE64}{text}");
        assert_eq!(
            result_links(&answer),
            [
                "/outputs/a.png",
                "//cdn.example/b",
                "c.webp?sig=1",
                "../d",
                &inline(&png),
                &inline(&in_lines),
                "/outputs/f.png"
            ]
        );
    }

    #[test]
    fn a_very_deep_answer_is_left_alone() {
        let deep = (0..60).fold(json!("https://r.example/a.png"), |inner, _| json!({ "output": inner }));
        assert_eq!(result_links(&deep), Vec::<String>::new());
    }
}
