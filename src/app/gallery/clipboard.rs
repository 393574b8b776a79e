//! Stickers for other programs, on the clipboard or under the pointer: as files that a file manager or a chat takes, a
//! single one as a picture too.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::GalleryEvent;
use super::renaming::stem_of;
use super::tasks::Tasks;
use crate::app::images::save_among;
use crate::app::newest::locked;
use crate::app::pixels::straight;
use crate::app::worker::Teller;
use crate::library::{LibraryError, SaveOptions, StickerRow};
use crate::platform::{clipboard, create_private_folder, drag_files};
use crate::studio::{Studio, StudioError};

impl Tasks {
    /// Puts stickers on the clipboard, as files where it takes those.
    pub(super) fn copy(&self, rows: Vec<StickerRow>, options: SaveOptions, as_files: bool) {
        let copying = Arc::clone(&self.copying);
        self.worker.spawn(move |studio, teller| {
            let put = as_files.then(|| {
                let _alone = locked(&copying);
                put_files(studio, &rows, options)
            });
            match put {
                Some(Ok(())) => teller.send(GalleryEvent::Copied(rows.len())),
                Some(Err(Failed::Sticker(error))) => teller.fail(&error),
                None | Some(Err(Failed::Clipboard)) => match rows.as_slice() {
                    [row] => picture(studio, &row.path, teller),
                    _ => teller.send(GalleryEvent::CopyPaths(rows.into_iter().map(|row| row.path).collect())),
                },
            }
        });
    }

    /// Gives copies of stickers to the program over which the pointer lets them go.
    pub(super) fn drag_out(&self, rows: Vec<StickerRow>, options: SaveOptions) {
        let copying = Arc::clone(&self.copying);
        self.worker.spawn(move |studio, teller| {
            let alone = locked(&copying);
            let paths = copies(studio, &studio.folders().dragged(), &rows, options);
            drop(alone);
            match paths.map(|paths| drag_files(&paths)) {
                Ok(Ok(taken)) => tracing::debug!(taken, "a drag has ended"),
                Ok(Err(error)) => teller.complain(format!("{error}. Copy or save the stickers instead.")),
                Err(error) => teller.fail(&error),
            }
        });
    }
}

/// Why files are not on the clipboard.
enum Failed {
    /// There is none for files.
    Clipboard,
    /// A sticker could not be read or written.
    Sticker(StudioError),
}

/// Saves copies, which lead back to neither photo nor request, in place of those that lie in this folder of ours.
fn copies(
    studio: &Studio,
    folder: &Path,
    rows: &[StickerRow],
    options: SaveOptions,
) -> Result<Vec<PathBuf>, StudioError> {
    drop(std::fs::remove_dir_all(folder));
    create_private_folder(folder)?;
    rows.iter().map(|row| save_among(studio, folder, &stem_of(row), row, options)).collect()
}

/// Puts copies on the clipboard; those that were copied before are no longer on it.
fn put_files(studio: &Studio, rows: &[StickerRow], options: SaveOptions) -> Result<(), Failed> {
    let paths = copies(studio, &studio.folders().clipboard(), rows, options).map_err(Failed::Sticker)?;
    clipboard::put_files(&paths).map_err(|error| {
        tracing::warn!(%error, "stickers are copied in another way");
        Failed::Clipboard
    })
}

/// The picture of a sticker for the clipboard.
fn picture(studio: &Studio, path: &Path, teller: &Teller<GalleryEvent>) {
    match studio.finished_file(path) {
        Ok(finished) => teller.send(GalleryEvent::Copy(straight(&finished.picture))),
        Err(StudioError::Library(LibraryError::Picture(_))) => {
            teller.complain(format!("This sticker's file cannot be read: {}", path.display()));
        }
        Err(error) => teller.fail(&error),
    }
}
