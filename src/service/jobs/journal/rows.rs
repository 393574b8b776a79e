//! Reading and writing single rows of the table of jobs.

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::jobs::error::JobsError;
use crate::jobs::job::Job;
use crate::model::{EngineId, JobId, Money, Recipe};

const COLUMNS: &str = "id, click, batch, position, engine, base_url, on_loopback, price, request, photo, state, owner, \
                       error, raw_answer, created_at, updated_at, accepted_at, revision";

/// The job with this id.
pub(super) fn read(connection: &Connection, id: &JobId) -> Result<Option<Job>, JobsError> {
    let sql = format!("SELECT {COLUMNS} FROM jobs WHERE id = ?1");
    Ok(connection.query_row(&sql, [&id.0], from_row).optional()?)
}

/// The job that this click asked for.
pub(super) fn read_by_click(connection: &Connection, click: &str) -> Result<Option<Job>, JobsError> {
    let sql = format!("SELECT {COLUMNS} FROM jobs WHERE click = ?1");
    Ok(connection.query_row(&sql, [click], from_row).optional()?)
}

/// Every job in the order of the line; a row that cannot be read is named in the log and stays where it is.
pub(super) fn read_all(connection: &Connection) -> Result<Vec<Job>, JobsError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM jobs ORDER BY position"))?;
    let mut rows = statement.query([])?;
    let mut jobs = Vec::new();
    while let Some(row) = rows.next()? {
        match from_row(row) {
            Ok(job) => jobs.push(job),
            Err(error) => tracing::error!(%error, "a row of the journal cannot be read and is left as it is"),
        }
    }
    Ok(jobs)
}

/// Adds a job at the end of the line and tells its position.
pub(super) fn insert(connection: &Connection, job: &Job) -> Result<i64, JobsError> {
    let sql = "INSERT INTO jobs (id, click, batch, position, engine, base_url, on_loopback, price, request, photo, \
               state, owner, error, raw_answer, created_at, updated_at, accepted_at) VALUES (?1, ?2, ?3, \
               (SELECT COALESCE(MAX(position), 0) + 1 FROM jobs), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, \
               ?15, ?16) RETURNING position";
    let position = connection.query_row(
        sql,
        params![
            job.id.0,
            job.click,
            job.batch,
            job.engine.word(),
            job.base_url,
            job.on_loopback,
            job.price.mills(),
            to_json(&job.recipe.to_fields())?,
            to_json(&job.photo)?,
            to_json(&job.state)?,
            job.owner,
            job.error,
            job.raw_answer,
            job.created_at.as_millisecond(),
            job.updated_at.as_millisecond(),
            job.accepted_at.map(Timestamp::as_millisecond),
        ],
        |row| row.get(0),
    )?;
    Ok(position)
}

/// Writes what changes in a job's life and tells its new revision.
pub(super) fn update(connection: &Connection, job: &Job) -> Result<i64, JobsError> {
    let sql = "UPDATE jobs SET state = ?2, owner = ?3, error = ?4, raw_answer = ?5, updated_at = ?6, accepted_at = ?7, \
               revision = revision + 1 WHERE id = ?1 RETURNING revision";
    let revision = connection.query_row(
        sql,
        params![
            job.id.0,
            to_json(&job.state)?,
            job.owner,
            job.error,
            job.raw_answer,
            job.updated_at.as_millisecond(),
            job.accepted_at.map(Timestamp::as_millisecond),
        ],
        |row| row.get(0),
    )?;
    Ok(revision)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Job> {
    let fields = json_column(row, 8)?;
    Ok(Job {
        id: JobId(row.get(0)?),
        click: row.get(1)?,
        batch: row.get(2)?,
        position: row.get(3)?,
        engine: engine_column(row, 4)?,
        base_url: row.get(5)?,
        on_loopback: row.get(6)?,
        price: Money::from_mills(row.get(7)?),
        recipe: Recipe::from_fields(&fields).map_err(|error| unreadable(8, error))?,
        photo: json_column(row, 9)?,
        state: json_column(row, 10)?,
        owner: row.get(11)?,
        error: row.get(12)?,
        raw_answer: row.get(13)?,
        created_at: time_column(row, 14)?,
        updated_at: time_column(row, 15)?,
        accepted_at: row.get::<_, Option<i64>>(16)?.map(|_| time_column(row, 16)).transpose()?,
        revision: row.get(17)?,
    })
}

pub(super) fn engine_column(row: &Row<'_>, index: usize) -> rusqlite::Result<EngineId> {
    let word: String = row.get(index)?;
    EngineId::from_word(&word).ok_or_else(|| unreadable(index, UnknownEngine))
}

pub(super) fn time_column(row: &Row<'_>, index: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_millisecond(row.get(index)?).map_err(|error| unreadable(index, error))
}

fn json_column<T: DeserializeOwned>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text).map_err(|error| unreadable(index, error))
}

fn unreadable(index: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(index, Type::Text, Box::new(error))
}

fn to_json(value: &impl Serialize) -> Result<String, JobsError> {
    // Plain values with string keys always serialise; the error is passed on all the same.
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)).into())
}

/// A later version may know more engines.
#[derive(Debug, thiserror::Error)]
#[error("this version does not know the engine of this row")]
struct UnknownEngine;
