//! What happens between frames: events come in, toasts go, pictures are read and put on the graphics card.

use std::sync::Arc;

use egui::Context;

use crate::app::App;
use crate::app::event::{Event, Workers};
use crate::app::jobs::KEY;
use crate::app::state::State;
use crate::app::worker::Report;
use crate::app::{jobs, key};
use crate::model::ledger::Spent;
use crate::model::{JobAction, JobId};
use crate::studio::is_palette;

impl App {
    /// Takes in everything that came back from the background.
    pub(in crate::app) fn drain(&mut self, ctx: &Context) {
        while let Ok(event) = self.events.try_recv() {
            self.take(event);
        }
        let jobs_changed = self.studio.as_ref().is_some_and(|studio| studio.jobs_changed());
        if jobs_changed {
            self.state.jobs.have_changed();
            self.state.hosts.list_uploads(&self.state.cx);
        }
        let State { window, jobs, cx, .. } = &mut self.state;
        let outcome = window.watch_closing(jobs.unanswered().0, jobs.is_paused(), cx);
        self.window_did(outcome);
        self.state.jobs.follow_run(&mut self.state.cx);
        self.keep_clocks_running(ctx);
        self.take_dropped_files(ctx);
        self.state.photos.follow_framing(self.state.photo_use());
        self.state.recipe.understand_words();
        self.follow_sweep();
        self.state.photos.keep_cut_line(self.state.photo_use(), self.state.selected().is_none());
        self.state.files.mind_slow_dialog(&mut self.state.cx);
        let State { recipe, photos, gallery, .. } = &mut self.state;
        recipe.follow_settings(photos.well(), gallery.selected());
        let State { finishing, gallery, cx, .. } = &mut self.state;
        let outcome = finishing.follow(gallery.selected_row(), gallery.shows_backgrounds(), cx);
        self.is_finished(outcome);
        self.state.recipe.follow_looks(self.state.photos.well());
        self.state.export.follow(&self.state.cx);
        self.drop_old_toasts(ctx);
        self.read_pictures(ctx);
        self.remember();
        let outcome = self.state.window.end_when_asked(&self.state.cx);
        self.window_did(outcome);
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Opened(Ok(studio)) => {
                let workers = Workers::new(Arc::clone(&studio), self.notifier.clone());
                self.state.window.start(workers.of(Event::Window));
                self.state.cx.pictures.start(workers.of(Event::Picture));
                self.state.cx.start(workers.of(|never| match never {}));
                self.state.recipe.form.use_engine(self.state.cx.settings.engine);
                self.studio = Some(studio);
                self.state.cx.apply_settings();
                self.state.presets.start(workers.of(Event::Presets));
                self.state.money.start(workers.of(Event::Money));
                self.state.hosts.start(workers.of(Event::Hosts));
                self.state.finishing.start(workers.of(Event::Finishing));
                self.state.export.start(workers.of(Event::Export));
                self.state.sweep.start(workers.of(Event::Sweep));
                self.state.jobs.start(workers.of(Event::Jobs));
                self.state.gallery.start(workers.of(Event::Gallery), &self.state.cx);
                self.state.key.start(workers.of(Event::Key), &self.state.cx);
                self.state.files.start(workers.of(Event::Files));
                self.state.recipe.start(workers.of(Event::Recipe));
                self.state.photos.start(workers.of(Event::Photo));
                self.state.bring_photo_back();
                let brought = self.state.photos.waiting();
                self.take_brought(brought);
            }
            Event::Opened(Err(sentence)) => {
                self.state.jobs.fail(sentence.clone());
                self.state.gallery.fail(sentence.clone());
                self.state.photos.fail();
                self.state.window.fail(sentence);
            }
            Event::Window(event) => {
                let outcome = self.state.window.update(event, &mut self.state.cx);
                self.window_did(outcome);
            }
            Event::PhotosBrought(photos) => self.take_brought(photos),
            Event::Files(event) => {
                let outcome = self.state.files.update(event, &mut self.state.cx);
                self.files_did(outcome);
            }
            Event::Photo(event) => {
                let used = self.state.photo_use();
                let outcomes = self.state.photos.update(event, used, &mut self.state.cx);
                self.photos_did(outcomes);
            }
            Event::Jobs(event) => {
                let outcome = self.state.jobs.update(event, &mut self.state.cx);
                if let Some(jobs::Outcome::Changed { finished, spent }) = outcome {
                    self.jobs_have_changed(finished, *spent);
                }
            }
            Event::Money(event) => self.state.money.update(event, &mut self.state.cx),
            Event::Gallery(event) => self.state.gallery.update(event, &mut self.state.cx),
            Event::Sweep(event) => self.state.sweep.update(event, &mut self.state.cx),
            Event::Presets(event) => self.state.presets.update(event, &mut self.state.cx),
            Event::Picture(event) => self.state.cx.pictures.update(event),
            Event::Recipe(event) => self.state.recipe.update(event, &self.state.cx),
            Event::Key(event) => match self.state.key.update(event, &mut self.state.cx) {
                Some(key::Outcome::Entered) if !self.state.jobs.held_for(KEY, JobAction::GoOn).is_empty() => {
                    self.state.key.check_for_held(&self.state.cx);
                }
                Some(key::Outcome::Known) => self.state.jobs.go_on_with_key(&mut self.state.cx),
                Some(key::Outcome::Entered) | None => {}
            },
            Event::Report(Report::Saved(outcome)) => self.state.files.saved(outcome, &mut self.state.cx),
            Event::Finishing(event) => {
                let outcome = self.state.finishing.update(event, &mut self.state.cx);
                self.is_finished(outcome);
            }
            Event::Export(event) => self.state.export.update(event, &self.state.cx),
            Event::Hosts(event) => {
                let outcome = self.state.hosts.update(event, &mut self.state.cx);
                self.hosts_did(outcome);
            }
            Event::Report(Report::Failed(sentence)) => self.state.cx.complain(sentence),
        }
    }

    /// Files that were dropped on the window: several photos, or one file of any kind.
    fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped = |input: &egui::InputState| -> Vec<_> {
            input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect()
        };
        let mut dropped = ctx.input(dropped);
        if dropped.len() > 1 && self.studio.is_some() {
            return self.take_photo_files(dropped);
        }
        let Some(path) = dropped.pop() else { return };
        match &self.studio {
            Some(_) if is_palette(&path) => self.state.recipe.read_palette(path),
            Some(_) => {
                let State { photos, recipe, cx, .. } = &mut self.state;
                photos.take_dropped(path, recipe.form.engine, cx);
            }
            None => {}
        }
    }

    /// Keeps the sweep up with the recipe, the photo, the library and the jobs.
    fn follow_sweep(&mut self) {
        if !self.state.sweep.open {
            return;
        }
        let sent = self.state.sweep_question().zip(self.state.to_send());
        let State { recipe, sweep, jobs, cx, .. } = &mut self.state;
        sweep.follow(&recipe.form.recipe, recipe.form.engine, jobs.list(), sent, cx);
    }

    /// Jobs changed: a finished one brings a sticker into the gallery, and the last of them into the viewer.
    fn jobs_have_changed(&mut self, finished: Option<JobId>, spent: Spent) {
        if let Some(finished) = finished {
            self.state.gallery.expect(finished, &self.state.cx);
        }
        self.state.sweep.is_stale();
        self.state.money.is_spent(spent, &self.state.cx);
    }

    /// One frame a second while something is counted, at the full second of the clock on the wall; none when idle.
    fn keep_clocks_running(&self, ctx: &Context) {
        let (Some(studio), true) = (&self.studio, self.state.jobs.open().any(|row| !row.rests())) else { return };
        let since = u64::from(studio.now().subsec_nanosecond().unsigned_abs());
        ctx.request_repaint_after(std::time::Duration::from_nanos(1_000_000_000 - since.min(999_000_000)));
    }

    fn drop_old_toasts(&mut self, ctx: &Context) {
        let now = ctx.time();
        if let Some(next) = self.state.cx.toasts.drop_old(now) {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64((next - now).max(0.01)));
        }
    }

    /// Reads what is in sight and not there yet, and puts what arrived on the graphics card.
    fn read_pictures(&mut self, ctx: &Context) {
        let state = &mut self.state;
        let (mut wanted, in_sight) = state.gallery.pictures();
        wanted.extend(state.sweep.pictures(&state.gallery));
        wanted.extend(state.export.pictures());
        wanted.extend(in_sight);
        wanted.extend(state.jobs.pictures());
        wanted.extend(state.hosts.pictures(&state.cx));
        wanted.extend(state.photos.recent_pictures(&state.cx));
        let to_read = state.cx.pictures.want(wanted);
        state.cx.pictures.keep(state.photos.kept_pictures());
        state.cx.pictures.read(to_read);
        let elsewhere = self.kept_bytes();
        if self.state.cx.pictures.upload(ctx, elsewhere) {
            ctx.request_repaint();
        }
    }

    /// Bytes of what is kept beside the pictures of [`Pictures`](super::pictures::Pictures).
    fn kept_bytes(&self) -> usize {
        let photo = self.state.photos.well().loaded.shown().map_or(0, |photo| photo.bytes());
        photo + self.state.recipe.draft.bytes() + self.studio.as_ref().map_or(0, |studio| studio.kept_bytes())
    }
}
