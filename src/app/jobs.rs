//! What a person does with jobs and with money. A click that may cost something counts once, however fast the second one comes.

use std::sync::Arc;

use super::App;
use super::blocked::{Blocked, WayOn};
use super::work::{OverBudget, Refused, Run, Spend, ToSend, sentence};
use crate::jobs::{Hold, JobRow, Offer, SoftBudget};
use crate::model::{EngineId, JobId, JobStatus, Recipe};
use crate::platform::{random_hex_128, random_seed};
use crate::ui::action::{Dialog, JobOffer, Move};
use crate::ui::view::Remote;

/// A second click within this many seconds is the first one again; egui's own limit is 0.3.
pub(super) const DOUBLE_CLICK: f64 = 0.5;

impl App {
    /// Makes stickers with the settings as they are; a second click before the first is durable does nothing.
    pub(super) fn make(&mut self, now: f64) {
        self.state.hands.rest();
        if self.may_run(now) {
            let sent = self.all_to_send();
            let recipes = self.state.form.run(sent.len(), random_seed);
            self.start_run(sent.into_iter().zip(recipes).collect(), "");
        }
    }

    /// May stickers be made now? The notice about the hosted engine comes before the first one there.
    pub(super) fn may_run(&mut self, now: f64) -> bool {
        if let Some(why) = self.state.blocked(self.work.is_some()) {
            self.open_way_on(why, now);
            return false;
        }
        if self.state.submitting {
            return false;
        }
        if self.state.form.engine == EngineId::Local {
            return true;
        }
        if !self.state.settings.told_about_licences {
            self.state.dialog = Some(Dialog::HostedNotice);
            return false;
        }
        if self.state.lacks_host() {
            // Nothing leaves before the person has chosen and agreed.
            self.ask_for_host(true);
            return false;
        }
        !self.state.spends_again(now)
    }

    /// Opens what is missing, when a run is blocked for this reason.
    pub(super) fn open_way_on(&mut self, why: Blocked, now: f64) {
        match why.way_on() {
            Some(WayOn::Key) => self.open_dialog(Dialog::Key),
            Some(WayOn::Budget) => self.open_dialog(Dialog::Budget),
            Some(WayOn::Photo) => self.pick_photo(now),
            None => {}
        }
    }

    /// What would be sent of the photo now.
    pub(super) fn to_send(&self) -> Option<ToSend> {
        if let Some(link) = self.state.as_linked() {
            return Some(ToSend::AsLinked(link.to_owned()));
        }
        Some(ToSend::Prepared {
            photo: Arc::clone(self.state.photo.settled()?),
            face: self.state.photo.face,
            crop: self.state.crop()?,
            padding: self.state.photo.framing.padding,
            host: self.host_to_use(),
        })
    }

    /// The host that photos go by; none for the engine on this computer.
    pub(super) fn host_to_use(&self) -> Option<String> {
        match self.state.form.engine {
            EngineId::Local => None,
            EngineId::Pixazo => self.state.agreed_host().map(|host| host.name.clone()),
        }
    }

    /// Puts these requests in line, as a batch whose name begins so.
    pub(super) fn start_run(&mut self, of_photos: Vec<(ToSend, Vec<Recipe>)>, kind: &'static str) {
        let engine = match self.engine() {
            Ok(engine) => engine,
            Err(error) => return self.state.complain(sentence(&error)),
        };
        let Some(work) = self.work.as_ref().filter(|_| !of_photos.is_empty()) else { return };
        self.state.submitting = true;
        work.run(Run { click: self.state.click.clone(), kind, engine, of_photos }, SoftBudget::Obey);
    }

    /// Remembers that the notice was read, and goes on with what it stood before.
    pub(super) fn accept_notice(&mut self, now: f64) {
        self.state.dialog = None;
        self.state.settings.told_about_licences = true;
        self.keep_settings();
        self.go_on_with_run(now);
    }

    /// Goes on with the run that a question stood before.
    pub(super) fn go_on_with_run(&mut self, now: f64) {
        if self.state.sweep.open {
            self.run_sweep(now);
        } else if self.state.expressions.wanted {
            self.make_expressions(now);
        } else {
            self.make(now);
        }
    }

    /// A run is in line, or why not; from now on another click is another run.
    pub(super) fn take_submitted(&mut self, outcome: Result<(), Refused>) {
        self.state.submitting = false;
        self.state.click = random_hex_128();
        self.take_refusal(outcome);
    }

    /// What was asked with jobs is done, or why not.
    pub(super) fn take_offered(&mut self, ids: &[JobId], outcome: Result<(), Refused>) {
        for id in ids {
            self.state.asked.remove(id);
        }
        self.take_refusal(outcome);
    }

    fn take_refusal(&mut self, outcome: Result<(), Refused>) {
        match outcome {
            Ok(()) => {}
            Err(Refused::Because(sentence)) => self.state.complain(sentence),
            Err(Refused::Ask(over_budget)) => {
                self.state.over_budget = Some(over_budget);
                self.state.dialog = Some(Dialog::OverBudget);
            }
        }
    }

    /// Spends in spite of the soft budget, as the person has decided.
    pub(super) fn spend_anyway(&mut self, now: f64) {
        self.state.dialog = None;
        self.state.hands.rest();
        let (Some(OverBudget { spend, .. }), Some(work)) = (self.state.over_budget.take(), &self.work) else { return };
        if self.state.spends_again(now) {
            return;
        }
        match spend {
            Spend::Run(run) => {
                self.state.submitting = true;
                work.run(*run, SoftBudget::Exceed);
            }
            Spend::Offers(ids, offer) => {
                self.state.asked.extend(ids.iter().cloned());
                work.offers(ids, offer, SoftBudget::Exceed);
            }
        }
    }

    /// Does something with jobs.
    pub(super) fn with_jobs(&mut self, ids: Vec<JobId>, offer: JobOffer, now: f64) {
        self.state.dialog = None;
        let ids: Vec<JobId> = ids.into_iter().filter(|id| !self.state.asked.contains(id)).collect();
        let costs = ids.iter().filter_map(|id| self.state.job(id)).any(|row| !row.price.is_zero());
        if ids.is_empty() || (offer.may_cost() && costs && self.state.spends_again(now)) {
            return;
        }
        let offer = match offer {
            JobOffer::UseSettings => {
                if let Some(recipe) = ids.first().and_then(|id| self.state.job(id)).map(|row| row.recipe.clone()) {
                    self.state.form.replace(recipe);
                }
                return;
            }
            JobOffer::Discard => return self.discard(ids),
            JobOffer::Stop => Offer::Stop,
            JobOffer::GoOn => Offer::GoOn,
            JobOffer::Retry => Offer::Retry,
            JobOffer::SubmitAgain => Offer::SubmitAgain,
            JobOffer::LookAgain => Offer::LookAgain,
            JobOffer::Forget => Offer::Forget,
        };
        self.follow(ids, offer);
    }

    fn follow(&mut self, ids: Vec<JobId>, offer: Offer) {
        if !matches!(offer, Offer::Forget | Offer::Stop | Offer::Dismiss) {
            self.state.hands.rest();
        }
        let Some(work) = &self.work else { return };
        self.state.asked.extend(ids.iter().cloned());
        work.offers(ids, offer, SoftBudget::Obey);
    }

    fn discard(&mut self, ids: Vec<JobId>) {
        let Some(work) = &self.work else { return };
        self.state.asked.extend(ids.iter().cloned());
        work.discard(ids);
    }

    /// Lets go on what is held for one of these reasons; what is held for another stays.
    pub(super) fn go_on(&mut self, why: &[Hold]) {
        let ids = self.state.held_for(why, Offer::GoOn);
        if !ids.is_empty() {
            self.follow(ids, Offer::GoOn);
        }
    }

    /// Drops what is held from last time.
    pub(super) fn discard_held(&mut self) {
        let ids = self.state.held_for(&[Hold::LastTime], Offer::Stop);
        self.discard(ids);
    }

    /// Drops what waits in line and was never sent.
    pub(super) fn clear_waiting(&mut self) {
        let waits = |row: &&JobRow| matches!(row.status, JobStatus::Queued | JobStatus::Held) && row.can(Offer::Stop);
        let ids: Vec<JobId> = self.state.open_rows().filter(waits).map(|row| row.id.clone()).collect();
        self.discard(ids);
    }

    /// Clears the rows of what is over; what nobody has decided about yet stays.
    pub(super) fn clear_finished(&mut self) {
        let is_over = |row: &&JobRow| row.can(Offer::Forget) && !row.is_unsure() && row.status != JobStatus::Lost;
        let ids: Vec<JobId> = self.state.rows().filter(is_over).map(|row| row.id.clone()).collect();
        if !ids.is_empty() {
            self.follow(ids, Offer::Forget);
        }
    }

    /// Puts waiting jobs elsewhere in the line.
    pub(super) fn reorder(&self, moved: Vec<JobId>, place: &Move) {
        let mut line: Vec<&JobRow> = self.state.open_rows().filter(|row| row.status == JobStatus::Queued).collect();
        line.sort_by_key(|row| row.position);
        let line: Vec<(&JobId, Option<&str>)> = line.iter().map(|row| (&row.id, row.batch.as_deref())).collect();
        let (Some(goes), Some(work)) = (where_to(&line, &moved, place), &self.work) else { return };
        let before = match goes {
            Goes::Before(id) => Some(id),
            Goes::Last => None,
        };
        work.reorder(moved, before);
    }

    /// The key was kept: with jobs held for it, the service is asked for free whether it knows it.
    pub(super) fn try_key_for_held(&mut self) {
        if !std::mem::take(&mut self.state.key_was_entered) || self.state.held_for(KEY, Offer::GoOn).is_empty() {
            return;
        }
        let (Some(work), Ok(engine)) = (&self.work, self.hosted()) else { return };
        self.state.key_check = Remote::Loading { previous: None };
        self.state.goes_on_when_known = true;
        work.check_key(None, engine);
    }

    /// The service knows the key that was entered: what was held for it goes on without another click.
    pub(super) fn take_known_key(&mut self, now: f64) {
        if std::mem::take(&mut self.state.goes_on_when_known) {
            self.go_on_with_key(now);
        }
    }

    /// Lets go on what was held for the key.
    pub(super) fn go_on_with_key(&mut self, now: f64) {
        let count = self.state.held_for(KEY, Offer::GoOn).len();
        self.go_on(KEY);
        if self.state.dialog == Some(Dialog::Key) {
            self.state.dialog = None;
        }
        let what = if count == 1 { "1 job goes on".to_owned() } else { format!("{count} jobs go on") };
        self.state.tell(format!("Pixazo knows the key. {what}."), None, now);
    }

    /// Reads what the service has answered about the job whose details are open.
    pub(super) fn read_answer_for_dialog(&self) {
        if let (Some(Dialog::Job(id)), Some(work)) = (&self.state.dialog, &self.work) {
            work.read_raw_answer(id.clone());
        }
    }

    /// Opens the ledger, and reads it anew.
    pub(super) fn open_ledger(&mut self) {
        let previous = self.state.ledger.shown().cloned();
        self.state.ledger = Remote::Loading { previous };
        if let Some(work) = &self.work {
            work.read_ledger();
        }
    }
}

/// What a key mends.
pub(super) const KEY: &[Hold] = &[Hold::Key, Hold::Access];

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
