//! Asks where a file lies or goes: by the system's dialog, and by a typed path where there is none or it does not
//! answer.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::export::PacksWanted;
use super::gallery::stem_of;
use super::images::{Images, file_name};
use super::sweep::GridSheet;
use super::toasts::ToastAnswer;
use super::worker::Saved;
use crate::library::{SaveOptions, StickerRow};
use crate::net::local_file;
use crate::photo::{self, PhotoSource};
use crate::platform::{FileFilter, FileQuestion, Picked, SLOW_AFTER};
use crate::settings::Presets;
use crate::studio::exports::PackList;
use crate::studio::{KeepSecret, PALETTE_ENDINGS};
use crate::ui::action::{Dialog, PlaceFor};
use crate::ui::view::PlaceView;

/// File endings offered by the photo dialog.
const PHOTO_ENDINGS: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff"];

/// Files with presets.
const PRESETS: FileFilter = FileFilter { name: "Presets", extensions: &["json"] };

/// Why a path has to be typed.
const NO_DIALOG: &str = "There are no file dialogs in this session, so type or paste the path.";
const STILL_OPEN: &str = "A file dialog is open already, perhaps behind this window. Answer it, or type the path here.";

/// What a file is asked for.
#[derive(Clone)]
pub(super) enum Asked {
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
    /// The folder for the stickers of a sweep.
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

impl Asked {
    const fn place(&self) -> PlaceFor {
        match self {
            Self::Photo => PlaceFor::Photo,
            Self::Palette => PlaceFor::Palette,
            Self::Copy(..) => PlaceFor::Copy,
            Self::Ledger => PlaceFor::Ledger,
            Self::Grid(..) => PlaceFor::Grid,
            Self::Images(_) => PlaceFor::Images,
            Self::Packs(_) => PlaceFor::Packs,
            Self::Pack(_) => PlaceFor::Pack,
            Self::Library => PlaceFor::Library,
            Self::PresetsOfOthers => PlaceFor::PresetsOfOthers,
            Self::PresetsForOthers(_) => PlaceFor::PresetsForOthers,
            Self::Uploader(_) => PlaceFor::Uploader,
        }
    }

    /// The name of what is written; what is read has none before it is chosen.
    fn file_name(&self) -> Option<String> {
        match self {
            Self::Photo
            | Self::Palette
            | Self::Images(_)
            | Self::Packs(_)
            | Self::Library
            | Self::PresetsOfOthers
            | Self::Uploader(_) => None,
            Self::Copy(row, options) => {
                let background = if options.with_background { " with background" } else { "" };
                Some(format!("{}{background}.png", stem_of(row)))
            }
            Self::Ledger => Some("sticker-booth-ledger.csv".to_owned()),
            Self::Grid(_, name) => Some(name.clone()),
            Self::Pack(list) => Some(format!("{}.json", file_name(&[list.title.as_str()]))),
            Self::PresetsForOthers(_) => Some("sticker-booth-presets.json".to_owned()),
        }
    }
}

/// The file dialog that is open, and what is typed in place of one.
#[derive(Default)]
pub(super) struct Asking {
    open: Option<OpenDialog>,
    typed: Option<Typed>,
}

struct OpenDialog {
    asked: Asked,
    /// Since when nothing has come of it, in seconds of the window's clock. A dialog in front has the focus, and as
    /// long as the window does not have it, somebody is choosing.
    since: f64,
    told: bool,
}

struct Typed {
    asked: Asked,
    why: Option<&'static str>,
    proposed: String,
    refused: Option<String>,
}

impl Asking {
    /// What the dialog for a link or a path shows.
    pub(super) fn view(&self, what: PlaceFor) -> PlaceView<'_> {
        let typed = self.typed.as_ref();
        PlaceView {
            what,
            why: typed.and_then(|typed| typed.why),
            proposed: typed.map_or("", |typed| &typed.proposed),
            refused: typed.and_then(|typed| typed.refused.as_deref()),
        }
    }
}

impl App {
    /// Asks for a photo.
    pub(super) fn pick_photo(&mut self, now: f64) {
        self.ask_for_file(Asked::Photo, now);
    }

    /// Asks for a palette.
    pub(super) fn pick_palette(&mut self, now: f64) {
        self.ask_for_file(Asked::Palette, now);
    }

    /// Asks where the ledger goes as a table.
    pub(super) fn save_ledger(&mut self, now: f64) {
        self.ask_for_file(Asked::Ledger, now);
    }

    /// Asks for the folder that stickers are kept in.
    pub(super) fn pick_library(&mut self, now: f64) {
        self.ask_for_file(Asked::Library, now);
    }

    /// Asks for the file of a custom uploader.
    pub(super) fn pick_uploader(&mut self, keep: KeepSecret, now: f64) {
        self.ask_for_file(Asked::Uploader(keep), now);
    }

    /// Opens the system's dialog, which answers with [`super::event::Event::DialogEnded`].
    pub(super) fn ask_for_file(&mut self, asked: Asked, now: f64) {
        let Some(work) = &self.work else { return };
        if self.state.asking.open.is_some() {
            return self.type_place(asked, Some(STILL_OPEN));
        }
        let question = |title: &str, filter| FileQuestion {
            title: title.to_owned(),
            folder: None,
            file_name: asked.file_name(),
            filters: vec![filter],
        };
        match &asked {
            Asked::Photo => {
                let photos = FileFilter { name: "Photos", extensions: PHOTO_ENDINGS };
                work.ask(question("Pick a photo, or several", photos).pick_files());
            }
            Asked::Palette => {
                let palettes = FileFilter { name: "Palettes", extensions: PALETTE_ENDINGS };
                work.ask(question("Choose a palette", palettes).pick_file());
            }
            Asked::Copy(..) => {
                let pictures = FileFilter { name: "PNG picture", extensions: &["png"] };
                work.ask(question("Save sticker as", pictures).save_file());
            }
            Asked::Ledger => {
                let tables = FileFilter { name: "Comma-separated values", extensions: &["csv"] };
                work.ask(question("Save the ledger as", tables).save_file());
            }
            Asked::Grid(..) => {
                let pictures = FileFilter { name: "PNG picture", extensions: &["png"] };
                work.ask(question("Save the grid as", pictures).save_file());
            }
            Asked::Images(_) => {
                let folder = FileQuestion { title: "Save the images in".to_owned(), ..FileQuestion::default() };
                work.ask(folder.pick_folder());
            }
            Asked::Packs(_) => {
                let folder = FileQuestion { title: "Export into".to_owned(), ..FileQuestion::default() };
                work.ask(folder.pick_folder());
            }
            Asked::Pack(_) => {
                let packs = FileFilter { name: "Packs", extensions: &["json"] };
                work.ask(question("Save the pack as", packs).save_file());
            }
            Asked::Library => {
                let folder = FileQuestion { title: "Keep stickers in".to_owned(), ..FileQuestion::default() };
                work.ask(folder.pick_folder());
            }
            Asked::PresetsOfOthers => work.ask(question("Import presets", PRESETS).pick_file()),
            Asked::PresetsForOthers(_) => work.ask(question("Export presets as", PRESETS).save_file()),
            Asked::Uploader(_) => {
                let uploaders = FileFilter { name: "ShareX uploaders", extensions: &["sxcu", "json"] };
                work.ask(question("Choose an uploader", uploaders).pick_file());
            }
        }
        self.state.asking.open = Some(OpenDialog { asked, since: now, told: false });
    }

    /// The open dialog has ended.
    pub(super) fn dialog_ended(&mut self, answer: Picked) {
        self.state.cx.toasts.close_typing();
        let Some(OpenDialog { asked, .. }) = self.state.asking.open.take() else { return };
        let is_answered = matches!(answer, Picked::Path(_) | Picked::Paths(_));
        if is_answered && self.state.cx.dialog == Some(Dialog::Place(asked.place())) {
            self.state.cx.dialog = None;
        }
        match answer {
            Picked::Path(path) => {
                // The system's dialog has asked before it names a file that is there.
                self.use_file(asked, path, true);
            }
            Picked::Paths(paths) => self.take_photo_files(paths),
            Picked::Cancelled => {}
            Picked::NoDialogHere => self.type_place(asked, Some(NO_DIALOG)),
        }
    }

    /// Says that nothing comes of the open dialog, and offers to go on without it.
    pub(super) fn mind_slow_dialog(&mut self, ctx: &Context) {
        let Some(open) = self.state.asking.open.as_mut().filter(|open| !open.told) else { return };
        let now = ctx.time();
        if !ctx.input(|input| input.focused) {
            open.since = now;
            return;
        }
        let left = open.since + SLOW_AFTER.as_secs_f64() - now;
        if left > 0.0 {
            return ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
        open.told = true;
        self.state.cx.tell(
            "The file dialog does not answer.".to_owned(),
            Some(("Type a path".to_owned(), ToastAnswer::TypePath)),
        );
    }

    /// Lets the person type what the open dialog does not tell.
    pub(super) fn type_in_place_of_dialog(&mut self) {
        if let Some(asked) = self.state.asking.open.as_ref().map(|open| open.asked.clone()) {
            self.type_place(asked, Some(STILL_OPEN));
        }
    }

    /// Lets the person type a link or a path.
    pub(super) fn type_place(&mut self, asked: Asked, why: Option<&'static str>) {
        let folder = self.studio.as_ref().and_then(|studio| studio.folders().library().parent().map(Path::to_path_buf));
        let proposed = asked.file_name().map(|name| folder.unwrap_or_default().join(name).display().to_string());
        self.state.cx.dialog = Some(Dialog::Place(asked.place()));
        self.state.asking.typed = Some(Typed { asked, why, proposed: proposed.unwrap_or_default(), refused: None });
    }

    /// Uses what was typed.
    pub(super) fn use_place(&mut self, text: &str) {
        let Some(typed) = &mut self.state.asking.typed else { return };
        if matches!(typed.asked, Asked::Photo) {
            match photo_source(text) {
                Some(source) => {
                    self.state.cx.dialog = None;
                    self.load_photo(source);
                }
                None => {
                    typed.refused = Some(
                        "This is neither a link that begins with https:// nor the whole path of a file.".to_owned(),
                    );
                }
            }
            return;
        }
        match local_file(text) {
            Some(path) => {
                let asked = typed.asked.clone();
                // What is written stays open until the file is there.
                if !asked.place().is_written() {
                    self.state.cx.dialog = None;
                }
                self.use_file(asked, path, false);
            }
            None => typed.refused = Some("This is not the whole path of a file.".to_owned()),
        }
    }

    fn use_file(&mut self, asked: Asked, path: PathBuf, replace: bool) {
        let Some(work) = &self.work else { return };
        match asked {
            Asked::Photo => self.load_photo(PhotoSource::File(path)),
            Asked::Palette => self.state.recipe.read_palette(path),
            Asked::Copy(row, options) => {
                self.state.gallery.save_copy(*row, path, SaveOptions { replace, ..options });
            }
            Asked::Ledger => self.state.money.save(path, replace),
            Asked::Grid(grid, _) => self.state.sweep.save_grid(*grid, path, replace),
            Asked::Images(images) => self.state.gallery.save_images(images, path),
            Asked::Packs(wanted) => self.state.export.write(*wanted, path, &mut self.state.cx),
            Asked::Pack(list) => self.state.export.save(*list, path, replace),
            Asked::Library => work.use_library(path),
            Asked::PresetsOfOthers => self.state.presets.import(path),
            Asked::PresetsForOthers(presets) => self.state.presets.export(*presets, path, replace),
            Asked::Uploader(keep) => self.state.hosts.use_uploader_file(path, keep, &mut self.state.cx),
        }
    }

    /// Something was saved, or why not.
    pub(super) fn saved(&mut self, outcome: Result<Saved, String>) {
        let typing = matches!(&self.state.cx.dialog, Some(Dialog::Place(what)) if what.is_written());
        match (outcome, &mut self.state.asking.typed) {
            (Ok(Saved { path, images }), _) => {
                if typing {
                    self.state.cx.dialog = None;
                }
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let told = match images {
                    None => format!("Saved {name}."),
                    Some(1) => format!("Saved 1 image in {name}."),
                    Some(images) => format!("Saved {images} images in {name}."),
                };
                self.state.cx.tell(told, Some(("Show".to_owned(), ToastAnswer::Reveal(path))));
            }
            (Err(sentence), Some(typed)) if typing => typed.refused = Some(sentence),
            (Err(sentence), _) => self.state.cx.complain(sentence),
        }
    }
}

/// Where a photo is, if the text says so: a link, or the path of a file.
pub(super) fn photo_source(text: &str) -> Option<PhotoSource> {
    photo::link(text).map(PhotoSource::Link).or_else(|| local_file(text).map(PhotoSource::File))
}
