//! Hosts with a ledger in a folder of their own, and a photo to send.

use std::sync::Arc;
use std::time::Duration;

use image::{Rgb, RgbImage};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use sticker_booth::hosting::{HostingError, Hosts, HostsOptions, OutgoingPhoto, Upload};
use sticker_booth::keys::{Account, Keys, KeysOptions};
use sticker_booth::model::{Engine, PhotoHost, PhotoHostKind, S3Addressing, S3Bucket};
use sticker_booth::picture::{decode_photo, encode_jpeg};
use sticker_booth::platform::Clock;

use crate::support::s3::{ACCESS_KEY_ID, BUCKET, S3Server, SECRET};

/// What one person has.
pub(super) struct World {
    pub(super) hosts: Hosts,
    pub(super) clock: Clock,
    pub(super) keys: Keys,
    pub(super) folder: tempfile::TempDir,
}

impl World {
    /// With these hosts, all agreed to, and this secret for each of them.
    pub(super) fn new(kinds: Vec<(&str, PhotoHostKind)>, secret: &str) -> Self {
        let hosts = kinds.into_iter().map(|(name, kind)| PhotoHost::new(name, kind).unwrap().agreed()).collect();
        Self::with(hosts, secret)
    }

    pub(super) fn with(hosts: Vec<PhotoHost>, secret: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::start(KeysOptions::in_memory()).unwrap();
        for host in hosts.iter().filter(|host| host.kind.secret().is_some()) {
            keys.set(Account::photo_host(&host.name), &SecretString::from(secret)).unwrap();
        }
        let clock = Clock::manual(Timestamp::now());
        let options = HostsOptions {
            loopback: None,
            hosts,
            keys: keys.clone(),
            ledger: folder.path().join("uploads.sqlite"),
            clock: clock.clone(),
            measure: |bytes| decode_photo(bytes).ok().map(|photo| photo.image.dimensions()),
            waker: Arc::new(|| {}),
        };
        let (hosts, set_aside) = Hosts::open(options).unwrap();
        assert_eq!(set_aside, None);
        Self { hosts, clock, keys, folder }
    }

    /// Sends the photo to `host` for an engine on this computer, and gives the link.
    pub(super) async fn send(&self, photo: &OutgoingPhoto, host: &str) -> Result<String, HostingError> {
        let engine = engine_here();
        let placed = self.hosts.place(photo, Some(host), &engine).await?;
        let link = self.hosts.link(&placed, photo, &engine).await?;
        Ok(link.expose_secret().to_owned())
    }

    /// The one upload there is.
    pub(super) async fn upload(&self) -> Upload {
        let hosts = self.hosts.clone();
        let uploads = tokio::task::spawn_blocking(move || hosts.uploads()).await.unwrap().unwrap();
        assert_eq!(uploads.len(), 1, "{uploads:?}");
        uploads.into_iter().next().unwrap()
    }

    pub(super) fn pass(&self, minutes: u64) {
        self.clock.advance(Duration::from_mins(minutes));
    }
}

/// A hosted engine that runs on this computer, so that it can fetch from it.
pub(super) fn engine_here() -> Engine {
    Engine::pixazo("http://127.0.0.1:9", true)
}

/// The bucket of a server.
pub(super) fn bucket_at(server: &S3Server) -> PhotoHostKind {
    PhotoHostKind::S3(S3Bucket {
        endpoint: server.endpoint.clone(),
        region: "eu-central-1".into(),
        bucket: BUCKET.into(),
        prefix: "sticker-booth/".into(),
        access_key_id: ACCESS_KEY_ID.into(),
        addressing: S3Addressing::Path,
    })
}

/// A person with one bucket, called `mine`.
pub(super) fn with_bucket(server: &S3Server) -> World {
    World::new(vec![("mine", bucket_at(server))], SECRET)
}

/// A photo whose bytes differ by `shade`.
pub(super) fn photo(shade: u8) -> OutgoingPhoto {
    let jpeg = encode_jpeg(&RgbImage::from_pixel(64, 48, Rgb([shade, 90, 60])), 92).unwrap();
    OutgoingPhoto { sha256: format!("{shade:02x}").repeat(32), jpeg, faces: Vec::new(), thumbnail: Some(vec![shade]) }
}
