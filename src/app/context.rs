//! What features share, and through which they ask each other: a toast, a dialog, the preferences, a task.

use std::convert::Infallible;
use std::path::PathBuf;

use jiff::tz::TimeZone;

use super::hands::Hands;
use super::newest::Newest;
use super::pictures::Pictures;
use super::toasts::{ToastAnswer, Toasts};
use super::worker::Worker;
use crate::keys::Account;
use crate::library::SaveOptions;
use crate::library::metadata::Disclosed;
use crate::model::engine::PIXAZO_BASE;
use crate::model::{Engine, EngineId};
use crate::platform;
use crate::settings::Settings;
use crate::studio::{Studio, StudioError};
use crate::ui::action::Dialog;

/// A second click within this many seconds is the first one again; egui's own limit is 0.3.
const DOUBLE_CLICK: f64 = 0.5;

/// What features share.
pub(super) struct AppContext {
    /// The window itself.
    pub egui: egui::Context,
    /// The clock at the wall.
    pub zone: TimeZone,
    /// Preferences as they are kept.
    pub settings: Settings,
    /// The open dialog; there is only ever one.
    pub dialog: Option<Dialog>,
    /// Pictures on the graphics card.
    pub pictures: Pictures,
    /// What the person has done since they asked for stickers.
    pub hands: Hands,
    /// What happened elsewhere.
    pub toasts: Toasts,
    /// When something was pressed that may cost money, in seconds of the window's clock.
    spent_click_at: f64,
    /// What has no feature of its own, once everything runs.
    desktop: Option<Desktop>,
}

/// What is asked of this computer, whichever feature asks.
#[derive(Clone)]
pub(super) struct Desktop {
    worker: Worker<Infallible>,
    settings: Newest<Settings>,
}

impl AppContext {
    /// Before anything runs.
    pub(super) fn new(egui: egui::Context) -> Self {
        Self {
            egui,
            zone: TimeZone::UTC,
            settings: Settings::default(),
            dialog: None,
            pictures: Pictures::default(),
            hands: Hands::default(),
            toasts: Toasts::default(),
            spent_click_at: f64::NEG_INFINITY,
            desktop: None,
        }
    }

    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<Infallible>) {
        self.settings = worker.studio().settings().clone();
        self.zone = worker.studio().zone().clone();
        for note in worker.studio().notes() {
            self.complain(note.clone());
        }
        self.desktop = Some(Desktop { worker, settings: Newest::default() });
    }

    /// The time of this frame, in seconds of the window's clock.
    pub(super) fn now(&self) -> f64 {
        self.egui.time()
    }

    /// What is asked of this computer, once everything runs.
    pub(super) const fn desktop(&self) -> Option<&Desktop> {
        self.desktop.as_ref()
    }

    /// Says what happened elsewhere.
    pub(super) fn tell(&mut self, sentence: String, answer: Option<(String, ToastAnswer)>) {
        self.toasts.tell(sentence, answer, self.now());
    }

    /// Says what did not work.
    pub(super) fn complain(&mut self, sentence: String) {
        self.toasts.complain(sentence);
    }

    /// Lets a toast begin its life anew: somebody is at it.
    pub(super) fn hold(&mut self, toast: u64) {
        self.toasts.hold(toast, self.now());
    }

    /// Is this a second click, right after one that may cost money? The same place may be another button by now.
    pub(super) fn spends_again(&mut self) -> bool {
        let now = self.now();
        let again = now - self.spent_click_at < DOUBLE_CLICK;
        if !again {
            self.spent_click_at = now;
        }
        again
    }

    /// How copies are saved.
    pub(super) fn save_options(&self) -> SaveOptions {
        let disclosed = Disclosed { settings: self.settings.settings_in_exports, label: self.settings.label_exports };
        SaveOptions { disclosed, ..SaveOptions::default() }
    }

    /// This engine as the settings have it.
    pub(super) fn engine(&self, id: EngineId) -> Result<Engine, StudioError> {
        Studio::engine_in(&self.settings, id, None)
    }

    /// The hosted engine as the settings have it.
    pub(super) fn hosted(&self) -> Result<Engine, StudioError> {
        self.engine(EngineId::Pixazo)
    }

    /// The engine that says how far a link may lead; with an address that is none, as far as the public one.
    pub(super) fn engine_for_reading(&self, id: EngineId) -> Engine {
        self.engine(id).unwrap_or_else(|_broken| Engine::pixazo(PIXAZO_BASE, false))
    }

    /// Whose key goes there, as the settings are now.
    pub(super) fn account(&self) -> Result<Account, StudioError> {
        Studio::account_of(&self.hosted()?)
    }

    /// Writes the preferences down.
    pub(super) fn keep_settings(&self) {
        if let Some(desktop) = &self.desktop {
            desktop.keep_settings(self.settings.clone());
        }
    }

    /// Shows a file in the file manager.
    pub(super) fn reveal(&self, path: PathBuf) {
        if let Some(desktop) = &self.desktop {
            desktop.reveal(path);
        }
    }

    /// Opens a page or folder in its program.
    pub(super) fn open(&self, target: &str) {
        if let Some(desktop) = &self.desktop {
            desktop.open(target.to_owned());
        }
    }

    /// Tells the desktop; where nobody takes messages, nothing is lost by it.
    pub(super) fn notify(&self, sentence: String) {
        if let Some(desktop) = &self.desktop {
            desktop.notify(sentence);
        }
    }
}

impl Desktop {
    fn keep_settings(&self, settings: Settings) {
        self.settings.put(settings);
        let desktop = self.clone();
        self.worker.spawn(move |_, _| desktop.write_settings());
    }

    /// Writes the preferences that wait.
    pub(super) fn write_settings(&self) {
        if let Err(error) = self.settings.write(|settings| self.worker.studio().follow(settings)) {
            self.worker.teller().fail(&error);
        }
    }

    fn reveal(&self, path: PathBuf) {
        self.worker.spawn(move |_, teller| {
            if let Err(error) = platform::reveal_in_file_manager(&path) {
                let place = path.parent().unwrap_or(&path).display();
                teller.complain(format!("The file manager did not open ({error}). The file lies in {place}"));
            }
        });
    }

    fn open(&self, target: String) {
        self.worker.spawn(move |_, teller| {
            if let Err(error) = platform::open_in_default_application(&target) {
                teller.complain(format!("This could not be opened ({error}): {target}"));
            }
        });
    }

    fn notify(&self, sentence: String) {
        self.worker.spawn(move |_, _| {
            if let Err(error) = platform::notify(&sentence) {
                tracing::debug!(%error, "the desktop takes no messages");
            }
        });
    }
}
