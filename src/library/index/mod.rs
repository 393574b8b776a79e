//! The index of the libraries: one SQLite file for all of them, each library keyed by its folder.
//!
//! Everything in it can be read again from the files, so it may be lost.

mod select;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::query::{Mark, Query};
use super::{OWN_FOLDER, StickerRow};
use crate::model::StickerInfo;
use crate::store::{Store, StoreError};
use select::{COLUMNS, Selection, sticker_row};

/// Each entry leads from one format to the next and never changes once released.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE library (
        id INTEGER PRIMARY KEY,
        folder TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE sticker (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        library_id INTEGER NOT NULL REFERENCES library (id),
        -- The job's id, or what else tells the sticker apart.
        key TEXT NOT NULL,
        file TEXT NOT NULL,
        background_file TEXT,
        created_at INTEGER NOT NULL, -- milliseconds since 1970
        engine TEXT NOT NULL,
        seed INTEGER,
        prompt TEXT NOT NULL,
        photo_name TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        file_bytes INTEGER NOT NULL,
        background_bytes INTEGER,
        mark TEXT NOT NULL DEFAULT 'plain',
        is_binned INTEGER NOT NULL DEFAULT 0,
        info TEXT NOT NULL, -- JSON
        UNIQUE (library_id, key),
        UNIQUE (library_id, file)
    ) STRICT;
    CREATE INDEX sticker_by_time ON sticker (library_id, is_binned, created_at, id);
    CREATE INDEX sticker_by_mark ON sticker (library_id, is_binned, mark, created_at, id);
    CREATE INDEX sticker_by_seed ON sticker (library_id, is_binned, seed, created_at, id);

    CREATE VIRTUAL TABLE words USING fts5 (
        prompt, photo_name, content = 'sticker', content_rowid = 'id', tokenize = 'trigram'
    );
    CREATE TRIGGER words_added AFTER INSERT ON sticker BEGIN
        INSERT INTO words (rowid, prompt, photo_name) VALUES (new.id, new.prompt, new.photo_name);
    END;
    CREATE TRIGGER words_removed AFTER DELETE ON sticker BEGIN
        INSERT INTO words (words, rowid, prompt, photo_name) VALUES ('delete', old.id, old.prompt, old.photo_name);
    END;
    CREATE TRIGGER words_changed AFTER UPDATE OF prompt, photo_name ON sticker BEGIN
        INSERT INTO words (words, rowid, prompt, photo_name) VALUES ('delete', old.id, old.prompt, old.photo_name);
        INSERT INTO words (rowid, prompt, photo_name) VALUES (new.id, new.prompt, new.photo_name);
    END;

    -- File names given to stickers whose files are being written.
    CREATE TABLE pending (
        library_id INTEGER NOT NULL REFERENCES library (id),
        key TEXT NOT NULL,
        stem TEXT NOT NULL,
        PRIMARY KEY (library_id, key)
    ) STRICT;
"];

/// The part of the index that belongs to one library.
#[derive(Debug)]
pub(super) struct Index {
    store: Store,
    library_id: i64,
    folder: PathBuf,
}

/// What a sticker's files say, ready to be indexed.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Tells the sticker apart: the job's id where there is one.
    pub(super) key: String,
    /// File name of the main picture.
    pub(super) file: String,
    /// File name of the picture with background.
    pub(super) background_file: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) file_bytes: u64,
    pub(super) background_bytes: Option<u64>,
    pub(super) is_binned: bool,
    pub(super) info: StickerInfo,
}

/// A file that the index knows.
#[derive(Clone, Debug)]
pub(super) struct KnownFile {
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
}

impl Index {
    /// Opens the index and finds or begins the part of `folder`; tells where a broken index was put.
    pub(super) fn open(path: &Path, folder: &Path) -> Result<(Self, Option<PathBuf>), StoreError> {
        let opened = Store::open(path, MIGRATIONS)?;
        let name = folder.to_string_lossy().into_owned();
        let library_id = opened.store.transact(move |transaction| -> Result<i64, StoreError> {
            transaction.execute("INSERT OR IGNORE INTO library (folder) VALUES (?1)", [&name])?;
            Ok(transaction.query_row("SELECT id FROM library WHERE folder = ?1", [&name], |row| row.get(0))?)
        })?;
        Ok((Self { store: opened.store, library_id, folder: folder.to_path_buf() }, opened.set_aside))
    }

    pub(super) fn list(&self, query: &Query) -> Result<Vec<StickerRow>, StoreError> {
        let selection = Selection::of(self.library_id, query);
        let folder = self.folder.clone();
        let rows = self.store.call(move |connection| -> rusqlite::Result<Vec<StickerRow>> {
            let mut statement = connection.prepare_cached(&selection.rows_sql())?;
            let rows =
                statement.query_map(selection.parameters_with_page().as_slice(), |row| sticker_row(row, &folder))?;
            rows.collect()
        })?;
        Ok(rows?)
    }

    pub(super) fn count(&self, query: &Query) -> Result<usize, StoreError> {
        let selection = Selection::of(self.library_id, query);
        let count = self.store.call(move |connection| -> rusqlite::Result<i64> {
            let mut statement = connection.prepare_cached(&selection.count_sql())?;
            statement.query_row(selection.parameters().as_slice(), |row| row.get(0))
        })?;
        Ok(usize::try_from(count?).unwrap_or_default())
    }

    pub(super) fn get(&self, id: i64) -> Result<Option<StickerRow>, StoreError> {
        let (library_id, folder) = (self.library_id, self.folder.clone());
        let row = self.store.call(move |connection| {
            let sql = format!("SELECT {COLUMNS} FROM sticker WHERE library_id = ?1 AND id = ?2");
            connection.query_row(&sql, params![library_id, id], |row| sticker_row(row, &folder)).optional()
        })?;
        Ok(row?)
    }

    /// The sticker with this key.
    pub(super) fn with_key(&self, key: &str) -> Result<Option<StickerRow>, StoreError> {
        let (library_id, folder, key) = (self.library_id, self.folder.clone(), key.to_owned());
        let row = self.store.call(move |connection| {
            let sql = format!("SELECT {COLUMNS} FROM sticker WHERE library_id = ?1 AND key = ?2");
            connection.query_row(&sql, params![library_id, key], |row| sticker_row(row, &folder)).optional()
        })?;
        Ok(row?)
    }

    /// Settles the stem of the file names of this key: the one given earlier, in this or another process, else
    /// `proposed`. `None` when the sticker has meanwhile got its row.
    pub(super) fn reserve(&self, key: &str, proposed: &str) -> Result<Option<String>, StoreError> {
        let (library_id, key, proposed) = (self.library_id, key.to_owned(), proposed.to_owned());
        self.store.transact(move |transaction| {
            // One statement after the other in one transaction, so that a row committed by another process is seen.
            let sql = "SELECT EXISTS (SELECT 1 FROM sticker WHERE library_id = ?1 AND key = ?2)";
            if transaction.query_row(sql, params![library_id, key], |row| row.get(0))? {
                return Ok(None);
            }
            transaction.execute(
                "INSERT OR IGNORE INTO pending (library_id, key, stem) VALUES (?1, ?2, ?3)",
                params![library_id, key, proposed],
            )?;
            let sql = "SELECT stem FROM pending WHERE library_id = ?1 AND key = ?2";
            Ok(Some(transaction.query_row(sql, params![library_id, key], |row| row.get(0))?))
        })
    }

    /// Commits the row of files that are on the disk.
    pub(super) fn insert(&self, entry: Entry) -> Result<StickerRow, StoreError> {
        let (library_id, folder) = (self.library_id, self.folder.clone());
        self.store.transact(move |transaction| {
            upsert(transaction, library_id, &entry)?;
            transaction
                .execute("DELETE FROM pending WHERE library_id = ?1 AND key = ?2", params![library_id, entry.key])?;
            let sql = format!("SELECT {COLUMNS} FROM sticker WHERE library_id = ?1 AND key = ?2");
            Ok(transaction.query_row(&sql, params![library_id, entry.key], |row| sticker_row(row, &folder))?)
        })
    }

    /// Makes the index say what the files say, `entries` being all there are. Known files keep their ids.
    pub(super) fn replace_all(&self, entries: Vec<Entry>, marks: HashMap<String, Mark>) -> Result<(), StoreError> {
        let library_id = self.library_id;
        self.store.transact(move |transaction| {
            transaction
                .execute_batch("CREATE TEMP TABLE IF NOT EXISTS found (file TEXT PRIMARY KEY); DELETE FROM found;")?;
            for entry in &entries {
                transaction.prepare_cached("INSERT OR IGNORE INTO found (file) VALUES (?1)")?.execute([&entry.file])?;
            }
            transaction.execute(
                "DELETE FROM sticker WHERE library_id = ?1 AND file NOT IN (SELECT file FROM found)",
                [library_id],
            )?;
            for entry in &entries {
                upsert(transaction, library_id, entry)?;
            }
            transaction.execute("UPDATE sticker SET mark = 'plain' WHERE library_id = ?1", [library_id])?;
            let mut update =
                transaction.prepare_cached("UPDATE sticker SET mark = ?3 WHERE library_id = ?1 AND file = ?2")?;
            let mut marks: Vec<_> = marks.into_iter().collect();
            marks.sort_by(|(one, _), (other, _)| one.cmp(other));
            for (file, mark) in marks {
                update.execute(params![library_id, file, mark.word()])?;
            }
            Ok(())
        })
    }

    /// Every file of the library that the index knows, both pictures of each sticker.
    pub(super) fn known_files(&self) -> Result<Vec<KnownFile>, StoreError> {
        let (library_id, folder) = (self.library_id, self.folder.clone());
        let files = self.store.call(move |connection| -> rusqlite::Result<Vec<KnownFile>> {
            let mut statement = connection.prepare(
                "SELECT file, file_bytes, is_binned FROM sticker WHERE library_id = ?1
                 UNION SELECT background_file, background_bytes, is_binned FROM sticker
                 WHERE library_id = ?1 AND background_file IS NOT NULL",
            )?;
            let rows = statement.query_map([library_id], |row| {
                let (file, bytes, is_binned): (String, i64, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(KnownFile { path: place(&folder, is_binned).join(file), bytes: bytes as u64 })
            })?;
            rows.collect()
        })?;
        Ok(files?)
    }

    pub(super) fn set_mark(&self, id: i64, mark: Mark) -> Result<(), StoreError> {
        self.update(id, "UPDATE sticker SET mark = ?3 WHERE library_id = ?1 AND id = ?2", mark.word())
    }

    pub(super) fn set_binned(&self, id: i64, is_binned: bool) -> Result<(), StoreError> {
        self.update(id, "UPDATE sticker SET is_binned = ?3 WHERE library_id = ?1 AND id = ?2", is_binned)
    }

    pub(super) fn remove(&self, id: i64) -> Result<(), StoreError> {
        self.update(id, "DELETE FROM sticker WHERE library_id = ?1 AND id = ?2 AND ?3", true)
    }

    fn update(
        &self,
        id: i64,
        sql: &'static str,
        value: impl rusqlite::ToSql + Send + 'static,
    ) -> Result<(), StoreError> {
        let library_id = self.library_id;
        self.store.transact(move |transaction| {
            transaction.execute(sql, params![library_id, id, value])?;
            Ok(())
        })
    }
}

/// Where files lie: the library's folder, or its bin.
pub(super) fn place(folder: &Path, is_binned: bool) -> PathBuf {
    if is_binned { folder.join(OWN_FOLDER).join("bin") } else { folder.to_path_buf() }
}

fn upsert(transaction: &Transaction<'_>, library_id: i64, entry: &Entry) -> Result<(), StoreError> {
    let info =
        serde_json::to_string(&entry.info).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    // A copy of a file carries the key of the original; the copy is then told apart by its name.
    let is_taken: bool = transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM sticker WHERE library_id = ?1 AND key = ?2 AND file <> ?3)")?
        .query_row(params![library_id, entry.key, entry.file], |row| row.get(0))?;
    let key = if is_taken { format!("file:{}", entry.file) } else { entry.key.clone() };
    transaction
        .prepare_cached(
            "INSERT INTO sticker (library_id, key, file, background_file, created_at, engine, seed, prompt,
                photo_name, width, height, file_bytes, background_bytes, is_binned, info)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT (library_id, file) DO UPDATE SET
                key = excluded.key, background_file = excluded.background_file, created_at = excluded.created_at,
                engine = excluded.engine, seed = excluded.seed, prompt = excluded.prompt,
                photo_name = excluded.photo_name, width = excluded.width, height = excluded.height,
                file_bytes = excluded.file_bytes, background_bytes = excluded.background_bytes,
                is_binned = excluded.is_binned, info = excluded.info",
        )?
        .execute(params![
            library_id,
            key,
            entry.file,
            entry.background_file,
            entry.created_at.as_millisecond(),
            entry.info.engine.word(),
            entry.info.recipe.seed,
            entry.info.recipe.prompt,
            entry.info.photo_name.as_deref().unwrap_or_default(),
            entry.width,
            entry.height,
            entry.file_bytes as i64,
            entry.background_bytes.map(|bytes| bytes as i64),
            entry.is_binned,
            info,
        ])?;
    Ok(())
}
