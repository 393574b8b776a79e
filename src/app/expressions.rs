//! Expression lists: one sticker of each word in a list, all with the same seed, as one pack.

use super::App;
use super::blocked::Blocked;
use super::sentence::with_full_stop;
use super::state::State;
use crate::model::{EngineId, Recipe, expressions, moods};
use crate::platform::random_seed;
use crate::studio::{capitalised, draws};
use crate::ui::action::Dialog;
use crate::ui::view::{ExpressionsView, LookView, UseOfSeed};

/// The list.
pub(super) struct Expressions {
    /// As it is typed.
    pub typed: String,
    /// Is the next run about it? It is from when its dialog opens until it was run or given up.
    pub wanted: bool,
}

impl Default for Expressions {
    fn default() -> Self {
        Self { typed: moods::PACK.join(", "), wanted: false }
    }
}

/// What is made of the list.
#[derive(Default)]
pub(super) struct Listed {
    /// Each makes a sticker.
    made: Vec<String>,
    /// What is left out and why, or why the list cannot be used, as sentences.
    remark: Option<String>,
    is_refused: bool,
}

impl Listed {
    fn of(typed: &str, engine: EngineId) -> Self {
        let listed = match expressions::read(typed) {
            Ok(listed) if listed.len() > expressions::MOST => {
                Err(format!("These are {} expressions; {} fit.", listed.len(), expressions::MOST))
            }
            Ok(listed) => Ok(listed),
            Err(error) => Err(with_full_stop(capitalised(&error.to_string()))),
        };
        let listed = match listed {
            Ok(listed) => listed,
            Err(remark) => return Self { made: Vec::new(), remark: Some(remark), is_refused: true },
        };
        // A word that the engine on this computer leaves aside changes nothing.
        let changes_something = |word: &String| engine == EngineId::Pixazo || draws(word);
        let (made, out): (Vec<String>, Vec<String>) = listed.into_iter().partition(changes_something);
        let remark = (!out.is_empty()).then(|| {
            format!(
                "This computer does not draw: {}. It draws moods, such as happy, wink, thinking, and styles, such as ink, neon, kawaii.",
                out.join(", ")
            )
        });
        Self { made, remark, is_refused: false }
    }

    pub(super) fn view<'a>(
        &'a self,
        state: &'a State,
        moods: &'a [LookView],
        blocked: Option<Blocked>,
    ) -> ExpressionsView<'a> {
        let blocked = if self.made.is_empty() { Some(Blocked::NoWords) } else { blocked };
        ExpressionsView {
            moods,
            typed: &state.expressions.typed,
            made: &self.made,
            remark: self.remark.as_deref(),
            is_refused: self.is_refused,
            stickers: state.stickers(),
            seed: (state.form.seed == UseOfSeed::Locked).then_some(state.form.recipe.seed).flatten(),
            engine: state.form.engine,
            blocked: blocked.map(Blocked::words),
            opens: blocked.and_then(Blocked::way_on).is_some(),
            submitting: state.jobs.is_submitting(),
        }
    }
}

impl State {
    /// What is made of the list at the chosen engine.
    pub(super) fn expressions_listed(&self) -> Listed {
        Listed::of(&self.expressions.typed, self.form.engine)
    }

    /// The moods of a usual pack as small pictures, on where the list has them; none where they are not drawn.
    pub(super) fn expression_looks(&self) -> Vec<LookView> {
        if self.form.engine != EngineId::Local {
            return Vec::new();
        }
        let listed = expressions::read(&self.expressions.typed).unwrap_or_default();
        let is_listed = |word: &str| listed.iter().any(|one| one == word);
        let looks = moods::PACK.into_iter().filter_map(|word| Some((word, self.looks.of_mood(word)?)));
        looks.map(|(word, picture)| LookView { word, label: word, picture, is_on: is_listed(word) }).collect()
    }

    /// Puts a mood into the list, or takes it out.
    pub(super) fn toggle_expression(&mut self, word: &str) {
        let Ok(mut listed) = expressions::read(&self.expressions.typed) else { return };
        let before = listed.len();
        listed.retain(|one| one != word);
        if listed.len() == before {
            listed.push(word.to_owned());
        }
        let quoted = |word: String| if word.contains(',') { format!("\"{word}\"") } else { word };
        self.expressions.typed = listed.into_iter().map(quoted).collect::<Vec<_>>().join(", ");
    }

    /// How many stickers of each photo the next click makes.
    pub(super) fn stickers_of_each(&self) -> u32 {
        if !self.expressions.wanted {
            return self.form.count;
        }
        u32::try_from(self.expressions_listed().made.len()).unwrap_or(u32::MAX)
    }
}

impl App {
    /// Opens the dialog for the list.
    pub(super) fn ask_for_expressions(&mut self) {
        self.state.expressions.wanted = true;
        self.state.cx.dialog = Some(Dialog::Expressions);
    }

    /// Makes a sticker of each expression, and of each photo.
    pub(super) fn make_expressions(&mut self, now: f64) {
        self.state.cx.hands.rest();
        let made = self.state.expressions_listed().made;
        if made.is_empty() || !self.may_run(now) {
            return;
        }
        let sent = self.state.all_to_send();
        let recipes = self.state.form.run_each(random_seed, |recipe| {
            made.iter()
                .map(|word| Recipe { prompt: expressions::prompt(word, &recipe.prompt), ..recipe.clone() })
                .collect()
        });
        self.start_run(sent.into_iter().map(|sent| (sent, recipes.clone())).collect(), expressions::BATCH);
        self.state.expressions.wanted = false;
        self.state.cx.dialog = None;
    }
}
