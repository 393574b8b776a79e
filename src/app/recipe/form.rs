//! The form as the person has set it, with undo, presets and what happens to the seed.

use serde_json::{Value as Json, json};

use crate::app::photo::PhotoUse;
use crate::app::presets::BUILT_IN;
use crate::model::parameter::Group;
use crate::model::recipe::FieldError;
use crate::model::{EngineId, PARAMETERS, Parameter, Recipe};
use crate::ui::view::UseOfSeed;

/// Most stickers a click makes.
const MOST_AT_ONCE: u32 = 8;

/// How many steps can be undone.
pub(in crate::app) const HISTORY: usize = 200;

/// How many recent seeds are offered.
const RECENT_SEEDS: usize = 12;

/// Changes of one setting within this many seconds are one step of undo: one drag of a slider.
const ONE_STEP: f64 = 1.0;

/// The form.
#[derive(Clone, Debug)]
pub(in crate::app) struct Form {
    /// The settings; the seed is always set.
    pub recipe: Recipe,
    /// The last run's settings.
    pub last_run: Option<Recipe>,
    /// What happens to the seed.
    pub seed: UseOfSeed,
    /// Stickers to make at once, 1 to [`MOST_AT_ONCE`].
    pub count: u32,
    /// Where they are made.
    pub engine: EngineId,
    /// Name of the preset chosen last.
    pub preset: String,
    /// Seeds of recent runs, newest first.
    pub recent_seeds: Vec<u32>,
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// How many steps there ever were.
    steps: u64,
    last_change: Option<(Parameter, f64)>,
    /// Counts what was done to the form as a whole, even where nothing changed: a number that is being typed no longer
    /// counts then.
    revision: u64,
}

/// The form as it was: its settings, and the preset that they came from.
#[derive(Clone, Debug)]
struct Step {
    recipe: Recipe,
    preset: String,
}

impl Form {
    /// The defaults with this seed.
    pub(in crate::app) fn new(seed: u32) -> Self {
        Self {
            recipe: Recipe::default().with_seed(seed),
            last_run: None,
            seed: UseOfSeed::NewEach,
            count: 1,
            engine: EngineId::Local,
            preset: BUILT_IN[0].name.to_owned(),
            recent_seeds: Vec::new(),
            undo: Vec::new(),
            redo: Vec::new(),
            steps: 0,
            last_change: None,
            revision: 0,
        }
    }

    /// Another number after each thing that was done to the form as a whole.
    pub(in crate::app) const fn revision(&self) -> u64 {
        self.revision
    }

    /// Sets one setting at `now` (seconds); on an error nothing changes.
    pub(in crate::app) fn set(&mut self, parameter: Parameter, value: &Json, now: f64) -> Result<(), FieldError> {
        let mut changed = self.recipe.clone();
        changed.set(parameter, value)?;
        let continues = self.last_change.is_some_and(|(last, at)| last == parameter && now - at < ONE_STEP);
        let began = self.undo.last().filter(|_| continues);
        if began.is_some_and(|step| step.recipe == changed && step.preset == self.preset) {
            // The hand is back where it began, so nothing was done.
            self.undo.pop();
            self.steps -= 1;
            self.recipe = changed;
            self.last_change = None;
            return Ok(());
        }
        if continues && changed != self.recipe {
            self.redo.clear();
            self.recipe = changed;
        } else {
            self.replace(changed);
        }
        self.last_change = Some((parameter, now));
        Ok(())
    }

    /// Sets one setting as a step of its own, whatever was set just before.
    pub(in crate::app) fn take(&mut self, parameter: Parameter, value: &Json) {
        let mut changed = self.recipe.clone();
        if changed.set(parameter, value).is_ok() {
            self.replace(changed);
        }
    }

    /// Sets these back to what the last run had, as one step.
    pub(in crate::app) fn revert(&mut self, parameters: &[Parameter]) {
        let Some(last) = &self.last_run else { return };
        let mut changed = self.recipe.clone();
        for parameter in parameters {
            // What was run always fits.
            drop(changed.set(*parameter, &last.get(*parameter)));
        }
        self.replace(changed);
    }

    /// Sets a whole group back, as one step.
    pub(in crate::app) fn reset_group(&mut self, group: Group) {
        let mut changed = self.recipe.clone();
        for spec in PARAMETERS.iter().filter(|spec| spec.group == group) {
            drop(changed.set(spec.parameter, &Recipe::default().get(spec.parameter)));
        }
        self.replace(self.with_its_seed(changed));
    }

    /// Sets everything back, as one step.
    pub(in crate::app) fn reset_all(&mut self) {
        self.use_preset(BUILT_IN[0].name, Recipe::default());
    }

    /// Chooses the preset of this name, which makes the recipe this one, as one step.
    pub(in crate::app) fn use_preset(&mut self, name: &str, recipe: Recipe) {
        let before = std::mem::replace(&mut self.preset, name.to_owned());
        self.replace_from(before, recipe);
    }

    /// A preset has another name now, in earlier steps too.
    pub(in crate::app) fn rename_preset(&mut self, from: &str, to: &str) {
        let steps = self.undo.iter_mut().chain(&mut self.redo).map(|step| &mut step.preset);
        for name in steps.chain([&mut self.preset]).filter(|name| *name == from) {
            to.clone_into(name);
        }
    }

    /// Takes other settings over, as one step.
    pub(in crate::app) fn replace(&mut self, recipe: Recipe) {
        self.replace_from(self.preset.clone(), recipe);
    }

    /// The same, when another preset was in use before.
    fn replace_from(&mut self, preset: String, recipe: Recipe) {
        self.last_change = None;
        self.revision += 1;
        let recipe = self.with_its_seed(recipe);
        if recipe == self.recipe {
            return;
        }
        self.redo.clear();
        self.steps += 1;
        self.undo.push(Step { recipe: std::mem::replace(&mut self.recipe, recipe), preset });
        if self.undo.len() > HISTORY {
            self.undo.remove(0);
        }
    }

    /// Takes the last step back.
    pub(in crate::app) fn undo(&mut self) {
        self.revision += 1;
        let Some(before) = self.undo.pop() else { return };
        self.last_change = None;
        let now = self.go_to(before);
        self.redo.push(now);
    }

    /// Does it again.
    pub(in crate::app) fn redo(&mut self) {
        self.revision += 1;
        let Some(after) = self.redo.pop() else { return };
        self.last_change = None;
        let now = self.go_to(after);
        self.undo.push(now);
    }

    /// Makes the form as it was, and gives what it is now.
    fn go_to(&mut self, step: Step) -> Step {
        let recipe = std::mem::replace(&mut self.recipe, step.recipe);
        Step { recipe, preset: std::mem::replace(&mut self.preset, step.preset) }
    }

    /// What a photo is used for now.
    pub(in crate::app) const fn photo_use(&self) -> PhotoUse {
        PhotoUse { engine: self.engine, canvas: (self.recipe.width, self.recipe.height) }
    }

    /// Sets width and height at once, unless they do not fit; one step.
    pub(in crate::app) fn set_size(&mut self, width: u32, height: u32) {
        let mut recipe = self.recipe.clone();
        let fits =
            recipe.set(Parameter::Width, &json!(width)).and_then(|()| recipe.set(Parameter::Height, &json!(height)));
        if fits.is_ok() {
            self.replace(recipe);
        }
    }

    /// The settings of an earlier session.
    pub(in crate::app) fn recall(
        &mut self,
        recipe: Recipe,
        last_run: Option<Recipe>,
        preset: String,
        count: u32,
        seed_is_locked: bool,
        recent_seeds: Vec<u32>,
    ) {
        self.recipe = self.with_its_seed(recipe);
        self.set_count(count);
        self.lock_seed(seed_is_locked);
        (self.last_run, self.preset, self.recent_seeds) = (last_run, preset, recent_seeds);
    }

    /// Makes so many stickers at once.
    pub(in crate::app) fn set_count(&mut self, count: u32) {
        self.count = count.clamp(1, MOST_AT_ONCE);
    }

    /// Makes them there.
    pub(in crate::app) const fn use_engine(&mut self, engine: EngineId) {
        self.engine = engine;
    }

    /// The settings are kept as the preset of this name.
    pub(in crate::app) fn name_preset(&mut self, name: String) {
        self.preset = name;
    }

    /// Keeps the seed, or draws a new one for each sticker.
    pub(in crate::app) const fn lock_seed(&mut self, locked: bool) {
        self.seed = if locked { UseOfSeed::Locked } else { UseOfSeed::NewEach };
    }

    /// How many steps there ever were; undo and redo are none.
    pub(in crate::app) const fn steps(&self) -> u64 {
        self.steps
    }

    /// The recipes of the next run: for each of so many photos one a sticker; remembers what was run.
    ///
    /// A kept seed counts up, for each photo from the same one; otherwise `draw` gives each sticker its own.
    pub(in crate::app) fn run(&mut self, photos: usize, mut draw: impl FnMut() -> u32) -> Vec<Vec<Recipe>> {
        self.revision += 1;
        let first = self.recipe.seed.unwrap_or_default();
        let mut in_sight = self.unused_seed();
        let mut seed = |number| match self.seed {
            UseOfSeed::Locked => first.wrapping_add(number),
            UseOfSeed::NewEach => in_sight.take().unwrap_or_else(&mut draw),
        };
        let mut of_photo = || (0..self.count).map(|number| self.recipe.clone().with_seed(seed(number))).collect();
        let recipes: Vec<Vec<Recipe>> = (0..photos).map(|_| of_photo()).collect();
        for seed in recipes.iter().flatten().filter_map(|recipe| recipe.seed) {
            self.remember_seed(seed);
        }
        if let Some(last) = recipes.iter().flatten().last() {
            // The seed in sight is the one that was used; drawing it is not a change to undo.
            self.recipe.seed = last.seed;
            self.last_run = Some(last.clone());
        }
        recipes
    }

    /// The recipes that `vary` makes of the form, all with one seed: the kept one, or one that is drawn.
    pub(in crate::app) fn run_each(
        &mut self,
        draw: impl FnOnce() -> u32,
        vary: impl FnOnce(&Recipe) -> Vec<Recipe>,
    ) -> Vec<Recipe> {
        self.revision += 1;
        let seed = match self.seed {
            UseOfSeed::Locked => self.recipe.seed.unwrap_or_default(),
            UseOfSeed::NewEach => self.unused_seed().unwrap_or_else(draw),
        };
        self.recipe.seed = Some(seed);
        self.remember_seed(seed);
        self.last_run = Some(self.recipe.clone());
        vary(&self.recipe)
    }

    /// The seed in sight, unless the last run has used it: what is shown before a run is what it uses.
    fn unused_seed(&self) -> Option<u32> {
        let last = self.last_run.as_ref().and_then(|last| last.seed);
        self.recipe.seed.filter(|seed| last != Some(*seed))
    }

    fn remember_seed(&mut self, seed: u32) {
        self.recent_seeds.retain(|recent| *recent != seed);
        self.recent_seeds.insert(0, seed);
        self.recent_seeds.truncate(RECENT_SEEDS);
    }

    /// The recipe, with the form's own seed where it has none.
    fn with_its_seed(&self, recipe: Recipe) -> Recipe {
        Recipe { seed: recipe.seed.or(self.recipe.seed), ..recipe }
    }
}

#[cfg(test)]
mod tests;
