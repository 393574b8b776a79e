//! The text that the AUTOMATIC1111 web UI writes into its pictures, which many programs read.
//!
//! ```text
//! the prompt, on any number of lines
//! Negative prompt: the negative prompt, on any number of lines
//! Steps: 20, CFG scale: 7, Seed: 1, Size: 1024x1024, Model: face-to-sticker, …
//! ```
//!
//! Extensions write lines of their own after the settings; some programs give each setting a line.

use serde_json::json;

use super::fit::{Change, fit};
use super::{Pasted, SettingsTextError, check_length, pasted};
use crate::Recipe;
use crate::parameter::Parameter;

const NEGATIVE_PREFIX: &str = "Negative prompt:";

/// The name of the model in the last line.
const MODEL: &str = "face-to-sticker";

/// Keys of the last line with the parameters that they set; `Size` sets two and is not among them.
const KEYS: [(&str, Parameter); 8] = [
    ("Steps", Parameter::Steps),
    ("CFG scale", Parameter::PromptStrength),
    ("Seed", Parameter::Seed),
    ("InstantID strength", Parameter::InstantIdStrength),
    ("IP-Adapter weight", Parameter::IpAdapterWeight),
    ("IP-Adapter noise", Parameter::IpAdapterNoise),
    ("Upscale", Parameter::Upscale),
    ("Upscale steps", Parameter::UpscaleSteps),
];

/// Keys that carry a prompt whose plain form would be read differently.
const QUOTED_PROMPTS: [(&str, Parameter); 2] =
    [("Prompt", Parameter::Prompt), ("Negative prompt", Parameter::NegativePrompt)];

/// Writes a recipe as A1111 text; webhook settings, which are no part of the picture, are left out.
///
/// A prompt that itself looks like a part of this text follows once more in the last line,
/// JSON-quoted, so that [`from_a1111`] always gives the same recipe back.
pub fn to_a1111(recipe: &Recipe) -> String {
    let plain = assemble(recipe, &[]);
    let parts = Parts::of(&plain);
    if parts.prompt == recipe.prompt && parts.negative_prompt == recipe.negative_prompt {
        return plain;
    }
    assemble(recipe, &QUOTED_PROMPTS)
}

/// Reads A1111 text, ours or another program's: keys that are not known are passed over, values that do not fit are brought
/// near or left out.
pub fn from_a1111(text: &str) -> Result<Pasted, SettingsTextError> {
    check_length(text)?;
    let parts = Parts::of(text);
    if parts.settings.is_empty() && !parts.has_negative_prompt {
        return Err(SettingsTextError::NoSettings);
    }
    let mut recipe = Recipe { prompt: parts.prompt, negative_prompt: parts.negative_prompt, ..Recipe::default() };
    let mut changes = Vec::new();
    for (key, value) in &parts.settings {
        read_setting(&mut recipe, key, value, &mut changes);
    }
    changes.extend((parts.lines_after > 0).then_some(Change::Lines(parts.lines_after)));
    // The words are taken whatever they are.
    pasted(recipe, None, changes, 1)
}

fn assemble(recipe: &Recipe, quoted: &[(&str, Parameter)]) -> String {
    let mut settings =
        vec![pair("Steps", &recipe.steps.to_string()), pair("CFG scale", &recipe.prompt_strength.to_string())];
    if let Some(seed) = recipe.seed {
        settings.push(pair("Seed", &seed.to_string()));
    }
    settings.extend([
        pair("Size", &format!("{}x{}", recipe.width, recipe.height)),
        pair("Model", MODEL),
        pair("InstantID strength", &recipe.instant_id_strength.to_string()),
        pair("IP-Adapter weight", &recipe.ip_adapter_weight.to_string()),
        pair("IP-Adapter noise", &recipe.ip_adapter_noise.to_string()),
        pair("Upscale", &recipe.upscale.to_string()),
        pair("Upscale steps", &recipe.upscale_steps.to_string()),
    ]);
    for (key, parameter) in quoted {
        settings.push(format!("{key}: {}", recipe.get(*parameter)));
    }

    let settings = settings.join(", ");
    match (recipe.prompt.as_str(), recipe.negative_prompt.as_str()) {
        ("", "") => settings,
        (prompt, "") => format!("{prompt}\n{settings}"),
        ("", negative) => format!("{NEGATIVE_PREFIX} {negative}\n{settings}"),
        (prompt, negative) => format!("{prompt}\n{NEGATIVE_PREFIX} {negative}\n{settings}"),
    }
}

/// `key: value`, the value JSON-quoted where it would end too early.
fn pair(key: &str, value: &str) -> String {
    if value.contains([',', ':', '\n', '"']) { format!("{key}: {}", json!(value)) } else { format!("{key}: {value}") }
}

/// The three parts of an A1111 text.
#[derive(Default)]
struct Parts {
    prompt: String,
    negative_prompt: String,
    has_negative_prompt: bool,
    settings: Vec<(String, String)>,
    /// Lines after the settings that are none.
    lines_after: usize,
}

impl Parts {
    fn of(text: &str) -> Self {
        let mut parts = Self::default();
        let mut lines: Vec<&str> = text.trim().lines().collect();
        // The last such line, since a prompt may quote another one.
        let settings = lines.iter().enumerate().rev().find_map(|(at, line)| Some((at, settings_line(line)?)));
        if let Some((at, settings)) = settings {
            parts.settings = settings;
            for line in lines.split_off(at).iter().skip(1).filter(|line| !line.trim().is_empty()) {
                let known: Vec<_> = pairs(line).into_iter().filter(|(key, _)| is_known(key)).collect();
                parts.lines_after += usize::from(known.is_empty());
                parts.settings.extend(known);
            }
        }
        let negative_at = lines.iter().position(|line| line.starts_with(NEGATIVE_PREFIX));
        if let Some(at) = negative_at {
            let negative = lines.split_off(at).join("\n");
            parts.has_negative_prompt = true;
            parts.negative_prompt = negative[NEGATIVE_PREFIX.len()..].trim().to_owned();
        }
        parts.prompt = lines.join("\n").trim().to_owned();
        parts
    }
}

/// The pairs of a line that is the last one of an A1111 text: it has steps or at least three pairs.
fn settings_line(line: &str) -> Option<Vec<(String, String)>> {
    let pairs = pairs(line);
    let has_steps = pairs.first().is_some_and(|(key, value)| key == "Steps" && value.parse::<f64>().is_ok());
    let has_known = pairs.iter().any(|(key, _)| is_known(key));
    (has_steps || (has_known && pairs.len() >= 3)).then_some(pairs)
}

/// Does this key set a number or a switch of ours?
fn is_known(key: &str) -> bool {
    key == "Size" || KEYS.iter().any(|(known, _)| *known == key)
}

/// Splits `key: value, key: "quoted value", …`.
fn pairs(line: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = line;
    while let Some((key, after)) = rest.split_once(':') {
        let after = after.trim_start();
        let (value, end) = quoted_value(after).unwrap_or_else(|| {
            let end = after.find(',').unwrap_or(after.len());
            (after[..end].trim().to_owned(), end)
        });
        pairs.push((key.trim().to_owned(), value));
        rest = after[end..].trim_start().trim_start_matches(',');
    }
    pairs
}

/// A JSON string at the start of `text` and where it ends.
fn quoted_value(text: &str) -> Option<(String, usize)> {
    if !text.starts_with('"') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}

fn read_setting(recipe: &mut Recipe, key: &str, value: &str, changes: &mut Vec<Change>) {
    if key == "Size" {
        let edges = value.split_once(['x', '×']);
        let (width, height) = edges.unwrap_or((value, ""));
        changes.extend(fit(recipe, Parameter::Width, &json!(width)));
        changes.extend(match edges {
            Some(_) => fit(recipe, Parameter::Height, &json!(height)),
            None => Some(Change::left_out(Parameter::Height, "of one number")),
        });
        return;
    }
    let mut parameters = QUOTED_PROMPTS.iter().chain(&KEYS);
    if let Some((_, parameter)) = parameters.find(|(known, _)| *known == key) {
        changes.extend(fit(recipe, *parameter, &json!(value)));
    }
}

/// The parameters that the text cannot carry.
#[cfg(test)]
pub(super) fn parameters_left_out() -> impl Iterator<Item = Parameter> {
    let written: Vec<Parameter> = KEYS
        .iter()
        .chain(&QUOTED_PROMPTS)
        .map(|(_, parameter)| *parameter)
        .chain([Parameter::Width, Parameter::Height])
        .collect();
    crate::PARAMETERS.iter().map(|spec| spec.parameter).filter(move |parameter| !written.contains(parameter))
}
