//! How stickers are finished, one file each beside them: the originals stay as they came.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use image::RgbaImage;

use super::metadata::Finished;
use super::{Library, LibraryError, OWN_FOLDER, SaveOptions, StickerRow, names};
use crate::model::Finish;
use crate::picture::encode_png;
use crate::platform::{FileError, create_folder, read_file, save_atomically, set_aside, write_atomically};

/// Where the recipe of the sticker with this file lies.
fn path_of(folder: &Path, file: &str) -> PathBuf {
    folder.join(OWN_FOLDER).join("finishes").join(format!("{file}.json"))
}

/// The recipe of this file; none when there is none or it is not understood.
pub(super) fn read(folder: &Path, file: &str) -> Result<Option<Finish>, FileError> {
    let path = path_of(folder, file);
    let bytes = match read_file(&path) {
        Err(FileError::Missing { .. }) => return Ok(None),
        other => other?,
    };
    match serde_json::from_slice::<Finish>(&bytes) {
        Ok(finish) => Ok(Some(finish.fitted())),
        Err(error) => {
            tracing::error!(%error, path = %path.display(), "how a sticker is finished is not understood; it is shown as it came");
            Ok(None)
        }
    }
}

/// Writes the recipe of this file, or forgets it when it leaves the picture as it is. One that was not understood is kept
/// under another name.
pub(super) fn write(folder: &Path, file: &str, finish: &Finish) -> Result<(), FileError> {
    let path = path_of(folder, file);
    if path.exists() && read(folder, file)?.is_none() {
        set_aside(&path)?;
    }
    if *finish == Finish::default() {
        return forget(folder, file);
    }
    if let Some(parent) = path.parent() {
        create_folder(parent)?;
    }
    let json = serde_json::to_vec(finish).map_err(|error| FileError::new(&path, error.into()))?;
    write_atomically(&path, &json)
}

/// The file with the recipe of this one, if there is one.
pub(super) fn existing(folder: &Path, file: &str) -> Option<PathBuf> {
    Some(path_of(folder, file)).filter(|path| path.is_file())
}

/// Deletes the recipe of this file, if there is one.
pub(super) fn forget(folder: &Path, file: &str) -> Result<(), FileError> {
    let path = path_of(folder, file);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileError::new(&path, error)),
        _ => Ok(()),
    }
}

/// The file has another name now.
pub(super) fn rename(folder: &Path, from: &str, to: &str) -> Result<(), FileError> {
    let (from, to) = (path_of(folder, from), path_of(folder, to));
    match fs::rename(&from, &to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileError::new(&from, error)),
        _ => Ok(()),
    }
}

impl Library {
    /// How a sticker is finished; the default when nobody said anything.
    pub fn finish_of(&self, row: &StickerRow) -> Result<Finish, LibraryError> {
        self.finish_of_file(&row.path)
    }

    /// How the sticker with this main picture is finished.
    pub fn finish_of_file(&self, path: &Path) -> Result<Finish, LibraryError> {
        Ok(read(self.folder(), &names::file_name(path))?.unwrap_or_default())
    }

    /// The picture with background that lies beside this cut-out, if there is one.
    pub fn background_beside(path: &Path) -> Option<PathBuf> {
        let beside = path.with_file_name(names::background_of(&names::file_name(path))?);
        beside.is_file().then_some(beside)
    }

    /// Keeps how a sticker is finished, durably. Its picture is not touched.
    pub fn set_finish(&self, id: i64, finish: &Finish) -> Result<StickerRow, LibraryError> {
        let row = self.get(id)?;
        write(self.folder(), &names::file_name(&row.path), finish)?;
        Ok(row)
    }

    /// Saves a finished picture as PNG at `path`, whole or not at all, with its recipe in what it says about itself.
    pub fn save_finished(
        &self,
        row: &StickerRow,
        finished: &Finished<'_>,
        path: &Path,
        options: SaveOptions,
    ) -> Result<(), LibraryError> {
        self.check_target(path, options.replace)?;
        let texts = finished.for_export(&row.info, options.disclosed).map_err(|error| super::add::damaged(&error))?;
        let picture: &RgbaImage = finished.picture;
        Ok(save_atomically(path, &encode_png(picture, &texts)?, options.replace)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::finish::PRESETS;

    #[test]
    fn a_recipe_is_kept_beside_its_sticker_follows_its_name_and_goes_when_it_is_plain() {
        let folder = tempfile::tempdir().unwrap();
        let finish = PRESETS[2].finish();
        assert_eq!(read(folder.path(), "a.png").unwrap(), None);
        write(folder.path(), "a.png", &finish).unwrap();
        assert_eq!(read(folder.path(), "a.png").unwrap(), Some(finish.clone()));
        rename(folder.path(), "a.png", "b.png").unwrap();
        assert_eq!(read(folder.path(), "a.png").unwrap(), None);
        assert_eq!(read(folder.path(), "b.png").unwrap(), Some(finish));
        write(folder.path(), "b.png", &Finish::default()).unwrap();
        assert!(!path_of(folder.path(), "b.png").exists());
        forget(folder.path(), "b.png").unwrap();
    }

    #[test]
    fn a_recipe_that_is_not_understood_shows_the_original_and_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = path_of(folder.path(), "a.png");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, b"{\"outline\": 7").unwrap();
        assert_eq!(read(folder.path(), "a.png").unwrap(), None);
        write(folder.path(), "a.png", &PRESETS[1].finish()).unwrap();
        let kept: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().flatten().map(|entry| entry.path()).collect();
        assert_eq!(kept.len(), 2);
        assert!(kept.iter().any(|path| fs::read(path).unwrap() == b"{\"outline\": 7"));
    }
}
