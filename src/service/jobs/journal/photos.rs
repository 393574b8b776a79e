//! Prepared photos go when no job names them, or when a person wants them gone.

use super::{Journal, rows};
use crate::jobs::error::JobsError;
use crate::jobs::job::Job;

impl Journal {
    /// Deletes the prepared bytes of a photo, unless a job that is not over yet needs them.
    pub async fn forget_photo(&self, sha256: String) -> Result<(), JobsError> {
        let photos = self.photos.clone();
        self.store
            .transact_async(move |transaction| {
                let jobs = rows::read_all(transaction)?;
                let needs = |job: &Job| job.photo.sha256() == Some(&sha256) && !job.state.status().is_final();
                if jobs.iter().any(needs) {
                    return Err(JobsError::PhotoInUse);
                }
                Ok(photos.delete(&sha256)?)
            })
            .await
    }

    /// Deletes photos that no job names: left by a crash between file and row.
    pub fn sweep_photos(&self) -> Result<(), JobsError> {
        let photos = self.photos.clone();
        self.store.transact(move |transaction| {
            let named: Vec<String> = transaction
                .prepare("SELECT DISTINCT photo_sha256 FROM jobs WHERE photo_sha256 IS NOT NULL")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            photos.sweep(|name| named.iter().any(|sha256| sha256 == name))?;
            Ok(())
        })
    }
}
