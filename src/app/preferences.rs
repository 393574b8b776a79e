//! Preferences: changed, kept, followed.

use std::path::PathBuf;

use egui::{Context, ThemePreference};

use super::App;
use super::sentence::sentence;
use crate::model::{EngineId, ThemeChoice};
use crate::studio::Studio;
use crate::ui::action::Preference;

impl App {
    /// Changes one preference.
    pub(super) fn prefer(&mut self, ctx: &Context, preference: &Preference) {
        match preference {
            Preference::Theme(choice) => self.state.cx.settings.theme = *choice,
            Preference::Scale(scale) => {
                self.state.cx.settings.scale_percent = (scale.clamp(0.8, 2.0) * 100.0).round() as u32;
            }
            Preference::ReduceMotion(on) => self.state.cx.settings.reduce_motion = *on,
            Preference::Notifications(on) => self.state.cx.settings.notifications = *on,
            Preference::SoftBudget(limit) => self.state.cx.settings.budget.ask_above = *limit,
            Preference::HardBudget(limit) => self.state.cx.settings.budget.refuse_above = *limit,
            Preference::Concurrency(count) => self.state.cx.settings.concurrency = (*count).clamp(1, 8) as usize,
            Preference::RecentPhotos(on) => {
                self.state.cx.settings.recent_photos = *on;
                if !*on {
                    self.state.photos.forget_all_recent();
                }
            }
            Preference::SettingsInCopies(on) => self.state.cx.settings.settings_in_exports = *on,
            Preference::LabelCopies(on) => self.state.cx.settings.label_exports = *on,
            Preference::Address(typed) => {
                let typed = Some(typed.trim()).filter(|typed| !typed.is_empty());
                if let Err(error) = Studio::engine(EngineId::Pixazo, typed) {
                    return self.state.cx.complain(sentence(&error));
                }
                self.state.cx.settings.base_url = typed.map(str::to_owned);
                // Another host has another key.
                self.state.key.look(&self.state.cx);
            }
        }
        self.apply_settings(ctx);
        self.state.cx.keep_settings();
    }

    /// A folder for the library can be used, or why not.
    pub(super) fn library_chosen(&mut self, outcome: Result<PathBuf, String>) {
        match outcome {
            Ok(folder) => {
                let told = format!("From the next start new stickers go to {}.", folder.display());
                self.state.cx.settings.library_folder = Some(folder);
                self.state.cx.keep_settings();
                self.state.cx.tell(told, None);
            }
            Err(sentence) => self.state.cx.complain(sentence),
        }
    }

    /// Makes the window look as the settings say.
    pub(super) fn apply_settings(&self, ctx: &Context) {
        let settings = &self.state.cx.settings;
        ctx.set_theme(match settings.theme {
            ThemeChoice::System => ThemePreference::System,
            ThemeChoice::Dark => ThemePreference::Dark,
            ThemeChoice::Light => ThemePreference::Light,
        });
        ctx.set_zoom_factor(settings.scale_percent as f32 / 100.0);
        let animation_time = if settings.reduce_motion { 0.0 } else { crate::ui::theme::Motion::Panel.usual() };
        ctx.all_styles_mut(|style| style.animation_time = animation_time);
    }

    /// Chooses an engine, also for the next start.
    pub(super) fn choose_engine(&mut self, engine: EngineId) {
        self.state.recipe.form.engine = engine;
        self.state.cx.settings.engine = engine;
        self.state.cx.keep_settings();
    }
}
