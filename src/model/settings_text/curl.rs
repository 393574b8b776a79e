//! The request as the cURL command of the documentation, and such a command read back.

use super::json::object;
use super::{Pasted, SettingsTextError, check_length, from_json};
use crate::Recipe;

/// The path of the endpoint that takes requests.
pub const GENERATE_PATH: &str = "/face-sticker/v1/face-to-sticker/generate";

/// What stands in a copied command where the key belongs; the key itself never does.
pub const KEY_PLACEHOLDER: &str = "YOUR_SUBSCRIPTION_KEY";

/// The options of cURL that carry a body.
const BODY_OPTIONS: [&str; 6] = ["--data-raw", "--data-binary", "--data-ascii", "--data", "--json", "-d"];

/// Writes the request as a command for a POSIX shell, with a placeholder for the key.
pub fn to_curl(recipe: &Recipe, image_url: &str, base_url: &str) -> String {
    let url = in_double_quotes(&format!("{}{GENERATE_PATH}", base_url.trim_end_matches('/')));
    // A single quote cannot stand in single quotes: they are closed, it is escaped, they are opened again.
    let body = object(recipe, image_url, "  ").replace('\'', r"'\''");
    format!(
        "curl -v -X POST {url} \\\n  \
         -H \"Content-Type: application/json\" \\\n  \
         -H \"Cache-Control: no-cache\" \\\n  \
         -H \"Ocp-Apim-Subscription-Key: {KEY_PLACEHOLDER}\" \\\n  \
         --data-raw '{body}'"
    )
}

/// Reads the request out of a command for a POSIX shell; address and headers, a key among them, are passed over.
pub fn from_curl(text: &str) -> Result<Pasted, SettingsTextError> {
    check_length(text)?;
    let words = shell_words(text)?;
    let body = body_of(&words).filter(|body| !body.starts_with('@')).ok_or(SettingsTextError::NoBody)?;
    from_json(body)
}

/// Does the text begin like a cURL command, perhaps behind a shell's prompt?
pub(super) fn is_command(text: &str) -> bool {
    let text = text.trim_start_matches(['$', ' ']);
    text.strip_prefix("curl").is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r', '\\', '.']))
}

fn in_double_quotes(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    quoted
}

fn body_of(words: &[String]) -> Option<&str> {
    for (index, word) in words.iter().enumerate() {
        for option in BODY_OPTIONS {
            let Some(rest) = word.strip_prefix(option) else { continue };
            if rest.is_empty() {
                return words.get(index + 1).map(String::as_str);
            }
            // A long option takes `=`, the short one its value at once.
            if let Some(value) = rest.strip_prefix('=') {
                return Some(value);
            }
            if option == "-d" {
                return Some(rest);
            }
        }
    }
    None
}

/// Splits a command into words as a POSIX shell does, with `$'…'` as bash has it; nothing is expanded.
fn shell_words(text: &str) -> Result<Vec<String>, SettingsTextError> {
    let mut words = Vec::new();
    // `None` between words, so that an empty pair of quotes still makes a word.
    let mut word: Option<String> = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' | '\t' | '\n' | '\r' => words.extend(word.take()),
            '\'' => single_quoted(&mut letters, word.get_or_insert_default())?,
            '"' => double_quoted(&mut letters, word.get_or_insert_default())?,
            '$' if letters.peek() == Some(&'\'') => {
                letters.next();
                ansi_quoted(&mut letters, word.get_or_insert_default())?;
            }
            '\\' => match letters.next() {
                // The line goes on.
                Some('\n') | None => {}
                Some('\r') => {
                    letters.next_if_eq(&'\n');
                }
                Some(escaped) => word.get_or_insert_default().push(escaped),
            },
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}

fn single_quoted(letters: &mut impl Iterator<Item = char>, word: &mut String) -> Result<(), SettingsTextError> {
    loop {
        match letters.next().ok_or(SettingsTextError::OpenQuote)? {
            '\'' => return Ok(()),
            letter => word.push(letter),
        }
    }
}

fn double_quoted(letters: &mut impl Iterator<Item = char>, word: &mut String) -> Result<(), SettingsTextError> {
    loop {
        match letters.next().ok_or(SettingsTextError::OpenQuote)? {
            '"' => return Ok(()),
            '\\' => match letters.next().ok_or(SettingsTextError::OpenQuote)? {
                '\n' => {}
                escaped @ ('"' | '\\' | '$' | '`') => word.push(escaped),
                other => word.extend(['\\', other]),
            },
            letter => word.push(letter),
        }
    }
}

/// The inside of `$'…'`, which browsers write when they copy a request.
fn ansi_quoted(letters: &mut impl Iterator<Item = char>, word: &mut String) -> Result<(), SettingsTextError> {
    loop {
        match letters.next().ok_or(SettingsTextError::OpenQuote)? {
            '\'' => return Ok(()),
            '\\' => match letters.next().ok_or(SettingsTextError::OpenQuote)? {
                'n' => word.push('\n'),
                'r' => word.push('\r'),
                't' => word.push('\t'),
                'u' => {
                    let digits: String = letters.take(4).collect();
                    // Half of a surrogate pair has no character of its own; JSON reads its escape itself.
                    match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
                        Some(letter) => word.push(letter),
                        None => word.extend(["\\u", &digits]),
                    }
                }
                other => word.push(other),
            },
            letter => word.push(letter),
        }
    }
}
