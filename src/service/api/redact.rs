//! Takes the key out of what a service says, in whatever spelling it repeats it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Stands where the key stood.
const REMOVED: &str = "[key removed]";

/// Most characters of a text that are kept.
const LONGEST: usize = 64 * 1024;

/// Least characters of base64 that are taken for the key: fewer are in any long answer by chance.
const LEAST_BASE64: usize = 8;

/// Takes out every occurrence of `key` and cuts what is very long.
///
/// Found are the key itself, escaped as JSON (also twice), as in a URL or as HTML, character by character
/// or in part, and inside base64 of either alphabet at any place.
pub(super) fn redact(text: &str, key: &str) -> String {
    let base64 = base64_forms(key);
    let mut kept = String::new();
    let mut count = 0;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        // Counted before anything is taken out, so that no half of a key moves into what is kept.
        if count >= LONGEST {
            // Writing to a string cannot fail.
            _ = write!(kept, "\u{2026} ({} bytes in all)", text.len());
            break;
        }
        let found = spelled(rest.as_bytes(), key.as_bytes())
            .or_else(|| base64.iter().find(|form| rest.starts_with(form.as_str())).map(String::len));
        let taken = if let Some(length) = found {
            kept.push_str(REMOVED);
            length
        } else {
            kept.push(character);
            character.len_utf8()
        };
        count += rest[..taken].chars().count();
        rest = &rest[taken..];
    }
    kept
}

/// Does `text` spell the key in any of these ways?
pub(super) fn spells(text: &str, key: &str) -> bool {
    let base64 = base64_forms(key);
    (0..text.len()).any(|start| spelled(&text.as_bytes()[start..], key.as_bytes()).is_some())
        || base64.iter().any(|form| text.contains(form.as_str()))
}

/// The length of the key at the beginning of `text`, where each of its characters may be escaped.
///
/// A key is visible ASCII, so a match begins and ends between characters.
fn spelled(text: &[u8], key: &[u8]) -> Option<usize> {
    fn all(text: &[u8], key: &[u8]) -> Option<usize> {
        let Some((first, more)) = key.split_first() else { return Some(0) };
        spellings(text, *first).find_map(|length| all(&text[length..], more).map(|rest| length + rest))
    }
    if key.is_empty() { None } else { all(text, key) }
}

/// The lengths in which `byte` may be spelled at the beginning of `text`.
fn spellings(text: &[u8], byte: u8) -> impl Iterator<Item = usize> {
    let slashes = text.iter().take_while(|other| **other == b'\\').count();
    let behind = &text[slashes..];
    let escaped = (slashes > 0 && behind.first() == Some(&byte)).then_some(slashes + 1);
    let unicode = (slashes > 0).then(|| hex_after(behind, b"u00", byte)).flatten().map(|length| slashes + length);
    let percent = hex_after(text, b"%", byte);
    let plain = (text.first() == Some(&byte)).then_some(1);
    // A backslash that is written as several of them.
    let several = (byte == b'\\').then_some(2..=slashes).into_iter().flatten().rev();
    [unicode, escaped, percent, entity(text, byte)].into_iter().flatten().chain(several).chain(plain)
}

/// The length of `prefix` and two hexadecimal digits of `byte`, in either case.
fn hex_after(text: &[u8], prefix: &[u8], byte: u8) -> Option<usize> {
    let digits = text.strip_prefix(prefix)?.get(..2)?;
    let is_it = std::str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok()) == Some(byte);
    is_it.then_some(prefix.len() + 2)
}

/// The length of an HTML entity of `byte`.
fn entity(text: &[u8], byte: u8) -> Option<usize> {
    let inside = text.strip_prefix(b"&")?;
    let end = inside.iter().take(8).position(|other| *other == b';')?;
    let name = std::str::from_utf8(&inside[..end]).ok()?;
    let value = match (name, name.strip_prefix('#')) {
        ("quot", _) => Some(b'"'),
        ("amp", _) => Some(b'&'),
        ("apos", _) => Some(b'\''),
        ("lt", _) => Some(b'<'),
        ("gt", _) => Some(b'>'),
        (_, Some(number)) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u8::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        },
        _ => None,
    };
    (value == Some(byte)).then_some(end + 2)
}

/// The key inside base64, where it may begin at any of three places in a group; without the characters at
/// its ends that also depend on what stands beside it.
fn base64_forms(key: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for (before, blurred) in [(0, 0), (1, 2), (2, 3)] {
        let bytes = [&[0; 2][..before], key.as_bytes()].concat();
        for text in [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
            let end = text.len() - usize::from(!bytes.len().is_multiple_of(3));
            let form = text.get(blurred..end).unwrap_or_default();
            if form.len() >= LEAST_BASE64 && !forms.iter().any(|other| other == form) {
                forms.push(form.to_owned());
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = r#"k+7/"q\9&Z=end"#;

    #[test]
    fn the_key_is_taken_out_in_every_spelling() {
        let json = serde_json::Value::from(KEY).to_string();
        let json = &json[1..json.len() - 1];
        let twice = serde_json::Value::from(json).to_string();
        let percent = KEY.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
        let unicode = KEY.bytes().map(|byte| format!(r"\u00{byte:02X}")).collect::<Vec<_>>().concat();
        for spelling in [
            KEY,
            json,
            &twice[1..twice.len() - 1],
            &percent,
            "k%2B7%2F%22q%5C9%26Z%3Dend",
            &unicode,
            r"k\u002B7\/\u0022q\\9\u0026Z=end",
            r"k+7/&quot;q\9&amp;Z&#61;&#x65;nd",
        ] {
            let text = format!("before {spelling} after {spelling}");
            assert_eq!(redact(&text, KEY), format!("before {REMOVED} after {REMOVED}"));
            assert!(spells(&text, KEY));
        }
        for text in ["k+7/ and nothing more", "", r"\\\\", "%%%", "&&;&#;&#x;", "ends with k+7/\"q\\9&Z=en"] {
            assert_eq!(redact(text, KEY), text);
            assert!(!spells(text, KEY));
        }
        assert_eq!(redact("abc", ""), "abc");
    }

    #[test]
    fn the_key_is_taken_out_of_base64_wherever_it_stands_in_it() {
        for before in ["", "a", "ab", "Basic user:", "x:y:"] {
            for after in ["", "!", "\n and more"] {
                let secret = format!("{before}{KEY}{after}");
                for text in [STANDARD_NO_PAD.encode(&secret), URL_SAFE_NO_PAD.encode(&secret)] {
                    let clean = redact(&format!("header {text}."), KEY);
                    assert!(clean.contains(REMOVED) && spells(&text, KEY), "{before}|{after}: {clean}");
                }
            }
        }
    }

    #[test]
    fn a_very_long_answer_is_cut_and_says_so_and_no_half_of_a_key_is_left() {
        let clean = redact(&"x".repeat(100_000), KEY);
        assert!(clean.len() < 70_000 && clean.ends_with("(100000 bytes in all)"));
        let over_the_edge = format!("{}{KEY}{}", "x".repeat(LONGEST - 3), "y".repeat(100));
        let clean = redact(&over_the_edge, KEY);
        assert!(clean.contains(&format!("x{REMOVED}\u{2026}")) && !clean.contains("k+"), "{}", &clean[LONGEST - 10..]);
    }
}
