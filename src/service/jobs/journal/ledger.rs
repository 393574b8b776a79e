//! The ledger: what was paid, one line an accepted id, kept when the jobs are long forgotten.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::rows;
use crate::jobs::error::JobsError;
use crate::jobs::job::Job;
use crate::jobs::new_job::{Budgets, SoftBudget};
use crate::jobs::state::Line;
use crate::model::ledger::{Counts, LedgerKind, LedgerLine, Spending};
use crate::model::{JobId, Money};

/// Writes one line; the same line of the same job a second time is the first one again.
pub(super) fn record(connection: &Connection, job: &Job, line: &Line, at: Timestamp) -> Result<(), JobsError> {
    let (kind, ticket) = match line {
        Line::Accepted(ticket) => (LedgerKind::Accepted, Some(ticket)),
        Line::Unknown => (LedgerKind::Unknown, None),
        Line::NotCharged(ticket) => (LedgerKind::NotCharged, Some(ticket)),
    };
    connection.execute(
        "INSERT OR IGNORE INTO ledger (at, kind, job, engine, base_url, request_id, amount) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            at.as_millisecond(),
            kind.word(),
            job.id.0,
            job.engine.word(),
            job.base_url,
            ticket.map(|ticket| &ticket.request_id),
            job.price.mills(),
        ],
    )?;
    Ok(())
}

/// Every line, oldest first.
pub(super) fn read_all(connection: &Connection) -> Result<Vec<LedgerLine>, JobsError> {
    let mut statement = connection
        .prepare_cached("SELECT at, kind, job, engine, base_url, request_id, amount FROM ledger ORDER BY id")?;
    let lines = statement.query_map([], |row| {
        let word: String = row.get(1)?;
        let kind = LedgerKind::ALL.into_iter().find(|kind| kind.word() == word);
        Ok(LedgerLine {
            at: rows::time_column(row, 0)?,
            // An unknown word of a later version is counted as what may have been charged.
            kind: kind.unwrap_or(LedgerKind::Unknown),
            job: JobId(row.get(2)?),
            engine: rows::engine_column(row, 3)?,
            base_url: row.get(4)?,
            request_id: row.get(5)?,
            amount: Money::from_mills(row.get(6)?),
        })
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

/// What was spent since `from`, what is unsure since then, and what is reserved now.
///
/// A request that the service did not charge after all is taken back where it was accepted, so that no day is below
/// nothing. Unsure money counts until somebody decides about its job: dismissing or forgetting it is a decision.
pub(super) fn spending(connection: &Connection, from: Timestamp) -> Result<Spending, JobsError> {
    let sum = |sql: &str| -> Result<(u64, Money), JobsError> {
        // Every statement has the parameter, so that one way of asking serves them all.
        let mut statement = connection.prepare_cached(sql)?;
        let (count, amount): (i64, i64) =
            statement.query_row([from.as_millisecond()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((count.unsigned_abs(), Money::from_mills(amount)))
    };
    let (accepted, spent) = sum("SELECT COUNT(*), COALESCE(SUM(amount), 0) FROM ledger AS line \
                                 WHERE kind = 'accepted' AND at >= ?1 AND NOT EXISTS \
                                 (SELECT 1 FROM ledger WHERE kind = 'not_charged' AND job = line.job)")?;
    let (not_charged, _) = sum("SELECT COUNT(*), COALESCE(SUM(amount), 0) FROM ledger AS line \
                                WHERE kind = 'accepted' AND at >= ?1 AND EXISTS \
                                (SELECT 1 FROM ledger WHERE kind = 'not_charged' AND job = line.job)")?;
    let (unsure_count, unsure) = sum("SELECT COUNT(*), COALESCE(SUM(ledger.amount), 0) FROM ledger \
                                      JOIN jobs ON jobs.id = ledger.job WHERE ledger.kind = 'unknown' \
                                      AND jobs.status <> 'dismissed' AND ledger.at >= ?1")?;
    let (_, reserved) = sum("SELECT COUNT(*), COALESCE(SUM(price), 0) FROM jobs WHERE status IN \
                             ('queued', 'held', 'preparing', 'hosting', 'submitting') AND ?1 IS NOT NULL")?;
    Ok(Spending { spent, unsure, reserved, counts: Counts { accepted, not_charged, unsure: unsure_count } })
}

/// Refuses when the jobs just put in line, which are reserved by now, go above a budget.
pub(super) fn check_budgets(
    connection: &Connection,
    budgets: Budgets,
    soft_budget: SoftBudget,
    month: Timestamp,
) -> Result<(), JobsError> {
    let after = spending(connection, month)?.committed();
    if let Some(hard) = budgets.hard
        && after > hard
    {
        return Err(JobsError::HardBudget { hard, after });
    }
    if let Some(soft) = budgets.soft
        && after > soft
        && soft_budget == SoftBudget::Obey
    {
        return Err(JobsError::SoftBudget { soft, after });
    }
    Ok(())
}
