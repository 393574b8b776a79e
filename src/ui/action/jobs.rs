//! What can be asked of jobs.

use model::{JobAction, JobId};

/// The words on the button of what a person can do with a job.
pub const fn job_words(action: JobAction) -> &'static str {
    match action {
        JobAction::Stop => "Stop",
        JobAction::GoOn => "Go on",
        JobAction::Discard => "Discard",
        JobAction::Retry => "Retry",
        JobAction::SubmitAgain => "Submit again",
        JobAction::LookAgain => "Look again",
        JobAction::Dismiss => "Put aside",
        JobAction::Forget => "Forget",
    }
}

/// Something about jobs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobsAction {
    /// Do this with a job.
    One(JobId, JobAction),
    /// Do this with each of these jobs.
    Each(Vec<JobId>, JobAction),
    /// Put these jobs, which are in the order of the line, elsewhere in it.
    Move(Vec<JobId>, Move),
    /// Show the file that a job made, in the file manager.
    Reveal(JobId),
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
