//! How to ask about an accepted job.

use serde::{Deserialize, Serialize};

/// What the service gave for an accepted request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The service's id.
    pub request_id: String,
    /// Where to ask, when the service named a place of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polling_url: Option<String>,
}
