//! Why the running set could not be built, or could not do what was asked.

use std::io;
use std::path::PathBuf;

use crate::api::ApiError;
use crate::engine::EngineError;
use crate::export::ExportError;
use crate::gateway::GatewayError;
use crate::hosting::SharexError;
use crate::jobs::JobsError;
use crate::keys::KeyError;
use crate::library::LibraryError;
use crate::model::PhotoHostError;
use crate::model::settings_text::SettingsTextError;
use crate::net::AddressError;
use crate::photo::{Finding, PhotoError};
use crate::picture::{PaletteError, PictureError};
use crate::platform::FileError;
use crate::settings::SettingsError;
use crate::vision::VisionError;

/// Something the studio could not do.
#[derive(Debug, thiserror::Error)]
pub enum StudioError {
    /// The system names no home folder.
    #[error("this system names no home folder: say where to keep things with --data-dir DIR")]
    NoHome,
    /// A folder or file could not be made.
    #[error(transparent)]
    File(#[from] FileError),
    /// The runtime for background work did not start.
    #[error("background work could not be started")]
    Runtime(#[source] io::Error),
    /// The built-in engine did not start.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The gateway did not start.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The line of jobs.
    #[error(transparent)]
    Jobs(#[from] JobsError),
    /// The sticker could not be finished as its recipe says.
    #[error("{0}; the sticker itself is kept as it came")]
    Finish(#[from] crate::finish::FinishError),
    /// The library.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The preferences.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The key.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// A client for the network.
    #[error(transparent)]
    Client(#[from] ApiError),
    /// The photo cannot be used.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// The file gives no palette.
    #[error(transparent)]
    Palette(#[from] PaletteError),
    /// The file or text gives no settings.
    #[error(transparent)]
    SettingsText(#[from] SettingsTextError),
    /// A check says that no sticker can come of the photo.
    #[error("{}", .0.sentence().trim_end_matches('.'))]
    PhotoRefused(Finding),
    /// A photo is another one than the one that was looked at.
    #[error("the photo {name} has changed since it was looked at, so nothing was begun; bring the photos again")]
    PhotoChanged {
        /// Its file name.
        name: String,
    },
    /// The networks for faces could not be read; the program is damaged.
    #[error(transparent)]
    Vision(#[from] VisionError),
    /// There is no key to ask about.
    #[error("there is no key yet: enter one first")]
    NoKey,
    /// The address of the hosted engine is not one.
    #[error(transparent)]
    BaseUrl(#[from] AddressError),
    /// A host for photos cannot be set up like this.
    #[error(transparent)]
    PhotoHost(#[from] PhotoHostError),
    /// The custom uploader cannot be used.
    #[error(transparent)]
    Sharex(#[from] SharexError),
    /// A host is to go, but photos lie there.
    #[error(
        "{left} photos are still at {host}, and without it they could not be deleted, so nothing was changed: delete them in the list of uploads first"
    )]
    PhotosLeft {
        /// The host's name.
        host: String,
        /// How many.
        left: usize,
    },
    /// A local photo for the hosted engine.
    #[error(
        "hosting for photos is not set up, so the hosted service cannot use {photo}: choose a host with sticker-booth hosts, give a link to an upright JPEG, PNG or WebP, or use --engine local"
    )]
    HostingNotSetUp {
        /// The photo as the person named it.
        photo: String,
    },
    /// Stickers cannot be exported like this.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A file that should be a sticker is none.
    #[error("no sticker could be read, and nothing was exported: {error} ({})", .path.display())]
    StickerPicture {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: PictureError,
    },
    /// A pack's file is none.
    #[error("this is no pack of stickers, save it again or name the stickers one by one: {detail} ({})", .path.display())]
    PackFile {
        /// The file.
        path: PathBuf,
        /// Why not.
        detail: String,
    },
    /// A finished job's sticker is not in the library any more.
    #[error("the sticker is no longer in the library: look into its bin, or make it again")]
    StickerGone,
}

impl StudioError {
    /// Is there a file of that name already?
    pub const fn is_taken(&self) -> bool {
        matches!(self, Self::Library(error) if error.is_taken())
    }
}
