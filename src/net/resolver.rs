//! Look-ups that hand out only addresses a link may lead to.

use std::collections::HashSet;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Reach, check_ip};
use super::base::is_loopback_name;

/// Resolves hosts and drops, for those it guards, what a link must not lead to.
///
/// A client also resolves the host of a proxy through this, and a proxy may well be private; so
/// only the hosts that [`Self::guard`] was told of are filtered. A proxied client connects to
/// nothing but the two.
#[derive(Clone, Debug, Default)]
pub(super) struct GuardedResolver {
    guarded: Arc<Mutex<HashSet<String>>>,
}

impl GuardedResolver {
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
        let guarded = self.guards(name.as_str());
        Box::pin(async move {
            if is_loopback_name(name.as_str()) {
                let addresses: Addrs = Box::new(this_computer().into_iter());
                return Ok(addresses);
            }
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let kept = if guarded { keep_public(found)? } else { found };
            let addresses: Addrs = Box::new(kept.into_iter());
            Ok(addresses)
        })
    }
}

/// What `localhost` is; no name server is asked. Port 0 stands for the port of the URL.
fn this_computer() -> [SocketAddr; 2] {
    [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), SocketAddr::from((Ipv6Addr::LOCALHOST, 0))]
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

    #[test]
    fn a_host_is_guarded_in_any_case() {
        let resolver = GuardedResolver::default();
        resolver.guard("Example.com");
        assert!(resolver.clone().guards("example.COM") && !resolver.guards("proxy.internal"));
    }
}
