//! Settings as text that people and other programs exchange: A1111, cURL and JSON, both directions.

mod a1111;
mod curl;
mod fit;
mod foreign;
mod json;
#[cfg(test)]
mod tests;

pub use a1111::{from_a1111, to_a1111};
pub use curl::{GENERATE_PATH, KEY_PLACEHOLDER, from_curl, to_curl};
pub use fit::Change;
pub use json::{from_json, to_json};

use crate::{EngineId, Recipe};

/// The longest text that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// What a pasted text sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The settings; what the text leaves out has its documented default.
    pub recipe: Recipe,
    /// The photo's URL, where the text names one.
    pub image: Option<String>,
    /// What of the text is not in the settings as it stood there.
    pub changes: Vec<Change>,
}

impl Pasted {
    /// What a person should know about a text that did not fit whole, in the words that the form has with `engine`: a
    /// sentence with a full stop.
    pub fn remark(&self, engine: EngineId) -> Option<String> {
        let changes: Vec<String> = self.changes.iter().map(|change| change.said(engine)).collect();
        (!changes.is_empty()).then(|| format!("Not all of it fits: {}.", changes.join("; ")))
    }
}

/// Why a text sets nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsTextError {
    /// There are settings, and none of them fits.
    #[error("the text holds settings, and none of them can be taken: {0}")]
    NothingFits(String),
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
        from_a1111(text)
    }
}

/// What a text sets, unless nothing of it could be taken; `taken` is how many settings went into it.
fn pasted(
    recipe: Recipe,
    image: Option<String>,
    changes: Vec<Change>,
    taken: usize,
) -> Result<Pasted, SettingsTextError> {
    if taken == 0 && image.is_none() && !changes.is_empty() {
        // A text that came from elsewhere mostly uses the documentation's words.
        let changes: Vec<String> = changes.iter().map(|change| change.said(EngineId::Pixazo)).collect();
        return Err(SettingsTextError::NothingFits(changes.join("; ")));
    }
    Ok(Pasted { recipe, image, changes })
}

fn check_length(text: &str) -> Result<(), SettingsTextError> {
    if text.len() > MAX_BYTES { Err(SettingsTextError::TooLong) } else { Ok(()) }
}
