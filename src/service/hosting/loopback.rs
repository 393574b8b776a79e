//! The host on this computer: a route that only the embedded gateway has.

use secrecy::SecretString;

use super::HostingError;
use crate::model::Face;
use crate::net::{Base, Caller, Purpose};
use crate::platform::random_hex_128;

/// What the gateway says when its folder has no room for a photo: waiting does not make any.
const INSUFFICIENT_STORAGE: u16 = 507;

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

    /// Hands a photo over, its faces beside it, and tells its URL, which nobody guesses; it is gone when the gateway ends.
    pub async fn put(&self, jpeg: Vec<u8>, faces: &[Face]) -> Result<String, HostingError> {
        let url = format!("/photos/{}.jpg", random_hex_128());
        if !faces.is_empty() {
            let faces =
                serde_json::to_vec(faces).map_err(|error| HostingError::Temporary { reason: error.to_string() })?;
            self.send(&format!("{url}.faces"), "application/json", faces).await?;
        }
        self.send(&url, "image/jpeg", jpeg).await
    }

    async fn send(&self, path: &str, content_type: &'static str, body: Vec<u8>) -> Result<String, HostingError> {
        let url = self.caller.base().join(path);
        let reply = self
            .caller
            .put(url.clone(), content_type, body)
            .await
            .map_err(|error| HostingError::Temporary { reason: error.to_string() })?;
        match reply.status {
            200..=299 => Ok(url.into()),
            INSUFFICIENT_STORAGE => Err(HostingError::Refused {
                host: "this computer".to_owned(),
                said: format!("the disk is full where temporary files go, {}", std::env::temp_dir().display()),
                remedy: "make room there, or set TMPDIR to a folder with room, and make the sticker again",
            }),
            408 | 425 | 429 | 500.. => Err(HostingError::Temporary { reason: format!("HTTP {}", reply.status) }),
            status => Err(HostingError::Refused {
                host: "this computer".to_owned(),
                said: format!("HTTP {status}"),
                remedy: "pick the photo again",
            }),
        }
    }
}
