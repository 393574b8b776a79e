//! Carries out what a person asked for.

use std::path::PathBuf;

use egui::Context;

use super::App;
use super::asking::{Asked, photo_source};
use super::recipe::MOST_AT_ONCE;
use super::sentence::sentence;
use super::state::State;
use super::toasts::ToastAnswer;
use super::undo::{Before, Did, Kind};
use super::{export, finishing, gallery, hosts, jobs, photo, presets, sweep};
use crate::jobs::Hold;
use crate::library::Mark;
use crate::model::engine::{PIXAZO_CREDIT_URL, PIXAZO_KEYS_URL};
use crate::model::settings_text::{self, Pasted, SettingsTextError};
use crate::model::{EngineId, JobId, Recipe};
use crate::photo::PhotoSource;
use crate::ui::action::{
    Action, Command, Dialog, ExportAction, HostAction, JobOffer, PresetAction, StickerId, SweepAction, WayOut,
};

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
            Action::PasteImage(image) => {
                let State { photos, recipe, cx, .. } = &mut self.state;
                photos.load_pasted(image, recipe.form.engine, cx);
            }
            Action::PasteText(text) => self.paste(text.trim()),
            Action::ShowPhoto(place) => self.state.photos.show(place, self.state.photo_use(), &mut self.state.cx),
            Action::RemovePhoto(place) => {
                let outcome = self.state.photos.remove(place, self.state.photo_use(), &mut self.state.cx);
                self.photos_did(outcome);
            }
            Action::UsePhotoAnyway => self.state.photos.use_anyway(self.state.photo_use()),
            Action::ChooseFace(face) => self.state.photos.choose_face(face),
            Action::SetCrop(crop) => self.state.photos.set_crop(crop),
            Action::SetRatio(ratio) => self.state.photos.set_ratio(ratio),
            Action::SetPadding(color) => self.state.photos.set_padding(color),
            Action::TurnPhoto(quarter_turns) => self.state.photos.turn(quarter_turns),
            Action::EndCrop { keep } => self.state.photos.end_crop(keep),
            Action::SetParameter(parameter, value) => {
                // A value that does not fit is shown as such by its field, and changes nothing.
                drop(self.state.recipe.form.set(parameter, &value, now));
            }
            Action::ForgetPalette => self.state.recipe.use_palette(&[]),
            Action::SetSize(width, height) => self.state.recipe.form.set_size(width, height),
            Action::ResetParameter(parameter) => self.state.recipe.form.reset(parameter),
            Action::Revert(parameters) => self.state.recipe.form.revert(&parameters),
            Action::ResetGroup(group) => self.state.recipe.form.reset_group(group),
            Action::SetSeedLocked(locked) => self.state.recipe.form.lock_seed(locked),
            Action::Finish(action) => {
                let State { finishing, gallery, cx, .. } = &mut self.state;
                let outcomes = finishing.act(action, || gallery.chosen(), cx);
                self.is_finished(outcomes);
            }
            Action::Sweep(action) => self.sweep(action, now),
            Action::Export(action) => self.export(action, now),
            Action::SetCount(count) => self.state.recipe.form.count = count.clamp(1, MOST_AT_ONCE),
            Action::UsePreset(name) => {
                if let Some(recipe) = self.state.presets.applied(&name, &self.state.recipe.form.recipe) {
                    self.state.recipe.form.use_preset(&name, recipe);
                }
            }
            Action::Preset(action) => self.preset(action, now),
            Action::ChooseEngine(engine) => self.choose_engine(engine),
            Action::RunOn(id, command) => {
                let outcome = self.state.gallery.run_on(id, command, &mut self.state.cx);
                self.gallery_did(outcome, now);
            }
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
            Action::Rename(name) => {
                let outcome = self.state.gallery.rename_as(&name, &mut self.state.cx);
                self.gallery_did(outcome, now);
            }
            Action::EmptyBin => {
                let outcome = self.state.gallery.empty_bin(&mut self.state.cx);
                self.gallery_did(outcome, now);
            }
            Action::UseRecent(id) => {
                let State { photos, recipe, cx, .. } = &mut self.state;
                photos.use_recent(&id, recipe.form.engine, cx);
            }
            Action::ForgetRecent(id) => self.state.photos.forget_recent(&id),
            Action::ForgetAllRecent => self.state.photos.forget_all_recent(),
            Action::SetStar(id, on) => self.mark(id, if on { Mark::Star } else { Mark::Plain }, now),
            Action::SetReject(id, on) => self.mark(id, if on { Mark::Reject } else { Mark::Plain }, now),
            Action::ShowBackgrounds(on) => self.state.gallery.backgrounds = on,
            Action::Search(words) => {
                self.state.gallery.search = words;
                self.state.gallery.ask(&self.state.cx);
            }
            Action::ShowStarredOnly(on) => {
                self.state.gallery.starred_only = on;
                self.state.gallery.ask(&self.state.cx);
            }
            Action::Sort(sort) => {
                self.state.gallery.sort = sort;
                self.state.gallery.ask(&self.state.cx);
            }
            Action::GalleryShows(first, behind) => self.state.gallery.in_sight = (first, behind),
            Action::TakeSetting(id, parameter) => {
                let Some(value) = self.state.gallery.row(id).map(|row| row.info.recipe.get(parameter)) else { return };
                self.state.recipe.form.take(parameter, &value);
            }
            Action::TakeSettings(id) => {
                let Some(recipe) = self.state.gallery.row(id).map(|row| row.info.recipe.clone()) else { return };
                self.state.recipe.form.replace(recipe);
            }
            Action::Job(id, offer) => self.with_jobs(vec![id], offer),
            Action::Jobs(ids, offer) => self.with_jobs(ids, offer),
            Action::Move(ids, place) => self.state.jobs.reorder(ids, &place),
            Action::SpendAnyway => self.state.jobs.spend_anyway(&mut self.state.cx),
            Action::AcceptNotice => self.accept_notice(now),
            Action::StayOpen => self.stay_open(),
            Action::CloseUnsure => self.close_unsure(),
            Action::CopyLedger => self.state.money.copy(),
            Action::SaveLedger => self.save_ledger(now),
            Action::ShowResult(id) => {
                if let Some(sticker) = self.state.gallery.of_job(&id) {
                    self.state.gallery.select(sticker);
                    self.show_chosen();
                }
            }
            Action::RevealResult(id) => {
                if let Some(path) = self.state.jobs.get(&id).and_then(|row| row.path.clone()) {
                    self.state.cx.reveal(path.into());
                }
            }
            Action::CopyText(text) => ctx.copy_text(text),
            Action::Key(action) => self.state.key.act(action, &self.state.cx),
            Action::Host(action) => self.host(action, now),
            Action::OpenPage(page) => self.state.cx.open(&page),
            Action::SetPreference(preference) => self.prefer(ctx, &preference),
            Action::Open(dialog) => self.open_dialog(dialog),
            Action::LooksInSight(in_sight) => self.state.recipe.see_looks(in_sight),
            Action::ToggleLook(word) => self.state.recipe.toggle_look(word),
            Action::ListExpressions(typed) => self.state.recipe.list_expressions(typed),
            Action::ToggleExpression(word) => self.state.recipe.toggle_expression(word),
            Action::MakeExpressions => self.make_expressions(now),
            Action::CloseDialog => {
                self.state.cx.dialog = None;
                self.state.recipe.want_expressions(false);
                self.state.jobs.forget_question();
            }
            Action::AnswerToast(id) => self.answer_toast(id),
            Action::CloseToast(id) => drop(self.state.cx.toasts.close(id)),
            Action::HoldToast(id) => self.state.cx.toasts.hold(id, now),
            Action::CloseHint => self.state.hint_closed = true,
            Action::Take(way) => self.take_way_out(ctx, way),
        }
    }

    /// Does something with presets, and to the form and the history what follows from that.
    fn preset(&mut self, action: PresetAction, now: f64) {
        let State { presets, recipe, cx, .. } = &mut self.state;
        match presets.act(action, &recipe.form.recipe, cx) {
            Some(presets::Outcome::Saved(name)) => recipe.form.preset = name,
            Some(presets::Outcome::Renamed { from, to }) => recipe.form.rename_preset(&from, &to),
            Some(presets::Outcome::Deleted { place, preset }) => self.did(Did::PresetDeleted { place, preset }),
            Some(presets::Outcome::Import) => self.ask_for_file(Asked::PresetsOfOthers, now),
            Some(presets::Outcome::Export(presets)) => self.ask_for_file(Asked::PresetsForOthers(presets), now),
            None => {}
        }
    }

    /// Does something about hosts, and what follows from that.
    pub(super) fn host(&mut self, action: HostAction, now: f64) {
        let State { hosts, photos, cx, .. } = &mut self.state;
        let picked = photos.well().settled().map(|photo| photo.picked.sha256.as_str());
        match hosts.act(action, picked, cx) {
            Some(hosts::Outcome::PickUploader(keep)) => self.pick_uploader(keep, now),
            Some(hosts::Outcome::Forgets(sha256)) => self.state.photos.forget_copy(&sha256),
            Some(hosts::Outcome::Agreed) => self.go_on_with_run(now),
            None => {}
        }
    }

    /// Does what follows from another recipe of stickers.
    pub(super) fn is_finished(&mut self, outcomes: impl IntoIterator<Item = finishing::Outcome>) {
        for outcome in outcomes {
            match outcome {
                finishing::Outcome::Saved(path) => {
                    self.state.cx.pictures.read_again(&path);
                    self.state.export.is_stale(self.state.cx.now());
                }
                finishing::Outcome::Changed { changed, goes_on } => {
                    if !(goes_on && self.state.history.continues_finish(&changed)) {
                        self.did(Did::Finish(changed));
                    }
                }
            }
        }
    }

    /// Opens the export with the chosen stickers, or goes back.
    pub(super) fn toggle_export(&mut self) {
        let State { export, gallery, sweep, cx, .. } = &mut self.state;
        if export.open {
            export.close();
        } else if export.open_with(&gallery.chosen(), cx) {
            sweep.open = false;
        }
    }

    /// Opens the export with the stickers that these jobs made.
    fn export_results(&mut self, jobs: &[JobId]) {
        let mut made: Vec<StickerId> = jobs.iter().filter_map(|id| self.state.gallery.of_job(id)).collect();
        made.sort_unstable();
        if made.is_empty() || self.state.export.open {
            return;
        }
        self.state.gallery.selection.these(made);
        self.toggle_export();
        // In the order in which they were asked for.
        self.state.export.sort();
    }

    /// Does something about the export, and what follows from that.
    fn export(&mut self, action: ExportAction, now: f64) {
        match self.state.export.act(action, &mut self.state.cx) {
            Some(export::Outcome::Changed { before, after, typed }) => {
                if !(typed && self.state.history.continues_pack(&after, now)) {
                    self.did(Did::Pack { before, after });
                }
            }
            Some(export::Outcome::WantsFolder(wanted)) => self.ask_for_file(Asked::Packs(wanted), now),
            Some(export::Outcome::WantsFile(list)) => self.ask_for_file(Asked::Pack(list), now),
            Some(export::Outcome::Mends(id, path, mend)) => {
                self.state.finishing.change_elsewhere(id, path, move |finish| export::mend(finish, mend));
            }
            None => {}
        }
    }

    /// Opens the sweep in place of everything under the top bar, or goes back.
    pub(super) fn toggle_sweep(&mut self) {
        let State { export, sweep, .. } = &mut self.state;
        let exports = export.open;
        if exports {
            export.close();
        }
        sweep.show(!sweep.open || exports);
    }

    /// Does something about the sweep, and what follows from that.
    fn sweep(&mut self, action: SweepAction, now: f64) {
        let State { sweep, recipe, cx, .. } = &mut self.state;
        match sweep.act(action, recipe.form.engine, cx) {
            Some(sweep::Outcome::Run) => self.run_sweep(now),
            Some(sweep::Outcome::Stop(jobs)) => {
                self.state.jobs.stop(jobs, &mut self.state.cx);
            }
            Some(sweep::Outcome::SaveGrid(sheet, name)) => self.ask_for_file(Asked::Grid(sheet, name), now),
            Some(sweep::Outcome::SaveImages(images)) => self.ask_for_file(Asked::Images(images), now),
            Some(sweep::Outcome::Show(id)) => {
                self.state.gallery.select(id);
                self.state.recipe.draft.hide();
            }
            None => {}
        }
    }

    /// Does something with jobs, and to the form what follows from that.
    fn with_jobs(&mut self, ids: Vec<JobId>, offer: JobOffer) {
        if let Some(jobs::Outcome::UseSettings(recipe)) = self.state.jobs.act(ids, offer, &mut self.state.cx) {
            self.state.recipe.form.replace(*recipe);
        }
    }

    /// Begins to read another photo.
    pub(super) fn load_photo(&mut self, source: PhotoSource) {
        let State { photos, recipe, cx, .. } = &mut self.state;
        photos.load(source, recipe.form.engine, cx);
    }

    /// Takes several photos in place of what is there.
    fn take_photos(&mut self, sources: Vec<PhotoSource>) {
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
                        self.state.gallery.selection.clear();
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
    pub(super) fn recall_pasted(&mut self, pasted: Pasted, told: &str) {
        let remark = pasted.remark(self.state.recipe.form.engine);
        let told = remark.map_or_else(|| told.to_owned(), |remark| format!("{told} {remark}"));
        self.recall_settings(pasted.recipe, &told);
    }

    /// Takes settings over that came from elsewhere, and offers the earlier ones again.
    pub(super) fn recall_settings(&mut self, recipe: Recipe, told: &str) {
        let before = self.state.recipe.form.recipe.clone();
        self.state.recipe.form.replace(recipe);
        let changed = self.state.recipe.form.recipe != before;
        let undo = changed.then(|| ("Undo".to_owned(), ToastAnswer::BackTo(Box::new(before))));
        let told = if changed { told } else { "The form has these settings already." };
        self.state.cx.tell(told.to_owned(), undo);
    }

    /// What was chosen is what the viewer shows, in place of a draft or of the crop.
    fn show_chosen(&mut self) {
        self.state.recipe.draft.hide();
        self.state.photos.end_crop(true);
    }

    fn mark(&mut self, id: StickerId, mark: Mark, now: f64) {
        let outcome = self.state.gallery.mark_one(id, mark, &self.state.cx);
        self.gallery_did(outcome, now);
    }

    /// Carries out a command about the chosen stickers, unless something else is on the screen; false when it is none.
    pub(super) fn with_stickers(&mut self, command: Command, now: f64) -> bool {
        if !command.is_about_stickers() || (command == Command::UseSettings && self.state.sweep.open) {
            return false;
        }
        match self.state.is_behind() {
            _ if self.state.gallery.chosen().is_empty() => {}
            Some(why) => self.state.cx.tell(why.to_owned(), None),
            None => {
                let outcome = self.state.gallery.run(command, None, &mut self.state.cx);
                self.gallery_did(outcome, now);
            }
        }
        true
    }

    /// Does what follows from what was done with stickers.
    fn gallery_did(&mut self, outcome: Option<gallery::Outcome>, now: f64) {
        match outcome {
            Some(gallery::Outcome::Marked(marks)) => self.did(Did::Marks(marks)),
            Some(gallery::Outcome::Named(names)) => self.did(Did::Names(names)),
            Some(gallery::Outcome::Binned { ids, into }) => self.did(Did::Bin { ids, into }),
            Some(gallery::Outcome::EmptiesBin) => self.state.history.forget_all_bins(),
            Some(gallery::Outcome::UseSeed(seed)) => {
                self.set_seed(seed, now);
                self.state.recipe.form.lock_seed(true);
            }
            Some(gallery::Outcome::UseSettings(recipe)) => self.state.recipe.form.replace(*recipe),
            Some(gallery::Outcome::SaveCopy(row, options)) => self.ask_for_file(Asked::Copy(row, options), now),
            Some(gallery::Outcome::SaveImages(images)) => self.ask_for_file(Asked::Images(images), now),
            None => {}
        }
    }

    pub(super) fn open_dialog(&mut self, dialog: Dialog) {
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
        let Some((_, answer)) = toast.answer.filter(|_| self.work.is_some()) else { return };
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
            ToastAnswer::TypePath => self.type_in_place_of_dialog(),
        }
    }

    fn take_way_out(&mut self, ctx: &Context, way: WayOut) {
        let now = ctx.time();
        match way {
            WayOut::UseThisComputer => self.choose_engine(EngineId::Local),
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
            WayOut::ChooseLibrary => self.pick_library(now),
        }
    }
}
