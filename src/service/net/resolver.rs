//! Look-ups that hand out only addresses a link may lead to.

use std::collections::HashSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Reach, check_ip};
use super::base::is_loopback_name;
use super::network::Names;

/// Resolves hosts and drops, for those it guards, what a link must not lead to.
///
/// A client also resolves the host of a proxy through this, and a proxy may well be private; so
/// only the hosts that [`Self::guard`] was told of are filtered. A proxied client connects to
/// nothing but the two.
#[derive(Clone, Debug, Default)]
pub(super) struct GuardedResolver {
    names: Names,
    guarded: Arc<Mutex<HashSet<String>>>,
}

impl GuardedResolver {
    /// A resolver that asks `names` and guards no host yet.
    pub(super) fn new(names: Names) -> Self {
        Self { names, guarded: Arc::default() }
    }

    /// From now on look-ups of `host` are filtered.
    pub(super) fn guard(&self, host: &str) {
        self.guarded.lock().unwrap_or_else(PoisonError::into_inner).insert(host.to_ascii_lowercase());
    }

    fn guards(&self, host: &str) -> bool {
        self.guarded.lock().unwrap_or_else(PoisonError::into_inner).contains(&host.to_ascii_lowercase())
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.names.clone();
        let guarded = self.guards(name.as_str());
        Box::pin(async move {
            let host = name.as_str();
            let found = look_up(&names, host).await?;
            let kept = match () {
                // The key travels without TLS to such a name, so it must not lead elsewhere.
                () if is_loopback_name(host) => {
                    found.into_iter().filter(|address| address.ip().is_loopback()).collect()
                }
                () if guarded => keep_public(found)?,
                () => found,
            };
            // The connection is made to one of these and to nothing else: there is no second look-up in
            // which a name could lead elsewhere.
            let addresses: Addrs = Box::new(kept.into_iter());
            Ok(addresses)
        })
    }
}

/// The addresses of `host`. Port 0 stands for the port of the URL.
async fn look_up(names: &Names, host: &str) -> io::Result<Vec<SocketAddr>> {
    let with_port = |ip: IpAddr| SocketAddr::new(ip, 0);
    match names {
        Names::Given(look_up) => Ok(look_up(host)?.into_iter().map(with_port).collect()),
        // What these are is fixed (RFC 6761); no name server is asked.
        Names::System if is_loopback_name(host) => {
            Ok([Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()].map(with_port).into())
        }
        Names::System => Ok(tokio::net::lookup_host((host, 0)).await?.collect()),
    }
}

/// Drops what is not public; an error when nothing is left.
///
/// That holds where links to loopback are allowed, too: a foreign name that leads there is an attack.
fn keep_public(found: Vec<SocketAddr>) -> io::Result<Vec<SocketAddr>> {
    let mut refused = None;
    let mut kept = Vec::new();
    for address in found {
        match check_ip(address.ip(), Reach::Public) {
            Ok(()) => kept.push(address),
            Err(error) => refused = Some(error),
        }
    }
    match refused {
        Some(error) if kept.is_empty() => Err(io::Error::other(error)),
        _ => Ok(kept),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(list: &[&str]) -> Vec<SocketAddr> {
        list.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0)).collect()
    }

    #[test]
    fn a_name_that_leads_to_private_addresses_only_is_refused() {
        let error = keep_public(addresses(&["127.0.0.1", "10.0.0.1", "::1"])).unwrap_err();
        assert!(error.to_string().contains("is not followed"), "{error}");
    }

    #[test]
    fn of_mixed_addresses_only_the_public_ones_are_used() {
        let kept = keep_public(addresses(&["192.168.0.1", "8.8.8.8"])).unwrap();
        assert_eq!(kept, addresses(&["8.8.8.8"]));
    }

    #[tokio::test]
    async fn localhost_is_this_computer_without_a_look_up() {
        let resolver = GuardedResolver::default();
        let found = resolver.resolve("gateway.localhost".parse().unwrap()).await.unwrap();
        assert!(found.map(|address| address.ip()).all(|ip| ip.is_loopback()));
    }

    #[tokio::test]
    async fn localhost_stays_on_this_computer_whatever_a_name_server_says() {
        let lies = |_: &str| Ok(vec![IpAddr::from([8, 8, 8, 8]), Ipv4Addr::LOCALHOST.into()]);
        let resolver = GuardedResolver::new(Names::Given(Arc::new(lies)));
        let found = resolver.resolve("localhost".parse().unwrap()).await.unwrap();
        assert_eq!(found.collect::<Vec<_>>(), addresses(&["127.0.0.1"]));
    }

    #[test]
    fn a_host_is_guarded_in_any_case() {
        let resolver = GuardedResolver::default();
        resolver.guard("Example.com");
        assert!(resolver.clone().guards("example.COM") && !resolver.guards("proxy.internal"));
    }
}
