//! What can be asked of jobs.

use model::JobId;

/// What a person can do with a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobOffer {
    /// Stop it, or stop waiting for it.
    Stop,
    /// Let a held job go on, which costs its price.
    GoOn,
    /// Drop a held job, which was never sent.
    Discard,
    /// Run it again; the earlier try cost nothing.
    Retry,
    /// Send the same request again, which may cost again.
    SubmitAgain,
    /// Ask the service once more, for free.
    LookAgain,
    /// Delete its row.
    Forget,
    /// Set the form to its settings.
    UseSettings,
}

impl JobOffer {
    /// The words on its button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Stop => "Stop",
            Self::GoOn => "Go on",
            Self::Discard => "Discard",
            Self::Retry => "Retry",
            Self::SubmitAgain => "Submit again",
            Self::LookAgain => "Look again",
            Self::Forget => "Forget",
            Self::UseSettings => "Use its settings",
        }
    }

    /// Does pressing it allow the job's price to be charged?
    pub const fn may_cost(self) -> bool {
        matches!(self, Self::GoOn | Self::Retry | Self::SubmitAgain)
    }
}

/// Where a job is put in line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Before every other.
    First,
    /// One place nearer to its turn.
    Earlier,
    /// One place further away.
    Later,
    /// Behind every other.
    Last,
    /// Right before this one.
    Before(JobId),
}

impl Move {
    /// Those that a menu offers.
    pub const STEPS: [Self; 4] = [Self::First, Self::Earlier, Self::Later, Self::Last];

    /// The words in the menu.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::First => "First in line",
            Self::Earlier => "Earlier",
            Self::Later => "Later",
            Self::Last => "Last in line",
            Self::Before(_) => "Before this one",
        }
    }
}
