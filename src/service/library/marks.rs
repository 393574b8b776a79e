//! Stars and rejects beside the files, one line each, so that they outlive the index.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Mark, OWN_FOLDER};
use crate::platform::{FileError, create_folder, read_file, write_atomically};

/// One line: from now on this file is marked so.
#[derive(Serialize, Deserialize)]
struct Line {
    file: String,
    mark: Mark,
}

fn path(folder: &Path) -> PathBuf {
    folder.join(OWN_FOLDER).join("marks.jsonl")
}

/// Adds a line. Lines of several processes do not tear each other, since each is one write at the end.
pub(super) fn append(folder: &Path, file: &str, mark: Mark) -> Result<(), FileError> {
    let path = path(folder);
    create_folder(&folder.join(OWN_FOLDER))?;
    let failed = |error| FileError::new(&path, error);
    let line = line(file, mark).map_err(|error| failed(error.into()))?;
    let mut marks = fs::File::options().create(true).append(true).open(&path).map_err(failed)?;
    // A line break first ends a line that a power cut may have torn.
    marks.write_all(format!("\n{line}").as_bytes()).and_then(|()| marks.sync_data()).map_err(failed)
}

/// The latest mark of each file; lines that do not parse are passed over.
pub(super) fn read(folder: &Path) -> Result<HashMap<String, Mark>, FileError> {
    let bytes = match read_file(&path(folder)) {
        Err(FileError::Missing { .. }) => return Ok(HashMap::new()),
        other => other?,
    };
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()).map(|l| (l.file, l.mark)).collect())
}

/// Writes the marks anew, one line a file.
pub(super) fn compact(folder: &Path, marks: &HashMap<String, Mark>) -> Result<(), FileError> {
    let path = path(folder);
    if !path.exists() {
        return Ok(());
    }
    let mut lines: Vec<String> = marks
        .iter()
        .filter(|(_, mark)| **mark != Mark::Plain)
        .filter_map(|(file, mark)| line(file, *mark).ok())
        .collect();
    lines.sort();
    write_atomically(&path, lines.join("\n").as_bytes())
}

fn line(file: &str, mark: Mark) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Line { file: file.to_owned(), mark })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_mark_of_a_file_counts_even_after_a_torn_line() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).unwrap().is_empty());
        append(folder.path(), "a.png", Mark::Star).unwrap();
        append(folder.path(), "b.png", Mark::Star).unwrap();
        let mut torn = fs::File::options().append(true).open(path(folder.path())).unwrap();
        torn.write_all(b"\n{\"file\":\"c.p").unwrap();
        append(folder.path(), "a.png", Mark::Reject).unwrap();
        let expected = HashMap::from([("a.png".to_owned(), Mark::Reject), ("b.png".to_owned(), Mark::Star)]);
        assert_eq!(read(folder.path()).unwrap(), expected);
        compact(folder.path(), &expected).unwrap();
        assert_eq!(read(folder.path()).unwrap(), expected);
    }
}
