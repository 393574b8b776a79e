//! A recipe: every setting of a sticker except the photo, with reading and checking by the one table.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::parameter::{Kind, PARAMETERS, Parameter};

/// An event that a webhook may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WebhookEvent {
    /// All of them.
    #[serde(rename = "*")]
    Every,
    /// The work has begun.
    #[serde(rename = "start")]
    Start,
    /// There is a new output.
    #[serde(rename = "output")]
    Output,
    /// There are new log lines.
    #[serde(rename = "logs")]
    Logs,
    /// The work is over.
    #[serde(rename = "completed")]
    Completed,
}

impl WebhookEvent {
    /// Every event with its word.
    pub const ALL: [Self; 5] = [Self::Every, Self::Start, Self::Output, Self::Logs, Self::Completed];

    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Every => "*",
            Self::Start => "start",
            Self::Output => "output",
            Self::Logs => "logs",
            Self::Completed => "completed",
        }
    }

    /// The event with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }
}

/// Every setting of a sticker except the photo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recipe {
    /// The words that describe the sticker.
    pub prompt: String,
    /// The words to keep out of it.
    pub negative_prompt: String,
    /// Canvas width in pixels, 256 to 2048.
    pub width: u32,
    /// Canvas height in pixels, 256 to 2048.
    pub height: u32,
    /// Generation steps, 1 to 50.
    pub steps: u32,
    /// The seed; `None` until one is drawn, which happens before a request is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
    /// Guidance scale, 0 to 20.
    pub prompt_strength: f64,
    /// Firmness of the face's geometry, 0 to 1.
    pub instant_id_strength: f64,
    /// Share of the photo's own look, 0 to 1.
    pub ip_adapter_weight: f64,
    /// Noise on the IP-Adapter's input, 0 to 1.
    pub ip_adapter_noise: f64,
    /// Double the size at the end?
    pub upscale: bool,
    /// Steps of the upscaling pass, 1 to 50.
    pub upscale_steps: u32,
    /// URL that is told about progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<String>,
    /// Which events the webhook is told; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub webhook_events_filter: Vec<WebhookEvent>,
}

/// A value does not fit its parameter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: must be {allowed}")]
pub struct FieldError {
    /// The field's name on the wire.
    pub field: String,
    /// What it takes, as words that complete "must be …".
    pub allowed: String,
}

impl FieldError {
    /// The error for a value that `parameter` does not take.
    pub fn of(parameter: Parameter) -> Self {
        Self { field: parameter.name().to_owned(), allowed: parameter.spec().allowed() }
    }
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            prompt: default_text(Parameter::Prompt),
            negative_prompt: default_text(Parameter::NegativePrompt),
            width: default_integer(Parameter::Width),
            height: default_integer(Parameter::Height),
            steps: default_integer(Parameter::Steps),
            seed: None,
            prompt_strength: default_real(Parameter::PromptStrength),
            instant_id_strength: default_real(Parameter::InstantIdStrength),
            ip_adapter_weight: default_real(Parameter::IpAdapterWeight),
            ip_adapter_noise: default_real(Parameter::IpAdapterNoise),
            upscale: matches!(Parameter::Upscale.spec().kind, Kind::Toggle { default: true }),
            upscale_steps: default_integer(Parameter::UpscaleSteps),
            webhook: None,
            webhook_events_filter: Vec::new(),
        }
    }
}

impl Recipe {
    /// The same with this seed.
    #[must_use]
    pub fn with_seed(mut self, seed: u32) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Size of the finished files in pixels, upscaling included.
    pub fn output_size(&self) -> (u32, u32) {
        let factor = if self.upscale { 2 } else { 1 };
        (self.width * factor, self.height * factor)
    }

    /// One setting as its JSON value on the wire; `null` where there is none.
    ///
    /// [`Parameter::Image`] is not part of a recipe and gives `null`.
    pub fn get(&self, parameter: Parameter) -> Json {
        match parameter {
            Parameter::Image => Json::Null,
            Parameter::Prompt => json!(self.prompt),
            Parameter::NegativePrompt => json!(self.negative_prompt),
            Parameter::Width => json!(self.width),
            Parameter::Height => json!(self.height),
            Parameter::Steps => json!(self.steps),
            Parameter::Seed => json!(self.seed),
            Parameter::PromptStrength => json!(self.prompt_strength),
            Parameter::InstantIdStrength => json!(self.instant_id_strength),
            Parameter::IpAdapterWeight => json!(self.ip_adapter_weight),
            Parameter::IpAdapterNoise => json!(self.ip_adapter_noise),
            Parameter::Upscale => json!(self.upscale),
            Parameter::UpscaleSteps => json!(self.upscale_steps),
            Parameter::Webhook => json!(self.webhook),
            Parameter::WebhookEventsFilter => {
                let words: Vec<&str> = self.webhook_events_filter.iter().map(|event| event.word()).collect();
                if words.is_empty() { json!(["*"]) } else { json!(words) }
            }
        }
    }

    /// Sets one setting from its JSON value, after checking it; `null` is the documented default.
    ///
    /// On an error nothing is changed. [`Parameter::Image`] is not part of a recipe and is refused.
    pub fn set(&mut self, parameter: Parameter, value: &Json) -> Result<(), FieldError> {
        if value.is_null() && parameter != Parameter::Image {
            let default = Self::default().get(parameter);
            return if default.is_null() { self.clear(parameter) } else { self.set(parameter, &default) };
        }
        match parameter {
            Parameter::Image => return Err(FieldError::of(parameter)),
            Parameter::Prompt => self.prompt = text(parameter, value)?,
            Parameter::NegativePrompt => self.negative_prompt = text(parameter, value)?,
            Parameter::Width => self.width = integer(parameter, value)?,
            Parameter::Height => self.height = integer(parameter, value)?,
            Parameter::Steps => self.steps = integer(parameter, value)?,
            Parameter::Seed => self.seed = Some(integer(parameter, value)?),
            Parameter::PromptStrength => self.prompt_strength = real(parameter, value)?,
            Parameter::InstantIdStrength => self.instant_id_strength = real(parameter, value)?,
            Parameter::IpAdapterWeight => self.ip_adapter_weight = real(parameter, value)?,
            Parameter::IpAdapterNoise => self.ip_adapter_noise = real(parameter, value)?,
            Parameter::Upscale => self.upscale = value.as_bool().ok_or_else(|| FieldError::of(parameter))?,
            Parameter::UpscaleSteps => self.upscale_steps = integer(parameter, value)?,
            Parameter::Webhook => {
                let url = text(parameter, value)?;
                let is_web = url.starts_with("http://") || url.starts_with("https://");
                if !is_web {
                    return Err(FieldError::of(parameter));
                }
                self.webhook = Some(url);
            }
            Parameter::WebhookEventsFilter => {
                let events: Option<Vec<WebhookEvent>> = value.as_array().and_then(|items| {
                    items.iter().map(|item| item.as_str().and_then(WebhookEvent::from_word)).collect()
                });
                self.webhook_events_filter = events.ok_or_else(|| FieldError::of(parameter))?;
            }
        }
        Ok(())
    }

    /// Takes away a setting that may be absent.
    fn clear(&mut self, parameter: Parameter) -> Result<(), FieldError> {
        match parameter {
            Parameter::Seed => self.seed = None,
            Parameter::Webhook => self.webhook = None,
            _ => return Err(FieldError::of(parameter)),
        }
        Ok(())
    }

    /// Checks every value against the table.
    pub fn check(&self) -> Result<(), FieldError> {
        let mut scratch = Self::default();
        for spec in &PARAMETERS {
            if spec.parameter != Parameter::Image {
                scratch.set(spec.parameter, &self.get(spec.parameter))?;
            }
        }
        Ok(())
    }

    /// The request fields without `image`: every parameter, but webhook fields only with a webhook and no absent seed.
    pub fn to_fields(&self) -> Map<String, Json> {
        PARAMETERS
            .iter()
            .filter(|spec| spec.parameter != Parameter::Image)
            .filter(|spec| spec.parameter != Parameter::WebhookEventsFilter || self.webhook.is_some())
            .map(|spec| (spec.name.to_owned(), self.get(spec.parameter)))
            .filter(|(_, value)| !value.is_null())
            .collect()
    }

    /// Reads a request's fields, leaving `image` and unknown names aside; what is missing takes its default.
    pub fn from_fields(fields: &Map<String, Json>) -> Result<Self, FieldError> {
        let mut recipe = Self::default();
        for spec in &PARAMETERS {
            if spec.parameter == Parameter::Image {
                continue;
            }
            if let Some(value) = fields.get(spec.name) {
                recipe.set(spec.parameter, value)?;
            }
        }
        Ok(recipe)
    }
}

fn default_text(parameter: Parameter) -> String {
    let Kind::Text { default } = parameter.spec().kind else { return String::new() };
    default.to_owned()
}

fn default_integer(parameter: Parameter) -> u32 {
    let Kind::Integer { default, .. } = parameter.spec().kind else { return 0 };
    default.unwrap_or_default()
}

fn default_real(parameter: Parameter) -> f64 {
    let Kind::Real { default, .. } = parameter.spec().kind else { return 0.0 };
    default
}

fn text(parameter: Parameter, value: &Json) -> Result<String, FieldError> {
    value.as_str().map(str::to_owned).ok_or_else(|| FieldError::of(parameter))
}

/// Reads a whole number in the parameter's range; `20.0` counts as 20, as JavaScript writes it.
fn integer(parameter: Parameter, value: &Json) -> Result<u32, FieldError> {
    let Kind::Integer { min, max, .. } = parameter.spec().kind else { return Err(FieldError::of(parameter)) };
    value
        .as_u64()
        .or_else(|| value.as_f64().filter(|number| number.fract() == 0.0 && *number >= 0.0).map(|number| number as u64))
        .and_then(|number| u32::try_from(number).ok())
        .filter(|number| (min..=max).contains(number))
        .ok_or_else(|| FieldError::of(parameter))
}

fn real(parameter: Parameter, value: &Json) -> Result<f64, FieldError> {
    let Kind::Real { min, max, .. } = parameter.spec().kind else { return Err(FieldError::of(parameter)) };
    value.as_f64().filter(|number| (min..=max).contains(number)).ok_or_else(|| FieldError::of(parameter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_request_is_the_documented_defaults() {
        let recipe = Recipe::from_fields(&Map::new()).unwrap();
        assert_eq!(recipe, Recipe::default());
        assert_eq!((recipe.width, recipe.height, recipe.steps, recipe.upscale_steps), (1024, 1024, 20, 10));
        assert_eq!(recipe.prompt, "a person");
        assert_eq!(
            (recipe.prompt_strength, recipe.instant_id_strength, recipe.ip_adapter_weight, recipe.ip_adapter_noise),
            (7.0, 1.0, 0.2, 0.5)
        );
    }

    #[test]
    fn fields_survive_the_way_out_and_back() {
        let mut recipe = Recipe { prompt: "ink, bold".into(), upscale: true, ..Recipe::default() }.with_seed(u32::MAX);
        recipe.webhook = Some("https://example.com/hook".into());
        recipe.webhook_events_filter = vec![WebhookEvent::Start, WebhookEvent::Completed];
        assert_eq!(Recipe::from_fields(&recipe.to_fields()).unwrap(), recipe);
    }

    #[test]
    fn webhook_fields_are_sent_only_with_a_webhook() {
        let fields = Recipe::default().with_seed(1).to_fields();
        assert!(!fields.contains_key("webhook") && !fields.contains_key("webhook_events_filter"));
        assert_eq!(fields.len(), 12);
    }

    #[test]
    fn a_value_out_of_range_or_of_another_type_names_its_field_and_changes_nothing() {
        for (name, value, allowed) in [
            ("width", json!(100), "an integer from 256 to 2048"),
            ("width", json!("wide"), "an integer from 256 to 2048"),
            ("steps", json!(20.5), "an integer from 1 to 50"),
            ("seed", json!(-1), "an integer from 0 to 4294967295"),
            ("seed", json!(4_294_967_296_u64), "an integer from 0 to 4294967295"),
            ("prompt_strength", json!(20.1), "a number from 0 to 20"),
            ("ip_adapter_noise", json!(true), "a number from 0 to 1"),
            ("upscale", json!("yes"), "true or false"),
            ("prompt", json!(7), "a string"),
            ("webhook", json!("ftp://example.com"), "an http or https URL, or null"),
            ("webhook_events_filter", json!(["began"]), "a list of start, output, logs, completed or *"),
        ] {
            let mut recipe = Recipe::default();
            let parameter = Parameter::from_name(name).unwrap();
            let error = recipe.set(parameter, &value).unwrap_err();
            assert_eq!(error.to_string(), format!("{name}: must be {allowed}"));
            assert_eq!(recipe, Recipe::default());
        }
    }

    #[test]
    fn null_is_the_default_of_every_parameter() {
        let mut recipe = Recipe { steps: 3, upscale: true, prompt: "x".into(), ..Recipe::default() }.with_seed(4);
        recipe.webhook = Some("https://example.com".into());
        for spec in &PARAMETERS[1..] {
            recipe.set(spec.parameter, &Json::Null).unwrap();
        }
        assert_eq!(Recipe { webhook_events_filter: Vec::new(), ..recipe }, Recipe::default());
    }
}
