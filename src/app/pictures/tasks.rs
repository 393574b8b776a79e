//! Reads pictures for the screen.

use std::path::Path;

use egui::ColorImage;

use super::{PictureEvent, PictureName};
use crate::app::pixels::{rgb_image, straight};
use crate::app::worker::Worker;
use crate::library::Thumbnails;
use crate::platform::{self, FileError};
use crate::studio::{Studio, StudioError};
use crate::ui::view::Levels;

/// What is asked of the disk.
pub(super) struct Tasks {
    worker: Worker<PictureEvent>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) const fn new(worker: Worker<PictureEvent>) -> Self {
        Self { worker }
    }

    /// Reads a picture.
    pub(super) fn read(&self, name: PictureName) {
        self.worker.spawn(move |studio, teller| {
            let image = match &name {
                // Its pixels come with the photo itself.
                PictureName::Photo(_) | PictureName::Several(_) | PictureName::Sent => return,
                PictureName::Upload(id) => upload_thumbnail(studio, id),
                PictureName::JobPhoto(sha256) => photo(&studio.jobs().photo_path(sha256)),
                PictureName::Recent(sha256) => photo(&studio.folders().recent_photo(sha256)),
                PictureName::Thumbnail(path) => thumbnail(studio, path),
                PictureName::Full(path) => picture(studio, path),
            };
            let is_gone = image.is_none() && name.sticker().is_some_and(|path| !path.exists());
            teller.send(if is_gone {
                PictureEvent::Gone(name)
            } else {
                PictureEvent::Read(name, image.map(Levels::of))
            });
        });
    }
}

fn upload_thumbnail(studio: &Studio, id: &str) -> Option<ColorImage> {
    let jpeg = studio.jobs().hosts().thumbnail(id).ok()??;
    Some(rgb_image(&crate::picture::decode_photo(&jpeg).ok()?.image))
}

/// A sticker as it is finished, as the graphics card takes it; `None` when its file is gone or broken.
fn picture(studio: &Studio, path: &Path) -> Option<ColorImage> {
    match studio.finished_file(path) {
        Ok(finished) => Some(straight(&finished.picture)),
        // Its words have lost their font: the sticker itself is there.
        Err(StudioError::Finish(error)) => {
            tracing::warn!(%error, path = %path.display(), "a sticker is shown as it came");
            let bytes = platform::read_file(path).ok()?;
            Some(straight(&crate::picture::decode_sticker(&bytes).ok()?.into_rgba8()))
        }
        Err(_) => None,
    }
}

/// A sticker small enough for a card.
fn thumbnail(studio: &Studio, path: &Path) -> Option<ColorImage> {
    let finished = studio.finished_thumbnail(path).or_else(|_| {
        let bytes = path.metadata().map_err(|error| FileError::new(path, error))?.len();
        Ok::<_, StudioError>(studio.thumbnails()?.get(path, bytes)?)
    });
    Some(straight(&finished.ok()?))
}

/// The photo of a job, small enough for its row.
fn photo(path: &Path) -> Option<ColorImage> {
    let photo = crate::picture::decode_photo(&platform::read_file(path).ok()?).ok()?;
    Some(rgb_image(&crate::picture::shrink(&photo.image, Thumbnails::EDGE)))
}
