//! Expression lists: one sticker of each word in a list, all with the same seed, as one pack.

use super::App;
use super::blocked::Blocked;
use super::state::State;
use super::work::with_full_stop;
use crate::model::{EngineId, Recipe, expressions};
use crate::platform::random_seed;
use crate::studio::{capitalised, words};
use crate::ui::action::Dialog;
use crate::ui::view::{ExpressionsView, UseOfSeed};

/// Expressions at once at most.
const MOST: usize = 24;

/// The list.
pub(super) struct Expressions {
    /// As it is typed.
    pub typed: String,
    /// Is the next run about it? It is from when its dialog opens until it was run or given up.
    pub wanted: bool,
}

impl Default for Expressions {
    fn default() -> Self {
        Self { typed: "happy, angry, surprised, sleepy, in love".to_owned(), wanted: false }
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
            Ok(listed) if listed.len() > MOST => Err(format!("These are {} expressions; {MOST} fit.", listed.len())),
            Ok(listed) => Ok(listed),
            Err(error) => Err(with_full_stop(capitalised(&error.to_string()))),
        };
        let listed = match listed {
            Ok(listed) => listed,
            Err(remark) => return Self { made: Vec::new(), remark: Some(remark), is_refused: true },
        };
        // The engine on this computer draws the face as it is, so a word that it leaves aside changes nothing.
        let changes_something = |word: &String| engine == EngineId::Pixazo || is_understood(word);
        let (made, out): (Vec<String>, Vec<String>) = listed.into_iter().partition(changes_something);
        let remark = (!out.is_empty()).then(|| {
            format!(
                "This computer draws the face as it is in the photo and leaves aside: {}. Words of a style make a pack here, such as ink, neon, kawaii.",
                out.join(", ")
            )
        });
        Self { made, remark, is_refused: false }
    }

    pub(super) fn view<'a>(&'a self, state: &'a State, blocked: Option<Blocked>) -> ExpressionsView<'a> {
        let blocked = if self.made.is_empty() { Some(Blocked::NoWords) } else { blocked };
        ExpressionsView {
            typed: &state.expressions.typed,
            made: &self.made,
            remark: self.remark.as_deref(),
            is_refused: self.is_refused,
            stickers: state.stickers(),
            seed: (state.form.seed == UseOfSeed::Locked).then_some(state.form.recipe.seed).flatten(),
            engine: state.form.engine,
            blocked: blocked.map(Blocked::words),
            opens: blocked.and_then(Blocked::way_on).is_some(),
            submitting: state.submitting,
        }
    }
}

/// Does the engine on this computer understand all of this?
fn is_understood(word: &str) -> bool {
    let (understood, ignored) = words(&Recipe { prompt: word.to_owned(), ..Recipe::default() });
    !understood.is_empty() && ignored.is_empty()
}

impl State {
    /// What is made of the list at the chosen engine.
    pub(super) fn expressions_listed(&self) -> Listed {
        Listed::of(&self.expressions.typed, self.form.engine)
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
        self.state.dialog = Some(Dialog::Expressions);
    }

    /// Makes a sticker of each expression, and of each photo.
    pub(super) fn make_expressions(&mut self, now: f64) {
        self.state.hands.rest();
        let made = self.state.expressions_listed().made;
        if made.is_empty() || !self.may_run(now) {
            return;
        }
        let sent = self.all_to_send();
        let recipes = self.state.form.run_each(random_seed, |recipe| {
            made.iter()
                .map(|word| Recipe { prompt: expressions::prompt(word, &recipe.prompt), ..recipe.clone() })
                .collect()
        });
        self.start_run(sent.into_iter().map(|sent| (sent, recipes.clone())).collect(), expressions::BATCH);
        self.state.expressions.wanted = false;
        self.state.dialog = None;
    }
}
