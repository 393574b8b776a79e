//! The jobs: what is in line, what a person does with it, and what it waits for.

mod act;
mod list;
mod run;
mod tasks;
mod under_way;
mod views;

use std::collections::HashSet;

use super::context::AppContext;
use super::pictures::PictureName;
use super::toasts::ToastAnswer;
use super::worker::Worker;
use crate::jobs::JobRow;
use crate::model::ledger::Spent;
use crate::model::{Hold, JobAction, JobId, JobStatus, Money, Remote};
use crate::platform::random_hex_128;
use crate::ui::action::Dialog;
use crate::ui::view::OverBudgetView;
pub(super) use list::JobList;
use list::JobsChange;
pub(super) use run::Run;
use run::{OverBudget, Refused};
use tasks::Tasks;
use under_way::{NAME, Progress, RunUnderWay};
pub(super) use views::{Banner, JobCards, JobMoments, held_banner};

/// What a key mends.
pub(super) const KEY: &[Hold] = &[Hold::Key, Hold::Access];

/// What the window knows about jobs.
pub(super) struct Jobs {
    /// All of them, newest first.
    list: Remote<JobList>,
    /// The pictures of those that the panel has in sight.
    in_sight: Vec<PictureName>,
    /// The job whose answer was read, and that answer.
    raw_answer: Option<(JobId, Option<String>)>,
    /// Those with which something was asked that is not durable yet.
    asked: HashSet<JobId>,
    /// What the person decides about, above the amount of a month at which to ask.
    over_budget: Option<OverBudget>,
    /// What was under way since nothing was, for the title.
    under_way: RunUnderWay,
    /// The window's title.
    title: String,
    /// Is the line paused?
    is_paused: bool,
    /// Is a click being made durable?
    is_submitting: bool,
    /// Names the click that is possible now; a new one is made when the button is ready again.
    click: String,
    tasks: Option<Tasks>,
}

/// What came back.
pub(super) enum JobsEvent {
    /// A run was put in line, or why not.
    Submitted(Result<(), Refused>),
    /// What was asked with these jobs is done, or why not.
    Acted(Vec<JobId>, Result<(), Refused>),
    /// What changed about jobs, and what they cost now.
    Changed(JobsChange, Spent),
    /// The service's answer about a job as it came, if there is one.
    RawAnswer(JobId, Option<String>),
}

/// What the jobs tell the window.
pub(super) enum Outcome {
    /// Jobs have changed.
    Changed {
        /// The newest of those that have made their stickers since the last time.
        finished: Option<JobId>,
        /// What all of them cost now.
        spent: Box<Spent>,
    },
}

impl Jobs {
    /// Before anything runs; `click` names the first one.
    pub(super) fn new(click: String) -> Self {
        Self {
            list: Remote::Loading { previous: None },
            in_sight: Vec::new(),
            raw_answer: None,
            asked: HashSet::new(),
            over_budget: None,
            under_way: RunUnderWay::default(),
            title: NAME.to_owned(),
            is_paused: false,
            is_submitting: false,
            click,
            tasks: None,
        }
    }

    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<JobsEvent>) {
        let tasks = Tasks::new(worker);
        tasks.follow();
        self.tasks = Some(tasks);
    }

    /// Nothing runs, for this reason.
    pub(super) fn fail(&mut self, error: String) {
        self.list = Remote::Failed { previous: None, error };
    }

    /// Asks what has changed.
    pub(super) fn have_changed(&self) {
        if let Some(tasks) = &self.tasks {
            tasks.follow();
        }
    }

    /// All of them, once they are known.
    pub(super) const fn list(&self) -> Option<&JobList> {
        self.list.shown()
    }

    /// The same with how far that is.
    pub(super) const fn remote(&self) -> &Remote<JobList> {
        &self.list
    }

    /// Those that are not over.
    pub(super) fn open(&self) -> impl Iterator<Item = &JobRow> {
        self.list().into_iter().flat_map(JobList::open)
    }

    /// One of them, while its row is there.
    pub(super) fn get(&self, id: &JobId) -> Option<&JobRow> {
        self.list()?.get(id)
    }

    /// Is the line paused?
    pub(super) const fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// Is a click being made durable?
    pub(super) const fn is_submitting(&self) -> bool {
        self.is_submitting
    }

    /// Names the click that is possible now.
    pub(super) fn click(&self) -> &str {
        &self.click
    }

    /// Was something asked with this one that is not durable yet?
    fn is_asked(&self, id: &JobId) -> bool {
        self.asked.contains(id)
    }

    /// The service's answer about this one as it came, once it was read.
    fn raw_answer(&self, id: &JobId) -> Option<&str> {
        self.raw_answer.as_ref().filter(|(of, _)| of == id)?.1.as_deref()
    }

    /// Those that are held for one of these reasons and with which this can be done.
    pub(super) fn held_for(&self, why: &[Hold], action: JobAction) -> Vec<JobId> {
        let fits = |row: &&JobRow| row.held.is_some_and(|hold| why.contains(&hold)) && row.can(action);
        self.open().filter(fits).map(|row| row.id.clone()).collect()
    }

    /// How many are held for one of these reasons, and what they cost.
    pub(super) fn held(&self, why: &[Hold]) -> (usize, Money) {
        let held: Vec<&JobRow> = self.open().filter(|row| row.held.is_some_and(|hold| why.contains(&hold))).collect();
        (held.len(), held.iter().map(|row| row.price).sum())
    }

    /// Paid requests of ours that have no answer yet, and what they cost.
    pub(super) fn unanswered(&self) -> (usize, Money) {
        let is_out =
            |row: &&JobRow| row.status == JobStatus::Submitting && !row.price.is_zero() && !row.driven_elsewhere;
        let out: Vec<&JobRow> = self.open().filter(is_out).collect();
        (out.len(), out.iter().map(|row| row.price).sum())
    }

    /// The pictures of those that the panel has in sight.
    pub(super) fn pictures(&self) -> impl Iterator<Item = PictureName> + '_ {
        self.in_sight.iter().cloned()
    }

    /// The panel has these in sight.
    pub(super) fn see(&mut self, in_sight: Vec<PictureName>, cx: &AppContext) {
        if in_sight != self.in_sight {
            self.in_sight = in_sight;
            cx.egui.request_repaint();
        }
    }

    /// The person has not decided to spend more.
    pub(super) fn forget_question(&mut self) {
        self.over_budget = None;
    }

    /// The decision to go above the amount of a month at which the person wants to be asked.
    pub(super) fn over_budget(&self) -> Option<OverBudgetView> {
        let asked = self.over_budget.as_ref()?;
        Some(OverBudgetView { price: asked.price, limit: asked.limit, after: asked.after })
    }

    /// Reads what the service has answered about the job whose details are open.
    pub(super) fn read_answer_for_dialog(&self, cx: &AppContext) {
        if let (Some(Dialog::Job(id)), Some(tasks)) = (&cx.dialog, &self.tasks) {
            tasks.read_raw_answer(id.clone());
        }
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: JobsEvent, cx: &mut AppContext) -> Option<Outcome> {
        match event {
            JobsEvent::Submitted(outcome) => {
                // From now on another click is another run.
                self.is_submitting = false;
                self.click = random_hex_128();
                self.take_refusal(outcome, cx);
            }
            JobsEvent::Acted(ids, outcome) => {
                for id in ids {
                    self.asked.remove(&id);
                }
                self.take_refusal(outcome, cx);
            }
            JobsEvent::RawAnswer(id, answer) => self.raw_answer = Some((id, answer)),
            JobsEvent::Changed(change, spent) => {
                let first_look = self.list().is_none();
                let mut list = match std::mem::take(&mut self.list) {
                    Remote::Ready(list) | Remote::Loading { previous: Some(list) } => list,
                    _ => JobList::default(),
                };
                let finished = list.take(change).first().map(|row| row.id.clone()).filter(|_| !first_look);
                self.list = Remote::Ready(list);
                self.read_answer_for_dialog(cx);
                return Some(Outcome::Changed { finished, spent: Box::new(spent) });
            }
        }
        None
    }

    fn take_refusal(&mut self, outcome: Result<(), Refused>, cx: &mut AppContext) {
        match outcome {
            Ok(()) => {}
            Err(Refused::Because(sentence)) => cx.complain(sentence),
            Err(Refused::Ask(over_budget)) => {
                self.over_budget = Some(over_budget);
                cx.dialog = Some(Dialog::OverBudget);
            }
        }
    }

    /// Tells the window's title how far what is under way has come, and the desktop when it is over.
    ///
    /// One message a run, failures included, and only while the window has no focus.
    pub(super) fn follow_run(&mut self, cx: &mut AppContext) {
        let Progress { title, ended, pack } = self.under_way.follow(self.list.shown());
        if title != self.title {
            cx.egui.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if pack.len() > 1 {
            let told = format!("A pack of {} stickers is ready.", pack.len());
            cx.tell(told, Some(("Export them".to_owned(), ToastAnswer::Export(pack))));
        }
        let is_seen = cx.egui.input(|input| input.focused);
        let Some(ended) = ended else { return };
        if cx.settings.notifications && !is_seen {
            cx.notify(ended);
        }
    }
}
