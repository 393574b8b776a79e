//! What follows from what a feature was asked, for the others.

use super::undo::Did;
use crate::app::App;
use crate::app::files::FileRequest;
use crate::app::state::State;
use crate::app::{export, finishing, gallery, hosts, presets, sweep};
use crate::model::JobId;
use crate::ui::action::{Command, ExportAction, HostAction, Preference, PresetAction, StickerId, SweepAction};

impl App {
    /// Changes a preference.
    pub(super) fn prefer(&mut self, preference: &Preference) {
        let outcome = self.state.cx.prefer(preference);
        self.window_did(outcome);
    }

    /// Does something with presets, and to the form and the history what follows from that.
    pub(super) fn preset(&mut self, action: PresetAction) {
        let State { presets, recipe, cx, .. } = &mut self.state;
        match presets.act(action, &recipe.form.recipe, cx) {
            Some(presets::Outcome::Applied(name, settings)) => recipe.form.use_preset(&name, *settings),
            Some(presets::Outcome::Saved(name)) => recipe.form.name_preset(name),
            Some(presets::Outcome::Renamed { from, to }) => recipe.form.rename_preset(&from, &to),
            Some(presets::Outcome::Deleted { place, preset }) => self.did(Did::PresetDeleted { place, preset }),
            Some(presets::Outcome::Import) => self.ask_for_file(FileRequest::PresetsOfOthers),
            Some(presets::Outcome::Export(presets)) => self.ask_for_file(FileRequest::PresetsForOthers(presets)),
            None => {}
        }
    }

    /// Does something about hosts, and what follows from that.
    pub(super) fn host(&mut self, action: HostAction) {
        let State { hosts, photos, .. } = &mut self.state;
        let picked = photos.well().settled().map(|photo| photo.picked.sha256.as_str());
        let outcome = hosts.act(action, picked);
        self.hosts_did(outcome);
    }

    /// Does what follows from what was done about hosts.
    pub(super) fn hosts_did(&mut self, outcome: Option<hosts::Outcome>) {
        match outcome {
            Some(hosts::Outcome::PickUploader(keep)) => self.ask_for_file(FileRequest::Uploader(keep)),
            Some(hosts::Outcome::Forgets(sha256)) => self.state.photos.forget_copy(&sha256),
            Some(hosts::Outcome::Agreed) => self.go_on_with_run(),
            None => {}
        }
    }

    /// Does something about the export, and what follows from that.
    pub(super) fn export(&mut self, action: ExportAction) {
        match self.state.export.act(action, &mut self.state.cx) {
            Some(export::Outcome::Changed { after, typed: true, .. })
                if self.state.history.continues_pack(&after, self.state.cx.now()) => {}
            Some(export::Outcome::Changed { before, after, .. }) => self.did(Did::Pack { before, after }),
            Some(export::Outcome::WantsFolder(wanted)) => self.ask_for_file(FileRequest::Packs(wanted)),
            Some(export::Outcome::WantsFile(list)) => self.ask_for_file(FileRequest::Pack(list)),
            Some(export::Outcome::Mends(id, path, mend)) => {
                self.state.finishing.change_elsewhere(id, path, move |finish| export::mend(finish, mend));
            }
            None => {}
        }
    }

    /// Opens the export with the chosen stickers, or goes back.
    pub(super) fn toggle_export(&mut self) {
        let State { export, gallery, sweep, cx, .. } = &mut self.state;
        if export.open {
            export.close();
        } else if export.open_with(&gallery.chosen(), cx) {
            sweep.close();
        }
    }

    /// Opens the export with the stickers that these jobs made.
    pub(super) fn export_results(&mut self, jobs: &[JobId]) {
        let mut made: Vec<StickerId> = jobs.iter().filter_map(|id| self.state.gallery.of_job(id)).collect();
        made.sort_unstable();
        if made.is_empty() || self.state.export.open {
            return;
        }
        self.state.gallery.choose_alone(made);
        self.toggle_export();
        // In the order in which they were asked for.
        self.state.export.sort();
    }

    /// Opens the sweep in place of everything under the top bar, or goes back.
    pub(in crate::app) fn toggle_sweep(&mut self) {
        let State { export, sweep, .. } = &mut self.state;
        let exports = export.open;
        if exports {
            export.close();
        }
        sweep.show(!sweep.open || exports);
    }

    /// Does something about the sweep, and what follows from that.
    pub(super) fn sweep(&mut self, action: SweepAction) {
        let State { sweep, recipe, cx, .. } = &mut self.state;
        match sweep.act(action, recipe.form.engine, cx) {
            Some(sweep::Outcome::Run) => self.run_sweep(),
            Some(sweep::Outcome::Stop(jobs)) => {
                self.state.jobs.stop(jobs, &mut self.state.cx);
            }
            Some(sweep::Outcome::SaveGrid(sheet, name)) => self.ask_for_file(FileRequest::Grid(sheet, name)),
            Some(sweep::Outcome::SaveImages(images)) => self.ask_for_file(FileRequest::Images(images)),
            Some(sweep::Outcome::Show(id)) => {
                self.state.gallery.select(id);
                self.state.recipe.draft.hide();
            }
            None => {}
        }
    }

    /// Sets the form to the settings of a job.
    pub(super) fn use_settings_of(&mut self, id: &JobId) {
        if let Some(recipe) = self.state.jobs.settings_of(id, &mut self.state.cx) {
            self.state.recipe.form.replace(recipe);
        }
    }

    /// Carries out a command about the chosen stickers, unless something else is on the screen; false when it is none.
    pub(super) fn with_stickers(&mut self, command: Command) -> bool {
        if !command.is_about_stickers() || (command == Command::UseSettings && self.state.sweep.open) {
            return false;
        }
        match self.state.is_behind() {
            _ if self.state.gallery.chosen().is_empty() => {}
            Some(why) => self.state.cx.tell(why.to_owned(), None),
            None => {
                let outcome = self.state.gallery.run(command, None, &mut self.state.cx);
                self.gallery_did(outcome);
            }
        }
        true
    }

    /// Does what follows from what was done with stickers.
    pub(super) fn gallery_did(&mut self, outcome: Option<gallery::Outcome>) {
        match outcome {
            Some(gallery::Outcome::Chosen) => self.show_chosen(),
            Some(gallery::Outcome::Marked(marks)) => self.did(Did::Marks(marks)),
            Some(gallery::Outcome::Named(names)) => self.did(Did::Names(names)),
            Some(gallery::Outcome::Binned { ids, into }) => self.did(Did::Bin { ids, into }),
            Some(gallery::Outcome::EmptiesBin) => self.state.history.forget_all_bins(),
            Some(gallery::Outcome::UseSeed(seed)) => {
                self.set_seed(seed);
                self.state.recipe.form.lock_seed(true);
            }
            Some(gallery::Outcome::UseSettings(recipe)) => self.state.recipe.form.replace(*recipe),
            Some(gallery::Outcome::SaveCopy(row, options)) => self.ask_for_file(FileRequest::Copy(row, options)),
            Some(gallery::Outcome::SaveImages(images)) => self.ask_for_file(FileRequest::Images(images)),
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
}
