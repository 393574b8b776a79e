//! Tells webhooks: small POSTs without a key to an address that the caller of the gateway chose.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::CONTENT_TYPE;

use super::base::is_loopback;
use super::client::{built, once};
use super::{BuildError, SendError};

/// Longest time for one POST.
const TOTAL: Duration = Duration::from_secs(5);

/// POSTs to webhooks.
#[derive(Clone, Debug)]
pub struct Notifier {
    direct: reqwest::Client,
    public: reqwest::Client,
}

impl Notifier {
    /// A notifier that follows no redirect and gives each POST five seconds.
    pub fn new() -> Result<Self, BuildError> {
        let builder = || Ok::<_, BuildError>(once()?.timeout(TOTAL));
        Ok(Self { direct: built(builder()?.no_proxy())?, public: built(builder()?)? })
    }

    /// POSTs a JSON body; the answer's status, its body unread.
    pub async fn post_json(&self, url: &Url, body: Vec<u8>) -> Result<u16, SendError> {
        let client = if is_loopback(url) { &self.direct } else { &self.public };
        let request = client.post(url.clone()).header(CONTENT_TYPE, "application/json").body(body);
        let response = request.send().await.map_err(SendError::of)?;
        Ok(response.status().as_u16())
    }
}
