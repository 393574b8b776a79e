//! What a person does with jobs. A click that may cost something counts once, however fast the second one comes.

use super::list::JobList;
use super::run::{OverBudget, Run, Spend};
use super::{Jobs, KEY};
use crate::app::context::AppContext;
use crate::jobs::{JobRow, SoftBudget};
use crate::model::{Hold, JobAction, JobId, JobStatus, Recipe};
use crate::ui::action::{Dialog, JobsAction, Move};

impl Jobs {
    /// Puts a run in line.
    pub(in crate::app) fn run(&mut self, run: Run) {
        self.submit(run, SoftBudget::Obey);
    }

    fn submit(&mut self, run: Run, soft_budget: SoftBudget) {
        if let Some(tasks) = &self.tasks {
            self.is_submitting = true;
            tasks.run(run, soft_budget);
        }
    }

    /// Spends in spite of the soft budget, as the person has decided.
    pub(in crate::app) fn spend_anyway(&mut self, cx: &mut AppContext) {
        cx.dialog = None;
        cx.hands.rest();
        let Some(OverBudget { spend, .. }) = self.over_budget.take() else { return };
        if cx.spends_again() {
            return;
        }
        match spend {
            Spend::Run(run) => self.submit(*run, SoftBudget::Exceed),
            Spend::Actions(ids, action) => self.ask(ids, action, SoftBudget::Exceed),
        }
    }

    /// Does what a person asks of jobs.
    pub(in crate::app) fn act(&mut self, action: JobsAction, cx: &mut AppContext) {
        match action {
            JobsAction::One(id, action) => self.act_on(vec![id], action, cx),
            JobsAction::Each(ids, action) => self.act_on(ids, action, cx),
            JobsAction::Move(ids, place) => self.reorder(ids, &place),
            JobsAction::Reveal(id) => {
                if let Some(path) = self.get(&id).and_then(|row| row.path.clone()) {
                    cx.reveal(path.into());
                }
            }
        }
    }

    fn act_on(&mut self, ids: Vec<JobId>, action: JobAction, cx: &mut AppContext) {
        cx.dialog = None;
        let ids: Vec<JobId> = ids.into_iter().filter(|id| !self.asked.contains(id)).collect();
        let costs = ids.iter().filter_map(|id| self.get(id)).any(|row| !row.price.is_zero());
        if ids.is_empty() || (action.may_cost() && costs && cx.spends_again()) {
            return;
        }
        self.follow(ids, action, cx);
    }

    /// The settings of a job, for the form.
    pub(in crate::app) fn settings_of(&self, id: &JobId, cx: &mut AppContext) -> Option<Recipe> {
        cx.dialog = None;
        self.get(id).map(|row| row.recipe.clone())
    }

    fn follow(&mut self, ids: Vec<JobId>, action: JobAction, cx: &mut AppContext) {
        if !matches!(action, JobAction::Stop | JobAction::Discard | JobAction::Dismiss | JobAction::Forget) {
            cx.hands.rest();
        }
        self.ask(ids, action, SoftBudget::Obey);
    }

    fn ask(&mut self, ids: Vec<JobId>, action: JobAction, soft_budget: SoftBudget) {
        let Some(tasks) = &self.tasks else { return };
        self.asked.extend(ids.iter().cloned());
        tasks.act(ids, action, soft_budget);
    }

    /// Stops those of these that are under way.
    pub(in crate::app) fn stop(&mut self, ids: Vec<JobId>, cx: &mut AppContext) {
        let goes_on = |id: &JobId| self.get(id).is_some_and(can_end);
        let under_way = ids.into_iter().filter(goes_on).collect();
        self.act_on(under_way, JobAction::Stop, cx);
    }

    /// Lets go on what is held for one of these reasons; what is held for another stays.
    pub(in crate::app) fn go_on(&mut self, why: &[Hold], cx: &mut AppContext) {
        let ids = self.held_for(why, JobAction::GoOn);
        if !ids.is_empty() {
            self.follow(ids, JobAction::GoOn, cx);
        }
    }

    /// Lets go on what was held for the key.
    pub(in crate::app) fn go_on_with_key(&mut self, cx: &mut AppContext) {
        let count = self.held_for(KEY, JobAction::GoOn).len();
        self.go_on(KEY, cx);
        if cx.dialog == Some(Dialog::Key) {
            cx.dialog = None;
        }
        let what = if count == 1 { "1 job goes on".to_owned() } else { format!("{count} jobs go on") };
        cx.tell(format!("Pixazo knows the key. {what}."), None);
    }

    /// Drops what is held from last time.
    pub(in crate::app) fn discard_held(&mut self) {
        let ids = self.held_for(&[Hold::LastTime], JobAction::Discard);
        self.ask(ids, JobAction::Discard, SoftBudget::Obey);
    }

    /// Drops what waits in line and was never sent.
    pub(in crate::app) fn clear_waiting(&mut self) {
        let waits = |row: &&JobRow| matches!(row.status, JobStatus::Queued | JobStatus::Held) && can_end(row);
        let ids: Vec<JobId> = self.open().filter(waits).map(|row| row.id.clone()).collect();
        self.ask(ids, JobAction::Discard, SoftBudget::Obey);
    }

    /// Clears the rows of what is over; what nobody has decided about yet stays.
    pub(in crate::app) fn clear_finished(&mut self, cx: &mut AppContext) {
        let is_over = |row: &&JobRow| row.can(JobAction::Forget) && !row.is_unsure() && row.status != JobStatus::Lost;
        let rows = self.list().into_iter().flat_map(JobList::rows);
        let ids: Vec<JobId> = rows.filter(is_over).map(|row| row.id.clone()).collect();
        if !ids.is_empty() {
            self.follow(ids, JobAction::Forget, cx);
        }
    }

    /// Puts waiting jobs elsewhere in the line.
    pub(in crate::app) fn reorder(&self, moved: Vec<JobId>, place: &Move) {
        let mut line: Vec<&JobRow> = self.open().filter(|row| row.status == JobStatus::Queued).collect();
        line.sort_by_key(|row| row.position);
        let line: Vec<(&JobId, Option<&str>)> = line.iter().map(|row| (&row.id, row.batch.as_deref())).collect();
        let (Some(goes), Some(tasks)) = (where_to(&line, &moved, place), &self.tasks) else { return };
        let before = match goes {
            Goes::Before(id) => Some(id),
            Goes::Last => None,
        };
        tasks.reorder(moved, before);
    }

    /// Holds back what is not sent yet, or lets it go on.
    pub(in crate::app) fn set_paused(&mut self, paused: bool) {
        self.is_paused = paused;
        if let Some(tasks) = &self.tasks {
            tasks.pause(paused);
        }
    }

    /// No longer waits for the answers of submits that are under way.
    pub(in crate::app) fn give_up(&self) {
        if let Some(tasks) = &self.tasks {
            tasks.give_up();
        }
    }
}

/// Where something goes in line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Goes {
    /// Right before this job.
    Before(JobId),
    /// Behind all others.
    Last,
}

/// Where `moved` goes; `None` when it is there already.
///
/// A step goes past a whole batch, because that is one row.
fn where_to(line: &[(&JobId, Option<&str>)], moved: &[JobId], place: &Move) -> Option<Goes> {
    let is_moved = |id: &JobId| moved.contains(id);
    let first = line.iter().position(|(id, _)| is_moved(id))?;
    let last = line.iter().rposition(|(id, _)| is_moved(id))?;
    let own = line[first].1;
    let same_row = |one: &(&JobId, Option<&str>), other: &(&JobId, Option<&str>)| {
        one.1.is_some() && one.1 == other.1 && one.1 != own
    };
    let before = |index: usize| line.get(index).map_or(Goes::Last, |(id, _)| Goes::Before((*id).clone()));
    match place {
        Move::First => (first > 0).then(|| before(0)),
        Move::Last => (last + 1 < line.len()).then_some(Goes::Last),
        Move::Before(id) => Some(Goes::Before(id.clone())),
        Move::Earlier => {
            let ahead = line.get(first.checked_sub(1)?)?;
            let row = line[..first].iter().rev().take_while(|one| *one == ahead || same_row(one, ahead)).count();
            Some(before(first - row))
        }
        Move::Later => {
            let behind = line.get(last + 1)?;
            let row = line[last + 1..].iter().take_while(|one| *one == behind || same_row(one, behind)).count();
            Some(before(last + 1 + row))
        }
    }
}

/// Is it under way or held, so that it can be ended?
fn can_end(row: &JobRow) -> bool {
    row.can(JobAction::Stop) || row.can(JobAction::Discard)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> JobId {
        JobId(name.to_owned())
    }

    #[test]
    fn a_step_in_line_goes_past_one_row_which_may_be_a_batch() {
        let ids = ["a", "b1", "b2", "c", "d"].map(id);
        let batches = [None, Some("b"), Some("b"), None, None];
        let line: Vec<_> = ids.iter().zip(batches).collect();
        let before = |moved: &[&str], place: Move| {
            let moved: Vec<JobId> = moved.iter().map(|name| id(name)).collect();
            where_to(&line, &moved, &place)
        };
        let at = |name: &str| Some(Goes::Before(id(name)));
        assert_eq!(before(&["c"], Move::Earlier), at("b1"));
        assert_eq!(before(&["a"], Move::Later), at("c"));
        assert_eq!(before(&["b1", "b2"], Move::Earlier), at("a"));
        assert_eq!(before(&["b1", "b2"], Move::Later), at("d"));
        assert_eq!(before(&["b2"], Move::Earlier), at("b1"));
        assert_eq!(before(&["c"], Move::Later), Some(Goes::Last));
        assert_eq!(before(&["d"], Move::First), at("a"));
        assert_eq!(before(&["a"], Move::Last), Some(Goes::Last));
        assert_eq!(before(&["c"], Move::Before(id("a"))), at("a"));
        for (moved, place) in [("a", Move::First), ("a", Move::Earlier), ("d", Move::Later), ("d", Move::Last)] {
            assert_eq!(before(&[moved], place.clone()), None, "{moved} {place:?}");
        }
    }
}
