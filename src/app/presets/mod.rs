//! Presets: those that come with the program, and the person's own, kept in a file.

mod built_in;
mod tasks;

use std::path::PathBuf;

use super::context::AppContext;
use super::toasts::ToastAnswer;
use super::worker::Worker;
use crate::model::Recipe;
use crate::settings::{Preset, Presets};
use crate::ui::action::PresetAction;
use crate::ui::view::PresetView;
pub(super) use built_in::BUILT_IN;
use built_in::is_built_in;
use tasks::Tasks;

/// The person's own presets.
#[derive(Default)]
pub(super) struct OwnPresets {
    /// All of them, once they were read.
    list: Option<Presets>,
    tasks: Option<Tasks>,
}

/// What came back.
pub(super) enum PresetsEvent {
    /// The person's own.
    Known(Presets),
    /// Those of a file, to be added to them.
    OfOthers(Vec<Preset>),
}

/// What the presets tell the window.
pub(super) enum Outcome {
    /// The form gets these settings, which are called so.
    Applied(String, Box<Recipe>),
    /// The settings in the form are kept under this name.
    Saved(String),
    /// One has another name.
    Renamed {
        /// The one it had.
        from: String,
        /// The one it has.
        to: String,
    },
    /// One is deleted.
    Deleted {
        /// Its place among them.
        place: usize,
        /// The preset.
        preset: Box<Preset>,
    },
    /// A file with presets of others is wanted.
    Import,
    /// A place is wanted for these, for others.
    Export(Box<Presets>),
}

impl OwnPresets {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<PresetsEvent>) {
        let tasks = Tasks::new(worker);
        tasks.read();
        self.tasks = Some(tasks);
    }

    /// This recipe after the preset of this name was chosen; nothing when there is none.
    pub(super) fn applied(&self, name: &str, recipe: &Recipe) -> Option<Recipe> {
        let built_in = BUILT_IN.iter().find(|preset| preset.name == name).map(|preset| preset.applied(recipe));
        built_in.or_else(|| Some(self.list.as_ref()?.get(name)?.applied(recipe)))
    }

    /// As the menu shows them, once they were read.
    pub(super) fn view(&self) -> Option<Vec<PresetView<'_>>> {
        let presets = self.list.as_ref()?.all().iter();
        Some(presets.map(|preset| PresetView { name: &preset.name, has_words: preset.has_words() }).collect())
    }

    /// The preset of this name, and whether the recipe differs from it; one that was deleted has no name any more.
    pub(super) fn in_use<'a>(&self, name: &'a str, recipe: &Recipe) -> (&'a str, bool) {
        self.applied(name, recipe).map_or(("Custom", false), |applied| (name, applied != *recipe))
    }

    /// Carries out one action; the recipe is the one in the form.
    pub(super) fn act(&mut self, action: PresetAction, recipe: &Recipe, cx: &mut AppContext) -> Option<Outcome> {
        let outcome = match (action, &mut self.list) {
            (PresetAction::Use(name), _) => {
                let applied = self.applied(&name, recipe)?;
                return Some(Outcome::Applied(name, Box::new(applied)));
            }
            (PresetAction::Import, _) => return Some(Outcome::Import),
            (PresetAction::Export, list) => return list.clone().map(|list| Outcome::Export(Box::new(list))),
            (_, None) => return None,
            (PresetAction::Save(name), Some(list)) => {
                let preset = Preset::new(&name, recipe);
                if preset.name.is_empty() || is_built_in(&preset.name) {
                    return None;
                }
                let name = preset.name.clone();
                list.put(preset);
                Outcome::Saved(name)
            }
            (PresetAction::Rename { from, to }, Some(list)) => {
                let to = to.trim();
                if to.is_empty() || is_built_in(to) || !list.rename(&from, to) {
                    return None;
                }
                Outcome::Renamed { from, to: to.to_owned() }
            }
            (PresetAction::Delete(name), Some(list)) => {
                let (place, preset) = list.take(&name)?;
                let preset = Box::new(preset);
                let undo = Some(("Undo".to_owned(), ToastAnswer::RestorePreset(place, preset.clone())));
                cx.tell(format!("The preset {name} is deleted."), undo);
                Outcome::Deleted { place, preset }
            }
        };
        self.keep();
        Some(outcome)
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: PresetsEvent, cx: &mut AppContext) {
        match event {
            PresetsEvent::Known(list) => self.list = Some(list),
            PresetsEvent::OfOthers(theirs) => {
                let Some(list) = &mut self.list else { return };
                let told = match list.add_all(theirs, is_built_in) {
                    0 => "This file holds no preset that is not here already.".to_owned(),
                    1 => "1 preset is added.".to_owned(),
                    new => format!("{new} presets are added."),
                };
                self.keep();
                cx.tell(told, None);
            }
        }
    }

    /// Deletes a preset once more.
    pub(super) fn delete(&mut self, name: &str) {
        if self.list.as_mut().and_then(|list| list.take(name)).is_some() {
            self.keep();
        }
    }

    /// Puts a preset back that was deleted.
    pub(super) fn restore(&mut self, place: usize, preset: Preset, cx: &mut AppContext) {
        let Some(list) = &mut self.list else { return };
        let name = preset.name.clone();
        if list.put_back(place, preset) {
            self.keep();
        } else {
            cx.complain(format!("Another preset is called {name} by now, so the deleted one stays deleted."));
        }
    }

    /// Adds the presets of this file.
    pub(super) fn import(&self, path: PathBuf) {
        if let Some(tasks) = &self.tasks {
            tasks.import(path);
        }
    }

    /// Writes these for others.
    pub(super) fn export(&self, presets: Presets, path: PathBuf, replace: bool) {
        if let Some(tasks) = &self.tasks {
            tasks.export(presets, path, replace);
        }
    }

    fn keep(&self) {
        if let (Some(tasks), Some(list)) = (&self.tasks, &self.list) {
            tasks.keep(list.clone());
        }
    }
}
