//! The request as JSON, in the order of the documentation.

use serde_json::{Map, Value as Json};

use super::{Pasted, SettingsTextError, check_length};
use crate::Recipe;
use crate::parameter::{PARAMETERS, Parameter};

/// Writes the request with its photo as indented JSON.
pub fn to_json(recipe: &Recipe, image_url: &str) -> String {
    object(recipe, image_url, "")
}

/// Reads a request, or a record that has one under `input` or `recipe`; unknown fields are passed over.
pub fn from_json(text: &str) -> Result<Pasted, SettingsTextError> {
    check_length(text)?;
    let value: Json =
        serde_json::from_str(text).map_err(|error| SettingsTextError::Json { detail: error.to_string() })?;
    let fields = request_fields(&value).ok_or(SettingsTextError::NoSettings)?;
    let image = fields.get(Parameter::Image.name()).and_then(Json::as_str).map(str::to_owned);
    Ok(Pasted { recipe: Recipe::from_fields(fields)?, image })
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
fn plain(value: &Json) -> String {
    match value.as_f64().filter(|number| value.is_f64() && number.fract() == 0.0) {
        Some(number) => format!("{number:.0}"),
        None => value.to_string(),
    }
}

fn request_fields(value: &Json) -> Option<&Map<String, Json>> {
    let outer = value.as_object()?;
    [Some(outer), outer.get("input").and_then(Json::as_object), outer.get("recipe").and_then(Json::as_object)]
        .into_iter()
        .flatten()
        .find(|fields| PARAMETERS.iter().any(|spec| fields.contains_key(spec.name)))
}
