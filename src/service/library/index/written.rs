//! What is written of files into the index, and read of them.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{Entry, Known, KnownFile, Mark, PassedOver, Renamed, Said, place};
use crate::store::StoreError;

/// Everything that the index knows about files of a library.
pub(super) fn known(transaction: &Transaction<'_>, library_id: i64, folder: &Path) -> Result<Known, StoreError> {
    let mut known = Known::default();
    let mut statement = transaction.prepare_cached(
        "SELECT file, file_bytes, is_binned, 1 FROM sticker WHERE library_id = ?1
         UNION ALL SELECT background_file, background_bytes, is_binned, 0 FROM sticker
         WHERE library_id = ?1 AND background_file IS NOT NULL AND background_file <> file",
    )?;
    let files = statement.query_map([library_id], |row| {
        let (file, bytes, is_binned): (String, i64, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(KnownFile { path: place(folder, is_binned).join(file), bytes: bytes as u64, is_main: row.get(3)? })
    })?;
    known.files = files.collect::<rusqlite::Result<_>>()?;
    let mut statement = transaction.prepare_cached("SELECT stem FROM pending WHERE library_id = ?1")?;
    known.pending = statement.query_map([library_id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut statement =
        transaction.prepare_cached("SELECT file, is_binned, bytes, modified FROM passed_over WHERE library_id = ?1")?;
    let passed_over = statement.query_map([library_id], |row| {
        let bytes: i64 = row.get(2)?;
        Ok(PassedOver { file: row.get(0)?, is_binned: row.get(1)?, bytes: bytes as u64, modified: row.get(3)? })
    })?;
    known.passed_over = passed_over.collect::<rusqlite::Result<_>>()?;
    Ok(known)
}

/// Gives the sticker of this entry its new file, if it is known under a name of which nothing is left.
pub(super) fn rename(
    transaction: &Transaction<'_>,
    library_id: i64,
    folder: &Path,
    entry: &Entry,
    gone: &HashSet<String>,
) -> Result<Option<Renamed>, StoreError> {
    let earlier = transaction
        .prepare_cached(
            "SELECT file, mark, name, background_file, background_bytes FROM sticker
             WHERE library_id = ?1 AND key = ?2 AND file <> ?3",
        )?
        .query_row(params![library_id, entry.key, entry.file], |row| {
            let (file, mark, name): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (background, bytes): (Option<String>, Option<i64>) = (row.get(3)?, row.get(4)?);
            Ok((file, Said { mark: Mark::from_word(&mark).unwrap_or_default(), name }, background, bytes))
        })
        .optional()?;
    let Some((file, said, background, bytes)) = earlier.filter(|(file, ..)| gone.contains(file)) else {
        return Ok(None);
    };
    transaction
        .prepare_cached("UPDATE sticker SET file = ?3 WHERE library_id = ?1 AND file = ?2")?
        .execute(params![library_id, file, entry.file])?;
    let mut entry = entry.clone();
    // The picture with background may have kept its name.
    let stays = |background: &String| place(folder, entry.is_binned).join(background).is_file();
    if entry.background_file.is_none()
        && let Some(background) = background.filter(stays)
    {
        entry.background_file = Some(background);
        entry.background_bytes = bytes.map(|bytes| bytes as u64);
    }
    upsert(transaction, library_id, &entry)?;
    Ok(Some(Renamed { from: file, to: entry.file, said }))
}

/// Adds what was found in the folder. Of a pair that no longer lies under names that belong together, the second picture
/// joins the first: they are one sticker.
pub(super) fn add(transaction: &Transaction<'_>, library_id: i64, entry: &Entry) -> Result<(), StoreError> {
    let other: Option<(String, Option<String>, Option<i64>)> = transaction
        .prepare_cached(
            "SELECT file, background_file, background_bytes FROM sticker
             WHERE library_id = ?1 AND key = ?2 AND file <> ?3 AND is_binned = ?4",
        )?
        .query_row(params![library_id, entry.key, entry.file, entry.is_binned], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let is_background = entry.background_file.as_ref() == Some(&entry.file);
    match other {
        Some((_, background, _)) if is_background && background.as_ref().is_none_or(|known| *known == entry.file) => {
            transaction
                .prepare_cached(
                    "UPDATE sticker SET background_file = ?3, background_bytes = ?4 WHERE library_id = ?1 AND key = ?2",
                )?
                .execute(params![library_id, entry.key, entry.file, entry.file_bytes as i64])?;
            Ok(())
        }
        Some((file, Some(background), bytes))
            if background == file && entry.background_file.as_ref().is_none_or(|known| *known == file) =>
        {
            transaction
                .prepare_cached("UPDATE sticker SET file = ?3 WHERE library_id = ?1 AND file = ?2")?
                .execute(params![library_id, file, entry.file])?;
            let background_bytes = bytes.map(|bytes| bytes as u64);
            upsert(
                transaction,
                library_id,
                &Entry { background_file: Some(background), background_bytes, ..entry.clone() },
            )
        }
        _ => upsert(transaction, library_id, entry),
    }
}

/// Writes what the person says of a file.
pub(super) fn say(transaction: &Transaction<'_>, library_id: i64, file: &str, said: &Said) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE sticker SET mark = ?3 WHERE library_id = ?1 AND file = ?2")?
        .execute(params![library_id, file, said.mark.word()])?;
    if !said.name.is_empty() {
        transaction
            .prepare_cached("UPDATE sticker SET name = ?3 WHERE library_id = ?1 AND file = ?2")?
            .execute(params![library_id, file, said.name])?;
    }
    Ok(())
}

/// How many stickers the library has, those in the bin included.
pub(super) fn size(transaction: &Transaction<'_>, library_id: i64) -> Result<usize, StoreError> {
    let sql = "SELECT count(*) FROM sticker WHERE library_id = ?1";
    let size: i64 = transaction.prepare_cached(sql)?.query_row([library_id], |row| row.get(0))?;
    Ok(usize::try_from(size).unwrap_or_default())
}

/// Writes the row of a file, in place of the one it has.
pub(super) fn upsert(transaction: &Transaction<'_>, library_id: i64, entry: &Entry) -> Result<(), StoreError> {
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
