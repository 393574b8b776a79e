//! From a [`Query`] to SQL, and from a row back to a [`StickerRow`].

use std::path::Path;

use jiff::Timestamp;
use rusqlite::types::{ToSql, Type, Value};
use rusqlite::{Error, Row};

use super::super::StickerRow;
use super::super::query::Query;
use super::place;
use crate::model::StickerInfo;
use crate::model::{Mark, Sort};

/// What [`sticker_row`] reads, in its order.
pub(super) const COLUMNS: &str =
    "id, file, background_file, created_at, width, height, file_bytes, mark, is_binned, info, name";

/// Shorter words have no trigram, so the full-text table cannot find them.
const TRIGRAM: usize = 3;

/// The conditions of a query with their values.
pub(super) struct Selection {
    conditions: Vec<&'static str>,
    values: Vec<Value>,
    order: &'static str,
    page: [Value; 2],
}

impl Selection {
    /// The stickers of one library that `query` asks for.
    pub(super) fn of(library_id: i64, query: &Query) -> Self {
        let Query { words, seed, engine, size, from, until, mark, is_binned, sort, limit, offset } = query;
        let order = match sort {
            // No index has these orders whole: who wants them has the rows in memory, and sorts them there.
            Sort::Newest | Sort::Seed | Sort::Prompt => "created_at DESC, id DESC",
            Sort::Oldest => "created_at, id",
        };
        let page = [Value::Integer(i64::from(*limit)), Value::Integer(i64::from(*offset))];
        let mut selection = Self { conditions: Vec::new(), values: Vec::new(), order, page };
        selection.also("library_id = ?", library_id);
        selection.also("is_binned = ?", i64::from(*is_binned));
        if let Some(mark) = mark {
            selection.also("mark = ?", mark.word().to_owned());
        }
        if let Some(seed) = seed {
            selection.also("seed = ?", i64::from(*seed));
        }
        if let Some(engine) = engine {
            selection.also("engine = ?", engine.word().to_owned());
        }
        if let Some((width, height)) = size {
            selection.also("width = ?", i64::from(*width));
            selection.also("height = ?", i64::from(*height));
        }
        if let Some(from) = from {
            selection.also("created_at >= ?", from.as_millisecond());
        }
        if let Some(until) = until {
            selection.also("created_at < ?", until.as_millisecond());
        }
        selection.with_words(words);
        selection
    }

    pub(super) fn rows_sql(&self) -> String {
        format!(
            "SELECT {COLUMNS} FROM sticker WHERE {} ORDER BY {} LIMIT ? OFFSET ?",
            self.conditions.join(" AND "),
            self.order
        )
    }

    pub(super) fn count_sql(&self) -> String {
        format!("SELECT count(*) FROM sticker WHERE {}", self.conditions.join(" AND "))
    }

    pub(super) fn parameters(&self) -> Vec<&dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql).collect()
    }

    pub(super) fn parameters_with_page(&self) -> Vec<&dyn ToSql> {
        self.values.iter().chain(&self.page).map(|value| value as &dyn ToSql).collect()
    }

    fn also(&mut self, condition: &'static str, value: impl Into<Value>) {
        self.conditions.push(condition);
        self.values.push(value.into());
    }

    fn with_words(&mut self, words: &str) {
        let (long, short): (Vec<&str>, Vec<&str>) =
            words.split_whitespace().partition(|word| word.chars().count() >= TRIGRAM);
        if !long.is_empty() {
            // Quoted, so that no word is taken for an operator of the query language.
            let quoted: Vec<String> = long.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
            self.also("id IN (SELECT rowid FROM words WHERE words MATCH ?)", quoted.join(" AND "));
        }
        for word in short {
            let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            self.also("prompt || ' ' || photo_name || ' ' || name LIKE ? ESCAPE '\\'", format!("%{escaped}%"));
        }
    }
}

/// Reads [`COLUMNS`].
pub(super) fn sticker_row(row: &Row<'_>, folder: &Path) -> Result<StickerRow, Error> {
    let info: String = row.get("info")?;
    let info: StickerInfo = serde_json::from_str(&info).map_err(|error| unreadable(9, error))?;
    let created_at = Timestamp::from_millisecond(row.get("created_at")?).map_err(|error| unreadable(3, error))?;
    let is_binned: bool = row.get("is_binned")?;
    let place = place(folder, is_binned);
    let background_file: Option<String> = row.get("background_file")?;
    let mark: String = row.get("mark")?;
    let file_bytes: i64 = row.get("file_bytes")?;
    Ok(StickerRow {
        id: row.get("id")?,
        path: place.join(row.get::<_, String>("file")?),
        background_path: background_file.map(|file| place.join(file)),
        created_at,
        engine: info.engine,
        seed: info.recipe.seed,
        prompt: info.recipe.prompt.clone(),
        request_id: info.request_id.clone(),
        job_id: info.job_id.clone(),
        width: row.get("width")?,
        height: row.get("height")?,
        file_bytes: file_bytes as u64,
        mark: Mark::from_word(&mark).unwrap_or_default(),
        name: row.get("name")?,
        is_binned,
        info,
    })
}

fn unreadable(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}
