//! The built-in engine as a server of its own, for `serve`.

use std::sync::Arc;

use secrecy::SecretString;
use tokio::runtime::Runtime;

use super::{StudioError, runtime};
use crate::engine::BuiltIn;
use crate::gateway::{Gateway, GatewayOptions};
use crate::platform::{Clock, random_hex_128};

/// A standalone gateway with the runtime it runs on.
pub struct Served {
    gateway: Gateway,
    runtime: Runtime,
}

impl Served {
    /// Serves on 127.0.0.1 at `port` (0 for a free one), for callers with `key` (a random one without), at most
    /// `rate` requests a minute.
    pub fn start(port: u16, key: Option<SecretString>, rate: Option<u32>) -> Result<Self, StudioError> {
        let runtime = runtime()?;
        let options = GatewayOptions {
            engine: Arc::new(BuiltIn::load()?),
            port,
            key: key.unwrap_or_else(|| SecretString::from(random_hex_128())),
            rate,
            embedded: false,
            clock: Clock::real(),
        };
        let gateway = Gateway::start(options, runtime.handle())?;
        Ok(Self { gateway, runtime })
    }

    /// Its address, without a slash at the end.
    pub fn base_url(&self) -> String {
        self.gateway.base_url()
    }

    /// The key that callers must send.
    pub fn key(&self) -> &SecretString {
        self.gateway.key()
    }

    /// Serves until Ctrl+C, then finishes what is under way.
    pub fn until_interrupted(self) {
        let Self { gateway, runtime } = self;
        // Without a signal handler the process ends at once, which is an end too.
        drop(runtime.block_on(tokio::signal::ctrl_c()));
        runtime.block_on(gateway.stop());
    }
}
