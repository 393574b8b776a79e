//! Files, an index rebuildable from them, thumbnails.

mod add;
mod bin;
mod error;
mod finishes;
mod import;
mod index;
mod inspect;
mod marks;
pub mod metadata;
mod named;
mod names;
mod query;
mod save;
mod search;
mod take_in;
mod thumbnails;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::model::{EngineId, StickerInfo};
use crate::platform::{FileError, create_folder};
use index::Index;

pub use crate::model::{Mark, Sort};
pub use add::NewSticker;
pub use error::LibraryError;
pub use import::Imported;
pub use inspect::{Comparison, Rebuilt, Verification};
pub use named::{numbered_name, tidy_name};
pub use query::Query;
pub use save::SaveOptions;
pub use take_in::TakenIn;
pub use thumbnails::Thumbnails;

/// A folder inside the library for what is not a sticker: the bin and the marks.
const OWN_FOLDER: &str = ".sticker-booth";

/// One sticker of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct StickerRow {
    /// Names the sticker in this index.
    pub id: i64,
    /// The cut-out, or the opaque picture where there is no cut-out.
    pub path: PathBuf,
    /// The picture with its background; the same as `path` where there is no cut-out.
    pub background_path: Option<PathBuf>,
    /// When it was finished.
    pub created_at: Timestamp,
    /// Which engine made it.
    pub engine: EngineId,
    /// The seed that was used.
    pub seed: Option<u32>,
    /// The words it was made from.
    pub prompt: String,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// Our id of the job.
    pub job_id: Option<String>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size of the file at `path` in bytes.
    pub file_bytes: u64,
    /// What the person thinks of it.
    pub mark: Mark,
    /// What the person calls it; empty when they gave it no name.
    pub name: String,
    /// Does it lie in the library's own bin?
    pub is_binned: bool,
    /// Everything that its file says about it.
    pub info: StickerInfo,
}

impl StickerRow {
    /// Is there a picture without background?
    pub fn has_cutout(&self) -> bool {
        self.background_path.as_ref() != Some(&self.path)
    }
}

/// One library: a folder of stickers with its index. Clones share it; calls wait for the disk, so not on the UI thread.
#[derive(Clone, Debug)]
pub struct Library {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    index: Index,
    index_set_aside: Option<PathBuf>,
    /// Filled when the folder was looked through for stickers that the index does not know.
    looked_through: OnceLock<()>,
}

impl Library {
    /// Opens the library in `folder`, which is made if it is new, with its part of the index at `index_path`.
    ///
    /// A folder that held stickers and is gone, such as a disk that is not connected, is refused instead of begun anew.
    pub fn open(folder: &Path, index_path: &Path) -> Result<Self, LibraryError> {
        let exists = folder.is_dir();
        let absolute = std::path::absolute(folder).map_err(|error| FileError::new(folder, error))?;
        let folder = fs::canonicalize(&absolute).unwrap_or(absolute);
        let (index, index_set_aside) = Index::open(index_path, &folder)?;
        if !exists && index.count(&Query::default())? > 0 {
            return Err(LibraryError::Gone { folder });
        }
        create_folder(&folder)?;
        Ok(Self { shared: Arc::new(Shared { folder, index, index_set_aside, looked_through: OnceLock::new() }) })
    }

    /// The folder with the stickers.
    pub fn folder(&self) -> &Path {
        &self.shared.folder
    }

    /// Where the old index was put, when it could not be read: tell the person and [`rebuild`](Self::rebuild).
    pub fn index_set_aside(&self) -> Option<&Path> {
        self.shared.index_set_aside.as_deref()
    }

    /// The stickers that a query finds.
    pub fn list(&self, query: &Query) -> Result<Vec<StickerRow>, LibraryError> {
        Ok(self.shared.index.list(query)?)
    }

    /// How many stickers a query finds, its limit and offset aside.
    pub fn count(&self, query: &Query) -> Result<usize, LibraryError> {
        Ok(self.shared.index.count(query)?)
    }

    /// One sticker.
    pub fn get(&self, id: i64) -> Result<StickerRow, LibraryError> {
        self.shared.index.get(id)?.ok_or(LibraryError::NoSuchSticker { id })
    }

    /// The sticker of a job, if it is in the library.
    pub fn of_job(&self, job_id: &str) -> Result<Option<StickerRow>, LibraryError> {
        Ok(self.shared.index.with_key(job_id)?)
    }

    /// Sets what the person thinks of a sticker. The mark is kept beside the files too, so that a rebuild finds it.
    pub fn set_mark(&self, id: i64, mark: Mark) -> Result<StickerRow, LibraryError> {
        let row = self.get(id)?;
        marks::append(self.folder(), &names::file_name(&row.path), mark)?;
        self.shared.index.set_mark(id, mark)?;
        Ok(StickerRow { mark, ..row })
    }
}
