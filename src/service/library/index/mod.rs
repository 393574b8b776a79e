//! The index of the libraries: one SQLite file for all of them, each library keyed by its folder.
//!
//! Everything in it can be read again from the files, so it may be lost.

mod schema;
mod select;
mod written;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};

use super::marks::Said;
use super::query::Query;
use super::{OWN_FOLDER, StickerRow};
use crate::model::{Mark, StickerInfo};
use crate::store::{Store, StoreError};
use select::{COLUMNS, Selection, sticker_row};

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
    /// Is it the main picture of its sticker, which stands for it?
    pub(super) is_main: bool,
}

/// A picture that is none of ours, as it was when it was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PassedOver {
    pub(super) file: String,
    pub(super) is_binned: bool,
    pub(super) bytes: u64,
    /// Milliseconds since 1970.
    pub(super) modified: i64,
}

/// What became of entries that were found in the folder.
#[derive(Debug)]
pub(super) struct Found {
    /// So many are new.
    pub(super) added: usize,
    /// Those that were known under other names.
    pub(super) renamed: Vec<Renamed>,
}

/// A sticker whose file has another name than before.
#[derive(Clone, Debug)]
pub(super) struct Renamed {
    /// The name it was known under.
    pub(super) from: String,
    /// Its name now.
    pub(super) to: String,
    /// What the person says of it.
    pub(super) said: Said,
}

/// Everything that the index knows about files at one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) files: Vec<KnownFile>,
    /// Stems of names whose files are being written.
    pub(super) pending: HashSet<String>,
    pub(super) passed_over: HashSet<PassedOver>,
}

impl Index {
    /// Opens the index and finds or begins the part of `folder`; tells where a broken index was put.
    pub(super) fn open(path: &Path, folder: &Path) -> Result<(Self, Option<PathBuf>), StoreError> {
        let opened = Store::open(path, schema::MIGRATIONS)?;
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
            written::upsert(transaction, library_id, &entry)?;
            transaction
                .execute("DELETE FROM pending WHERE library_id = ?1 AND key = ?2", params![library_id, entry.key])?;
            let sql = format!("SELECT {COLUMNS} FROM sticker WHERE library_id = ?1 AND key = ?2");
            Ok(transaction.query_row(&sql, params![library_id, entry.key], |row| sticker_row(row, &folder))?)
        })
    }

    /// Makes the index say what the files say, `entries` being all there are, and tells how many stickers they are.
    /// Known files keep their ids.
    pub(super) fn replace_all(&self, entries: Vec<Entry>, said: HashMap<String, Said>) -> Result<usize, StoreError> {
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
                written::add(transaction, library_id, entry)?;
            }
            transaction.execute("UPDATE sticker SET mark = 'plain' WHERE library_id = ?1", [library_id])?;
            // Only those that have one, since each is a change of what words are searched in.
            transaction.execute("UPDATE sticker SET name = '' WHERE library_id = ?1 AND name <> ''", [library_id])?;
            let mut said: Vec<_> = said.into_iter().collect();
            said.sort_by(|(one, _), (other, _)| one.cmp(other));
            for (file, said) in said {
                written::say(transaction, library_id, &file, &said)?;
            }
            written::size(transaction, library_id)
        })
    }

    /// Every file of the library that the index knows, both pictures of each sticker, and what it knows of others.
    pub(super) fn known(&self) -> Result<Known, StoreError> {
        let (library_id, folder) = (self.library_id, self.folder.clone());
        // All at one moment: a sticker that is being added is pending before, and indexed afterwards.
        self.store.transact(move |transaction| written::known(transaction, library_id, &folder))
    }

    /// Adds what was found in the folder. An entry whose sticker is known under the name of a file in `gone` is that
    /// sticker, renamed.
    pub(super) fn take_in(
        &self,
        entries: Vec<Entry>,
        gone: HashSet<String>,
        said: HashMap<String, Said>,
    ) -> Result<Found, StoreError> {
        let (library_id, folder) = (self.library_id, self.folder.clone());
        self.store.transact(move |transaction| {
            let before = written::size(transaction, library_id)?;
            let mut renamed = Vec::new();
            for entry in &entries {
                if let Some(as_before) = written::rename(transaction, library_id, &folder, entry, &gone)? {
                    renamed.push(as_before);
                    continue;
                }
                written::add(transaction, library_id, entry)?;
                if let Some(said) = said.get(&entry.file) {
                    written::say(transaction, library_id, &entry.file, said)?;
                }
            }
            Ok(Found { added: written::size(transaction, library_id)? - before, renamed })
        })
    }

    /// Remembers pictures that are none of ours, so that they need not be looked at again.
    pub(super) fn pass_over(&self, pictures: Vec<PassedOver>) -> Result<(), StoreError> {
        let library_id = self.library_id;
        self.store.transact(move |transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO passed_over (library_id, file, is_binned, bytes, modified)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for PassedOver { file, is_binned, bytes, modified } in pictures {
                insert.execute(params![library_id, file, is_binned, bytes as i64, modified])?;
            }
            Ok(())
        })
    }

    pub(super) fn set_mark(&self, id: i64, mark: Mark) -> Result<(), StoreError> {
        self.update(id, "UPDATE sticker SET mark = ?3 WHERE library_id = ?1 AND id = ?2", mark.word())
    }

    pub(super) fn set_name(&self, id: i64, name: &str) -> Result<(), StoreError> {
        self.update(id, "UPDATE sticker SET name = ?3 WHERE library_id = ?1 AND id = ?2", name.to_owned())
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
