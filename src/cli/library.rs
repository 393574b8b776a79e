//! `library list|path`.

use serde_json::json;

use super::arguments::{Global, LibraryAsked};
use super::console::{print, print_json};
use super::exit::Exit;
use crate::library::{Query, StickerRow};
use crate::studio::{self, StudioError};

pub(super) fn run(global: &Global, asked: LibraryAsked) -> Result<Exit, StudioError> {
    let folders = studio::folders(global.data_dir.as_deref())?;
    match asked {
        LibraryAsked::Path => print(folders.library().display()),
        LibraryAsked::List { json } => {
            let library = studio::library(&folders)?;
            for row in library.list(&Query::default())? {
                if json { print_json(&as_json(&row)) } else { print(as_line(&row)) }
            }
        }
    }
    Ok(Exit::Done)
}

fn as_json(row: &StickerRow) -> serde_json::Value {
    json!({
        "id": row.id,
        "path": row.path,
        "background_path": row.background_path,
        "created_at": row.created_at,
        "engine": row.engine,
        "seed": row.seed,
        "prompt": row.prompt,
        "request_id": row.request_id,
        "job_id": row.job_id,
    })
}

fn as_line(row: &StickerRow) -> String {
    format!("{}  {:>10}  {}  {}", row.created_at, row.seed.unwrap_or_default(), row.prompt, row.path.display())
}
