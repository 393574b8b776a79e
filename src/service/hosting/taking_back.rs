//! What lies at hosts, and how it is taken back: deleted there, and seen to be gone.

use std::time::Duration;

use super::error::{TRIED_AGAIN, shows_gone, undelivered};
use super::host::Host;
use super::hosts::Carriers;
use super::{HostingError, Hosts, Upload};
use crate::model::PhotoHostKind;
use crate::net::{Content, Parcel, Url, Verb};

/// So long after its beginning a photo may arrive although nobody sends it any more.
const LATE: Duration = Duration::from_mins(2);

impl Hosts {
    /// Every upload, newest first. Waits for the database; not for the UI thread nor async tasks.
    pub fn uploads(&self) -> Result<Vec<Upload>, HostingError> {
        self.inner.ledger.all()
    }

    /// A small JPEG of an upload's photo, until it is forgotten. Waits for the database too.
    pub fn thumbnail(&self, id: &str) -> Result<Option<Vec<u8>>, HostingError> {
        self.inner.ledger.thumbnail(id.to_owned())
    }

    /// What a sweep may have to delete.
    pub async fn open_uploads(&self) -> Result<Vec<Upload>, HostingError> {
        let now = self.now();
        Ok(self.inner.ledger.not_gone().await?.into_iter().filter(|upload| upload.is_open(now)).collect())
    }

    /// Deletes an upload at its host, and looks whether it is gone. What fails is tried again by every sweep.
    pub async fn delete(&self, id: &str) -> Result<Upload, HostingError> {
        self.inner.ledger.unwant(id.to_owned(), None).await?;
        let upload = self.inner.ledger.get(id.to_owned()).await?;
        self.take_back(&upload).await
    }

    /// Deletes an upload that no job needs, unless one has taken it since it was read.
    pub async fn delete_unneeded(&self, upload: &Upload) -> Result<(), HostingError> {
        if self.inner.ledger.unwant(upload.id.clone(), Some(upload.revision)).await? {
            self.take_back(upload).await?;
        }
        Ok(())
    }

    /// Forgets what a photo looks like and deletes every copy of it at hosts.
    pub async fn forget(&self, photo_sha256: &str) -> Result<(), HostingError> {
        self.inner.ledger.forget_picture(photo_sha256.to_owned()).await?;
        let mut outcome = Ok(());
        for upload in self.inner.ledger.not_gone().await? {
            if upload.photo_sha256 == photo_sha256 {
                // All are tried, whatever becomes of one.
                outcome = outcome.and(self.delete(&upload.id).await.map(drop));
            }
        }
        outcome
    }

    /// Deletes at the host what can be deleted there, and looks whether it is gone; keeps the outcome.
    async fn take_back(&self, upload: &Upload) -> Result<Upload, HostingError> {
        let inner = &self.inner;
        let outcome = match self.try_to_take_back(upload).await {
            // Its sender may have died in the middle, and the host be still at it: it is deleted once more later.
            Ok(()) if upload.sent_at.is_none() && self.now() < upload.begun_at + LATE => {
                let problem = "it was deleted, and is looked for once more in case it arrives late";
                inner.ledger.not_deleted(upload.id.clone(), problem.to_owned()).await?;
                inner.ledger.get(upload.id.clone()).await
            }
            Ok(()) => inner.ledger.deleted(upload.id.clone(), self.now()).await,
            Err(error) => {
                inner.ledger.not_deleted(upload.id.clone(), error.to_string()).await?;
                Err(error)
            }
        };
        (inner.waker)();
        outcome
    }

    async fn try_to_take_back(&self, upload: &Upload) -> Result<(), HostingError> {
        let Carriers { courier, fetcher } = &self.inner.here;
        let still_there =
            |reason: String, remedy| HostingError::NotTakenBack { host: upload.host.clone(), reason, remedy };
        let not_yet = |error: HostingError| match error {
            HostingError::NotTakenBack { .. } => error,
            other => still_there(other.to_string(), TRIED_AGAIN),
        };
        if let PhotoHostKind::S3(_) = upload.kind {
            let host = self.ready(&upload.host, &upload.kind).await.map_err(not_yet)?;
            let Host::S3 { s3, .. } = host else { return Ok(()) };
            return s3.take_back(courier, &upload.object).await.map_err(not_yet);
        }
        if let Some(text) = upload.deletion_url.as_deref().filter(|_| upload.can_delete()) {
            let url = Url::parse(text).map_err(|error| still_there(error.to_string(), TRIED_AGAIN))?;
            let parcel = Parcel { verb: Verb::Get, url, headers: Vec::new(), content: Content::Empty };
            courier.send(parcel).await.map_err(|error| not_yet(undelivered(&upload.host, error)))?;
        }
        let Some(url) = &upload.url else {
            return Err(still_there(
                "its answer was lost, so nobody knows where".to_owned(),
                "it can only be deleted there",
            ));
        };
        match fetcher.fetch(url).await {
            Err(error) if shows_gone(&error) => Ok(()),
            // Some hosts show a page where the picture was.
            Ok(fetched) if (self.inner.measure)(&fetched.bytes).is_none() => Ok(()),
            Ok(_) if upload.can_delete() => {
                Err(still_there("it was deleted, but its link still leads to it".to_owned(), TRIED_AGAIN))
            }
            Ok(_) => Err(still_there("the host lets no program delete it".to_owned(), "it goes when its time is over")),
            Err(error) => Err(still_there(error.to_string(), TRIED_AGAIN)),
        }
    }
}
