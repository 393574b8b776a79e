//! The live draft: asked for when a setting moves, shown until something better is there.

use std::sync::Arc;

use egui::Context;

use super::RecipeState;
use crate::app::photo::{Photo, SentKey};
use crate::model::Recipe;
use crate::studio::{DraftSubject, DraftWish};
use crate::ui::action::StickerId;
use crate::ui::view::{Levels, Picture, Texture, UseOfSeed};

/// What the window knows about drafts.
#[derive(Default)]
pub(in crate::app) struct DraftState {
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
    pub(in crate::app) left_out: Vec<String>,
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
    pub(in crate::app) fn picture(&self) -> Option<Picture> {
        self.texture.as_ref().map(Picture::from)
    }

    /// Bytes it takes on the graphics card.
    pub(in crate::app) fn bytes(&self) -> usize {
        if self.texture.is_some() { self.bytes } else { 0 }
    }

    /// The sticker behind it is to be seen; the next setting that moves brings another draft.
    pub(in crate::app) fn hide(&mut self) {
        self.texture = None;
        self.wanted = false;
    }

    /// Takes a draft that was drawn; one that nothing waits for any more is dropped.
    pub(in crate::app) fn take(&mut self, ctx: &Context, number: u64, image: Levels, left_out: Vec<String>) {
        if number != self.number || !self.wanted {
            return;
        }
        self.bytes = image.bytes();
        self.left_out = left_out;
        self.texture = Some(Texture::load(ctx, "draft", image));
    }
}

impl RecipeState {
    /// What a draft of the form would depend on; none when there can be none.
    fn drawable(&self, well: &Photo, sticker: Option<StickerId>) -> Option<Settings> {
        let sent = self.sent_when_drawn(well)?;
        let mut recipe = self.form.recipe.clone();
        if self.form.seed == UseOfSeed::NewEach {
            // The sticker will have a seed that nobody knows yet, so a change of the one in sight changes nothing.
            recipe.seed = None;
        }
        // Where a result is sent to draws nothing.
        (recipe.webhook, recipe.webhook_events_filter) = (None, Vec::new());
        Some(Settings { subject: Subject { sent, sticker }, recipe })
    }

    /// Asks for a draft when a setting has moved since the last frame; `sticker` is the one in the viewer.
    pub(in crate::app) fn follow_settings(&mut self, well: &Photo, sticker: Option<StickerId>) {
        let Some(now) = self.drawable(well, sticker) else { return self.forget_draft() };
        match &self.draft.settled {
            Some(settled) if *settled == now => return,
            // What is new shows itself first; its draft comes with the next setting that moves.
            Some(settled) if settled.subject == now.subject => {}
            _ => {
                self.forget_draft();
                self.draft.settled = Some(now);
                return;
            }
        }
        let (Some(photo), Some(tasks)) = (well.settled(), &self.tasks) else { return };
        self.draft.number += 1;
        self.draft.wanted = true;
        let recipe = Recipe { seed: self.form.recipe.seed, ..now.recipe.clone() };
        let SentKey { face, crop, padding, .. } = now.subject.sent;
        let subject = DraftSubject { photo: Arc::clone(photo), face, crop, padding };
        tasks.draft(DraftWish { number: self.draft.number, subject, recipe });
        self.draft.settled = Some(now);
    }

    /// Something better than the draft is there, or what it was about has gone.
    fn forget_draft(&mut self) {
        let draft = &mut self.draft;
        draft.texture = None;
        draft.settled = None;
        if std::mem::take(&mut draft.wanted)
            && let Some(tasks) = &self.tasks
        {
            tasks.forget_draft();
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
