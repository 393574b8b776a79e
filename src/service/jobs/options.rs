//! What the line of jobs is started with, and what comes of it.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::runtime::Handle;

use super::Jobs;
use super::new_job::Budgets;
use super::runner::{Adopt, LocalEngine};
use super::state::OnRefusedKey;
use crate::api::Network;
use crate::keys::Keys;
use crate::library::Library;
use crate::model::PhotoHost;
use crate::platform::{Clock, Folders};

/// What [`Jobs::start`] needs.
pub struct JobsOptions {
    /// Where the journal, the photos and the locks are.
    pub folders: Folders,
    /// Where finished stickers go.
    pub library: Arc<Library>,
    /// Where the keys of hosted engines are.
    pub keys: Keys,
    /// The embedded gateway; without it the built-in engine's jobs fail, not charged.
    pub local: Option<LocalEngine>,
    /// The hosts that the person set up for photos.
    pub photo_hosts: Vec<PhotoHost>,
    /// How much may be spent in a month.
    pub budgets: Budgets,
    /// Requests under way at once at a hosted engine.
    pub hosted_concurrency: usize,
    /// What to do when a service refuses key, credit or access.
    pub on_refused_key: OnRefusedKey,
    /// Whose jobs this process takes care of.
    pub adopt: Adopt,
    /// How the network is used for requests and results.
    pub network: Network,
    /// Dates of rows and of the ledger.
    pub clock: Clock,
    /// Called after every change; must be quick.
    pub waker: Arc<dyn Fn() + Send + Sync>,
    /// Where the drivers run.
    pub runtime: Handle,
}

/// The line of jobs, just started.
pub struct Started {
    /// The line.
    pub jobs: Jobs,
    /// Where an unreadable journal was put, when a new one had to be begun.
    pub set_aside: Option<PathBuf>,
    /// Where an unreadable list of uploads was put, when a new one had to be begun.
    pub uploads_set_aside: Option<PathBuf>,
}
