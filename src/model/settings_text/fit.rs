//! Takes a value of another program as far as it fits, and remembers what was changed or left out.

use serde_json::Value as Json;

use super::json::plain as written;
use crate::parameter::{Kind, Parameter};
use crate::{EngineId, Recipe};

/// Most characters of a value that are repeated in a sentence.
const LONGEST_VALUE: usize = 40;

/// What of a text did not go into the settings as it stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A value was out of range; the nearest one was taken.
    Nearest {
        /// Its setting.
        parameter: Parameter,
        /// As it stood there.
        given: String,
        /// What was taken.
        taken: String,
    },
    /// A value that no near one stands for.
    LeftOut {
        /// Its setting.
        parameter: Parameter,
        /// As it stood there.
        given: String,
    },
    /// Lines that are no settings.
    Lines(usize),
}

impl Change {
    /// The change in the words that the form has with `engine`.
    pub fn said(&self, engine: EngineId) -> String {
        match self {
            Self::Nearest { parameter, given, taken } => {
                format!("{} {given} became {taken}", parameter.spec().label(engine))
            }
            Self::LeftOut { parameter, given } => {
                let spec = parameter.spec();
                format!("{} {given} is left out, it must be {}", spec.label(engine), spec.allowed())
            }
            Self::Lines(1) => "a line after the settings is left out".to_owned(),
            Self::Lines(count) => format!("{count} lines after the settings are left out"),
        }
    }

    /// A value that is left out.
    pub(super) fn left_out(parameter: Parameter, given: &str) -> Self {
        Self::LeftOut { parameter, given: shortened(given) }
    }
}

/// Sets what `value` means for `parameter`, or the nearest that is allowed; gives what was changed.
pub(super) fn fit(recipe: &mut Recipe, parameter: Parameter, value: &Json) -> Option<Change> {
    let plain = plain(parameter, value);
    if recipe.set(parameter, &plain).is_ok() {
        return None;
    }
    let given = shortened(&value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    match nearest(parameter, &plain).filter(|nearest| recipe.set(parameter, nearest).is_ok()) {
        Some(nearest) => Some(Change::Nearest { parameter, given, taken: written(&nearest) }),
        None => Some(Change::left_out(parameter, &given)),
    }
}

/// A value as our own programs write it: other ones quote numbers, and write -1 where a seed is to be drawn.
fn plain(parameter: Parameter, value: &Json) -> Json {
    let value = match (parameter.spec().kind, value) {
        (Kind::Integer { .. } | Kind::Real { .. }, Json::String(text)) => number(text),
        (Kind::Toggle { .. }, Json::String(text)) => toggle(text),
        (Kind::Toggle { .. }, Json::Number(number)) => toggle(&number.to_string()),
        _ => value.clone(),
    };
    let is_drawn = parameter == Parameter::Seed && value.as_f64() == Some(-1.0);
    if is_drawn { Json::Null } else { value }
}

/// The nearest allowed number. A seed has no near one: its neighbour is another picture.
fn nearest(parameter: Parameter, value: &Json) -> Option<Json> {
    let number = value.as_f64().filter(|_| parameter != Parameter::Seed)?;
    match parameter.spec().kind {
        Kind::Integer { min, max, .. } => Some(Json::from(number.round().clamp(f64::from(min), f64::from(max)) as u32)),
        Kind::Real { min, max, .. } => Some(Json::from(number.clamp(min, max))),
        _ => None,
    }
}

/// The number that `text` is, or the text itself, which no number's range takes.
fn number(text: &str) -> Json {
    let text = text.trim();
    let text = text.strip_suffix("px").unwrap_or(text).trim_end();
    text.parse::<u64>().map(Json::from).or_else(|_| text.parse::<f64>().map(Json::from)).unwrap_or_else(|_| text.into())
}

fn toggle(text: &str) -> Json {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "2" | "2x" => Json::Bool(true),
        "false" | "no" | "off" | "0" | "1" | "1x" => Json::Bool(false),
        _ => text.into(),
    }
}

fn shortened(text: &str) -> String {
    let mut letters = text.trim().chars();
    let start: String =
        letters.by_ref().take(LONGEST_VALUE).map(|letter| if letter == '\n' { ' ' } else { letter }).collect();
    if letters.next().is_some() { format!("{start}\u{2026}") } else { start }
}
