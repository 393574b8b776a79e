//! What the person was at: photo, settings, what was chosen. It comes back after a close and after a crash.

use std::time::Duration;

use egui::Context;
use serde::{Deserialize, Serialize};

use super::App;
use super::event::Event;
use super::export::ExportKept;
use super::photo::{Decided, KeptPhoto, Origin, tidy};
use super::sentence::sentence;
use super::state::State;
use super::work::Work;
use crate::model::sweep::Sweep;
use crate::model::{Framing, Recipe};
use crate::platform::Folders;
use crate::settings::{Loaded, load_remembered, save_remembered};
use crate::studio::{Studio, set_aside_note};
use crate::ui::action::StickerId;
use crate::ui::view::UseOfSeed;

/// Seconds between two writes, so that typing is not one write a letter.
const PAUSE: f64 = 1.0;

/// So many chosen stickers come back.
const MOST_CHOSEN: usize = 64;

/// What comes back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WorkSession {
    /// The photo in the well.
    photo: Option<KeptPhoto>,
    /// How it is framed.
    framed: Framed,
    /// The settings, once there are any.
    form: Option<FormKept>,
    /// The chosen stickers, the one in the viewer first.
    chosen: Vec<i64>,
    /// Is the sweep open, and its plan.
    sweep: Option<(bool, Sweep)>,
    /// How packs were exported last.
    export: ExportKept,
    /// The photos that were brought together, when there are several.
    several: Vec<MemberKept>,
    /// The place of the one of them that is in the well.
    place: usize,
    /// Photos that were used lately, the newest first.
    recent: Vec<KeptPhoto>,
}

/// One of several photos. Without a sum nobody has looked at it yet, so that there is no copy of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct MemberKept {
    photo: KeptPhoto,
    #[serde(default)]
    framed: Framed,
}

/// The form as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct FormKept {
    recipe: Recipe,
    last_run: Option<Recipe>,
    preset: String,
    count: u32,
    seed_is_locked: bool,
    recent_seeds: Vec<u32>,
}

/// How a photo is framed, as it is kept; what was accepted is asked again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Framed {
    face: usize,
    face_chosen: bool,
    framing: Framing,
}

impl From<Decided> for Framed {
    fn from(Decided { face, face_chosen, framing, .. }: Decided) -> Self {
        Self { face, face_chosen, framing }
    }
}

impl From<Framed> for Decided {
    fn from(Framed { face, face_chosen, framing }: Framed) -> Self {
        Self { face, face_chosen, framing, accepted: Vec::new() }
    }
}

impl WorkSession {
    /// Reads it as an event for the window, and deletes copies of photos that it does not name.
    pub(super) fn load(folders: &Folders) -> Event {
        let (session, note) = match load_remembered::<Self>(&folders.session()) {
            Ok(Loaded { value, set_aside }) => {
                let note = set_aside.map(|path| set_aside_note("What you were at", &path));
                if note.is_none() {
                    tidy(folders, &value.kept());
                }
                (value.in_range(), note)
            }
            Err(error) => (Self::default(), Some(sentence(&error))),
        };
        Event::Session(Box::new(session), note)
    }

    /// A file that was edited by hand may say what no control offers.
    fn in_range(mut self) -> Self {
        self.form = self.form.filter(|form| Recipe::from_fields(&form.recipe.to_fields()).is_ok());
        self.photo = self.photo.filter(KeptPhoto::is_named_by_a_sum);
        self.recent.retain(KeptPhoto::is_named_by_a_sum);
        self
    }

    /// The photos whose copies are needed.
    fn kept(&self) -> Vec<KeptPhoto> {
        let several = self.several.iter().map(|member| &member.photo);
        self.photo.iter().chain(&self.recent).chain(several).cloned().collect()
    }
}

impl App {
    /// Everything as it was, but for the photo, which is read once everything runs.
    pub(super) fn come_back(&mut self, session: WorkSession, note: Option<String>) {
        if let Some(note) = note {
            self.state.cx.complain(note);
        }
        let state = &mut self.state;
        if let Some(FormKept { recipe, last_run, preset, count, seed_is_locked, recent_seeds }) = session.form.clone() {
            let form = &mut state.recipe.form;
            form.recipe = Recipe { seed: recipe.seed.or(form.recipe.seed), ..recipe };
            form.count = count.clamp(1, super::recipe::MOST_AT_ONCE);
            form.seed = if seed_is_locked { UseOfSeed::Locked } else { UseOfSeed::NewEach };
            (form.last_run, form.preset, form.recent_seeds) = (last_run, preset, recent_seeds);
        }
        state.gallery.selection.these(session.chosen.iter().map(|id| StickerId(*id)));
        state.gallery.starts_empty_handed = session.form.is_some() && session.chosen.is_empty();
        state.photos.recall(session.recent.clone());
        if let Some((open, plan)) = session.sweep.clone() {
            (state.sweep.open, state.sweep.plan) = (open, plan);
        }
        state.export.recall(session.export.clone());
        self.session = Some(session);
    }

    /// Reads the photo that was in the well, or the sample when there was none.
    pub(super) fn bring_photo_back(&mut self) {
        if std::mem::take(&mut self.state.sweep.open) {
            self.toggle_sweep();
        }
        let State { photos, recipe, cx, .. } = &mut self.state;
        let session = self.session.as_ref();
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
    pub(super) fn session(&self) -> WorkSession {
        let state = &self.state;
        let form = &state.recipe.form;
        // As long as the photo is not there, what was kept of it stays.
        let before = self.session.as_ref();
        let (photo, framed) = match (&state.photos.well().restoring, state.photos.well().kept()) {
            (None, Some(photo)) => (Some(photo), state.photos.well().decided().into()),
            _ if state.photos.well().is_forgotten => (None, Framed::default()),
            _ => before.map(|before| (before.photo.clone(), before.framed.clone())).unwrap_or_default(),
        };
        let (several, place) = state.photos.several_kept();
        let several =
            several.into_iter().map(|(photo, decided)| MemberKept { photo, framed: decided.into() }).collect();
        let in_sight = photo.as_ref().map(|photo| photo.sha256.clone());
        let mut recent = state.photos.recent().all().to_vec();
        // Who wants none to be remembered keeps the one that is in use.
        recent.retain(|photo| state.cx.settings.recent_photos || in_sight.as_ref() == Some(&photo.sha256));
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
            chosen: state.gallery.selection.all().take(MOST_CHOSEN).map(|id| id.0).collect(),
            sweep: Some((state.sweep.open, state.sweep.plan.clone())),
            export: state.export.kept(),
            recent,
        }
    }

    /// Keeps a session that has changed, at most once a second and not while the hand still moves something.
    pub(super) fn keep_session(&mut self, ctx: &Context) {
        let (Some(work), Some(kept)) = (&self.work, &self.session) else { return };
        let now = ctx.time();
        let session = self.session();
        if *kept == session {
            return;
        }
        let wait = self.session_kept_at + PAUSE - now;
        if wait > 0.0 || ctx.input(|input| input.pointer.any_down()) {
            return ctx.request_repaint_after(Duration::from_secs_f64(wait.max(0.1)));
        }
        work.keep_session(session.clone());
        self.session = Some(session);
        self.session_kept_at = now;
    }
}

impl Work {
    fn keep_session(&self, session: WorkSession) {
        self.session.put(session);
        let work = self.clone();
        self.spawn(move |studio, notifier| {
            if let Err(error) = work.write_session(studio) {
                notifier.complain(error);
            }
        });
    }

    /// Writes what waits.
    pub(super) fn write_session(&self, studio: &Studio) -> Result<(), String> {
        self.session
            .write(|session| save_remembered(&studio.folders().session(), session))
            .map_err(|error| sentence(&error))
    }

    /// Writes this one last; gives the photos that it names, unless it could not be written.
    pub(super) fn end_session(&self, session: WorkSession) -> Option<Vec<KeptPhoto>> {
        let kept = session.kept();
        self.session.put(session);
        match self.write_session(self.studio()) {
            Ok(()) => Some(kept),
            Err(error) => {
                tracing::error!("the session is not kept: {error}");
                None
            }
        }
    }
}
