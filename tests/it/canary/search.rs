//! Looks for the canary in files, in databases and in what was printed.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use rusqlite::types::ValueRef;

use super::CANARY;
use crate::support::booth::Ended;
use crate::support::summary::tell;

/// The spellings of a key that are looked for: plain, as JSON, as in a URL and inside base64 at any of three places.
pub(super) fn forms(key: &str) -> Vec<String> {
    let json = serde_json::Value::from(key).to_string();
    let percent = |all: bool| -> String {
        let spelled = |byte: u8| {
            if all || !byte.is_ascii_alphanumeric() { format!("%{byte:02X}") } else { char::from(byte).into() }
        };
        key.bytes().map(spelled).collect()
    };
    // As headers are printed for those who look for a fault: only the quotes are escaped.
    let printed = key.replace('"', "\\\"");
    let mut forms = vec![key.to_owned(), printed, json[1..json.len() - 1].to_owned(), percent(false), percent(true)];
    forms.extend([percent(false).to_ascii_lowercase(), percent(true).to_ascii_lowercase()]);
    for before in ["", "x", "xx"] {
        for text in [
            BASE64_STANDARD_NO_PAD.encode(format!("{before}{key}")),
            BASE64_URL_SAFE_NO_PAD.encode(format!("{before}{key}")),
        ] {
            // The ends depend on what stands beside the key.
            forms.push(text[4..text.len() - 2].to_owned());
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

/// How much was searched, and where the canary was found.
#[derive(Debug, Default)]
pub(super) struct Searched {
    files: usize,
    outputs: usize,
    bytes: usize,
    found: Vec<String>,
}

impl Searched {
    /// Searches what a command printed.
    pub(super) fn said(&mut self, ended: &Ended) {
        self.outputs += 2;
        self.look(&ended.out, ended.out.as_bytes());
        self.look(&ended.err, ended.err.as_bytes());
    }

    /// Searches every file below a folder; databases also row by row, since a long value lies in pieces there.
    /// Gives back what the databases say.
    pub(super) fn folder(&mut self, folder: &Path) -> String {
        let mut files = Vec::new();
        walk(folder, &mut files);
        let mut rows = String::new();
        for file in files {
            self.files += 1;
            let bytes = std::fs::read(&file).unwrap_or_default();
            let name = file.display().to_string();
            self.look(&name, name.as_bytes());
            self.look(&name, &bytes);
            if bytes.starts_with(b"SQLite format 3") {
                let text = dump(&file);
                self.look(&name, text.as_bytes());
                rows.push_str(&text);
            }
            if let Ok(texts) = sticker_booth::picture::read_png_text(&bytes) {
                self.look(&name, format!("{texts:?}").as_bytes());
            }
        }
        rows
    }

    fn look(&mut self, place: &str, bytes: &[u8]) {
        self.bytes += bytes.len();
        for form in forms(CANARY) {
            if bytes.windows(form.len()).any(|window| window == form.as_bytes()) {
                self.found.push(format!("{form} in {place}"));
            }
        }
    }

    /// Fails where it was found, and says how much was searched.
    #[track_caller]
    pub(super) fn check(&self, after: &str) {
        assert!(self.found.is_empty(), "{:#?}", self.found);
        let Self { files, outputs, bytes, .. } = self;
        let line = format!("canary after {after}: found nowhere in {files} files and {outputs} outputs, {bytes} bytes");
        tell(&line);
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

/// Every value of every table.
fn dump(file: &Path) -> String {
    let database = rusqlite::Connection::open(file).unwrap();
    let mut names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut text = String::new();
    for table in tables {
        let mut rows = database.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column).unwrap() {
                    text.push_str(&String::from_utf8_lossy(bytes));
                    text.push('\n');
                }
            }
        }
    }
    text
}

#[test]
fn a_planted_canary_is_found_in_every_spelling_and_every_kind_of_file() {
    let folder = tempfile::tempdir().unwrap();
    for (number, form) in forms(CANARY).iter().enumerate() {
        let path = folder.path().join(format!("deep/{number}"));
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join("file.log"), format!("before {form} after")).unwrap();
        let mut searched = Searched::default();
        searched.folder(&path);
        assert!(searched.found.iter().any(|found| found.starts_with(form.as_str())), "{form}");
    }
    for before in ["", "a", "ab", "abc:"] {
        let mut searched = Searched::default();
        searched.said(&Ended {
            code: None,
            out: String::new(),
            err: BASE64_STANDARD_NO_PAD.encode(format!("{before}{CANARY}after")),
        });
        assert_eq!(searched.found.len(), 1, "{before}");
    }
    // In a database a long value is cut into pages.
    let database = folder.path().join("journal");
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection.execute("CREATE TABLE jobs (answer TEXT)", []).unwrap();
    for padding in (0..4200).step_by(7) {
        connection
            .execute("INSERT INTO jobs VALUES (?1)", [format!("{}{CANARY}", "x".repeat(4096 + padding))])
            .unwrap();
    }
    drop(connection);
    assert_eq!(dump(&database).matches(CANARY).count(), 600);
}
