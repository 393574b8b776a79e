//! Settings as text that people and other programs exchange: A1111, cURL and JSON, both directions.

mod a1111;
mod curl;
mod json;
#[cfg(test)]
mod tests;

pub use a1111::{from_a1111, to_a1111};
pub use curl::{GENERATE_PATH, KEY_PLACEHOLDER, from_curl, to_curl};
pub use json::{from_json, to_json};

use super::Recipe;
use super::recipe::FieldError;

/// The longest text that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// What a pasted text sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The settings; what the text leaves out has its documented default.
    pub recipe: Recipe,
    /// The photo's URL, where the text names one.
    pub image: Option<String>,
}

/// Why a text sets nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsTextError {
    /// A value is out of its range or of another kind.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// No known setting was found.
    #[error("the text holds no sticker settings; paste a request as JSON or cURL, or the text of a sticker's PNG")]
    NoSettings,
    /// The JSON breaks off or is malformed.
    #[error("the JSON cannot be read; copy all of it and paste again ({detail})")]
    Json {
        /// Where and why, as the parser says.
        detail: String,
    },
    /// A quote of a command is never closed.
    #[error("a quote in the command is not closed; copy all of the command and paste again")]
    OpenQuote,
    /// A cURL command that sends nothing, or a file.
    #[error("the cURL command carries no JSON; paste one that has it behind -d, --data or --data-raw")]
    NoBody,
    /// More text than settings ever need.
    #[error("the text is longer than 1 MiB; paste the settings alone")]
    TooLong,
}

/// Reads settings from a text of any of the three kinds.
pub fn read(text: &str) -> Result<Pasted, SettingsTextError> {
    let text = text.trim();
    if text.starts_with('{') {
        from_json(text)
    } else if curl::is_command(text) {
        from_curl(text)
    } else {
        from_a1111(text).map(|recipe| Pasted { recipe, image: None })
    }
}

fn check_length(text: &str) -> Result<(), SettingsTextError> {
    if text.len() > MAX_BYTES { Err(SettingsTextError::TooLong) } else { Ok(()) }
}
