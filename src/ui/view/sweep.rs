//! What the sweep shows: a plan, its price, and the grid as far as it is made.

use crate::action::StickerId;
use crate::widgets::Stub;
use model::sweep::Axis;
use model::{EngineId, JobId, Money};

use super::Picture;

/// The sweep, in place of everything under the top bar.
#[derive(Clone, Debug)]
pub struct SweepView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Who would make the cells: settings are called as with it.
    pub engine: EngineId,
    /// Names of the sweeps that are kept.
    pub saved: &'a [&'a str],
    /// What varies from left to right.
    pub across: AxisView<'a>,
    /// What varies from top to bottom, if anything.
    pub down: Option<AxisView<'a>>,
    /// Everything else, as short facts.
    pub rest: &'a str,
    /// Labels of the columns.
    pub columns: &'a [String],
    /// Labels of the rows; empty with one axis.
    pub rows: &'a [String],
    /// The cells, row by row; empty when the plan is refused.
    pub cells: &'a [CellView<'a>],
    /// The chosen cell.
    pub selected: Option<SelectedCell<'a>>,
    /// What it comes to.
    pub sum: SweepSum,
    /// What is under way.
    pub running: Option<RunningSweep>,
    /// Why it cannot be run, in two words.
    pub blocked: Option<&'a str>,
    /// Does pressing its button nevertheless open the way on?
    pub opens: bool,
    /// Is the click being made durable?
    pub submitting: bool,
}

/// One axis of the plan.
#[derive(Clone, Copy, Debug)]
pub struct AxisView<'a> {
    /// What varies.
    pub axis: Axis,
    /// The values as they were typed.
    pub values: &'a str,
    /// Each value.
    pub labels: &'a [String],
    /// Why the values cannot be used, as a sentence.
    pub refused: Option<&'a str>,
}

/// What a sweep comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SweepSum {
    /// All cells.
    pub cells: usize,
    /// Cells whose sticker the library has.
    pub owned: usize,
    /// Cells that would be made.
    pub new: usize,
    /// Price of one cell.
    pub price_each: Money,
    /// What is left of the month's budget afterwards, if there is one.
    pub left: Option<Money>,
}

/// A sweep under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunningSweep {
    /// Cells that are filled.
    pub filled: usize,
    /// What the jobs of its cells have cost so far.
    pub spent: Money,
    /// What they come to when all are accepted.
    pub of: Money,
    /// Is the line of jobs paused?
    pub paused: bool,
}

/// One cell of the grid.
#[derive(Clone, Debug, PartialEq)]
pub enum CellView<'a> {
    /// Not made yet.
    New,
    /// In line or at the service.
    Busy {
        /// Where it stands, in a word or two.
        words: &'a str,
        /// How far the service says it is, 0 to 1.
        progress: Option<f32>,
    },
    /// Something for a person to decide.
    Trouble {
        /// What it is, in a word or two.
        head: &'a str,
        /// What happened.
        sentence: &'a str,
        /// The job it is about.
        job: &'a JobId,
        /// What running it again costs, when that can be done here.
        retry: Option<Stub<'a>>,
    },
    /// Made.
    Ready {
        /// The sticker.
        id: StickerId,
        /// Its picture.
        picture: Picture,
        /// Was it there before this sweep was run?
        owned: bool,
    },
}

/// The cell beside the grid.
#[derive(Clone, Debug)]
pub struct SelectedCell<'a> {
    /// Its place among the cells.
    pub place: usize,
    /// Its values, one an axis.
    pub values: &'a [String],
    /// The rest of its settings: names and values.
    pub facts: &'a [(&'a str, String)],
}
