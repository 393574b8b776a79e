//! The request as JSON, in the order of the documentation.

use serde_json::Value as Json;

use super::fit::{Change, fit};
use super::{Pasted, SettingsTextError, check_length, foreign, from_a1111, pasted};
use crate::Recipe;
use crate::parameter::{PARAMETERS, Parameter};

/// Writes the request with its photo as indented JSON.
pub fn to_json(recipe: &Recipe, image_url: &str) -> String {
    object(recipe, image_url, "")
}

/// Reads a request, a record that has one under `input` or `recipe`, or what another program keeps of its settings.
///
/// Unknown fields are passed over; a value that does not fit is brought near or left out.
pub fn from_json(text: &str) -> Result<Pasted, SettingsTextError> {
    check_length(text)?;
    let value: Json =
        serde_json::from_str(text).map_err(|error| SettingsTextError::Json { detail: error.to_string() })?;
    let Some((settings, fields)) = foreign::settings(&value) else {
        // Some keep the text of their settings inside JSON.
        let text = foreign::text_inside(&value).ok_or(SettingsTextError::NoSettings)?;
        return if text.trim_start().starts_with('{') { from_json(text) } else { from_a1111(text) };
    };
    let image = fields.get(Parameter::Image.name()).and_then(Json::as_str).map(str::to_owned);
    let mut recipe = Recipe::default();
    let changes: Vec<Change> =
        settings.iter().filter_map(|(parameter, value)| fit(&mut recipe, *parameter, value)).collect();
    let left_out = changes.iter().filter(|change| matches!(change, Change::LeftOut { .. })).count();
    pasted(recipe, image, changes, settings.len() - left_out)
}

/// The request's object, each line begun with `indent`.
pub(super) fn object(recipe: &Recipe, image_url: &str, indent: &str) -> String {
    let mut fields = recipe.to_fields();
    fields.insert(Parameter::Image.name().to_owned(), Json::from(image_url));
    let lines: Vec<String> = PARAMETERS
        .iter()
        .filter_map(|spec| fields.get(spec.name).map(|value| format!("{indent}  \"{}\": {}", spec.name, plain(value))))
        .collect();
    format!("{{\n{}\n{indent}}}", lines.join(",\n"))
}

/// A value as people write it: whole numbers without decimals.
pub(super) fn plain(value: &Json) -> String {
    match value.as_f64().filter(|number| value.is_f64() && number.fract() == 0.0) {
        Some(number) => format!("{number:.0}"),
        None => value.to_string(),
    }
}
