//! Stickers on the clipboard: as files that a file manager or a chat takes, a single one as a picture too.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::asking::stem_of;
use super::event::Event;
use super::stickers::MOST_COPIED;
use super::sweep::save_among;
use super::work::{Work, sentence, straight};
use crate::library::{LibraryError, SaveOptions, StickerRow};
use crate::platform::{clipboard, create_private_folder};
use crate::studio::{Studio, StudioError};

impl App {
    /// Copies stickers.
    pub(super) fn copy(&mut self, rows: Vec<StickerRow>, now: f64) {
        if rows.len() > MOST_COPIED {
            let told = format!("At most {MOST_COPIED} stickers are copied at once. Save as… takes any number.");
            return self.state.tell(told, None, now);
        }
        let options = self.state.save_options();
        if let Some(work) = &self.work {
            work.copy(rows, options, self.copies_files);
        }
    }

    /// Says what is on the clipboard now.
    pub(super) fn copied(&mut self, stickers: usize, now: f64) {
        let told = match stickers {
            1 => "The sticker is on the clipboard, as a picture and as a file.".to_owned(),
            count => format!("{count} stickers are on the clipboard, as files."),
        };
        self.state.tell(told, None, now);
    }

    /// Copies the paths of several where there is no clipboard for files.
    pub(super) fn copy_paths(&mut self, ctx: &Context, paths: &[PathBuf]) {
        let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        ctx.copy_text(lines.join("\n"));
        self.state.tell(format!("The paths of {} stickers are on the clipboard.", paths.len()), None, ctx.time());
    }
}

impl Work {
    /// Puts stickers on the clipboard, as files where it takes those.
    fn copy(&self, rows: Vec<StickerRow>, options: SaveOptions, as_files: bool) {
        self.spawn(move |studio, notifier| {
            let put = as_files.then(|| put_files(studio, &rows, options));
            match put {
                Some(Ok(())) => notifier.send(Event::Copied(rows.len())),
                Some(Err(Failed::Sticker(error))) => notifier.send(Event::Failed(sentence(&error))),
                None | Some(Err(Failed::Clipboard)) => match rows.as_slice() {
                    [row] => notifier.send(picture(studio, &row.path)),
                    _ => notifier.send(Event::CopyPaths(rows.into_iter().map(|row| row.path).collect())),
                },
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

/// Saves copies, which lead back to neither photo nor request, and puts them on the clipboard.
fn put_files(studio: &Studio, rows: &[StickerRow], options: SaveOptions) -> Result<(), Failed> {
    let folder = studio.folders().clipboard();
    // What was copied before is no longer on the clipboard.
    drop(std::fs::remove_dir_all(&folder));
    create_private_folder(&folder).map_err(|error| Failed::Sticker(error.into()))?;
    let paths = rows.iter().map(|row| save_among(studio, &folder, &stem_of(row), row, options));
    let paths = paths.collect::<Result<Vec<_>, _>>().map_err(Failed::Sticker)?;
    clipboard::put_files(&paths).map_err(|error| {
        tracing::warn!(%error, "stickers are copied in another way");
        Failed::Clipboard
    })
}

/// The picture of a sticker for the clipboard.
fn picture(studio: &Studio, path: &Path) -> Event {
    match studio.finished_file(path) {
        Ok(finished) => Event::Copy(straight(&finished.picture)),
        Err(StudioError::Library(LibraryError::Picture(_))) => {
            Event::Failed(format!("This sticker's file cannot be read: {}", path.display()))
        }
        Err(error) => Event::Failed(sentence(&error)),
    }
}
