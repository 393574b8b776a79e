//! Compares the index with the files, and writes it anew from them.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::add::{created_at, size_of_png};
use super::index::{Entry, Known, KnownFile, PassedOver, place};
use super::names::Names;
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

/// What the index lists and what lies in the folder, by names alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Stickers in the index, those in the bin included.
    pub indexed: usize,
    /// Stickers in the folder, those in the bin included.
    pub present: usize,
    /// The main pictures of stickers that are in the index and not in the folder.
    pub missing: Vec<PathBuf>,
    /// The main pictures of our stickers in the folder that are not in the index.
    pub unindexed: Vec<PathBuf>,
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
        let marks = marks::read(self.folder())?;
        marks::compact(self.folder(), &marks)?;
        rebuilt.stickers = self.shared.index.replace_all(entries, marks)?;
        Ok(rebuilt)
    }

    /// Looks at every file without changing anything.
    pub fn verify(&self) -> Result<Verification, LibraryError> {
        let mut verification = Verification::default();
        let listings = listings(self.folder())?;
        let known = self.shared.index.known()?;
        for KnownFile { path, bytes, .. } in &known.files {
            match check(path, *bytes) {
                Ok(true) => verification.sound += 1,
                Ok(false) => verification.changed.push(path.clone()),
                Err(FileError::Missing { .. }) => verification.missing.push(path.clone()),
                Err(error) => return Err(error.into()),
            }
        }
        let known: HashSet<&Path> = known.files.iter().map(|file| file.path.as_path()).collect();
        for (folder, listing, _) in listings {
            let unknown = listing.files.iter().map(|name| folder.join(name)).filter(|path| !known.contains(&**path));
            verification.unindexed.extend(unknown.filter(|path| is_ours(path)));
            verification.unfinished.extend(listing.unfinished);
        }
        Ok(verification)
    }

    /// Compares the index with the folder, by names alone and without changing anything.
    pub fn compare(&self) -> Result<Comparison, LibraryError> {
        let listings = listings(self.folder())?;
        let known = self.shared.index.known()?;
        let missing = missing(&known, &listings);
        let unknown = unknown(self.folder(), &known, &listings);
        let is_news = |found: &Unknown<'_>| found.seen().is_some_and(|seen| !known.passed_over.contains(&seen));
        let unindexed: Vec<PathBuf> =
            unknown.into_iter().filter(is_news).map(|found| found.path()).filter(|path| is_ours(path)).collect();
        let indexed = known.files.iter().filter(|file| file.is_main).count();
        let present = indexed - missing.len() + unindexed.len();
        Ok(Comparison { indexed, present, missing, unindexed })
    }
}

/// The files of the library's folder and of its bin.
pub(super) fn listings(library: &Path) -> Result<Vec<(PathBuf, Listing, bool)>, FileError> {
    let listing = |is_binned| {
        let folder = place(library, is_binned);
        Listing::of(&folder).map(|listing| (folder, listing, is_binned))
    };
    [false, true].into_iter().map(listing).collect()
}

/// The main pictures of indexed stickers that are not in the folder.
pub(super) fn missing(known: &Known, listings: &[(PathBuf, Listing, bool)]) -> Vec<PathBuf> {
    let found: HashSet<PathBuf> =
        listings.iter().flat_map(|(folder, listing, _)| listing.files.iter().map(|name| folder.join(name))).collect();
    let is_gone = |file: &&KnownFile| file.is_main && !found.contains(&file.path);
    // One that was added since the folder was listed is there.
    known.files.iter().filter(is_gone).map(|file| file.path.clone()).filter(|path| !path.is_file()).collect()
}

/// A main picture in the folder that the index does not know.
pub(super) struct Unknown<'a> {
    pub(super) folder: &'a Path,
    pub(super) listing: &'a Listing,
    pub(super) is_binned: bool,
    pub(super) name: &'a str,
}

impl Unknown<'_> {
    fn path(&self) -> PathBuf {
        self.folder.join(self.name)
    }

    /// What tells whether somebody has looked at it; `None` when it is not there any more.
    pub(super) fn seen(&self) -> Option<PassedOver> {
        let metadata = fs::metadata(self.path()).ok()?;
        Some(PassedOver {
            file: self.name.to_owned(),
            is_binned: self.is_binned,
            bytes: metadata.len(),
            modified: modified(&metadata).as_millisecond(),
        })
    }
}

/// The main pictures that the index does not know; `listings` are older than what is `known`.
pub(super) fn unknown<'a>(library: &Path, known: &Known, listings: &'a [(PathBuf, Listing, bool)]) -> Vec<Unknown<'a>> {
    let indexed: HashSet<&Path> = known.files.iter().map(|file| file.path.as_path()).collect();
    let mut unknown = Vec::new();
    for (folder, listing, is_binned) in listings {
        let found = listing.main_pictures().filter(|name| !indexed.contains(&*folder.join(name)));
        // The bin's copy of a sticker outside, or the other way round, is no sticker of its own.
        let found = found.filter(|name| {
            let twin = place(library, !is_binned).join(name);
            !(indexed.contains(&*twin) && twin.is_file())
        });
        // Its cut-out is about to be written.
        let found = found.filter(|name| !known.pending.iter().any(|stem| Names::of_stem(stem).background == *name));
        unknown.extend(found.map(|name| Unknown { folder, listing, is_binned: *is_binned, name }));
    }
    unknown
}

/// The PNG files of a folder.
#[derive(Default)]
pub(super) struct Listing {
    /// File names.
    files: BTreeSet<String>,
    /// Temporary files.
    unfinished: Vec<PathBuf>,
}

impl Listing {
    /// Those of a folder that may be missing.
    pub(super) fn of(folder: &Path) -> Result<Self, FileError> {
        match Self::of_existing(folder) {
            Err(FileError::Missing { .. }) => Ok(Self::default()),
            other => other,
        }
    }

    /// Those of a folder that must be there.
    pub(super) fn of_existing(folder: &Path) -> Result<Self, FileError> {
        let failed = |error| FileError::new(folder, error);
        let entries = fs::read_dir(folder).map_err(failed)?;
        let mut listing = Self::default();
        for entry in entries {
            let entry = entry.map_err(failed)?;
            // A name that is not Unicode is none of ours.
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.ends_with(UNFINISHED_SUFFIX) {
                listing.unfinished.push(entry.path());
            } else if is_png(&name) && !name.starts_with('.') && entry.file_type().map_err(failed)?.is_file() {
                listing.files.insert(name);
            }
        }
        Ok(listing)
    }

    /// The file that stands for each sticker: its cut-out, or its only picture.
    pub(super) fn main_pictures(&self) -> impl Iterator<Item = &str> {
        let has_cutout = |name: &str| names::cutout_of(name).is_some_and(|cutout| self.files.contains(&cutout));
        self.files.iter().map(String::as_str).filter(move |name| !has_cutout(name))
    }
}

/// Ours all end in lower case.
fn is_png(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "png")
}

/// What the file of this name says, or `None` when it is not ours. What it does not say stays unknown.
pub(super) fn entry(
    folder: &Path,
    name: &str,
    listing: &Listing,
    is_binned: bool,
) -> Result<Option<Entry>, LibraryError> {
    let path = folder.join(name);
    let head = head_of(&path)?;
    let metadata = fs::metadata(&path).map_err(|error| FileError::new(&path, error))?;
    let is_background = names::cutout_of(name).is_some();
    if is_background {
        // It stands for the sticker now, so it has to be whole.
        picture::check_whole(&read_file(&path)?)?;
    }
    let info = metadata::read_info(&head).ok().flatten();
    let Some(info) = info.or_else(|| metadata::recover_info(&head, modified(&metadata))) else {
        // Of a pair the other picture may still be whole.
        let background = names::background_of(name).filter(|background| listing.files.contains(background));
        return background.map_or(Ok(None), |background| entry(folder, &background, listing, is_binned));
    };
    let (width, height) = size_of_png(&head)?;
    let background_file = if is_background {
        Some(name.to_owned())
    } else {
        names::background_of(name).filter(|background| listing.files.contains(background))
    };
    let bytes_of = |name: &str| fs::metadata(folder.join(name)).map_or(0, |metadata| metadata.len());
    Ok(Some(Entry {
        key: info.job_id.clone().unwrap_or_else(|| format!("file:{name}")),
        file: name.to_owned(),
        background_bytes: background_file.as_deref().map(bytes_of),
        background_file,
        created_at: created_at(&info).unwrap_or_else(|_unreadable| modified(&metadata)),
        width,
        height,
        file_bytes: metadata.len(),
        is_binned,
        info,
    }))
}

/// When a file was last written.
pub(super) fn modified(metadata: &fs::Metadata) -> Timestamp {
    metadata.modified().ok().and_then(|at| Timestamp::try_from(at).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
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
    let says_so = |head: Vec<u8>| {
        matches!(metadata::read_info(&head), Ok(Some(_)))
            || metadata::recover_info(&head, Timestamp::UNIX_EPOCH).is_some()
    };
    head_of(path).is_ok_and(says_so)
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
