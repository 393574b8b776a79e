//! Finds the sticker or the job of each cell.

use std::collections::{HashMap, HashSet};

use super::{CellState, Found, Question, Sweeping, request_key};
use crate::app::App;
use crate::app::job_list::JobList;
use crate::app::state::State;
use crate::jobs::JobRow;
use crate::model::{EngineId, JobId, JobStatus};

impl App {
    /// Keeps up with the recipe, the photo, the library and the jobs; nothing while the sweep is closed.
    pub(in crate::app) fn follow_sweep(&mut self) {
        if !self.state.sweep.open {
            return;
        }
        let State { form, sweep, .. } = &mut self.state;
        sweep.follow(&form.recipe, form.engine);
        self.ask_for_stickers();
        let State { form, sweep, jobs, .. } = &mut self.state;
        if std::mem::take(&mut sweep.stale) {
            sweep.cells = sweep.match_cells(jobs.shown(), form.engine);
            sweep.remember();
        }
    }

    /// Something was chosen, or jobs have changed: the cells are worked out anew.
    pub(in crate::app) fn sweep_is_stale(&mut self) {
        self.state.sweep.stale = true;
    }

    /// Asks what the library has, one question after the other.
    fn ask_for_stickers(&mut self) {
        if self.state.sweep.asked.is_some() {
            return;
        }
        let (Some(question), Some(sent)) = (self.question(), self.to_send()) else { return };
        if self.state.sweep.found.question.as_ref() == Some(&question) {
            return;
        }
        let (Ok(engine), Some(work)) = (self.engine(), &self.work) else { return };
        work.find_stickers(question.clone(), sent, engine);
        self.state.sweep.asked = Some(question);
    }

    fn question(&self) -> Option<Question> {
        let state = &self.state;
        let sent = state.sent_key(state.crop()?);
        let link = state.as_linked().map(str::to_owned);
        Some(Question { sent, link, engine: state.form.engine, listing: state.gallery.listing })
    }

    /// The library has answered.
    pub(in crate::app) fn take_found(&mut self, found: Result<Box<Found>, String>) {
        let asked = self.state.sweep.asked.take();
        self.state.sweep.stale = true;
        match found {
            Ok(found) => self.state.sweep.found = *found,
            Err(sentence) => {
                // The same question would get the same answer.
                self.state.sweep.found = Found { question: asked, ..Found::default() };
                self.state.complain(sentence);
            }
        }
    }
}

impl Sweeping {
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
