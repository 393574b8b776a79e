//! What is durable: the table of jobs, the ledger and the prepared photos.
//!
//! Every change is one `BEGIN IMMEDIATE` transaction. A job that is not at rest belongs to one
//! process; only it, or a process that finds it dead, may change the row.

mod ledger;
mod photos;
mod rows;
mod schema;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use jiff::Timestamp;
use rusqlite::Transaction;

use super::error::JobsError;
use super::job::Job;
use super::new_job::{Budgets, SoftBudget};
use super::photos::Photos;
use super::state::{Effect, Input, OnRefusedKey, State, can_submit_again, step};
use crate::model::JobId;
use crate::model::ledger::{LedgerLine, Spending};
use crate::platform::{Folders, ProcessLock};
use crate::store::{Store, StoreError};

/// The journal as one process sees it. Clones share the database.
#[derive(Clone)]
pub struct Journal {
    store: Store,
    photos: Photos,
    run: PathBuf,
    owner: String,
    on_refused_key: OnRefusedKey,
}

/// A journal that was just opened.
pub struct Opened {
    /// The journal.
    pub journal: Journal,
    /// Where an unreadable database was put, when a new one had to be begun.
    pub set_aside: Option<PathBuf>,
}

/// What became of a job by an input.
#[derive(Debug)]
pub struct Stepped {
    /// The job as it is now.
    pub job: Job,
    /// What is to be done next.
    pub effects: Vec<Effect>,
    /// Did the input mean anything?
    pub changed: bool,
}

impl From<rusqlite::Error> for JobsError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(StoreError::from(error))
    }
}

impl Journal {
    /// Opens the journal for the process that holds `lock`.
    pub fn open(folders: &Folders, lock: &ProcessLock, on_refused_key: OnRefusedKey) -> Result<Opened, JobsError> {
        let opened = Store::open(&folders.journal(), schema::MIGRATIONS)?;
        let journal = Self {
            store: opened.store,
            photos: Photos::open(folders.photos())?,
            run: folders.run(),
            owner: lock.owner().to_owned(),
            on_refused_key,
        };
        Ok(Opened { journal, set_aside: opened.set_aside })
    }

    /// The folder of prepared photos.
    pub fn photos(&self) -> &Photos {
        &self.photos
    }

    /// Every job, in the order of the line.
    pub fn all(&self) -> Result<Vec<Job>, JobsError> {
        self.store.call(|connection| rows::read_all(connection))?
    }

    /// [`all`](Self::all) for async tasks.
    pub async fn all_async(&self) -> Result<Vec<Job>, JobsError> {
        self.store.call_async(|connection| rows::read_all(connection)).await?
    }

    /// The service's last answer about a job as it came, if there is one.
    pub fn raw_answer(&self, id: JobId) -> Result<Option<String>, JobsError> {
        let job = self.store.call(move |connection| rows::read(connection, &id))??;
        Ok(job.and_then(|job| job.raw_answer))
    }

    /// Deletes the rows of finished jobs beyond the newest `kept` of all: their stickers are in the library, and what
    /// they cost in the ledger. Nothing that somebody may still have to decide about goes.
    pub fn forget_old(&self, kept: usize) -> Result<usize, JobsError> {
        self.store.transact(move |transaction| {
            let sql = "DELETE FROM jobs WHERE status = 'done' AND id NOT IN \
                       (SELECT id FROM jobs ORDER BY position DESC LIMIT ?1)";
            Ok(transaction.execute(sql, [kept as i64])?)
        })
    }

    /// Changes when another process has written.
    pub async fn version(&self) -> Result<i64, JobsError> {
        let version = |connection: &mut rusqlite::Connection| {
            connection.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0))
        };
        Ok(self.store.call_async(version).await??)
    }

    /// The uuid of this process.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Every line of the ledger, oldest first.
    pub fn ledger(&self) -> Result<Vec<LedgerLine>, JobsError> {
        self.store.call(|connection| ledger::read_all(connection))?
    }

    /// What was spent since `from`.
    pub fn spending(&self, from: Timestamp) -> Result<Spending, JobsError> {
        self.store.call(move |connection| ledger::spending(connection, from))?
    }

    /// Puts jobs in line, all or none; each comes back as it is, also one whose click was seen before.
    ///
    /// Budgets are checked inside the transaction, so that two processes cannot pass them together.
    pub fn insert(
        &self,
        jobs: Vec<(Job, Option<Vec<u8>>)>,
        budgets: Budgets,
        soft_budget: SoftBudget,
        month: Timestamp,
    ) -> Result<Vec<Job>, JobsError> {
        let photos = self.photos.clone();
        self.store.transact(move |transaction| {
            let mut inserted = Vec::with_capacity(jobs.len());
            let mut may_cost = false;
            for (job, bytes) in jobs {
                if let Some(earlier) = rows::read_by_click(transaction, &job.click)? {
                    inserted.push(earlier);
                    continue;
                }
                // Inside the transaction: nobody can delete the photo between its file and its row.
                if let (Some(sha256), Some(bytes)) = (job.photo.sha256(), bytes) {
                    photos.keep(sha256, &bytes)?;
                }
                may_cost |= !job.price.is_zero();
                inserted.push(insert_row(transaction, job)?);
            }
            if may_cost {
                ledger::check_budgets(transaction, budgets, soft_budget, month)?;
            }
            Ok(inserted)
        })
    }

    /// Applies an input to a job at rest, or in line, as the journal has it; claims it if its owner is dead.
    pub fn apply(&self, id: JobId, input: Input, now: Timestamp) -> Result<Stepped, JobsError> {
        let this = self.clone();
        self.store.transact(move |transaction| this.apply_in(transaction, &id, input, now))
    }

    /// [`apply`](Self::apply) for async tasks.
    pub async fn apply_async(&self, id: JobId, input: Input, now: Timestamp) -> Result<Stepped, JobsError> {
        let this = self.clone();
        self.store.transact_async(move |transaction| this.apply_in(transaction, &id, input, now)).await
    }

    /// Runs a job that cost nothing again in its own row, within the budgets.
    pub fn retry(
        &self,
        id: JobId,
        budgets: Budgets,
        soft_budget: SoftBudget,
        month: Timestamp,
        now: Timestamp,
    ) -> Result<Stepped, JobsError> {
        let this = self.clone();
        self.store.transact(move |transaction| {
            let stepped = this.apply_in(transaction, &id, Input::Retry, now)?;
            if stepped.changed && !stepped.job.price.is_zero() {
                ledger::check_budgets(transaction, budgets, soft_budget, month)?;
            }
            Ok(stepped)
        })
    }

    /// Sends the same request again as a new row and puts the old one aside; one transaction, so a second click finds nothing to do.
    pub fn submit_again(
        &self,
        old: JobId,
        new: JobId,
        budgets: Budgets,
        soft_budget: SoftBudget,
        month: Timestamp,
        now: Timestamp,
    ) -> Result<(Job, Job), JobsError> {
        let this = self.clone();
        self.store.transact(move |transaction| {
            let job = rows::read(transaction, &old)?.ok_or_else(|| JobsError::Unknown(old.clone()))?;
            if !can_submit_again(&job.state, job.rules(this.on_refused_key)) {
                return Err(JobsError::NotOffered);
            }
            let dismissed = this.apply_to(transaction, job, Input::Dismiss, now)?;
            let fresh = Job {
                click: format!("again {}", new.0),
                id: new,
                state: State::Queued,
                revision: 0,
                owner: Some(this.owner.clone()),
                error: None,
                raw_answer: None,
                created_at: now,
                updated_at: now,
                accepted_at: None,
                ..dismissed.job.clone()
            };
            let fresh = insert_row(transaction, fresh)?;
            if !fresh.price.is_zero() {
                ledger::check_budgets(transaction, budgets, soft_budget, month)?;
            }
            Ok((dismissed.job, fresh))
        })
    }

    /// Writes a job that this process drives, with its new lines of the ledger, in one transaction. Tells its revision.
    ///
    /// Refused when the row is not ours or not in the state `before`, from which the driver decided.
    pub async fn save(&self, job: Job, before: State, effects: Vec<Effect>) -> Result<i64, JobsError> {
        let this = self.clone();
        self.store
            .transact_async(move |transaction| {
                let stored = rows::read(transaction, &job.id)?.ok_or_else(|| JobsError::Unknown(job.id.clone()))?;
                if !this.is_mine(&stored) || stored.state != before {
                    return Err(JobsError::DrivenElsewhere);
                }
                write(transaction, &job, &effects)
            })
            .await
    }

    /// Takes over every job whose process is gone, as a restart leaves it.
    pub fn adopt(&self, now: Timestamp) -> Result<Vec<Stepped>, JobsError> {
        let this = self.clone();
        self.store.transact(move |transaction| this.adopt_in(transaction, now))
    }

    /// [`adopt`](Self::adopt) for async tasks.
    pub async fn adopt_async(&self, now: Timestamp) -> Result<Vec<Stepped>, JobsError> {
        let this = self.clone();
        self.store.transact_async(move |transaction| this.adopt_in(transaction, now)).await
    }

    /// Deletes a job at rest, and its photo if no other job names it. The ledger keeps its lines.
    pub fn forget(&self, id: JobId) -> Result<(), JobsError> {
        let this = self.clone();
        self.store.transact(move |transaction| {
            let job = rows::read(transaction, &id)?.ok_or_else(|| JobsError::Unknown(id.clone()))?;
            if !job.state.status().is_final() {
                return Err(JobsError::NotOffered);
            }
            transaction.execute("DELETE FROM jobs WHERE id = ?1", [&id.0])?;
            if let Some(sha256) = job.photo.sha256()
                && !is_named(transaction, sha256)?
            {
                this.photos.delete(sha256)?;
            }
            Ok(())
        })
    }

    /// Puts a job before another one in line, or at its end.
    pub fn reorder(&self, id: JobId, before: Option<JobId>) -> Result<(), JobsError> {
        self.store.transact(move |transaction| {
            let mut line: Vec<(String, i64)> = transaction
                .prepare_cached("SELECT id, position FROM jobs WHERE status IN ('queued', 'held') ORDER BY position")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            let positions: Vec<i64> = line.iter().map(|(_, position)| *position).collect();
            let from = line.iter().position(|(other, _)| *other == id.0).ok_or(JobsError::NotOffered)?;
            let moved = line.remove(from);
            let to = before.and_then(|before| line.iter().position(|(other, _)| *other == before.0));
            line.insert(to.unwrap_or(line.len()), moved);
            let mut update =
                transaction.prepare_cached("UPDATE jobs SET position = ?2, revision = revision + 1 WHERE id = ?1")?;
            for ((id, _), position) in line.iter().zip(positions) {
                update.execute((id, position))?;
            }
            Ok(())
        })
    }

    /// Is this job driven by a process that lives, and is not this one?
    pub fn is_driven_elsewhere(&self, job: &Job) -> bool {
        !self.is_mine(job) && !self.is_orphan(job)
    }

    /// A job as its process left it: what a dead one was about to do is shown as a restart would find it.
    pub fn as_found(&self, job: Job) -> Job {
        if job.state.status().is_final() || self.is_mine(&job) || !self.is_orphan(&job) {
            return job;
        }
        let (state, _) = step(job.state.clone(), Input::Restarted, job.rules(self.on_refused_key));
        Job { state, ..job }
    }

    fn adopt_in(&self, transaction: &Transaction<'_>, now: Timestamp) -> Result<Vec<Stepped>, JobsError> {
        let mut adopted = Vec::new();
        for job in rows::read_all(transaction)? {
            if !job.state.status().is_final() && !self.is_mine(&job) && self.is_orphan(&job) {
                adopted.push(self.apply_to(transaction, job, Input::Restarted, now)?);
            }
        }
        Ok(adopted)
    }

    fn is_mine(&self, job: &Job) -> bool {
        job.owner.as_deref() == Some(&self.owner)
    }

    fn is_orphan(&self, job: &Job) -> bool {
        job.owner.as_deref().is_none_or(|owner| !ProcessLock::is_alive(&self.run, owner))
    }

    fn apply_in(
        &self,
        transaction: &Transaction<'_>,
        id: &JobId,
        input: Input,
        now: Timestamp,
    ) -> Result<Stepped, JobsError> {
        let job = rows::read(transaction, id)?.ok_or_else(|| JobsError::Unknown(id.clone()))?;
        if self.is_driven_elsewhere(&job) {
            return Err(JobsError::DrivenElsewhere);
        }
        if self.is_mine(&job) || job.state.status().is_final() {
            return self.apply_to(transaction, job, input, now);
        }
        // Its process died: first what that means, then what the person wants.
        let adopted = self.apply_to(transaction, job, Input::Restarted, now)?;
        let stepped = self.apply_to(transaction, adopted.job, input, now)?;
        let effects = if stepped.changed { stepped.effects } else { adopted.effects };
        Ok(Stepped { effects, ..stepped })
    }

    fn apply_to(
        &self,
        transaction: &Transaction<'_>,
        mut job: Job,
        input: Input,
        now: Timestamp,
    ) -> Result<Stepped, JobsError> {
        let before = job.state.clone();
        let rules = job.rules(self.on_refused_key);
        let (state, effects) = step(before.clone(), input, rules);
        let changed = state != before || !effects.is_empty();
        job.owner = (!state.status().is_final()).then(|| self.owner.clone());
        if state != before {
            job.updated_at = now;
            job.error = None;
        }
        job.state = state;
        job.revision = write(transaction, &job, &effects)?;
        Ok(Stepped { job, effects, changed })
    }
}

fn insert_row(transaction: &Transaction<'_>, job: Job) -> Result<Job, JobsError> {
    let position = rows::insert(transaction, &job)?;
    Ok(Job { position, ..job })
}

/// The row and its lines of the ledger, together; tells the row's new revision.
fn write(transaction: &Transaction<'_>, job: &Job, effects: &[Effect]) -> Result<i64, JobsError> {
    for effect in effects {
        if let Effect::Record(line) = effect {
            ledger::record(transaction, job, line, job.updated_at)?;
        }
    }
    rows::update(transaction, job)
}

fn is_named(transaction: &Transaction<'_>, sha256: &str) -> Result<bool, JobsError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM jobs WHERE photo_sha256 = ?1)";
    Ok(transaction.query_row(sql, [sha256], |row| row.get(0))?)
}
