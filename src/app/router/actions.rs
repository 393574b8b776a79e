//! Carries out what a person asked for.

use egui::Context;

use super::undo::{Before, Kind};
use crate::app::App;
use crate::app::files::{FileRequest, photo_source};
use crate::app::sentence::sentence;
use crate::app::state::State;
use crate::app::toasts::ToastAnswer;
use crate::model::engine::{PIXAZO_CREDIT_URL, PIXAZO_KEYS_URL};
use crate::model::settings_text::{self, Pasted, SettingsTextError};
use crate::model::{EngineId, Hold, Recipe};
use crate::ui::action::{Action, Dialog, WayOut};

impl App {
    /// Carries out what this frame asked for.
    pub(in crate::app) fn act(&mut self, ctx: &Context, actions: Vec<Action>) {
        for action in actions {
            let before = Before::of(&self.state);
            let kind = Kind::of(&action);
            self.act_once(ctx, action);
            self.note(before, kind, ctx.time());
        }
    }

    fn act_once(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Run(command) => self.run_command(ctx, command),
            Action::UsePlace(text) => {
                let outcome = self.state.files.use_typed(&text, &mut self.state.cx);
                self.files_did(outcome);
            }
            Action::PasteImage(image) => {
                let State { photos, recipe, cx, .. } = &mut self.state;
                photos.load_pasted(image, recipe.form.engine, cx);
            }
            Action::PasteText(text) => self.paste(text.trim()),
            Action::Photo(action) => {
                let outcome = self.state.photos.act(action, self.state.photo_use(), &mut self.state.cx);
                self.photos_did(outcome);
            }
            Action::Recipe(action) => self.state.recipe.act(action, &self.state.cx),
            Action::Gallery(action) => {
                let outcome = self.state.gallery.act(action, &mut self.state.cx);
                self.gallery_did(outcome);
            }
            Action::Jobs(action) => self.state.jobs.act(action, &mut self.state.cx),
            Action::Finish(action) => {
                let State { finishing, gallery, cx, .. } = &mut self.state;
                let outcomes = finishing.act(action, || gallery.chosen(), cx);
                self.is_finished(outcomes);
            }
            Action::Sweep(action) => self.sweep(action),
            Action::Export(action) => self.export(action),
            Action::Preset(action) => self.preset(action),
            Action::ChooseEngine(engine) => self.state.choose_engine(engine),
            Action::TakeSetting(id, parameter) => {
                let Some(value) = self.state.gallery.row(id).map(|row| row.info.recipe.get(parameter)) else { return };
                self.state.recipe.form.take(parameter, &value);
            }
            Action::TakeSettings(id) => {
                let Some(recipe) = self.state.gallery.row(id).map(|row| row.info.recipe.clone()) else { return };
                self.state.recipe.form.replace(recipe);
            }
            Action::UseJobSettings(id) => self.use_settings_of(&id),
            Action::SpendAnyway => self.state.jobs.spend_anyway(&mut self.state.cx),
            Action::AcceptNotice => self.accept_notice(),
            Action::StayOpen => {
                let outcome = self.state.window.stay_open(&mut self.state.cx);
                self.window_did(outcome);
            }
            Action::CloseUnsure => self.state.jobs.give_up(),
            Action::CopyLedger => self.state.money.copy(),
            Action::SaveLedger => self.ask_for_file(FileRequest::Ledger),
            Action::ShowResult(id) => {
                if let Some(sticker) = self.state.gallery.of_job(&id) {
                    self.state.gallery.select(sticker);
                    self.show_chosen();
                }
            }
            Action::CopyText(text) => ctx.copy_text(text),
            Action::Key(action) => self.state.key.act(action, &self.state.cx),
            Action::Host(action) => self.host(action),
            Action::OpenPage(page) => self.state.cx.open(&page),
            Action::SetPreference(preference) => self.prefer(&preference),
            Action::Open(dialog) => self.open_dialog(dialog),
            Action::MakeExpressions => self.make_expressions(),
            Action::CloseDialog => {
                self.state.cx.dialog = None;
                self.state.recipe.want_expressions(false);
                self.state.jobs.forget_question();
            }
            Action::AnswerToast(id) => self.answer_toast(id),
            Action::CloseToast(id) => drop(self.state.cx.toasts.close(id)),
            Action::HoldToast(id) => self.state.cx.hold(id),
            Action::CloseHint => self.state.window.close_hint(),
            Action::Take(way) => self.take_way_out(way),
        }
    }

    /// A link, a path, or settings in any of their forms.
    fn paste(&mut self, text: &str) {
        let sources: Option<Vec<_>> = text.lines().filter(|line| !line.trim().is_empty()).map(photo_source).collect();
        if let Some(sources) = sources.filter(|sources| sources.len() > 1) {
            return self.take_photos(sources);
        }
        if let Some(source) = photo_source(text) {
            return self.load_photo(source);
        }
        match settings_text::read(text) {
            Ok(pasted) => self.recall_pasted(pasted, "These settings are in the form now."),
            Err(_) if text.is_empty() => {}
            Err(SettingsTextError::NoSettings) => {
                self.state.cx.complain("This text is no photo, link or settings, so nothing changed.".to_owned());
            }
            Err(error) => self.state.cx.complain(sentence(&error)),
        }
    }

    /// Takes settings over that came as a text, and says what of it does not fit.
    pub(in crate::app) fn recall_pasted(&mut self, pasted: Pasted, told: &str) {
        let remark = pasted.remark(self.state.recipe.form.engine);
        let told = remark.map_or_else(|| told.to_owned(), |remark| format!("{told} {remark}"));
        self.recall_settings(pasted.recipe, &told);
    }

    /// Takes settings over that came from elsewhere, and offers the earlier ones again.
    pub(in crate::app) fn recall_settings(&mut self, recipe: Recipe, told: &str) {
        let before = self.state.recipe.form.recipe.clone();
        self.state.recipe.form.replace(recipe);
        let changed = self.state.recipe.form.recipe != before;
        let undo = changed.then(|| ("Undo".to_owned(), ToastAnswer::BackTo(Box::new(before))));
        let told = if changed { told } else { "The form has these settings already." };
        self.state.cx.tell(told.to_owned(), undo);
    }

    /// What was chosen is what the viewer shows, in place of a draft or of the crop.
    pub(super) fn show_chosen(&mut self) {
        self.state.recipe.draft.hide();
        self.state.photos.end_crop(true);
    }

    pub(in crate::app) fn open_dialog(&mut self, dialog: Dialog) {
        if let Dialog::SetUpHost(form) = dialog {
            return self.state.hosts.open_form(form, &mut self.state.cx);
        }
        if dialog == Dialog::Key {
            return self.state.key.open_dialog(&mut self.state.cx);
        }
        if dialog == Dialog::Ledger {
            return self.state.money.open_dialog(&mut self.state.cx);
        }
        self.state.cx.dialog = Some(dialog);
        self.state.jobs.read_answer_for_dialog(&self.state.cx);
    }

    fn answer_toast(&mut self, id: u64) {
        let Some(toast) = self.state.cx.toasts.close(id) else { return };
        let Some((_, answer)) = toast.answer.filter(|_| self.studio.is_some()) else { return };
        match answer {
            ToastAnswer::Reveal(path) => self.state.cx.reveal(path),
            ToastAnswer::Restore(ids) => {
                self.state.history.forget_bin(&ids);
                self.state.gallery.bin_again(ids, false, &mut self.state.cx);
            }
            ToastAnswer::RestorePreset(place, preset) => {
                self.state.history.forget_deleted(&preset.name);
                self.state.presets.restore(place, *preset, &mut self.state.cx);
            }
            ToastAnswer::BackTo(recipe) => self.state.recipe.form.replace(*recipe),
            ToastAnswer::Export(jobs) => self.export_results(&jobs),
            ToastAnswer::TypePath => self.state.files.type_in_place_of_dialog(&mut self.state.cx),
        }
    }

    fn take_way_out(&mut self, way: WayOut) {
        match way {
            WayOut::UseThisComputer => self.state.choose_engine(EngineId::Local),
            WayOut::OpenKeyPage => self.state.cx.open(PIXAZO_KEYS_URL),
            WayOut::OpenCreditPage => self.state.cx.open(PIXAZO_CREDIT_URL),
            WayOut::EnterKey => self.open_dialog(Dialog::Key),
            WayOut::GoOnWithKey => self.state.jobs.go_on_with_key(&mut self.state.cx),
            WayOut::AskForCredit => self.state.jobs.go_on(&[Hold::Credit], &mut self.state.cx),
            WayOut::GoOn if self.state.cx.spends_again() => {}
            WayOut::GoOn => self.state.jobs.go_on(&[Hold::LastTime], &mut self.state.cx),
            WayOut::DiscardHeld => self.state.jobs.discard_held(),
            WayOut::RebuildIndex => {
                self.state.gallery.rebuild_index(&self.state.cx);
            }
            WayOut::ShowFiles => {
                if let Some(studio) = &self.studio {
                    self.state.cx.reveal(studio.folders().library().to_path_buf());
                }
            }
            WayOut::ChooseLibrary => self.ask_for_file(FileRequest::Library),
        }
    }
}
