//! The live draft: asked for when a setting moves, shown until something better is there.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::event::Event;
use super::photo::SentKey;
use super::pixels::straight;
use super::sentence::sentence;
use super::state::State;
use super::work::Work;
use crate::model::{EngineId, Recipe};
use crate::studio::{DraftSubject, DraftWish, Drawn, Sample};
use crate::ui::action::StickerId;
use crate::ui::view::{Levels, Picture, Texture, UseOfSeed};

/// What the window knows about drafts.
#[derive(Default)]
pub(super) struct DraftState {
    /// The settings that need no draft: they have not been moved since the photo came, or they have been drawn.
    settled: Option<Settings>,
    /// Number of the latest wish.
    number: u64,
    /// Does the latest wish still count?
    wanted: bool,
    texture: Option<Texture>,
    /// Bytes of that on the graphics card.
    bytes: usize,
    /// What of the form's moods the photo does not let its face do, as sentences.
    pub(super) left_out: Vec<String>,
}

/// What a draft depends on.
#[derive(Clone, PartialEq)]
struct Settings {
    subject: Subject,
    recipe: Recipe,
}

/// What the viewer is about: when that changes, a draft has nothing more to say.
#[derive(Clone, PartialEq)]
struct Subject {
    sent: SentKey,
    /// The sticker that is chosen; one that has just been made is.
    sticker: Option<StickerId>,
}

impl DraftState {
    /// The draft on the graphics card, while it is the best that there is.
    pub(super) fn picture(&self) -> Option<Picture> {
        self.texture.as_ref().map(Picture::from)
    }

    /// Bytes it takes on the graphics card.
    pub(super) fn bytes(&self) -> usize {
        if self.texture.is_some() { self.bytes } else { 0 }
    }

    /// The sticker behind it is to be seen; the next setting that moves brings another draft.
    pub(super) fn hide(&mut self) {
        self.texture = None;
        self.wanted = false;
    }

    /// Takes a draft that was drawn; one that nothing waits for any more is dropped.
    pub(super) fn take(&mut self, ctx: &Context, number: u64, image: Levels, left_out: Vec<String>) {
        if number != self.number || !self.wanted {
            return;
        }
        self.bytes = image.bytes();
        self.left_out = left_out;
        self.texture = Some(Texture::load(ctx, "draft", image));
    }
}

/// What a draft of the form would depend on; none when there can be none.
fn settings(state: &State) -> Option<Settings> {
    if state.form.engine != EngineId::Local || state.photos.well().loaded.is_loading() {
        return None;
    }
    state.photos.well().settled()?;
    if state.photos.well().forbidding(state.photo_use()).is_some() {
        return None;
    }
    let mut recipe = state.form.recipe.clone();
    if state.form.seed == UseOfSeed::NewEach {
        // The sticker will have a seed that nobody knows yet, so a change of the one in sight changes nothing.
        recipe.seed = None;
    }
    // Where a result is sent to draws nothing.
    (recipe.webhook, recipe.webhook_events_filter) = (None, Vec::new());
    let subject = Subject {
        sent: state.photos.well().sent_key(state.photos.well().crop(state.photo_use())?),
        sticker: state.gallery.selected(),
    };
    Some(Settings { subject, recipe })
}

/// What was drawn in the background, as the window takes it.
pub(super) fn drawn(answer: Drawn) -> Event {
    match answer {
        Drawn::Draft(draft) => match draft.drawn {
            Ok(drawn) => {
                let left_out = drawn.left_out.iter().map(|part| sentence(part)).collect();
                Event::Drafted(draft.number, Levels::of(straight(&drawn.cutout)), left_out)
            }
            Err(error) => Event::failed(&error),
        },
        Drawn::Sample(Sample { number, index, cutout }) => {
            Event::LookDrawn(number, index, Levels::of(straight(&cutout)))
        }
    }
}

impl Work {
    /// Asks for a draft.
    fn draft(&self, wish: DraftWish) {
        self.spawn(move |studio, notifier| {
            let notifier = notifier.clone();
            match studio.drafts(move |answer| notifier.send(drawn(answer))) {
                Ok(drafts) => drafts.ask(wish),
                Err(error) => tracing::error!("no drafts: {}", sentence(&error)),
            }
        });
    }

    /// Wants no draft any more.
    fn forget_draft(&self) {
        self.studio().forget_draft();
    }
}

impl App {
    /// Asks for a draft when a setting has moved since the last frame.
    pub(super) fn follow_settings(&mut self) {
        let Some(now) = settings(&self.state) else { return self.forget_draft() };
        let draft = &mut self.state.draft;
        match &draft.settled {
            Some(settled) if *settled == now => return,
            // What is new shows itself first; its draft comes with the next setting that moves.
            Some(settled) if settled.subject == now.subject => {}
            _ => {
                self.forget_draft();
                self.state.draft.settled = Some(now);
                return;
            }
        }
        let (Some(photo), Some(work)) = (self.state.photos.well().settled(), &self.work) else { return };
        draft.number += 1;
        draft.wanted = true;
        let recipe = Recipe { seed: self.state.form.recipe.seed, ..now.recipe.clone() };
        let SentKey { face, crop, padding, .. } = now.subject.sent;
        let subject = DraftSubject { photo: Arc::clone(photo), face, crop, padding };
        work.draft(DraftWish { number: draft.number, subject, recipe });
        draft.settled = Some(now);
    }

    /// Something better than the draft is there, or what it was about has gone.
    pub(super) fn forget_draft(&mut self) {
        let draft = &mut self.state.draft;
        draft.texture = None;
        draft.settled = None;
        if std::mem::take(&mut draft.wanted)
            && let Some(work) = &self.work
        {
            work.forget_draft();
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, ColorImage};

    use super::*;

    #[test]
    fn only_the_latest_wish_that_still_counts_is_shown() {
        let ctx = Context::default();
        let picture = || Levels::of(ColorImage::filled([8, 8], Color32::WHITE));
        let mut draft = DraftState { number: 2, wanted: true, ..DraftState::default() };
        draft.take(&ctx, 1, picture(), Vec::new());
        assert!(draft.picture().is_none(), "an older one");
        draft.take(&ctx, 2, picture(), Vec::new());
        assert!(draft.picture().is_some());
        let mut forgotten = DraftState { number: 2, ..DraftState::default() };
        forgotten.take(&ctx, 2, picture(), Vec::new());
        assert!(forgotten.picture().is_none(), "one that nothing waits for");
    }
}
