//! The documented wire: paths, header, and the JSON of both endpoints as the documentation shows it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

pub use crate::model::settings_text::GENERATE_PATH;

/// Where a request is asked about, below the base URL.
pub const PREDICTION_PATH: &str = "/face-sticker/v1/face-to-sticker/prediction";

/// The header that carries the key.
pub const KEY_HEADER: &str = "ocp-apim-subscription-key";

/// The field that asks about a request.
pub const REQUEST_ID_FIELD: &str = "requestId";

/// Where a prediction stands, in the documented words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Waits for its turn.
    Starting,
    /// Is being made.
    Processing,
    /// Is there.
    Succeeded,
    /// Will not be there.
    Failed,
}

/// The answer to a request for a sticker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    /// Always true; failures have another shape.
    pub success: bool,
    /// What to ask about.
    pub request_id: String,
    /// Where it stands.
    pub status: Status,
    /// Every parameter as it is used.
    pub input: Map<String, Json>,
    /// When it was accepted, RFC 3339 in UTC with milliseconds.
    pub created_at: String,
}

/// How long the work took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// Seconds of work, once it is over.
    pub predict_time: Option<f64>,
}

/// Everything about one request; also what webhooks are sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// False only when the work failed.
    pub success: bool,
    /// The same as `request_id`.
    pub id: String,
    /// What the request for a sticker answered.
    pub request_id: String,
    /// Where it stands.
    pub status: Status,
    /// Every parameter as it is used.
    pub input: Map<String, Json>,
    /// URLs of the finished pictures: on its background, then cut out.
    pub output: Option<Vec<String>>,
    /// Why it failed.
    pub error: Option<String>,
    /// Lines about the work; those like `42%|████      | 42/100` tell the progress.
    pub logs: String,
    /// How long it took.
    pub metrics: Metrics,
    /// When it was accepted.
    pub created_at: String,
    /// When the work began.
    pub started_at: Option<String>,
    /// When it was over.
    pub completed_at: Option<String>,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// The documented sentence of the status.
    pub error: String,
    /// What exactly was wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
