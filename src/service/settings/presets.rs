//! Named recipes of a person's own, which can be handed on as files.

use serde::{Deserialize, Serialize};

use super::SettingsError;
use super::named::{Named, NamedList, VERSION};
use super::versioned;
use crate::model::Recipe;

/// A recipe with a name. Which seed to draw and who is told about it are no part of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preset {
    /// What the person calls it.
    pub name: String,
    /// The settings.
    pub recipe: Recipe,
}

impl Preset {
    /// These settings under this name.
    pub fn new(name: &str, recipe: &Recipe) -> Self {
        let recipe = Recipe { seed: None, webhook: None, webhook_events_filter: Vec::new(), ..recipe.clone() };
        Self { name: name.trim().to_owned(), recipe }
    }

    /// Does it say anything, or is that left to the form?
    pub fn has_words(&self) -> bool {
        let silent = Recipe::default();
        self.recipe.prompt != silent.prompt || self.recipe.negative_prompt != silent.negative_prompt
    }

    /// The recipe after this preset was chosen.
    pub fn applied(&self, recipe: &Recipe) -> Recipe {
        let Recipe { seed, webhook, webhook_events_filter, .. } = recipe.clone();
        let applied = Recipe { seed, webhook, webhook_events_filter, ..self.recipe.clone() };
        let own = [self.recipe.prompt.as_str(), &self.recipe.negative_prompt];
        with_words(applied, self.has_words().then_some(own), recipe)
    }
}

/// The one rule of presets and words: those of a preset, wanted and kept out, take the place of the form's; a preset
/// without words leaves both.
pub fn with_words(applied: Recipe, words: Option<[&str; 2]>, form: &Recipe) -> Recipe {
    let [prompt, negative_prompt] = words.unwrap_or([&form.prompt, &form.negative_prompt]).map(str::to_owned);
    Recipe { prompt, negative_prompt, ..applied }
}

impl Named for Preset {
    const LIST: &'static str = "presets";

    fn name(&self) -> &str {
        &self.name
    }
}

/// A person's own presets.
pub type Presets = NamedList<Preset>;

impl Presets {
    /// Gives a preset another name, in its place. Was there one, and was the new name free?
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        let is_free = self.get(to).is_none();
        match self.items.iter_mut().find(|own| own.name == from) {
            Some(own) if is_free => {
                own.name = to.to_owned();
                true
            }
            _ => false,
        }
    }

    /// The text of a file for other people.
    pub fn export(&self) -> Result<Vec<u8>, SettingsError> {
        versioned::print(VERSION, self)
    }

    /// The presets of such a file whose recipes hold together.
    pub fn read_export(file: &[u8]) -> Result<Vec<Preset>, SettingsError> {
        let theirs: Self = versioned::parse(file, VERSION)?;
        let is_sound = |preset: &Preset| !preset.name.trim().is_empty() && preset.recipe.check().is_ok();
        Ok(theirs
            .items
            .iter()
            .filter(|preset| is_sound(preset))
            .map(|own| Preset::new(&own.name, &own.recipe))
            .collect())
    }

    /// Adds presets of others, none in place of one's own: a name that is taken gets a number. How many are new?
    pub fn add_all(&mut self, theirs: Vec<Preset>, is_reserved: impl Fn(&str) -> bool) -> usize {
        let mut new = 0;
        for preset in theirs {
            if self.items.iter().any(|own| own.name == preset.name && own.recipe == preset.recipe) {
                continue;
            }
            let is_taken = |name: &str| is_reserved(name) || self.get(name).is_some();
            let numbered = (2..).map(|number| format!("{} {number}", preset.name));
            let name = std::iter::once(preset.name.clone()).chain(numbered).find(|name| !is_taken(name));
            self.items.push(Preset { name: name.unwrap_or_default(), ..preset });
            new += 1;
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preset(name: &str, steps: u32) -> Preset {
        Preset { name: name.to_owned(), recipe: Recipe { steps, ..Recipe::default() } }
    }

    #[test]
    fn a_preset_of_the_same_name_takes_the_others_place() {
        let mut presets = Presets::default();
        presets.put(preset("Ink", 10));
        presets.put(preset("Soft", 20));
        presets.put(preset("Ink", 30));
        assert_eq!(presets.all(), [preset("Ink", 30), preset("Soft", 20)]);
        assert!(presets.rename("Ink", "Quill") && !presets.rename("Quill", "Soft") && !presets.rename("Ink", "Pen"));
        assert_eq!(presets.all(), [preset("Quill", 30), preset("Soft", 20)]);
    }

    #[test]
    fn a_preset_leaves_the_seed_and_the_webhook_as_they_are() {
        let secret = Some("https://me.example/hook?token=1".to_owned());
        let mine = Recipe { steps: 9, webhook: secret.clone(), ..Recipe::default().with_seed(7) };
        let kept = Preset::new(" Mine ", &mine);
        assert!(!String::from_utf8(Presets { items: vec![kept.clone()] }.export().unwrap()).unwrap().contains("token"));
        let now = Recipe { webhook: secret, ..Recipe::default().with_seed(8) };
        assert_eq!(kept.applied(&now), Recipe { steps: 9, ..now });
        assert_eq!(kept.name, "Mine");
    }

    #[test]
    fn words_of_a_preset_take_the_place_of_the_forms_and_a_preset_without_words_leaves_them() {
        let form = Recipe { prompt: "my sister".to_owned(), negative_prompt: "blush".to_owned(), ..Recipe::default() };
        let silent = Preset::new("Calm", &Recipe { steps: 40, ..Recipe::default() });
        assert_eq!(silent.applied(&form), Recipe { steps: 40, ..form.clone() });
        let spoken = Preset::new("Ink", &Recipe { prompt: "ink".to_owned(), ..Recipe::default() });
        assert_eq!(spoken.applied(&form), Recipe { prompt: "ink".to_owned(), ..Recipe::default() });
    }

    #[test]
    fn presets_travel_as_a_file_and_impossible_ones_stay_behind() {
        let mut theirs = Presets::default();
        theirs.put(preset("Ink", 10));
        theirs.put(preset("Impossible", 9999));
        let mut ours = Presets::default();
        let read = Presets::read_export(&theirs.export().unwrap()).unwrap();
        assert_eq!(ours.add_all(read, |_| false), 1);
        assert_eq!(ours.all(), [preset("Ink", 10)]);
        assert!(Presets::read_export(b"{\"version\": 2, \"presets\": []}").is_err());
        assert!(Presets::read_export(b"a letter").is_err());
    }

    #[test]
    fn presets_of_others_take_no_place_of_ones_own() {
        let mut ours = Presets::default();
        ours.put(preset("Ink", 10));
        let theirs = vec![preset("Ink", 10), preset("Ink", 20), preset("Service default", 30)];
        assert_eq!(ours.add_all(theirs, |name| name == "Service default"), 2);
        assert_eq!(ours.all(), [preset("Ink", 10), preset("Ink 2", 20), preset("Service default 2", 30)]);
    }
}
