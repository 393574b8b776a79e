//! From a picked file or link to exactly the pixels that will be sent; warns before paying.

mod check;
mod frame;
mod prepare;
mod source;

pub use crate::model::finding::{Finding, LEAST_FACE_PIXELS, Remedy};
pub use check::{SMALL_FACE_PIXELS, check, check_pixels, shows};
pub use frame::{around_face, padded_around_face, whole, without_bigger};
pub use prepare::{LONGEST_EDGE, Preparation, Prepared, prepare, prepared_size, turned};
pub use source::{PhotoSource, PickedPhoto, link, may_stay_linked, read, read_file};

use std::path::PathBuf;

use crate::picture::PictureError;

/// Why a photo cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// There is no such file.
    #[error("there is no file here; check the path, or choose the photo again: {}", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// An address that is neither of the web nor of a file here.
    #[error("only links that begin with http:// or https:// can be read, not {scheme}: ones; save the photo as a file")]
    OtherLink {
        /// What it begins with.
        scheme: String,
    },
    /// The path leads to a folder or a device.
    #[error("this is not a file; choose a photo: {}", path.display())]
    NotAFile {
        /// Where it leads.
        path: PathBuf,
    },
    /// The file is there, but the system does not give its bytes.
    #[error("the photo could not be read ({reason}); check its permissions or copy it elsewhere: {}", path.display())]
    Unreadable {
        /// What the system said.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// The link was refused, or nothing whole came from it.
    #[error("the linked photo was not read; check the link or save the photo as a file: {reason}")]
    Link {
        /// What stood in the way; never the link itself, which may be a secret.
        reason: String,
    },
    /// Something came from the link, but no picture.
    #[error("the link leads to something else than a picture; copy the address of the picture itself")]
    LinkIsNoPicture,
    /// The crop has no pixel of the photo in it.
    #[error("the crop lies outside of the photo; reset it")]
    EmptyCrop,
    /// The bytes are not a picture that can be used.
    #[error(transparent)]
    Picture(#[from] PictureError),
}
