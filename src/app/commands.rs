//! Carries out the commands of the one table.

use egui::{Context, Theme};
use serde_json::json;

use super::App;
use super::asking::Asked;
use super::state::ToastAnswer;
use crate::library::Mark;
use crate::model::engine::PIXAZO_BASE;
use crate::model::{Parameter, ThemeChoice, settings_text};
use crate::platform::random_seed;
use crate::ui::action::{Command, Dialog, HostAction, Preference, StickerId};
use crate::ui::view::UseOfSeed;

impl App {
    /// Carries out one command.
    pub(super) fn run_command(&mut self, ctx: &Context, command: Command) {
        let now = ctx.time();
        match command {
            Command::Make if self.state.sweep.open => self.run_sweep(now),
            Command::Make => self.make(now),
            Command::Sweep => self.toggle_sweep(),
            Command::Expressions => self.ask_for_expressions(),
            Command::PickPhoto => self.pick_photo(now),
            Command::PickPalette => self.pick_palette(now),
            Command::Paste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Command::TypeLink => self.type_place(Asked::Photo, None),
            Command::AddPadding => self.add_padding(),
            Command::CropPhoto => self.toggle_crop(),
            Command::TurnPhoto => self.turn_photo(1),
            Command::ResetCrop => self.reset_crop(),
            Command::ChooseHost => self.ask_for_host(false),
            Command::ShowUploads => self.show_uploads(),
            Command::ForgetPhoto => self.host(HostAction::ForgetPhoto, now),
            Command::Undo => self.state.form.undo(),
            Command::Redo => self.state.form.redo(),
            Command::NewSeed => self.set_seed(random_seed(), now),
            Command::NextSeed => {
                let next = self.state.form.recipe.seed.unwrap_or_default().wrapping_add(1);
                self.set_seed(next, now);
            }
            Command::ResetAll => self.state.form.reset_all(),
            Command::CopyCurl => {
                let base = self.hosted().ok().and_then(|engine| engine.base).unwrap_or_else(|| PIXAZO_BASE.to_owned());
                ctx.copy_text(settings_text::to_curl(&self.state.form.recipe, &self.image_url(), &base));
                self.state.tell("The request is on the clipboard, without the key.".to_owned(), None, now);
            }
            Command::CopyJson => {
                ctx.copy_text(settings_text::to_json(&self.state.form.recipe, &self.image_url()));
                self.state.tell("The request is on the clipboard, without the key.".to_owned(), None, now);
            }
            Command::CopySettings => {
                ctx.copy_text(settings_text::to_a1111(&self.state.form.recipe));
                self.state.tell("The settings are on the clipboard.".to_owned(), None, now);
            }
            Command::SaveAs => self.save_as(now),
            Command::CopySticker => {
                let path = self.state.selected().map(|row| row.path.clone());
                if let (Some(path), Some(work)) = (path, &self.work) {
                    work.copy(path);
                }
            }
            Command::Reveal => {
                let path = self.state.selected().map(|row| row.path.clone());
                if let (Some(path), Some(work)) = (path, &self.work) {
                    work.reveal(path);
                }
            }
            Command::ToggleStar => self.toggle_mark(Mark::Star),
            Command::ToggleReject => self.toggle_mark(Mark::Reject),
            Command::Trash => self.trash(now),
            Command::UseSeed => {
                if let Some(seed) = self.state.selected().and_then(|row| row.seed) {
                    self.set_seed(seed, now);
                    self.state.form.seed = UseOfSeed::Locked;
                }
            }
            Command::UseSettings => {
                let chosen = if self.state.sweep.open {
                    self.state.sweep.selected_recipe()
                } else {
                    self.state.selected().map(|row| &row.info.recipe)
                };
                if let Some(recipe) = chosen.cloned() {
                    self.state.sweep.open = false;
                    self.state.form.replace(recipe);
                }
            }
            Command::NextSticker => self.state.gallery.step(true),
            Command::PreviousSticker => self.state.gallery.step(false),
            Command::TogglePause => self.set_paused(!self.state.paused),
            Command::ClearWaiting => self.clear_waiting(),
            Command::Ledger => self.open_dialog(Dialog::Ledger),
            Command::ClearFinished => self.clear_finished(),
            Command::ToggleTheme => {
                let dark = ctx.theme() == Theme::Dark;
                let choice = if dark { ThemeChoice::Light } else { ThemeChoice::Dark };
                self.prefer(ctx, &Preference::Theme(choice));
            }
            Command::EnterKey => self.open_dialog(Dialog::Key),
            Command::OpenSettings => self.open_dialog(Dialog::Settings),
            Command::Help => self.open_dialog(Dialog::Help),
            Command::Commands => self.open_dialog(Dialog::Commands),
            Command::Peek => self.state.dialog = self.state.selected().map(|_| Dialog::Peek),
            // About looking alone: the shell does these itself.
            Command::HoldToCompare
            | Command::NextPartner
            | Command::PreviousPartner
            | Command::ZoomFit
            | Command::ZoomActual
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::Search
            | Command::JumpToNewest
            | Command::ToggleRecipe
            | Command::ToggleJobs
            | Command::ExpandGallery => {}
        }
    }

    fn set_seed(&mut self, seed: u32, now: f64) {
        drop(self.state.form.set(Parameter::Seed, &json!(seed), now));
    }

    fn toggle_mark(&self, mark: Mark) {
        let Some(row) = self.state.selected() else { return };
        let mark = if row.mark == mark { Mark::Plain } else { mark };
        self.mark(StickerId(row.id), mark);
    }

    fn trash(&mut self, now: f64) {
        let Some(id) = self.state.selected().map(|row| row.id) else { return };
        self.state.gallery.step(true);
        if let Some(work) = &self.work {
            work.bin(id, true, self.state.query());
        }
        let answer = Some(("Undo".to_owned(), ToastAnswer::Restore(id)));
        self.state.tell("Moved to the library's bin.".to_owned(), answer, now);
    }

    /// What stands for the photo in a copied request.
    fn image_url(&self) -> String {
        self.state.as_linked().unwrap_or("https://example.com/face-photo.jpg").to_owned()
    }
}
