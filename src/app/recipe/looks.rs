//! Styles and moods as small pictures of the photo: asked for when nothing better is to be drawn, clicked into the prompt.

use std::sync::Arc;

use egui::Context;
use serde_json::json;

use super::RecipeState;
use crate::app::photo::{Photo, SentKey};
use crate::model::moods::{MOODS, Mood};
use crate::model::{EngineId, Parameter, Recipe};
use crate::studio::{DraftSubject, STYLES, SampleWish, moods_of, style_of, toggled};
use crate::ui::view::{Levels, LookView, Picture, Texture};

/// The small pictures.
#[derive(Default)]
pub(in crate::app) struct Looks {
    /// Are they in sight beneath the words?
    pub in_sight: bool,
    /// What they are of.
    of: Option<Subject>,
    /// Number of the latest wish.
    number: u64,
    /// Styles first, then moods; an old one stays until its successor is there.
    textures: Vec<Option<Texture>>,
}

/// What the pictures depend on: a slider moves none of them.
#[derive(Clone, PartialEq)]
struct Subject {
    sent: SentKey,
    /// The moods are drawn in it.
    style: &'static str,
}

impl Looks {
    /// Takes a picture; one of an older wish is dropped.
    pub(in crate::app) fn take(&mut self, ctx: &Context, number: u64, index: usize, image: Levels) {
        if number == self.number
            && let Some(place) = self.textures.get_mut(index)
        {
            *place = Some(Texture::load(ctx, "look", image));
        }
    }

    fn picture(&self, index: usize) -> Picture {
        self.textures.get(index).and_then(Option::as_ref).map_or(Picture::Loading, Picture::from)
    }

    /// The picture of a mood.
    pub(in crate::app) fn of_mood(&self, word: &str) -> Option<Picture> {
        let place = MOODS.iter().position(|mood| mood.word == word)?;
        Some(self.picture(STYLES.len() + place))
    }
}

/// The settings of each picture: every style, then every mood in the chosen one.
fn recipes(style: &str) -> Vec<Recipe> {
    let styles = STYLES.into_iter().map(str::to_owned);
    let moods = MOODS.iter().map(|mood| format!("{style}, {}", mood.word));
    styles.chain(moods).map(|prompt| Recipe { prompt, ..Recipe::default() }.with_seed(0)).collect()
}

impl RecipeState {
    /// The nine styles and the moods, each with its picture; none where they cannot be drawn.
    pub(in crate::app) fn look_views(&self) -> [Vec<LookView>; 2] {
        if self.form.engine != EngineId::Local {
            return [Vec::new(), Vec::new()];
        }
        let prompt = &self.form.recipe.prompt;
        let (style, moods) = (style_of(prompt), moods_of(prompt));
        let styles = STYLES.iter().enumerate().map(|(i, &word)| LookView {
            word,
            label: word,
            picture: self.looks.picture(i),
            is_on: word == style,
        });
        let mood = |(i, mood): (usize, &'static Mood)| LookView {
            word: mood.word,
            label: mood.word,
            picture: self.looks.picture(STYLES.len() + i),
            is_on: moods.contains(&mood.word),
        };
        // The face as it is needs no word.
        let moods = MOODS.iter().enumerate().filter(|(_, mood)| !mood.muscles.is_empty()).map(mood);
        [styles.collect(), moods.collect()]
    }

    /// What of the form the pictures would be of; none when this computer does not draw.
    fn looks_wanted(&self, well: &Photo) -> Option<Subject> {
        Some(Subject { sent: self.sent_when_drawn(well)?, style: style_of(&self.form.recipe.prompt) })
    }

    /// Asks for pictures that somebody sees when they would be of something else than the last ones.
    pub(in crate::app) fn follow_looks(&mut self, well: &Photo) {
        if !self.looks.in_sight && !self.expressions.wanted {
            return;
        }
        let Some(subject) = self.looks_wanted(well) else { return };
        if self.looks.of.as_ref() == Some(&subject) {
            return;
        }
        let (Some(photo), Some(tasks)) = (well.settled(), &self.tasks) else { return };
        let looks = &mut self.looks;
        if looks.of.as_ref().is_none_or(|of| of.sent != subject.sent) {
            // Nobody sees another person's face in their place.
            looks.textures.clear();
        }
        let recipes = recipes(subject.style);
        looks.textures.resize_with(recipes.len(), || None);
        looks.number += 1;
        let SentKey { face, crop, padding, .. } = subject.sent;
        let of = DraftSubject { photo: Arc::clone(photo), face, crop, padding };
        tasks.samples(SampleWish { number: looks.number, subject: of, recipes });
        looks.of = Some(subject);
    }

    /// Puts a style or a mood into the prompt, or takes it out; one step of undo.
    pub(in crate::app) fn toggle_look(&mut self, word: &str) {
        let prompt = toggled(&self.form.recipe.prompt, word);
        self.form.take(Parameter::Prompt, &json!(prompt));
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, ColorImage};

    use super::*;

    #[test]
    fn a_picture_of_an_older_wish_is_dropped() {
        let ctx = Context::default();
        let picture = || Levels::of(ColorImage::filled([8, 8], Color32::WHITE));
        let mut looks = Looks { number: 2, textures: vec![None, None], ..Looks::default() };
        looks.take(&ctx, 1, 0, picture());
        looks.take(&ctx, 2, 7, picture());
        assert!(looks.textures.iter().all(Option::is_none));
        looks.take(&ctx, 2, 1, picture());
        assert!(looks.textures[1].is_some());
    }

    #[test]
    fn every_style_and_every_mood_has_its_recipe() {
        let recipes = recipes("ink");
        assert_eq!(recipes.len(), STYLES.len() + MOODS.len());
        assert_eq!((recipes[8].prompt.as_str(), recipes[10].prompt.as_str()), ("pixel", "ink, happy"));
    }
}
