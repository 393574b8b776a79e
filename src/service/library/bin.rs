//! The library's own bin: a folder inside it, so that throwing away and taking back are renames.

use std::fs;
use std::path::Path;

use super::index::place;
use super::{Library, LibraryError, Query, StickerRow, finishes, names};
use crate::platform::files::sync_folder_of;
use crate::platform::{FileError, create_folder, is_taken};

impl Library {
    /// Moves a sticker into the bin. Doing it twice is fine.
    pub fn move_to_bin(&self, id: i64) -> Result<StickerRow, LibraryError> {
        self.set_binned(id, true)
    }

    /// Takes a sticker out of the bin, to where it was.
    pub fn take_from_bin(&self, id: i64) -> Result<StickerRow, LibraryError> {
        self.set_binned(id, false)
    }

    /// Rids the library of what lies in the bin, each file by `dispose`, such as into the system's trash. How many
    /// stickers were that?
    ///
    /// What `dispose` does not take stays in the bin, as does all that comes after it.
    pub fn empty_bin<E: Into<LibraryError>>(
        &self,
        dispose: impl Fn(&Path) -> Result<(), E>,
    ) -> Result<usize, LibraryError> {
        let binned = self.list(&Query { is_binned: true, ..Query::default() })?;
        for row in &binned {
            // The main picture last: while it stays, the sticker is where the index says.
            let finish = finishes::existing(self.folder(), &names::file_name(&row.path));
            let files = finish.as_deref().into_iter().chain(pictures_of(row).into_iter().rev());
            for path in files.filter(|path| is_taken(path)) {
                dispose(path).map_err(Into::into)?;
            }
            self.shared.index.remove(row.id)?;
        }
        Ok(binned.len())
    }

    fn set_binned(&self, id: i64, is_binned: bool) -> Result<StickerRow, LibraryError> {
        let row = self.get(id)?;
        if !self.folder().is_dir() {
            return Err(LibraryError::Gone { folder: self.folder().to_path_buf() });
        }
        let target = place(self.folder(), is_binned);
        create_folder(&target)?;
        // The main picture last: while it stays, the sticker is where the index says.
        for path in pictures_of(&row).into_iter().rev() {
            move_into(path, &target)?;
        }
        self.shared.index.set_binned(id, is_binned)?;
        self.get(id)
    }
}

/// The files of a sticker, the main one first.
fn pictures_of(row: &StickerRow) -> Vec<&Path> {
    let background = row.background_path.as_deref().filter(|_| row.has_cutout());
    std::iter::once(row.path.as_path()).chain(background).collect()
}

/// Renames a file into another folder of the library; one that is not there is fine, so that its row can go.
fn move_into(path: &Path, folder: &Path) -> Result<(), FileError> {
    let target = folder.join(names::file_name(path));
    // Moved already, before a crash, or gone for good: then there is nothing to move.
    if target == path || !path.exists() {
        return Ok(());
    }
    if target.exists() {
        return Err(FileError::Exists { path: target });
    }
    fs::rename(path, &target).map_err(|error| FileError::new(path, error))?;
    sync_folder_of(&target)?;
    sync_folder_of(path)
}
