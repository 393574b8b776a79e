//! What files are asked for, and how the system's dialog asks for each.

use std::future::Future;
use std::pin::Pin;

use crate::app::export::PacksWanted;
use crate::app::gallery::stem_of;
use crate::app::images::{Images, file_name};
use crate::app::sweep::GridSheet;
use crate::library::{SaveOptions, StickerRow};
use crate::platform::{FileFilter, FileQuestion, Picked};
use crate::settings::Presets;
use crate::studio::exports::PackList;
use crate::studio::{KeepSecret, PALETTE_ENDINGS};
use crate::ui::action::PlaceFor;

/// File endings offered by the photo dialog.
const PHOTO_ENDINGS: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff"];

const PHOTOS: FileFilter = FileFilter { name: "Photos", extensions: PHOTO_ENDINGS };
const PALETTES: FileFilter = FileFilter { name: "Palettes", extensions: PALETTE_ENDINGS };
const PICTURES: FileFilter = FileFilter { name: "PNG picture", extensions: &["png"] };
const TABLES: FileFilter = FileFilter { name: "Comma-separated values", extensions: &["csv"] };
const PACKS: FileFilter = FileFilter { name: "Packs", extensions: &["json"] };
const PRESETS: FileFilter = FileFilter { name: "Presets", extensions: &["json"] };
const UPLOADERS: FileFilter = FileFilter { name: "ShareX uploaders", extensions: &["sxcu", "json"] };

/// What a file is asked for.
#[derive(Clone)]
pub(in crate::app) enum FileRequest {
    /// The photo.
    Photo,
    /// A palette.
    Palette,
    /// A copy of a sticker.
    Copy(Box<StickerRow>, SaveOptions),
    /// The ledger as a table.
    Ledger,
    /// The grid of a sweep, under this name.
    Grid(Box<GridSheet>, String),
    /// The folder for stickers, each by itself.
    Images(Images),
    /// The folder for packs.
    Packs(Box<PacksWanted>),
    /// A pack as a file of its own.
    Pack(Box<PackList>),
    /// The folder of the library.
    Library,
    /// A file with presets of others.
    PresetsOfOthers,
    /// These presets as a file for others.
    PresetsForOthers(Box<Presets>),
    /// The file of a custom uploader, which is kept there.
    Uploader(KeepSecret),
}

/// What the system's dialog lets a person choose.
#[derive(Clone, Copy)]
enum Choice {
    /// A file that is there.
    File(FileFilter),
    /// One, or several.
    Files(FileFilter),
    /// A folder.
    Folder,
    /// A file that is written.
    NewFile(FileFilter),
}

impl FileRequest {
    /// Title and choice of the system's dialog, and what the dialog for a typed path is about.
    const fn facts(&self) -> (&'static str, Choice, PlaceFor) {
        match self {
            Self::Photo => ("Pick a photo, or several", Choice::Files(PHOTOS), PlaceFor::Photo),
            Self::Palette => ("Choose a palette", Choice::File(PALETTES), PlaceFor::Palette),
            Self::Copy(..) => ("Save sticker as", Choice::NewFile(PICTURES), PlaceFor::Copy),
            Self::Ledger => ("Save the ledger as", Choice::NewFile(TABLES), PlaceFor::Ledger),
            Self::Grid(..) => ("Save the grid as", Choice::NewFile(PICTURES), PlaceFor::Grid),
            Self::Images(_) => ("Save the images in", Choice::Folder, PlaceFor::Images),
            Self::Packs(_) => ("Export into", Choice::Folder, PlaceFor::Packs),
            Self::Pack(_) => ("Save the pack as", Choice::NewFile(PACKS), PlaceFor::Pack),
            Self::Library => ("Keep stickers in", Choice::Folder, PlaceFor::Library),
            Self::PresetsOfOthers => ("Import presets", Choice::File(PRESETS), PlaceFor::PresetsOfOthers),
            Self::PresetsForOthers(_) => ("Export presets as", Choice::NewFile(PRESETS), PlaceFor::PresetsForOthers),
            Self::Uploader(_) => ("Choose an uploader", Choice::File(UPLOADERS), PlaceFor::Uploader),
        }
    }

    /// What the dialog for a typed path is about.
    pub(super) const fn place(&self) -> PlaceFor {
        self.facts().2
    }

    /// The name of what is written; what is read has none before it is chosen.
    pub(super) fn file_name(&self) -> Option<String> {
        match self {
            Self::Copy(row, options) => {
                let background = if options.with_background { " with background" } else { "" };
                Some(format!("{}{background}.png", stem_of(row)))
            }
            Self::Ledger => Some("sticker-booth-ledger.csv".to_owned()),
            Self::Grid(_, name) => Some(name.clone()),
            Self::Pack(list) => Some(format!("{}.json", file_name(&[list.title.as_str()]))),
            Self::PresetsForOthers(_) => Some("sticker-booth-presets.json".to_owned()),
            Self::Photo
            | Self::Palette
            | Self::Images(_)
            | Self::Packs(_)
            | Self::Library
            | Self::PresetsOfOthers
            | Self::Uploader(_) => None,
        }
    }

    /// Opens the system's dialog; it answers when the person has.
    pub(super) fn ask(&self) -> Pin<Box<dyn Future<Output = Picked> + Send>> {
        let (title, choice, _) = self.facts();
        let question =
            |filters| FileQuestion { title: title.to_owned(), folder: None, file_name: self.file_name(), filters };
        match choice {
            Choice::File(filter) => Box::pin(question(vec![filter]).pick_file()),
            Choice::Files(filter) => Box::pin(question(vec![filter]).pick_files()),
            Choice::Folder => Box::pin(question(Vec::new()).pick_folder()),
            Choice::NewFile(filter) => Box::pin(question(vec![filter]).save_file()),
        }
    }
}
