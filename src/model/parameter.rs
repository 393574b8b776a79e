//! The one table of the fifteen request parameters.
//!
//! Names, defaults and ranges are the documented ones. The command line, the gateway's
//! validation, the client and the form all read this table, so a fact about a parameter
//! stands here and nowhere else.

use super::EngineId;

/// One parameter of a sticker request, in the order of the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Parameter {
    /// The face photo.
    Image,
    /// The words that describe the sticker.
    Prompt,
    /// The words to keep out of it.
    NegativePrompt,
    /// Canvas width in pixels.
    Width,
    /// Canvas height in pixels.
    Height,
    /// Generation steps.
    Steps,
    /// The random seed.
    Seed,
    /// Guidance scale (CFG).
    PromptStrength,
    /// How firmly the face's geometry is kept.
    InstantIdStrength,
    /// How much the photo's appearance colours the result.
    IpAdapterWeight,
    /// Noise on the IP-Adapter's input.
    IpAdapterNoise,
    /// Double the size at the end?
    Upscale,
    /// Steps of the upscaling pass.
    UpscaleSteps,
    /// URL that is told about progress.
    Webhook,
    /// Which events the webhook is told.
    WebhookEventsFilter,
}

/// What values a parameter takes, and its documented default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// The URL of the photo; required on the wire.
    ImageUrl,
    /// Any text.
    Text {
        /// Used when the field is left out.
        default: &'static str,
    },
    /// A whole number in an inclusive range.
    Integer {
        /// Used when the field is left out; `None` means that one is drawn at random.
        default: Option<u32>,
        /// Smallest allowed value.
        min: u32,
        /// Largest allowed value.
        max: u32,
        /// What one step of a control changes.
        step: u32,
    },
    /// A real number in an inclusive range.
    Real {
        /// Used when the field is left out.
        default: f64,
        /// Smallest allowed value.
        min: f64,
        /// Largest allowed value.
        max: f64,
        /// What one step of a control changes.
        step: f64,
        /// Decimals that a control shows.
        decimals: usize,
    },
    /// Yes or no.
    Toggle {
        /// Used when the field is left out.
        default: bool,
    },
    /// A URL that may be left out.
    OptionalUrl,
    /// A list of webhook events; the default is every event.
    Events,
}

/// The part of the form a parameter belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The photo well.
    Photo,
    /// Prompt and negative prompt.
    Words,
    /// How much of the face survives.
    Likeness,
    /// Steps, size and upscaling.
    Quality,
    /// The seed row.
    Seed,
    /// Webhook.
    Delivery,
}

/// Everything there is to know about one parameter.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Which parameter this is.
    pub parameter: Parameter,
    /// Its field name on the wire.
    pub name: &'static str,
    /// Its name on screen with the built-in engine: what it does to a drawing, the left end of a slider first.
    pub label_local: &'static str,
    /// Its name on screen with the hosted service: the documentation's.
    pub label_hosted: &'static str,
    /// Its long flag on the command line, without the dashes.
    pub flag: &'static str,
    /// Where it stands in the form.
    pub group: Group,
    /// Its values.
    pub kind: Kind,
    /// The unit shown after the value, or nothing.
    pub unit: &'static str,
    /// What it does to a face with the built-in engine.
    pub help_local: &'static str,
    /// What it does to a face at the hosted service.
    pub help_hosted: &'static str,
}

/// All fifteen, in the order of the documentation.
pub const PARAMETERS: [Spec; 15] = [
    Spec {
        parameter: Parameter::Image,
        name: "image",
        label_local: "Photo",
        label_hosted: "Photo",
        flag: "image",
        group: Group::Photo,
        kind: Kind::ImageUrl,
        unit: "",
        help_local: "The photo of a face. It stays on this computer.",
        help_hosted: "The photo of a face. The service fetches it from a link, so it has to be hosted somewhere first.",
    },
    Spec {
        parameter: Parameter::Prompt,
        name: "prompt",
        label_local: "Prompt",
        label_hosted: "Prompt",
        flag: "prompt",
        group: Group::Words,
        kind: Kind::Text { default: "a person" },
        unit: "",
        help_local: "Picks and bends the drawing style: cartoon, ink, pop, watercolour, flat, neon, vintage, kawaii or pixel art, with words such as vibrant, bold or pink border. It does not invent scenes.",
        help_hosted: "Describes the sticker. The service adds its own sticker words around it, so \u{201c}sticker style\u{201d} is not needed.",
    },
    Spec {
        parameter: Parameter::NegativePrompt,
        name: "negative_prompt",
        label_local: "Negative prompt",
        label_hosted: "Negative prompt",
        flag: "negative-prompt",
        group: Group::Words,
        kind: Kind::Text { default: "" },
        unit: "",
        help_local: "Leaves parts out: outline, lines, border, shadow, blush, wrinkles, grain, background.",
        help_hosted: "Keeps things out. If the head comes out cut off, write \u{201c}cropped\u{201d} here.",
    },
    Spec {
        parameter: Parameter::Width,
        name: "width",
        label_local: "Width",
        label_hosted: "Width",
        flag: "width",
        group: Group::Quality,
        kind: Kind::Integer { default: Some(1024), min: 256, max: 2048, step: 8 },
        unit: "px",
        help_local: "Canvas width. The sticker is fitted and centred.",
        help_hosted: "Canvas width, rounded down to a multiple of 8 by the service.",
    },
    Spec {
        parameter: Parameter::Height,
        name: "height",
        label_local: "Height",
        label_hosted: "Height",
        flag: "height",
        group: Group::Quality,
        kind: Kind::Integer { default: Some(1024), min: 256, max: 2048, step: 8 },
        unit: "px",
        help_local: "Canvas height. The sticker is fitted and centred.",
        help_hosted: "Canvas height, rounded down to a multiple of 8 by the service.",
    },
    Spec {
        parameter: Parameter::Steps,
        name: "steps",
        label_local: "Smoothing",
        label_hosted: "Steps",
        flag: "steps",
        group: Group::Quality,
        kind: Kind::Integer { default: Some(20), min: 1, max: 50, step: 1 },
        unit: "",
        help_local: "Smoothing passes. Few keep the photo's texture, many paint larger, calmer areas.",
        help_hosted: "Generation steps. More take longer and refine details.",
    },
    Spec {
        parameter: Parameter::Seed,
        name: "seed",
        label_local: "Seed",
        label_hosted: "Seed",
        flag: "seed",
        group: Group::Seed,
        kind: Kind::Integer { default: None, min: 0, max: u32::MAX, step: 1 },
        unit: "",
        help_local: "Another seed draws a clearly different sibling. The same seed with the same settings draws the same sticker.",
        help_hosted: "Another seed makes another sticker. It is always sent, so that a result can be made again.",
    },
    Spec {
        parameter: Parameter::PromptStrength,
        name: "prompt_strength",
        label_local: "Photo \u{2194} drawing",
        label_hosted: "Prompt strength",
        flag: "prompt-strength",
        group: Group::Likeness,
        kind: Kind::Real { default: 7.0, min: 0.0, max: 20.0, step: 0.5, decimals: 1 },
        unit: "",
        help_local: "0 is the photo cut out, 7 the style as designed, 20 its boldest: fewer tones, thicker lines, more colour.",
        help_hosted: "Guidance scale. Higher follows the prompt, lower the face. In the public source of the model it has no effect; the service may differ.",
    },
    Spec {
        parameter: Parameter::InstantIdStrength,
        name: "instant_id_strength",
        label_local: "Caricature \u{2194} likeness",
        label_hosted: "InstantID strength",
        flag: "instant-id-strength",
        group: Group::Likeness,
        kind: Kind::Real { default: 1.0, min: 0.0, max: 1.0, step: 0.05, decimals: 2 },
        unit: "",
        help_local: "1 keeps the true face. Lower turns it into a caricature: bigger eyes, a narrower chin, a smaller body.",
        help_hosted: "How firmly the face is matched: the strongest control of likeness. Lower is a looser resemblance.",
    },
    Spec {
        parameter: Parameter::IpAdapterWeight,
        name: "ip_adapter_weight",
        label_local: "Palette \u{2194} photo colours",
        label_hosted: "IP-Adapter weight",
        flag: "ip-adapter-weight",
        group: Group::Likeness,
        kind: Kind::Real { default: 0.2, min: 0.0, max: 1.0, step: 0.05, decimals: 2 },
        unit: "",
        help_local: "1 keeps the photo's own colours, 0 repaints with the style's palette, or with your own.",
        help_hosted: "How much the photo's look colours the sticker. It acts on the first fifth of the steps only, so it is subtle.",
    },
    Spec {
        parameter: Parameter::IpAdapterNoise,
        name: "ip_adapter_noise",
        label_local: "Hand and grain",
        label_hosted: "IP-Adapter noise",
        flag: "ip-adapter-noise",
        group: Group::Likeness,
        kind: Kind::Real { default: 0.5, min: 0.0, max: 1.0, step: 0.05, decimals: 2 },
        unit: "",
        help_local: "The hand in it: wobble of the lines and grain of the paper.",
        help_hosted: "Noise on the IP-Adapter's input. Like its weight, it is subtle.",
    },
    Spec {
        parameter: Parameter::Upscale,
        name: "upscale",
        label_local: "Upscale 2\u{d7}",
        label_hosted: "Upscale 2\u{d7}",
        flag: "upscale",
        group: Group::Quality,
        kind: Kind::Toggle { default: false },
        unit: "",
        help_local: "Draws the sticker again at twice the size, as crisp as at the first.",
        help_hosted: "Enlarges the result to twice the size. It costs the same.",
    },
    Spec {
        parameter: Parameter::UpscaleSteps,
        name: "upscale_steps",
        label_local: "Crispness",
        label_hosted: "Upscale steps",
        flag: "upscale-steps",
        group: Group::Quality,
        kind: Kind::Integer { default: Some(10), min: 1, max: 50, step: 1 },
        unit: "",
        help_local: "Passes that refine the edges of the enlarged sticker. Used only with Upscale.",
        help_hosted: "Steps of the enlarging pass. Used only with Upscale.",
    },
    Spec {
        parameter: Parameter::Webhook,
        name: "webhook",
        label_local: "Webhook URL",
        label_hosted: "Webhook URL",
        flag: "webhook",
        group: Group::Delivery,
        kind: Kind::OptionalUrl,
        unit: "",
        help_local: "A URL of yours that is told about the job, from this computer.",
        help_hosted: "A URL of yours that the service tells about the job.",
    },
    Spec {
        parameter: Parameter::WebhookEventsFilter,
        name: "webhook_events_filter",
        label_local: "Webhook events",
        label_hosted: "Webhook events",
        flag: "webhook-events",
        group: Group::Delivery,
        kind: Kind::Events,
        unit: "",
        help_local: "Which events the webhook is told: start, output, logs, completed, or * for all.",
        help_hosted: "Which events the webhook is told: start, output, logs, completed, or * for all.",
    },
];

impl Parameter {
    /// This parameter's row of the table.
    pub fn spec(self) -> &'static Spec {
        // The table lists the variants in order; a test holds it to that.
        &PARAMETERS[self as usize]
    }

    /// The field name on the wire.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The parameter with this field name.
    pub fn from_name(name: &str) -> Option<Self> {
        PARAMETERS.iter().find(|spec| spec.name == name).map(|spec| spec.parameter)
    }
}

impl Spec {
    /// Its name on screen with `engine`.
    pub fn label(&self, engine: EngineId) -> &'static str {
        match engine {
            EngineId::Local => self.label_local,
            EngineId::Pixazo => self.label_hosted,
        }
    }

    /// What the parameter does to a face with `engine`.
    pub fn help(&self, engine: EngineId) -> &'static str {
        match engine {
            EngineId::Local => self.help_local,
            EngineId::Pixazo => self.help_hosted,
        }
    }

    /// The allowed values as words that complete "must be …".
    pub fn allowed(&self) -> String {
        match self.kind {
            Kind::ImageUrl => "an http or https URL, or a data URI, of an image".to_owned(),
            Kind::Text { .. } => "a string".to_owned(),
            Kind::Integer { min, max, .. } => format!("an integer from {min} to {max}"),
            Kind::Real { min, max, .. } => format!("a number from {min} to {max}"),
            Kind::Toggle { .. } => "true or false".to_owned(),
            Kind::OptionalUrl => "an http or https URL, or null".to_owned(),
            Kind::Events => "a list of start, output, logs, completed or *".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
