//! Presets: those that come with the program, and the person's own, kept in a file.

use std::path::{Path, PathBuf};

use super::App;
use super::asking::Asked;
use super::event::Event;
use super::state::State;
use super::toasts::ToastAnswer;
use super::undo::Did;
use super::work::{Work, sentence};
use crate::model::Recipe;
use crate::platform::{FileError, Folders, read_file, save_atomically};
use crate::settings::{Preset, Presets, SettingsError, with_words};
use crate::ui::action::PresetAction;
use crate::ui::view::PresetView;

/// A preset that comes with the program: it picks a look and leaves quality and size alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct BuiltIn {
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
pub(super) const BUILT_IN: [BuiltIn; 6] = [
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
    fn applied(&self, recipe: &Recipe) -> Recipe {
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
    pub(super) fn view(&self) -> PresetView<'static> {
        PresetView { name: self.name, has_words: self.prompt.is_some() }
    }
}

/// Does a preset that comes with the program have this name?
fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|preset| preset.name.eq_ignore_ascii_case(name))
}

/// The longest file of presets that is read, in bytes.
const LARGEST_FILE: u64 = 1 << 20;

impl State {
    /// The form's recipe after the preset of this name was chosen; nothing when there is none.
    fn with_preset(&self, name: &str) -> Option<Recipe> {
        let recipe = &self.form.recipe;
        let built_in = BUILT_IN.iter().find(|preset| preset.name == name).map(|preset| preset.applied(recipe));
        built_in.or_else(|| Some(self.presets.as_ref()?.get(name)?.applied(recipe)))
    }

    /// The person's own presets as the menu shows them, once they were read.
    pub(super) fn own_presets(&self) -> Option<Vec<PresetView<'_>>> {
        let presets = self.presets.as_ref()?.all().iter();
        Some(presets.map(|preset| PresetView { name: &preset.name, has_words: preset.has_words() }).collect())
    }

    /// The preset in use, and whether the form differs from it; one that was deleted has no name any more.
    pub(super) fn preset_in_use(&self) -> (&str, bool) {
        let name = self.form.preset.as_str();
        self.with_preset(name).map_or(("Custom", false), |applied| (name, applied != self.form.recipe))
    }
}

impl App {
    /// Chooses a preset, as one step of undo.
    pub(super) fn use_preset(&mut self, name: &str) {
        if let Some(recipe) = self.state.with_preset(name) {
            self.state.form.use_preset(name, recipe);
        }
    }

    /// Does something with the person's own presets.
    pub(super) fn preset(&mut self, action: PresetAction, now: f64) {
        match action {
            PresetAction::Import => return self.ask_for_file(Asked::PresetsOfOthers, now),
            PresetAction::Export => {
                let Some(presets) = self.state.presets.clone() else { return };
                return self.ask_for_file(Asked::PresetsForOthers(Box::new(presets)), now);
            }
            PresetAction::Save(_) | PresetAction::Rename { .. } | PresetAction::Delete(_) => {}
        }
        let State { presets: Some(presets), form, .. } = &mut self.state else { return };
        match action {
            PresetAction::Save(name) => {
                let preset = Preset::new(&name, &form.recipe);
                if preset.name.is_empty() || is_built_in(&preset.name) {
                    return;
                }
                form.preset.clone_from(&preset.name);
                presets.put(preset);
            }
            PresetAction::Rename { from, to } => {
                let to = to.trim();
                if to.is_empty() || is_built_in(to) || !presets.rename(&from, to) {
                    return;
                }
                form.rename_preset(&from, to);
            }
            PresetAction::Delete(name) => {
                let Some((place, preset)) = presets.take(&name) else { return };
                let preset = Box::new(preset);
                let undo = Some(("Undo".to_owned(), ToastAnswer::RestorePreset(place, preset.clone())));
                self.state.tell(format!("The preset {name} is deleted."), undo, now);
                self.did(Did::PresetDeleted { place, preset });
            }
            PresetAction::Import | PresetAction::Export => {}
        }
        self.keep_presets();
    }

    /// Deletes a preset once more.
    pub(super) fn delete_preset(&mut self, name: &str) {
        let taken = self.state.presets.as_mut().and_then(|presets| presets.take(name));
        if taken.is_some() {
            self.keep_presets();
        }
    }

    /// Puts a preset back that was deleted.
    pub(super) fn restore_preset(&mut self, place: usize, preset: Preset) {
        let Some(presets) = &mut self.state.presets else { return };
        let name = preset.name.clone();
        if presets.put_back(place, preset) {
            self.keep_presets();
        } else {
            self.state.complain(format!("Another preset is called {name} by now, so the deleted one stays deleted."));
        }
    }

    /// Adds presets of a file.
    pub(super) fn take_presets(&mut self, theirs: Vec<Preset>, now: f64) {
        let Some(presets) = &mut self.state.presets else { return };
        let told = match presets.add_all(theirs, is_built_in) {
            0 => "This file holds no preset that is not here already.".to_owned(),
            1 => "1 preset is added.".to_owned(),
            new => format!("{new} presets are added."),
        };
        self.keep_presets();
        self.state.tell(told, None, now);
    }

    fn keep_presets(&self) {
        if let (Some(work), Some(presets)) = (&self.work, &self.state.presets) {
            work.keep_presets(presets.clone());
        }
    }
}

impl Work {
    /// Reads the person's own presets. As long as they are not read none is written, so that no file is lost.
    pub(super) fn read_presets(&self) {
        self.read_list("The file of presets", Folders::presets, Event::Presets);
    }

    fn keep_presets(&self, presets: Presets) {
        self.keep_list(&self.presets, presets, Folders::presets);
    }

    /// Reads the presets of a file.
    pub(super) fn import_presets(&self, path: PathBuf) {
        self.spawn(move |_, notifier| {
            notifier.send(match presets_of_file(&path) {
                Ok(presets) => Event::PresetsOfOthers(presets),
                Err(error) => Event::Failed(sentence(&error)),
            });
        });
    }

    /// Writes presets for other people under this path.
    pub(super) fn export_presets(&self, presets: Presets, path: PathBuf, replace: bool) {
        self.save_file(path, replace, "json", move |_, path, replace| -> Result<(), SettingsError> {
            Ok(save_atomically(path, &presets.export()?, replace)?)
        });
    }
}

fn presets_of_file(path: &Path) -> Result<Vec<Preset>, SettingsError> {
    let bytes = path.metadata().map_err(|error| FileError::new(path, error))?.len();
    if bytes > LARGEST_FILE {
        return Err(SettingsError::NotOurs { detail: "it is longer than 1 MiB".to_owned() });
    }
    Presets::read_export(&read_file(path)?)
}
