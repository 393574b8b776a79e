//! Finds the sticker or the job of each cell.

use std::collections::{HashMap, HashSet};

use super::{CellState, Question, Sweeping, request_key};
use crate::app::context::AppContext;
use crate::app::jobs::JobList;
use crate::app::photo::ToSend;
use crate::jobs::JobRow;
use crate::model::{EngineId, JobId, JobStatus, Recipe};

impl Sweeping {
    /// Keeps up with the recipe, the library and the jobs; nothing while it is closed. `sent` is what would be sent now,
    /// as far as it is known.
    pub(in crate::app) fn follow(
        &mut self,
        recipe: &Recipe,
        engine: EngineId,
        jobs: Option<&JobList>,
        sent: Option<(Question, ToSend)>,
        cx: &AppContext,
    ) {
        if !self.open {
            return;
        }
        self.plan_anew(recipe, engine);
        self.ask_for_stickers(sent, cx);
        if std::mem::take(&mut self.stale) {
            self.cells = self.match_cells(jobs, engine);
            self.remember();
        }
    }

    /// Something was chosen, or jobs have changed: the cells are worked out anew.
    pub(in crate::app) const fn is_stale(&mut self) {
        self.stale = true;
    }

    /// Asks what the library has, one question after the other.
    fn ask_for_stickers(&mut self, sent: Option<(Question, ToSend)>, cx: &AppContext) {
        let (Some((question, sent)), Some(tasks), None) = (sent, &self.tasks, &self.asked) else { return };
        if self.found.question.as_ref() == Some(&question) {
            return;
        }
        let Ok(engine) = cx.engine(question.engine) else { return };
        tasks.find(question.clone(), sent, engine);
        self.asked = Some(question);
    }

    fn match_cells(&self, jobs: Option<&JobList>, engine: EngineId) -> Vec<CellState> {
        let jobs = self.jobs_of_cells(jobs, engine);
        let state = |key: &String| {
            if let Some(sticker) = self.found.stickers.get(key) {
                return CellState::Sticker(Box::new(sticker.clone()));
            }
            jobs.get(key.as_str()).map_or(CellState::New, |row| CellState::Job(row.id.clone()))
        };
        self.planned.keys.iter().map(state).collect()
    }

    /// The newest job of each cell that is under way or wants a person.
    fn jobs_of_cells<'a>(&'a self, list: Option<&'a JobList>, engine: EngineId) -> HashMap<&'a str, &'a JobRow> {
        let mut jobs = HashMap::new();
        let Some(sent) = &self.found.sent_sha256 else { return jobs };
        let keys: HashSet<&str> = self.planned.keys.iter().map(String::as_str).collect();
        for row in
            list.into_iter().flat_map(JobList::rows).filter(|row| row.engine == engine && row.sent_sha256 == *sent)
        {
            let key = request_key(&row.recipe);
            let Some(own) = keys.get(key.as_str()) else { continue };
            jobs.entry(*own).or_insert(row);
        }
        // A sticker that is gone again is one to be made, and so is what was stopped or put aside.
        jobs.retain(|_, row| !matches!(row.status, JobStatus::Stopped | JobStatus::Dismissed) && !self.is_gone(row));
        jobs
    }

    /// Is its sticker no longer there? One that was only just made is not listed yet.
    fn is_gone(&self, row: &JobRow) -> bool {
        row.status == JobStatus::Done && (!self.made_here.contains(&row.id) || self.landed.contains(&row.id))
    }

    /// Remembers which jobs were seen under way, and which of them have brought their sticker.
    fn remember(&mut self) {
        for cell in &self.cells {
            match cell {
                CellState::New => {}
                CellState::Job(id) => {
                    self.made_here.insert(id.clone());
                }
                CellState::Sticker(row) => self.landed.extend(row.info.job_id.clone().map(JobId)),
            }
        }
    }
}
