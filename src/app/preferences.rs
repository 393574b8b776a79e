//! Preferences: changed, kept, followed.

use std::path::PathBuf;

use egui::{Context, ThemePreference};

use super::App;
use super::work::sentence;
use crate::keys::Account;
use crate::model::engine::PIXAZO_BASE;
use crate::model::{Engine, EngineId, ThemeChoice};
use crate::studio::{Studio, StudioError};
use crate::ui::action::Preference;

impl App {
    /// Changes one preference.
    pub(super) fn prefer(&mut self, ctx: &Context, preference: &Preference) {
        match preference {
            Preference::Theme(choice) => self.state.settings.theme = *choice,
            Preference::Scale(scale) => {
                self.state.settings.scale_percent = (scale.clamp(0.8, 2.0) * 100.0).round() as u32;
            }
            Preference::ReduceMotion(on) => self.state.settings.reduce_motion = *on,
            Preference::Notifications(on) => self.state.settings.notifications = *on,
            Preference::SoftBudget(limit) => self.state.settings.budget.ask_above = *limit,
            Preference::HardBudget(limit) => self.state.settings.budget.refuse_above = *limit,
            Preference::Concurrency(count) => self.state.settings.concurrency = (*count).clamp(1, 8) as usize,
            Preference::RecentPhotos(on) => {
                self.state.settings.recent_photos = *on;
                if !*on {
                    self.forget_all_recent();
                }
            }
            Preference::SettingsInCopies(on) => self.state.settings.settings_in_exports = *on,
            Preference::LabelCopies(on) => self.state.settings.label_exports = *on,
            Preference::Address(typed) => {
                let typed = Some(typed.trim()).filter(|typed| !typed.is_empty());
                if let Err(error) = Studio::engine(EngineId::Pixazo, typed) {
                    return self.state.complain(sentence(&error));
                }
                self.state.settings.base_url = typed.map(str::to_owned);
                // Another host has another key.
                self.look_for_key();
            }
        }
        self.apply_settings(ctx);
        self.keep_settings();
    }

    /// Writes the preferences down.
    pub(super) fn keep_settings(&self) {
        if let Some(work) = &self.work {
            work.keep_settings(self.state.settings.clone());
        }
    }

    /// A folder for the library can be used, or why not.
    pub(super) fn library_chosen(&mut self, outcome: Result<PathBuf, String>, now: f64) {
        match outcome {
            Ok(folder) => {
                let told = format!("From the next start new stickers go to {}.", folder.display());
                self.state.settings.library_folder = Some(folder);
                self.keep_settings();
                self.state.tell(told, None, now);
            }
            Err(sentence) => self.state.complain(sentence),
        }
    }

    /// Makes the window look as the settings say.
    pub(super) fn apply_settings(&self, ctx: &Context) {
        let settings = &self.state.settings;
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
        self.state.form.engine = engine;
        self.state.settings.engine = engine;
        self.keep_settings();
    }

    /// The hosted engine as the settings have it.
    pub(super) fn hosted(&self) -> Result<Engine, StudioError> {
        Studio::engine_in(&self.state.settings, EngineId::Pixazo, None)
    }

    /// Whose key goes there, as the settings are now.
    pub(super) fn account(&self) -> Result<Account, StudioError> {
        Studio::account_of(&self.hosted()?)
    }

    /// Asks where that key is.
    pub(super) fn look_for_key(&self) {
        if let (Some(work), Ok(account)) = (&self.work, self.account()) {
            work.look_for_key(account);
        }
    }

    /// The chosen engine as the settings have it.
    pub(super) fn engine(&self) -> Result<Engine, StudioError> {
        Studio::engine_in(&self.state.settings, self.state.form.engine, None)
    }

    /// The engine that says how far a link may lead; with an address that is none, as far as the public one.
    pub(super) fn engine_for_reading(&self) -> Engine {
        self.engine().unwrap_or_else(|_broken| Engine::pixazo(PIXAZO_BASE, false))
    }
}
