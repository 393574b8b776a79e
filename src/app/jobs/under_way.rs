//! What is under way together: how far it has come, in the window's title, and how it ended, for who looks elsewhere.

use std::collections::HashSet;

use super::list::JobList;
use crate::jobs::JobRow;
use crate::model::{Charged, JobId, JobStatus, Money, expressions};

/// The name of the window.
pub(super) const NAME: &str = "Sticker Booth";

/// The jobs that are under way together, until all of them rest.
#[derive(Debug, Default)]
pub(super) struct RunUnderWay(HashSet<JobId>);

/// How far it has come.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Progress {
    /// The window's title: `(3/12) $0.075 Sticker Booth`.
    pub title: String,
    /// How it ended, once all of it rests; nothing when the person has stopped all of it.
    pub ended: Option<String>,
    /// The jobs of a pack of expressions that made their stickers, once all of it rests.
    pub pack: Vec<JobId>,
}

impl RunUnderWay {
    /// Keeps up with the jobs.
    pub(super) fn follow(&mut self, jobs: Option<&JobList>) -> Progress {
        let is_under_way = |row: &&JobRow| !row.rests() && !row.driven_elsewhere;
        let under_way = || jobs.into_iter().flat_map(JobList::open).filter(is_under_way);
        self.0.extend(under_way().map(|row| row.id.clone()));
        let of_run: Vec<&JobRow> = self.0.iter().filter_map(|id| jobs?.get(id)).collect();
        if under_way().next().is_none() {
            let ended = outcome(of_run.iter().map(|row| row.status));
            let is_of_pack = |row: &&&JobRow| {
                let batch = row.batch.as_deref().unwrap_or_default();
                row.status == JobStatus::Done && batch.starts_with(expressions::BATCH)
            };
            let pack = of_run.iter().filter(is_of_pack).map(|row| row.id.clone()).collect();
            self.0.clear();
            return Progress { title: NAME.to_owned(), ended, pack };
        }
        let ended = of_run.iter().filter(|row| row.rests()).count();
        let spent: Money = of_run.iter().filter(|row| row.charged == Charged::Yes).map(|row| row.price).sum();
        let money = if spent.is_zero() { String::new() } else { format!(" {spent}") };
        Progress { title: format!("({ended}/{}){money} {NAME}", of_run.len()), ended: None, pack: Vec::new() }
    }
}

/// How these jobs ended, as sentences.
fn outcome(ends: impl Iterator<Item = JobStatus>) -> Option<String> {
    let (mut ready, mut failed, mut unsure) = (0, 0, 0);
    for end in ends {
        match end {
            JobStatus::Done => ready += 1,
            JobStatus::Failed | JobStatus::Lost => failed += 1,
            JobStatus::MayHaveBeenAccepted | JobStatus::Held => unsure += 1,
            _ => {}
        }
    }
    let ready = match ready {
        0 => None,
        1 => Some("A sticker is ready.".to_owned()),
        count => Some(format!("{count} stickers are ready.")),
    };
    let failed = (failed > 0).then(|| format!("{failed} failed."));
    let unsure = match unsure {
        0 => None,
        1 => Some("1 waits for your decision.".to_owned()),
        count => Some(format!("{count} wait for your decision.")),
    };
    let sentences: Vec<String> = [ready, failed, unsure].into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_run_is_told_in_one_message_failures_included() {
        use JobStatus::{Done, Failed, Lost, MayHaveBeenAccepted, Stopped};
        let told = |ends: &[JobStatus]| outcome(ends.iter().copied());
        assert_eq!(told(&[Done]).as_deref(), Some("A sticker is ready."));
        assert_eq!(told(&[Done, Failed, Done, Lost]).as_deref(), Some("2 stickers are ready. 2 failed."));
        assert_eq!(told(&[MayHaveBeenAccepted]).as_deref(), Some("1 waits for your decision."));
        assert_eq!(told(&[Stopped]), None);
        assert_eq!(told(&[]), None);
    }
}
