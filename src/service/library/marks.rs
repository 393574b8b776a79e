//! What a person says about stickers, beside the files and one line each, so that it outlives the index: stars, rejects
//! and names.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Mark, OWN_FOLDER};
use crate::platform::{FileError, create_folder, read_file, write_atomically};

/// What a person says about one sticker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// What they think of it.
    pub(super) mark: Mark,
    /// What they call it; empty when they gave it no name.
    pub(super) name: String,
}

/// One line: from now on this file is marked or called so.
#[derive(Serialize, Deserialize)]
struct Line {
    file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mark: Option<Mark>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

fn path(folder: &Path) -> PathBuf {
    folder.join(OWN_FOLDER).join("marks.jsonl")
}

/// From now on this file is marked so.
pub(super) fn append(folder: &Path, file: &str, mark: Mark) -> Result<(), FileError> {
    append_line(folder, &Line { file: file.to_owned(), mark: Some(mark), name: None })
}

/// From now on this file's sticker is called so.
pub(super) fn append_name(folder: &Path, file: &str, name: &str) -> Result<(), FileError> {
    append_line(folder, &Line { file: file.to_owned(), mark: None, name: Some(name.to_owned()) })
}

/// What was said of one file is true of another.
pub(super) fn append_all(folder: &Path, file: &str, said: Said) -> Result<(), FileError> {
    if said == Said::default() {
        return Ok(());
    }
    append_line(folder, &Line::of(file, said))
}

/// Adds a line. Lines of several processes do not tear each other, since each is one write at the end.
fn append_line(folder: &Path, line: &Line) -> Result<(), FileError> {
    let path = path(folder);
    create_folder(&folder.join(OWN_FOLDER))?;
    let failed = |error| FileError::new(&path, error);
    let line = serde_json::to_string(line).map_err(|error| failed(error.into()))?;
    let mut marks = fs::File::options().create(true).append(true).open(&path).map_err(failed)?;
    // A line break first ends a line that a power cut may have torn.
    marks.write_all(format!("\n{line}").as_bytes()).and_then(|()| marks.sync_data()).map_err(failed)
}

/// The latest that was said of each file; lines that do not parse are passed over.
pub(super) fn read(folder: &Path) -> Result<HashMap<String, Said>, FileError> {
    let bytes = match read_file(&path(folder)) {
        Err(FileError::Missing { .. }) => return Ok(HashMap::new()),
        other => other?,
    };
    let mut all: HashMap<String, Said> = HashMap::new();
    for line in String::from_utf8_lossy(&bytes).lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()) {
        let said = all.entry(line.file).or_default();
        said.mark = line.mark.unwrap_or(said.mark);
        said.name = line.name.unwrap_or_else(|| std::mem::take(&mut said.name));
    }
    Ok(all)
}

/// Writes all of it anew, one line a file.
pub(super) fn compact(folder: &Path, all: &HashMap<String, Said>) -> Result<(), FileError> {
    let path = path(folder);
    if !path.exists() {
        return Ok(());
    }
    let mut lines: Vec<String> = all
        .iter()
        .filter(|(_, said)| **said != Said::default())
        .filter_map(|(file, said)| serde_json::to_string(&Line::of(file, said.clone())).ok())
        .collect();
    lines.sort();
    write_atomically(&path, lines.join("\n").as_bytes())
}

impl Line {
    fn of(file: &str, Said { mark, name }: Said) -> Self {
        Self {
            file: file.to_owned(),
            mark: (mark != Mark::Plain).then_some(mark),
            name: (!name.is_empty()).then_some(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(mark: Mark, name: &str) -> Said {
        Said { mark, name: name.to_owned() }
    }

    #[test]
    fn the_last_mark_of_a_file_counts_even_after_a_torn_line() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).unwrap().is_empty());
        append(folder.path(), "a.png", Mark::Star).unwrap();
        append(folder.path(), "b.png", Mark::Star).unwrap();
        let mut torn = fs::File::options().append(true).open(path(folder.path())).unwrap();
        torn.write_all(b"\n{\"file\":\"c.p").unwrap();
        append(folder.path(), "a.png", Mark::Reject).unwrap();
        let expected =
            HashMap::from([("a.png".to_owned(), said(Mark::Reject, "")), ("b.png".to_owned(), said(Mark::Star, ""))]);
        assert_eq!(read(folder.path()).unwrap(), expected);
        compact(folder.path(), &expected).unwrap();
        assert_eq!(read(folder.path()).unwrap(), expected);
    }

    #[test]
    fn a_name_and_a_mark_of_the_same_file_stand_beside_each_other() {
        let folder = tempfile::tempdir().unwrap();
        append_name(folder.path(), "a.png", "Grandma").unwrap();
        append(folder.path(), "a.png", Mark::Star).unwrap();
        append_name(folder.path(), "b.png", "Uncle").unwrap();
        append_name(folder.path(), "b.png", "").unwrap();
        let all = read(folder.path()).unwrap();
        assert_eq!(all["a.png"], said(Mark::Star, "Grandma"));
        assert_eq!(all["b.png"], Said::default());
        compact(folder.path(), &all).unwrap();
        assert_eq!(read(folder.path()).unwrap(), HashMap::from([("a.png".to_owned(), said(Mark::Star, "Grandma"))]));
    }
}
