//! The jobs as the window lists them: kept in order, found by id, and worked through only when something changed.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::views::JobTexts;
use crate::jobs::JobRow;
use crate::model::{JobAction, JobId, JobStatus, Money};

/// What changed about jobs.
#[derive(Debug)]
pub(in crate::app) enum JobsChange {
    /// All of them, newest first.
    All(Vec<Arc<JobRow>>),
    /// These are new or different, and those are gone.
    Some { changed: Vec<Arc<JobRow>>, gone: HashSet<JobId> },
}

/// A job of the list.
pub(in crate::app) struct Listed {
    /// Its row.
    pub row: Arc<JobRow>,
    /// What its row in the panel says.
    pub texts: JobTexts,
    /// Names what it asks for, so that two jobs for the same can be told.
    request: u64,
}

impl Listed {
    fn of(row: Arc<JobRow>) -> Self {
        let mut hasher = DefaultHasher::new();
        (row.engine, &row.sent_sha256).hash(&mut hasher);
        serde_json::to_string(&row.recipe).unwrap_or_default().hash(&mut hasher);
        Self { texts: JobTexts::of(&row), row, request: hasher.finish() }
    }

    /// Does it wait for a person's decision, as its row in the panel does?
    fn needs_decision(&self) -> bool {
        let undecided = matches!(self.row.status, JobStatus::MayHaveBeenAccepted | JobStatus::Failed | JobStatus::Lost);
        undecided && self.texts.has_offers()
    }

    /// The same job with another row: it still asks for the same.
    fn with(&mut self, row: Arc<JobRow>) {
        self.texts = JobTexts::of(&row);
        self.row = row;
    }
}

/// All jobs, newest first.
#[derive(Default)]
pub(in crate::app) struct JobList {
    all: Vec<Listed>,
    places: HashMap<JobId, usize>,
    /// The places in the order of the panel, without what was put aside.
    shown: Vec<usize>,
    /// The places of what is not over.
    open: Vec<usize>,
    /// How many are before a place in line.
    ahead: HashMap<usize, usize>,
    /// Jobs of which nobody knows whether they were charged, and their money.
    unsure: (usize, Money),
    /// How many wait for a person's decision.
    undecided: usize,
    /// How often something changed.
    revision: u64,
}

impl JobList {
    /// Takes a change, and gives the jobs that are done now and were not before, newest first.
    pub(in crate::app) fn take(&mut self, change: JobsChange) -> Vec<Arc<JobRow>> {
        let mut finished = Vec::new();
        match change {
            JobsChange::All(rows) => {
                let mut before: HashMap<JobId, Listed> =
                    self.all.drain(..).map(|listed| (listed.row.id.clone(), listed)).collect();
                for row in rows {
                    let known = before.remove(&row.id);
                    if is_finished(known.as_ref(), &row) {
                        finished.push(Arc::clone(&row));
                    }
                    self.all.push(match known {
                        Some(mut listed) => {
                            if listed.row != row {
                                listed.with(row);
                            }
                            listed
                        }
                        None => Listed::of(row),
                    });
                }
            }
            JobsChange::Some { changed, gone } => {
                for row in changed {
                    let known = self.places.get(&row.id).and_then(|place| self.all.get_mut(*place));
                    if is_finished(known.as_deref(), &row) {
                        finished.push(Arc::clone(&row));
                    }
                    match known {
                        Some(listed) => listed.with(row),
                        None => self.all.push(Listed::of(row)),
                    }
                }
                if !gone.is_empty() {
                    self.all.retain(|listed| !gone.contains(&listed.row.id));
                }
                self.all.sort_by(|a, b| a.row.newer_first(&b.row));
                finished.sort_by(|a, b| a.newer_first(b));
            }
        }
        self.work_through();
        finished
    }

    /// Everything that follows from the rows.
    fn work_through(&mut self) {
        self.revision += 1;
        self.places = self.all.iter().enumerate().map(|(place, listed)| (listed.row.id.clone(), place)).collect();
        let row = |place: usize| &self.all[place].row;
        self.open = (0..self.all.len()).filter(|place| !row(*place).status.is_final()).collect();
        let waiting: Vec<usize> =
            self.open.iter().copied().filter(|place| row(*place).status == JobStatus::Queued).collect();
        let mut in_line = waiting.clone();
        in_line.sort_by_key(|place| std::cmp::Reverse(row(*place).position));
        // The newest on top, and what waits as its turn comes, so that moving it in line can be seen.
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        for (place, index) in waiting.iter().zip(&in_line) {
            order[*place] = *index;
        }
        order.retain(|place| row(*place).status != JobStatus::Dismissed);
        let ahead = in_line.iter().rev().enumerate().map(|(ahead, place)| (*place, ahead)).collect();
        let unsure = self.all.iter().filter(|listed| listed.row.is_unsure());
        let unsure = unsure.fold((0, Money::ZERO), |(count, money), listed| (count + 1, money + listed.row.price));
        (self.shown, self.ahead, self.unsure) = (order, ahead, unsure);
        self.withdraw_what_was_made_since();
        self.undecided = self.all.iter().filter(|listed| listed.needs_decision()).count();
    }

    /// What was stopped and asked for again since needs no second try: its row no longer offers one.
    fn withdraw_what_was_made_since(&mut self) {
        let stopped = |listed: &Listed| listed.row.status == JobStatus::Stopped && listed.row.can(JobAction::Retry);
        if !self.all.iter().any(stopped) {
            return;
        }
        let mut made: HashMap<u64, usize> = HashMap::new();
        for (place, listed) in self.all.iter().enumerate() {
            if listed.row.status == JobStatus::Done || !listed.row.rests() {
                made.entry(listed.request).or_insert(place);
            }
        }
        for (place, listed) in self.all.iter_mut().enumerate() {
            if stopped(listed) {
                listed.texts = JobTexts::of(&listed.row);
                if made.get(&listed.request).is_some_and(|newer| *newer < place) {
                    listed.texts.withdraw(JobAction::Retry);
                }
            }
        }
    }

    /// Is there none?
    pub(in crate::app) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Every row, newest first.
    pub(in crate::app) fn rows(&self) -> impl DoubleEndedIterator<Item = &JobRow> {
        self.all.iter().map(|listed| &*listed.row)
    }

    /// The rows of what is not over, newest first.
    pub(in crate::app) fn open(&self) -> impl Iterator<Item = &JobRow> {
        self.open.iter().filter_map(|place| self.all.get(*place)).map(|listed| &*listed.row)
    }

    /// The row with this id.
    pub(in crate::app) fn get(&self, id: &JobId) -> Option<&JobRow> {
        self.find(id).map(|listed| &*listed.row)
    }

    /// The job with this id.
    pub(in crate::app) fn find(&self, id: &JobId) -> Option<&Listed> {
        self.all.get(*self.places.get(id)?)
    }

    /// How many jobs the panel shows.
    pub(in crate::app) fn shown(&self) -> usize {
        self.shown.len()
    }

    /// The job at a place of the panel.
    pub(in crate::app) fn at(&self, place: usize) -> Option<&Listed> {
        self.all.get(*self.shown.get(place)?)
    }

    /// How many are before this one in line.
    pub(in crate::app) fn ahead(&self, id: &JobId) -> usize {
        self.places.get(id).and_then(|place| self.ahead.get(place)).copied().unwrap_or_default()
    }

    /// Jobs of which nobody knows whether they were charged, and their money.
    pub(in crate::app) const fn unsure(&self) -> (usize, Money) {
        self.unsure
    }

    /// How many wait for a person's decision.
    pub(in crate::app) const fn undecided(&self) -> usize {
        self.undecided
    }

    /// How often something changed.
    pub(in crate::app) const fn revision(&self) -> u64 {
        self.revision
    }
}

/// Was this one finished since?
fn is_finished(before: Option<&Listed>, row: &JobRow) -> bool {
    row.status == JobStatus::Done && before.is_none_or(|listed| listed.row.status != JobStatus::Done)
}
