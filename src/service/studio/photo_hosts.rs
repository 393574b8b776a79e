//! Hosts for photos: set up, agreed to, tested, and what lies there.

use std::sync::PoisonError;

use secrecy::SecretString;

use super::{Studio, StudioError};
use crate::hosting::{Upload, read_sharex};
use crate::jobs::JobsError;
use crate::keys::{Account, KeyError, KeyState};
use crate::model::{PhotoHost, PhotoHostKind};
use crate::picture::encode_jpeg;
use crate::settings::{PhotoHosts, Settings};

/// Where the secret of a host is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepSecret {
    /// In the keychain of the operating system.
    InKeychain,
    /// In memory, until the program ends.
    ForSession,
}

/// Edge of the picture that a test sends, in pixels.
const TEST_EDGE: u32 = 64;

/// JPEG quality of the picture that a test sends.
const TEST_QUALITY: u8 = 90;

/// These wait for disk, keychain or network, so none is for the UI thread.
impl Studio {
    /// The hosts that are set up, in their order.
    pub fn photo_hosts(&self) -> Result<Vec<PhotoHost>, StudioError> {
        Ok(self.read_hosts()?.all().to_vec())
    }

    /// The host of this name.
    pub fn photo_host(&self, name: &str) -> Result<PhotoHost, StudioError> {
        Ok(self.jobs.hosts().get(name).map_err(JobsError::from)?)
    }

    /// Sets up a host, in place of one with the same name; without a secret that one's is kept.
    ///
    /// Consent to an earlier host of this name counts only if the same would be said of this one. On an error of the
    /// keychain nothing is changed: weaker places are a person's choice.
    pub fn set_photo_host(
        &self,
        host: PhotoHost,
        secret: Option<(SecretString, KeepSecret)>,
    ) -> Result<(), StudioError> {
        self.jobs.hosts().check_setup(&host).map_err(JobsError::from)?;
        if let Some((secret, keep)) = secret {
            let account = Account::photo_host(&host.name);
            match keep {
                KeepSecret::InKeychain => self.keys.set(account, &secret)?,
                KeepSecret::ForSession => self.keys.set_for_session(account, &secret)?,
            }
        }
        self.change_hosts(|hosts| {
            let earlier = hosts.get(&host.name).and_then(|earlier| earlier.agreed_to.clone());
            hosts.put(PhotoHost { agreed_to: host.agreed_to.or(earlier), ..host });
        })
    }

    /// A host from a `.sxcu` file, under `name` or the one in the file; the file itself is its secret.
    pub fn sharex_host(file: &[u8], name: Option<&str>) -> Result<(PhotoHost, SecretString), StudioError> {
        let (site, own_name) = read_sharex(file)?;
        let plain = |text: &str| -> String {
            let letters = text.trim().chars().map(|letter| if letter.is_whitespace() { '-' } else { letter });
            letters.filter(|letter| letter.is_alphanumeric() || "._-".contains(*letter)).take(40).collect()
        };
        let name = name.map_or_else(|| plain(own_name.as_deref().unwrap_or(&site.site)), str::to_owned);
        let host = PhotoHost::new(&name, PhotoHostKind::Sharex(site))?;
        Ok((host, SecretString::from(String::from_utf8_lossy(file).trim_start_matches('\u{feff}').to_owned())))
    }

    /// Where the secret of a host is; `None` when it has none.
    pub fn photo_host_secret(&self, host: &PhotoHost) -> Option<KeyState> {
        host.kind.secret().map(|_| self.keys.status(Account::photo_host(&host.name)))
    }

    /// Deletes a host and its secret. Refused while photos lie there that only it can delete.
    pub fn remove_photo_host(&self, name: &str) -> Result<(), StudioError> {
        self.photo_host(name)?;
        let left = self.uploads()?.iter().filter(|upload| upload.host == name && upload.can_delete()).count();
        if left > 0 {
            return Err(StudioError::PhotosLeft { host: name.to_owned(), left });
        }
        self.change_hosts(|hosts| {
            hosts.remove(name);
        })?;
        if self.chosen_photo_host()?.as_deref() == Some(name) {
            self.choose_photo_host(None)?;
        }
        // Last: a keychain that does not answer leaves a secret behind, but no host that lacks one.
        match self.keys.delete(Account::photo_host(name)) {
            // There is none that could hold it.
            Ok(()) | Err(KeyError::NoKeychain { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps that the person has read what is said of a host and agreed to it.
    pub fn agree_to_photo_host(&self, name: &str) -> Result<PhotoHost, StudioError> {
        let agreed = self.photo_host(name)?.agreed();
        let kept = agreed.clone();
        self.change_hosts(|hosts| hosts.put(kept))?;
        Ok(agreed)
    }

    /// Takes the consent back: no photo goes there until the person agrees again.
    pub fn withdraw_consent(&self, name: &str) -> Result<(), StudioError> {
        let withdrawn = PhotoHost { agreed_to: None, ..self.photo_host(name)? };
        self.change_hosts(|hosts| hosts.put(withdrawn))
    }

    /// The host that the preferences name for the hosted engine, as they are on the disk now.
    pub fn chosen_photo_host(&self) -> Result<Option<String>, StudioError> {
        Ok(Settings::load(&self.folders.settings())?.value.photo_host)
    }

    /// Makes a host the one for the hosted engine, or none. A window that holds preferences of its own changes those.
    pub fn choose_photo_host(&self, name: Option<&str>) -> Result<(), StudioError> {
        let settings = Settings::load(&self.folders.settings())?.value;
        Ok(Settings { photo_host: name.map(str::to_owned), ..settings }.save(&self.folders.settings())?)
    }

    /// Sends a drawn picture to a host, fetches it as the service would, and deletes it where that can be done.
    pub fn test_photo_host(&self, name: &str) -> Result<Upload, StudioError> {
        let picture =
            image::RgbImage::from_fn(TEST_EDGE, TEST_EDGE, |x, y| image::Rgb([(x * 4) as u8, (y * 4) as u8, 128]));
        let jpeg = encode_jpeg(&picture, TEST_QUALITY).map_err(crate::photo::PhotoError::from)?;
        let tested = self.runtime.block_on(self.jobs.hosts().test(name, jpeg));
        Ok(tested.map_err(JobsError::from)?)
    }

    /// Every photo that went to a host, newest first.
    pub fn uploads(&self) -> Result<Vec<Upload>, StudioError> {
        Ok(self.jobs.hosts().uploads().map_err(JobsError::from)?)
    }

    /// Deletes a photo at its host now, whoever may still need it, and looks whether it is gone.
    pub fn delete_upload(&self, id: &str) -> Result<Upload, StudioError> {
        let deleted = self.runtime.block_on(self.jobs.hosts().delete(id));
        Ok(deleted.map_err(JobsError::from)?)
    }

    /// Deletes the prepared bytes of a photo, its thumbnails and its copies at hosts; see [`crate::jobs::Jobs::forget_photo`].
    pub fn forget_photo(&self, sha256: &str) -> Result<(), StudioError> {
        Ok(self.runtime.block_on(self.jobs.forget_photo(sha256))?)
    }

    /// Forgets everything that jobs made of a picked photo, by the sum of its file.
    ///
    /// All of it is tried, whatever becomes of one; the first error is told.
    pub fn forget_picked_photo(&self, picked_sha256: &str) -> Result<(), StudioError> {
        let mut outcome = Ok(());
        for sha256 in self.jobs.prepared_of(picked_sha256)? {
            let forgotten = self.forget_photo(&sha256);
            outcome = outcome.and(forgotten);
        }
        outcome
    }

    fn read_hosts(&self) -> Result<PhotoHosts, StudioError> {
        Ok(PhotoHosts::load(&self.folders.photo_hosts())?.value)
    }

    /// Reads the file, since another process may have changed it, changes it and follows it.
    fn change_hosts(&self, change: impl FnOnce(&mut PhotoHosts)) -> Result<(), StudioError> {
        let _turn = self.hosts_turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut hosts = self.read_hosts()?;
        change(&mut hosts);
        hosts.save(&self.folders.photo_hosts())?;
        self.jobs.hosts().set(hosts.all().to_vec());
        Ok(())
    }
}
