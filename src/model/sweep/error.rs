//! Why a sweep cannot be planned.

use super::Axis;
use crate::EngineId;
use crate::parameter::Parameter;

/// Values of a sweep cannot be used; nothing was run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SweepError {
    /// There is no value.
    #[error("{}", empty(*axis, EngineId::Pixazo))]
    Empty {
        /// The axis.
        axis: Axis,
    },
    /// This is not in the grammar.
    #[error("\u{201c}{text}\u{201d} is not understood: write values like 1, 2, 3 or 0-1 [5] or 1-9 (+2)")]
    NotUnderstood {
        /// The part that is not.
        text: String,
    },
    /// A value does not fit its setting.
    #[error("{}", out_of_range(*value, *parameter, EngineId::Pixazo))]
    OutOfRange {
        /// The value as it would be sent.
        value: f64,
        /// The setting.
        parameter: Parameter,
    },
    /// A step that never reaches the end of its range.
    #[error("the step of \u{201c}{text}\u{201d} leads away from its end")]
    StepLeadsAway {
        /// The range.
        text: String,
    },
    /// Two dots without two values before and one behind them.
    #[error("\u{201c}..\u{201d} goes on from the two values before it to the one behind it, as in 1, 2, .., 10")]
    LooseDots,
    /// A value to skip that is not there.
    #[error("{text} is to be skipped, but is not among the values")]
    NothingToSkip {
        /// The value.
        text: String,
    },
    /// A quotation mark without its partner.
    #[error("a quotation mark is not closed")]
    OpenQuote,
    /// More values than an axis takes.
    #[error("an axis takes at most {most} values")]
    TooManyValues {
        /// How many it takes.
        most: usize,
    },
    /// More cells than a sweep takes.
    #[error("{count} cells are too many: a sweep takes at most {most}")]
    TooManyCells {
        /// How many there would be.
        count: usize,
        /// How many it takes.
        most: usize,
    },
    /// Both axes vary the same.
    #[error("both axes vary the same setting: choose another for one of them")]
    SameAxis,
}

impl SweepError {
    /// The error in the words that the form has with `engine`; its `Display` has the documentation's.
    pub fn said(&self, engine: EngineId) -> String {
        match self {
            Self::Empty { axis } => empty(*axis, engine),
            Self::OutOfRange { value, parameter } => out_of_range(*value, *parameter, engine),
            other => other.to_string(),
        }
    }
}

fn out_of_range(value: f64, parameter: Parameter, engine: EngineId) -> String {
    let spec = parameter.spec();
    format!("{value} is out of range: {} takes {}", spec.label(engine), spec.allowed())
}

fn empty(axis: Axis, engine: EngineId) -> String {
    format!("{} has no values yet", axis.label(engine))
}
