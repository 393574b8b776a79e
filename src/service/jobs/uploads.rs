//! Takes photos back from hosts when no job needs them any more.
//!
//! Which photo is needed follows from the journal alone, and is stored nowhere else. An upload that a job takes
//! counts up its revision, so none is deleted under a job that came meanwhile: uploads are read first, then the
//! journal, and only an upload whose revision is still the same is deleted.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;

use super::Jobs;
use super::error::JobsError;
use super::job::{Job, KeptPhoto};
use super::runner::Shared;
use super::state::{PhotoNeed, photo_need};
use crate::hosting::{HostingError, Hosts, Upload};
use crate::picture::{decode_photo, encode_jpeg, shrink};

/// How often photos are looked after without an occasion, for those whose time is over.
const EVERY: Duration = Duration::from_secs(30);

/// Longest wait for hosts when the program ends; what is left then is deleted at the next start.
const AT_THE_END: Duration = Duration::from_secs(15);

/// Longer edge of a thumbnail in the list of uploads, in pixels.
const THUMBNAIL_EDGE: u32 = 96;

/// JPEG quality of a thumbnail.
const THUMBNAIL_QUALITY: u8 = 80;

impl Jobs {
    /// The hosts for photos, with the list of uploads.
    pub fn hosts(&self) -> &Hosts {
        &self.shared.hosts
    }

    /// From now on takes photos back from hosts as soon as no job needs them, beginning with what earlier runs left.
    pub fn keep_tidy(&self) {
        if self.shared.tidies.swap(true, Ordering::Relaxed) {
            return;
        }
        let shared = Arc::clone(&self.shared);
        self.shared.spawn(async move {
            while !shared.table.lock().closing {
                shared.tidy().await;
                // Either way it is time to look again.
                _ = shared.clock.timeout(EVERY, shared.tidy_nudge.notified()).await;
            }
        });
    }

    /// Takes back every photo that no job needs, once.
    pub async fn tidy(&self) {
        self.shared.tidy().await;
    }

    /// Deletes the prepared bytes of a photo, its thumbnails and its copies at hosts.
    ///
    /// Refused while a job that is not over needs it. A copy that cannot be deleted yet is an error, and is tried
    /// again by every sweep; everything else is gone by then.
    pub async fn forget_photo(&self, sha256: &str) -> Result<(), JobsError> {
        self.shared.journal.forget_photo(sha256.to_owned()).await?;
        Ok(self.shared.hosts.forget(sha256).await?)
    }

    /// SHA-256 of every prepared photo that jobs made of a picked one, however it was cropped or turned.
    pub fn prepared_of(&self, picked_sha256: &str) -> Result<Vec<String>, JobsError> {
        let mut prepared: Vec<String> = Vec::new();
        for job in self.shared.journal.all()? {
            if let KeptPhoto::Prepared { sha256, picked_sha256: Some(picked), .. } = job.photo
                // A turned one is named by the same sum and its turns.
                && picked.starts_with(picked_sha256)
                && !prepared.contains(&sha256)
            {
                prepared.push(sha256);
            }
        }
        Ok(prepared)
    }

    /// What is left to do before the program ends; tried once, however often it is closed.
    pub(super) async fn tidy_at_the_end(&self) {
        if self.shared.tidies.swap(false, Ordering::Relaxed)
            && self.shared.clock.timeout(AT_THE_END, self.tidy()).await.is_none()
        {
            tracing::warn!("some photos are still at their hosts and are deleted at the next start");
        }
    }
}

impl Shared {
    async fn tidy(&self) {
        if let Err(error) = self.try_to_tidy().await {
            tracing::warn!(%error, "photos at hosts could not be looked after");
        }
    }

    async fn try_to_tidy(&self) -> Result<(), JobsError> {
        let _alone = self.tidying.lock().await;
        let uploads = self.hosts.open_uploads().await?;
        if uploads.is_empty() {
            return Ok(());
        }
        let jobs: Vec<Job> =
            self.journal.all_async().await?.into_iter().map(|job| self.journal.as_found(job)).collect();
        for upload in uploads {
            if !upload.is_unwanted() && is_needed(&upload, &jobs, self.now()) {
                continue;
            }
            match self.hosts.delete_unneeded(&upload).await {
                Ok(()) => {}
                Err(error @ HostingError::Ledger { .. }) => return Err(error.into()),
                Err(error) => tracing::info!(%error, "a photo could not be taken back yet"),
            }
        }
        Ok(())
    }
}

/// Does any job still want this upload?
fn is_needed(upload: &Upload, jobs: &[Job], now: Timestamp) -> bool {
    let names = |job: &&Job| job.photo.sha256() == Some(&upload.photo_sha256) && job.photo.host() == Some(&upload.host);
    match jobs.iter().filter(names).map(|job| photo_need(&job.state)).max() {
        Some(PhotoNeed::Now) => true,
        Some(PhotoNeed::UntilExpiry) => !upload.is_over(now),
        Some(PhotoNeed::Nothing) | None => false,
    }
}

/// Width and height of a picture in pixels; `None` when it is none.
pub(super) fn size_of(picture: &[u8]) -> Option<(u32, u32)> {
    decode_photo(picture).ok().map(|photo| photo.image.dimensions())
}

/// A small JPEG of a photo.
pub(super) fn thumbnail_of(jpeg: &[u8]) -> Option<Vec<u8>> {
    let photo = decode_photo(jpeg).ok()?;
    encode_jpeg(&shrink(&photo.image, THUMBNAIL_EDGE), THUMBNAIL_QUALITY).ok()
}
