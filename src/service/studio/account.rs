//! Whose key the hosted engine wants: decided here, for the window and for every command.

use std::path::Path;

use secrecy::SecretString;

use super::{Studio, StudioError, set_aside_note};
use crate::api::{Client, ClientOptions, KeyCheck, Network};
use crate::keys::Account;
use crate::model::engine::PIXAZO_BASE;
use crate::model::{Engine, EngineId};
use crate::platform::Folders;
use crate::settings::{Loaded, Settings};

/// The usual folders of this person, which need not be there yet, and the preferences.
pub(super) fn preferences(data_dir: Option<&Path>) -> Result<(Folders, Loaded<Settings>), StudioError> {
    let folders =
        data_dir.map_or_else(Folders::usual, |folder| Some(Folders::at(folder))).ok_or(StudioError::NoHome)?;
    let settings = Settings::load(&folders.settings())?;
    Ok((folders, settings))
}

/// The account of the hosted engine, as the preferences in `data_dir` name its address.
pub fn hosted_account(data_dir: Option<&Path>) -> Result<Account, StudioError> {
    let (_, settings) = preferences(data_dir)?;
    if let Some(path) = &settings.set_aside {
        tracing::error!("{}", set_aside_note("The preferences", path));
    }
    Studio::account_of(&Studio::engine_in(&settings.value, EngineId::Pixazo, None)?)
}

impl Studio {
    /// Asks an engine, for free, whether it knows a key; `None` means the one that is kept.
    pub fn check_key(&self, key: Option<SecretString>, engine: &Engine) -> Result<KeyCheck, StudioError> {
        let account = Self::account_of(engine)?;
        let base = engine.base.clone().unwrap_or_else(|| PIXAZO_BASE.to_owned());
        let key = match key {
            Some(key) => key,
            None => self.keys.get(account)?.ok_or(StudioError::NoKey)?,
        };
        let client = Client::new(ClientOptions {
            base,
            key,
            allow_loopback: engine.allows_loopback,
            network: Network::default(),
        })?;
        Ok(self.runtime.block_on(client.check_key()))
    }

    /// An engine as data: the hosted one at `base_url`, else where the preferences have it, else at its own address.
    pub fn engine_in(settings: &Settings, id: EngineId, base_url: Option<&str>) -> Result<Engine, StudioError> {
        Self::engine(id, base_url.or(settings.base_url.as_deref()))
    }

    /// Whose key goes with a request to this engine: that of its host.
    pub fn account_of(engine: &Engine) -> Result<Account, StudioError> {
        Account::engine_at_url(engine.base.as_deref().unwrap_or(PIXAZO_BASE)).ok_or(StudioError::NoKey)
    }
}
