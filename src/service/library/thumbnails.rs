//! Small pictures of stickers, decoded and shrunk once and kept as files within a budget.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use image::RgbaImage;
use sha2::{Digest as _, Sha256};

use super::LibraryError;
use crate::picture::{decode_sticker, encode_png, shrink};
use crate::platform::{FileError, create_private_folder, hex, read_file};

/// A store of thumbnails; clones share it. Everything in it can be made again, so nothing is synced to the disk.
#[derive(Clone, Debug)]
pub struct Thumbnails {
    folder: PathBuf,
    budget: u64,
    /// Bytes in the folder, as far as this process knows.
    used: Arc<Mutex<u64>>,
}

impl Thumbnails {
    /// Longest edge in pixels.
    pub const EDGE: u32 = 256;

    /// What the files may take together, in bytes: about 10 000 thumbnails.
    pub const BUDGET: u64 = 512 * 1024 * 1024;

    /// Thumbnails in `folder`, which is made if it is missing, within `budget` bytes.
    pub fn open(folder: &Path, budget: u64) -> Result<Self, FileError> {
        create_private_folder(folder)?;
        let thumbnails = Self { folder: folder.to_path_buf(), budget, used: Arc::default() };
        *thumbnails.used.lock().unwrap_or_else(PoisonError::into_inner) =
            thumbnails.files().iter().map(|f| f.bytes).sum();
        Ok(thumbnails)
    }

    /// The thumbnail of the picture at `path`, whose file has `file_bytes` bytes. Slow when it is new: not on the UI thread.
    pub fn get(&self, path: &Path, file_bytes: u64) -> Result<RgbaImage, LibraryError> {
        let kept = self.place(path, file_bytes);
        // One that cannot be read, by a crash or a curious person, is made again.
        if let Some(image) = fs::read(&kept).ok().and_then(|bytes| decode_sticker(&bytes).ok()) {
            return Ok(image.into_rgba8());
        }
        let full = decode_sticker(&read_file(path)?)?.into_rgba8();
        Ok(self.keep(&kept, &full))
    }

    /// The thumbnail of another look at the picture, named by `variant`; `make` draws it when it is new.
    pub fn get_or_make<E>(
        &self,
        path: &Path,
        file_bytes: u64,
        variant: &str,
        make: impl FnOnce() -> Result<RgbaImage, E>,
    ) -> Result<RgbaImage, E> {
        let kept = self.place_of(path, file_bytes, variant);
        if let Some(image) = fs::read(&kept).ok().and_then(|bytes| decode_sticker(&bytes).ok()) {
            return Ok(image.into_rgba8());
        }
        Ok(self.keep(&kept, &make()?))
    }

    /// Makes the thumbnail of a new sticker from pixels that are at hand, which saves reading its file again.
    pub fn put(&self, path: &Path, file_bytes: u64, full: &RgbaImage) -> RgbaImage {
        self.keep(&self.place(path, file_bytes), full)
    }

    /// Shrinks and keeps; a cache that cannot be written is no reason to show nothing.
    fn keep(&self, place: &Path, full: &RgbaImage) -> RgbaImage {
        let small = shrink(full, Self::EDGE);
        if let Err(error) = self.write(place, &small) {
            tracing::debug!(%error, "a thumbnail is not kept");
        }
        small
    }

    fn write(&self, place: &Path, small: &RgbaImage) -> Result<(), LibraryError> {
        let bytes = encode_png(small, &[])?;
        let failed = |error| FileError::new(place, error);
        let unfinished = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
        fs::write(unfinished.path(), &bytes).map_err(failed)?;
        unfinished.persist(place).map_err(|error| failed(error.error))?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        *used += bytes.len() as u64;
        if *used > self.budget {
            *used = self.prune();
        }
        Ok(())
    }

    /// Deletes the oldest until a quarter of the budget is free; tells how much is left.
    fn prune(&self) -> u64 {
        let mut files = self.files();
        files.sort_by_key(|file| file.modified);
        let mut left: u64 = files.iter().map(|file| file.bytes).sum();
        for file in files {
            if left <= self.budget / 4 * 3 {
                break;
            }
            if fs::remove_file(&file.path).is_ok() {
                left -= file.bytes;
            }
        }
        left
    }

    fn files(&self) -> Vec<Kept> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let kept = |entry: fs::DirEntry| {
            let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some(Kept { path: entry.path(), bytes: metadata.len(), modified: metadata.modified().ok()? })
        };
        entries.flatten().filter_map(kept).collect()
    }

    /// A file that was changed has another size, nearly always, and so another thumbnail.
    fn place(&self, path: &Path, file_bytes: u64) -> PathBuf {
        self.place_of(path, file_bytes, "")
    }

    fn place_of(&self, path: &Path, file_bytes: u64, variant: &str) -> PathBuf {
        let look = if variant.is_empty() { String::new() } else { format!("\n{variant}") };
        let hash = Sha256::digest(format!("{}\n{file_bytes}{look}", path.display()).as_bytes());
        self.folder.join(format!("{}.png", &hex(&hash)[..32]))
    }
}

/// A thumbnail on the disk.
struct Kept {
    path: PathBuf,
    bytes: u64,
    modified: SystemTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(side: u32, shade: u8) -> RgbaImage {
        RgbaImage::from_fn(side, side, |x, y| image::Rgba([shade, (x * 7) as u8, (y * 13) as u8, 255]))
    }

    #[test]
    fn a_thumbnail_is_made_once_and_then_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sticker.png");
        fs::write(&path, encode_png(&picture(600, 9), &[]).unwrap()).unwrap();
        let thumbnails = Thumbnails::open(&folder.path().join("cache"), Thumbnails::BUDGET).unwrap();
        let first = thumbnails.get(&path, 1).unwrap();
        assert_eq!(first.dimensions(), (256, 256));
        fs::remove_file(&path).unwrap();
        assert_eq!(thumbnails.get(&path, 1).unwrap(), first);
        assert!(thumbnails.get(&path, 2).is_err());
    }

    #[test]
    fn a_thumbnail_of_pixels_at_hand_needs_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let thumbnails = Thumbnails::open(folder.path(), Thumbnails::BUDGET).unwrap();
        let path = Path::new("/library/sticker.png");
        let small = thumbnails.put(path, 5, &picture(300, 1));
        assert_eq!(thumbnails.get(path, 5).unwrap(), small);
    }

    #[test]
    fn the_folder_stays_within_its_budget() {
        let folder = tempfile::tempdir().unwrap();
        let budget = 400_000;
        let thumbnails = Thumbnails::open(folder.path(), budget).unwrap();
        for number in 0..40 {
            thumbnails.put(Path::new("/sticker.png"), number, &picture(256, number as u8));
        }
        let used: u64 = thumbnails.files().iter().map(|file| file.bytes).sum();
        assert!(used > 0 && used <= budget, "{used}");
        assert_eq!(*Thumbnails::open(folder.path(), budget).unwrap().used.lock().unwrap(), used);
    }
}
