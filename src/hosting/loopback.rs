//! The host on this computer: a route that only the embedded gateway has.

use secrecy::SecretString;

use super::HostingError;
use crate::net::{Base, Caller, Purpose};
use crate::platform::random_hex_128;

/// Puts photos on the embedded gateway.
#[derive(Clone, Debug)]
pub struct Loopback {
    caller: Caller,
}

impl Loopback {
    /// The gateway at `base`, which takes photos with this run's `key` in the header `header_name`.
    pub fn new(base: &str, header_name: &'static str, key: &SecretString) -> Result<Self, HostingError> {
        let temporary = |reason: String| HostingError::Temporary { reason };
        let base = Base::parse(base).map_err(|error| temporary(error.to_string()))?;
        let caller =
            Caller::new(Purpose::Upload, &base, header_name, key).map_err(|error| temporary(error.to_string()))?;
        Ok(Self { caller })
    }

    /// Hands a photo over and tells its URL, which nobody guesses; it is gone when the gateway ends.
    pub async fn put(&self, jpeg: Vec<u8>) -> Result<String, HostingError> {
        let url = self.caller.base().join(&format!("/photos/{}.jpg", random_hex_128()));
        let reply = self
            .caller
            .put(url.clone(), "image/jpeg", jpeg)
            .await
            .map_err(|error| HostingError::Temporary { reason: error.to_string() })?;
        match reply.status {
            200..=299 => Ok(url.into()),
            408 | 425 | 429 | 500.. => Err(HostingError::Temporary { reason: format!("HTTP {}", reply.status) }),
            status => Err(HostingError::Refused {
                host: "this computer".to_owned(),
                said: format!("HTTP {status}"),
                remedy: "pick the photo again",
            }),
        }
    }
}
