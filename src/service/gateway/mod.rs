//! Serves the engine on loopback through the wire types of `api`.
//!
//! The documentation's examples run against it with only the host changed. It listens on
//! 127.0.0.1 alone, answers only requests whose `Host` is this computer, and keeps everything it
//! writes in one private temp folder that goes when it stops; what a killed one left goes at the next start.

mod body;
mod folder;
mod guard;
mod job;
mod outputs;
mod photos;
mod rate;
mod refused;
mod routes;
mod run;
mod shared;
mod webhooks;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use secrecy::SecretString;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::engine::StickerEngine;
use crate::net::BuildError;
use crate::platform::{Clock, FileError, random_hex_128};

use folder::Folder;
use shared::Shared;

/// How a gateway serves.
pub struct GatewayOptions {
    /// Makes the stickers, one at a time.
    pub engine: Arc<dyn StickerEngine>,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// What callers send in the key header.
    pub key: SecretString,
    /// Sticker requests a minute before 429; `None` for no limit.
    pub rate: Option<u32>,
    /// Is it the one inside the app, which also keeps prepared photos under `/photos/`?
    pub embedded: bool,
    /// What its hours and minutes go by.
    pub clock: Clock,
}

impl GatewayOptions {
    /// For the one inside the app: a free port and a random key.
    pub fn embedded(engine: Arc<dyn StickerEngine>) -> Self {
        Self {
            engine,
            port: 0,
            key: SecretString::from(random_hex_128()),
            rate: None,
            embedded: true,
            clock: Clock::real(),
        }
    }
}

/// A gateway could not start.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The port is taken, or not allowed.
    #[error("port {port} on 127.0.0.1 cannot be used ({source}); choose another with --port")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The temp folder could not be made.
    #[error("the folder for temporary files cannot be used: {0}")]
    Folder(#[from] FileError),
    /// The HTTP clients for photos and webhooks could not be built.
    #[error(transparent)]
    Client(#[from] BuildError),
}

/// Longest time that requests and jobs under way get to end at a stop.
const STOP: Duration = Duration::from_secs(5);

/// Longest time that webhooks then get.
const STOP_WEBHOOKS: Duration = Duration::from_secs(2);

/// A running gateway. Dropping it cuts everything off; [`Self::stop`] lets it end.
pub struct Gateway {
    base_url: String,
    key: SecretString,
    shared: Arc<Shared>,
    stopping: watch::Sender<bool>,
    server: JoinHandle<()>,
    sweeper: JoinHandle<()>,
    // Dropped last: the folder goes with it.
    folder: Folder,
}

impl Gateway {
    /// Starts serving on 127.0.0.1 with the tasks of `runtime`.
    pub fn start(options: GatewayOptions, runtime: &Handle) -> Result<Self, GatewayError> {
        let port = options.port;
        let listener = listen(port).map_err(|source| GatewayError::Port { port, source })?;
        let port_error = |source| GatewayError::Port { port, source };
        let address = listener.local_addr().map_err(port_error)?;
        let base_url = format!("http://{address}");
        let folder = Folder::new(&std::env::temp_dir())?;
        let (stopping, stopped) = watch::channel(false);
        let shared = Arc::new(Shared::new(
            &options,
            base_url.clone(),
            folder.path().to_owned(),
            runtime.clone(),
            stopped.clone(),
        )?);

        let _inside = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener).map_err(port_error)?;
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a connection keeps its delay");
            }
        });
        let router = routes::router(Arc::clone(&shared), options.embedded);
        let server = runtime.spawn(async move {
            let until_stop = until(stopped);
            if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(until_stop).await {
                tracing::error!(%error, "the gateway ended");
            }
        });
        let sweeper = runtime.spawn(Arc::clone(&shared).sweep_for_ever());
        Ok(Self { base_url, key: options.key, shared, stopping, server, sweeper, folder })
    }

    /// Bytes that the engine keeps for another sticker of the same photo.
    pub fn kept_bytes(&self) -> usize {
        self.shared.engine.kept_bytes()
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// What callers send in the key header.
    pub fn key(&self) -> &SecretString {
        &self.key
    }

    /// Stops: no new requests, running jobs are cancelled, webhooks get a last moment, the folder goes.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        let ended = tokio::time::timeout(STOP, async {
            self.shared.jobs_ended().await;
            (&mut self.server).await
        });
        if ended.await.is_err() {
            tracing::warn!("the gateway cut off what was still under way");
        }
        if tokio::time::timeout(STOP_WEBHOOKS, self.shared.webhooks_ended()).await.is_err() {
            tracing::warn!("some webhooks were not told of the end");
        }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.stopping.send_replace(true);
        self.server.abort();
        self.sweeper.abort();
        self.shared.abort();
        tracing::debug!(folder = %self.folder.path().display(), "the gateway's folder goes");
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// Listens on loopback, ready for the runtime.
fn listen(port: u16) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Ends when the gateway is to stop, or is gone.
async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a stop as well.
    drop(stopped.wait_for(|stop| *stop).await);
}
