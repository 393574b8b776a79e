//! The presets that come with the program.

use crate::model::Recipe;
use crate::settings::with_words;
use crate::ui::view::PresetView;

/// A preset that comes with the program: it picks a look and leaves quality and size alone.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct BuiltIn {
    /// Its name on screen.
    pub name: &'static str,
    /// Its words; `None` leaves the form's.
    prompt: Option<&'static str>,
    prompt_strength: f64,
    instant_id_strength: f64,
    ip_adapter_weight: f64,
    ip_adapter_noise: f64,
}

/// The presets that come with the program; the first one stands in the form at the start.
pub(in crate::app) const BUILT_IN: [BuiltIn; 6] = [
    BuiltIn::new("Service default", None, 7.0, 1.0, 0.2, 0.5),
    BuiltIn::new("More likeness", None, 5.0, 1.0, 0.6, 0.3),
    // The defaults of another host of the same model.
    BuiltIn::new("Relaxed", None, 4.5, 0.7, 0.2, 0.5),
    BuiltIn::new("Bold cartoon", Some("bold cartoon portrait, vibrant, thick outline"), 12.0, 0.9, 0.2, 0.5),
    BuiltIn::new("Soft portrait", Some("soft watercolour portrait"), 6.0, 1.0, 0.5, 0.4),
    BuiltIn::new("Ink", Some("ink portrait, halftone"), 8.0, 1.0, 0.2, 0.5),
];

impl BuiltIn {
    const fn new(
        name: &'static str,
        prompt: Option<&'static str>,
        prompt_strength: f64,
        instant_id_strength: f64,
        ip_adapter_weight: f64,
        ip_adapter_noise: f64,
    ) -> Self {
        Self { name, prompt, prompt_strength, instant_id_strength, ip_adapter_weight, ip_adapter_noise }
    }

    /// The recipe after this preset was chosen.
    pub(super) fn applied(&self, recipe: &Recipe) -> Recipe {
        let applied = Recipe {
            prompt_strength: self.prompt_strength,
            instant_id_strength: self.instant_id_strength,
            ip_adapter_weight: self.ip_adapter_weight,
            ip_adapter_noise: self.ip_adapter_noise,
            ..recipe.clone()
        };
        with_words(applied, self.prompt.map(|prompt| [prompt, ""]), recipe)
    }

    /// As the menu shows it.
    pub(in crate::app) fn view(&self) -> PresetView<'static> {
        PresetView { name: self.name, has_words: self.prompt.is_some() }
    }
}

/// Does a preset that comes with the program have this name?
pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|preset| preset.name.eq_ignore_ascii_case(name))
}
