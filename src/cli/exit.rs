//! The exit codes that scripts rely on.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done,
    /// Something that should not happen.
    Unexpected,
    /// The words of the command were wrong, or there is no display for the window.
    Usage,
    /// The photo is missing, unreadable or shows no face.
    Photo,
    /// The service refused the request.
    Refused,
    /// The job failed or was lost.
    JobFailed,
    /// The request may have been accepted and charged.
    MaybeAccepted,
    /// No connection or no result in time; the job is kept.
    Kept,
    /// A person interrupted; the job is kept.
    Interrupted,
}

impl Exit {
    /// The number the process ends with.
    pub const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Unexpected => 1,
            Self::Usage => 2,
            Self::Photo => 3,
            Self::Refused => 4,
            Self::JobFailed => 5,
            Self::MaybeAccepted => 6,
            Self::Kept => 7,
            Self::Interrupted => 130,
        }
    }

    /// One code for several stickers: the most pressing outcome wins, money before everything.
    pub fn of_all(exits: impl IntoIterator<Item = Self>) -> Self {
        let rank = |exit: &Self| match exit {
            Self::Interrupted => 0,
            Self::Unexpected => 1,
            Self::MaybeAccepted => 2,
            Self::Kept => 3,
            Self::Refused => 4,
            Self::JobFailed => 5,
            Self::Photo => 6,
            Self::Usage => 7,
            Self::Done => 8,
        };
        exits.into_iter().min_by_key(rank).unwrap_or(Self::Done)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn among_several_outcomes_unsure_money_comes_first() {
        use Exit::{Done, JobFailed, Kept, MaybeAccepted, Photo, Refused};
        for (exits, wanted) in [
            (vec![], Done),
            (vec![Done, Photo], Photo),
            (vec![Photo, JobFailed, Done], JobFailed),
            (vec![JobFailed, Refused], Refused),
            (vec![Refused, Kept], Kept),
            (vec![Kept, MaybeAccepted, Refused], MaybeAccepted),
        ] {
            assert_eq!(Exit::of_all(exits), wanted);
        }
    }
}
