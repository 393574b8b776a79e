//! The two engines as data: what differs between this computer and the hosted service.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Money;

/// Names an engine in files, on the command line and in job rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineId {
    /// The built-in engine behind the embedded gateway.
    Local,
    /// The hosted service.
    Pixazo,
}

/// When a request whose fate is unknown may be sent again without a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resend {
    /// Always: a request costs nothing.
    Free,
    /// Never: it may have been charged.
    Never,
}

/// When a job is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    /// From submit to the first question.
    pub first: Duration,
    /// Between questions at the beginning.
    pub every: Duration,
    /// What the interval eases to.
    pub eased: Duration,
    /// After this long the person is told that it takes long.
    pub long_after: Duration,
    /// The interval from then on.
    pub when_long: Duration,
}

/// How an engine's results are labelled in PNG metadata (IPTC digital source type).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceType {
    /// Made by a trained model.
    TrainedAlgorithmicMedia,
    /// Drawn over the photo by an algorithm.
    AlgorithmicallyEnhanced,
}

impl SourceType {
    /// The IPTC `NewsCodes` URI.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::TrainedAlgorithmicMedia => "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            Self::AlgorithmicallyEnhanced => "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced",
        }
    }
}

/// Everything that differs between engines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine {
    /// Which engine this is.
    pub id: EngineId,
    /// Base URL; `None` for the embedded gateway, whose port changes each run.
    pub base: Option<String>,
    /// Price of one request.
    pub price: Money,
    /// When jobs are asked about.
    pub polling: Polling,
    /// May it fetch from, and be reached on, loopback?
    pub allows_loopback: bool,
    /// What an unknown outcome allows.
    pub resend: Resend,
    /// How its results are labelled.
    pub source_type: SourceType,
}

/// Base URL of the hosted service.
pub const PIXAZO_BASE: &str = "https://gateway.pixazo.ai";

/// Where a person gets a key.
pub const PIXAZO_KEYS_URL: &str = "https://api-console.pixazo.ai/api_keys";

/// Where a person buys credit.
pub const PIXAZO_CREDIT_URL: &str = "https://api-console.pixazo.ai/dashboard";

/// What is known about the licences of the hosted model, said once before its first sticker.
pub const LICENCES: &str = "The public model behind this service contains parts that are licensed for non-commercial use: \
                            its background remover and its face models. The service itself says nothing about it. If you \
                            want to sell what you make, ask Pixazo first.";

/// Polling of an engine on this computer: a sticker appears as soon as it is done.
const LOOPBACK_POLLING: Polling = Polling {
    first: Duration::from_millis(50),
    every: Duration::from_millis(50),
    eased: Duration::from_millis(100),
    long_after: Duration::from_mins(1),
    when_long: Duration::from_secs(1),
};

/// Polling of a service on the network.
const HOSTED_POLLING: Polling = Polling {
    first: Duration::from_secs(3),
    every: Duration::from_secs(5),
    eased: Duration::from_secs(10),
    long_after: Duration::from_mins(10),
    when_long: Duration::from_secs(30),
};

impl Engine {
    /// The built-in engine.
    pub fn local() -> Self {
        Self {
            id: EngineId::Local,
            base: None,
            price: EngineId::Local.price(),
            polling: LOOPBACK_POLLING,
            allows_loopback: true,
            resend: Resend::Free,
            source_type: SourceType::AlgorithmicallyEnhanced,
        }
    }

    /// The hosted service, at its own address or at another `base` (already checked).
    pub fn pixazo(base: &str, on_loopback: bool) -> Self {
        Self {
            id: EngineId::Pixazo,
            base: Some(base.trim_end_matches('/').to_owned()),
            price: EngineId::Pixazo.price(),
            polling: if on_loopback { LOOPBACK_POLLING } else { HOSTED_POLLING },
            allows_loopback: on_loopback,
            resend: Resend::Never,
            source_type: SourceType::TrainedAlgorithmicMedia,
        }
    }
}

impl EngineId {
    /// The word used in files and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Pixazo => "pixazo",
        }
    }

    /// The price of one request.
    pub const fn price(self) -> Money {
        match self {
            Self::Local => Money::ZERO,
            Self::Pixazo => Money::from_mills(25),
        }
    }

    /// The engine with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Local, Self::Pixazo].into_iter().find(|id| id.word() == word)
    }
}
