//! Gives prepared bytes a URL, remembers where they went, takes them back.

mod loopback;

pub use loopback::Loopback;

use crate::model::Engine;
use crate::model::engine;

/// A photo could not be given a URL; nothing was sent to the engine and nothing was charged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostingError {
    /// The hosted service cannot see this computer, and no host was chosen.
    #[error(
        "hosting of photos is not set up yet, and the service cannot see files of this computer: use a link to the photo, or the engine on this computer"
    )]
    NotSetUp,
    /// The engine on this computer is not running.
    #[error("the engine on this computer is not running: start Sticker Booth again")]
    NoEngine,
    /// The host did not answer; it may later.
    #[error("the photo could not be handed over ({reason}): it is tried again")]
    Temporary {
        /// What happened.
        reason: String,
    },
    /// The host said no.
    #[error("the photo was not taken, HTTP {status}: pick it again")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
}

impl HostingError {
    /// May the same succeed later, with nothing changed?
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Temporary { .. })
    }
}

/// The hosts that photos can go to.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    loopback: Option<Loopback>,
}

impl Hosts {
    /// The host on this computer, when its engine runs.
    pub fn new(loopback: Option<Loopback>) -> Self {
        Self { loopback }
    }

    /// The host that `engine` can fetch from; who asks before paying knows whether a photo will get there.
    pub fn reached_by(&self, engine: &Engine) -> Result<&Loopback, HostingError> {
        // An engine on loopback, whatever it is, can fetch from this computer; no other can.
        let on_this_computer = engine.hosting == engine::Hosting::Loopback || engine.allows_loopback;
        if !on_this_computer {
            return Err(HostingError::NotSetUp);
        }
        self.loopback.as_ref().ok_or(HostingError::NoEngine)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    fn hosts() -> Hosts {
        let key = SecretString::from("k");
        Hosts::new(Some(Loopback::new("http://127.0.0.1:1", "some-key", &key).unwrap()))
    }

    #[test]
    fn a_photo_of_this_computer_does_not_go_to_a_service_elsewhere() {
        let engine = Engine::pixazo(engine::PIXAZO_BASE, false);
        let error = hosts().reached_by(&engine).unwrap_err();
        assert_eq!(error, HostingError::NotSetUp);
        assert!(error.to_string().contains("use a link"), "{error}");
    }

    #[test]
    fn engines_on_this_computer_fetch_from_it() {
        assert!(hosts().reached_by(&Engine::local()).is_ok());
        assert!(hosts().reached_by(&Engine::pixazo("http://127.0.0.1:9", true)).is_ok());
        assert_eq!(Hosts::default().reached_by(&Engine::local()).unwrap_err(), HostingError::NoEngine);
    }
}
