//! `Hosts`: everything that has to do with photos at hosts, as the rest of the program holds it.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};

use super::check::{Expected, Found, check, check_own};
use super::error::address;
use super::host::Host;
use super::ledger::{Arrived, Ledger, NewRow};
use super::upload::TEST;
use super::{HostingError, LIFETIME, Loopback, RENEW_BEFORE, Upload};
use crate::keys::{Account, KeyError, Keys};
use crate::model::{Engine, Face, PhotoHost, PhotoHostKind};
use crate::net::{BuildError, Courier, FetchLimits, Fetcher, Reach, check_link, to_data_uri};
use crate::platform::{Clock, random_hex_128};

/// What [`Hosts::open`] needs.
pub struct HostsOptions {
    /// The host on this computer, when its engine runs.
    pub loopback: Option<Loopback>,
    /// The hosts that the person set up.
    pub hosts: Vec<PhotoHost>,
    /// Where their secrets are.
    pub keys: Keys,
    /// The file of the ledger.
    pub ledger: PathBuf,
    /// Dates of the ledger.
    pub clock: Clock,
    /// Tells the size in pixels of a picture.
    pub measure: fn(&[u8]) -> Option<(u32, u32)>,
    /// Called after every change of the ledger; must be quick.
    pub waker: Arc<dyn Fn() + Send + Sync>,
}

/// The hosts could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The ledger.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The clients for the network.
    #[error(transparent)]
    Client(#[from] BuildError),
}

/// A prepared photo that is to be given a URL.
#[derive(Clone, Debug)]
pub struct OutgoingPhoto {
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// Exactly what is sent.
    pub jpeg: Vec<u8>,
    /// Its faces, which only the engine on this computer is told.
    pub faces: Vec<Face>,
    /// A small JPEG of it for the list of uploads.
    pub thumbnail: Option<Vec<u8>>,
}

/// A photo that lies where an engine can fetch it.
pub struct Placed(Place);

enum Place {
    /// On this computer, or in the request itself: its link never changes.
    Direct(SecretString),
    /// At a host.
    Upload { upload: Box<Upload>, host: Box<Host> },
}

/// All hosts with the ledger of what is there. Clones share them.
#[derive(Clone)]
pub struct Hosts {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    loopback: Option<Loopback>,
    hosts: RwLock<Vec<PhotoHost>>,
    keys: Keys,
    pub(super) ledger: Ledger,
    clock: Clock,
    pub(super) measure: fn(&[u8]) -> Option<(u32, u32)>,
    pub(super) waker: Arc<dyn Fn() + Send + Sync>,
    /// For services on the internet, and for one on this computer.
    elsewhere: Carriers,
    pub(super) here: Carriers,
    /// One photo at a time is looked for and sent, so that jobs of one batch share it.
    turn: tokio::sync::Mutex<()>,
}

/// The clients for one reach.
pub(super) struct Carriers {
    pub(super) courier: Courier,
    pub(super) fetcher: Fetcher,
}

impl Carriers {
    fn new(reach: Reach) -> Result<Self, BuildError> {
        Ok(Self { courier: Courier::new(reach)?, fetcher: Fetcher::new(reach, FetchLimits::PHOTO)? })
    }
}

impl Hosts {
    /// Opens the ledger; also tells where an unreadable one was put, when a new one had to be begun.
    pub fn open(options: HostsOptions) -> Result<(Self, Option<PathBuf>), OpenError> {
        let (ledger, set_aside) = Ledger::open(&options.ledger)?;
        let inner = Inner {
            loopback: options.loopback,
            hosts: RwLock::new(options.hosts),
            keys: options.keys,
            ledger,
            clock: options.clock,
            measure: options.measure,
            waker: options.waker,
            elsewhere: Carriers::new(Reach::Public)?,
            here: Carriers::new(Reach::Anywhere)?,
            turn: tokio::sync::Mutex::new(()),
        };
        Ok((Self { inner: Arc::new(inner) }, set_aside))
    }

    /// The hosts that are set up are now these.
    pub fn set(&self, hosts: Vec<PhotoHost>) {
        *self.inner.hosts.write().unwrap_or_else(PoisonError::into_inner) = hosts;
    }

    /// The host of this name.
    pub fn get(&self, name: &str) -> Result<PhotoHost, HostingError> {
        let hosts = self.inner.hosts.read().unwrap_or_else(PoisonError::into_inner);
        let found = hosts.iter().find(|host| host.name == name).cloned();
        found.ok_or_else(|| HostingError::Unknown { host: name.to_owned() })
    }

    /// Can a host with these settings work, as far as that can be told without asking it?
    pub fn check_setup(&self, host: &PhotoHost) -> Result<(), HostingError> {
        if let Some(text) = host.kind.address() {
            self.inner.here.courier.check(text).map_err(|error| HostingError::setup(&host.name, &error))?;
        }
        if let PhotoHostKind::S3(bucket) = &host.kind {
            let needed =
                [(&bucket.region, "region"), (&bucket.bucket, "bucket"), (&bucket.access_key_id, "access key id")];
            if let Some((_, what)) = needed.iter().find(|(value, _)| value.trim().is_empty()) {
                return Err(HostingError::setup(&host.name, &format!("the {what} is missing")));
            }
            Host::new(&host.name, &host.kind, Some(SecretString::from("not the secret")))?;
        }
        Ok(())
    }

    /// Would a photo get to `engine` by the host of this name, or by this computer without one?
    ///
    /// Asked before a job stands in line: consent, and an address that the engine can reach. Nothing is sent or waited for.
    pub fn check(&self, engine: &Engine, host: Option<&str>) -> Result<(), HostingError> {
        let Some(name) = host else { return self.loopback(engine).map(drop) };
        let host = self.get(name)?;
        if !host.has_consent() {
            return Err(HostingError::ConsentNeeded {
                host: host.name.clone(),
                disclosure: Box::new(host.disclosure()),
            });
        }
        if let Some(text) = host.kind.address() {
            self.inner.network(engine).courier.check(text).map_err(|error| address(name, &error))?;
        }
        if let PhotoHostKind::Sharex(site) = &host.kind
            && !engine.allows_loopback
        {
            check_link(&format!("https://{}/", site.site), Reach::Public).map_err(|error| address(name, &error))?;
        }
        Ok(())
    }

    /// The host on this computer, for an engine on it.
    fn loopback(&self, engine: &Engine) -> Result<&Loopback, HostingError> {
        // An engine on loopback, whatever it is, can fetch from this computer; no other can.
        if !engine.allows_loopback {
            return Err(HostingError::NotSetUp);
        }
        self.inner.loopback.as_ref().ok_or(HostingError::NoEngine)
    }

    /// Sends a photo to the host of this name, or to this computer without one; one that is there already serves again.
    ///
    /// The ledger's row is durable before the first byte leaves.
    pub async fn place(
        &self,
        photo: &OutgoingPhoto,
        host: Option<&str>,
        engine: &Engine,
    ) -> Result<Placed, HostingError> {
        self.check(engine, host)?;
        let Some(name) = host else {
            let link = self.loopback(engine)?.put(photo.jpeg.clone(), &photo.faces).await?;
            return Ok(Placed(Place::Direct(SecretString::from(link))));
        };
        let setup = self.get(name)?;
        let host = self.ready(name, &setup.kind).await?;
        if matches!(host, Host::DataUri) {
            let link = to_data_uri("image/jpeg", &photo.jpeg);
            return Ok(Placed(Place::Direct(SecretString::from(link))));
        }
        let upload = self.inner.find_or_send(photo, &setup, &host, self.inner.network(engine)).await?;
        Ok(Placed(Place::Upload { upload: Box::new(upload), host: Box::new(host) }))
    }

    /// The link for the request, signed just now, after it was seen to lead to the photo. A secret.
    pub async fn link(
        &self,
        placed: &Placed,
        photo: &OutgoingPhoto,
        engine: &Engine,
    ) -> Result<SecretString, HostingError> {
        let (upload, host) = match &placed.0 {
            Place::Direct(link) => return Ok(link.clone()),
            Place::Upload { upload, host } => (upload, host),
        };
        let inner = &self.inner;
        let is_signed = matches!(upload.kind, PhotoHostKind::S3(_));
        if is_signed {
            inner.ledger.extend(upload.id.clone(), inner.after(LIFETIME)).await?;
        }
        let link = host.link(&upload.object, upload.url.as_deref().unwrap_or_default());
        let expected = Expected { host: &upload.host, jpeg: &photo.jpeg, exact: is_signed, measure: inner.measure };
        let found = check(&inner.network(engine).fetcher, link.expose_secret(), &expected).await;
        match found {
            Ok(Found::Reencoded) if !upload.reencoded => drop(inner.ledger.mark_reencoded(upload.id.clone()).await?),
            Ok(_) => {}
            Err(error @ HostingError::Gone { .. }) => {
                // Somebody else deleted it; no other job is to meet the same.
                inner.ledger.unwant(upload.id.clone(), None).await?;
                return Err(error);
            }
            Err(error) => return Err(error),
        }
        (inner.waker)();
        Ok(link)
    }

    /// Looks whether a link of the person's own leads to a picture, before the service is paid for looking.
    pub async fn check_own_link(&self, link: &str, engine: &Engine) -> Result<(), HostingError> {
        check_own(link, engine).await
    }

    /// Sends a picture to a host, fetches it as the service would, and deletes it where that can be done.
    ///
    /// Consent is not needed, since no photo goes.
    pub async fn test(&self, name: &str, picture: Vec<u8>) -> Result<Upload, HostingError> {
        let inner = &self.inner;
        let setup = self.get(name)?;
        let host = self.ready(name, &setup.kind).await?;
        if matches!(host, Host::DataUri) {
            return Err(HostingError::setup(name, "the photo goes inside the request, so there is nothing to test"));
        }
        let photo = OutgoingPhoto { sha256: TEST.to_owned(), jpeg: picture, faces: Vec::new(), thumbnail: None };
        let upload = inner.send(&photo, &setup, &host, &inner.here).await?;
        let link = host.link(&upload.object, upload.url.as_deref().unwrap_or_default());
        let exact = matches!(setup.kind, PhotoHostKind::S3(_));
        let expected = Expected { host: name, jpeg: &photo.jpeg, exact, measure: inner.measure };
        let checked = check(&inner.here.fetcher, link.expose_secret(), &expected).await;
        let deleted = if upload.can_delete() { self.delete(&upload.id).await } else { Ok(upload) };
        checked?;
        deleted
    }

    /// The host with its secret.
    pub(super) async fn ready(&self, name: &str, kind: &PhotoHostKind) -> Result<Host, HostingError> {
        if kind.secret().is_none() {
            return Host::new(name, kind, None);
        }
        let secret = match self.inner.keys.get_async(Account::photo_host(name)).await {
            Ok(secret) => secret,
            // What is not there cannot hold it; the sentence about the missing secret leads on.
            Err(KeyError::NoKeychain { .. }) => None,
            Err(error) => return Err(HostingError::keychain(name, &error)),
        };
        Host::new(name, kind, secret)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }
}

impl Inner {
    /// What reaches as far as the engine does.
    fn network(&self, engine: &Engine) -> &Carriers {
        if engine.allows_loopback { &self.here } else { &self.elsewhere }
    }

    fn after(&self, time: std::time::Duration) -> Timestamp {
        let now = self.clock.now();
        now.checked_add(time).unwrap_or(now)
    }

    async fn find_or_send(
        &self,
        photo: &OutgoingPhoto,
        setup: &PhotoHost,
        host: &Host,
        network: &Carriers,
    ) -> Result<Upload, HostingError> {
        let _turn = self.turn.lock().await;
        let (sha256, name) = (photo.sha256.clone(), setup.name.clone());
        let found = self.ledger.take(sha256, name, setup.kind.clone(), self.after(RENEW_BEFORE)).await?;
        match found {
            Some(upload) => Ok(upload),
            None => self.send(photo, setup, host, network).await,
        }
    }

    /// Writes the row, sends, and writes what came of it.
    async fn send(
        &self,
        photo: &OutgoingPhoto,
        setup: &PhotoHost,
        host: &Host,
        network: &Carriers,
    ) -> Result<Upload, HostingError> {
        let begun_at = self.clock.now();
        let (id, object) = (random_hex_128(), host.new_object());
        // A custom uploader's host does not say for how long it keeps a photo.
        let expires_at = Some(self.after(LIFETIME)).filter(|_| !matches!(setup.kind, PhotoHostKind::Sharex(_)));
        self.ledger
            .begin(NewRow {
                id: id.clone(),
                photo_sha256: photo.sha256.clone(),
                host: setup.name.clone(),
                setup: setup.kind.clone(),
                object: object.clone(),
                thumbnail: photo.thumbnail.clone(),
                begun_at,
                expires_at,
            })
            .await?;
        (self.waker)();
        let upload = match host.put(&network.courier, &object, photo.jpeg.clone()).await {
            Ok(sent) => {
                let arrived = Arrived { url: sent.url, deletion_url: sent.deletion_url, sent_at: self.clock.now() };
                self.ledger.arrived(id, arrived).await
            }
            Err(not_put) => {
                if !not_put.may_be_there {
                    self.ledger.withdraw(id).await?;
                }
                Err(not_put.error)
            }
        };
        (self.waker)();
        upload
    }
}
