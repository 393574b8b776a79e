//! Preferences: changed, kept, followed.

use egui::ThemePreference;

use super::Outcome;
use crate::app::context::AppContext;
use crate::app::sentence::sentence;
use crate::model::{EngineId, ThemeChoice};
use crate::studio::Studio;
use crate::ui::action::Preference;

impl AppContext {
    /// Changes one preference.
    pub(in crate::app) fn prefer(&mut self, preference: &Preference) -> Option<Outcome> {
        let settings = &mut self.settings;
        let mut outcome = None;
        match preference {
            Preference::Theme(choice) => settings.theme = *choice,
            Preference::Scale(scale) => settings.scale_percent = (scale.clamp(0.8, 2.0) * 100.0).round() as u32,
            Preference::ReduceMotion(on) => settings.reduce_motion = *on,
            Preference::Notifications(on) => settings.notifications = *on,
            Preference::SoftBudget(limit) => settings.budget.ask_above = *limit,
            Preference::HardBudget(limit) => settings.budget.refuse_above = *limit,
            Preference::Concurrency(count) => settings.concurrency = (*count).clamp(1, 8) as usize,
            Preference::RecentPhotos(on) => {
                settings.recent_photos = *on;
                outcome = (!*on).then_some(Outcome::ForgetRecent);
            }
            Preference::SettingsInCopies(on) => settings.settings_in_exports = *on,
            Preference::LabelCopies(on) => settings.label_exports = *on,
            Preference::Address(typed) => {
                let typed = Some(typed.trim()).filter(|typed| !typed.is_empty());
                if let Err(error) = Studio::engine(EngineId::Pixazo, typed) {
                    self.complain(sentence(&error));
                    return None;
                }
                settings.base_url = typed.map(str::to_owned);
                // Another host has another key.
                outcome = Some(Outcome::OtherAddress);
            }
        }
        self.apply_settings();
        self.keep_settings();
        outcome
    }

    /// Makes the window look as the settings say.
    pub(in crate::app) fn apply_settings(&self) {
        let settings = &self.settings;
        self.egui.set_theme(match settings.theme {
            ThemeChoice::System => ThemePreference::System,
            ThemeChoice::Dark => ThemePreference::Dark,
            ThemeChoice::Light => ThemePreference::Light,
        });
        self.egui.set_zoom_factor(settings.scale_percent as f32 / 100.0);
        let animation_time = if settings.reduce_motion { 0.0 } else { crate::ui::theme::Motion::Panel.usual() };
        self.egui.all_styles_mut(|style| style.animation_time = animation_time);
    }
}
