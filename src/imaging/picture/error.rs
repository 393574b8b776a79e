//! Why a picture could not be read or written.

use super::Format;

/// Why a picture could not be read or written; each prints as one sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The bytes are no picture of a known format.
    #[error("this is not a picture; choose a JPEG, PNG or WebP file")]
    NotAPicture,
    /// A picture in a format that is known by name but not read.
    #[error("{format} pictures cannot be read here; open it in another program, save it as JPEG and choose that file")]
    Unsupported {
        /// The format.
        format: Format,
    },
    /// A picture in a format that is read, but not this kind of it.
    #[error(
        "{format} pictures {kind} cannot be read here; open it in another program, save it as an ordinary JPEG or PNG and choose that file"
    )]
    UnsupportedKind {
        /// The format.
        format: Format,
        /// The kind, in words that follow "pictures": "with arithmetic coding".
        kind: &'static str,
    },
    /// The format is read, but not where this picture is meant to go.
    #[error("this is a {format} file, but stickers can only be PNG, JPEG or WebP; save it as PNG in another program")]
    NotForStickers {
        /// The format.
        format: Format,
    },
    /// The file ends before the picture does.
    #[error("the {format} file is cut off before its end; copy or download it again")]
    Truncated {
        /// The format.
        format: Format,
    },
    /// The file has more bytes than are accepted.
    #[error(
        "the file is {} MiB large, and at most {} MiB are accepted; save it smaller or as JPEG",
        bytes.div_ceil(1 << 20),
        limit >> 20
    )]
    FileTooLarge {
        /// Size of the file in bytes.
        bytes: u64,
        /// The largest size accepted, in bytes.
        limit: u64,
    },
    /// The picture has more pixels than are accepted.
    #[error(
        "the picture is {width} × {height} pixels, and at most {} megapixels are accepted; save it smaller",
        limit / 1_000_000
    )]
    TooManyPixels {
        /// Width that the header claims.
        width: u32,
        /// Height that the header claims.
        height: u32,
        /// The most pixels accepted.
        limit: u64,
    },
    /// The picture would take more memory than is granted.
    #[error(
        "the picture would take {} MB of memory, and at most {} MB are granted; save it smaller or with 8 bits a channel",
        bytes.div_ceil(1_000_000),
        limit / 1_000_000
    )]
    TooMuchMemory {
        /// Size of the decoded picture in bytes.
        bytes: u64,
        /// The largest size granted, in bytes.
        limit: u64,
    },
    /// The file is of a known format but its content makes no sense.
    #[error("the {format} file is damaged; open it in another program and save it again ({detail})")]
    Damaged {
        /// The format.
        format: Format,
        /// What the decoder said.
        detail: String,
    },
    /// The decoder broke down; whether the file is at fault is not known.
    #[error("this {format} file could not be read; open it in another program, save it as JPEG and choose that file")]
    Unreadable {
        /// The format.
        format: Format,
    },
    /// A PNG text's keyword breaks the rules of the format.
    #[error("the PNG text keyword {keyword:?} is not 1 to 79 Latin letters, digits or signs; choose another")]
    Keyword {
        /// The keyword.
        keyword: String,
    },
    /// The encoder refused.
    #[error("the picture could not be written; make it smaller and try again ({detail})")]
    Encode {
        /// What the encoder said.
        detail: String,
    },
}

impl PictureError {
    /// Would the same file be refused again, however well it arrives?
    ///
    /// Not so what is cut off, damaged or no picture at all: a better connection may bring it whole.
    pub const fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Unsupported { .. }
                | Self::UnsupportedKind { .. }
                | Self::NotForStickers { .. }
                | Self::FileTooLarge { .. }
                | Self::TooManyPixels { .. }
                | Self::TooMuchMemory { .. }
        )
    }
}
