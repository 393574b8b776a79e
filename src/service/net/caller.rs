//! Requests that carry a key: to one base, never redirected, never repeated.

use std::fs::File;

use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Response, Url};
use secrecy::{ExposeSecret as _, SecretString};

use super::client::{built, once};
use super::reply::{head, whole, write_body};
use super::resolver::GuardedResolver;
use super::{Base, BuildError, FetchError, Network, Reply, SendError};

/// What a caller's requests are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// They may cost money: each on its own fresh connection, since a kept one that the server has
    /// just closed looks the same as an answer that was lost.
    Submit,
    /// They only ask, and may be repeated at will.
    Ask,
    /// They bring a photo.
    Upload,
}

impl Purpose {
    /// Idle connections that are kept.
    const fn idle_connections(self) -> usize {
        match self {
            Self::Submit => 0,
            Self::Ask | Self::Upload => 2,
        }
    }
}

/// Sends requests with a key to one base.
#[derive(Clone, Debug)]
pub struct Caller {
    client: reqwest::Client,
    base: Base,
}

impl Caller {
    /// Most bytes of an answer that is read: a result may come inside it as base64.
    pub const ANSWER_BYTES: usize = 48 * 1024 * 1024;

    /// A caller whose every request carries `key` in the header `header_name` (lower case).
    pub fn new(
        purpose: Purpose,
        base: &Base,
        header_name: &'static str,
        key: &SecretString,
    ) -> Result<Self, BuildError> {
        Self::on(&Network::default(), purpose, base, header_name, key)
    }

    /// [`new`](Self::new) on a network that is used in another way than usual.
    pub fn on(
        network: &Network,
        purpose: Purpose,
        base: &Base,
        header_name: &'static str,
        key: &SecretString,
    ) -> Result<Self, BuildError> {
        let mut value = HeaderValue::from_str(key.expose_secret()).map_err(|_unsendable| BuildError::Key)?;
        value.set_sensitive(true);
        let headers = HeaderMap::from_iter([
            (HeaderName::from_static(header_name), value),
            (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        ]);
        let mut builder = once()?
            .default_headers(headers)
            .connect_timeout(network.timeouts.connect)
            .timeout(network.timeouts.of(purpose))
            .pool_max_idle_per_host(purpose.idle_connections())
            .dns_resolver(GuardedResolver::new(network.names.clone()));
        if base.is_loopback() {
            builder = builder.no_proxy();
        } else {
            builder = builder.https_only(true);
        }
        Ok(Self { client: built(builder)?, base: base.clone() })
    }

    /// The one place this caller talks to.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// POSTs a JSON body.
    pub async fn post_json(&self, url: Url, body: Vec<u8>) -> Result<Reply, SendError> {
        self.send(Method::POST, url, Some(("application/json", body))).await
    }

    /// PUTs bytes.
    pub async fn put(&self, url: Url, content_type: &'static str, bytes: Vec<u8>) -> Result<Reply, SendError> {
        self.send(Method::PUT, url, Some((content_type, bytes))).await
    }

    /// GETs.
    pub async fn get(&self, url: Url) -> Result<Reply, SendError> {
        self.send(Method::GET, url, None).await
    }

    /// DELETEs.
    pub async fn delete(&self, url: Url) -> Result<Reply, SendError> {
        self.send(Method::DELETE, url, None).await
    }

    /// POSTs a JSON body and writes an answer of HTTP 200 to 299 into `file` as it comes, at most `cap` bytes; brings its
    /// length.
    pub async fn post_json_into(&self, url: Url, body: Vec<u8>, file: File, cap: u64) -> Result<u64, FetchError> {
        self.send_into(Method::POST, url, Some(("application/json", body)), file, cap).await
    }

    /// GETs into `file`, as [`post_json_into`](Self::post_json_into).
    pub async fn get_into(&self, url: Url, file: File, cap: u64) -> Result<u64, FetchError> {
        self.send_into(Method::GET, url, None, file, cap).await
    }

    async fn send_into(
        &self,
        method: Method,
        url: Url,
        content: Option<(&'static str, Vec<u8>)>,
        file: File,
        cap: u64,
    ) -> Result<u64, FetchError> {
        let response =
            self.response(method, url, content).await.map_err(|error| FetchError::Network(error.to_string()))?;
        if !response.status().is_success() {
            let reply = head(&response);
            return Err(FetchError::Status { status: reply.status, retry_after: reply.retry_after() });
        }
        write_body(response, file, cap).await
    }

    /// Sends one request, once.
    async fn send(
        &self,
        method: Method,
        url: Url,
        content: Option<(&'static str, Vec<u8>)>,
    ) -> Result<Reply, SendError> {
        whole(self.response(method, url, content).await?, Self::ANSWER_BYTES).await
    }

    /// The beginning of an answer. The key goes to the base's origin alone, whatever `url` says.
    async fn response(
        &self,
        method: Method,
        url: Url,
        content: Option<(&'static str, Vec<u8>)>,
    ) -> Result<Response, SendError> {
        if !self.base.same_origin(&url) {
            return Err(SendError::NothingSent("the address is not the service's own".to_owned()));
        }
        let mut request = self.client.request(method, url);
        if let Some((content_type, bytes)) = content {
            request = request.header(CONTENT_TYPE, content_type).body(bytes);
        }
        request.send().await.map_err(SendError::of)
    }
}
