//! Making stickers: what a click waits for, what it sends, and what it puts in line.

use crate::app::App;
use crate::app::blocked::{Blocked, WayOn};
use crate::app::files::FileRequest;
use crate::app::jobs::Run;
use crate::app::photo::ToSend;
use crate::app::sentence::sentence;
use crate::app::state::State;
use crate::model::{EngineId, Recipe, expressions};
use crate::platform::random_seed;
use crate::ui::action::Dialog;

impl App {
    /// Makes stickers with the settings as they are; a second click before the first is durable does nothing.
    pub(in crate::app) fn make(&mut self) {
        self.state.cx.hands.rest();
        if self.may_run() {
            let sent = self.state.all_to_send();
            let recipes = self.state.recipe.form.run(sent.len(), random_seed);
            self.start_run(sent.into_iter().zip(recipes).collect(), "");
        }
    }

    /// Opens the dialog for the list of expressions.
    pub(in crate::app) fn ask_for_expressions(&mut self) {
        self.state.recipe.want_expressions(true);
        self.state.cx.dialog = Some(Dialog::Expressions);
    }

    /// Makes a sticker of each expression, and of each photo.
    pub(in crate::app) fn make_expressions(&mut self) {
        self.state.cx.hands.rest();
        let made = self.state.recipe.expressions_listed().made;
        if made.is_empty() || !self.may_run() {
            return;
        }
        let sent = self.state.all_to_send();
        let recipes = self.state.recipe.form.run_each(random_seed, |recipe| {
            made.iter()
                .map(|word| Recipe { prompt: expressions::prompt(word, &recipe.prompt), ..recipe.clone() })
                .collect()
        });
        self.start_run(sent.into_iter().map(|sent| (sent, recipes.clone())).collect(), expressions::BATCH);
        self.state.recipe.want_expressions(false);
        self.state.cx.dialog = None;
    }

    /// May stickers be made now? The notice about the hosted engine comes before the first one there.
    pub(in crate::app) fn may_run(&mut self) -> bool {
        if let Some(why) = self.state.blocked(self.studio.is_some()) {
            self.open_way_on(why);
            return false;
        }
        if self.state.jobs.is_submitting() {
            return false;
        }
        if self.state.recipe.form.engine == EngineId::Local {
            return true;
        }
        if !self.state.cx.settings.told_about_licences {
            self.state.cx.dialog = Some(Dialog::HostedNotice);
            return false;
        }
        if self.state.lacks_host() {
            // Nothing leaves before the person has chosen and agreed.
            self.state.hosts.ask(true, &mut self.state.cx);
            return false;
        }
        !self.state.cx.spends_again()
    }

    /// Opens what is missing, when a run is blocked for this reason.
    pub(in crate::app) fn open_way_on(&mut self, why: Blocked) {
        match why.way_on() {
            Some(WayOn::Key) => self.open_dialog(Dialog::Key),
            Some(WayOn::Budget) => self.open_dialog(Dialog::Budget),
            Some(WayOn::Photo) => self.ask_for_file(FileRequest::Photo),
            None => {}
        }
    }

    /// Puts these requests in line, as a batch whose name begins so.
    pub(in crate::app) fn start_run(&mut self, of_photos: Vec<(ToSend, Vec<Recipe>)>, kind: &'static str) {
        let engine = match self.state.engine() {
            Ok(engine) => engine,
            Err(error) => return self.state.cx.complain(sentence(&error)),
        };
        if !of_photos.is_empty() {
            let click = self.state.jobs.click().to_owned();
            self.state.jobs.run(Run { click, kind, engine, of_photos });
        }
    }

    /// Remembers that the notice was read, and goes on with what it stood before.
    pub(in crate::app) fn accept_notice(&mut self) {
        self.state.cx.dialog = None;
        self.state.cx.settings.told_about_licences = true;
        self.state.cx.keep_settings();
        self.go_on_with_run();
    }

    /// Makes the cells of the sweep that have neither a sticker nor a job.
    pub(in crate::app) fn run_sweep(&mut self) {
        self.state.cx.hands.rest();
        // What the library has is served from there, so it has to be known first.
        if self.state.blocked(self.studio.is_some()).is_none() && self.state.sweep.blocked().is_some() {
            return;
        }
        let recipes = self.state.sweep.new_cells();
        let price = self.state.recipe.form.engine.price() * u32::try_from(recipes.len()).unwrap_or(u32::MAX);
        if self.state.money.goes_above(price, &self.state.cx) {
            return self.open_way_on(Blocked::OverBudget);
        }
        if let (true, Some(sent)) = (self.may_run(), self.state.to_send()) {
            self.start_run(vec![(sent, recipes)], "");
        }
    }

    /// Goes on with the run that a question stood before.
    pub(in crate::app) fn go_on_with_run(&mut self) {
        if self.state.sweep.open {
            self.run_sweep();
        } else if self.state.recipe.expressions.wanted {
            self.make_expressions();
        } else {
            self.make();
        }
    }
}

impl State {
    /// What would be sent of the photo in the well now.
    pub(in crate::app) fn to_send(&self) -> Option<ToSend> {
        self.photos.well().to_send(self.photo_use(), self.host_to_use().map(str::to_owned))
    }

    /// What would be sent of each photo that can be used.
    pub(in crate::app) fn all_to_send(&self) -> Vec<ToSend> {
        self.photos.all_to_send(self.photo_use(), self.host_to_use())
    }

    /// The host that photos go by; none for the engine on this computer.
    fn host_to_use(&self) -> Option<&str> {
        match self.recipe.form.engine {
            EngineId::Local => None,
            EngineId::Pixazo => self.hosts.agreed(&self.cx).map(|host| host.name.as_str()),
        }
    }
}
