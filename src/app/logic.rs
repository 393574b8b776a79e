//! What happens between frames: events come in, toasts go, pictures are read and put on the graphics card.

use std::sync::Arc;

use egui::Context;

use super::event::{Event, Listed};
use super::job_list::{JobList, JobsChange};
use super::work::Work;
use super::{App, pictures::PictureName};
use crate::model::EngineId;
use crate::ui::action::{Dialog, StickerId};
use crate::ui::view::{KeyCheckView, Remote};

impl App {
    /// Takes in everything that came back from the background.
    pub(super) fn drain(&mut self, ctx: &Context) {
        while let Ok(event) = self.events.try_recv() {
            self.take(ctx, event);
        }
        let jobs_changed = self.studio.as_ref().is_some_and(|studio| studio.jobs_changed());
        if let (true, Some(work)) = (jobs_changed, &self.work) {
            work.follow_jobs();
            self.list_uploads();
        }
        self.watch_closing(ctx);
        self.follow_run(ctx);
        self.keep_clocks_running(ctx);
        self.take_dropped_files(ctx);
        self.follow_framing();
        self.understand_words();
        self.follow_sweep();
        self.keep_cut_line();
        self.mind_slow_dialog(ctx);
        self.follow_settings();
        self.follow_finishing(ctx);
        self.follow_looks();
        self.follow_export(ctx);
        self.drop_old_toasts(ctx);
        self.read_pictures(ctx);
        self.keep_layout(ctx);
        self.keep_session(ctx);
        self.end_when_asked(ctx);
    }

    fn take(&mut self, ctx: &Context, event: Event) {
        let now = ctx.time();
        match event {
            Event::Opened(Ok(studio)) => {
                let work = Work::new(Arc::clone(&studio), self.notifier.clone());
                work.follow_jobs();
                work.begin_gallery(self.state.query());
                work.list_hosts();
                work.read_presets();
                self.state.settings = studio.settings().clone();
                self.state.form.engine = self.state.settings.engine;
                self.state.zone = studio.zone().clone();
                for note in studio.notes() {
                    self.state.complain(note.clone());
                }
                self.studio = Some(studio);
                self.apply_settings(ctx);
                self.work = Some(work);
                self.look_for_key();
                self.bring_photo_back();
                let brought = std::mem::take(&mut self.state.brought);
                self.take_brought(brought, now);
            }
            Event::Opened(Err(sentence)) => {
                self.state.jobs = Remote::Failed { previous: None, error: sentence.clone() };
                self.state.gallery.rows = Remote::Failed { previous: None, error: sentence.clone() };
                self.state.photo.loaded = Remote::NotAsked;
                self.state.broken = Some(sentence);
            }
            Event::Layout(layout, note) => self.recall(*layout, note),
            Event::PhotosBrought(photos) => self.take_brought(photos, now),
            Event::Session(session, note) => self.come_back(*session, note),
            Event::Ended => self.ended(ctx),
            Event::DialogEnded(answer) => self.dialog_ended(answer, now),
            Event::LibraryChosen(outcome) => self.library_chosen(outcome, now),
            Event::PhotoLoaded(number, loaded) => self.take_photo(number, loaded),
            Event::PhotoSeen(number, seen) => self.take_seen(number, *seen),
            Event::CutLine(subject, line) => self.state.cut_line.arrive(subject, line.as_deref()),
            Event::PhotoTurned(number, turned) => self.take_turned(number, turned),
            Event::Sent(key, outcome) => {
                let (facts, picture) = outcome.map_or((None, None), |(facts, picture)| (Some(facts), picture));
                if self.state.photo.sent.arrive(key, facts) {
                    self.state.pictures.arrive(PictureName::Sent, picture);
                }
            }
            Event::Recipe(recipe) => {
                self.state.photo.loaded = match std::mem::take(&mut self.state.photo.loaded) {
                    Remote::Loading { previous } => previous.map_or(Remote::NotAsked, Remote::Ready),
                    other => other,
                };
                self.recall_pasted(*recipe, "The sticker's settings are in the form now.", now);
            }
            Event::Submitted(outcome) => self.take_submitted(outcome),
            Event::Offered(ids, outcome) => self.take_offered(&ids, outcome),
            Event::RawAnswer(id, answer) => self.state.raw_answer = Some((id, answer)),
            Event::Jobs(change, spent) => {
                self.state.money = spent;
                self.take_jobs(change);
                if self.state.dialog == Some(Dialog::Ledger) {
                    self.open_ledger();
                }
            }
            Event::Ledger(Ok(entries)) => self.state.ledger = Remote::Ready(entries),
            Event::Ledger(Err(error)) => self.state.ledger = Remote::Failed { previous: None, error },
            Event::CopyTable(table) => {
                ctx.copy_text(table);
                self.state.tell("The ledger is on the clipboard.".to_owned(), None, now);
            }
            Event::Gallery(Ok(listed)) if listed.query != self.state.query() => {
                // Another question was asked while this was looked up, and what was asked before may have changed both.
                if let Some(work) = &self.work {
                    work.list_gallery(self.state.query());
                }
            }
            Event::Gallery(Ok(listed)) => self.take_listed(listed),
            Event::Gallery(Err(error)) => {
                let previous = self.state.gallery.rows.shown().cloned();
                self.state.gallery.rows = Remote::Failed { previous, error };
            }
            Event::BinEmptied(stickers) => self.bin_emptied(stickers, now),
            Event::SweepFound(found) => self.take_found(found),
            Event::Sweeps(kept) => self.state.sweep.kept = kept,
            Event::Presets(presets) => self.state.presets = Some(presets),
            Event::PresetsOfOthers(presets) => self.take_presets(presets, now),
            Event::PictureRead(name, image) => self.state.pictures.arrive(name, image),
            Event::PictureGone(name) => self.state.pictures.is_gone(name),
            Event::TakenIn(stickers) => {
                let told = match stickers {
                    1 => "1 sticker was found in the library's folder and is in the gallery now.".to_owned(),
                    _ => format!("{stickers} stickers were found in the library's folder and are in the gallery now."),
                };
                self.state.tell(told, None, now);
            }
            Event::Palette(colours) => self.use_palette(&colours),
            Event::Drafted(number, image, left_out) => self.state.draft.take(ctx, number, image, left_out),
            Event::LookDrawn(number, index, image) => self.state.looks.take(ctx, number, index, image),
            Event::Key(state) => {
                self.state.key = state;
                if self.state.dialog == Some(Dialog::Key) && self.state.key.has_key() {
                    self.state.key_check = Remote::NotAsked;
                }
                self.try_key_for_held();
            }
            Event::KeyFailed(sentence) => {
                self.state.key_was_entered = false;
                // Its dialog may be gone already.
                if self.state.dialog != Some(Dialog::Key) {
                    self.state.complain(sentence.clone());
                }
                self.state.key_check = Remote::Failed { previous: None, error: sentence };
            }
            Event::KeyChecked(Ok(check)) => {
                self.state.key_check = Remote::Ready(check);
                match check {
                    KeyCheckView::Known => self.take_known_key(now),
                    KeyCheckView::Unknown => self.state.goes_on_when_known = false,
                }
            }
            Event::KeyChecked(Err(error)) => {
                self.state.goes_on_when_known = false;
                self.state.key_check = Remote::Failed { previous: None, error };
            }
            Event::Saved(outcome) => self.saved(outcome, now),
            Event::Copied(stickers) => self.copied(stickers, now),
            Event::CopyPaths(paths) => self.copy_paths(ctx, &paths),
            Event::Copy(image) => {
                ctx.copy_image(image);
                self.state.tell("The sticker is on the clipboard.".to_owned(), None, now);
            }
            Event::Finishing(event) => self.take_finishing(ctx, *event),
            Event::Export(event) => self.take_export(ctx, *event),
            Event::Hosts(event) => self.take_hosts(*event, now),
            Event::Failed(sentence) => self.state.complain(sentence),
        }
    }

    /// The library has answered. What was made is shown if the person has touched nothing since they asked for it.
    fn take_listed(&mut self, listed: Listed) {
        self.state.pictures.look_again();
        let busy = self.state.hands.are_busy();
        let first = self.state.gallery.rows.shown().is_none();
        let before = self.state.gallery.list(listed, busy);
        if let Some(work) = &self.work {
            work.drop_elsewhere(before);
            if self.state.gallery.is_whole() && !std::mem::replace(&mut self.state.gallery.was_looked_through, true) {
                // After the first look, which need not wait for it.
                work.take_in_stickers(self.state.query());
            }
        }
        let selected = self.state.gallery.selected_row().is_some();
        let made = self.state.gallery.show_when_listed.take().filter(|_| !busy);
        if let Some(made) = made.and_then(|id| self.sticker_of_job(&id)) {
            self.state.gallery.select(made);
        } else if first && !selected && !std::mem::take(&mut self.state.gallery.starts_empty_handed) {
            self.state.gallery.step(true);
        }
        // What was brought back.
        let gallery = &mut self.state.gallery;
        if let Some(again) = gallery.show_again.filter(|id| gallery.row(*id).is_some()) {
            gallery.show_again = None;
            gallery.select(again);
        }
    }

    /// Jobs changed: a finished one brings a sticker into the gallery, and the last of them into the viewer.
    fn take_jobs(&mut self, change: JobsChange) {
        let first_look = self.state.jobs.shown().is_none();
        let mut jobs = match std::mem::take(&mut self.state.jobs) {
            Remote::Ready(jobs) | Remote::Loading { previous: Some(jobs) } => jobs,
            _ => JobList::default(),
        };
        let finished = jobs.take(change);
        self.state.jobs = Remote::Ready(jobs);
        self.read_answer_for_dialog();
        if !first_look && !finished.is_empty() {
            self.state.gallery.show_when_listed = finished.first().map(|row| row.id.clone());
            if let Some(work) = &self.work {
                work.list_gallery(self.state.query());
            }
        }
        self.sweep_is_stale();
    }

    /// Keeps up which words of the prompt the built-in engine understands.
    fn understand_words(&mut self) {
        let state = &mut self.state;
        let recipe = &state.form.recipe;
        let asked = (recipe.prompt.clone(), recipe.negative_prompt.clone(), state.form.engine);
        if state.words_of.as_ref() == Some(&asked) {
            return;
        }
        state.words = match state.form.engine {
            EngineId::Local => crate::studio::words(recipe),
            EngineId::Pixazo => Default::default(),
        };
        state.palette = crate::studio::palette_in(&recipe.prompt);
        state.draft.left_out.clear();
        state.words_of = Some(asked);
    }

    /// One frame a second while something is counted, at the full second of the clock on the wall; none when idle.
    fn keep_clocks_running(&self, ctx: &Context) {
        let (Some(studio), true) = (&self.studio, self.state.open_rows().any(|row| !row.rests())) else { return };
        let since = u64::from(studio.now().subsec_nanosecond().unsigned_abs());
        ctx.request_repaint_after(std::time::Duration::from_nanos(1_000_000_000 - since.min(999_000_000)));
    }

    fn drop_old_toasts(&mut self, ctx: &Context) {
        let now = ctx.time();
        if let Some(next) = self.state.drop_old_toasts(now) {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64((next - now).max(0.01)));
        }
    }

    /// Reads what is in sight and not there yet, and puts what arrived on the graphics card.
    fn read_pictures(&mut self, ctx: &Context) {
        let state = &mut self.state;
        let mut wanted = Vec::new();
        if let Some(row) = state.gallery.selected_row() {
            wanted.push(state.gallery.full(row));
        }
        if let Some(row) = state.gallery.selection.second().and_then(|id| state.gallery.row(id)) {
            wanted.push(state.gallery.full(row));
        }
        wanted.extend(super::sweep::pictures(state));
        wanted.extend(super::export::pictures(state));
        wanted.extend(state.gallery.wanted());
        wanted.extend(state.job_pictures.iter().cloned());
        wanted.extend(super::hosts::UploadList::wanted(state));
        wanted.extend(super::recent::pictures(state));
        let to_read = state.pictures.want(wanted);
        // These come by themselves, and stay for as long as the photo does.
        let (shown, asked) = (state.photo.number, state.photo.asked);
        state.pictures.keep([PictureName::Photo(shown), PictureName::Photo(asked), PictureName::Sent]);
        state.pictures.keep(state.several.pictures());
        if let Some(work) = &self.work {
            for name in to_read {
                work.read_picture(name);
            }
        }
        let elsewhere = self.kept_bytes();
        if self.state.pictures.upload(ctx, elsewhere) {
            ctx.request_repaint();
        }
    }

    /// Bytes of what is kept beside the pictures of [`Pictures`](super::pictures::Pictures).
    fn kept_bytes(&self) -> usize {
        let photo = self.state.photo.loaded.shown().map_or(0, |photo| photo.bytes());
        photo + self.state.draft.bytes() + self.studio.as_ref().map_or(0, |studio| studio.kept_bytes())
    }

    /// The sticker of a job, when the gallery has it.
    pub(super) fn sticker_of_job(&self, id: &crate::model::JobId) -> Option<StickerId> {
        self.state.gallery.of_job(id)
    }
}
