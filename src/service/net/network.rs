//! How the network is used: how long each kind of request may take, and who knows the addresses of names.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use super::caller::Purpose;

/// The longest waits. Every request ends within them, whatever the other side does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// To a connection, look-up and TLS included.
    pub connect: Duration,
    /// A submit or an upload, to the last byte of the answer.
    pub submit: Duration,
    /// A question, to the last byte of the answer.
    pub ask: Duration,
    /// A result, redirects included.
    pub fetch: Duration,
}

impl Timeouts {
    /// What suits a service that is far away and busy.
    pub const USUAL: Self = Self {
        connect: Duration::from_secs(10),
        submit: Duration::from_mins(1),
        ask: Duration::from_secs(30),
        fetch: Duration::from_mins(2),
    };

    /// The longest time of a whole request.
    pub(super) const fn of(&self, purpose: Purpose) -> Duration {
        match purpose {
            Purpose::Submit | Purpose::Upload => self.submit,
            Purpose::Ask => self.ask,
        }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self::USUAL
    }
}

/// Tells the addresses of a host's name.
pub type LookUp = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// Who is asked for the addresses of a name. Whoever it is, what comes is judged in the same way.
#[derive(Clone, Default)]
pub enum Names {
    /// This computer's resolver.
    #[default]
    System,
    /// Somebody else; must not wait.
    Given(Arc<LookUp>),
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Given(_) => "Given",
        })
    }
}

/// How the network is used.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The longest waits.
    pub timeouts: Timeouts,
    /// Who knows the addresses of names.
    pub names: Names,
}
