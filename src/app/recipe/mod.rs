//! The recipe: the settings as the person has set them, what they draw, and the list of expressions.

mod draft;
mod expressions;
mod form;
mod looks;
mod tasks;

use std::path::PathBuf;

use super::context::AppContext;
use super::photo::{Photo, SentKey};
use super::worker::Worker;
use crate::model::EngineId;
use crate::studio;
use crate::ui::action::RecipeAction;
use crate::ui::view::Levels;
use draft::DraftState;
use expressions::Expressions;
pub(super) use expressions::Listed;
use form::Form;
pub(super) use form::HISTORY;
use looks::Looks;
use tasks::Tasks;

/// What the window knows about the settings.
pub(super) struct RecipeState {
    /// The settings.
    pub form: Form,
    /// The list of expressions.
    pub expressions: Expressions,
    /// The live draft.
    pub draft: DraftState,
    /// Styles and moods as small pictures.
    looks: Looks,
    words: Words,
    tasks: Option<Tasks>,
}

/// What the words of the prompt are to the built-in engine.
#[derive(Default)]
pub(super) struct Words {
    /// Those that it understands, and those it leaves aside.
    pub known: (Vec<String>, Vec<String>),
    /// The colours of the palette in the prompt, sRGB.
    pub palette: Vec<[u8; 3]>,
    /// What they are about: prompt, negative prompt and engine.
    of: Option<(String, String, EngineId)>,
}

/// What came back.
pub(super) enum RecipeEvent {
    /// A draft was drawn: the number of its wish, the picture, and what the photo does not let its face do, as sentences.
    Drafted(u64, Levels, Vec<String>),
    /// A small picture of a style or a mood: the wish that it answers, and its place in it.
    LookDrawn(u64, usize, Levels),
    /// The colours of a palette file, sRGB.
    Palette(Vec<[u8; 3]>),
}

impl RecipeState {
    /// The defaults with this seed.
    pub(super) fn new(seed: u32) -> Self {
        Self {
            form: Form::new(seed),
            expressions: Expressions::default(),
            draft: DraftState::default(),
            looks: Looks::default(),
            words: Words::default(),
            tasks: None,
        }
    }

    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<RecipeEvent>) {
        self.tasks = Some(Tasks::new(worker));
    }

    /// What the words of the prompt are.
    pub(super) const fn words(&self) -> &Words {
        &self.words
    }

    /// Does what a person asks of the settings.
    pub(super) fn act(&mut self, action: RecipeAction, cx: &AppContext) {
        match action {
            // A value that does not fit is shown as such by its field, and changes nothing.
            RecipeAction::Set(parameter, value) => drop(self.form.set(parameter, &value, cx.now())),
            RecipeAction::SetSize(width, height) => self.form.set_size(width, height),
            RecipeAction::Revert(parameters) => self.form.revert(&parameters),
            RecipeAction::ResetGroup(group) => self.form.reset_group(group),
            RecipeAction::ForgetPalette => self.use_palette(&[]),
            RecipeAction::LockSeed(locked) => self.form.lock_seed(locked),
            RecipeAction::SetCount(count) => self.form.set_count(count),
            RecipeAction::LooksInSight(in_sight) => self.looks.in_sight = in_sight,
            RecipeAction::ToggleLook(word) => self.toggle_look(word),
            RecipeAction::ListExpressions(typed) => self.list_expressions(typed),
            RecipeAction::ToggleExpression(word) => self.toggle_expression(word),
        }
    }

    /// Reads a palette file, to draw in its colours.
    pub(super) fn read_palette(&self, path: PathBuf) {
        if let Some(tasks) = &self.tasks {
            tasks.read_palette(path);
        }
    }

    /// Draws in these colours from now on, or in the style's own when there are none; one step of undo.
    pub(super) fn use_palette(&mut self, colours: &[[u8; 3]]) {
        self.form.replace(studio::with_colours(&self.form.recipe, colours));
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: RecipeEvent, cx: &AppContext) {
        match event {
            RecipeEvent::Drafted(number, image, left_out) => self.draft.take(&cx.egui, number, image, left_out),
            RecipeEvent::LookDrawn(number, index, image) => self.looks.take(&cx.egui, number, index, image),
            RecipeEvent::Palette(colours) => self.use_palette(&colours),
        }
    }

    /// Keeps up which words of the prompt the built-in engine understands.
    pub(super) fn understand_words(&mut self) {
        let recipe = &self.form.recipe;
        let asked = (recipe.prompt.clone(), recipe.negative_prompt.clone(), self.form.engine);
        if self.words.of.as_ref() == Some(&asked) {
            return;
        }
        let known = match self.form.engine {
            EngineId::Local => studio::words(recipe),
            EngineId::Pixazo => Default::default(),
        };
        self.words = Words { known, palette: studio::palette_in(&recipe.prompt), of: Some(asked) };
        self.draft.left_out.clear();
    }

    /// What would be sent of the photo if this computer drew it now; none when it does not or cannot.
    fn sent_when_drawn(&self, well: &Photo) -> Option<SentKey> {
        let used = self.form.photo_use();
        if used.engine != EngineId::Local || well.loaded.is_loading() {
            return None;
        }
        well.settled()?;
        if well.forbidding(used).is_some() {
            return None;
        }
        Some(well.sent_key(well.crop(used)?))
    }
}
