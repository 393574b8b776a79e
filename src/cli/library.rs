//! `library list|path|verify|rebuild|import`.

use std::collections::HashSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::arguments::{Global, LibraryAsked};
use super::console::{complain, print, print_json, print_path};
use super::exit::Exit;
use crate::library::{Imported, Library, LibraryError, Query, Rebuilt, StickerRow, TakenIn, Verification};
use crate::platform::FileError;
use crate::studio::{self, StudioError, sentence};

pub(super) fn run(global: &Global, asked: LibraryAsked) -> Result<Exit, StudioError> {
    let folders = studio::folders(global.data_dir.as_deref())?;
    if asked == LibraryAsked::Path {
        print_path(folders.library());
        return Ok(Exit::Done);
    }
    let library = studio::library(&folders)?;
    match asked {
        LibraryAsked::Path => Ok(Exit::Done),
        LibraryAsked::List { json } => list(&library, json),
        LibraryAsked::Verify { json } => verify(&library, json),
        LibraryAsked::Rebuild { json } => rebuild(&library, json),
        LibraryAsked::Import { folders, json } => Ok(import(&library, &folders, json)),
    }
}

fn list(library: &Library, json: bool) -> Result<Exit, StudioError> {
    match library.take_in()? {
        TakenIn { stickers: 0, .. } => {}
        TakenIn { stickers, .. } => {
            complain(format_args!("{} found in the folder and taken into the index.", were(stickers, "sticker")));
        }
    }
    let missing: HashSet<PathBuf> = library.compare()?.missing.into_iter().collect();
    for row in library.list(&Query::default())? {
        let is_missing = missing.contains(&row.path);
        if json { print_json(&as_json(&row, is_missing)) } else { print(as_line(&row, is_missing)) }
    }
    Ok(Exit::Done)
}

fn as_json(row: &StickerRow, is_missing: bool) -> serde_json::Value {
    json!({
        "id": row.id,
        "path": row.path.to_string_lossy(),
        "background_path": row.background_path.as_ref().map(|path| path.to_string_lossy()),
        "name": (!row.name.is_empty()).then_some(&row.name),
        "missing": is_missing,
        "created_at": row.created_at,
        "engine": row.engine,
        "seed": row.seed,
        "prompt": row.prompt,
        "request_id": row.request_id,
        "job_id": row.job_id,
    })
}

fn as_line(row: &StickerRow, is_missing: bool) -> String {
    let seed = row.seed.map(|seed| seed.to_string()).unwrap_or_default();
    let note = if is_missing { "  (its file is missing)" } else { "" };
    format!("{}  {seed:>10}  {}  {}{note}", row.created_at, row.prompt, row.path.display())
}

/// Reads every file; anything amiss is no success.
fn verify(library: &Library, json: bool) -> Result<Exit, StudioError> {
    let found = library.verify()?;
    let Verification { sound, missing, changed, unindexed, unfinished } = &found;
    if json {
        let paths =
            |paths: &[PathBuf]| paths.iter().map(|path| path.to_string_lossy().into_owned()).collect::<Vec<_>>();
        print_json(&json!({
            "sound": sound,
            "missing": paths(missing),
            "changed": paths(changed),
            "unindexed": paths(unindexed),
            "unfinished": paths(unfinished),
        }));
    } else {
        for (what, paths) in [
            ("missing", missing),
            ("changed or cut off", changed),
            ("not in the index", unindexed),
            ("left by a crash", unfinished),
        ] {
            for path in paths {
                print(format_args!("{what}: {}", path.display()));
            }
        }
        print(format_args!("{} as the index says.", count(*sound, "picture")));
        if !unindexed.is_empty() {
            complain("sticker-booth library rebuild takes in what is not in the index.");
        }
        if !missing.is_empty() {
            complain("Put what is gone back from a copy, or let sticker-booth library rebuild forget it.");
        }
        if !changed.is_empty() {
            complain(
                "Put what is damaged back from a copy, or delete it and let sticker-booth library rebuild forget it.",
            );
        }
    }
    Ok(if found.is_sound() { Exit::Done } else { Exit::Unexpected })
}

fn rebuild(library: &Library, json: bool) -> Result<Exit, StudioError> {
    let Rebuilt { stickers, passed_over } = library.rebuild()?;
    if json {
        let passed_over: Vec<_> = passed_over.iter().map(|path| path.to_string_lossy()).collect();
        print_json(&json!({ "stickers": stickers, "passed_over": passed_over }));
        return Ok(Exit::Done);
    }
    print(format_args!("The index was written anew from the files: {}.", count(stickers, "sticker")));
    for path in passed_over {
        complain(format_args!("Left alone, since it does not say how it was made or is not whole: {}", path.display()));
    }
    Ok(Exit::Done)
}

/// Imports each folder, whatever became of the one before.
fn import(library: &Library, folders: &[PathBuf], json: bool) -> Exit {
    Exit::of_all(folders.iter().map(|folder| match library.import_all(folder) {
        Ok(imported) => tell_imported(folder, &imported, json),
        Err(error) => {
            complain(format_args!("{}: {}.", folder.display(), sentence(&error)));
            match error {
                LibraryError::File(FileError::Missing { .. }) => Exit::Usage,
                _ => Exit::Unexpected,
            }
        }
    }))
}

fn tell_imported(folder: &Path, imported: &Imported, json: bool) -> Exit {
    let Imported { added, known, passed_over } = imported;
    if json {
        let passed_over: Vec<_> =
            passed_over.iter().map(|(path, error)| json!({ "path": path.to_string_lossy(), "error": error })).collect();
        let folder = folder.to_string_lossy();
        print_json(&json!({ "folder": folder, "added": added, "known": known, "passed_over": passed_over }));
        return Exit::Done;
    }
    print(format_args!(
        "{}: {} copied into the library, {} here already.",
        folder.display(),
        were(*added, "sticker"),
        were(*known, "sticker")
    ));
    for (path, error) in passed_over {
        complain(format_args!("Left alone: {}: {error}.", path.display()));
    }
    Exit::Done
}

/// `1 sticker was`, `2 stickers were`.
fn were(number: usize, what: &str) -> impl Display {
    format!("{} {}", count(number, what), if number == 1 { "was" } else { "were" })
}

/// `1 sticker`, `2 stickers`.
fn count(number: usize, what: &str) -> impl Display {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
