//! Sweeps: one or two settings varied over the same photo, cell by cell.
//!
//! An [`Axis`] names what varies, a text in a small grammar says over which values: see [`values`] for numbers and
//! [`words`] for prompt words. [`Sweep::grid`] turns both into the recipes of a grid.

mod error;
pub mod values;
pub mod words;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::EngineId;
use super::parameter::{Kind, PARAMETERS, Parameter};
use super::recipe::Recipe;

pub use error::SweepError;

/// Most values of an axis.
pub const MOST_VALUES: usize = 64;

/// Most cells of a sweep.
pub const MOST_CELLS: usize = 400;

/// What an axis varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// A setting that is a number, the seed among them.
    Number(Parameter),
    /// Words of the prompt.
    Words,
}

impl Axis {
    /// Every axis, in the order of the form.
    pub fn all() -> impl Iterator<Item = Self> {
        let numbers = PARAMETERS
            .iter()
            .filter(|spec| matches!(spec.kind, Kind::Integer { .. } | Kind::Real { .. }))
            .map(|spec| Self::Number(spec.parameter));
        std::iter::once(Self::Words).chain(numbers)
    }

    /// Values to begin with, few enough to look at beside each other.
    pub const fn proposed(self) -> &'static str {
        match self {
            Self::Words => "ink, cartoon, pop art, neon",
            Self::Number(Parameter::PromptStrength) => "3-15 [4]",
            Self::Number(Parameter::Steps) => "5, 20, 50",
            Self::Number(Parameter::UpscaleSteps) => "1, 10, 50",
            Self::Number(Parameter::Width | Parameter::Height) => "512, 1024",
            Self::Number(Parameter::Seed) => "1, 2, 3, 4",
            Self::Number(_) => "0-1 [4]",
        }
    }

    /// Its name on screen with `engine`.
    pub fn label(self, engine: EngineId) -> &'static str {
        match self {
            Self::Number(parameter) => parameter.spec().label(engine),
            Self::Words => "Prompt words",
        }
    }

    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number(parameter) => parameter.name(),
            Self::Words => "words",
        }
    }

    /// The axis with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|axis| axis.word() == word)
    }
}

impl Serialize for Axis {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Axis {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Self::from_word(&word).ok_or_else(|| serde::de::Error::custom(format!("no axis is called {word}")))
    }
}

/// An axis with its values as they were typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// What varies.
    pub axis: Axis,
    /// Over which values, in the grammar of its axis.
    pub values: String,
}

impl Range {
    /// This axis with the values that are proposed for it.
    pub fn proposed(axis: Axis) -> Self {
        Self { axis, values: axis.proposed().to_owned() }
    }
}

/// One value of an axis.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// Words of the prompt.
    Words(String),
}

impl Value {
    /// It as a label beside the grid.
    pub fn label(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Words(words) => words.clone(),
        }
    }
}

impl Range {
    /// Its values.
    pub fn values(&self) -> Result<Vec<Value>, SweepError> {
        let values: Vec<Value> = match self.axis {
            Axis::Number(parameter) => values::read(parameter, &self.values)?.into_iter().map(Value::Number).collect(),
            Axis::Words => words::read(&self.values)?.into_iter().map(Value::Words).collect(),
        };
        match values.len() {
            0 => Err(SweepError::Empty { axis: self.axis }),
            count if count > MOST_VALUES => Err(SweepError::TooManyValues { most: MOST_VALUES }),
            _ => Ok(values),
        }
    }
}

/// A sweep as it is planned and saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sweep {
    /// Its name.
    pub name: String,
    /// What varies from left to right.
    pub across: Range,
    /// What varies from top to bottom, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub down: Option<Range>,
}

/// The grid of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Values from left to right.
    pub across: Vec<Value>,
    /// Values from top to bottom; empty with one axis.
    pub down: Vec<Value>,
    /// The cells, row by row; never fewer than the columns.
    pub cells: Vec<Cell>,
}

/// One cell of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: usize,
    /// Its row, from 0.
    pub row: usize,
    /// The request.
    pub recipe: Recipe,
}

impl Sweep {
    /// The grid over `recipe`.
    ///
    /// Everything that an axis does not vary, the seed included, comes from `recipe`. A value out of its range, two
    /// axes about the same and a grid that is too large are refused, before anything is run.
    pub fn grid(&self, recipe: &Recipe) -> Result<Grid, SweepError> {
        let across = self.across.values()?;
        let down = match &self.down {
            Some(range) if range.axis == self.across.axis => return Err(SweepError::SameAxis),
            Some(range) => range.values()?,
            None => Vec::new(),
        };
        let count = across.len() * down.len().max(1);
        if count > MOST_CELLS {
            return Err(SweepError::TooManyCells { count, most: MOST_CELLS });
        }
        // The first words of an axis are those that the others take the place of.
        let first_words =
            [&across, &down].into_iter().filter_map(|values| values.first()).find_map(|value| match value {
                Value::Words(words) => Some(words.clone()),
                Value::Number(_) => None,
            });
        let rows = if down.is_empty() { vec![None] } else { down.iter().map(Some).collect() };
        let mut cells = Vec::with_capacity(count);
        for (row, below) in rows.into_iter().enumerate() {
            for (column, beside) in across.iter().enumerate() {
                let mut cell = Cell { column, row, recipe: recipe.clone() };
                apply(&self.across, beside, first_words.as_deref(), &mut cell)?;
                if let (Some(range), Some(value)) = (&self.down, below) {
                    apply(range, value, first_words.as_deref(), &mut cell)?;
                }
                cells.push(cell);
            }
        }
        Ok(Grid { across, down, cells })
    }
}

/// Gives a cell the value of one of its axes.
fn apply(range: &Range, value: &Value, first_words: Option<&str>, cell: &mut Cell) -> Result<(), SweepError> {
    match (range.axis, value) {
        (Axis::Number(parameter), Value::Number(number)) => {
            cell.recipe
                .set(parameter, &json!(number))
                .map_err(|_wrong| SweepError::OutOfRange { value: *number, parameter })?;
        }
        (_, Value::Words(words)) => {
            cell.recipe.prompt = words::put(words, &cell.recipe.prompt, first_words.unwrap_or_default());
        }
        // An axis makes values of its own kind alone.
        (Axis::Words, Value::Number(_)) => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(axis: Axis, values: &str) -> Range {
        Range { axis, values: values.to_owned() }
    }

    fn sweep(across: Range, down: Option<Range>) -> Sweep {
        Sweep { name: "Style by strength".to_owned(), across, down }
    }

    const STRENGTH: Axis = Axis::Number(Parameter::PromptStrength);

    #[test]
    fn two_axes_make_every_pair_row_by_row_and_leave_the_rest_alone() {
        let recipe = Recipe { prompt: "a person, vibrant".into(), ..Recipe::default() }.with_seed(77);
        let sweep = sweep(range(STRENGTH, "3-15 [4]"), Some(range(Axis::Words, "ink, pop art")));
        let grid = sweep.grid(&recipe).unwrap();
        assert_eq!(grid.cells.len(), 8);
        assert_eq!(grid.across.iter().map(Value::label).collect::<Vec<_>>(), ["3", "7", "11", "15"]);
        let cell = &grid.cells[6];
        assert_eq!((cell.column, cell.row), (2, 1));
        assert_eq!((cell.recipe.prompt_strength, cell.recipe.seed), (11.0, Some(77)));
        assert_eq!(cell.recipe.prompt, "pop art, a person, vibrant");
    }

    #[test]
    fn one_axis_makes_one_row() {
        let grid = sweep(range(Axis::Number(Parameter::Seed), "1, 2, .., 5"), None).grid(&Recipe::default()).unwrap();
        let seeds: Vec<_> = grid.cells.iter().map(|cell| (cell.row, cell.recipe.seed)).collect();
        assert_eq!(seeds, (1..=5).map(|seed| (0, Some(seed))).collect::<Vec<_>>());
        assert!(grid.down.is_empty());
    }

    #[test]
    fn two_axes_about_the_same_and_grids_too_large_are_refused() {
        let twice = sweep(range(STRENGTH, "1, 2"), Some(range(STRENGTH, "3, 4")));
        assert_eq!(twice.grid(&Recipe::default()), Err(SweepError::SameAxis));
        let large = sweep(range(STRENGTH, "1-20 (+0.5)"), Some(range(Axis::Number(Parameter::Steps), "1-50")));
        assert_eq!(large.grid(&Recipe::default()), Err(SweepError::TooManyCells { count: 39 * 50, most: MOST_CELLS }));
    }

    #[test]
    fn a_sweep_is_saved_under_the_words_of_its_axes_and_comes_back() {
        let sweep = sweep(range(STRENGTH, "3-15 [4]"), Some(range(Axis::Words, "ink, neon")));
        let text = serde_json::to_string(&sweep).unwrap();
        assert!(text.contains("\"prompt_strength\"") && text.contains("\"words\""), "{text}");
        assert_eq!(serde_json::from_str::<Sweep>(&text).unwrap(), sweep);
        assert!(serde_json::from_str::<Sweep>(&text.replace("words", "mood")).is_err());
        for axis in Axis::all() {
            assert_eq!(Axis::from_word(axis.word()), Some(axis));
        }
    }
}
