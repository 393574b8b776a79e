//! One job with everything that the journal keeps of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::photos::sha256_hex;
use super::state::{OnRefusedKey, Rules, State};
use crate::model::engine::Resend;
use crate::model::{Engine, EngineId, Face, FaceFrame, JobId, Money, Recipe};

/// A row of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Our id.
    pub id: JobId,
    /// Names the click that asked for it.
    pub click: String,
    /// What the jobs of one click, batch or sweep have in common.
    pub batch: Option<String>,
    /// Its place in line; lower goes first.
    pub position: i64,
    /// Which engine it is for.
    pub engine: EngineId,
    /// Where a hosted engine's request goes.
    pub base_url: Option<String>,
    /// Does that engine run on this computer?
    pub on_loopback: bool,
    /// What the request costs when it is accepted.
    pub price: Money,
    /// The whole request but the photo, with its seed.
    pub recipe: Recipe,
    /// Its photo.
    pub photo: KeptPhoto,
    /// Where it stands.
    pub state: State,
    /// How often its row was written; of two readings the one with more is newer.
    pub revision: i64,
    /// The process that drives it, while it is not at rest.
    pub owner: Option<String>,
    /// What went wrong last.
    pub error: Option<String>,
    /// The last answer of the service as it came.
    pub raw_answer: Option<String>,
    /// When it was put in line.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub updated_at: Timestamp,
    /// When the service took it.
    pub accepted_at: Option<Timestamp>,
}

/// What is kept of a job's photo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum KeptPhoto {
    /// The person's own link.
    Link {
        /// Sent as it is.
        url: String,
    },
    /// Bytes in the folder of photos.
    Prepared {
        /// Their SHA-256 and their name, lower-case hex.
        sha256: String,
        /// Where the picked photo lies under them.
        frame: FaceFrame,
        /// The face that is meant and those beside it, in prepared pixels. Only an engine on this computer is told.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        faces: Vec<Face>,
        /// The picked file's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// SHA-256 of the picked file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        picked_sha256: Option<String>,
        /// The host that the person chose for it; none for an engine on this computer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        host: Option<String>,
    },
}

impl KeptPhoto {
    /// The name of the bytes in the folder of photos.
    pub fn sha256(&self) -> Option<&str> {
        match self {
            Self::Prepared { sha256, .. } => Some(sha256),
            Self::Link { .. } => None,
        }
    }

    /// The host that it goes by.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Prepared { host, .. } => host.as_deref(),
            Self::Link { .. } => None,
        }
    }

    /// Names what is sent: the SHA-256 of the bytes, or of the link.
    pub fn sent_sha256(&self) -> String {
        match self {
            Self::Prepared { sha256, .. } => sha256.clone(),
            Self::Link { url } => sha256_hex(url.as_bytes()),
        }
    }
}

impl Job {
    /// The engine that it was made for, as data.
    pub fn engine(&self) -> Engine {
        match self.engine {
            EngineId::Local => Engine::local(),
            EngineId::Pixazo => {
                let base = self.base_url.as_deref().unwrap_or(crate::model::engine::PIXAZO_BASE);
                Engine { price: self.price, ..Engine::pixazo(base, self.on_loopback) }
            }
        }
    }

    /// May its request be sent again without a person when its fate is unknown?
    pub fn resend(&self) -> Resend {
        self.engine().resend
    }

    /// The rules that its states follow.
    pub fn rules(&self, on_refused_key: OnRefusedKey) -> Rules {
        Rules { resend: self.resend(), on_refused_key }
    }
}
