//! Carries out what a person asked for.

use egui::Context;
use serde_json::json;

use super::App;
use super::asking::photo_source;
use super::toasts::ToastAnswer;
use super::undo::{Before, Kind};
use super::work::sentence;
use crate::jobs::Hold;
use crate::library::Mark;
use crate::model::engine::{PIXAZO_CREDIT_URL, PIXAZO_KEYS_URL};
use crate::model::settings_text::{self, Pasted, SettingsTextError};
use crate::model::{EngineId, Parameter, Recipe};
use crate::ui::action::{Action, Dialog, WayOut};
use crate::ui::view::{Remote, UseOfSeed};

impl App {
    /// Carries out what this frame asked for.
    pub(super) fn act(&mut self, ctx: &Context, actions: Vec<Action>) {
        for action in actions {
            let before = Before::of(&self.state);
            let kind = Kind::of(&action);
            self.act_once(ctx, action);
            self.note(before, kind, ctx.time());
        }
    }

    fn act_once(&mut self, ctx: &Context, action: Action) {
        let now = ctx.time();
        match action {
            Action::Run(command) => self.run_command(ctx, command),
            Action::UsePlace(text) => self.use_place(&text),
            Action::PasteImage(image) => self.load_pasted(image),
            Action::PasteText(text) => self.paste(text.trim(), now),
            Action::ShowPhoto(place) => self.show_photo(place),
            Action::RemovePhoto(place) => self.remove_photo(place),
            Action::UsePhotoAnyway => self.use_photo_anyway(),
            Action::ChooseFace(face) => self.choose_face(face),
            Action::SetCrop(crop) => self.set_crop(crop),
            Action::SetRatio(ratio) => self.state.photo.framing.ratio = ratio,
            Action::SetPadding(color) => self.state.photo.framing.padding = color,
            Action::TurnPhoto(quarter_turns) => self.turn_photo(quarter_turns),
            Action::EndCrop { keep } => self.end_crop(keep),
            Action::SetParameter(parameter, value) => {
                // A value that does not fit is shown as such by its field, and changes nothing.
                drop(self.state.form.set(parameter, &value, now));
            }
            Action::ForgetPalette => self.use_palette(&[]),
            Action::SetSize(width, height) => {
                let mut recipe = self.state.form.recipe.clone();
                let fits = recipe
                    .set(Parameter::Width, &json!(width))
                    .and_then(|()| recipe.set(Parameter::Height, &json!(height)));
                if fits.is_ok() {
                    self.state.form.replace(recipe);
                }
            }
            Action::ResetParameter(parameter) => self.state.form.reset(parameter),
            Action::Revert(parameters) => self.state.form.revert(&parameters),
            Action::ResetGroup(group) => self.state.form.reset_group(group),
            Action::SetSeedLocked(locked) => {
                self.state.form.seed = if locked { UseOfSeed::Locked } else { UseOfSeed::NewEach };
            }
            Action::Finish(action) => self.finish(action, now),
            Action::Sweep(action) => self.sweep(action, now),
            Action::Export(action) => self.export(action, now),
            Action::SetCount(count) => self.state.form.count = count.clamp(1, super::form::MOST_AT_ONCE),
            Action::UsePreset(name) => self.use_preset(&name),
            Action::Preset(action) => self.preset(action, now),
            Action::ChooseEngine(engine) => self.choose_engine(engine),
            Action::RunOn(id, command) => self.run_on(ctx, id, command),
            Action::SelectSticker(id) => {
                self.state.gallery.select(id);
                self.show_chosen();
            }
            Action::ToggleSticker(id) => {
                self.state.gallery.toggle(id);
                self.show_chosen();
            }
            Action::Choose { ids, more } => {
                self.state.gallery.choose(ids, more);
                self.show_chosen();
            }
            Action::ExtendTo(id) => {
                self.state.gallery.extend_to(id);
                self.show_chosen();
            }
            Action::CompareWith(id) => {
                self.state.gallery.selection.pair(id);
                self.show_chosen();
            }
            Action::Rename(name) => self.rename(&name),
            Action::EmptyBin => self.empty_bin(),
            Action::UseRecent(id) => self.use_recent(&id),
            Action::ForgetRecent(id) => self.forget_recent(&id),
            Action::ForgetAllRecent => self.forget_all_recent(),
            Action::SetStar(id, on) => self.mark_one(id, if on { Mark::Star } else { Mark::Plain }),
            Action::SetReject(id, on) => self.mark_one(id, if on { Mark::Reject } else { Mark::Plain }),
            Action::ShowBackgrounds(on) => self.state.gallery.backgrounds = on,
            Action::Search(words) => {
                self.state.gallery.search = words;
                self.list_gallery();
            }
            Action::ShowStarredOnly(on) => {
                self.state.gallery.starred_only = on;
                self.list_gallery();
            }
            Action::Sort(sort) => {
                self.state.gallery.sort = sort;
                self.list_gallery();
            }
            Action::GalleryShows(first, behind) => self.state.gallery.in_sight = (first, behind),
            Action::TakeSetting(id, parameter) => {
                let Some(value) = self.state.gallery.row(id).map(|row| row.info.recipe.get(parameter)) else { return };
                self.state.form.take(parameter, &value);
            }
            Action::TakeSettings(id) => {
                let Some(recipe) = self.state.gallery.row(id).map(|row| row.info.recipe.clone()) else { return };
                self.state.form.replace(recipe);
            }
            Action::Job(id, offer) => self.with_jobs(vec![id], offer, now),
            Action::Jobs(ids, offer) => self.with_jobs(ids, offer, now),
            Action::Move(ids, place) => self.reorder(ids, &place),
            Action::SpendAnyway => self.spend_anyway(now),
            Action::AcceptNotice => self.accept_notice(now),
            Action::StayOpen => self.stay_open(),
            Action::CloseUnsure => self.close_unsure(),
            Action::CopyLedger => {
                if let Some(work) = &self.work {
                    work.copy_ledger();
                }
            }
            Action::SaveLedger => self.save_ledger(now),
            Action::ShowResult(id) => {
                if let Some(sticker) = self.sticker_of_job(&id) {
                    self.state.gallery.select(sticker);
                    self.show_chosen();
                }
            }
            Action::RevealResult(id) => {
                let path = self.state.job(&id).and_then(|row| row.path.clone());
                if let (Some(path), Some(work)) = (path, &self.work) {
                    work.reveal(path.into());
                }
            }
            Action::CopyText(text) => ctx.copy_text(text),
            Action::SetKey { key, session_only } => {
                let (Some(work), Ok(account)) = (&self.work, self.account()) else { return };
                self.state.key_check = Remote::Loading { previous: None };
                self.state.key_was_entered = true;
                work.set_key(account, key, session_only);
            }
            Action::TestKey(key) => {
                let (Some(work), Ok(engine)) = (&self.work, self.hosted()) else { return };
                self.state.key_check = Remote::Loading { previous: None };
                work.check_key(key, engine);
            }
            Action::DeleteKey => {
                if let (Some(work), Ok(account)) = (&self.work, self.account()) {
                    work.delete_key(account);
                }
            }
            Action::Host(action) => self.host(action, now),
            Action::OpenPage(page) => self.open_page(&page),
            Action::SetPreference(preference) => self.prefer(ctx, &preference),
            Action::Open(dialog) => self.open_dialog(dialog),
            Action::LooksInSight(in_sight) => self.state.looks.in_sight = in_sight,
            Action::ToggleLook(word) => self.toggle_look(word),
            Action::ListExpressions(typed) => self.state.expressions.typed = typed,
            Action::ToggleExpression(word) => self.state.toggle_expression(word),
            Action::MakeExpressions => self.make_expressions(now),
            Action::CloseDialog => {
                self.state.dialog = None;
                self.state.expressions.wanted = false;
                self.state.over_budget = None;
            }
            Action::AnswerToast(id) => self.answer_toast(id, now),
            Action::CloseToast(id) => self.state.toasts.retain(|toast| toast.id != id),
            Action::HoldToast(id) => self.state.hold_toast(id, now),
            Action::CloseHint => self.state.hint_closed = true,
            Action::Take(way) => self.take_way_out(ctx, way),
        }
    }

    /// A link, a path, or settings in any of their forms.
    fn paste(&mut self, text: &str, now: f64) {
        let sources: Option<Vec<_>> = text.lines().filter(|line| !line.trim().is_empty()).map(photo_source).collect();
        if let Some(sources) = sources.filter(|sources| sources.len() > 1) {
            return self.take_photos(sources, now);
        }
        if let Some(source) = photo_source(text) {
            return self.load_photo(source);
        }
        match settings_text::read(text) {
            Ok(pasted) => self.recall_pasted(pasted, "These settings are in the form now.", now),
            Err(_) if text.is_empty() => {}
            Err(SettingsTextError::NoSettings) => {
                self.state.complain("This text is no photo, link or settings, so nothing changed.".to_owned());
            }
            Err(error) => self.state.complain(sentence(&error)),
        }
    }

    /// Takes settings over that came as a text, and says what of it does not fit.
    pub(super) fn recall_pasted(&mut self, pasted: Pasted, told: &str, now: f64) {
        let remark = pasted.remark(self.state.form.engine);
        let told = remark.map_or_else(|| told.to_owned(), |remark| format!("{told} {remark}"));
        self.recall_settings(pasted.recipe, &told, now);
    }

    /// Takes settings over that came from elsewhere, and offers the earlier ones again.
    pub(super) fn recall_settings(&mut self, recipe: Recipe, told: &str, now: f64) {
        let before = self.state.form.recipe.clone();
        self.state.form.replace(recipe);
        let changed = self.state.form.recipe != before;
        let undo = changed.then(|| ("Undo".to_owned(), ToastAnswer::BackTo(Box::new(before))));
        let told = if changed { told } else { "The form has these settings already." };
        self.state.tell(told.to_owned(), undo, now);
    }

    /// What was chosen is what the viewer shows, in place of a draft or of the crop.
    fn show_chosen(&mut self) {
        self.state.draft.hide();
        if self.state.photo.before_crop.is_some() {
            self.end_crop(true);
        }
    }

    pub(super) fn list_gallery(&mut self) {
        if let Some(work) = &self.work {
            self.state.gallery.ask_again();
            work.list_gallery(self.state.query());
        }
    }

    pub(super) fn open_dialog(&mut self, dialog: Dialog) {
        if let Dialog::SetUpHost(_) = &dialog {
            self.state.hosts.calm();
        }
        if dialog == Dialog::Key {
            self.state.key_check = Remote::NotAsked;
            self.look_for_key();
        }
        if dialog == Dialog::Ledger {
            self.open_ledger();
        }
        self.state.dialog = Some(dialog);
        self.read_answer_for_dialog();
    }

    fn answer_toast(&mut self, id: u64, now: f64) {
        let Some(place) = self.state.toasts.iter().position(|toast| toast.id == id) else { return };
        let toast = self.state.toasts.remove(place);
        let (Some((_, answer)), Some(work)) = (toast.answer, &self.work) else { return };
        match answer {
            ToastAnswer::Reveal(path) => work.reveal(path),
            ToastAnswer::Restore(ids) => self.restore(ids, now),
            ToastAnswer::RestorePreset(place, preset) => {
                self.state.history.forget_deleted(&preset.name);
                self.restore_preset(place, *preset);
            }
            ToastAnswer::BackTo(recipe) => self.state.form.replace(*recipe),
            ToastAnswer::Export(jobs) => self.export_results(&jobs, now),
            ToastAnswer::TypePath => self.type_in_place_of_dialog(),
        }
    }

    fn take_way_out(&mut self, ctx: &Context, way: WayOut) {
        let now = ctx.time();
        match way {
            WayOut::UseThisComputer => self.choose_engine(EngineId::Local),
            WayOut::OpenKeyPage => self.open_page(PIXAZO_KEYS_URL),
            WayOut::OpenCreditPage => self.open_page(PIXAZO_CREDIT_URL),
            WayOut::EnterKey => self.open_dialog(Dialog::Key),
            WayOut::GoOnWithKey => self.go_on_with_key(now),
            WayOut::AskForCredit => self.go_on(&[Hold::Credit]),
            WayOut::GoOn if self.state.spends_again(now) => {}
            WayOut::GoOn => self.go_on(&[Hold::LastTime]),
            WayOut::DiscardHeld => self.discard_held(),
            WayOut::RebuildIndex => {
                if let Some(work) = &self.work {
                    work.rebuild_index(self.state.query());
                }
            }
            WayOut::ShowFiles => {
                if let (Some(studio), Some(work)) = (&self.studio, &self.work) {
                    work.reveal(studio.folders().library().to_path_buf());
                }
            }
            WayOut::ChooseLibrary => self.pick_library(now),
        }
    }

    fn open_page(&self, address: &str) {
        if let Some(work) = &self.work {
            work.open(address.to_owned());
        }
    }
}
