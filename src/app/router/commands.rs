//! Carries out the commands of the one table.

use egui::{Context, Theme};
use serde_json::json;

use crate::app::App;
use crate::app::files::FileRequest;
use crate::app::state::State;
use crate::model::engine::PIXAZO_BASE;
use crate::model::{Parameter, ThemeChoice, settings_text};
use crate::platform::random_seed;
use crate::ui::action::{Command, Dialog, HostAction, Preference};

impl App {
    /// Carries out one command.
    pub(in crate::app) fn run_command(&mut self, ctx: &Context, command: Command) {
        if self.with_stickers(command) {
            return;
        }
        match command {
            Command::Make if self.state.sweep.open => self.run_sweep(),
            Command::Make => self.make(),
            Command::Sweep => self.toggle_sweep(),
            Command::Export => self.toggle_export(),
            Command::Finish => {
                let outcome = self.state.finishing.toggle(&self.state.cx);
                self.is_finished(outcome);
            }
            Command::SmallerBrush => self.state.finishing.resize_brush(false),
            Command::LargerBrush => self.state.finishing.resize_brush(true),
            Command::Expressions => self.ask_for_expressions(),
            Command::PickPhoto => self.ask_for_file(FileRequest::Photo),
            Command::PickPalette => self.ask_for_file(FileRequest::Palette),
            Command::Paste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Command::TypeLink => self.state.files.let_type(FileRequest::Photo, None, &mut self.state.cx),
            Command::AddPadding => self.state.photos.add_padding(),
            Command::CropPhoto => self.state.photos.toggle_crop(),
            Command::TurnPhoto => self.state.photos.turn(1),
            Command::ResetCrop => self.state.photos.reset_crop(),
            Command::ChooseHost => self.state.hosts.ask(false, &mut self.state.cx),
            Command::ShowUploads => self.state.hosts.show_uploads(&mut self.state.cx),
            Command::ForgetPhoto => self.host(HostAction::ForgetPhoto),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::NewSeed => self.set_seed(random_seed()),
            Command::NextSeed => {
                let next = self.state.recipe.form.recipe.seed.unwrap_or_default().wrapping_add(1);
                self.set_seed(next);
            }
            Command::ResetAll => self.state.recipe.form.reset_all(),
            Command::CopyCurl => {
                let base = self
                    .state
                    .cx
                    .hosted()
                    .ok()
                    .and_then(|engine| engine.base)
                    .unwrap_or_else(|| PIXAZO_BASE.to_owned());
                ctx.copy_text(settings_text::to_curl(&self.state.recipe.form.recipe, &self.image_url(), &base));
                self.state.cx.tell("The request is on the clipboard, without the key.".to_owned(), None);
            }
            Command::CopyJson => {
                ctx.copy_text(settings_text::to_json(&self.state.recipe.form.recipe, &self.image_url()));
                self.state.cx.tell("The request is on the clipboard, without the key.".to_owned(), None);
            }
            Command::CopySettings => {
                ctx.copy_text(settings_text::to_a1111(&self.state.recipe.form.recipe));
                self.state.cx.tell("The settings are on the clipboard.".to_owned(), None);
            }
            // Of the chosen cell of the sweep; those of stickers are done with already.
            Command::UseSettings => {
                if let Some(recipe) = self.state.sweep.selected_recipe().cloned() {
                    self.state.sweep.close();
                    self.state.recipe.form.replace(recipe);
                }
            }
            Command::NextSticker => self.state.gallery.step(true),
            Command::PreviousSticker => self.state.gallery.step(false),
            Command::SelectAll => self.state.gallery.select_all(),
            Command::JumpToNewest => {
                if self.state.gallery.show_newest() {
                    self.state.recipe.draft.hide();
                }
            }
            Command::ShowBin => self.state.gallery.toggle_bin(&self.state.cx),
            Command::EmptyBin => {
                self.state.cx.dialog = (self.state.gallery.binned() > 0).then_some(Dialog::EmptyBin);
            }
            Command::RecentPhotos => self.state.cx.dialog = Some(Dialog::RecentPhotos),
            Command::UseSample => {
                let State { photos, recipe, cx, .. } = &mut self.state;
                photos.load_sample(recipe.form.engine, cx);
            }
            Command::TogglePause => self.state.jobs.set_paused(!self.state.jobs.is_paused()),
            Command::ClearWaiting => self.state.jobs.clear_waiting(),
            Command::Ledger => self.open_dialog(Dialog::Ledger),
            Command::ClearFinished => self.state.jobs.clear_finished(&mut self.state.cx),
            Command::ToggleTheme => {
                let dark = ctx.theme() == Theme::Dark;
                let choice = if dark { ThemeChoice::Light } else { ThemeChoice::Dark };
                self.prefer(&Preference::Theme(choice));
            }
            Command::EnterKey => self.open_dialog(Dialog::Key),
            Command::OpenSettings => self.open_dialog(Dialog::Settings),
            Command::Help => self.open_dialog(Dialog::Help),
            Command::Commands => self.open_dialog(Dialog::Commands),
            // Those of stickers are done with already; about looking alone the shell does itself.
            Command::SaveAs
            | Command::CopySticker
            | Command::Rename
            | Command::Reveal
            | Command::ToggleStar
            | Command::ToggleReject
            | Command::Trash
            | Command::Restore
            | Command::UseSeed
            | Command::Peek
            | Command::HoldToCompare
            | Command::NextPartner
            | Command::PreviousPartner
            | Command::ZoomFit
            | Command::ZoomActual
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::Search
            | Command::ToggleRecipe
            | Command::ToggleJobs
            | Command::ExpandGallery => {}
        }
    }

    pub(in crate::app) fn set_seed(&mut self, seed: u32) {
        let now = self.state.cx.now();
        drop(self.state.recipe.form.set(Parameter::Seed, &json!(seed), now));
    }

    /// What stands for the photo in a copied request.
    fn image_url(&self) -> String {
        self.state
            .photos
            .well()
            .as_linked(self.state.photo_use())
            .unwrap_or("https://example.com/face-photo.jpg")
            .to_owned()
    }
}
