//! Compares the index with the files, and writes it anew from them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::add::{created_at, size_of_png};
use super::index::{Entry, KnownFile, place};
use super::{Library, LibraryError, marks, metadata, names};
use crate::picture;
use crate::platform::files::UNFINISHED_SUFFIX;
use crate::platform::{FileError, read_file};

/// Our records stand before the pixels, nearly always within this much of a file.
const HEAD_BYTES: u64 = 64 * 1024;

/// An unfinished file older than this belongs to no running process.
const UNFINISHED_FOR: Duration = Duration::from_hours(1);

/// What a rebuild found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Stickers now in the index, those in the bin included.
    pub stickers: usize,
    /// Pictures that do not say how they were made; they stay where they are.
    pub passed_over: Vec<PathBuf>,
}

/// How index and files compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files that are as the index says: of the same size and whole.
    pub sound: usize,
    /// In the index, not on the disk.
    pub missing: Vec<PathBuf>,
    /// Of another size than in the index, or cut off.
    pub changed: Vec<PathBuf>,
    /// Our stickers on the disk that are not in the index.
    pub unindexed: Vec<PathBuf>,
    /// Left by a write that a crash ended; safe to delete.
    pub unfinished: Vec<PathBuf>,
}

impl Verification {
    /// Is everything as it should be? Unfinished files do no harm.
    pub fn is_sound(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.unindexed.is_empty()
    }
}

impl Library {
    /// Writes the index anew from the files and the marks beside them, and clears what crashes left behind.
    pub fn rebuild(&self) -> Result<Rebuilt, LibraryError> {
        let mut entries = Vec::new();
        let mut rebuilt = Rebuilt::default();
        for is_binned in [false, true] {
            let folder = place(self.folder(), is_binned);
            let listing = Listing::of(&folder)?;
            listing.unfinished.iter().for_each(|path| remove_if_old(path));
            for name in listing.main_pictures() {
                match entry(&folder, name, &listing, is_binned) {
                    Ok(Some(entry)) => entries.push(entry),
                    Ok(None) => rebuilt.passed_over.push(folder.join(name)),
                    Err(error) => {
                        tracing::warn!(%error, name, "a picture cannot be read and is passed over");
                        rebuilt.passed_over.push(folder.join(name));
                    }
                }
            }
        }
        // In the order in which they were added, so that a rebuilt index numbers them alike.
        entries.sort_by(|one, other| (one.created_at, &one.file).cmp(&(other.created_at, &other.file)));
        rebuilt.stickers = entries.len();
        let marks = marks::read(self.folder())?;
        marks::compact(self.folder(), &marks)?;
        self.shared.index.replace_all(entries, marks)?;
        Ok(rebuilt)
    }

    /// Looks at every file without changing anything.
    pub fn verify(&self) -> Result<Verification, LibraryError> {
        let mut verification = Verification::default();
        let mut known = BTreeSet::new();
        for KnownFile { path, bytes } in self.shared.index.known_files()? {
            match check(&path, bytes) {
                Ok(true) => verification.sound += 1,
                Ok(false) => verification.changed.push(path.clone()),
                Err(FileError::Missing { .. }) => verification.missing.push(path.clone()),
                Err(error) => return Err(error.into()),
            }
            known.insert(path);
        }
        for is_binned in [false, true] {
            let folder = place(self.folder(), is_binned);
            let listing = Listing::of(&folder)?;
            let unknown = listing.files.keys().map(|name| folder.join(name)).filter(|path| !known.contains(path));
            verification.unindexed.extend(unknown.filter(|path| is_ours(path)));
            verification.unfinished.extend(listing.unfinished);
        }
        Ok(verification)
    }
}

/// The PNG files of a folder.
#[derive(Default)]
struct Listing {
    /// File names with their sizes in bytes.
    files: BTreeMap<String, u64>,
    /// Temporary files.
    unfinished: Vec<PathBuf>,
}

impl Listing {
    fn of(folder: &Path) -> Result<Self, FileError> {
        let failed = |error| FileError::new(folder, error);
        let entries = match fs::read_dir(folder).map_err(failed) {
            Err(FileError::Missing { .. }) => return Ok(Self::default()),
            other => other?,
        };
        let mut listing = Self::default();
        for entry in entries {
            let entry = entry.map_err(failed)?;
            // A name that is not Unicode is none of ours.
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.ends_with(UNFINISHED_SUFFIX) {
                listing.unfinished.push(entry.path());
            } else if is_png(&name) && !name.starts_with('.') {
                let metadata = entry.metadata().map_err(failed)?;
                if metadata.is_file() {
                    listing.files.insert(name, metadata.len());
                }
            }
        }
        Ok(listing)
    }

    /// The file that stands for each sticker: its cut-out, or its only picture.
    fn main_pictures(&self) -> impl Iterator<Item = &str> {
        let has_cutout = |name: &str| names::cutout_of(name).is_some_and(|cutout| self.files.contains_key(&cutout));
        self.files.keys().map(String::as_str).filter(move |name| !has_cutout(name))
    }
}

/// Ours all end in lower case.
fn is_png(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "png")
}

/// What the file of this name says, or `None` when it is not ours.
fn entry(folder: &Path, name: &str, listing: &Listing, is_binned: bool) -> Result<Option<Entry>, LibraryError> {
    let path = folder.join(name);
    let head = head_of(&path)?;
    let Some(info) = metadata::read_info(&head)? else { return Ok(None) };
    let (width, height) = size_of_png(&head)?;
    let background_file = if names::cutout_of(name).is_some() {
        Some(name.to_owned())
    } else {
        names::background_of(name).filter(|background| listing.files.contains_key(background))
    };
    let bytes_of = |name: &str| listing.files.get(name).copied().unwrap_or_default();
    Ok(Some(Entry {
        key: info.job_id.clone().unwrap_or_else(|| format!("file:{name}")),
        file: name.to_owned(),
        background_bytes: background_file.as_deref().map(bytes_of),
        background_file,
        created_at: created_at(&info)?,
        width,
        height,
        file_bytes: bytes_of(name),
        is_binned,
        info,
    }))
}

/// Enough of a file to hold our records: its beginning, or all of it when they do not stand there.
fn head_of(path: &Path) -> Result<Vec<u8>, FileError> {
    let failed = |error| FileError::new(path, error);
    let file = File::open(path).map_err(failed)?;
    let mut head = Vec::with_capacity(HEAD_BYTES as usize);
    file.take(HEAD_BYTES).read_to_end(&mut head).map_err(failed)?;
    let is_enough = (head.len() as u64) < HEAD_BYTES || matches!(metadata::read_info(&head), Ok(Some(_)));
    if is_enough { Ok(head) } else { read_file(path) }
}

fn is_ours(path: &Path) -> bool {
    head_of(path).is_ok_and(|head| matches!(metadata::read_info(&head), Ok(Some(_))))
}

/// Is the file whole and of this size?
fn check(path: &Path, bytes: u64) -> Result<bool, FileError> {
    let length = fs::metadata(path).map_err(|error| FileError::new(path, error))?.len();
    Ok(length == bytes && picture::check_whole(&read_file(path)?).is_ok())
}

fn remove_if_old(path: &Path) {
    let age = path.metadata().and_then(|metadata| metadata.modified()).ok().and_then(|time| time.elapsed().ok());
    if age.is_some_and(|age| age > UNFINISHED_FOR)
        && let Err(error) = fs::remove_file(path)
    {
        tracing::debug!(%error, path = %path.display(), "an unfinished file stays");
    }
}
