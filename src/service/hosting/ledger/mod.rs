//! What went where: one durable row a photo and host, written before the first byte leaves.

mod schema;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::HostingError;
use super::upload::Upload;
use crate::model::PhotoHostKind;
use crate::model::photo_host::PHOTO_LIFETIME_SECONDS;
use crate::store::{Store, StoreError};

/// The ledger. Clones share the database.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    store: Store,
}

/// A new row, before anything is sent.
pub(super) struct NewRow {
    pub(super) id: String,
    pub(super) photo_sha256: String,
    pub(super) host: String,
    pub(super) setup: PhotoHostKind,
    pub(super) object: String,
    pub(super) thumbnail: Option<Vec<u8>>,
    pub(super) begun_at: Timestamp,
    pub(super) expires_at: Option<Timestamp>,
}

/// What is known once the photo is there.
pub(super) struct Arrived {
    pub(super) url: String,
    pub(super) deletion_url: Option<String>,
    pub(super) sent_at: Timestamp,
}

const COLUMNS: &str = "id, photo_sha256, host, setup, object, thumbnail IS NOT NULL, url, deletion_url, reencoded, \
                       begun_at, sent_at, expires_at, unwanted, deleted_at, problem, revision";

impl From<rusqlite::Error> for HostingError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl Ledger {
    /// Opens the ledger, or begins it; also tells where an unreadable one was put.
    pub(super) fn open(path: &Path) -> Result<(Self, Option<PathBuf>), StoreError> {
        let opened = Store::open(path, schema::MIGRATIONS)?;
        Ok((Self { store: opened.store }, opened.set_aside))
    }

    /// Every upload, newest first.
    pub(super) fn all(&self) -> Result<Vec<Upload>, HostingError> {
        self.store.call(|connection| read_all(connection, "TRUE"))?
    }

    /// Every upload that was not seen to be gone, newest first.
    pub(super) async fn not_gone(&self) -> Result<Vec<Upload>, HostingError> {
        self.store.call_async(|connection| read_all(connection, "deleted_at IS NULL")).await?
    }

    /// The small JPEG of an upload's photo, until it is forgotten.
    pub(super) fn thumbnail(&self, id: String) -> Result<Option<Vec<u8>>, HostingError> {
        let sql = "SELECT thumbnail FROM uploads WHERE id = ?1";
        let read = move |connection: &mut Connection| connection.query_row(sql, [id], |row| row.get(0)).optional();
        Ok(self.store.call(read)??.flatten())
    }

    /// One upload as it is now.
    pub(super) async fn get(&self, id: String) -> Result<Upload, HostingError> {
        self.store.call_async(move |connection| read(connection, &id)).await?
    }

    /// An upload of this photo to this very host that is there until `until`, taken for one more job.
    pub(super) async fn take(
        &self,
        photo_sha256: String,
        host: String,
        setup: PhotoHostKind,
        until: Timestamp,
    ) -> Result<Option<Upload>, HostingError> {
        self.store
            .transact_async(move |transaction| {
                let sql = format!(
                    "UPDATE uploads SET revision = revision + 1 WHERE id = (SELECT id FROM uploads WHERE \
                     photo_sha256 = ?1 AND host = ?2 AND setup = ?3 AND sent_at IS NOT NULL AND deleted_at IS NULL AND \
                     unwanted = 0 AND (?4 OR coalesce(expires_at, begun_at + ?6) >= ?5) ORDER BY begun_at DESC LIMIT 1) \
                     RETURNING {COLUMNS}"
                );
                // A signed link is made anew each time, so the old one's end means nothing.
                let is_signed = matches!(setup, PhotoHostKind::S3(_));
                let lifetime = i64::from(PHOTO_LIFETIME_SECONDS) * 1000;
                let values =
                    params![photo_sha256, host, to_json(&setup)?, is_signed, until.as_millisecond(), lifetime];
                Ok(transaction.query_row(&sql, values, from_row).optional()?)
            })
            .await
    }

    /// Writes a row; when this returns it is durable, and nothing has been sent.
    pub(super) async fn begin(&self, row: NewRow) -> Result<(), HostingError> {
        self.store
            .transact_async(move |transaction| {
                transaction.execute(
                    "INSERT INTO uploads (id, photo_sha256, host, setup, object, thumbnail, begun_at, expires_at) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    params![
                        row.id,
                        row.photo_sha256,
                        row.host,
                        to_json(&row.setup)?,
                        row.object,
                        row.thumbnail,
                        row.begun_at.as_millisecond(),
                        row.expires_at.map(Timestamp::as_millisecond),
                    ],
                )?;
                Ok(())
            })
            .await
    }

    /// The photo is there.
    pub(super) async fn arrived(&self, id: String, arrived: Arrived) -> Result<Upload, HostingError> {
        self.change(id, move |transaction, id| {
            transaction.execute(
                "UPDATE uploads SET url = ?2, deletion_url = ?3, sent_at = ?4 WHERE id = ?1",
                params![id, arrived.url, arrived.deletion_url, arrived.sent_at.as_millisecond()],
            )
        })
        .await
    }

    /// The photo is certainly not there, and never was: the row goes.
    pub(super) async fn withdraw(&self, id: String) -> Result<(), HostingError> {
        let remove = move |connection: &mut Connection| connection.execute("DELETE FROM uploads WHERE id = ?1", [id]);
        self.store.call_async(remove).await??;
        Ok(())
    }

    /// A link holds until then; it may hold longer already.
    pub(super) async fn extend(&self, id: String, until: Timestamp) -> Result<Upload, HostingError> {
        self.change(id, move |transaction, id| {
            let sql = "UPDATE uploads SET expires_at = max(coalesce(expires_at, 0), ?2) WHERE id = ?1";
            transaction.execute(sql, params![id, until.as_millisecond()])
        })
        .await
    }

    /// The host made other bytes of the photo.
    pub(super) async fn mark_reencoded(&self, id: String) -> Result<Upload, HostingError> {
        self.change(id, |transaction, id| transaction.execute("UPDATE uploads SET reencoded = 1 WHERE id = ?1", [id]))
            .await
    }

    /// No job may take it any more, and it is to be deleted. With a revision only if no job has taken it since.
    pub(super) async fn unwant(&self, id: String, revision: Option<i64>) -> Result<bool, HostingError> {
        let sql =
            "UPDATE uploads SET unwanted = 1 WHERE id = ?1 AND deleted_at IS NULL AND (?2 IS NULL OR revision = ?2)";
        let change = move |connection: &mut Connection| connection.execute(sql, params![id, revision]);
        Ok(self.store.call_async(change).await?? > 0)
    }

    /// It was seen that the photo is gone.
    pub(super) async fn deleted(&self, id: String, at: Timestamp) -> Result<Upload, HostingError> {
        self.change(id, move |transaction, id| {
            let sql = "UPDATE uploads SET deleted_at = ?2, problem = NULL WHERE id = ?1";
            transaction.execute(sql, params![id, at.as_millisecond()])
        })
        .await
    }

    /// It could not be deleted yet.
    pub(super) async fn not_deleted(&self, id: String, problem: String) -> Result<(), HostingError> {
        let sql = "UPDATE uploads SET problem = ?2 WHERE id = ?1";
        let change = move |connection: &mut Connection| connection.execute(sql, params![id, problem]);
        self.store.call_async(change).await??;
        Ok(())
    }

    /// Forgets what the photo looks like.
    pub(super) async fn forget_picture(&self, photo_sha256: String) -> Result<(), HostingError> {
        let sql = "UPDATE uploads SET thumbnail = NULL WHERE photo_sha256 = ?1";
        let change = move |connection: &mut Connection| connection.execute(sql, [photo_sha256]);
        self.store.call_async(change).await??;
        Ok(())
    }

    async fn change(
        &self,
        id: String,
        change: impl FnOnce(&Connection, &str) -> rusqlite::Result<usize> + Send + 'static,
    ) -> Result<Upload, HostingError> {
        self.store
            .transact_async(move |transaction| {
                change(transaction, &id)?;
                read(transaction, &id)
            })
            .await
    }
}

fn read(connection: &Connection, id: &str) -> Result<Upload, HostingError> {
    let sql = format!("SELECT {COLUMNS} FROM uploads WHERE id = ?1");
    let found = connection.query_row(&sql, [id], from_row).optional()?;
    found.ok_or_else(|| HostingError::NoUpload { id: id.to_owned() })
}

fn read_all(connection: &Connection, which: &str) -> Result<Vec<Upload>, HostingError> {
    let sql = format!("SELECT {COLUMNS} FROM uploads WHERE {which} ORDER BY begun_at DESC, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut uploads = Vec::new();
    while let Some(row) = rows.next()? {
        match from_row(row) {
            Ok(upload) => uploads.push(upload),
            Err(error) => tracing::error!(%error, "a row of the uploads cannot be read and is left as it is"),
        }
    }
    Ok(uploads)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Upload> {
    let setup: String = row.get(3)?;
    let unreadable = |index, error| rusqlite::Error::FromSqlConversionFailure(index, Type::Text, error);
    let time = |index: usize| -> rusqlite::Result<Option<Timestamp>> {
        let read = |millis| Timestamp::from_millisecond(millis).map_err(|error| unreadable(index, error.into()));
        row.get::<_, Option<i64>>(index)?.map(read).transpose()
    };
    Ok(Upload {
        id: row.get(0)?,
        photo_sha256: row.get(1)?,
        host: row.get(2)?,
        kind: serde_json::from_str(&setup).map_err(|error| unreadable(3, error.into()))?,
        object: row.get(4)?,
        has_thumbnail: row.get(5)?,
        url: row.get(6)?,
        deletion_url: row.get(7)?,
        reencoded: row.get(8)?,
        begun_at: time(9)?.unwrap_or_default(),
        sent_at: time(10)?,
        expires_at: time(11)?,
        unwanted: row.get(12)?,
        deleted_at: time(13)?,
        problem: row.get(14)?,
        revision: row.get(15)?,
    })
}

fn to_json(setup: &PhotoHostKind) -> Result<String, HostingError> {
    // Plain values with string keys always serialise; the error is passed on all the same.
    serde_json::to_string(setup).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)).into())
}
