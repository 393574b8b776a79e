//! What may cost money: a run, and what a person asks with jobs.

use crate::app::photo::ToSend;
use crate::model::{Engine, JobAction, JobId, Money, Recipe};

/// What a run needs.
#[derive(Clone)]
pub(in crate::app) struct Run {
    /// Names the click, so that a second one is the same run.
    pub click: String,
    /// What the name of its batch begins with; empty for most.
    pub kind: &'static str,
    /// Where stickers are made.
    pub engine: Engine,
    /// What is sent of each photo, and one recipe a sticker of it.
    pub of_photos: Vec<(ToSend, Vec<Recipe>)>,
}

impl Run {
    /// How many stickers it makes.
    pub(super) fn stickers(&self) -> usize {
        self.of_photos.iter().map(|(_, recipes)| recipes.len()).sum()
    }
}

/// Something that may cost money.
#[derive(Clone)]
pub(in crate::app) enum Spend {
    /// New stickers.
    Run(Box<Run>),
    /// What a person asked with these jobs.
    Actions(Vec<JobId>, JobAction),
}

/// Why nothing was done.
pub(in crate::app) enum Refused {
    /// The person wants to be asked first.
    Ask(OverBudget),
    /// Something else, as a sentence.
    Because(String),
}

/// A decision to go above the amount of a month at which the person wants to be asked.
pub(in crate::app) struct OverBudget {
    /// What it is about.
    pub spend: Spend,
    /// What it costs.
    pub price: Money,
    /// The amount.
    pub limit: Money,
    /// What the month would come to.
    pub after: Money,
}
