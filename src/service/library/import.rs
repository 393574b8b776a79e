//! Stickers of another library, or saved copies, join this one as copies.

use std::fs;
use std::path::{Path, PathBuf};

use super::inspect::Listing;
use super::marks::Said;
use super::{Library, LibraryError, Mark, NewSticker, Query, StickerRow, finishes, marks, metadata, names};
use crate::platform::read_file;

/// What came of importing a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Stickers that are new here.
    pub added: usize,
    /// Stickers that were here already.
    pub known: usize,
    /// Pictures that do not say how they were made, or cannot be read, with the reason as a sentence.
    pub passed_over: Vec<(PathBuf, String)>,
}

impl Library {
    /// Adds a copy of a sticker file that Sticker Booth wrote, with the picture with background that lies beside it.
    pub fn import(&self, path: &Path) -> Result<StickerRow, LibraryError> {
        let bytes = read_file(path)?;
        let info = metadata::read_info(&bytes)?.ok_or_else(|| LibraryError::NotOurs { path: path.to_path_buf() })?;
        let name = names::file_name(path);
        let new = if names::cutout_of(&name).is_some() {
            let cutout = names::cutout_of(&name).and_then(|cutout| read_file(&path.with_file_name(cutout)).ok());
            NewSticker { cutout_png: cutout, opaque: Some(bytes), info }
        } else {
            let opaque = names::background_of(&name).and_then(|name| read_file(&path.with_file_name(name)).ok());
            NewSticker { cutout_png: Some(bytes), opaque, info }
        };
        self.add(new)
    }

    /// Adds copies of all stickers in another folder, and of what its owner thinks of them; its bin is left alone. A
    /// single file will do as well.
    ///
    /// The library's own folder is looked through instead. A full disk ends it; what was added until then stays.
    pub fn import_all(&self, folder: &Path) -> Result<Imported, LibraryError> {
        if folder.is_file() {
            self.take_in_once();
            let before = self.size()?;
            self.import(folder)?;
            let added = self.size()?.saturating_sub(before);
            return Ok(Imported { added, known: 1 - added.min(1), passed_over: Vec::new() });
        }
        if fs::canonicalize(folder).is_ok_and(|folder| folder == self.folder()) {
            let known = self.size()?;
            let added = self.take_in()?.stickers;
            return Ok(Imported { added, known, passed_over: Vec::new() });
        }
        let listing = Listing::of_existing(folder)?;
        let marks = marks::read(folder)?;
        // So that what is found here is counted as here.
        self.take_in_once();
        let before = self.size()?;
        let mut imported = Imported::default();
        for name in listing.main_pictures() {
            let path = folder.join(name);
            match self.import(&path) {
                Ok(row) => {
                    imported.known += 1;
                    self.take_said(&row, marks.get(name).cloned().unwrap_or_default())?;
                    self.take_finish(&row, folder, name)?;
                }
                Err(error) if error.is_disk_full() => return Err(error),
                Err(error) => imported.passed_over.push((path, error.to_string())),
            }
        }
        imported.added = self.size()?.saturating_sub(before);
        imported.known = imported.known.saturating_sub(imported.added);
        Ok(imported)
    }

    /// Marks and names an imported sticker as it was where it comes from, unless it is marked or named here.
    fn take_said(&self, row: &StickerRow, Said { mark, name }: Said) -> Result<(), LibraryError> {
        if row.mark == Mark::Plain && mark != Mark::Plain {
            self.set_mark(row.id, mark)?;
        }
        if row.name.is_empty() && !name.is_empty() {
            self.set_name(row.id, &name)?;
        }
        Ok(())
    }

    /// Finishes an imported sticker as it was finished where it comes from, unless it is finished here.
    fn take_finish(&self, row: &StickerRow, from: &Path, name: &str) -> Result<(), LibraryError> {
        let own = names::file_name(&row.path);
        if finishes::read(self.folder(), &own)?.is_none()
            && let Some(finish) = finishes::read(from, name)?
        {
            finishes::write(self.folder(), &own, &finish)?;
        }
        Ok(())
    }

    /// How many stickers there are, those in the bin included.
    fn size(&self) -> Result<usize, LibraryError> {
        let binned = Query { is_binned: true, ..Query::default() };
        Ok(self.count(&Query::default())? + self.count(&binned)?)
    }
}
