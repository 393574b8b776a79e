//! Puts fetched pictures into the library.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::jitter;
use super::remote::{Happened, Note, Remote, happened};
use crate::jobs::job::KeptPhoto;
use crate::jobs::pictures::Pictures;
use crate::jobs::schedule;
use crate::jobs::state::Input;
use crate::jobs::table::Problem;
use crate::library::NewSticker;
use crate::model::StickerInfo;

impl Remote {
    /// Puts the pictures into the library; a full or missing folder is waited out, for the bytes are paid for.
    pub(super) async fn store(&mut self) -> Happened {
        let pictures = std::mem::take(&mut self.carried.pictures);
        let mut faults = 0;
        loop {
            let new = self.new_sticker(&pictures);
            let library = Arc::clone(&self.shared.library);
            let error = match spawn_blocking(move || library.add(new)).await {
                Ok(Ok(row)) => {
                    let kept = pictures.kept_at(&row.path, row.background_path.as_deref());
                    return (Input::Stored(kept), Note { error: pictures.remark(), ..Note::default() });
                }
                Ok(Err(error)) => Problem { needs_room: error.is_disk_full(), sentence: error.to_string() },
                Err(error) => Problem::passing(error.to_string()),
            };
            if self.shared.table.lock().closing {
                // The next start fetches it again.
                return happened(Input::Waiting);
            }
            faults += 1;
            let wait = schedule::backoff(faults, jitter());
            let sentence = format!("the sticker could not be put into the library: {}", error.sentence);
            self.shared.show_problem(&self.job.id, Problem { sentence, ..error }, wait);
            self.shared.clock.sleep(wait).await;
        }
    }

    fn new_sticker(&self, pictures: &Pictures) -> NewSticker {
        let (photo_sha256, photo_name, sent) = match &self.job.photo {
            KeptPhoto::Link { .. } => (None, None, None),
            KeptPhoto::Prepared { picked_sha256, name, frame, .. } => {
                (picked_sha256.clone(), name.clone(), Some(*frame))
            }
        };
        let request_id = self.job.state.ticket().map(|ticket| ticket.request_id.clone());
        let info = StickerInfo {
            version: StickerInfo::VERSION,
            engine: self.job.engine,
            recipe: self.job.recipe.clone(),
            request_id: request_id.filter(|request_id| !request_id.is_empty()),
            job_id: Some(self.job.id.0.clone()),
            created_at: self.shared.now().to_string(),
            photo_sha256,
            sent_sha256: Some(self.job.photo.sent_sha256()),
            photo_name,
            frame: sent.zip(pictures.frame).map(|(sent, sticker)| sticker.within(sent)),
        };
        NewSticker { cutout_png: pictures.cutout.clone(), opaque: pictures.opaque.clone(), info }
    }
}
