//! What all HTTP clients of this program have in common.

use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use reqwest::{Client, ClientBuilder, Url, redirect};

use super::address::Reach;
use super::base::is_loopback;
use super::error::reason;
use super::resolver::GuardedResolver;
use super::trust::tls;
use super::{BuildError, Network, USER_AGENT};

/// One try, over HTTP/1.1, and no redirect that the library follows by itself. Without a word, a server may compress as it
/// likes.
pub(super) fn once() -> Result<ClientBuilder, BuildError> {
    let tls = tls().map_err(|error| BuildError::Client(error.to_string()))?;
    Ok(Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(USER_AGENT)
        .http1_only()
        .tcp_nodelay(true)
        .default_headers(HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("identity"))]))
        .retry(reqwest::retry::never())
        .redirect(redirect::Policy::none()))
}

/// Builds a client.
pub(super) fn built(builder: ClientBuilder) -> Result<Client, BuildError> {
    builder.build().map_err(|error| BuildError::Client(reason(error)))
}

/// A client for this computer and one for everything else, for addresses that others chose.
#[derive(Clone, Debug)]
pub(super) struct Clients {
    /// For this computer: never through a proxy.
    direct: Client,
    /// For everything else.
    public: Client,
    resolver: GuardedResolver,
    reach: Reach,
}

impl Clients {
    /// Clients that go as far as `reach`; `both` refines each of them, and `public` the one for everything else.
    pub(super) fn new(
        network: &Network,
        reach: Reach,
        both: impl Fn(ClientBuilder) -> ClientBuilder,
        public: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<Self, BuildError> {
        let resolver = GuardedResolver::new(network.names.clone());
        let connect = network.timeouts.connect;
        let builder = || Ok(both(once()?.connect_timeout(connect).referer(false).dns_resolver(resolver.clone())));
        let (direct, public) = (built(builder()?.no_proxy())?, built(public(builder()?))?);
        Ok(Self { direct, public, resolver, reach })
    }

    /// How far they go.
    pub(super) const fn reach(&self) -> Reach {
        self.reach
    }

    /// The client for an address; what a public name resolves to is checked as far as `reach` asks for it.
    pub(super) fn of(&self, url: &Url) -> &Client {
        if is_loopback(url) {
            return &self.direct;
        }
        if self.reach != Reach::Anywhere {
            self.resolver.guard(url.host_str().unwrap_or_default());
        }
        &self.public
    }
}
