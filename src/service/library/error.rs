//! What can go wrong with a library.

use std::path::PathBuf;

use crate::picture::PictureError;
use crate::platform::{FileError, TrashError};
use crate::store::StoreError;

/// The library could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// A file or folder could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The system's trash did not take a file.
    #[error(transparent)]
    Trash(#[from] TrashError),
    /// The index could not be used.
    #[error(transparent)]
    Index(#[from] StoreError),
    /// A picture could not be read or written.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The folder held stickers and is not there any more.
    #[error("the library folder is gone: connect its disk or choose another folder ({})", .folder.display())]
    Gone {
        /// Where the library was.
        folder: PathBuf,
    },
    /// The sticker was removed meanwhile, perhaps by another window or command.
    #[error("sticker {id} is not in the library: choose another")]
    NoSuchSticker {
        /// The id that was asked for.
        id: i64,
    },
    /// Neither a cut-out nor a picture with background came.
    #[error("there is no picture to keep: ask for the result again")]
    NoPicture,
    /// A file of somebody else's, without our record of how it was made.
    #[error("this picture does not say how it was made, so it cannot join the library: choose a sticker saved by Sticker Booth ({})", .path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The sticker is listed, but its file was deleted or moved by somebody else.
    #[error("the sticker's file is gone, so there is nothing to copy: put it back, or make the sticker again ({})", .path.display())]
    FileGone {
        /// Where it was.
        path: PathBuf,
    },
    /// A copy would take the place of a file of the library itself.
    #[error("this is a file of the library itself, which stays as it is: choose another name or folder ({})", .path.display())]
    OwnFile {
        /// The name that was asked for.
        path: PathBuf,
    },
    /// A sticker is saved as PNG only.
    #[error("stickers are saved as PNG: let the name end with .png ({})", .path.display())]
    NotPng {
        /// The name that was asked for.
        path: PathBuf,
    },
    /// The record about a sticker does not hold together.
    #[error("what is known about this sticker is damaged, make it again: {detail}")]
    Info {
        /// What is wrong with it.
        detail: String,
    },
}

impl LibraryError {
    /// Is there a file of that name already?
    pub const fn is_taken(&self) -> bool {
        matches!(self, Self::File(FileError::Exists { .. }))
    }

    /// Would freeing space help?
    pub const fn is_disk_full(&self) -> bool {
        match self {
            Self::File(error) => error.is_disk_full(),
            Self::Index(error) => error.is_disk_full(),
            _ => false,
        }
    }
}
