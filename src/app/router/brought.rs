//! What follows from another photo or from a file that was chosen.

use std::path::PathBuf;

use super::undo::Did;
use crate::app::App;
use crate::app::files::FileRequest;
use crate::app::state::State;
use crate::app::{files, photo};
use crate::library::SaveOptions;
use crate::photo::PhotoSource;

impl App {
    /// Begins to read another photo.
    pub(super) fn load_photo(&mut self, source: PhotoSource) {
        let State { photos, recipe, cx, .. } = &mut self.state;
        photos.load(source, recipe.form.engine, cx);
    }

    /// Takes several photos in place of what is there.
    pub(super) fn take_photos(&mut self, sources: Vec<PhotoSource>) {
        let State { photos, recipe, cx, .. } = &mut self.state;
        let outcome = photos.take(sources, recipe.form.engine, cx);
        self.photos_did(outcome);
    }

    /// Files that were dropped or picked together.
    pub(super) fn take_photo_files(&mut self, paths: Vec<PathBuf>) {
        let State { photos, recipe, cx, .. } = &mut self.state;
        let outcome = photos.take_files(paths, recipe.form.engine, cx);
        self.photos_did(outcome);
    }

    /// Photos that the person brought from outside.
    pub(super) fn take_brought(&mut self, sources: Vec<PhotoSource>) {
        let State { photos, recipe, cx, .. } = &mut self.state;
        let outcome = photos.take_brought(sources, recipe.form.engine, cx);
        self.photos_did(outcome);
    }

    /// Does what follows from another photo.
    pub(super) fn photos_did(&mut self, outcomes: impl IntoIterator<Item = photo::Outcome>) {
        for outcome in outcomes {
            match outcome {
                photo::Outcome::Came(identity) => {
                    if !self.state.gallery.has_sticker_of(&identity) {
                        // A photo of which there is no sticker yet stands alone in the viewer, with its cut line.
                        self.state.gallery.choose_none();
                    }
                }
                photo::Outcome::Replaced(standings) => {
                    let (before, after) = *standings;
                    self.did(Did::Photo { before, after });
                }
                photo::Outcome::Settings(pasted) => {
                    self.recall_pasted(*pasted, "The sticker's settings are in the form now.");
                }
            }
        }
    }

    /// Asks where a file lies or goes.
    pub(super) fn ask_for_file(&mut self, request: FileRequest) {
        self.state.files.ask(request, &mut self.state.cx);
    }

    /// Uses the file that was chosen.
    pub(super) fn files_did(&mut self, outcome: Option<files::Outcome>) {
        match outcome {
            Some(files::Outcome::Chosen(request, path, replace)) => self.use_file(request, path, replace),
            Some(files::Outcome::Photos(paths)) => self.take_photo_files(paths),
            Some(files::Outcome::Typed(source)) => self.load_photo(source),
            None => {}
        }
    }

    pub(super) fn use_file(&mut self, request: FileRequest, path: PathBuf, replace: bool) {
        match request {
            FileRequest::Photo => self.load_photo(PhotoSource::File(path)),
            FileRequest::Palette => self.state.recipe.read_palette(path),
            FileRequest::Copy(row, options) => {
                self.state.gallery.save_copy(*row, path, SaveOptions { replace, ..options });
            }
            FileRequest::Ledger => self.state.money.save(path, replace),
            FileRequest::Grid(grid, _) => self.state.sweep.save_grid(*grid, path, replace),
            FileRequest::Images(images) => self.state.gallery.save_images(images, path),
            FileRequest::Packs(wanted) => self.state.export.write(*wanted, path, &mut self.state.cx),
            FileRequest::Pack(list) => self.state.export.save(*list, path, replace),
            FileRequest::Library => self.state.window.use_library(path),
            FileRequest::PresetsOfOthers => self.state.presets.import(path),
            FileRequest::PresetsForOthers(presets) => self.state.presets.export(*presets, path, replace),
            FileRequest::Uploader(keep) => self.state.hosts.use_uploader_file(path, keep, &mut self.state.cx),
        }
    }
}
