//! Expression lists: one sticker of each word in a list, all with the same seed, as one pack.

use super::RecipeState;
use crate::app::blocked::Blocked;
use crate::app::sentence::with_full_stop;
use crate::model::{EngineId, expressions, moods};
use crate::studio::{capitalised, draws};
use crate::ui::view::{ExpressionsView, LookView, UseOfSeed};

/// The list.
pub(in crate::app) struct Expressions {
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
pub(in crate::app) struct Listed {
    /// Each makes a sticker.
    pub made: Vec<String>,
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

    /// What the dialog shows, when the next click makes so many stickers.
    pub(in crate::app) fn view<'a>(
        &'a self,
        recipe: &'a RecipeState,
        moods: &'a [LookView],
        stickers: u32,
        blocked: Option<Blocked>,
        submitting: bool,
    ) -> ExpressionsView<'a> {
        let blocked = if self.made.is_empty() { Some(Blocked::NoWords) } else { blocked };
        ExpressionsView {
            moods,
            typed: &recipe.expressions.typed,
            made: &self.made,
            remark: self.remark.as_deref(),
            is_refused: self.is_refused,
            stickers,
            seed: (recipe.form.seed == UseOfSeed::Locked).then_some(recipe.form.recipe.seed).flatten(),
            engine: recipe.form.engine,
            blocked: blocked.map(Blocked::words),
            opens: blocked.and_then(Blocked::way_on).is_some(),
            submitting,
        }
    }
}

impl RecipeState {
    /// What is made of the list at the chosen engine.
    pub(in crate::app) fn expressions_listed(&self) -> Listed {
        Listed::of(&self.expressions.typed, self.form.engine)
    }

    /// The moods of a usual pack as small pictures, on where the list has them; none where they are not drawn.
    pub(in crate::app) fn expression_looks(&self) -> Vec<LookView> {
        if self.form.engine != EngineId::Local {
            return Vec::new();
        }
        let listed = expressions::read(&self.expressions.typed).unwrap_or_default();
        let is_listed = |word: &str| listed.iter().any(|one| one == word);
        let looks = moods::PACK.into_iter().filter_map(|word| Some((word, self.looks.of_mood(word)?)));
        looks.map(|(word, picture)| LookView { word, label: word, picture, is_on: is_listed(word) }).collect()
    }

    /// The list is wanted from now on, until it was run or given up.
    pub(in crate::app) const fn want_expressions(&mut self, wanted: bool) {
        self.expressions.wanted = wanted;
    }

    /// Lists these.
    pub(in crate::app) fn list_expressions(&mut self, typed: String) {
        self.expressions.typed = typed;
    }

    /// Puts a mood into the list, or takes it out.
    pub(in crate::app) fn toggle_expression(&mut self, word: &str) {
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
    pub(in crate::app) fn stickers_of_each(&self) -> u32 {
        if !self.expressions.wanted {
            return self.form.count;
        }
        u32::try_from(self.expressions_listed().made.len()).unwrap_or(u32::MAX)
    }
}
