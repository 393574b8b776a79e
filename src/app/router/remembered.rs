//! What the person was at, of every feature: how it is kept, and how it comes back.

use crate::app::App;
use crate::app::photo::{Decided, Origin};
use crate::app::state::State;
use crate::app::window::{FormKept, Framed, Layout, MemberKept, Others, Outcome, WorkSession};
use crate::model::EngineId;
use crate::ui::view::UseOfSeed;

impl State {
    /// Everything as it was, but for the photo, which is read once everything runs.
    fn come_back(&mut self, session: &WorkSession) {
        if let Some(FormKept { recipe, last_run, preset, count, seed_is_locked, recent_seeds }) = session.form.clone() {
            self.recipe.form.recall(recipe, last_run, preset, count, seed_is_locked, recent_seeds);
        }
        self.gallery.recall(&session.chosen, session.form.is_some());
        self.photos.recall(session.recent.clone());
        if let Some((open, plan)) = session.sweep.clone() {
            self.sweep.recall(open, plan);
        }
        self.export.recall(session.export.clone());
    }

    /// Reads the photo that was in the well, or the sample when there was none.
    pub(super) fn bring_photo_back(&mut self) {
        if self.sweep.open {
            self.sweep.show(true);
        }
        let Self { photos, recipe, window, cx, .. } = self;
        let session = window.session();
        let several = session.into_iter().flat_map(|session| session.several.clone());
        let members: Vec<_> = several
            .filter_map(|member| Some((Origin::of_session(member.photo)?, Decided::from(member.framed))))
            .collect();
        if members.len() > 1 {
            let place = session.map_or(0, |session| session.place);
            return photos.bring_several_back(members, place, recipe.form.engine, cx);
        }
        let kept = session.and_then(|session| Some((session.photo.clone()?, session.framed.clone())));
        match kept {
            Some((photo, framed)) => photos.bring_back(photo, framed.into(), recipe.form.engine, cx),
            None => photos.load_sample(recipe.form.engine, cx),
        }
    }

    /// The session as it is now.
    fn session(&self) -> WorkSession {
        let form = &self.recipe.form;
        // As long as the photo is not there, what was kept of it stays.
        let before = self.window.session();
        let (photo, framed) = match (&self.photos.well().restoring, self.photos.well().kept()) {
            (None, Some(photo)) => (Some(photo), self.photos.well().decided().into()),
            _ if self.photos.well().is_forgotten => (None, Framed::default()),
            _ => before.map(|before| (before.photo.clone(), before.framed.clone())).unwrap_or_default(),
        };
        let (several, place) = self.photos.several_kept();
        let several =
            several.into_iter().map(|(photo, decided)| MemberKept { photo, framed: decided.into() }).collect();
        let in_sight = photo.as_ref().map(|photo| photo.sha256.clone());
        let mut recent = self.photos.recent().all().to_vec();
        // Who wants none to be remembered keeps the one that is in use.
        recent.retain(|photo| self.cx.settings.recent_photos || in_sight.as_ref() == Some(&photo.sha256));
        WorkSession {
            photo,
            framed,
            several,
            place,
            form: Some(FormKept {
                recipe: form.recipe.clone(),
                last_run: form.last_run.clone(),
                preset: form.preset.clone(),
                count: form.count,
                seed_is_locked: form.seed == UseOfSeed::Locked,
                recent_seeds: form.recent_seeds.clone(),
            }),
            chosen: self.gallery.kept(),
            sweep: Some(self.sweep.kept()),
            export: self.export.kept(),
            recent,
        }
    }

    /// Chooses an engine, also for the next start.
    pub(in crate::app) fn choose_engine(&mut self, engine: EngineId) {
        self.recipe.form.use_engine(engine);
        self.cx.settings.engine = engine;
        self.cx.keep_settings();
    }
}

impl App {
    /// The layout as it is now.
    fn layout(&self) -> Layout {
        let (sort, backgrounds) = self.state.gallery.arranged();
        Layout { shell: self.shell.remembered(), sort, backgrounds }
    }

    /// Keeps layout and session when they have changed.
    pub(super) fn remember(&mut self) {
        let (layout, session) = (self.layout(), self.state.session());
        let State { window, cx, .. } = &mut self.state;
        window.keep_layout(layout, cx);
        window.keep_session(session, cx);
    }

    /// Does what follows from what the window tells.
    pub(super) fn window_did(&mut self, outcome: Option<Outcome>) {
        match outcome {
            Some(Outcome::Arrange(layout)) => {
                self.shell.recall(&layout.shell);
                self.state.gallery.arrange(layout.sort, layout.backgrounds);
            }
            Some(Outcome::Recall(session)) => self.state.come_back(&session),
            Some(Outcome::Pause(paused)) => self.state.jobs.set_paused(paused),
            Some(Outcome::GiveUp) => self.state.jobs.give_up(),
            Some(Outcome::End) => self.end(),
            Some(Outcome::ForgetRecent) => self.state.photos.forget_all_recent(),
            Some(Outcome::OtherAddress) => self.state.key.look(&self.state.cx),
            None => {}
        }
    }

    /// What else ends with the window.
    fn others(&self) -> Option<Others> {
        Some(Others { desktop: self.state.cx.desktop()?.clone(), gallery: self.state.gallery.tasks()?.clone() })
    }

    /// Ends what is under way, in the background.
    fn end(&mut self) {
        let Some(others) = self.others().filter(|_| self.state.window.is_open()) else { return };
        self.state.photos.stop_looking();
        self.state.finishing.write_at_the_end();
        let (layout, session) = (self.layout(), self.state.session());
        self.state.window.end(others, layout, session);
    }

    /// The window goes without having been asked, such as at the end of the session.
    pub(in crate::app) fn end_at_once(&self) {
        let Some(others) = self.others().filter(|_| !self.state.window.has_ended()) else { return };
        self.state.finishing.write_at_the_end();
        self.state.window.end_at_once(&others, self.layout(), self.state.session());
    }
}
