//! Gets files from links that others chose: no key, guarded addresses, bounded in size and time.

use std::convert::identity;
use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::{Response, Url};

use super::address::{Reach, check_link};
use super::base::is_loopback;
use super::client::Clients;
use super::encoding::unpack;
use super::error::{reason, refused_address};
use super::reply::{ReadError, head, read_body, write_body};
use super::{BuildError, FetchError, Network, Reply, Timeouts};

/// What a fetch may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchLimits {
    /// Most bytes.
    pub bytes: usize,
    /// Longest time in all, redirects included.
    pub time: Duration,
}

impl FetchLimits {
    /// For a photo that a person linked.
    pub const PHOTO: Self = Self { bytes: 20 * 1024 * 1024, time: Duration::from_secs(20) };

    /// Most bytes of a result that is only kept, never decoded: enough for anything that a service draws.
    pub const KEPT_BYTES: u64 = 512 * 1024 * 1024;

    /// For a finished sticker: up to 4096 × 4096 pixels with alpha.
    pub const RESULT: Self = Self { bytes: 64 * 1024 * 1024, time: Timeouts::USUAL.fetch };
}

/// Most redirects that are followed.
const REDIRECTS: usize = 5;

/// A whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Its bytes, all of them.
    pub bytes: Vec<u8>,
    /// The type that the server gave; not to be trusted.
    pub content_type: Option<String>,
    /// The compression that could not be undone, so that the bytes are as they came.
    pub packed: Option<String>,
}

/// Gets files over http and https.
#[derive(Clone, Debug)]
pub struct Fetcher {
    clients: Clients,
    limits: FetchLimits,
}

impl Fetcher {
    /// A fetcher whose links reach as far as `reach` and cost at most `limits`.
    pub fn new(reach: Reach, limits: FetchLimits) -> Result<Self, BuildError> {
        Self::on(&Network::default(), reach, limits)
    }

    /// [`new`](Self::new) on a network that is used in another way than usual; how long a fetch may take say the limits.
    pub fn on(network: &Network, reach: Reach, limits: FetchLimits) -> Result<Self, BuildError> {
        Ok(Self { clients: Clients::new(network, reach, identity, identity)?, limits })
    }

    /// Gets the file behind `link`, following up to five redirects.
    pub async fn fetch(&self, link: &str) -> Result<Fetched, FetchError> {
        let url = check_link(link, self.clients.reach())?;
        self.in_time(async { self.read(self.follow(url).await?).await }).await
    }

    /// Writes the file behind `link` into `file` as it comes, never holding more than a piece of it; brings its length.
    ///
    /// A file of more than `cap` bytes is given up when that shows.
    pub async fn fetch_into(&self, link: &str, file: std::fs::File, cap: u64) -> Result<u64, FetchError> {
        let url = check_link(link, self.clients.reach())?;
        self.in_time(async {
            let response = self.follow(url).await?;
            good_head(&response)?;
            write_body(response, file, cap).await
        })
        .await
    }

    async fn in_time<T>(&self, work: impl Future<Output = Result<T, FetchError>>) -> Result<T, FetchError> {
        tokio::time::timeout(self.limits.time, work).await.map_err(|_elapsed| FetchError::TooSlow(self.limits.time))?
    }

    /// Redirects are followed here, so that each hop is checked and takes the right client.
    async fn follow(&self, mut url: Url) -> Result<Response, FetchError> {
        for _hop in 0..=REDIRECTS {
            let response = self.get(&url).await?;
            if !response.status().is_redirection() {
                return Ok(response);
            }
            let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            let target = location.and_then(|location| url.join(location).ok()).ok_or(FetchError::BrokenRedirect)?;
            // Who has once sent us away from this computer has no business to send us back.
            let reach = if is_loopback(&url) { self.clients.reach() } else { Reach::Public };
            // As it is written, where it is whole: how the host is spelled counts too.
            url = check_link(location.filter(|text| Url::parse(text).is_ok()).unwrap_or(target.as_str()), reach)?;
        }
        Err(FetchError::TooManyRedirects(REDIRECTS))
    }

    async fn get(&self, url: &Url) -> Result<Response, FetchError> {
        self.clients.of(url).get(url.clone()).send().await.map_err(|error| match refused_address(&error) {
            Some(address) => FetchError::Address(address),
            None => FetchError::Network(reason(error)),
        })
    }

    async fn read(&self, response: Response) -> Result<Fetched, FetchError> {
        let mut reply = good_head(&response)?;
        if response.content_length().is_some_and(|promised| promised > self.limits.bytes as u64) {
            return Err(FetchError::TooLarge { cap: self.limits.bytes });
        }
        let read = read_body(response, self.limits.bytes, &mut reply.body).await;
        read.and_then(|()| unpack(&mut reply, self.limits.bytes)).map_err(|error| match error {
            ReadError::TooLarge => FetchError::TooLarge { cap: self.limits.bytes },
            ReadError::Broken(reason) => FetchError::Network(reason),
        })?;
        let content_type = reply.header("content-type").map(str::to_owned);
        Ok(Fetched { bytes: reply.body, content_type, packed: reply.packed })
    }
}

/// The head of an answer that brings the file.
fn good_head(response: &Response) -> Result<Reply, FetchError> {
    let reply = head(response);
    match reply.status {
        200 => Ok(reply),
        status => Err(FetchError::Status { status, retry_after: reply.retry_after() }),
    }
}
